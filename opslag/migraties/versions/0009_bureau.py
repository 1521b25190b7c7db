"""The desk in the browser: one-time links, and who is in."""

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bureaulink",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("medewerker_id", NUMMER, nullable=False),
        sa.Column("geldig_tot", Moment(), nullable=False),
        sa.Column("gebruikt", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name="fk_bureaulink_medewerker_id_medewerker", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_bureaulink"),
    )
    op.create_index("ix_bureaulink_geldig_tot", "bureaulink", ["geldig_tot"])
    op.create_table(
        "bureausessie",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("medewerker_id", NUMMER, nullable=False),
        sa.Column("rol", sa.String(20), nullable=False),
        sa.Column("apparaat", sa.String(80), server_default="", nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("geldig_tot", Moment(), nullable=False),
        sa.Column("ingetrokken", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name="fk_bureausessie_medewerker_id_medewerker", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bureausessie"),
        sa.UniqueConstraint("hash", name="uq_bureausessie_hash"),
    )
    op.create_index("ix_bureausessie_medewerker_id", "bureausessie", ["medewerker_id"])
    op.create_index("ix_bureausessie_geldig_tot", "bureausessie", ["geldig_tot"])


def downgrade() -> None:
    op.drop_table("bureausessie")
    op.drop_table("bureaulink")
