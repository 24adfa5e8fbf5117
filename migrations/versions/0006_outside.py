"""Timers, notices and preferences 定时、消息与偏好."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, WORDS, primary_key=True)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, WORDS, nullable=False, server_default="")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "timer",
        *map(_key, ("workspace", "instance", "node", "key")),
        sa.Column("visit", sa.Integer, nullable=False, server_default="0"),
        sa.Column("due_at", WORDS, nullable=False),
        sa.Column("held", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_index("ix_timer_due", "timer", ["held", "due_at"])
    op.create_table(
        "notice",
        *map(_key, ("workspace", "id")),
        *map(_words, ("member", "kind")),
        sa.Column("at", WORDS, nullable=False),
        *map(_words, ("form", "record", "instance", "node", "label", "task", "actor", "text")),
        sa.Column("shown", sa.Boolean, nullable=False, server_default=sa.text("true")),
        *map(_words, ("mail", "robot")),
        sa.Column("read_at", WORDS, nullable=True),
    )
    op.create_index("ix_notice_workspace_member_at", "notice", ["workspace", "member", "at"])
    op.create_index("ix_notice_record", "notice", ["workspace", "form", "record"])
    op.create_table("preference", *map(_key, ("workspace", "member", "name")), sa.Column("value", DOCUMENT))
