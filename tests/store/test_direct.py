"""Statements that go the short way to PostgreSQL answer as those that go the long way (直达语句)."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import ARRAY, Engine, Text, bindparam, insert, literal, select, text
from sqlalchemy.exc import DBAPIError

from server.store.direct import DOUBTED, FORGOTTEN, PREPARED, Direct
from server.store.tables import counter, record
from server.transaction import in_the_way, transaction
from tests.store.saying import counted
from tests.store.worlds import Store

AT = datetime(2026, 11, 23, 10, 0, 5, tzinfo=UTC)
NASTY = 'a "quoted" \\ back\\slash, {brace}; 中文 🙂 \n NULL'
OWN = record.c.workspace == bindparam("w")
FOUND = Direct(select(record).where(OWN).order_by(record.c.id))
DRAWN = select(counter.c.value).where(counter.c.workspace == bindparam("w"))


def row(workspace: str, id: str, **other: Any) -> dict[str, Any]:
    """A record as the table has it."""
    shown = {"values": {"name": NASTY, "list": [1, None, "x"]}, "keys": None, "title": NASTY, "deleted_at": None}
    return {"workspace": workspace, "form": "a.b", "id": id, "revision": 1, "created_at": AT, "updated_at": AT} | (
        shown | other
    )


def _and_fail(engine: Engine, said: Direct, asked: dict[str, Any]) -> None:
    """Say it in a transaction that then comes to nothing."""
    with transaction(engine) as connection:
        said.rows(connection, asked)
        raise KeyError


@pytest.fixture
def workspace(database: Engine) -> str:
    """A workspace with two records."""
    fresh = Store(database).workspace()
    with transaction(database) as connection:
        connection.execute(insert(record), [row(fresh, "1"), row(fresh, "2", sample=True, deleted_at=AT, values={})])
    return fresh


def test_both_ways_answer_the_same(database: Engine, workspace: str) -> None:
    with transaction(database) as connection:
        long = [tuple(found) for found in connection.execute(FOUND.statement, {"w": workspace})]
        assert list(FOUND.rows(connection, {"w": workspace})) == long
        assert FOUND.first(connection, {"w": "nobody"}) is None
    assert long[0][FOUND.columns.index("values")] == {"name": NASTY, "list": [1, None, "x"]}
    assert [found[FOUND.columns.index("deleted_at")] for found in long] == [None, AT]


def test_what_is_drawn_stays_only_when_the_transaction_does(database: Engine, workspace: str) -> None:
    asked = {"workspace": workspace, "form": "f", "field": "n", "scope": "", "value": 1}
    raised = Direct(insert(counter).values({name: bindparam(name) for name in asked}), writes=True)
    with pytest.raises(KeyError):
        _and_fail(database, raised, asked)
    with transaction(database, writes=False) as connection:
        assert connection.execute(DRAWN, {"w": workspace}).first() is None
        with pytest.raises(RuntimeError, match="only reads"):
            raised.rows(connection, asked)
    with transaction(database) as connection:
        raised.rows(connection, asked)
    with transaction(database, writes=False) as connection:
        assert connection.execute(DRAWN, {"w": workspace}).scalar() == 1


@pytest.mark.postgres
def test_lists_and_moments_reach_postgresql_unharmed(postgres_engine: Engine) -> None:
    held = ["plain", NASTY, "", "NULL", "{}", '"', "\\"]
    listed = Direct(select(bindparam("given", type_=ARRAY(Text())).label("given"), literal("fixed").label("fixed")))
    with transaction(postgres_engine) as connection:
        told = connection.execute(text("SELECT cardinality(CAST(:given AS text[]))"), {"given": held}).scalar()
        found = listed.first(connection, {"given": held})
    assert told == len(held)
    assert found is not None
    assert found[1] == "fixed"
    assert found[0].count("中文") == 1


@pytest.mark.postgres
def test_a_statement_is_prepared_once_and_said_in_one_message(postgres_engine: Engine) -> None:
    with transaction(postgres_engine) as connection:
        FOUND.rows(connection, {"w": "nobody"})
        with counted(connection) as said:
            FOUND.rows(connection, {"w": "nobody"})
    assert len(said) == 1
    with transaction(postgres_engine, writes=False) as connection:
        FOUND.rows(connection, {"w": "nobody"})
        connection.execute(text("SELECT 1"))
        remembered = connection.info
    assert FOUND.name in remembered[PREPARED]
    assert DOUBTED not in remembered


@pytest.mark.postgres
def test_statements_are_learned_anew_after_something_was_rolled_back(postgres_engine: Engine) -> None:
    often = text("SELECT :n + 1")
    with transaction(postgres_engine) as connection:
        FOUND.rows(connection, {"w": "nobody"})
        for n in range(8):
            connection.execute(often, {"n": n})  # psycopg prepares it, and forgets everything at a rollback
        with pytest.raises(KeyError), connection.begin_nested():
            raise KeyError
        FOUND.rows(connection, {"w": "nobody"})
        assert connection.execute(often, {"n": 1}).scalar() == 2
    for _ in range(2):
        with pytest.raises(KeyError):
            _and_fail(postgres_engine, FOUND, {"w": "nobody"})
    with transaction(postgres_engine) as connection:
        FOUND.rows(connection, {"w": "nobody"})
        listed = connection.execute(text("SELECT count(*) FROM pg_prepared_statements WHERE name = :n"),
                                    {"n": FOUND.name.decode()})  # fmt: skip
        assert listed.scalar() == 1


@pytest.mark.postgres
def test_a_statement_that_somebody_made_the_connection_forget_means_to_try_again(postgres_engine: Engine) -> None:
    with transaction(postgres_engine, writes=False) as connection:
        FOUND.rows(connection, {"w": "nobody"})
        connection.exec_driver_sql("DEALLOCATE ALL")
        with pytest.raises(DBAPIError) as raised:
            FOUND.rows(connection, {"w": "nobody"})
        assert raised.value.orig.sqlstate == FORGOTTEN  # type: ignore[union-attr]
        assert in_the_way(raised.value)
        assert FOUND.rows(connection, {"w": "nobody"}) == []


@pytest.mark.postgres
def test_an_error_is_told_as_sqlalchemy_would_and_a_lost_connection_is_not_used_again(postgres_engine: Engine) -> None:
    wrong = Direct(text("SELECT 1 / :n"))
    with transaction(postgres_engine, writes=False) as connection:
        with pytest.raises(DBAPIError) as raised:
            wrong.rows(connection, {"n": 0})
        assert isinstance(raised.value.orig, psycopg.errors.DivisionByZero)
        assert connection.info[DOUBTED]
        assert wrong.rows(connection, {"n": 1}) == [(1,)]
        gone = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with transaction(postgres_engine) as other:
            other.execute(text("SELECT pg_terminate_backend(:n)"), {"n": gone})
        with pytest.raises(DBAPIError) as lost:
            wrong.rows(connection, {"n": 1})
        assert lost.value.connection_invalidated
    with transaction(postgres_engine) as connection:
        assert wrong.rows(connection, {"n": 1}) == [(1,)]
