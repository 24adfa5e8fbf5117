"""Records, links, history and counters keep their promises on every store (数据存储契约)."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from builder.filter import Condition
from builder.problem import Conflict, Invalid
from runtime.ports import Change, Column, Link, Order, Query
from server.store.records import SqlRecords
from server.transaction import retrying, transaction
from tests.store.worlds import AT, FORM, Store, columns, make, order

OTHER = "crm.deal"


def change(record: str, after: dict[str, str], batch: str = "") -> Change:
    """A line of history."""
    return Change(record, FORM, AT, "ann", "update", {}, after, batch)


def texts(ids: Iterable[str], text: str) -> dict[str, dict[str, str]]:
    """The same searchable text for each record."""
    return {id: {"name": text} for id in ids}


def test_a_record_comes_back_as_it_was_kept(store: Store) -> None:
    kept = make(
        "a", {"name": "信达", "tags": ["x"], "n": "1.50", "rows": [{"id": "1", "p": None}]}, title="信达", sample=True
    )
    workspace = store.workspace()
    with store.world(workspace) as world:
        world.records.insert([kept], [], {})
    with store.world(workspace) as world:
        assert world.records.get(FORM, "a") == kept
        assert world.records.get(FORM, "b") is None
        assert world.records.get(OTHER, "a") is None


def test_moments_are_kept_to_the_second(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {}, created_at=AT + timedelta(microseconds=5))], [], {})
        found = world.records.get(FORM, "a")
        assert found is not None
        assert found.created_at == AT


@pytest.mark.parametrize(
    "text", ["nul\x00byte", "\ud800", "\\u0000", "𠮷野家", "'; DROP TABLE record; --", "%s{}$1?:x"]
)
def test_naughty_texts_are_kept_and_found(store: Store, text: str) -> None:
    with store.world(store.workspace()) as world:
        clean = text.replace("\x00", "").replace("\ud800", "")
        world.records.insert([make("a", {"name": clean}, title=clean)], [], {"a": {"name": text}})
        found = world.records.find(
            Query(FORM, columns({"name": "text"}), Condition(field="name", op="eq", value=clean))
        )
        assert [record.values["name"] for record in found.records] == [clean]
        assert world.records.count(Query(FORM, {}, search=text, search_fields=("name",)), 5) in (0, 1)


def test_replace_needs_the_revision_before(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {"name": "one"})], [], {})
        assert world.records.replace(make("a", {"name": "two"}, revision=2), None, None)
        assert not world.records.replace(make("a", {"name": "three"}, revision=2), None, None)
        assert not world.records.replace(make("z", {}, revision=2), None, None)
        found = world.records.get(FORM, "a")
        assert found is not None
        assert (found.values, found.revision) == ({"name": "two"}, 2)


def test_a_deleted_record_is_only_found_in_the_bin(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {}), make("b", {})], [], {})
        world.records.replace(make("a", {}, revision=2, deleted_at=AT), None, None)
        assert [record.id for record in world.records.find(Query(FORM, {})).records] == ["b"]
        assert [record.id for record in world.records.find(Query(FORM, {}, deleted=True)).records] == ["a"]
        assert list(world.records.many(FORM, ["a", "b", "c"])) == ["b"]
        assert world.records.get(FORM, "a") is not None


def test_a_purge_leaves_nothing(store: Store) -> None:
    with store.world(store.workspace()) as world:
        link = Link(FORM, "a", "ref", OTHER, "t")
        world.records.insert([make("a", {}), make("b", {})], [link], texts("ab", "信达"), {"a": {"code": "1"}})
        world.records.log([change("a", {})])
        world.records.purge(FORM, ["a"])
        assert world.records.get(FORM, "a") is None
        assert world.records.pointing(OTHER, "t") == []
        assert world.records.history(FORM, "a") == []
        assert world.records.count(Query(FORM, {}, search="信达", search_fields=("name",)), 9) == 1
        world.records.insert([make("c", {})], [], {}, {"c": {"code": "1"}})


def test_links_are_read_from_their_target(store: Store) -> None:
    with store.world(store.workspace()) as world:
        links = [Link(FORM, id, "ref", OTHER, "t") for id in "ba"]
        world.records.insert([make("a", {}), make("b", {})], links, {})
        assert [link.source for link in world.records.pointing(OTHER, "t")] == ["a", "b"]
        assert len(world.records.pointing(OTHER, "t", limit=1)) == 1
        world.records.replace(make("a", {}, revision=2), [], None)
        world.records.replace(make("b", {}, revision=2, deleted_at=AT), None, None)
        assert world.records.pointing(OTHER, "t") == []


def test_a_unique_value_is_held_once(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {"code": "7"})], [], {}, {"a": {"code": "7"}})
        with pytest.raises(Conflict) as caught:
            world.records.insert([make("b", {"code": "7"})], [], {}, {"b": {"code": "7"}})
        assert (caught.value.problems[0].code, caught.value.problems[0].path) == ("value_taken", ("code",))
        assert world.records.held(FORM, "code", ["7", "8"], "text") == {"7": "a"}


def test_a_deleted_record_frees_its_unique_values(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {"code": "7"})], [], {}, {"a": {"code": "7"}})
        world.records.replace(make("a", {"code": "7"}, revision=2, deleted_at=AT), None, None)
        world.records.insert([make("b", {"code": "7"})], [], {}, {"b": {"code": "7"}})
        assert world.records.held(FORM, "code", ["7"], "text") == {"7": "b"}
        with pytest.raises(Conflict):
            world.records.replace(make("a", {"code": "7"}, revision=3), None, None, {"code": "7"})


def test_a_record_may_keep_and_change_its_own_unique_value(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {})], [], {}, {"a": {"code": "7"}})
        assert world.records.replace(make("a", {}, revision=2), None, None, {"code": "7"})
        assert world.records.replace(make("a", {}, revision=3), None, None, {"code": "8"})
        world.records.insert([make("b", {})], [], {}, {"b": {"code": "7"}})


def test_held_compares_by_kind(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {"n": "1.50"})], [], {})
        assert world.records.held(FORM, "n", ["1.5", "2", "junk", None, ""], "number") == {"1.5": "a"}


def test_titles_are_found_exactly(store: Store) -> None:
    with store.world(store.workspace()) as world:
        long = "长" * 300
        records = [make("a", {}, title="信达"), make("b", {}, title="信达"), make("c", {}, title=long)]
        world.records.insert(records, [], {})
        assert world.records.titled(FORM, ["信达", "信", "", long]) == {"信达": ["a", "b"], long: ["c"]}


def test_history_is_newest_first_and_pages_back(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.log([change("a", {"n": str(index)}) for index in range(5)])
        world.records.log([change("b", {"n": "x"})])
        first = world.records.history(FORM, "a", limit=2)
        assert [line.after["n"] for line in first] == ["4", "3"]
        rest = world.records.history(FORM, "a", before=first[-1].seq)
        assert [line.after["n"] for line in rest] == ["2", "1", "0"]


def test_a_batch_is_read_in_order(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.log([change("a", {}), *(change(str(index), {}, "import1") for index in range(5))])
        first = world.records.batch("import1", limit=3)
        rest = world.records.batch("import1", after=first[-1].seq)
        assert [line.record for line in [*first, *rest]] == ["0", "1", "2", "3", "4"]


def test_counters_count_apart(store: Store) -> None:
    with store.world(store.workspace()) as world:
        drawn = [world.records.draw(FORM, "no", scope, count) for scope, count in [("", 1), ("", 3), ("", 1), ("m", 1)]]
        assert drawn == [1, 2, 5, 1]


def test_fifty_writers_never_draw_the_same_number(database: Engine) -> None:
    workspace = Store(database).workspace()

    def draw(_: int) -> int:
        def work() -> int:
            with transaction(database) as connection:
                return SqlRecords(connection, workspace).draw(FORM, "no", "2026")

        return retrying(work)

    with ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(draw, range(200))) == list(range(1, 201))


def test_one_of_fifty_writers_gets_a_unique_value(database: Engine) -> None:
    workspace = Store(database).workspace()

    def write(number: int) -> bool:
        id = f"r{number}"
        try:
            with transaction(database) as connection:
                SqlRecords(connection, workspace).insert([make(id, {})], [], {}, {id: {"code": "7"}})
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(write, range(50))) == 1
    with transaction(database, writes=False) as connection:
        assert SqlRecords(connection, workspace).count(Query(FORM, {}), 99) == 1


def test_one_of_fifty_writers_replaces_a_revision(database: Engine) -> None:
    store = Store(database)
    workspace = store.workspace()
    with store.world(workspace) as world:
        world.records.insert([make("a", {})], [], {})

    def write(number: int) -> bool:
        with transaction(database) as connection:
            return SqlRecords(connection, workspace).replace(make("a", {"n": str(number)}, revision=2), None, None)

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(write, range(50))) == 1


def test_what_was_raised_leaves_nothing_behind(database: Engine) -> None:
    workspace = Store(database).workspace()

    def broken() -> None:
        with transaction(database) as connection:
            SqlRecords(connection, workspace).insert([make("a", {})], [], {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    with transaction(database, writes=False) as connection:
        assert SqlRecords(connection, workspace).get(FORM, "a") is None


def test_a_reader_cannot_write(database: Engine) -> None:
    workspace = Store(database).workspace()
    with transaction(database, writes=False) as connection, pytest.raises(RuntimeError, match="only reads"):
        SqlRecords(connection, workspace).insert([make("a", {})], [], {})
    with transaction(database, writes=False) as connection:
        assert SqlRecords(connection, workspace).get(FORM, "a") is None


def test_a_count_stops_at_its_bound(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make(str(index), {}) for index in range(7)], [], {})
        assert [world.records.count(Query(FORM, {}), bound) for bound in (5, 7, 100)] == [5, 7, 7]


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "\x00", "WyJhIixbIngiXV0", "é", "A" * 20_000])
def test_a_hostile_cursor_is_refused(store: Store, cursor: str) -> None:
    with store.world(store.workspace()) as world, pytest.raises(Invalid) as caught:
        world.records.find(Query(FORM, {}, after=cursor))
    assert caught.value.problems[0].code == "bad_cursor"


def test_a_cursor_of_another_question_is_refused(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make(str(index), {}) for index in range(3)], [], {})
        page = world.records.find(Query(FORM, {}, limit=1))
        by_name = Query(OTHER, columns({"name": "text"}), orders=(order("name"),), after=page.next)
        with pytest.raises(Invalid):
            world.records.find(by_name)


def search(store: Store, asked: str, fields: tuple[str, ...] = ("name", "city")) -> str:
    """The ids found by a quick search."""
    with store.world(store.workspace()) as world:
        found = {
            "a": {"name": "北京信达科技有限公司", "city": "北京"},
            "b": {"name": "Shanghai Steel 上海钢铁", "city": "上海"},
            "c": {"name": "张三丰", "code": "HT-2026-0042"},
            "d": {"name": "达信", "secret": "信达"},
        }
        world.records.insert([make(id, {}) for id in found], [], found)
        page = world.records.find(Query(FORM, {}, search=asked, search_fields=fields))
        return "".join(record.id for record in page.records)


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ("信达", "a"), ("信", "ad"), ("达信", "d"), ("北京 科技", "a"), ("steel", "b"), ("STE", "b"), ("eel", ""),
        ("钢铁 shang", "b"), ("zsf", "c"), ("zhangsan", "c"), ("xdkj", "a"), ("广州", ""), ("——", ""),
        ("' OR 1=1 --", ""),
        ("信达科技有限", "a"), ("ｓｔｅｅｌ", "b"), ("", "abcd"), ('"*&|!():', ""),
    ],
)  # fmt: skip
def test_search_finds_words(store: Store, asked: str, finds: str) -> None:
    assert search(store, asked) == finds


def test_search_reveals_no_other_field(store: Store) -> None:
    assert search(store, "信达", ("city",)) == ""
    assert search(store, "信达", ()) == ""
    assert search(store, "ht-2026-004", ("code",)) == "c"


def test_replacing_changes_what_a_record_is_found_by(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make("a", {})], [], texts("a", "信达"))
        world.records.replace(make("a", {}, revision=2), None, {"name": "联合"})
        counts = [
            world.records.count(Query(FORM, {}, search=text, search_fields=("name",)), 5) for text in ("信达", "联合")
        ]
        assert counts == [0, 1]


def test_workspaces_are_strangers(store: Store) -> None:
    mine, other = store.workspace(), store.workspace()
    with store.world(mine) as world:
        link = Link(FORM, "a", "ref", OTHER, "t")
        world.records.insert([make("a", {"code": "7"}, title="信达")], [link], texts("a", "信达"), {"a": {"code": "7"}})
        world.records.log([change("a", {}, "batch")])
        world.records.draw(FORM, "no", "")
    with store.world(other) as world:
        assert world.records.get(FORM, "a") is None
        assert world.records.many(FORM, ["a"]) == {}
        assert world.records.find(Query(FORM, {})).records == ()
        assert world.records.count(Query(FORM, {}, search="信达", search_fields=("name",)), 9) == 0
        assert world.records.held(FORM, "code", ["7"], "text") == {}
        assert world.records.titled(FORM, ["信达"]) == {}
        assert world.records.pointing(OTHER, "t") == []
        assert world.records.history(FORM, "a") == []
        assert world.records.batch("batch") == []
        assert world.records.draw(FORM, "no", "") == 1
        assert not world.records.replace(make("a", {}, revision=2), [], {})
        world.records.purge(FORM, ["a"])
        world.records.insert([make("a", {})], [], {}, {"a": {"code": "7"}})
    with store.world(mine) as world:
        found = world.records.get(FORM, "a")
        assert found is not None
        assert found == replace(make("a", {"code": "7"}, title="信达"))
        assert len(world.records.pointing(OTHER, "t")) == 1


def test_a_page_may_count_on_its_way(store: Store) -> None:
    with store.world(store.workspace()) as world:
        world.records.insert([make(id, {"n": str(place % 2), "code": id}) for place, id in enumerate("abcde")], [], {})
        columns = {"n": Column("number"), "code": Column("text")}
        odd = Condition(field="n", op="eq", value="0")
        query = Query(FORM, columns, odd, orders=(Order("code", descending=True),), limit=2, counted=True)
        page = world.records.find(query)
        assert [record.id for record in page.records] == ["e", "c"]
        assert page.total in (None, 3)
        assert world.records.count(query, 100) == 3
        rest = world.records.find(replace(query, after=page.next))
        assert [record.id for record in rest.records] == ["a"]
        assert rest.total is None
        none = replace(query, where=Condition(field="n", op="eq", value="7"))
        assert world.records.find(none).total in (None, 0)


def test_a_record_takes_its_history_with_it(store: Store) -> None:
    with store.world(store.workspace()) as world:
        logged = [Change("a", FORM, AT, "ann", "create", {}, {"code": "7"})]
        world.records.insert([make("a", {"code": "7"})], [], {"a": {"code": "seven"}}, {}, logged)
        changed = [Change("a", FORM, AT, "ann", "update", {"code": "7"}, {"code": "8"})]
        assert world.records.replace(make("a", {"code": "8"}, revision=2), None, {"code": "eight"}, None, changed)
        assert not world.records.replace(make("a", {"code": "9"}, revision=2), None, {"code": "nine"}, None, changed)
        assert [change.operation for change in world.records.history(FORM, "a")] == ["update", "create"]
        for asked, found in (("eight", 1), ("seven", 0), ("nine", 0)):
            said = world.records.find(Query(FORM, {}, search=asked, search_fields=("code",)))
            assert len(said.records) == found
