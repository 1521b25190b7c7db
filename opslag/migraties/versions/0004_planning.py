"""The weeks of a series, each made once; what is due is found by its beginning or its end."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reeksweek",
        sa.Column("reeks_id", NUMMER, nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("activiteit_id", NUMMER, nullable=True),
        sa.ForeignKeyConstraint(["reeks_id"], ["reeks.id"], name="fk_reeksweek_reeks_id_reeks", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["activiteit_id"], ["activiteit.id"], name="fk_reeksweek_activiteit_id_activiteit", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("reeks_id", "dag", name="pk_reeksweek"),
    )
    op.create_index("ix_reeksweek_activiteit_id", "reeksweek", ["activiteit_id"])
    op.create_index("ix_activiteit_begin", "activiteit", ["begin"])


def downgrade() -> None:
    op.drop_index("ix_activiteit_begin", "activiteit")
    op.drop_table("reeksweek")
