"""The command `qiaoban` 命令行: serve, worker, import, export, check, backup, restore, user add, user password."""

import json
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from builder.problem import Problem, Refusal, sentence
from builder.template import location
from server import operating, trying
from server.app import make_app
from server.ports_live import LiveClock
from server.settings import Settings
from server.wiring import wire
from server.worker import run

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Qiaoban 巧板: a no-code form-and-workflow builder.")
user = typer.Typer(no_args_is_help=True, help="People who sign in.")
cli.add_typer(user, name="user")

Folder = Annotated[Path, typer.Argument(help="A folder of JSON: the template format.", exists=True, file_okay=False)]
Workspace = Annotated[str, typer.Option(help="The workspace's id or name; may be left out when there is only one.")]


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
) -> None:
    """Bring the database up to date and serve the product on one port."""
    settings = Settings()
    operating.migrate(settings)
    app = make_app(settings)
    sys.setswitchinterval(0.0005)  # who holds a lock in the database shall not wait for others' turns here
    where, number = host or settings.host, port or settings.port
    typer.echo(f"Qiaoban 巧板 → http://{where}:{number}")
    uvicorn.run(app, host=where, port=number, log_level="warning", access_log=False, timeout_graceful_shutdown=5)


@cli.command()
def worker() -> None:
    """Work off the outbox in a process of its own; any number may run."""
    settings = Settings()
    operating.migrate(settings)
    typer.echo("Qiaoban 巧板 worker")
    try:
        run(wire(settings), threading.Event())
    except KeyboardInterrupt:
        typer.echo("stopped")


@cli.command(name="import")
def import_(folder: Folder, workspace: Workspace = "") -> None:
    """Bring an app from a folder of JSON into a workspace."""
    _told(lambda: operating.import_app(Settings(), folder, workspace))


@cli.command()
def export(
    app: Annotated[str, typer.Argument(help="The app's id, e.g. crm.")],
    folder: Annotated[Path, typer.Argument(help="Where to write it.")],
    workspace: Workspace = "",
) -> None:
    """Write an app as a folder of readable JSON; the same app gives the same bytes."""
    _told(lambda: operating.export_app(Settings(), app, folder, workspace))


@cli.command()
def check(folder: Folder) -> None:
    """Check an app's folder: file, JSON path and what to do."""
    _told(lambda: operating.check_folder(folder))


@cli.command(name="eval")
def try_(
    expression: Annotated[str, typer.Argument(help="Such as 'ROUND(price * 1.13, 2)'.")],
    values: Annotated[str, typer.Option(help='What its names stand for, as JSON: {"price": "9.90"}.')] = "{}",
    timezone: Annotated[str, typer.Option(help="The time zone of days.")] = "Asia/Shanghai",
) -> None:
    """Evaluate an expression by hand, over values as records hold them."""
    _told(lambda: trying.tried(expression, values, timezone, LiveClock().now()))


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write the backup.")]) -> None:
    """Write everything to one file while the server runs."""
    _told(lambda: operating.backup(Settings(), file))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Bring a backup back into an empty database, of either kind."""
    _told(lambda: operating.restore(Settings(), file))


@cli.command()
def doctor(
    workspace: Workspace = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
    values: Annotated[bool, typer.Option("--values", help="Compute every formula again and compare.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="The same, and keep what comes out otherwise.")] = False,
) -> None:
    """Check that everything is as it must be; exit code 1 when something is broken."""
    findings = operating.examine(Settings(), workspace, values, mend)
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in findings], ensure_ascii=False, indent=2))
    else:
        well = f"{sentence('doctor_well', 'zh-CN', {})} / {sentence('doctor_well', 'en', {})}"
        typer.echo("\n".join(one.line() for one in findings) or well)
    raise typer.Exit(int(any(one.serious for one in findings)))


@user.command()
def add(
    email: Annotated[str, typer.Argument()],
    name: Annotated[str, typer.Option(help="The person's name.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    workspace: Annotated[str, typer.Option(help="An existing workspace's id or name, or the name of a new one.")] = "",
    template: Annotated[str, typer.Option(help="For a new workspace: the app it starts with.")] = "crm",
) -> None:
    """Add a person who may sign in; with a new workspace he is its administrator."""
    _told(lambda: operating.add_user(Settings(), email, name, password, workspace, template))


@user.command(name="password")
def password_(
    email: Annotated[str, typer.Argument()],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Give somebody a new password; every session and API token of the person ends."""
    _told(lambda: operating.set_password(Settings(), email, password))


def _told(work: "operating.Work") -> None:
    """Do it and say what was done; on a refusal say every problem in both languages, and exit with 1."""
    try:
        typer.echo(work())
    except Refusal as refusal:
        for problem in refusal.problems:
            typer.echo(_line(problem), err=True)
        raise typer.Exit(1) from None


def _line(problem: Problem) -> str:
    place = location(problem)
    words = f"{problem.sentence('zh-CN')} / {problem.sentence('en')}"
    return f"{place}: {words}" if place else words


def main() -> None:
    """The entry point."""
    cli()
