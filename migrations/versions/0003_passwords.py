"""Links that set a password anew, and the log of what was done to people 密码与操作日志."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def words(name: str) -> "sa.Column[str]":
    """A text that is never null."""
    return sa.Column(name, WORDS, nullable=False, server_default="")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "password_reset",
        sa.Column("token_hash", WORDS, primary_key=True),
        sa.Column("workspace", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        words("created_by"),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
    )
    op.create_index("ix_password_reset_account", "password_reset", ["account"])
    op.create_table(
        "audit",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("at", WORDS, nullable=False),
        *(words(name) for name in ("actor", "topic", "subject", "note")),
    )
    op.create_index("ix_audit_workspace_at", "audit", ["workspace", "at"])
