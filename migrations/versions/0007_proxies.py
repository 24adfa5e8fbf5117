"""Standing proxies 代理."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "proxy",
        *(sa.Column(name, WORDS, primary_key=True) for name in ("workspace", "id")),
        *(
            sa.Column(name, WORDS, nullable=False, server_default="")
            for name in ("principal", "proxy", "first", "last")
        ),
        sa.Column("forms", DOCUMENT),
    )
    op.create_index("ix_proxy_proxy", "proxy", ["workspace", "proxy"])
    op.create_index("ix_proxy_principal", "proxy", ["workspace", "principal"])
