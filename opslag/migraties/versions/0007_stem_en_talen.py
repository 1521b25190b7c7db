"""Sound and pictures, what staff write in other languages, tips for at home, the weekly message, voice notes."""

import sqlalchemy as sa
from alembic import op

from opslag.tabellen import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMMER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bijlage",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("soort", sa.String(length=10), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("duur", sa.Integer(), nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint("soort in ('geluid','beeld')", name=op.f("ck_bijlage_soort")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_bijlage")),
    )
    op.create_table(
        "gesproken",
        sa.Column("sleutel", sa.String(length=64), nullable=False),
        sa.Column("bijlage", sa.String(length=64), nullable=False),
        sa.Column("gebruikt", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_gesproken")),
    )
    op.create_index(op.f("ix_gesproken_bijlage"), "gesproken", ["bijlage"], unique=False)
    op.create_index(op.f("ix_gesproken_gebruikt"), "gesproken", ["gebruikt"], unique=False)
    op.create_table(
        "platformbestand",
        sa.Column("kanaal", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("bestand", sa.String(length=256), nullable=False),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("kanaal", "account", "hash", name=op.f("pk_platformbestand")),
    )
    op.create_table(
        "opname",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("locatie_id", NUMMER, nullable=True),
        sa.Column("wat", sa.String(length=80), nullable=False),
        sa.Column("taal", sa.String(length=8), nullable=False),
        sa.Column("tekst", sa.String(length=64), server_default="", nullable=False),
        sa.Column("spreker", sa.String(length=100), server_default="", nullable=False),
        sa.Column("medewerker_id", NUMMER, nullable=True),
        sa.Column("bijlage", sa.String(length=64), server_default="", nullable=False),
        sa.Column("media", sa.String(length=256), server_default="", nullable=False),
        sa.Column("gesprek_id", NUMMER, nullable=True),
        sa.Column("status", sa.String(length=10), server_default="gevraagd", nullable=False),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("niet_voor", Moment(), nullable=True),
        sa.Column("gekeurd_door", NUMMER, nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint(
            "status in ('gevraagd','nieuw','goed','vervangen','afgekeurd')", name=op.f("ck_opname_status")
        ),
        sa.ForeignKeyConstraint(
            ["gesprek_id"], ["gesprek.id"], name=op.f("fk_opname_gesprek_id_gesprek"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["gekeurd_door"], ["medewerker.id"], name=op.f("fk_opname_gekeurd_door_medewerker"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_opname_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_opname_medewerker_id_medewerker"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opname")),
    )
    op.create_index(op.f("ix_opname_bijlage"), "opname", ["bijlage"], unique=False)
    op.create_index(
        "ix_opname_gevraagd",
        "opname",
        ["niet_voor"],
        unique=False,
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.create_index(op.f("ix_opname_locatie_id_status"), "opname", ["locatie_id", "status"], unique=False)
    op.create_index(op.f("ix_opname_wat_taal_status"), "opname", ["wat", "taal", "status"], unique=False)
    op.create_table(
        "tip",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("stap", sa.SmallInteger(), nullable=False),
        sa.Column("tekst", sa.String(length=600), nullable=False),
        sa.Column("medewerker_id", NUMMER, nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("weg", Moment(), nullable=True),
        sa.CheckConstraint("stap between 1 and 3", name=op.f("ck_tip_stap")),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_tip_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"], ["medewerker.id"], name=op.f("fk_tip_medewerker_id_medewerker"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
    )
    op.create_index(op.f("ix_tip_locatie_id"), "tip", ["locatie_id"], unique=False)
    op.create_table(
        "weekbericht",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("tekst", sa.String(length=1000), nullable=False),
        sa.Column("foto", sa.String(length=64), nullable=True),
        sa.Column("spraak", sa.String(length=64), nullable=True),
        sa.Column("medewerker_id", NUMMER, nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.Column("gesprek_id", NUMMER, nullable=True),
        sa.Column("foto_bestand", sa.String(length=256), server_default="", nullable=False),
        sa.Column("spraak_bestand", sa.String(length=256), server_default="", nullable=False),
        sa.Column("status", sa.String(length=10), server_default="klaar", nullable=False),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("niet_voor", Moment(), nullable=True),
        sa.CheckConstraint("status in ('halen','klaar','mislukt')", name=op.f("ck_weekbericht_status")),
        sa.ForeignKeyConstraint(
            ["gesprek_id"], ["gesprek.id"], name=op.f("fk_weekbericht_gesprek_id_gesprek"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_weekbericht_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["medewerker_id"],
            ["medewerker.id"],
            name=op.f("fk_weekbericht_medewerker_id_medewerker"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekbericht")),
    )
    op.create_index(op.f("ix_weekbericht_locatie_id_gemaakt"), "weekbericht", ["locatie_id", "gemaakt"], unique=False)
    op.create_index(
        "ix_weekbericht_halen",
        "weekbericht",
        ["niet_voor"],
        unique=False,
        sqlite_where=sa.text("status = 'halen'"),
        postgresql_where=sa.text("status = 'halen'"),
    )
    op.create_table(
        "weekbericht_groep",
        sa.Column("weekbericht_id", NUMMER, nullable=False),
        sa.Column("groep_id", NUMMER, nullable=False),
        sa.ForeignKeyConstraint(
            ["groep_id"], ["groep.id"], name=op.f("fk_weekbericht_groep_groep_id_groep"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["weekbericht_id"],
            ["weekbericht.id"],
            name=op.f("fk_weekbericht_groep_weekbericht_id_weekbericht"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("weekbericht_id", "groep_id", name=op.f("pk_weekbericht_groep")),
    )
    op.create_index(op.f("ix_weekbericht_groep_groep_id"), "weekbericht_groep", ["groep_id"], unique=False)
    op.create_table(
        "tip_gegeven",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("ouder_id", NUMMER, nullable=True),
        sa.Column("locatie_id", NUMMER, nullable=False),
        sa.Column("rol", sa.String(length=10), nullable=True),
        sa.Column("tip", sa.String(length=40), nullable=False),
        sa.Column("stap", sa.SmallInteger(), nullable=False),
        sa.Column("gegeven", Moment(), nullable=False),
        sa.Column("verzending_id", NUMMER, nullable=True),
        sa.Column("vraag_op", Moment(), nullable=True),
        sa.Column("gevraagd", Moment(), nullable=True),
        sa.Column("uitkomst", sa.String(length=10), nullable=True),
        sa.Column("gezicht", sa.String(length=10), nullable=True),
        sa.Column("beantwoord", Moment(), nullable=True),
        sa.Column("verteld", Moment(), nullable=True),
        sa.CheckConstraint("uitkomst in ('gedaan','nog_niet','andere')", name=op.f("ck_tip_gegeven_uitkomst")),
        sa.ForeignKeyConstraint(
            ["locatie_id"], ["locatie.id"], name=op.f("fk_tip_gegeven_locatie_id_locatie"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ouder_id"], ["ouder.id"], name=op.f("fk_tip_gegeven_ouder_id_ouder"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_gegeven")),
    )
    op.create_index(op.f("ix_tip_gegeven_locatie_id_gegeven"), "tip_gegeven", ["locatie_id", "gegeven"], unique=False)
    op.create_index(op.f("ix_tip_gegeven_ouder_id_gegeven"), "tip_gegeven", ["ouder_id", "gegeven"], unique=False)
    op.create_index(
        "ix_tip_gegeven_vraag_op",
        "tip_gegeven",
        ["vraag_op"],
        unique=False,
        sqlite_where=sa.text("vraag_op is not null"),
        postgresql_where=sa.text("vraag_op is not null"),
    )
    op.create_table(
        "vertaling",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("bron", sa.Text(), nullable=True),
        sa.Column("van", sa.String(length=8), nullable=False),
        sa.Column("naar", sa.String(length=8), nullable=False),
        sa.Column("tekst", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), server_default="gevraagd", nullable=False),
        sa.Column("dienst", sa.String(length=20), server_default="", nullable=False),
        sa.Column("woorden", sa.String(length=64), server_default="", nullable=False),
        sa.Column("fout", sa.String(length=100), nullable=True),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("niet_voor", Moment(), nullable=True),
        sa.Column("nagekeken_door", NUMMER, nullable=True),
        sa.Column("ouder_id", NUMMER, nullable=True),
        sa.Column("melden", NUMMER, nullable=True),
        sa.Column("gemaakt", Moment(), nullable=False),
        sa.CheckConstraint("status in ('gevraagd','machine','nagekeken','mislukt')", name=op.f("ck_vertaling_status")),
        sa.ForeignKeyConstraint(
            ["melden"], ["gesprek.id"], name=op.f("fk_vertaling_melden_gesprek"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["nagekeken_door"],
            ["medewerker.id"],
            name=op.f("fk_vertaling_nagekeken_door_medewerker"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ouder_id"], ["ouder.id"], name=op.f("fk_vertaling_ouder_id_ouder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vertaling")),
        sa.UniqueConstraint("hash", "van", "naar", name=op.f("uq_vertaling_hash_van_naar")),
    )
    op.create_index(
        "ix_vertaling_gevraagd",
        "vertaling",
        ["niet_voor"],
        unique=False,
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.create_index(op.f("ix_vertaling_ouder_id"), "vertaling", ["ouder_id"], unique=False)
    op.create_index(op.f("ix_vertaling_melden"), "vertaling", ["melden"], unique=False)
    op.create_table(
        "vertaling_wacht",
        sa.Column("vertaling_id", NUMMER, nullable=False),
        sa.Column("uit_id", NUMMER, nullable=False),
        sa.ForeignKeyConstraint(
            ["vertaling_id"],
            ["vertaling.id"],
            name=op.f("fk_vertaling_wacht_vertaling_id_vertaling"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["uit_id"], ["postvak_uit.id"], name=op.f("fk_vertaling_wacht_uit_id_postvak_uit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vertaling_id", "uit_id", name=op.f("pk_vertaling_wacht")),
    )
    op.create_index(op.f("ix_vertaling_wacht_uit_id"), "vertaling_wacht", ["uit_id"], unique=False)
    op.create_table(
        "begrip",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("uitnodiging_id", NUMMER, nullable=False),
        sa.Column("uitkomst", sa.String(length=10), nullable=False),
        sa.Column("moment", Moment(), nullable=False),
        sa.CheckConstraint("uitkomst in ('goed','fout','weet_niet')", name=op.f("ck_begrip_uitkomst")),
        sa.ForeignKeyConstraint(
            ["uitnodiging_id"],
            ["uitnodiging.id"],
            name=op.f("fk_begrip_uitnodiging_id_uitnodiging"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_begrip")),
    )
    op.create_index(op.f("ix_begrip_uitnodiging_id"), "begrip", ["uitnodiging_id"], unique=False)
    op.create_table(
        "spraaknota",
        sa.Column("id", NUMMER, nullable=False),
        sa.Column("gesprek_id", NUMMER, nullable=False),
        sa.Column("media", sa.String(length=256), nullable=False),
        sa.Column("naar_gesprek_id", NUMMER, nullable=True),
        sa.Column("inhoud", sa.LargeBinary(), nullable=True),
        sa.Column("tekst", sa.LargeBinary(), nullable=True),
        sa.Column("bij", sa.String(length=80), server_default="", nullable=False),
        sa.Column("status", sa.String(length=10), server_default="gevraagd", nullable=False),
        sa.Column("fout", sa.String(length=20), server_default="", nullable=False),
        sa.Column("duur", sa.Integer(), nullable=True),
        sa.Column("pogingen", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("niet_voor", Moment(), nullable=True),
        sa.Column("ontvangen", Moment(), nullable=False),
        sa.CheckConstraint("status in ('gevraagd','binnen','mislukt')", name=op.f("ck_spraaknota_status")),
        sa.ForeignKeyConstraint(
            ["gesprek_id"], ["gesprek.id"], name=op.f("fk_spraaknota_gesprek_id_gesprek"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["naar_gesprek_id"],
            ["gesprek.id"],
            name=op.f("fk_spraaknota_naar_gesprek_id_gesprek"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spraaknota")),
        sa.UniqueConstraint("gesprek_id", "media", name=op.f("uq_spraaknota_gesprek_id_media")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_spraaknota_naar_gesprek_id"), "spraaknota", ["naar_gesprek_id"], unique=False)
    op.create_index(
        "ix_spraaknota_gevraagd",
        "spraaknota",
        ["niet_voor"],
        unique=False,
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.create_index(op.f("ix_spraaknota_media"), "spraaknota", ["media"], unique=False)
    op.create_index(op.f("ix_spraaknota_ontvangen"), "spraaknota", ["ontvangen"], unique=False)
    op.add_column("ouder", sa.Column("tip_stap", sa.SmallInteger(), server_default="1", nullable=False))
    op.add_column("ouder", sa.Column("tip_stap_sinds", Moment(), nullable=True))
    op.add_column("ouder", sa.Column("tip_op", Moment(), nullable=True))
    op.create_index(
        "ix_ouder_tip_op",
        "ouder",
        ["tip_op"],
        unique=False,
        sqlite_where=sa.text("tips"),
        postgresql_where=sa.text("tips"),
    )
    op.add_column("postvak_uit", sa.Column("vorm", sa.String(length=10), nullable=True))
    op.add_column("postvak_uit", sa.Column("spreektaal", sa.String(length=8), nullable=True))
    op.add_column("postvak_uit", sa.Column("locatie_id", NUMMER, nullable=True))
    op.add_column("verzending", sa.Column("weekbericht_id", NUMMER, nullable=True))


def downgrade() -> None:
    op.drop_column("verzending", "weekbericht_id")
    op.drop_column("postvak_uit", "locatie_id")
    op.drop_column("postvak_uit", "spreektaal")
    op.drop_column("postvak_uit", "vorm")
    op.drop_index("ix_ouder_tip_op", table_name="ouder", sqlite_where=sa.text("tips"), postgresql_where=sa.text("tips"))
    op.drop_column("ouder", "tip_op")
    op.drop_column("ouder", "tip_stap_sinds")
    op.drop_column("ouder", "tip_stap")
    op.drop_index(op.f("ix_spraaknota_ontvangen"), table_name="spraaknota")
    op.drop_index(op.f("ix_spraaknota_media"), table_name="spraaknota")
    op.drop_index(
        "ix_spraaknota_gevraagd",
        table_name="spraaknota",
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.drop_index(op.f("ix_spraaknota_naar_gesprek_id"), table_name="spraaknota")
    op.drop_table("spraaknota")
    op.drop_index(op.f("ix_begrip_uitnodiging_id"), table_name="begrip")
    op.drop_table("begrip")
    op.drop_index(op.f("ix_vertaling_wacht_uit_id"), table_name="vertaling_wacht")
    op.drop_table("vertaling_wacht")
    op.drop_index(op.f("ix_vertaling_melden"), table_name="vertaling")
    op.drop_index(op.f("ix_vertaling_ouder_id"), table_name="vertaling")
    op.drop_index(
        "ix_vertaling_gevraagd",
        table_name="vertaling",
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.drop_table("vertaling")
    op.drop_index(
        "ix_tip_gegeven_vraag_op",
        table_name="tip_gegeven",
        sqlite_where=sa.text("vraag_op is not null"),
        postgresql_where=sa.text("vraag_op is not null"),
    )
    op.drop_index(op.f("ix_tip_gegeven_ouder_id_gegeven"), table_name="tip_gegeven")
    op.drop_index(op.f("ix_tip_gegeven_locatie_id_gegeven"), table_name="tip_gegeven")
    op.drop_table("tip_gegeven")
    op.drop_index(op.f("ix_weekbericht_groep_groep_id"), table_name="weekbericht_groep")
    op.drop_table("weekbericht_groep")
    op.drop_index(op.f("ix_weekbericht_locatie_id_gemaakt"), table_name="weekbericht")
    op.drop_table("weekbericht")
    op.drop_index(op.f("ix_tip_locatie_id"), table_name="tip")
    op.drop_table("tip")
    op.drop_index(op.f("ix_opname_wat_taal_status"), table_name="opname")
    op.drop_index(op.f("ix_opname_locatie_id_status"), table_name="opname")
    op.drop_index(
        "ix_opname_gevraagd",
        table_name="opname",
        sqlite_where=sa.text("status = 'gevraagd'"),
        postgresql_where=sa.text("status = 'gevraagd'"),
    )
    op.drop_index(op.f("ix_opname_bijlage"), table_name="opname")
    op.drop_table("opname")
    op.drop_table("platformbestand")
    op.drop_index(op.f("ix_gesproken_gebruikt"), table_name="gesproken")
    op.drop_index(op.f("ix_gesproken_bijlage"), table_name="gesproken")
    op.drop_table("gesproken")
    op.drop_table("bijlage")
