"""Figures that are kept in the transaction of what they count."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LOS = sa.text("los")
_TAAL = "UPDATE uitnodiging SET taal = (SELECT o.taal FROM ouder o WHERE o.id = uitnodiging.ouder_id)"


def upgrade() -> None:
    op.add_column("uitnodiging", sa.Column("taal", sa.String(8), nullable=True))
    op.execute(_TAAL)
    _cijfer()
    _bereik()
    op.create_table(
        "jaarcijfer",
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("schooljaar", sa.Date(), nullable=False),
        sa.Column("maat", sa.String(40), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name="fk_jaarcijfer_locatie_id_locatie", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("locatie_id", "schooljaar", "maat", name="pk_jaarcijfer"),
    )


def _cijfer() -> None:
    op.create_table(
        "cijfer",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("activiteit_id", NUMMER, nullable=False),
        sa.Column("rol", sa.String(10), server_default="", nullable=False),
        sa.Column("taal", sa.String(8), server_default="", nullable=False),
        sa.Column("maat", sa.String(20), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("los", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["activiteit_id"], ["activiteit.id"], name="fk_cijfer_activiteit_id_activiteit", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cijfer"),
    )
    op.create_index("ix_cijfer_activiteit_id", "cijfer", ["activiteit_id"])
    op.create_index("ix_cijfer_los", "cijfer", ["activiteit_id"], sqlite_where=LOS, postgresql_where=LOS)


def _bereik() -> None:
    op.create_table(
        "bereik",
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("maand", sa.Date(), nullable=False),
        sa.Column("ouder_id", NUMMER, nullable=False),
        sa.Column("uitgenodigd", sa.Integer(), server_default="0", nullable=False),
        sa.Column("aanwezig", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name="fk_bereik_locatie_id_locatie", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ouder_id"], ["ouder.id"], name="fk_bereik_ouder_id_ouder", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("locatie_id", "maand", "ouder_id", name="pk_bereik"),
    )
    op.create_index("ix_bereik_ouder_id", "bereik", ["ouder_id"])


def downgrade() -> None:
    op.drop_table("jaarcijfer")
    op.drop_table("bereik")
    op.drop_table("cijfer")
    op.drop_column("uitnodiging", "taal")
