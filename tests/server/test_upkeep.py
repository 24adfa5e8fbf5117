"""What is tidied away 清理, and what is not."""

from datetime import timedelta

import pytest

from server import upkeep
from server.wiring import Wired
from tests.server.site import Site


class Later:
    """A clock that is some days ahead."""

    def __init__(self, wired: Wired, days: int) -> None:
        self.clock, self.ahead = wired.clock, timedelta(days=days)

    def now(self) -> object:
        """That moment."""
        return self.clock.now() + self.ahead


def test_a_trial_long_over_is_taken_out_whole(any_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nobody else's data with it."""
    any_site.trial()
    ann = any_site.owner(samples=True)
    monkeypatch.setattr(any_site.wired, "clock", Later(any_site.wired, 14 + 31))
    upkeep.tidy(any_site.wired)
    monkeypatch.undo()
    ann.post("/api/signin", {"email": "ann@example.com", "password": "correct horse"})
    assert ann.list("customer", total=True)["total"] == 30
    with any_site.wired.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT count(*) FROM workspace").scalar()
    assert names == 1
