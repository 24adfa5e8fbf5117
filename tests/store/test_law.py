"""The law: whatever the filter and the records, SQL answers as matches() does, and pages add up (性质测试)."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.filter import All, Any_, Condition, Filter, matches
from runtime.ports import Order, Query
from tests.store.worlds import FORM, Store, columns, make

KINDS = {"name": "text", "amount": "number", "day": "time", "won": "boolean", "tags": "list"}
TEXTS = st.one_of(
    st.sampled_from(
        ["", "a", "A", "ab", "信达", "信", "É", "é", "ß", "SS", "%", "_", "'", '"', "\\", "0", "true", "İ", "𠮷"]
    ),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\uffff"), max_size=4),
)
NUMBERS = st.decimals(-(10**17), 10**17, allow_nan=False, places=2).map(lambda number: f"{number:f}")
DAYS = st.dates().map(str)
BLANK = st.none()
HELD: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXTS | BLANK,
    "amount": NUMBERS | st.sampled_from(["0", "1", "-1", "1.50"]) | BLANK,
    "day": DAYS | BLANK,
    "won": st.booleans() | BLANK,
    "tags": st.lists(st.sampled_from(["x", "y", "é", "'"]), unique=True, max_size=3) | BLANK,
}
ASKED: dict[str, st.SearchStrategy[Any]] = {
    **HELD,
    "amount": HELD["amount"] | st.integers(-5, 5) | st.sampled_from(["junk", "NaN", "1e1"]),
    "tags": st.sampled_from(["x", "y", "é", "'"]),
}
LISTED = ["in", "not_in", "between", "has_any", "has_all", "has_none"]
SINGLE = ["eq", "ne", "gt", "ge", "lt", "le", "contains", "not_contains", "starts", "empty", "not_empty"]


@st.composite
def condition(draw: st.DrawFn) -> Condition:
    """Any comparison that makes sense to write."""
    field, op = draw(st.sampled_from(list(KINDS))), draw(st.sampled_from(LISTED + SINGLE))
    value = (
        draw(st.lists(ASKED[field], min_size=2 * (op == "between"), max_size=2)) if op in LISTED else draw(ASKED[field])
    )
    return Condition(field=field, op=op, value=value)


FILTERS: st.SearchStrategy[Filter] = st.recursive(
    condition(),
    lambda parts: st.lists(parts, max_size=3).map(tuple).flatmap(
        lambda found: st.sampled_from([All(all=found), Any_(any=found)])
    ),
    max_leaves=5,
)  # fmt: skip
RECORDS = st.lists(st.fixed_dictionaries({}, optional=HELD), max_size=6)
ORDERS = st.lists(st.builds(Order, st.sampled_from(list(KINDS)), st.booleans()), max_size=2).map(tuple)
SHARED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def fill(store: Store, values: list[dict[str, Any]]) -> str:
    """A workspace with these records, named by their place."""
    workspace = store.workspace()
    with store.world(workspace) as world:
        world.records.insert([make(str(index), each) for index, each in enumerate(values)], [], {})
    return workspace


@SHARED
@given(values=RECORDS, filters=st.lists(FILTERS, min_size=3, max_size=3))
def test_sql_answers_as_matches_does(store: Store, values: list[dict[str, Any]], filters: list[Filter]) -> None:
    with store.world(fill(store, values)) as world:
        for filter in filters:
            found = {record.id for record in world.records.find(Query(FORM, columns(KINDS), filter)).records}
            assert found == {str(index) for index, each in enumerate(values) if matches(filter, each, KINDS)}


@SHARED
@given(values=RECORDS, orders=ORDERS, size=st.integers(1, 3))
def test_pages_together_are_the_whole(
    store: Store, values: list[dict[str, Any]], orders: tuple[Order, ...], size: int
) -> None:
    reference = Store()
    with store.world(fill(store, values)) as world, reference.world(fill(reference, values)) as remembered:
        whole = remembered.records.find(Query(FORM, columns(KINDS), orders=orders)).records
        pages, after = [], ""
        while not pages or after:
            page = world.records.find(Query(FORM, columns(KINDS), orders=orders, limit=size, after=after))
            pages.append(page.records)
            after = page.next
        assert [record.id for page in pages for record in page] == [record.id for record in whole]
