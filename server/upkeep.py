"""What is tidied away from time to time 清理: ended sessions, old signals and jobs, loose files, trials long over."""

import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from server import filing
from server.store import identity, imports, notices, outbox, passwords, phone_codes, retiring
from server.store.files import drop_file, is_wanted, loose_files
from server.transaction import retrying, transaction
from server.wiring import Wired

log = logging.getLogger("qiaoban.upkeep")

IMPORT_FILES_KEPT = timedelta(days=30)
"""How long the file of an import is kept: for its error file, and for starting it late."""
SETTLED = timedelta(minutes=5)
"""How long bytes lie untouched before they may go: an upload of the same bytes may be about to name them."""
TRIAL_GRACE = timedelta(days=30)
"""How long an ended trial is kept, for a visitor who comes back late."""


def tidy(wired: Wired) -> None:
    """Forget what nobody can need any more."""
    retrying(lambda: _forget(wired))
    retrying(lambda: _loose(wired))
    retrying(lambda: _brought(wired))
    for workspace in retrying(lambda: _retire(wired)):
        shutil.rmtree(wired.settings.files / workspace, ignore_errors=True)


def _forget(wired: Wired) -> None:
    now = wired.clock.now()
    with transaction(wired.engine) as connection:
        identity.prune_sessions(connection, now)
        passwords.prune_resets(connection, now)
        identity.forget(connection, now - timedelta(days=2))
        phone_codes.prune(connection, now - timedelta(days=2))
        outbox.prune_jobs(connection, now - timedelta(days=7))
        outbox.prune_signals(connection, now - timedelta(hours=1))
        notices.prune_notices(connection, now - timedelta(days=180))


def _loose(wired: Wired) -> None:
    """Files that were uploaded and never put into a record, and those whose record was purged."""
    now, gone = wired.clock.now(), 0
    with transaction(wired.engine) as connection:
        for workspace, id, digest in loose_files(connection, now - timedelta(days=2)):
            place = filing.path_of(wired.settings.files, workspace, digest)
            if _settled(place, now) and drop_file(connection, workspace, id):
                place.unlink(missing_ok=True)
                gone += 1
    if gone:
        log.info("%d files that no record holds were removed", gone)


def _settled(place: Path, now: datetime) -> bool:
    """Whether nobody has just stored these bytes again."""
    touched = place.stat().st_mtime if place.exists() else 0.0
    return datetime.fromtimestamp(touched, UTC) < now - SETTLED


def _brought(wired: Wired) -> None:
    """The files of imports that are long over."""
    now, gone = wired.clock.now(), 0
    with transaction(wired.engine) as connection:
        for workspace, run in imports.old_files(connection, now - IMPORT_FILES_KEPT):
            place = filing.path_of(wired.settings.files, workspace, str(run.state["digest"]))
            imports.change(connection, workspace, run.id, {**run.state, "digest": ""})
            gone += _unlinked(connection, workspace, place)
    if gone:
        log.info("%d files of old imports were removed", gone)


def _unlinked(connection: Connection, workspace: str, place: Path) -> bool:
    if is_wanted(connection, workspace, place.name):
        return False
    place.unlink(missing_ok=True)
    return True


def _retire(wired: Wired) -> list[str]:
    with transaction(wired.engine) as connection:
        found = identity.ended_trials(connection, wired.clock.now() - TRIAL_GRACE, 20)
        for workspace in found:
            retiring.retire(connection, workspace)
        return found
