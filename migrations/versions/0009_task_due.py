"""A task knows when it is due 待办的期限."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Those that are open already have none; their deadlines act all the same."""
    op.add_column("task", sa.Column("due_at", WORDS, nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("task", "due_at")
