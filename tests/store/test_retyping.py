"""Records while a field changes its type, on the three stores 改类型的存储: read in the new type, always answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from builder.access import Actor
from builder.definition import App
from builder.filter import Condition
from builder.parts import manifest_of, to_parts
from runtime import designing, retyping
from runtime.gate import Gate
from runtime.live import Library
from runtime.ports import AppHead, By, Column, Grouping, Order, Query, Record, Sum, Version
from tests.store.worlds import AT, Store, make

LIBRARY = Library()
OPTIONS = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "text"}, "number": {"type": "number"}, "date": {"type": "date"}, "boolean": {"type": "boolean"},
    "choices": {"type": "choices", "options": OPTIONS}, "datetime": {"type": "datetime"},
    "choice": {"type": "choice", "options": OPTIONS}, "unique": {"type": "number", "unique": True},
}  # fmt: skip
HELD = {
    "text": ["1", "x", "1.0", "2026-01-02", "A", "", "是"], "number": ["1", "0", "-7.5", "20260102"],
    "date": ["2026-01-02", "0001-01-01"], "boolean": [True, False], "choices": [["a"], ["a", "b"]],
    "datetime": ["2026-01-02T03:04:05Z"], "choice": ["a", "b"],
}  # fmt: skip
FORM = "app.form"


def app_of(kind: str) -> App:
    """An app whose only form has a field `x` of a kind, and a formula over it."""
    twice = {"id": "twice", "type": "text", "label": "T", "formula": "COUNTA(x)"}
    fields = [{"id": "name", "type": "text", "label": "N"}, {"id": "x", "label": "X", **KINDS[kind]}, twice]
    form = {"id": "form", "name": "F", "title": "name", "fields": fields}
    return App.model_validate({"id": "app", "name": "A", "forms": {"form": form}})


@contextmanager
def gate_of(store: Store, workspace: str) -> Iterator[Gate]:
    """The door, in a transaction of its own."""
    with store.world(workspace) as world:
        yield Gate(world, Actor("member", "ann", admin=True), "zh-CN", LIBRARY)


def began(store: Store, kind: str, values: list[Any]) -> str:
    """A workspace with this app, live, and records that hold these values."""
    workspace = store.workspace()
    parts = to_parts(app_of(kind))
    manifest = manifest_of(parts)
    records = [make(f"r{place:03}", {"name": f"n{place}", "x": value} if value != "" else {"name": f"n{place}"}, FORM)
               for place, value in enumerate(values)]  # fmt: skip
    with gate_of(store, workspace) as gate:
        gate.world.definitions.keep({manifest[name]: part for name, part in parts.items()})
        gate.world.definitions.save(AppHead("app", "A", "", "", 1, manifest, manifest, 1))
        gate.world.definitions.publish(Version("app", 1, manifest, AT, "ann", ""))
        gate.world.records.insert(records, [], {})
    return workspace


def published(store: Store, workspace: str, kind: str) -> None:
    """The app with `x` of another kind, live."""
    parts = to_parts(app_of(kind))
    manifest = manifest_of(parts)
    with gate_of(store, workspace) as gate:
        head = gate.world.definitions.app("app", lock=True)
        assert head is not None
        gate.world.definitions.keep({manifest[name]: part for name, part in parts.items()})
        designing.make_live(gate, head, manifest, "")


def held(store: Store, workspace: str) -> list[Any]:
    """What everybody reads, record by record."""
    with gate_of(store, workspace) as gate:
        live = gate.form("app", "form")
        page = gate.world.records.find(Query(FORM, live.columns, limit=500))
        return [one.values.get("x") for one in page.records]


def converted(store: Store, workspace: str) -> None:
    """The worker, until it is done."""
    more = True
    while more:
        with gate_of(store, workspace) as gate:
            running = gate.world.retypings.open().get(FORM)
            more = running is not None and retyping.step(gate, running.id)


@pytest.mark.parametrize("new", KINDS)
@pytest.mark.parametrize("old", HELD)
def test_every_pair_is_read_asked_converted_and_taken_back(store: Store, old: str, new: str) -> None:
    """The same before the worker came and after; whatever the database is asked meanwhile, it answers."""
    if old == new:
        return
    workspace = began(store, old, HELD[old])
    before = held(store, workspace)
    published(store, workspace, new)
    meanwhile = held(store, workspace)
    with gate_of(store, workspace) as gate:
        asked_all(gate)
    converted(store, workspace)
    after = held(store, workspace)
    assert after == meanwhile or new == "unique"
    published(store, workspace, old)
    assert held(store, workspace) == before
    converted(store, workspace)
    assert held(store, workspace) == before


def asked_all(gate: Gate) -> None:
    """Filters, orders and groups over a field whose values are of two types at the moment."""
    live = gate.form("app", "form")
    for op, value in (("eq", "1"), ("gt", "0"), ("contains", "a"), ("has_any", ["a"]), ("empty", None), ("ne", "x")):
        where = Condition(field="x", op=op, value=value)  # type: ignore[arg-type]
        gate.world.records.find(Query(FORM, live.columns, where, orders=(Order("x"),)))
    for unit in ("", "month"):
        measures = (Sum("count"), Sum("sum", "x"), Sum("max", "x"))
        gate.world.records.group(Grouping(FORM, live.columns, by=(By("x", unit),), measures=measures))


def test_a_value_that_another_record_holds_already_is_kept_aside(store: Store) -> None:
    """1 and 1.0 are one number, and only one record may hold it; the other one comes back all the same."""
    workspace = began(store, "text", ["1", "1.0", "2"])
    published(store, workspace, "unique")
    converted(store, workspace)
    assert held(store, workspace) == ["1", None, "2"]
    with gate_of(store, workspace) as gate:
        made = gate.world.retypings.of("app")[0]
        lost = gate.world.retypings.lost(made.id, 10)
        assert [(one.record, one.before, one.lost[0]["code"]) for one in lost] == [("r001", "1.0", "retype_taken")]
        assert gate.world.records.held(FORM, "x", ["1"], "number") == {"1": "r000"}
    published(store, workspace, "text")
    converted(store, workspace)
    assert held(store, workspace) == ["1", "1.0", "2"]


def test_each_record_is_converted_once_whoever_comes_first(store: Store) -> None:
    """A writer converts with his write; the worker passes by; history has one line of it."""
    workspace = began(store, "text", ["1.50", "x"])
    published(store, workspace, "number")
    with gate_of(store, workspace) as gate:
        record = gate.world.records.get(FORM, "r000", lock=True)
        assert record is not None
        assert record.values["x"] == "1.5"
        gate.world.records.replace(replace(record, revision=record.revision + 1), None, None)
    converted(store, workspace)
    with gate_of(store, workspace) as gate:
        lines = gate.world.records.history(FORM, "r000")
        assert [(one.before, one.after, one.note) for one in lines] == [({"x": "1.50"}, {"x": "1.5"}, "retyped")]
        made = gate.world.retypings.of("app")[0]
        assert made.progress["fields"]["x"] == {"converted": 1, "emptied": 0, "refused": 1, "computed": 0}
        assert made.progress["seen"] == 2


def test_a_purged_record_leaves_nothing_of_what_it_held(store: Store) -> None:
    """What is kept aside goes with the record for good."""
    workspace = began(store, "text", ["x"])
    published(store, workspace, "number")
    converted(store, workspace)
    with gate_of(store, workspace) as gate:
        gate.world.records.purge(FORM, ["r000"])
        made = gate.world.retypings.of("app")[0]
    with gate_of(store, workspace) as gate:
        found: list[Record | Any] = list(gate.world.retypings.lost(made.id, 10))
        assert [one.record for one in found] == ([] if store.engine is not None else ["r000"])


def test_what_is_under_way_is_known_by_every_world(store: Store) -> None:
    """Until it is done; then records are read as they are stored."""
    workspace = began(store, "text", ["1"])
    with gate_of(store, workspace) as gate:
        plain = type(gate.world.records)
    published(store, workspace, "number")
    with gate_of(store, workspace) as gate:
        assert type(gate.world.records) is not plain
        assert gate.world.records.many(FORM, ["r000"])["r000"].values["x"] == "1"
    converted(store, workspace)
    with gate_of(store, workspace) as gate:
        assert type(gate.world.records) is plain
        assert gate.world.records.count(Query(FORM, {"x": Column("number")}), 9) == 1
