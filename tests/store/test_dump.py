"""A backup holds everything and goes into either database; migrations make what the tables say (备份与迁移)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Row, inspect, select

from builder.problem import Invalid
from runtime.ports import Change, Happening, Instance, Job, Link, Member, Query, Version
from server.store import dump, members
from server.store.engine import make_engine
from server.store.tables import metadata, search
from server.transaction import snapshot, transaction
from tests.store.worlds import AT, FORM, Store, make

ROOT = Path(__file__).parents[2]


def migrated(url: str) -> Iterator[Engine]:
    """An engine on a database made by the migrations."""
    engine = make_engine(url)
    with transaction(engine) as connection:
        config = Config(str(ROOT / "alembic.ini"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    yield engine
    engine.dispose()


@pytest.fixture
def source(database_url: str) -> Iterator[Engine]:
    """A migrated database of each kind."""
    yield from migrated(database_url)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """Another SQLite database."""
    yield from migrated(f"sqlite:///{tmp_path / 'other.sqlite'}")


def fill(engine: Engine) -> str:
    """Something in most tables."""
    store = Store(engine)
    workspace = store.workspace()
    with store.world(workspace) as world:
        record = make("a", {"name": "北京信达", "n": "1.50"}, title="北京信达")
        world.records.insert(
            [record], [Link(FORM, "a", "ref", "crm.x", "t")], {"a": {"name": "北京信达"}}, {"a": {"n": "1"}}
        )
        world.records.log([Change("a", FORM, AT, "ann", "create", {}, {"n": None})])
        world.records.draw(FORM, "no", "")
        world.definitions.keep({"h": {"z": 1, "a": 2}})
        world.definitions.publish(Version("crm", 1, {"app": "h"}, AT, "ann", "一"))
        world.instances.save(Instance("i", FORM, "a", "h", {}, "running", "ann", AT, 1))
        world.instances.append([Happening("i", 1, AT, "ann", {})])
        world.outbox.send(Job("mail", {}))
        world.outbox.signal("x", None, {})
    with transaction(engine) as connection:
        members.add_members(connection, workspace, [Member("ann", "安", admin=True)], AT)
    return workspace


def everything(engine: Engine) -> dict[str, list[str]]:
    """All rows of all tables, spelled in one way."""
    with transaction(engine, writes=False) as connection:
        tables = [table for table in metadata.sorted_tables if table is not search]
        return {table.name: sorted(map(spelled, connection.execute(select(table)))) for table in tables}


def spelled(row: Row[Any]) -> str:
    """A row as JSON with its keys sorted."""
    return json.dumps(dict(row._mapping), sort_keys=True, default=str)


def test_migrations_make_what_the_tables_say(source: Engine) -> None:
    with transaction(source, writes=False) as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    left = [change for change in found if "search" not in repr(change)]
    assert left == []
    assert set(metadata.tables) <= set(inspect(source).get_table_names())


@pytest.mark.parametrize("way", ["to SQLite", "and back"])
def test_a_backup_is_restored_whole(source: Engine, sqlite: Engine, tmp_path: Path, way: str) -> None:
    first, second = (source, sqlite) if way == "to SQLite" else (sqlite, source)
    workspace, files = fill(first), tmp_path / "files"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "abcd").write_bytes(b"attachment")
    with snapshot(first) as connection:
        rows = dump.write(connection, tmp_path / "backup.zip", files)
    with transaction(second) as connection:
        assert dump.read(connection, tmp_path / "backup.zip", tmp_path / "restored") == rows
    assert everything(second) == everything(first)
    assert (tmp_path / "restored" / "ab" / "abcd").read_bytes() == b"attachment"
    with Store(second).world(workspace) as world:
        assert world.records.count(Query(FORM, {}, search="信达", search_fields=("name",)), 5) == 1


def test_a_backup_is_refused_where_there_is_something(source: Engine, tmp_path: Path) -> None:
    fill(source)
    with snapshot(source) as connection:
        dump.write(connection, tmp_path / "backup.zip")
    with transaction(source) as connection, pytest.raises(Invalid) as caught:
        dump.read(connection, tmp_path / "backup.zip")
    assert caught.value.problems[0].code == "database_not_empty"


@pytest.mark.parametrize("names", [None, {}, {"backup.json": "{"}, {"backup.json": '{"format": 99, "rows": {}}'},
                                   {"backup.json": '{"format": 1, "rows": {}}', "files/../../evil": "x"}])  # fmt: skip
def test_a_broken_or_hostile_backup_is_refused(sqlite: Engine, tmp_path: Path, names: dict[str, str] | None) -> None:
    file = tmp_path / "backup.zip"
    file.write_bytes(b"no zip")
    if names is not None:
        with ZipFile(file, "w") as archive:
            for name, text in names.items():
                archive.writestr(name, text)
    with transaction(sqlite) as connection, pytest.raises(Invalid) as caught:
        dump.read(connection, file, tmp_path / "in" / "files")
    assert caught.value.problems[0].code == "backup_unreadable"
    assert not (tmp_path / "evil").exists()
