"""What is tidied away from time to time 清理: ended sessions, old signals and finished jobs."""

from datetime import timedelta

from server.store import identity, outbox
from server.transaction import retrying, transaction
from server.wiring import Wired


def tidy(wired: Wired) -> None:
    """Forget what nobody can need any more."""
    now = wired.clock.now()

    def once() -> None:
        with transaction(wired.engine) as connection:
            identity.prune_sessions(connection, now)
            identity.forget(connection, now - timedelta(days=2))
            outbox.prune_jobs(connection, now - timedelta(days=7))
            outbox.prune_signals(connection, now - timedelta(hours=1))

    retrying(once)
