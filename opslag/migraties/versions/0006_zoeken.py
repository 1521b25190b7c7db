"""What the scheduler looks for every half minute is found by an index: who waits for a place, the weeks of a series."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WACHT = sa.text("antwoord = 'wachtlijst'")


def upgrade() -> None:
    op.create_index("ix_activiteit_reeks_id", "activiteit", ["reeks_id"])
    op.create_index(
        "ix_aanmelding_wachtlijst", "aanmelding", ["uitnodiging_id"], sqlite_where=WACHT, postgresql_where=WACHT
    )


def downgrade() -> None:
    op.drop_index("ix_aanmelding_wachtlijst", "aanmelding")
    op.drop_index("ix_activiteit_reeks_id", "activiteit")
