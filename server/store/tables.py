"""The tables 数据表: one schema for SQLite and PostgreSQL. Every table carries the workspace, first in its key.

Moments are ISO texts in UTC, which compare as they should in the C collation; JSON is JSONB where there is one.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
metadata = MetaData(naming_convention=NAMES)

Words = Text(collation="C").with_variant(Text(), "sqlite")
Ordered = JSON(none_as_null=True)
"""JSON that comes back as it was written, its keys in their order: definitions."""
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


@lru_cache(maxsize=2_000)
def _spelled(moment: datetime, precision: str) -> str:
    """A request spells its one moment many times."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision)}Z"


class Moment(TypeDecorator[datetime]):
    """An aware datetime as 2026-11-23T10:00:00.000000Z, or to the second."""

    impl = Words
    cache_ok = True

    def __init__(self, seconds: bool = False) -> None:
        super().__init__()
        self.precision = "seconds" if seconds else "microseconds"

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Spell it."""
        return None if value is None else _spelled(value, self.precision)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read it."""
        return None if value is None else datetime.fromisoformat(value)


def key(name: str) -> Column[str]:
    """Part of a primary key."""
    return Column(name, Words, primary_key=True)


def words(name: str, default: str | None = "") -> Column[str]:
    """A text that is never null."""
    return Column(name, Words, nullable=False, server_default=default)


def whole(name: str, default: str = "0") -> Column[int]:
    """A number."""
    return Column(name, Integer, nullable=False, server_default=default)


def flag(name: str, default: bool = False) -> Column[bool]:
    """Yes or no."""
    return Column(name, Boolean, nullable=False, server_default=text("true" if default else "false"))


def moment(name: str, nullable: bool = False, seconds: bool = False) -> Column[datetime]:
    """A point in time."""
    return Column(name, Moment(seconds), nullable=nullable)


def document(name: str, nullable: bool = False) -> Column[Any]:
    """JSON."""
    return Column(name, Document, nullable=nullable)


def definition(name: str) -> Column[Any]:
    """JSON in its order."""
    return Column(name, Ordered, nullable=False)


def of_workspace() -> Column[str]:
    """The workspace, first in every key."""
    return Column("workspace", Words, primary_key=True)


account = Table(
    "account", metadata,
    key("id"), Column("email", Words, nullable=False, unique=True), words("name"), words("password_hash"),
    moment("created_at"),
)  # fmt: skip

workspace = Table(
    "workspace", metadata,
    key("id"), words("name"), words("timezone", "Asia/Shanghai"), words("language", "zh-CN"),
    moment("trial_until", nullable=True), moment("created_at"), words("created_from"),
    whole("directory_revision"), whole("definition_revision"),
)  # fmt: skip

session = Table(
    "session", metadata,
    key("token_hash"), words("account"), words("workspace", None), words("member", None), words("owner", None),
    moment("created_at"), moment("expires_at"),
    Index(None, "account"), Index(None, "workspace", "member"),
)  # fmt: skip

api_token = Table(
    "api_token", metadata,
    key("token_hash"), words("workspace", None), words("id", None), words("member", None), words("name"),
    moment("created_at"), moment("last_used_at", nullable=True), moment("revoked_at", nullable=True),
    Index(None, "workspace", "member"),
)  # fmt: skip

invite = Table(
    "invite", metadata,
    key("token_hash"), words("workspace", None), words("id", None), document("departments", nullable=True),
    document("roles"),
    words("created_by"), moment("created_at"), moment("expires_at"), whole("uses", "1"),
    Index(None, "workspace"),
)  # fmt: skip

password_reset = Table(
    "password_reset", metadata,
    key("token_hash"), words("workspace", None), words("account", None), words("created_by"), moment("created_at"),
    moment("expires_at"), Index(None, "account"),
)  # fmt: skip

audit = Table(
    "audit", metadata,
    of_workspace(), key("id"), moment("at"), words("actor"), words("topic"), words("subject"), words("note"),
    Index(None, "workspace", "at"),
)  # fmt: skip

trial_log = Table(
    "trial_log", metadata,
    key("address_hash"), Column("at", Moment(), primary_key=True), key("workspace"),
    Index(None, "at"),
)  # fmt: skip

idempotency = Table(
    "idempotency", metadata,
    of_workspace(), key("member"), key("key"), words("request_hash"), whole("status"), document("body", nullable=True),
    moment("at"), Index(None, "at"),
)  # fmt: skip

member = Table(
    "member", metadata,
    of_workspace(), key("id"), Column("account", Words, ForeignKey("account.id"), nullable=True), words("name"),
    words("title"), words("email"), flag("admin"), flag("enabled", True), moment("created_at"),
    Index(None, "account"),
)  # fmt: skip

department = Table("department", metadata, of_workspace(), key("id"), words("name"), words("parent"), whole("position"))
department_head = Table("department_head", metadata, of_workspace(), key("department"), key("member"))
member_department = Table("member_department", metadata, of_workspace(), key("member"), key("department"))
role = Table("role", metadata, of_workspace(), key("id"), words("name"))
member_role = Table("member_role", metadata, of_workspace(), key("member"), key("role"))

# Plain JSON on both databases, for JSONB forgets the order of keys, and the guards of a branch are asked in theirs.
blob = Table("blob", metadata, key("scope"), key("hash"), definition("json"))

app = Table(
    "app", metadata,
    of_workspace(), key("id"), words("name"), words("icon"), words("color"), whole("number"),
    definition("live"), definition("draft"), whole("draft_revision"), words("template"), definition("base"),
)  # fmt: skip

version = Table(
    "version", metadata,
    of_workspace(), key("app"), Column("number", Integer, primary_key=True, autoincrement=False),
    definition("manifest"), moment("at"), words("author"), words("message"),
)  # fmt: skip

record = Table(
    "record", metadata,
    of_workspace(), key("form"), key("id"), document("values"), document("keys", nullable=True), whole("revision"),
    words("status"), moment("created_at", seconds=True), words("created_by"), moment("updated_at", seconds=True),
    words("updated_by"), words("version"), moment("deleted_at", nullable=True, seconds=True), flag("sample"),
    words("title"),
)  # fmt: skip
LIVE = record.c.deleted_at.is_(None)
for _order in ("created_at", "updated_at", "title"):
    Index(
        f"ix_record_{_order}", record.c.workspace, record.c.form, record.c[_order], record.c.id,
        postgresql_where=LIVE, sqlite_where=LIVE,
    )  # fmt: skip

unique_value = Table(
    "unique_value", metadata,
    of_workspace(), key("form"), key("field"), key("value"), words("record", None),
    Index(None, "workspace", "form", "record"),
)  # fmt: skip

link = Table(
    "link", metadata,
    of_workspace(), key("form"), key("source"), key("field"), key("target_form"), key("target"),
    Index(None, "workspace", "target_form", "target"),
)  # fmt: skip

change = Table(
    "change", metadata,
    of_workspace(), key("form"), key("record"), Column("seq", BigInteger, primary_key=True, autoincrement=False),
    moment("at"), words("actor"), words("operation"), document("before"), document("after"), words("batch"),
    words("note"),
)  # fmt: skip
BATCHED = change.c.batch != ""
Index(
    "ix_change_batch", change.c.workspace, change.c.batch, change.c.seq, postgresql_where=BATCHED, sqlite_where=BATCHED
)

counter = Table(
    "counter",
    metadata,
    of_workspace(),
    key("form"),
    key("field"),
    key("scope"),
    Column("value", BigInteger, nullable=False),
)

search = Table(
    "search", metadata,
    of_workspace(), key("form"), key("record"), Column("tokens", TSVECTOR().with_variant(Text(), "sqlite")),
    Index("ix_search_tokens", "tokens", postgresql_using="gin").ddl_if(dialect="postgresql"),
)  # fmt: skip

file = Table(
    "file", metadata,
    of_workspace(), key("id"), words("name"), Column("size", BigInteger, nullable=False), words("type"),
    words("digest"), words("by"), words("form"), words("record"), moment("created_at"),
    Index(None, "workspace", "form", "record"),
)  # fmt: skip

saved_view = Table(
    "saved_view", metadata,
    of_workspace(), key("id"), words("form", None), words("owner"), words("name"), document("state"),
    moment("created_at"), Index(None, "workspace", "form", "owner"),
)  # fmt: skip

list_habit = Table(
    "list_habit", metadata, of_workspace(), key("member"), key("form"), document("value")
)  # fmt: skip

import_run = Table(
    "import_run", metadata,
    of_workspace(), key("id"), words("form"), words("member"), moment("created_at"), document("state"),
    Index(None, "workspace", "form", "member"),
)  # fmt: skip

instance = Table(
    "instance", metadata,
    of_workspace(), key("id"), words("form"), words("record"), words("workflow"), document("state"), words("status"),
    words("initiator"), moment("started_at"), whole("revision"), moment("ended_at", nullable=True),
    Index(None, "workspace", "form", "record"), Index(None, "workspace", "initiator", "started_at"),
    Index(None, "workspace", "workflow"),
)  # fmt: skip

happening = Table(
    "happening", metadata,
    of_workspace(), key("instance"), Column("seq", Integer, primary_key=True, autoincrement=False), moment("at"),
    words("actor"), document("event"),
)  # fmt: skip

task = Table(
    "task", metadata,
    of_workspace(), key("id"), words("instance"), words("form"), words("record"), words("node"), words("label"),
    words("purpose"), words("assignee"), words("state"), moment("opened_at"), words("outcome"), words("comment"),
    moment("closed_at", nullable=True), moment("seen_at", nullable=True), words("actor"),
    moment("due_at", nullable=True),
    Index(None, "workspace", "assignee", "state", "opened_at"), Index(None, "workspace", "instance"),
    Index(None, "workspace", "form", "record"),
)  # fmt: skip

job = Table(
    "job", metadata,
    of_workspace(), key("id"), words("topic"), document("payload"), moment("due_at"),
    Column("key", Words, nullable=True),
    words("state", "waiting"), whole("attempts"), words("lease"), moment("leased_until", nullable=True), words("error"),
    moment("created_at"), moment("ended_at", nullable=True),
    Index("ix_job_due", "state", "due_at"),
    Index("uq_job_key", "workspace", "topic", "key", unique=True),
)  # fmt: skip

signal = Table(
    "signal", metadata,
    of_workspace(), key("id"), words("topic"), document("members", nullable=True), document("payload"), moment("at"),
    Index(None, "at"),
)  # fmt: skip

public_link = Table(
    "public_link", metadata,
    of_workspace(), key("id"), Column("token", Words, nullable=False, unique=True), words("form", None),
    words("kind", None), document("terms"), words("password_hash"), flag("enabled", True), whole("used"),
    whole("most"), words("created_by"), moment("created_at"),
    Index(None, "workspace", "form"),
)  # fmt: skip

public_use = Table(
    "public_use", metadata,
    of_workspace(), key("public_link"), key("key"), moment("at"),
)  # fmt: skip

phone_code = Table(
    "phone_code", metadata,
    of_workspace(), key("id"), words("form"), words("holder"), words("number"), words("address"), words("code_hash"),
    moment("sent_at"), moment("expires_at"), whole("tries"), flag("verified"),
    Index("ix_phone_code_number", "number", "sent_at"), Index("ix_phone_code_address", "address", "sent_at"),
)  # fmt: skip

timer = Table(
    "timer", metadata,
    of_workspace(), key("instance"), key("node"), key("key"), whole("visit"), moment("due_at"), flag("held"),
    Index("ix_timer_due", "held", "due_at"),
)  # fmt: skip

notice = Table(
    "notice", metadata,
    of_workspace(), key("id"), words("member"), words("kind"), moment("at"), words("form"), words("record"),
    words("instance"), words("node"), words("label"), words("task"), words("actor"), words("text"),
    flag("shown", True), words("mail"), words("robot"), moment("read_at", nullable=True),
    Index(None, "workspace", "member", "at"), Index("ix_notice_record", "workspace", "form", "record"),
)  # fmt: skip

preference = Table("preference", metadata, of_workspace(), key("member"), key("name"), document("value", nullable=True))

proxy = Table(
    "proxy", metadata,
    of_workspace(), key("id"), words("principal"), words("proxy"), words("first"), words("last"),
    document("forms", nullable=True),
    Index("ix_proxy_proxy", "workspace", "proxy"), Index("ix_proxy_principal", "workspace", "principal"),
)  # fmt: skip

retyping = Table(
    "retyping", metadata,
    of_workspace(), key("id"), words("app", None), words("form", None), whole("number"), moment("at"), words("by"),
    words("language"), words("state"), document("fields"), document("progress"),
    Index(None, "workspace", "app"), Index(None, "workspace", "state"),
)  # fmt: skip

retyped_value = Table(
    "retyped_value", metadata,
    of_workspace(), key("retyping"), key("record"), key("field"), words("form", None),
    document("before", nullable=True), document("after", nullable=True), words("state"), whole("revision"),
    document("lost"),
    Index(None, "workspace", "form", "record"), Index(None, "workspace", "retyping", "state", "record"),
)  # fmt: skip
