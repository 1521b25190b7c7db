"""After a no: a task that nobody took up is reported once."""

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("taak", sa.Column("gemeld", Moment(), nullable=True))


def downgrade() -> None:
    op.drop_column("taak", "gemeld")
