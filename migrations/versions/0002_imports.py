"""Imports on their way 导入登记."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table of imports."""
    op.create_table(
        "import_run",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("form", WORDS, nullable=False, server_default=""),
        sa.Column("member", WORDS, nullable=False, server_default=""),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("state", DOCUMENT, nullable=False),
    )
    op.create_index("ix_import_run_workspace_form_member", "import_run", ["workspace", "form", "member"])
