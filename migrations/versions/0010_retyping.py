"""Fields that changed their type, and every value that went through it 改类型."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def words(name: str) -> sa.Column[str]:
    """A text that is never null."""
    return sa.Column(name, WORDS, nullable=False, server_default="")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "retyping",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("app", WORDS, nullable=False),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("at", WORDS, nullable=False),
        *map(words, ("by", "language", "state")),
        sa.Column("fields", DOCUMENT, nullable=False),
        sa.Column("progress", DOCUMENT, nullable=False),
    )
    op.create_index("ix_retyping_workspace_app", "retyping", ["workspace", "app"])
    op.create_index("ix_retyping_workspace_state", "retyping", ["workspace", "state"])
    op.create_table(
        "retyped_value",
        *(sa.Column(name, WORDS, primary_key=True) for name in ("workspace", "retyping", "record", "field")),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("before", DOCUMENT, nullable=True),
        sa.Column("after", DOCUMENT, nullable=True),
        words("state"),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lost", DOCUMENT, nullable=False),
    )
    op.create_index("ix_retyped_value_workspace_form_record", "retyped_value", ["workspace", "form", "record"])
    columns = ["workspace", "retyping", "state", "record"]
    op.create_index("ix_retyped_value_workspace_retyping_state_record", "retyped_value", columns)


def downgrade() -> None:
    """Forget both."""
    op.drop_table("retyped_value")
    op.drop_table("retyping")
