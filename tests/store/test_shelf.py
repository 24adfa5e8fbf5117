"""Connections that go from one request to the next 连接: clean, few, and gone with their engine."""

from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from server.store.engine import make_engine
from server.store.shelf import LASTING, shelves_of
from server.transaction import transaction

ONE = text("SELECT 1")


def used(engine: Engine, writes: bool) -> int:
    """The number of the connection to the database that a transaction is given."""
    with transaction(engine, writes) as connection:
        connection.execute(ONE)
        return id(connection.connection.dbapi_connection)


@pytest.mark.parametrize("writes", [True, False])
def test_the_next_transaction_is_lent_the_same_connection(database: Engine, writes: bool) -> None:
    """One who asks after another needs no other."""
    assert len({used(database, writes) for _ in range(5)}) == 1


def test_a_reader_is_never_lent_what_may_write(database: Engine) -> None:
    """Each has a shelf of its own, and the database holds a reader to it."""
    used(database, True)
    with transaction(database, writes=False) as connection:
        assert connection.get_execution_options().get("reading")
        assert not connection.get_execution_options().get("writing")


def test_a_connection_that_was_used_in_a_special_way_is_not_lent_again(database: Engine) -> None:
    """Options stick to a connection: the pool takes them off."""
    with transaction(database, writes=False) as connection:
        connection.execution_options(stream_results=True)
    with transaction(database, writes=False) as connection:
        assert "stream_results" not in connection.get_execution_options()


def test_after_a_failure_the_connection_goes_back_to_the_pool(database: Engine) -> None:
    """What is left open by a failure is nobody's to clean up but the pool's."""
    shelf = shelves_of(database).writing
    shelf.clear()
    with pytest.raises(DBAPIError), transaction(database) as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    assert not shelf.idle
    used(database, True)
    assert len(shelf.idle) == 1


def test_a_shelf_holds_few_and_none_that_are_old(tmp_path: Path) -> None:
    """The rest goes back to the pool, which closes and renews."""
    engine = make_engine(f"sqlite:///{tmp_path / 'few.sqlite'}")
    shelf = shelves_of(engine).reading
    lent = [shelf.lend() for _ in range(shelf.most + 2)]
    for each in lent:
        each.__enter__()
    for each in lent:
        each.__exit__(None, None, None)
    assert len(shelf.idle) == shelf.most
    connection, since = shelf.idle.pop()
    shelf.idle.append((connection, since - LASTING))
    used(engine, False)
    assert len(shelf.idle) == shelf.most - 1
    engine.dispose()
    assert not shelf.idle


def test_a_crowd_larger_than_the_pool_is_served(database: Engine) -> None:
    """A shelf keeps none that somebody waits for at the pool."""
    engine = make_engine(database.url.render_as_string(hide_password=False), pool=1)
    crowd = [Thread(target=used, args=(engine, False)) for _ in range(40)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join(15)
    assert not any(each.is_alive() for each in crowd)
    engine.dispose()


@pytest.mark.postgres
def test_a_database_that_was_away_costs_one_transaction_and_no_more(postgres_engine: Engine) -> None:
    """Connections that waited meanwhile are not lent any more."""
    engine = make_engine(postgres_engine.url.render_as_string(hide_password=False))
    lent = [shelves_of(engine).writing.lend() for _ in range(4)]
    pids = [each.__enter__().execute(text("SELECT pg_backend_pid()")).scalar_one() for each in lent]
    for each in lent:
        each.__exit__(None, None, None)
    assert len(shelves_of(engine).writing.idle) == len(pids)
    with transaction(postgres_engine) as other:
        for pid in pids:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    with pytest.raises(DBAPIError):
        used(engine, True)
    assert used(engine, True)
    engine.dispose()
