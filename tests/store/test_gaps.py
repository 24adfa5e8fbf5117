"""Numbers drawn within a transaction or apart from it 断号: none twice; what is lost, and who has to wait."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from server.store.records import SqlRecords
from server.transaction import retrying, transaction
from tests.store.worlds import Store

CROWD = 50


def draw(engine: Engine, workspace: str, apart: bool, lost: bool) -> int:
    """Draw in a transaction that comes to nothing when `lost`."""

    def work() -> int:
        with transaction(engine) as connection:
            first = SqlRecords(connection, workspace).draw("shop.order", "no", "", apart=apart)
            if lost:
                raise LookupError
            return first

    try:
        return retrying(work)
    except LookupError:
        return 0


@pytest.mark.parametrize("apart", [False, True])
def test_what_a_lost_transaction_drew_is_given_again_unless_drawn_apart(database: Engine, apart: bool) -> None:
    """Fifty at once, each third one lost. SQLite has one writer at a time and therefore never a gap."""
    workspace = Store(database).workspace()
    with ThreadPoolExecutor(CROWD) as pool:
        drawn = list(pool.map(lambda place: draw(database, workspace, apart, place % 3 == 0), range(CROWD)))
    kept = sorted(number for number in drawn if number)
    assert len(kept) == len(set(kept)) == 33
    gaps = apart and database.dialect.name == "postgresql"
    assert kept == list(range(1, 34)) if not gaps else draw(database, workspace, apart, False) == CROWD + 1


def test_who_draws_apart_holds_up_nobody(database: Engine) -> None:
    """A second writer gets his number while the first one has not committed yet, and in the order of drawing."""
    if database.dialect.name == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time")
    workspace = Store(database).workspace()
    with transaction(database) as first, transaction(database) as second:
        drawn = [SqlRecords(one, workspace).draw("shop.order", "no", "", apart=True) for one in (first, second, first)]
    assert drawn == [1, 2, 3]
