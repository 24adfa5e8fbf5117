"""The first tables 初始表."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
SEARCH_ON_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(workspace UNINDEXED, form UNINDEXED, record UNINDEXED, tokens, "
    "tokenize = 'ascii', detail = none, prefix = '12')"
)


def only(condition: str) -> dict[str, sa.TextClause]:
    """The options of an index over some rows alone."""
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    """Make every table."""
    make_people()
    make_definitions()
    make_records()
    make_performances()
    make_outbox()
    make_search()


def make_people() -> None:
    """Who: accounts, workspaces, sessions, members and what they belong to."""
    op.create_table(
        "account",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("email", WORDS, nullable=False, unique=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("password_hash", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_table(
        "workspace",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("timezone", WORDS, nullable=False, server_default="Asia/Shanghai"),
        sa.Column("language", WORDS, nullable=False, server_default="zh-CN"),
        sa.Column("trial_until", WORDS),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("created_from", WORDS, nullable=False, server_default=""),
        sa.Column("directory_revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("definition_revision", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", WORDS, primary_key=True),
        sa.Column("account", WORDS, nullable=False, server_default=""),
        sa.Column("workspace", WORDS, nullable=False),
        sa.Column("member", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
    )
    op.create_index("ix_session_account", "session", ["account"])
    op.create_index("ix_session_workspace_member", "session", ["workspace", "member"])
    op.create_table(
        "api_token",
        sa.Column("token_hash", WORDS, primary_key=True),
        sa.Column("workspace", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("member", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("last_used_at", WORDS),
        sa.Column("revoked_at", WORDS),
    )
    op.create_index("ix_api_token_workspace_member", "api_token", ["workspace", "member"])
    op.create_table(
        "invite",
        sa.Column("token_hash", WORDS, primary_key=True),
        sa.Column("workspace", WORDS, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False, server_default=""),
        sa.Column("roles", DOCUMENT, nullable=False),
        sa.Column("created_by", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False, server_default="1"),
    )
    op.create_index("ix_invite_workspace", "invite", ["workspace"])
    op.create_table(
        "trial_log",
        sa.Column("address_hash", WORDS, primary_key=True),
        sa.Column("at", WORDS, primary_key=True),
        sa.Column("workspace", WORDS, primary_key=True),
    )
    op.create_index("ix_trial_log_at", "trial_log", ["at"])
    op.create_table(
        "idempotency",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("member", WORDS, primary_key=True),
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("request_hash", WORDS, nullable=False, server_default=""),
        sa.Column("status", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("body", DOCUMENT),
        sa.Column("at", WORDS, nullable=False),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"])
    op.create_table(
        "member",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("account", WORDS, sa.ForeignKey("account.id")),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("title", WORDS, nullable=False, server_default=""),
        sa.Column("email", WORDS, nullable=False, server_default=""),
        sa.Column("admin", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("enabled", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_index("ix_member_account", "member", ["account"])
    op.create_table(
        "department",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("parent", WORDS, nullable=False, server_default=""),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "department_head",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("department", WORDS, primary_key=True),
        sa.Column("member", WORDS, primary_key=True),
    )
    op.create_table(
        "member_department",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("member", WORDS, primary_key=True),
        sa.Column("department", WORDS, primary_key=True),
    )
    op.create_table(
        "role",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
    )
    op.create_table(
        "member_role",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("member", WORDS, primary_key=True),
        sa.Column("role", WORDS, primary_key=True),
    )


def make_definitions() -> None:
    """Definitions by hash, apps and their versions."""
    op.create_table(
        "blob",
        sa.Column("scope", WORDS, primary_key=True),
        sa.Column("hash", WORDS, primary_key=True),
        sa.Column("json", sa.JSON(), nullable=False),
    )
    op.create_table(
        "app",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("icon", WORDS, nullable=False, server_default=""),
        sa.Column("color", WORDS, nullable=False, server_default=""),
        sa.Column("number", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("live", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("draft_revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("template", WORDS, nullable=False, server_default=""),
        sa.Column("base", sa.JSON(), nullable=False),
    )
    op.create_table(
        "version",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("app", WORDS, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("author", WORDS, nullable=False, server_default=""),
        sa.Column("message", WORDS, nullable=False, server_default=""),
    )


def make_records() -> None:
    """Records and what is kept in step with them."""
    op.create_table(
        "record",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("values", DOCUMENT, nullable=False),
        sa.Column("keys", DOCUMENT),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("status", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("created_by", WORDS, nullable=False, server_default=""),
        sa.Column("updated_at", WORDS, nullable=False),
        sa.Column("updated_by", WORDS, nullable=False, server_default=""),
        sa.Column("version", WORDS, nullable=False, server_default=""),
        sa.Column("deleted_at", WORDS),
        sa.Column("sample", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("title", WORDS, nullable=False, server_default=""),
    )
    op.create_index(
        "ix_record_created_at",
        "record",
        ["workspace", "form", "created_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_record_title",
        "record",
        ["workspace", "form", "title", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_record_updated_at",
        "record",
        ["workspace", "form", "updated_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "unique_value",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("field", WORDS, primary_key=True),
        sa.Column("value", WORDS, primary_key=True),
        sa.Column("record", WORDS, nullable=False),
    )
    op.create_index("ix_unique_value_workspace_form_record", "unique_value", ["workspace", "form", "record"])
    op.create_table(
        "link",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("source", WORDS, primary_key=True),
        sa.Column("field", WORDS, primary_key=True),
        sa.Column("target_form", WORDS, primary_key=True),
        sa.Column("target", WORDS, primary_key=True),
    )
    op.create_index("ix_link_workspace_target_form_target", "link", ["workspace", "target_form", "target"])
    op.create_table(
        "change",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("record", WORDS, primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False, server_default=""),
        sa.Column("operation", WORDS, nullable=False, server_default=""),
        sa.Column("before", DOCUMENT, nullable=False),
        sa.Column("after", DOCUMENT, nullable=False),
        sa.Column("batch", WORDS, nullable=False, server_default=""),
        sa.Column("note", WORDS, nullable=False, server_default=""),
    )
    op.create_index(
        "ix_change_batch",
        "change",
        ["workspace", "batch", "seq"],
        postgresql_where=sa.text("batch != ''"),
        sqlite_where=sa.text("batch != ''"),
    )
    op.create_table(
        "counter",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("field", WORDS, primary_key=True),
        sa.Column("scope", WORDS, primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "file",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("type", WORDS, nullable=False, server_default=""),
        sa.Column("digest", WORDS, nullable=False, server_default=""),
        sa.Column("by", WORDS, nullable=False, server_default=""),
        sa.Column("form", WORDS, nullable=False, server_default=""),
        sa.Column("record", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_index("ix_file_workspace_form_record", "file", ["workspace", "form", "record"])


def make_performances() -> None:
    """Running workflows."""
    op.create_table(
        "instance",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("form", WORDS, nullable=False, server_default=""),
        sa.Column("record", WORDS, nullable=False, server_default=""),
        sa.Column("workflow", WORDS, nullable=False, server_default=""),
        sa.Column("state", DOCUMENT, nullable=False),
        sa.Column("status", WORDS, nullable=False, server_default=""),
        sa.Column("initiator", WORDS, nullable=False, server_default=""),
        sa.Column("started_at", WORDS, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ended_at", WORDS),
    )
    op.create_index("ix_instance_workspace_form_record", "instance", ["workspace", "form", "record"])
    op.create_index("ix_instance_workspace_initiator_started_at", "instance", ["workspace", "initiator", "started_at"])
    op.create_index("ix_instance_workspace_workflow", "instance", ["workspace", "workflow"])
    op.create_table(
        "happening",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("instance", WORDS, primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False, server_default=""),
        sa.Column("event", DOCUMENT, nullable=False),
    )
    op.create_table(
        "task",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("instance", WORDS, nullable=False, server_default=""),
        sa.Column("form", WORDS, nullable=False, server_default=""),
        sa.Column("record", WORDS, nullable=False, server_default=""),
        sa.Column("node", WORDS, nullable=False, server_default=""),
        sa.Column("label", WORDS, nullable=False, server_default=""),
        sa.Column("purpose", WORDS, nullable=False, server_default=""),
        sa.Column("assignee", WORDS, nullable=False, server_default=""),
        sa.Column("state", WORDS, nullable=False, server_default=""),
        sa.Column("opened_at", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=False, server_default=""),
        sa.Column("comment", WORDS, nullable=False, server_default=""),
        sa.Column("closed_at", WORDS),
        sa.Column("seen_at", WORDS),
        sa.Column("actor", WORDS, nullable=False, server_default=""),
    )
    op.create_index(
        "ix_task_workspace_assignee_state_opened_at", "task", ["workspace", "assignee", "state", "opened_at"]
    )
    op.create_index("ix_task_workspace_form_record", "task", ["workspace", "form", "record"])
    op.create_index("ix_task_workspace_instance", "task", ["workspace", "instance"])


def make_outbox() -> None:
    """What must happen after a commit."""
    op.create_table(
        "job",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("topic", WORDS, nullable=False, server_default=""),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("due_at", WORDS, nullable=False),
        sa.Column("key", WORDS),
        sa.Column("state", WORDS, nullable=False, server_default="waiting"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lease", WORDS, nullable=False, server_default=""),
        sa.Column("leased_until", WORDS),
        sa.Column("error", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("ended_at", WORDS),
    )
    op.create_index("ix_job_due", "job", ["state", "due_at"])
    op.create_index("uq_job_key", "job", ["workspace", "topic", "key"], unique=True)
    op.create_table(
        "signal",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("topic", WORDS, nullable=False, server_default=""),
        sa.Column("members", DOCUMENT),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("at", WORDS, nullable=False),
    )
    op.create_index("ix_signal_at", "signal", ["at"])


def make_search() -> None:
    """The index of words: full-text on SQLite, GIN on PostgreSQL."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH_ON_SQLITE)
        return
    op.create_table(
        "search",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("record", WORDS, primary_key=True),
        sa.Column("tokens", TSVECTOR()),
    )
    op.create_index("ix_search_tokens", "search", ["tokens"], postgresql_using="gin")
