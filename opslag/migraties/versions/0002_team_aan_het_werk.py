"""Staff at work: series and standing answers, sending in batches, offers that expire, guests, living messages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _erbij() -> dict[str, tuple[sa.Column[Any], ...]]:
    """Only columns without constraints: SQLite can take those away again without making the table anew, and making
    a table anew would cascade into everything that hangs on it.
    """
    return {
        "locatie": (sa.Column("regio", sa.String(10), server_default="midden", nullable=False),),
        "reeks": (
            sa.Column("tot", sa.Date(), nullable=True),
            sa.Column("vakantie_overslaan", sa.Boolean(), server_default=sa.text("true"), nullable=False),
            sa.Column("gestopt", Moment(), nullable=True),
        ),
        "activiteit": (
            sa.Column("titel_vaders", sa.String(120), server_default="", nullable=False),
            sa.Column("gevraagd", sa.String(300), server_default="", nullable=False),
            sa.Column("gewijzigd", Moment(), nullable=True),
            sa.Column("deursleutel", sa.String(64), nullable=True),
        ),
        "verzending": (
            sa.Column("kenmerk", sa.String(60), nullable=True),
            sa.Column("begint", Moment(), nullable=True),
            sa.Column("gevuld", Moment(), nullable=True),
            sa.Column("tot_ouder", NUMMER, server_default="0", nullable=False),
            sa.Column("aantal", sa.Integer(), server_default="0", nullable=False),
            sa.Column("verzonden", sa.Integer(), server_default="0", nullable=False),
            sa.Column("vervallen", sa.Integer(), server_default="0", nullable=False),
        ),
        "vraag": (sa.Column("gemeld", Moment(), nullable=True),),
    }


def upgrade() -> None:
    for tabel, kolommen in _erbij().items():
        for kolom in kolommen:
            op.add_column(tabel, kolom)
    op.execute("UPDATE verzending SET gevuld = gemaakt")  # until now every announcement was made whole
    op.create_index("uq_verzending_kenmerk", "verzending", ["activiteit_id", "soort", "kenmerk"], unique=True)
    te_vullen = sa.text("gevuld is null and gestopt is null")
    op.create_index(
        "ix_verzending_te_vullen", "verzending", ["begint"], sqlite_where=te_vullen, postgresql_where=te_vullen
    )
    _vast_antwoord()
    _gast()
    _plekaanbod()
    _levend()


def _verwijst(tabel: str, kolom: str, naar: str, weg: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([kolom], [f"{naar}.id"], name=op.f(f"fk_{tabel}_{kolom}_{naar}"), ondelete=weg)


def _vast_antwoord() -> None:
    op.create_table(
        "vast_antwoord",
        sa.Column("reeks_id", NUMMER, nullable=False),
        sa.Column("ouder_id", NUMMER, nullable=False),
        sa.Column("antwoord", sa.String(12), nullable=False),
        sa.Column("aantal", sa.Integer(), server_default="1", nullable=False),
        sa.Column("moment", Moment(), nullable=False),
        sa.CheckConstraint("antwoord in ('ja','nee')", name=op.f("ck_vast_antwoord_antwoord")),
        _verwijst("vast_antwoord", "reeks_id", "reeks"),
        _verwijst("vast_antwoord", "ouder_id", "ouder"),
        sa.PrimaryKeyConstraint("reeks_id", "ouder_id", name=op.f("pk_vast_antwoord")),
    )
    op.create_index(op.f("ix_vast_antwoord_ouder_id"), "vast_antwoord", ["ouder_id"])


def _gast() -> None:
    op.create_table(
        "gast",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("activiteit_id", NUMMER, nullable=False),
        sa.Column("rol", sa.String(10), nullable=True),
        sa.Column("medewerker_id", NUMMER, nullable=True),
        sa.Column("moment", Moment(), nullable=False),
        sa.Column("weg", Moment(), nullable=True),
        sa.CheckConstraint("rol in ('vader','moeder','ander')", name=op.f("ck_gast_rol")),
        _verwijst("gast", "activiteit_id", "activiteit"),
        _verwijst("gast", "medewerker_id", "medewerker", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gast")),
    )
    op.create_index(op.f("ix_gast_activiteit_id"), "gast", ["activiteit_id"])


def _plekaanbod() -> None:
    op.create_table(
        "plekaanbod",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("uitnodiging_id", NUMMER, nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("verloopt", Moment(), nullable=False),
        sa.Column("uitkomst", sa.String(12), nullable=True),
        sa.CheckConstraint("uitkomst in ('aangenomen','afgewezen','verlopen')", name=op.f("ck_plekaanbod_uitkomst")),
        _verwijst("plekaanbod", "uitnodiging_id", "uitnodiging"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plekaanbod")),
    )
    op.create_index(op.f("ix_plekaanbod_uitnodiging_id"), "plekaanbod", ["uitnodiging_id"])
    loopt = sa.text("uitkomst is null")
    op.create_index("ix_plekaanbod_open", "plekaanbod", ["verloopt"], sqlite_where=loopt, postgresql_where=loopt)


def _levend() -> None:
    op.create_table(
        "levend",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("gesprek_id", NUMMER, nullable=False),
        sa.Column("activiteit_id", NUMMER, nullable=True),
        sa.Column("verzending_id", NUMMER, nullable=True),
        sa.Column("uit_id", NUMMER, nullable=True),
        sa.Column("toont", sa.String(200), server_default="", nullable=False),
        sa.Column("gewijzigd", Moment(), nullable=False),
        sa.Column("klaar", Moment(), nullable=True),
        _verwijst("levend", "gesprek_id", "gesprek"),
        _verwijst("levend", "activiteit_id", "activiteit"),
        _verwijst("levend", "verzending_id", "verzending"),
        _verwijst("levend", "uit_id", "postvak_uit", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levend")),
    )
    op.create_index(op.f("ix_levend_gesprek_id"), "levend", ["gesprek_id"])
    op.create_index(op.f("ix_levend_activiteit_id"), "levend", ["activiteit_id"])
    loopt = sa.text("klaar is null")
    op.create_index("ix_levend_open", "levend", ["gewijzigd"], sqlite_where=loopt, postgresql_where=loopt)


def downgrade() -> None:
    for tabel in ("levend", "plekaanbod", "gast", "vast_antwoord"):
        op.drop_table(tabel)
    op.drop_index("ix_verzending_te_vullen", "verzending")
    op.drop_index("uq_verzending_kenmerk", "verzending")
    for tabel, kolommen in _erbij().items():
        for kolom in kolommen:
            op.drop_column(tabel, kolom.name)
