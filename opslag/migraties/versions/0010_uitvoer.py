"""What the municipality was given, and the keys of the API."""

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "gemeentecijfer",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("locatie_id", NUMMER, nullable=True),
        sa.Column("schooljaar", sa.Date(), nullable=False),
        sa.Column("groep", sa.String(20), nullable=False),
        sa.Column("maat", sa.String(20), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name="fk_gemeentecijfer_locatie_id_locatie", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gemeentecijfer"),
    )
    op.create_index("ix_gemeentecijfer_schooljaar", "gemeentecijfer", ["schooljaar"])
    op.create_table(
        "apisleutel",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("naam", sa.String(80), nullable=False),
        sa.Column("medewerker_id", NUMMER, nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("gebruikt", Moment(), nullable=True),
        sa.Column("ingetrokken", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name="fk_apisleutel_locatie_id_locatie", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name="fk_apisleutel_medewerker_id_medewerker", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_apisleutel"),
        sa.UniqueConstraint("hash", name="uq_apisleutel_hash"),
    )
    op.create_index("ix_apisleutel_locatie_id", "apisleutel", ["locatie_id"])


def downgrade() -> None:
    op.drop_table("apisleutel")
    op.drop_table("gemeentecijfer")
