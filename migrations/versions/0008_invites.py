"""An invitation names all its departments 邀请的部门."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make a list of the one department."""
    op.add_column("invite", sa.Column("departments", DOCUMENT, nullable=True))
    invite = sa.table("invite", sa.column("token_hash"), sa.column("department"), sa.column("departments", DOCUMENT))
    connection = op.get_bind()
    for row in connection.execute(sa.select(invite.c.token_hash, invite.c.department)).all():
        told = [row.department] if row.department else []
        connection.execute(sa.update(invite).where(invite.c.token_hash == row.token_hash).values(departments=told))
    op.drop_column("invite", "department")
