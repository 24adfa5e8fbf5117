"""A path leads through a reference to a field behind it, on every store (关联带出)."""

import pytest

from builder.filter import Condition
from runtime.ports import Column, Query, Through
from tests.store.worlds import AT, FORM, Store, make, order

OTHER = "crm.deal"


def through(store: Store) -> tuple[str, dict[str, Column]]:
    """Deals that point to customers, of which one is deleted and one may not be seen."""
    workspace = store.workspace()
    with store.world(workspace) as world:
        customers = {
            "a": {"name": "北京", "level": "9", "owner": "ann"},
            "b": {"name": "上海", "level": "10", "owner": "bo"},
            "c": {"name": "广州", "level": "11", "owner": "ann"},
        }
        world.records.insert([make(id, values) for id, values in customers.items()], [], {})
        world.records.replace(make("c", customers["c"], revision=2, deleted_at=AT), None, None)
        targets = {"1": "a", "2": "b", "3": "c", "4": None, "5": "a", "6": "gone"}
        world.records.insert([make(id, {"customer": to, "n": id}, form=OTHER) for id, to in targets.items()], [], {})
    where = Condition(field="owner", op="eq", value="ann")
    theirs = {"owner": Column("text")}
    path = {
        "customer.level": Column("number", through=Through("customer", FORM, "level")),
        "customer.name": Column("text", through=Through("customer", FORM, "name")),
        "customer.mine": Column("text", through=Through("customer", FORM, "name", where, theirs)),
    }
    return workspace, path


@pytest.mark.parametrize(
    ("filter", "finds"),
    [
        (Condition(field="customer.level", op="gt", value=9), "2"),
        (Condition(field="customer.level", op="empty"), "346"),
        (Condition(field="customer.name", op="contains", value="北"), "15"),
        (Condition(field="customer.mine", op="not_empty"), "15"),
        (Condition(field="customer.mine", op="eq", value="上海"), ""),
        (Condition(field="customer.mine", op="ne", value="北京"), "2346"),
    ],
)
def test_a_path_leads_through_a_reference(store: Store, filter: Condition, finds: str) -> None:
    workspace, path = through(store)
    with store.world(workspace) as world:
        page = world.records.find(Query(OTHER, path, filter))
        assert "".join(record.id for record in page.records) == finds


def test_a_path_can_be_sorted_by(store: Store) -> None:
    workspace, path = through(store)
    with store.world(workspace) as world:
        for field, finds in [("customer.level", "152346"), ("customer.name", "152346"), ("customer.mine", "152346")]:
            page = world.records.find(Query(OTHER, path, orders=(order(field),)))
            assert "".join(record.id for record in page.records) == finds
