"""Public links and their uses 公开链接."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "public_link",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("token", WORDS, nullable=False, unique=True),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("terms", DOCUMENT, nullable=False),
        sa.Column("password_hash", WORDS, nullable=False, server_default=""),
        sa.Column("enabled", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("used", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("most", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_by", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_index("ix_public_link_workspace_form", "public_link", ["workspace", "form"])
    op.create_table(
        "public_use",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("public_link", WORDS, primary_key=True),
        sa.Column("key", WORDS, primary_key=True),
        sa.Column("at", WORDS, nullable=False),
    )
