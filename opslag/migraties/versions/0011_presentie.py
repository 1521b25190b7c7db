"""A guest that was counted in a browser, which may send it twice."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gast", sa.Column("kenmerk", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("gast", "kenmerk")
