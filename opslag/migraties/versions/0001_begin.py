"""The house: every table of the first version, and the views on history."""

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moment", Moment(), nullable=False),
        sa.Column("wie", sa.String(length=40), nullable=False),
        sa.Column("wat", sa.String(length=40), nullable=False),
        sa.Column("op", sa.String(length=80), nullable=False),
        sa.Column("details", sa.String(length=300), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_moment"), "audit", ["moment"], unique=False)
    op.create_index(op.f("ix_audit_op"), "audit", ["op"], unique=False)
    op.create_table(
        "medewerker",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("naam", sa.String(length=100), server_default="", nullable=False),
        sa.Column("rol", sa.String(length=20), nullable=False),
        sa.Column("taal", sa.String(length=8), server_default="nl", nullable=False),
        sa.Column("actief", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint(
            "rol in ('medewerker','coordinator','gemeente','beheerder')", name=op.f("ck_medewerker_rol")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medewerker")),
    )
    op.create_table(
        "organisatie",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisatie")),
        sa.UniqueConstraint("naam", name=op.f("uq_organisatie_naam")),
    )
    op.create_table(
        "postvak_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kanaal", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("extern_id", sa.String(length=80), nullable=False),
        sa.Column("adres", sa.String(length=80), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=6), server_default="open", nullable=False),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("fout", sa.String(length=100), nullable=True),
        sa.Column("ontvangen", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postvak_in")),
        sa.UniqueConstraint("kanaal", "account", "extern_id", name=op.f("uq_postvak_in_kanaal_account_extern_id")),
    )
    op.create_index("ix_postvak_in_ontvangen", "postvak_in", ["ontvangen"], unique=False)
    op.create_index(
        "ix_postvak_in_open",
        "postvak_in",
        ["kanaal", "account", "adres", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "verzender",
        sa.Column("kanaal", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("houder", sa.String(length=120), nullable=False),
        sa.Column("tot", Moment(), nullable=False),
        sa.Column("pauze_tot", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("kanaal", "account", name=op.f("pk_verzender")),
    )
    op.create_table(
        "locatie",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("gastheer", sa.String(length=100), server_default="", nullable=False),
        sa.Column("telefoon", sa.String(length=40), server_default="", nullable=False),
        sa.Column("tijdzone", sa.String(length=60), server_default="Europe/Amsterdam", nullable=False),
        sa.Column("stil_van", sa.String(length=5), server_default="20:00", nullable=False),
        sa.Column("stil_tot", sa.String(length=5), server_default="08:00", nullable=False),
        sa.Column("weekmaximum", sa.Integer(), server_default="3", nullable=False),
        sa.Column("norm", sa.Integer(), server_default="50", nullable=False),
        sa.Column("begripsvraag", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("voorbeeld", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisatie_id"],
            ["organisatie.id"],
            name=op.f("fk_locatie_organisatie_id_organisatie"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locatie")),
        sa.UniqueConstraint("naam", name=op.f("uq_locatie_naam")),
    )
    op.create_table(
        "gezin",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kenmerk", sa.String(length=60), nullable=True),
        sa.Column("ingeschreven", sa.Date(), nullable=False),
        sa.Column("uitgeschreven", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_gezin_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gezin")),
        sa.UniqueConstraint("locatie_id", "kenmerk", name=op.f("uq_gezin_locatie_id_kenmerk")),
    )
    op.create_table(
        "groep",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("naam", sa.String(length=100), nullable=False),
        sa.Column("thema", sa.String(length=100), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_groep_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groep")),
        sa.UniqueConstraint("locatie_id", "naam", name=op.f("uq_groep_locatie_id_naam")),
    )
    op.create_table(
        "medewerker_locatie",
        sa.Column("medewerker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_medewerker_locatie_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"],
            ["medewerker.id"],
            name=op.f("fk_medewerker_locatie_medewerker_id_medewerker"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("medewerker_id", "locatie_id", name=op.f("pk_medewerker_locatie")),
    )
    op.create_index(op.f("ix_medewerker_locatie_locatie_id"), "medewerker_locatie", ["locatie_id"], unique=False)
    op.create_table(
        "reeks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("titel", sa.String(length=200), nullable=False),
        sa.Column("regel", sa.String(length=200), nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_reeks_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reeks")),
    )
    op.create_table(
        "activiteit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reeks_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("titel", sa.String(length=120), nullable=False),
        sa.Column("doel", sa.String(length=300), nullable=False),
        sa.Column("begin", Moment(), nullable=False),
        sa.Column("duur", sa.Integer(), nullable=False),
        sa.Column("plek", sa.String(length=120), nullable=False),
        sa.Column("gastheer", sa.String(length=100), server_default="", nullable=False),
        sa.Column("capaciteit", sa.Integer(), nullable=True),
        sa.Column("kinderen_welkom", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("gemaakt_door", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("afgelast", Moment(), nullable=True),
        sa.CheckConstraint("capaciteit > 0", name=op.f("ck_activiteit_capaciteit")),
        sa.CheckConstraint("duur > 0", name=op.f("ck_activiteit_duur")),
        sa.ForeignKeyConstraint(
            ["gemaakt_door"], ["medewerker.id"], name=op.f("fk_activiteit_gemaakt_door_medewerker"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_activiteit_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reeks_id"], ["reeks.id"], name=op.f("fk_activiteit_reeks_id_reeks"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activiteit")),
    )
    op.create_index(op.f("ix_activiteit_locatie_id_begin"), "activiteit", ["locatie_id", "begin"], unique=False)
    op.create_table(
        "gezin_groep",
        sa.Column("gezin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("groep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["gezin_id"], ["gezin.id"], name=op.f("fk_gezin_groep_gezin_id_gezin"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["groep_id"], ["groep.id"], name=op.f("fk_gezin_groep_groep_id_groep"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gezin_id", "groep_id", name=op.f("pk_gezin_groep")),
    )
    op.create_index(op.f("ix_gezin_groep_groep_id"), "gezin_groep", ["groep_id"], unique=False)
    op.create_table(
        "ouder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gezin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("naam", sa.String(length=100), server_default="", nullable=False),
        sa.Column("rol", sa.String(length=10), nullable=True),
        sa.Column("taal", sa.String(length=8), server_default="nl", nullable=False),
        sa.Column("tweede_taal", sa.String(length=8), nullable=True),
        sa.Column("vorm", sa.String(length=10), server_default="lezen", nullable=False),
        sa.Column("dagdelen", sa.String(length=60), server_default="", nullable=False),
        sa.Column("tips", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("aankondiging", sa.Integer(), server_default="14", nullable=False),
        sa.Column("pauze_tot", Moment(), nullable=True),
        sa.Column("gestopt_op", Moment(), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint("rol in ('vader','moeder','ander')", name=op.f("ck_ouder_rol")),
        sa.CheckConstraint("vorm in ('lezen','luisteren','allebei')", name=op.f("ck_ouder_vorm")),
        sa.ForeignKeyConstraint(["gezin_id"], ["gezin.id"], name=op.f("fk_ouder_gezin_id_gezin"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ouder")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ouder_gezin_id"), "ouder", ["gezin_id"], unique=False)
    op.create_table(
        "startcode",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("doel", sa.String(length=10), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("groep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gezin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rol", sa.String(length=20), nullable=True),
        sa.Column("eenmalig", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("geldig_tot", Moment(), nullable=True),
        sa.Column("gebruikt", Moment(), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint("doel in ('team','ouders')", name=op.f("ck_startcode_doel")),
        sa.ForeignKeyConstraint(
            ["gezin_id"], ["gezin.id"], name=op.f("fk_startcode_gezin_id_gezin"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["groep_id"], ["groep.id"], name=op.f("fk_startcode_groep_id_groep"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_startcode_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_startcode")),
    )
    op.create_table(
        "activiteit_groep",
        sa.Column("activiteit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("groep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["activiteit_id"],
            ["activiteit.id"],
            name=op.f("fk_activiteit_groep_activiteit_id_activiteit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["groep_id"], ["groep.id"], name=op.f("fk_activiteit_groep_groep_id_groep"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activiteit_id", "groep_id", name=op.f("pk_activiteit_groep")),
    )
    op.create_index(op.f("ix_activiteit_groep_groep_id"), "activiteit_groep", ["groep_id"], unique=False)
    op.create_table(
        "gesprek",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kanaal", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("adres", sa.String(length=80), nullable=False),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("medewerker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("flow", sa.String(length=20), server_default="", nullable=False),
        sa.Column("stap", sa.String(length=40), server_default="", nullable=False),
        sa.Column("antwoorden", sa.Text(), server_default="{}", nullable=False),
        sa.Column("missers", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("vorige", sa.String(length=64), server_default="", nullable=False),
        sa.Column("gewijzigd", Moment(), nullable=False),
        sa.Column("onbereikbaar", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_gesprek_medewerker_id_medewerker"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ouder_id"], ["ouder.id"], name=op.f("fk_gesprek_ouder_id_ouder"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gesprek")),
        sa.UniqueConstraint("kanaal", "account", "adres", name=op.f("uq_gesprek_kanaal_account_adres")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_gesprek_medewerker_id"), "gesprek", ["medewerker_id"], unique=False)
    op.create_index(op.f("ix_gesprek_ouder_id"), "gesprek", ["ouder_id"], unique=False)
    op.create_index(
        "ix_gesprek_vluchtig",
        "gesprek",
        ["gewijzigd"],
        unique=False,
        sqlite_where=sa.text("ouder_id is null and medewerker_id is null"),
        postgresql_where=sa.text("ouder_id is null and medewerker_id is null"),
    )
    op.create_table(
        "toestemming",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("versie", sa.String(length=20), nullable=False),
        sa.Column("taal", sa.String(length=8), nullable=False),
        sa.Column("gegeven", Moment(), nullable=False),
        sa.Column("ingetrokken", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ouder_id"], ["ouder.id"], name=op.f("fk_toestemming_ouder_id_ouder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toestemming")),
    )
    op.create_index(op.f("ix_toestemming_ouder_id"), "toestemming", ["ouder_id"], unique=False)
    op.create_table(
        "uitnodiging",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("activiteit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rol", sa.String(length=10), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activiteit_id"],
            ["activiteit.id"],
            name=op.f("fk_uitnodiging_activiteit_id_activiteit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ouder_id"], ["ouder.id"], name=op.f("fk_uitnodiging_ouder_id_ouder"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uitnodiging")),
        sa.UniqueConstraint("activiteit_id", "ouder_id", name=op.f("uq_uitnodiging_activiteit_id_ouder_id")),
    )
    op.create_index(
        op.f("ix_uitnodiging_ouder_id_activiteit_id"), "uitnodiging", ["ouder_id", "activiteit_id"], unique=False
    )
    op.create_table(
        "verzending",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("activiteit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("soort", sa.String(length=20), nullable=False),
        sa.Column("voor", sa.String(length=20), server_default="iedereen", nullable=False),
        sa.Column("door", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("gestopt", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activiteit_id"],
            ["activiteit.id"],
            name=op.f("fk_verzending_activiteit_id_activiteit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["door"], ["medewerker.id"], name=op.f("fk_verzending_door_medewerker"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_verzending_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verzending")),
    )
    op.create_index(op.f("ix_verzending_activiteit_id_soort"), "verzending", ["activiteit_id", "soort"], unique=False)
    op.create_table(
        "vraag",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("soort", sa.String(length=10), server_default="vraag", nullable=False),
        sa.Column("tekst", sa.Text(), nullable=True),
        sa.Column("media", sa.String(length=256), nullable=True),
        sa.Column("taal", sa.String(length=8), nullable=False),
        sa.Column("gesteld", Moment(), nullable=False),
        sa.Column("voor", Moment(), nullable=False),
        sa.Column("beantwoord", Moment(), nullable=True),
        sa.Column("beantwoord_door", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["beantwoord_door"],
            ["medewerker.id"],
            name=op.f("fk_vraag_beantwoord_door_medewerker"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_vraag_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ouder_id"], ["ouder.id"], name=op.f("fk_vraag_ouder_id_ouder"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vraag")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_vraag_open",
        "vraag",
        ["locatie_id", "gesteld"],
        unique=False,
        sqlite_where=sa.text("beantwoord is null"),
        postgresql_where=sa.text("beantwoord is null"),
    )
    op.create_index(op.f("ix_vraag_ouder_id"), "vraag", ["ouder_id"], unique=False)
    op.create_table(
        "aanmelding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uitnodiging_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("antwoord", sa.String(length=12), nullable=False),
        sa.Column("aantal", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bron", sa.String(length=12), nullable=False),
        sa.Column("moment", Moment(), nullable=False),
        sa.CheckConstraint("antwoord in ('ja','misschien','nee','wachtlijst')", name=op.f("ck_aanmelding_antwoord")),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"],
            ["uitnodiging.id"],
            name=op.f("fk_aanmelding_uitnodiging_id_uitnodiging"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanmelding")),
    )
    op.create_index(op.f("ix_aanmelding_uitnodiging_id_id"), "aanmelding", ["uitnodiging_id", "id"], unique=False)
    op.create_table(
        "postvak_uit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gesprek_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kanaal", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("adres", sa.String(length=80), nullable=False),
        sa.Column("prioriteit", sa.SmallInteger(), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=True),
        sa.Column("taal", sa.String(length=8), nullable=False),
        sa.Column("vervangt", sa.String(length=80), server_default="", nullable=False),
        sa.Column("verzending_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("niet_voor", Moment(), nullable=False),
        sa.Column("niet_na", Moment(), nullable=False),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("onzeker", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reden", sa.String(length=200), nullable=True),
        sa.Column("extern_id", sa.String(length=40), nullable=True),
        sa.Column("verzonden", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gesprek_id"], ["gesprek.id"], name=op.f("fk_postvak_uit_gesprek_id_gesprek"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ouder_id"], ["ouder.id"], name=op.f("fk_postvak_uit_ouder_id_ouder"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["verzending_id"],
            ["verzending.id"],
            name=op.f("fk_postvak_uit_verzending_id_verzending"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postvak_uit")),
        sa.UniqueConstraint("verzending_id", "ouder_id", name=op.f("uq_postvak_uit_verzending_id_ouder_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_postvak_uit_bezig",
        "postvak_uit",
        ["kanaal", "account"],
        unique=False,
        sqlite_where=sa.text("status = 'bezig'"),
        postgresql_where=sa.text("status = 'bezig'"),
    )
    op.create_index("ix_postvak_uit_gesprek", "postvak_uit", ["gesprek_id", "id"], unique=False)
    op.create_index(
        "ix_postvak_uit_later",
        "postvak_uit",
        ["niet_voor"],
        unique=False,
        sqlite_where=sa.text("status = 'later'"),
        postgresql_where=sa.text("status = 'later'"),
    )
    op.create_index("ix_postvak_uit_ouder", "postvak_uit", ["ouder_id", "verzonden"], unique=False)
    op.create_index(
        "ix_postvak_uit_wacht",
        "postvak_uit",
        ["kanaal", "account", "prioriteit", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'wacht'"),
        postgresql_where=sa.text("status = 'wacht'"),
    )
    op.create_table(
        "presentie",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uitnodiging_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("staat", sa.String(length=10), nullable=False),
        sa.Column("bron", sa.String(length=10), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("moment", Moment(), nullable=False),
        sa.CheckConstraint("bron in ('team','ouder','deur')", name=op.f("ck_presentie_bron")),
        sa.CheckConstraint("staat in ('aanwezig','afwezig','afgemeld')", name=op.f("ck_presentie_staat")),
        sa.ForeignKeyConstraint(
            ["medewerker_id"],
            ["medewerker.id"],
            name=op.f("fk_presentie_medewerker_id_medewerker"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"],
            ["uitnodiging.id"],
            name=op.f("fk_presentie_uitnodiging_id_uitnodiging"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presentie")),
    )
    op.create_index(op.f("ix_presentie_uitnodiging_id_id"), "presentie", ["uitnodiging_id", "id"], unique=False)
    op.create_table(
        "taak",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locatie_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ouder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("uitnodiging_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("soort", sa.String(length=40), nullable=False),
        sa.Column("eigenaar", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("voor", Moment(), nullable=True),
        sa.Column("klaar", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["eigenaar"], ["medewerker.id"], name=op.f("fk_taak_eigenaar_medewerker"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_taak_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ouder_id"], ["ouder.id"], name=op.f("fk_taak_ouder_id_ouder"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"], ["uitnodiging.id"], name=op.f("fk_taak_uitnodiging_id_uitnodiging"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taak")),
    )
    op.create_index(
        "ix_taak_open",
        "taak",
        ["locatie_id", "gemaakt"],
        unique=False,
        sqlite_where=sa.text("klaar is null"),
        postgresql_where=sa.text("klaar is null"),
    )
    op.create_index(op.f("ix_taak_ouder_id"), "taak", ["ouder_id"], unique=False)
    op.create_table(
        "waardering",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uitnodiging_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.String(length=10), server_default="", nullable=False),
        sa.Column("tekst", sa.Text(), nullable=True),
        sa.Column("media", sa.String(length=256), nullable=True),
        sa.Column("moment", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"],
            ["uitnodiging.id"],
            name=op.f("fk_waardering_uitnodiging_id_uitnodiging"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waardering")),
    )
    op.create_index(op.f("ix_waardering_uitnodiging_id"), "waardering", ["uitnodiging_id"], unique=False)
    op.create_table(
        "afmeldreden",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uitnodiging_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("aanmelding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("toelichting", sa.Text(), nullable=True),
        sa.Column("media", sa.String(length=256), nullable=True),
        sa.Column("verteld", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("aanbod", sa.String(length=40), nullable=True),
        sa.Column("gecodeerd_door", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("moment", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aanmelding_id"],
            ["aanmelding.id"],
            name=op.f("fk_afmeldreden_aanmelding_id_aanmelding"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["gecodeerd_door"],
            ["medewerker.id"],
            name=op.f("fk_afmeldreden_gecodeerd_door_medewerker"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"],
            ["uitnodiging.id"],
            name=op.f("fk_afmeldreden_uitnodiging_id_uitnodiging"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_afmeldreden")),
    )
    op.create_index(op.f("ix_afmeldreden_uitnodiging_id_id"), "afmeldreden", ["uitnodiging_id", "id"], unique=False)
    op.create_index(
        "ix_afmeldreden_woorden",
        "afmeldreden",
        ["moment"],
        unique=False,
        sqlite_where=sa.text("toelichting is not null or media is not null"),
        postgresql_where=sa.text("toelichting is not null or media is not null"),
    )
    op.execute(
        """
        CREATE VIEW aanmelding_huidig AS
        SELECT a.* FROM aanmelding a
        WHERE a.id = (SELECT max(b.id) FROM aanmelding b WHERE b.uitnodiging_id = a.uitnodiging_id)
        """
    )
    op.execute(
        """
        CREATE VIEW afmeldreden_huidig AS
        SELECT a.* FROM afmeldreden a
        WHERE a.id = (SELECT max(b.id) FROM afmeldreden b WHERE b.uitnodiging_id = a.uitnodiging_id)
        """
    )
    op.execute(
        """
        CREATE VIEW presentie_huidig AS
        SELECT p.* FROM presentie p
        WHERE p.id = COALESCE(
            (SELECT max(b.id) FROM presentie b WHERE b.uitnodiging_id = p.uitnodiging_id AND b.bron = 'team'),
            (SELECT max(b.id) FROM presentie b WHERE b.uitnodiging_id = p.uitnodiging_id))
        """
    )


def downgrade() -> None:
    op.execute("DROP VIEW aanmelding_huidig")
    op.execute("DROP VIEW afmeldreden_huidig")
    op.execute("DROP VIEW presentie_huidig")
    op.drop_index(
        "ix_afmeldreden_woorden",
        table_name="afmeldreden",
        sqlite_where=sa.text("toelichting is not null or media is not null"),
        postgresql_where=sa.text("toelichting is not null or media is not null"),
    )
    op.drop_index(op.f("ix_afmeldreden_uitnodiging_id_id"), table_name="afmeldreden")
    op.drop_table("afmeldreden")
    op.drop_index(op.f("ix_waardering_uitnodiging_id"), table_name="waardering")
    op.drop_table("waardering")
    op.drop_index(op.f("ix_taak_ouder_id"), table_name="taak")
    op.drop_index(
        "ix_taak_open",
        table_name="taak",
        sqlite_where=sa.text("klaar is null"),
        postgresql_where=sa.text("klaar is null"),
    )
    op.drop_table("taak")
    op.drop_index(op.f("ix_presentie_uitnodiging_id_id"), table_name="presentie")
    op.drop_table("presentie")
    op.drop_index(
        "ix_postvak_uit_wacht",
        table_name="postvak_uit",
        sqlite_where=sa.text("status = 'wacht'"),
        postgresql_where=sa.text("status = 'wacht'"),
    )
    op.drop_index("ix_postvak_uit_ouder", table_name="postvak_uit")
    op.drop_index(
        "ix_postvak_uit_later",
        table_name="postvak_uit",
        sqlite_where=sa.text("status = 'later'"),
        postgresql_where=sa.text("status = 'later'"),
    )
    op.drop_index("ix_postvak_uit_gesprek", table_name="postvak_uit")
    op.drop_index(
        "ix_postvak_uit_bezig",
        table_name="postvak_uit",
        sqlite_where=sa.text("status = 'bezig'"),
        postgresql_where=sa.text("status = 'bezig'"),
    )
    op.drop_table("postvak_uit")
    op.drop_index(op.f("ix_aanmelding_uitnodiging_id_id"), table_name="aanmelding")
    op.drop_table("aanmelding")
    op.drop_index(op.f("ix_vraag_ouder_id"), table_name="vraag")
    op.drop_index(
        "ix_vraag_open",
        table_name="vraag",
        sqlite_where=sa.text("beantwoord is null"),
        postgresql_where=sa.text("beantwoord is null"),
    )
    op.drop_table("vraag")
    op.drop_index(op.f("ix_verzending_activiteit_id_soort"), table_name="verzending")
    op.drop_table("verzending")
    op.drop_index(op.f("ix_uitnodiging_ouder_id_activiteit_id"), table_name="uitnodiging")
    op.drop_table("uitnodiging")
    op.drop_index(op.f("ix_toestemming_ouder_id"), table_name="toestemming")
    op.drop_table("toestemming")
    op.drop_index(
        "ix_gesprek_vluchtig",
        table_name="gesprek",
        sqlite_where=sa.text("ouder_id is null and medewerker_id is null"),
        postgresql_where=sa.text("ouder_id is null and medewerker_id is null"),
    )
    op.drop_index(op.f("ix_gesprek_ouder_id"), table_name="gesprek")
    op.drop_index(op.f("ix_gesprek_medewerker_id"), table_name="gesprek")
    op.drop_table("gesprek")
    op.drop_index(op.f("ix_activiteit_groep_groep_id"), table_name="activiteit_groep")
    op.drop_table("activiteit_groep")
    op.drop_table("startcode")
    op.drop_index(op.f("ix_ouder_gezin_id"), table_name="ouder")
    op.drop_table("ouder")
    op.drop_index(op.f("ix_gezin_groep_groep_id"), table_name="gezin_groep")
    op.drop_table("gezin_groep")
    op.drop_index(op.f("ix_activiteit_locatie_id_begin"), table_name="activiteit")
    op.drop_table("activiteit")
    op.drop_table("reeks")
    op.drop_index(op.f("ix_medewerker_locatie_locatie_id"), table_name="medewerker_locatie")
    op.drop_table("medewerker_locatie")
    op.drop_table("groep")
    op.drop_table("gezin")
    op.drop_table("locatie")
    op.drop_table("verzender")
    op.drop_index(
        "ix_postvak_in_open",
        table_name="postvak_in",
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.drop_index("ix_postvak_in_ontvangen", table_name="postvak_in")
    op.drop_table("postvak_in")
    op.drop_table("organisatie")
    op.drop_table("medewerker")
    op.drop_index(op.f("ix_audit_op"), table_name="audit")
    op.drop_index(op.f("ix_audit_moment"), table_name="audit")
    op.drop_table("audit")
