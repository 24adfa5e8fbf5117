"""What an operator does from the command line 运维: migrate, import, export, check, back up, add people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from builder.check import check
from builder.locales import check_locales
from builder.parts import Parts, digest, from_parts, to_parts
from builder.problem import Invalid, conflict, invalid, missing
from builder.template import Samples, location, read_folder, write_folder
from runtime import cases, designing, impacts, soundness
from runtime.ports import AppHead, Member
from server import doctor, installing, passwords, values_checked, wiring
from server import identity as signing
from server.asker import Asker, Visitor
from server.settings import Settings
from server.store import dump, identity, members
from server.transaction import snapshot, transaction
from server.wiring import Wired, wire

Work = Callable[[], str]
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(settings: Settings) -> None:
    """Bring the database up to date; nothing happens when it is."""
    settings.home.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = settings.url
    command.upgrade(config, "head")


@contextmanager
def _desk(settings: Settings) -> Iterator[Wired]:
    """A process's things for one command; connections are closed after it."""
    wired = wire(settings)
    try:
        yield wired
    finally:
        wired.engine.dispose()


def check_folder(folder: Path) -> str:
    """Whether an app's folder is sound; raises `Invalid` with every problem. Words not translated are told alone."""
    app, samples = read_folder(folder)
    problems = check(app, (), soundness.for_check())
    problems = problems or tuple(cases.problems(cases.in_company(app, samples), every=True))
    if problems:
        raise Invalid(problems)
    words = "".join(f"\n{location(one)}: {one.sentence('zh-CN')} / {one.sentence('en')}" for one in check_locales(app))
    kept = sum(len(one.cases) for one in app.checks.values())
    told = f"{len(app.forms)} forms, {sum(map(len, samples.records.values()))} samples, {kept} cases"
    return f"ok: {app.id}, {told}{words}"


def import_app(settings: Settings, folder: Path, workspace: str) -> str:
    """Bring an app into a workspace as its newest version, or as a new app when it has none of that id."""
    migrate(settings)
    app, samples = read_folder(folder)
    problems = check(app, (), soundness.for_check()) or tuple(cases.problems(cases.in_company(app, samples)))
    if problems:
        raise Invalid(problems)
    with _desk(settings) as wired, transaction(wired.engine) as connection:
        asker = operator(wired, connection, workspace)
        parts = to_parts(app)
        manifest = {part: digest(value) for part, value in parts.items()}
        head = asker.world.definitions.app(app.id, lock=True)
        if head is None:
            installing.place(asker, app, parts, manifest)
            return f"imported {app.id} as version 1 into {asker.workspace}"
        if head.live == manifest:
            return f"{app.id} is the same already (version {head.number})"
        _refuse_impacts(asker, head, parts)
        asker.world.definitions.keep({manifest[part]: value for part, value in parts.items()})
        version = designing.make_live(asker.gate, head, manifest, f"import {folder.name}")
        installing.bring_roles(asker, app)
        return f"imported {app.id} as version {version['number']} into {asker.workspace}"


def _refuse_impacts(asker: Asker, head: AppHead, parts: Parts) -> None:
    """Records that hold values of another type are not to be taken by surprise, here as in the designer."""
    live = designing.parts_of(asker.gate, head.live)
    blocking = [one for one in impacts.of(asker.gate, head, live, parts) if one["blocking"]]
    if blocking:
        raise conflict("draft_has_problems", count=len(blocking))


def export_app(settings: Settings, app: str, folder: Path, workspace: str) -> str:
    """Write the live version of an app as a folder of readable JSON."""
    migrate(settings)
    with _desk(settings) as wired, transaction(wired.engine, writes=False) as connection:
        asker = operator(wired, connection, workspace)
        head = asker.world.definitions.app(app)
        if head is None:
            raise missing("no_such_app", app=app)
        blobs = asker.world.definitions.blobs(set(head.live.values()))
        whole = from_parts({part: blobs[hash] for part, hash in head.live.items()})
    write_folder(whole, Samples(), folder)
    return f"exported {app} version {head.number} to {folder}"


def operator(wired: Wired, connection: Connection, workspace: str) -> Asker:
    """Whoever runs the command, as an administrator of the workspace named by id or name."""
    found = identity.find_workspaces(connection, workspace)
    if len(found) != 1:
        names = ", ".join(f"{one.id} ({one.name})" for one in found[:10])
        raise invalid("which_workspace" if found else "no_such_workspace", names=names, name=workspace)
    company = members.read_company(connection, found[0].id)
    admin = next(one for one in company.members.values() if one.admin and one.enabled)
    visitor = visitor_at_desk(wired, connection)
    known = identity.Identity(
        found[0].id, admin.id, admin.id, "", admin.name, True, True, found[0].name, found[0].timezone,
        found[0].language, None, found[0].directory_revision, found[0].definition_revision, None,
    )  # fmt: skip
    return wiring.asker_of(visitor, known)


def visitor_at_desk(wired: Wired, connection: Connection) -> Visitor:
    """Somebody at the server's own command line."""
    return Visitor(connection, wired.settings, wired, "zh-CN", "localhost", "", False)


def backup(settings: Settings, file: Path) -> str:
    """Write every table to one file, as of one moment."""
    with _desk(settings) as wired, snapshot(wired.engine) as connection:
        rows = dump.write(connection, file, settings.files)
    return f"backed up {rows} rows to {file}"


def restore(settings: Settings, file: Path) -> str:
    """Read a backup into an empty database; raises `Invalid` when it is not empty."""
    migrate(settings)
    with _desk(settings) as wired, transaction(wired.engine) as connection:
        rows = dump.read(connection, file, settings.files)
    return f"restored {rows} rows from {file}"


def examine(settings: Settings, workspace: str, values: bool = False, mend: bool = False) -> list[doctor.Finding]:
    """Everything that is not as it must be; with `values` also what formulas should have come to, to `mend` it."""
    migrate(settings)
    with _desk(settings) as wired:
        found = doctor.examine(wired, workspace)
        stale = values_checked.examine(wired, workspace) if values or mend else []
        if mend:
            values_checked.mend(wired, stale)
            stale = values_checked.examine(wired, workspace) if stale else []
        return [*found, *map(doctor.stale, stale)]


def add_user(settings: Settings, email: str, name: str, password: str, workspace: str, template: str) -> str:
    """Add an account, and make it a member of the workspace, or the administrator of a new one."""
    migrate(settings)
    with _desk(settings) as wired, transaction(wired.engine) as connection:
        visitor = visitor_at_desk(wired, connection)
        account = signing.new_account(visitor, name, email, password)
        found = identity.find_workspaces(connection, workspace)
        there = found[0].id if len(found) == 1 else ""
        id = there or installing.new_workspace(visitor, workspace or name, "zh-CN", None)
        member = Member(wired.ids.new(), name, admin=not there, email=email.lower())
        members.add_members(connection, id, [member], wired.clock.now(), {member.id: account})
        if not there and template:
            installing.add(operator(wired, connection, id), template, False, "")
    return f"{email} may sign in to workspace {id}"


def set_password(settings: Settings, email: str, password: str) -> str:
    """Give somebody a new password; every session and API token of the person ends."""
    migrate(settings)
    with _desk(settings) as wired, transaction(wired.engine) as connection:
        passwords.set_by_operator(visitor_at_desk(wired, connection), email, password)
    return f"{email} has a new password; every session and API token has ended"
