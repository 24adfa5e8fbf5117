"""A site with an app of one workflow whose first node reaches outside 外部流程的小公司, and a mail server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from builder.definition import App
from builder.parts import manifest_of, to_parts
from server import installing, operating
from server.store import tables
from server.transaction import transaction
from tests.server.site import Person, Site

FORMS = "/api/apps/own/forms"
CALL = {"type": "webhook", "body": {"who": "name", "much": "amount"}, "answers": {"number": "order.id"}}
FORM = {
    "id": "deal", "name": "Deal", "title": "name", "workflow": "deal",
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "number", "type": "text", "label": "Number"},
        {"id": "amount", "type": "number", "label": "Amount", "max": "1000"},
    ],
    "groups": [{"id": "all", "name": "all", "to": {"everyone": True}, "operations": ["create", "read", "update"]}],
}  # fmt: skip


@dataclass
class Works:
    """A site with an app of one workflow: Ann administers it, Bob approves."""

    site: Site
    ann: Person
    bob: Person
    ids: dict[str, str]

    def submit(self, **values: Any) -> str:
        """Ann submits a deal."""
        record: str = self.ann.post(f"{FORMS}/deal/records", {"values": {"name": "Deal 1", **values}}, 201)["id"]
        return record

    def flow(self, record: str, who: Person | None = None) -> Any:
        """Where it stands."""
        return (who or self.ann).get(f"{FORMS}/deal/records/{record}/flow")

    def pass_time(self, by: timedelta) -> None:
        """Everything that waits, waits so much less; then the worker works."""
        with transaction(self.site.wired.engine) as connection:
            for table, column in ((tables.timer, "due_at"), (tables.job, "due_at")):
                for row in connection.execute(select(table)).all():
                    keys = [column_.name for column_ in table.primary_key]
                    one = [table.c[name] == row._mapping[name] for name in keys]
                    connection.execute(update(table).where(*one).values({column: row._mapping[column] - by}))
        self.site.work()


def employ(site: Site) -> Works:
    """Ann and Bob with an empty workspace."""
    ann = site.owner()
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    body = {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept", body, 201)
    people = {one["name"]: one["id"] for one in ann.get("/api/directory")["members"]}
    return Works(site, ann, bob, people)


def install(works: Works, node: dict[str, Any], **more: Any) -> None:
    """An app whose workflow is this node and then Bob's approval."""
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "it"}},
        "it": {"label": "Here", "on": {"next": "bob"}, **node},
        "bob": {
            "type": "approve",
            "label": "Bob",
            "assignees": [{"member": works.ids["Bob"]}],
            "on": {"approved": "end"},
        },
        "end": {"type": "end"},
    }
    nodes["bob"] |= more
    flow = {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes}
    publish(works, {"deal": FORM}, {"deal": flow})


def publish(works: Works, forms: dict[str, Any], workflows: dict[str, Any]) -> None:
    """An app "own" of these forms and workflows."""
    app = App.model_validate({"id": "own", "name": "Own", "forms": forms, "workflows": workflows})
    wired = works.site.wired
    with transaction(wired.engine) as connection:
        asker = operating.operator(wired, connection, works.ann.get("/api/session")["workspace"]["id"])
        parts = to_parts(app)
        installing.place(asker, app, parts, manifest_of(parts))


def allow(works: Works, *hosts: str) -> None:
    """The operator lets these hosts be called."""
    works.site.wired.settings.outbound_allow = ",".join(hosts)


@dataclass
class Post:
    """A mail server that keeps what it is given."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, or be busy for a while."""
        if self.refuses:
            self.refuses -= 1
            return "451 busy"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def posting() -> Iterator[tuple[Post, int]]:
    """A mail server and its port."""
    keeper = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=port)
    controller.start()
    yield keeper, port
    controller.stop()
