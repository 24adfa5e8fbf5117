"""Codes sent to mobiles 手机验证码."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Hashed; a number is looked up in every workspace, so that nobody is flooded."""
    op.create_table(
        "phone_code",
        sa.Column("workspace", WORDS, primary_key=True),
        sa.Column("id", WORDS, primary_key=True),
        *(
            sa.Column(name, WORDS, nullable=False, server_default="")
            for name in ("form", "holder", "number", "address", "code_hash")
        ),
        sa.Column("sent_at", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("verified", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    op.create_index("ix_phone_code_number", "phone_code", ["number", "sent_at"])
    op.create_index("ix_phone_code_address", "phone_code", ["address", "sent_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("phone_code")
