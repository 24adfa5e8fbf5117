"""What is tidied away from time to time 清理: ended sessions, old signals and jobs, loose files, trials long over."""

import shutil
from datetime import timedelta

from server import filing
from server.store import identity, outbox, passwords, retiring
from server.store.files import drop_file, loose_files
from server.transaction import retrying, transaction
from server.wiring import Wired

TRIAL_GRACE = timedelta(days=30)
"""How long an ended trial is kept, for a visitor who comes back late."""


def tidy(wired: Wired) -> None:
    """Forget what nobody can need any more."""
    retrying(lambda: _forget(wired))
    retrying(lambda: _loose(wired))
    for workspace in retrying(lambda: _retire(wired)):
        shutil.rmtree(wired.settings.files / workspace, ignore_errors=True)


def _forget(wired: Wired) -> None:
    now = wired.clock.now()
    with transaction(wired.engine) as connection:
        identity.prune_sessions(connection, now)
        passwords.prune_resets(connection, now)
        identity.forget(connection, now - timedelta(days=2))
        outbox.prune_jobs(connection, now - timedelta(days=7))
        outbox.prune_signals(connection, now - timedelta(hours=1))


def _loose(wired: Wired) -> None:
    """Files that were uploaded and never put into a record."""
    with transaction(wired.engine) as connection:
        for workspace, id, digest in loose_files(connection, wired.clock.now() - timedelta(days=2)):
            if drop_file(connection, workspace, id):
                filing.path_of(wired.settings.files, workspace, digest).unlink(missing_ok=True)


def _retire(wired: Wired) -> list[str]:
    with transaction(wired.engine) as connection:
        found = identity.ended_trials(connection, wired.clock.now() - TRIAL_GRACE, 20)
        for workspace in found:
            retiring.retire(connection, workspace)
        return found
