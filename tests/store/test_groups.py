"""Groups and measures are right to the last digit, and the same on every store (分组统计)."""

import pytest
from sqlalchemy import Engine

from builder.filter import Condition
from runtime.ports import By, Cell, Column, Grouping, Sum, Through
from server.store.group import Grouped
from server.transaction import transaction
from tests.store.worlds import FORM, Store, columns, make

KINDS = {"stage": "text", "amount": "number", "day": "time", "at": "time", "won": "boolean", "tags": "list"}
LATE, NEW_YEAR = "2026-12-31T15:59:59Z", "2026-12-31T16:00:00Z"
BIG = "1000000000000000.03"
DEALS = {
    "a": {"stage": "赢单", "amount": "0.1", "day": "2026-11-23", "at": "2026-11-22T16:30:00Z", "won": True},
    "b": {"stage": "赢单", "amount": "0.2", "day": "2026-11-30", "at": LATE, "won": False, "tags": ["y"]},
    "c": {"stage": "初步", "amount": BIG, "day": "2027-01-01", "at": NEW_YEAR, "won": True},
    "d": {"stage": "Lead", "amount": "-5.50", "day": "2021-01-03", "tags": []},
    "e": {"stage": "", "amount": None},
    "f": {"stage": "lead", "amount": "10"},
}
DEALS["a"]["tags"] = ["x", "y"]


def cells(store: Store, by: tuple[By, ...], *measures: Sum, **more: object) -> list[Cell]:
    """The groups of the deals."""
    with store.world(store.workspace()) as world:
        world.records.insert([make(id, values) for id, values in DEALS.items()], [], {})
        world.records.insert([make("z", {"amount": "1"}, form="crm.other")], [], {})
        return world.records.group(Grouping(FORM, columns(KINDS), by=by, measures=measures, **more))  # type: ignore[arg-type]


def test_sums_are_exact(store: Store) -> None:
    measures = [
        Sum("sum", "amount"),
        Sum("average", "amount"),
        Sum("min", "amount"),
        Sum("max", "amount"),
        Sum("count"),
    ]
    found = cells(store, (), *measures, Sum("count", "amount"))
    expected = ("1000000000000004.83", "200000000000000.966", "-5.5", "1000000000000000.03", "6", "5")
    assert found == [((), expected)]


def test_nothing_sums_to_nothing(store: Store) -> None:
    nothing = Condition(field="stage", op="eq", value="none")
    measures = [Sum(operation, "amount") for operation in ("sum", "average", "min", "max", "count")]
    assert cells(store, (), *measures, Sum("count"), where=nothing) == [((), (None, None, None, None, "0", "0"))]
    assert cells(store, (By("stage"),), Sum("count"), where=nothing) == []


def test_groups_come_in_the_order_of_their_words(store: Store) -> None:
    found = cells(store, (By("stage"),), Sum("sum", "amount"), Sum("count"))
    assert found == [
        (("Lead",), ("-5.5", "1")),
        (("lead",), ("10", "1")),
        (("初步",), ("1000000000000000.03", "1")),
        (("赢单",), ("0.3", "2")),
        ((None,), (None, "1")),
    ]


def test_a_measure_may_have_a_filter_of_its_own(store: Store) -> None:
    won = Condition(field="won", op="eq", value=True)
    found = cells(store, (By("stage"),), Sum("sum", "amount", won), Sum("count", where=won), limit=3)
    assert found == [(("Lead",), (None, "0")), (("lead",), (None, "0")), (("初步",), ("1000000000000000.03", "1"))]


def test_a_list_counts_under_each_entry(store: Store) -> None:
    assert cells(store, (By("tags"),), Sum("count"), Sum("sum", "amount")) == [
        (("x",), ("1", "0.1")),
        (("y",), ("2", "0.3")),
        ((None,), ("4", "1000000000000004.53")),
    ]


@pytest.mark.parametrize(
    ("field", "unit", "keys"),
    [
        ("day", "day", ["2021-01-03", "2026-11-23", "2026-11-30", "2027-01-01", None]),
        ("day", "week", ["2020-W53", "2026-W48", "2026-W49", "2026-W53", None]),
        ("day", "month", ["2021-01", "2026-11", "2027-01", None]),
        ("day", "quarter", ["2021-Q1", "2026-Q4", "2027-Q1", None]),
        ("day", "year", ["2021", "2026", "2027", None]),
        ("day", "", ["2021-01-03", "2026-11-23", "2026-11-30", "2027-01-01", None]),
        ("at", "day", ["2026-11-23", "2026-12-31", "2027-01-01", None]),
        ("at", "year", ["2026", "2027", None]),
        ("created_at", "month", ["2026-11"]),
    ],
)
def test_times_are_cut_in_the_zone_of_the_workspace(
    store: Store, field: str, unit: str, keys: list[str | None]
) -> None:
    assert [cell[0][0] for cell in cells(store, (By(field, unit),), Sum("count"))] == keys


def test_an_instant_falls_on_another_day_in_another_zone(store: Store) -> None:
    found = cells(store, (By("at", "day"),), Sum("count"), timezone="America/New_York")
    assert [cell[0][0] for cell in found] == ["2026-11-22", "2026-12-31", None]


def test_groups_may_be_of_several_fields(store: Store) -> None:
    found = cells(store, (By("won"), By("day", "year")), Sum("count"))
    assert [cell[0] for cell in found] == [
        (False, "2026"),
        (True, "2026"),
        (True, "2027"),
        (None, "2021"),
        (None, None),
    ]


def test_equal_numbers_are_one_group(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {"n": "1.0"}), make("b", {"n": "1"}), make("c", {"n": "-2"})], [], {})
        found = world.records.group(Grouping(FORM, columns({"n": "number"}), by=(By("n"),), measures=(Sum("count"),)))
        assert found == [(("-2",), ("1",)), (("1",), ("2",))]


def test_first_and_last_of_words_and_times(store: Store) -> None:
    found = cells(store, (), Sum("min", "day"), Sum("max", "stage"), Sum("sum", "stage"), Sum("count", "tags"))
    assert found == [((), ("2021-01-03", "赢单", None, "2"))]


def test_what_is_no_number_or_time_is_blank_to_sums(store: Store) -> None:
    with store.world(store.workspace()) as world:
        odd = [make("a", {"amount": "junk", "day": "2026-99-99"}), make("b", {"amount": "2", "day": "junk"})]
        world.records.insert(odd, [], {})
        measures = (Sum("sum", "amount"), Sum("average", "amount"))
        found = world.records.group(Grouping(FORM, columns(KINDS), by=(By("day", "week"),), measures=measures))
        assert found == [((None,), ("2", "2"))]


def test_groups_lead_through_references(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("c1", {"level": "金", "hidden": "1"}), make("c2", {"level": "银"})], [], {})
        deals = {"d1": "c1", "d2": "c1", "d3": "c2", "d4": None}
        world.records.insert(
            [make(id, {"customer": to, "n": "2"}, form="crm.deal") for id, to in deals.items()], [], {}
        )
        visible = Condition(field="hidden", op="empty")
        path = {
            "n": Column("number"),
            "customer.level": Column("text", through=Through("customer", FORM, "level")),
            "customer.seen": Column("text", through=Through("customer", FORM, "level", visible)),
        }
        for field, expected in [
            ("customer.level", [(("金",), ("4",)), (("银",), ("2",)), ((None,), ("2",))]),
            ("customer.seen", [(("银",), ("2",)), ((None,), ("6",))]),
        ]:
            grouping = Grouping("crm.deal", path, by=(By(field),), measures=(Sum("sum", "n"),))
            assert world.records.group(grouping) == expected


@pytest.mark.postgres
@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year"])
def test_an_older_postgres_cuts_times_alike(postgres_engine: Engine, unit: str) -> None:
    store = Store(postgres_engine)
    workspace = store.workspace()
    odd = ["2026-02-28", "2024-02-29", "2026-13-01", "2026-04-31", "0000-01-01", "junk", "2026-11-22T16:30:00Z", "T"]
    with store.world(workspace) as world:
        world.records.insert([make(str(index), {"day": day}) for index, day in enumerate(odd)], [], {})
    with transaction(postgres_engine, writes=False) as connection:
        grouping = Grouping(FORM, columns(KINDS), by=(By("day", unit),), measures=(Sum("count"),))
        newer, older = (Grouped(connection, workspace, grouping) for _ in range(2))
        older.reading.checks = False
        assert older.cells() == newer.cells()
        assert newer.cells()[-1] == ((None,), ("5",))


LINES = {
    "a": {
        "stage": "won",
        "lines": [{"id": "1", "item": "bolt", "n": "1.5", "tags": ["x", "y"]}, {"id": "2", "n": "2"}],
    },
    "b": {"stage": "lost", "lines": [{"id": "3", "item": "bolt", "n": "10", "on": "2026-11-23"}]},
    "c": {"stage": "won", "lines": []},
    "d": {"stage": "won", "lines": "left from an older type"},
    "e": {"stage": "won", "lines": ["no row", 7]},
    "f": {"stage": "won"},
}
UNFOLDED = {
    **columns({"stage": "text", "lines": "rows"}),
    "lines.item": Column("text", row="item"), "lines.n": Column("number", row="n"),
    "lines.on": Column("time", row="on"), "lines.tags": Column("list", row="tags"),
}  # fmt: skip


def lines(store: Store, by: tuple[By, ...], *measures: Sum, **more: object) -> list[Cell]:
    """The groups of the rows in the field `lines`."""
    with store.world(store.workspace()) as world:
        world.records.insert([make(id, values) for id, values in LINES.items()], [], {})
        asked = Grouping(FORM, UNFOLDED, by=by, measures=measures, rows="lines", **more)  # type: ignore[arg-type]
        return world.records.group(asked)


def test_rows_of_a_subform_are_grouped_like_records(store: Store) -> None:
    """With what their record holds beside them; what is left of another type is no row."""
    won = Condition(field="stage", op="eq", value="won")
    large = Condition(field="lines.n", op="ge", value="2")
    found = lines(store, (By("lines.item"),), Sum("sum", "lines.n"), Sum("count", where=won), Sum("count", where=large))
    none = (None,) if found[-1][0] == (None,) else ()
    assert [cell for cell in found if cell[0] == ("bolt",)] == [(("bolt",), ("11.5", "1", "1"))]
    assert [cell[1][0] for cell in found if cell[0] == none] == ["2"]


def test_rows_are_asked_for_by_their_own_columns_and_by_their_record(store: Store) -> None:
    large = Condition(field="lines.n", op="gt", value="1.5")
    assert lines(store, (By("stage"),), Sum("count"), where=large) == [(("lost",), ("1",)), (("won",), ("1",))]


def test_times_and_lists_of_rows_are_grouped_as_those_of_records(store: Store) -> None:
    named = Condition(field="lines.item", op="eq", value="bolt")
    assert lines(store, (By("lines.on", "month"),), Sum("count"), where=named) == [
        (("2026-11",), ("1",)), ((None,), ("1",)),
    ]  # fmt: skip
    assert lines(store, (By("lines.tags"),), Sum("count"), where=named) == [
        (("x",), ("1",)), (("y",), ("1",)), ((None,), ("1",)),
    ]  # fmt: skip
