"""Views saved from lists, and what members prefer there 视图与偏好."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "saved_view",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("form", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False, server_default=""),
        sa.Column("name", WORDS, nullable=False, server_default=""),
        sa.Column("state", DOCUMENT, nullable=False),
        sa.Column("created_at", WORDS, nullable=False),
    )
    op.create_index("ix_saved_view_workspace_form_owner", "saved_view", ["workspace", "form", "owner"])
    op.create_table(
        "list_habit",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("member", WORDS, primary_key=True),
        sa.Column("form", WORDS, primary_key=True),
        sa.Column("value", DOCUMENT, nullable=False),
    )
