"""Every table in one readable file. Moments are UTC; texts about a parent are here only as long as the law of the
house allows (docs/besluiten/0004-bewaren.md). Numbers of rows are 64-bit.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, UTC inside and out (SQLite hands ``DateTime(timezone=True)`` back naive).

    Raises ``ValueError`` for a naive moment: a time without a zone is a guess.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("een moment zonder tijdzone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Nummer = BigInteger().with_variant(Integer, "sqlite")
"""A row's number: 64 bits on both databases (SQLite's INTEGER PRIMARY KEY is).

SQLite gives the number of an erased last row out again. Where rows are erased while somebody may still hold their
number (a message that is being sent, its chat, a parent in the audit log) ``sqlite_autoincrement`` forbids that.
"""


def _id() -> Column[int]:
    return Column("id", Nummer, primary_key=True)


def _naar(tabel: str, naam: str = "", *, leeg: bool = False, weg: str = "CASCADE") -> Column[int]:
    return Column(naam or f"{tabel}_id", Nummer, ForeignKey(f"{tabel}.id", ondelete=weg), nullable=leeg)


def _moment(naam: str, *, leeg: bool = False) -> Column[datetime]:
    return Column(naam, Moment, nullable=leeg)


def _ja_nee(naam: str, standaard: bool) -> Column[bool]:
    return Column(naam, Boolean, nullable=False, server_default=text("true" if standaard else "false"))


def _tekst(naam: str, lengte: int = 0, *, leeg: bool = False, standaard: str | None = None) -> Column[str]:
    soort: Any = String(lengte) if lengte else Text
    return Column(naam, soort, nullable=leeg, server_default=standaard)


def _getal(naam: str, standaard: str | None = None, *, leeg: bool = False) -> Column[int]:
    return Column(naam, Integer, nullable=leeg, server_default=standaard)


# Who and where

organisatie = Table("organisatie", metadata, _id(), _tekst("naam", 200), UniqueConstraint("naam"))

locatie = Table(
    "locatie",
    metadata,
    _id(),
    _naar("organisatie"),
    _tekst("naam", 200),
    _tekst("gastheer", 100, standaard=""),
    _tekst("telefoon", 40, standaard=""),
    _tekst("tijdzone", 60, standaard="Europe/Amsterdam"),
    _tekst("stil_van", 5, standaard="20:00"),  # local time; equal to stil_tot means no quiet hours
    _tekst("stil_tot", 5, standaard="08:00"),
    _getal("weekmaximum", "3"),
    _getal("norm", "50"),  # percent of families that the location wants to reach
    _tekst("regio", 10, standaard="midden"),  # of the school holidays: noord | midden | zuid
    _ja_nee("begripsvraag", False),
    _ja_nee("voorbeeld", False),  # an invented location of the demo
    _moment("gemaakt"),
    UniqueConstraint("naam"),
)

groep = Table(
    "groep",
    metadata,
    _id(),
    _naar("locatie"),
    _tekst("naam", 100),
    _tekst("thema", 100, standaard=""),
    UniqueConstraint("locatie_id", "naam"),
)

medewerker = Table(
    "medewerker",
    metadata,
    _id(),
    _tekst("naam", 100, standaard=""),
    _tekst("rol", 20),  # medewerker | coordinator | gemeente | beheerder
    _tekst("taal", 8, standaard="nl"),
    _ja_nee("actief", True),
    _moment("gemaakt"),
    CheckConstraint("rol in ('medewerker','coordinator','gemeente','beheerder')", name="rol"),
)

medewerker_locatie = Table(
    "medewerker_locatie",
    metadata,
    Column("medewerker_id", Nummer, ForeignKey("medewerker.id", ondelete="CASCADE"), primary_key=True),
    Column("locatie_id", Nummer, ForeignKey("locatie.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "locatie_id"),
)

gezin = Table(
    "gezin",
    metadata,
    _id(),
    _naar("locatie"),
    _tekst("kenmerk", 60, leeg=True),  # the administration's own number of the family, for imports
    Column("ingeschreven", Date, nullable=False),
    Column("uitgeschreven", Date, nullable=True),
    UniqueConstraint("locatie_id", "kenmerk"),
)

gezin_groep = Table(
    "gezin_groep",
    metadata,
    Column("gezin_id", Nummer, ForeignKey("gezin.id", ondelete="CASCADE"), primary_key=True),
    Column("groep_id", Nummer, ForeignKey("groep.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "groep_id"),
)

ouder = Table(  # a caregiver; one without a chat is a row too, so that rates count every enrolled family
    "ouder",
    metadata,
    _id(),
    _naar("gezin"),
    _tekst("naam", 100, standaard=""),
    _tekst("rol", 10, leeg=True),  # vader | moeder | ander
    _tekst("taal", 8, standaard="nl"),
    _tekst("tweede_taal", 8, leeg=True),
    _tekst("vorm", 10, standaard="lezen"),  # lezen | luisteren | allebei
    _tekst("dagdelen", 60, standaard=""),  # comma separated: ochtend, middag, avond, weekend
    _ja_nee("tips", False),
    _getal("aankondiging", "14"),  # days of notice that this parent wants
    Column("tip_stap", SmallInteger, nullable=False, server_default="1"),  # of Thuis in Taal: 1, 2 or 3
    _moment("tip_stap_sinds", leeg=True),
    _moment("tip_op", leeg=True),  # when the next tip is due; NULL until the first is planned, or for who wants none
    _moment("pauze_tot", leeg=True),
    _moment("gestopt_op", leeg=True),
    _moment("gemaakt"),
    CheckConstraint("rol in ('vader','moeder','ander')", name="rol"),
    CheckConstraint("vorm in ('lezen','luisteren','allebei')", name="vorm"),
    Index(None, "gezin_id"),
    Index("ix_ouder_tip_op", "tip_op", sqlite_where=text("tips"), postgresql_where=text("tips")),
    sqlite_autoincrement=True,
)

toestemming = Table(  # consent: when, by which words, and when it was taken back
    "toestemming",
    metadata,
    _id(),
    _naar("ouder"),
    _tekst("versie", 20),
    _tekst("taal", 8),
    _moment("gegeven"),
    _moment("ingetrokken", leeg=True),
    Index(None, "ouder_id"),
)

startcode = Table(  # only a hash of the code is kept, so a copy of the database opens nothing
    "startcode",
    metadata,
    Column("hash", String(64), primary_key=True),
    _tekst("doel", 10),  # team | ouders
    _naar("locatie"),
    _naar("groep", leeg=True),
    _naar("gezin", leeg=True),
    Column(
        "ouder_id", Nummer, nullable=True
    ),  # of a letter: who joins by it is this parent, as long as they have no chat
    _tekst("rol", 20, leeg=True),
    _ja_nee("eenmalig", False),
    _moment("geldig_tot", leeg=True),
    _moment("gebruikt", leeg=True),
    _moment("gemaakt"),
    CheckConstraint("doel in ('team','ouders')", name="doel"),
)

# The chats

gesprek = Table(  # a chat address and where its conversation stands; before consent this is all there is
    "gesprek",
    metadata,
    _id(),
    _tekst("kanaal", 20),
    _tekst("account", 40),
    _tekst("adres", 80),
    _naar("ouder", leeg=True),
    _naar("medewerker", leeg=True),
    _tekst("flow", 20, standaard=""),
    _tekst("stap", 40, standaard=""),
    _tekst("antwoorden", standaard="{}"),
    Column("missers", SmallInteger, nullable=False, server_default="0"),
    _tekst("vorige", 64, standaard=""),  # the last handled button, to tell a doubled tap
    _moment("gewijzigd"),
    _moment("onbereikbaar", leeg=True),  # since when the platform says this person does not want us
    UniqueConstraint("kanaal", "account", "adres"),
    Index(None, "ouder_id"),
    Index(None, "medewerker_id"),
    Index("ix_gesprek_vluchtig", "gewijzigd", sqlite_where=text("ouder_id is null and medewerker_id is null"),
          postgresql_where=text("ouder_id is null and medewerker_id is null")),
    sqlite_autoincrement=True,
)  # fmt: skip

# Activities

reeks = Table(  # every week the same activity, but in school holidays; its last activity is the mould of the next
    "reeks",
    metadata,
    _id(),
    _naar("locatie"),
    _tekst("titel", 200),
    _tekst("regel", 200),  # wekelijks
    _moment("gemaakt"),
    Column("tot", Date, nullable=True),  # the last day, local
    _ja_nee("vakantie_overslaan", True),
    _moment("gestopt", leeg=True),
)

vast_antwoord = Table(  # "every week, until I say otherwise": one standing answer to a series
    "vast_antwoord",
    metadata,
    Column("reeks_id", Nummer, ForeignKey("reeks.id", ondelete="CASCADE"), primary_key=True),
    Column("ouder_id", Nummer, ForeignKey("ouder.id", ondelete="CASCADE"), primary_key=True),
    _tekst("antwoord", 12),  # ja | nee
    _getal("aantal", "1"),  # adults
    _moment("moment"),
    CheckConstraint("antwoord in ('ja','nee')", name="antwoord"),
    Index(None, "ouder_id"),
)

activiteit = Table(
    "activiteit",
    metadata,
    _id(),
    _naar("locatie"),
    _naar("reeks", leeg=True, weg="SET NULL"),
    _tekst("soort", 40),
    _tekst("titel", 120),
    _tekst("doel", 300),
    _moment("begin"),
    _getal("duur"),  # minutes
    _tekst("plek", 120),
    _tekst("gastheer", 100, standaard=""),
    _getal("capaciteit", leeg=True),  # adults; NULL for no limit
    _ja_nee("kinderen_welkom", True),
    _naar("medewerker", "gemaakt_door", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _moment("afgelast", leeg=True),
    _tekst("titel_vaders", 120, standaard=""),  # fathers' own words for it; '' for the title itself
    _tekst("gevraagd", 300, standaard=""),  # what is asked of parents
    _moment("gewijzigd", leeg=True),  # the last change that who said yes had to hear
    _tekst("deursleutel", 64, leeg=True),  # of this activity's codes at the door; made when the door is first opened
    CheckConstraint("duur > 0", name="duur"),
    CheckConstraint("capaciteit > 0", name="capaciteit"),
    Index(None, "locatie_id", "begin"),
    Index("ix_activiteit_begin", "begin"),
    Index(None, "reeks_id"),
)

reeksweek = Table(  # the days of a series that were made: each once, whatever became of the activity
    "reeksweek",
    metadata,
    Column("reeks_id", Nummer, ForeignKey("reeks.id", ondelete="CASCADE"), primary_key=True),
    Column("dag", Date, primary_key=True),  # local
    _naar("activiteit", leeg=True, weg="SET NULL"),
    Index(None, "activiteit_id"),
)

activiteit_groep = Table(
    "activiteit_groep",
    metadata,
    Column("activiteit_id", Nummer, ForeignKey("activiteit.id", ondelete="CASCADE"), primary_key=True),
    Column("groep_id", Nummer, ForeignKey("groep.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "groep_id"),
)

verzending = Table(  # one broadcast: an activity announced, a reminder, a weekly message
    "verzending",
    metadata,
    _id(),
    _naar("locatie"),
    _naar("activiteit", leeg=True),
    _tekst("soort", 20),  # uitnodiging | vroeg | herinnering | …
    _tekst("voor", 20, standaard="iedereen"),
    _naar("medewerker", "door", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _moment("gestopt", leeg=True),
    _tekst("kenmerk", 60, leeg=True),  # of what must happen once (a reminder of this moment); NULL may happen again
    _moment("begint", leeg=True),  # send later: nothing is made before
    _moment("gevuld", leeg=True),  # every message of it stands in the outbox
    Column("tot_ouder", Nummer, nullable=False, server_default="0"),  # filled up to this parent, in order of number
    _getal("aantal", "0"),  # messages made
    _getal("verzonden", "0"),
    _getal("vervallen", "0"),  # refused by the platform, or no longer to be sent
    Column("weekbericht_id", Nummer, nullable=True),  # what a weekly message says
    Index(None, "activiteit_id", "soort"),
    Index("uq_verzending_kenmerk", "activiteit_id", "soort", "kenmerk", unique=True),
    Index("ix_verzending_te_vullen", "begint", sqlite_where=text("gevuld is null and gestopt is null"),
          postgresql_where=text("gevuld is null and gestopt is null")),
)  # fmt: skip

NODIGT_UIT = ("uitnodiging", "vroeg")
"""The kinds of broadcast that announce an activity."""

uitnodiging = Table(
    "uitnodiging",
    metadata,
    _id(),
    _naar("activiteit"),
    _naar("ouder", leeg=True, weg="SET NULL"),  # NULL once the parent is erased: the count stays, the person goes
    _tekst("rol", 10, leeg=True),  # as it was when invited, so that counts outlive the person
    _tekst("taal", 8, leeg=True),  # the same
    _moment("gemaakt"),
    UniqueConstraint("activiteit_id", "ouder_id"),
    Index(None, "ouder_id", "activiteit_id"),
)

aanmelding = Table(  # every answer ever given, never changed; the last one stands (view aanmelding_huidig)
    "aanmelding",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _tekst("antwoord", 12),  # ja | misschien | nee | wachtlijst
    _getal("aantal", "0"),  # adults
    _tekst("bron", 12),  # ouder | team | vast (a standing answer) | bot (to the end of the waiting list)
    _moment("moment"),
    CheckConstraint("antwoord in ('ja','misschien','nee','wachtlijst')", name="antwoord"),
    Index(None, "uitnodiging_id", "id"),
    Index("ix_aanmelding_wachtlijst", "uitnodiging_id", sqlite_where=text("antwoord = 'wachtlijst'"),
          postgresql_where=text("antwoord = 'wachtlijst'")),
)  # fmt: skip

afmeldreden = Table(  # why not; history too, the last one of an invitation stands
    "afmeldreden",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _naar("aanmelding", leeg=True),  # the answer it explains: when another answer comes, it no longer stands
    _tekst("code", 20, leeg=True),  # NULL until staff have coded own words
    _tekst("toelichting", leeg=True),  # own words, wiped when coded and after 30 days at the latest
    _tekst("media", 256, leeg=True),
    _ja_nee("verteld", False),  # there were own words, also after they are wiped
    _tekst("aanbod", 40, leeg=True),  # the offer that was accepted
    _naar("medewerker", "gecodeerd_door", leeg=True, weg="SET NULL"),
    _moment("moment"),
    Index(None, "uitnodiging_id", "id"),
    Index("ix_afmeldreden_woorden", "moment", sqlite_where=text("toelichting is not null or media is not null"),
          postgresql_where=text("toelichting is not null or media is not null")),
)  # fmt: skip

presentie = Table(  # who was there, by whose word; history, the team's word wins (view presentie_huidig)
    "presentie",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _tekst("staat", 10),  # aanwezig | afwezig | afgemeld
    _tekst("bron", 10),  # team | ouder | deur
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _moment("moment"),
    CheckConstraint("staat in ('aanwezig','afwezig','afgemeld')", name="staat"),
    CheckConstraint("bron in ('team','ouder','deur')", name="bron"),
    Index(None, "uitnodiging_id", "id"),
)

gast = Table(  # somebody who was there and is not in the bot: counted, never named
    "gast",
    metadata,
    _id(),
    _naar("activiteit"),
    _tekst("rol", 10, leeg=True),
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _moment("moment"),
    _moment("weg", leeg=True),  # taken back
    _tekst("kenmerk", 40, leeg=True),  # of a press in a browser, which may be sent twice and counts once
    CheckConstraint("rol in ('vader','moeder','ander')", name="rol"),
    Index(None, "activiteit_id"),
)

plekaanbod = Table(  # a place came free: who waited longest may have it until it expires
    "plekaanbod",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _moment("gemaakt"),
    _moment("verloopt"),
    _tekst("uitkomst", 12, leeg=True),  # aangenomen | afgewezen | verlopen; NULL while it is open
    CheckConstraint("uitkomst in ('aangenomen','afgewezen','verlopen')", name="uitkomst"),
    Index(None, "uitnodiging_id"),
    Index("ix_plekaanbod_open", "verloopt", sqlite_where=text("uitkomst is null"),
          postgresql_where=text("uitkomst is null")),
)  # fmt: skip

waardering = Table(
    "waardering",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _tekst("score", 10, standaard=""),
    _tekst("tekst", leeg=True),
    _tekst("media", 256, leeg=True),
    _moment("moment"),
    Index(None, "uitnodiging_id"),
)

# What needs a person

vraag = Table(
    "vraag",
    metadata,
    _id(),
    _naar("ouder"),
    _naar("locatie"),
    _tekst("soort", 10, standaard="vraag"),  # vraag | mens
    _tekst("tekst", leeg=True),
    _tekst("media", 256, leeg=True),
    _tekst("taal", 8),
    _moment("gesteld"),
    _moment("voor"),  # answered before this moment, else the coordinator hears it
    _moment("beantwoord", leeg=True),
    _naar("medewerker", "beantwoord_door", leeg=True, weg="SET NULL"),
    _moment("gemeld", leeg=True),  # the coordinator heard that it stayed open
    Index("ix_vraag_open", "locatie_id", "gesteld", sqlite_where=text("beantwoord is null"),
          postgresql_where=text("beantwoord is null")),
    Index(None, "ouder_id"),
    sqlite_autoincrement=True,
)  # fmt: skip

taak = Table(
    "taak",
    metadata,
    _id(),
    _naar("locatie"),
    _naar("ouder", leeg=True),
    _naar("uitnodiging", leeg=True),
    _tekst("soort", 40),  # the offer that was accepted
    _naar("medewerker", "eigenaar", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _moment("voor", leeg=True),
    _moment("klaar", leeg=True),
    _moment("gemeld", leeg=True),  # the coordinator heard that nobody took it up
    Index("ix_taak_open", "locatie_id", "gemaakt", sqlite_where=text("klaar is null"),
          postgresql_where=text("klaar is null")),
    Index(None, "ouder_id"),
)  # fmt: skip

# The boxes: what came in, what goes out

postvak_in = Table(
    "postvak_in",
    metadata,
    _id(),
    _tekst("kanaal", 20),
    _tekst("account", 40),
    _tekst("extern_id", 80),
    _tekst("adres", 80),
    _tekst("inhoud", leeg=True),  # emptied the moment it is handled
    _tekst("status", 6, standaard="open"),  # open | klaar | opzij
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _tekst("fout", 100, leeg=True),  # the kind of error, never its text
    _moment("ontvangen"),
    UniqueConstraint("kanaal", "account", "extern_id"),
    Index("ix_postvak_in_open", "kanaal", "account", "adres", "id", sqlite_where=text("status = 'open'"),
          postgresql_where=text("status = 'open'")),
    Index("ix_postvak_in_ontvangen", "ontvangen"),
)  # fmt: skip

postvak_uit = Table(
    "postvak_uit",
    metadata,
    _id(),
    _naar("gesprek"),
    _tekst("kanaal", 20),
    _tekst("account", 40),
    _tekst("adres", 80),
    Column("prioriteit", SmallInteger, nullable=False),  # 0 reply, 1 message to staff, 5 broadcast
    _tekst("inhoud", leeg=True),  # emptied once sent, but for the browser chat, which shows it again
    _tekst("taal", 8),
    _tekst("vervangt", 80, standaard=""),
    _naar("verzending", leeg=True),
    _naar("ouder", leeg=True),
    _tekst("status", 10),  # later | wacht | bezig | verzonden | geweigerd | vervallen
    _moment("niet_voor"),
    _moment("niet_na"),
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _ja_nee("onzeker", False),  # was in flight, or partly sent, when its sender died: may have come twice
    _tekst("reden", 200, leeg=True),
    _tekst("extern_id", 40, leeg=True),
    _moment("verzonden", leeg=True),
    _tekst("vorm", 10, leeg=True),  # how it is received where no parent says so yet: lezen | luisteren | allebei
    _tekst("spreektaal", 8, leeg=True),  # the same, of a language that is only spoken
    Column("locatie_id", Nummer, nullable=True),  # the same: whose recordings are heard
    UniqueConstraint("verzending_id", "ouder_id"),
    Index("ix_postvak_uit_wacht", "kanaal", "account", "prioriteit", "id",
          sqlite_where=text("status = 'wacht'"), postgresql_where=text("status = 'wacht'")),
    Index("ix_postvak_uit_later", "niet_voor", sqlite_where=text("status = 'later'"),
          postgresql_where=text("status = 'later'")),
    Index("ix_postvak_uit_bezig", "kanaal", "account", sqlite_where=text("status = 'bezig'"),
          postgresql_where=text("status = 'bezig'")),
    Index("ix_postvak_uit_gesprek", "gesprek_id", "id"),
    Index("ix_postvak_uit_ouder", "ouder_id", "verzonden"),
    sqlite_autoincrement=True,
)  # fmt: skip

levend = Table(  # a message to staff that changes itself: how far the sending is, then who comes
    "levend",
    metadata,
    _id(),
    _naar("gesprek"),
    _naar("activiteit", leeg=True),
    _naar("verzending", leeg=True),
    _naar("postvak_uit", "uit_id", leeg=True, weg="SET NULL"),  # the message, with the platform's id once it is sent
    _tekst("toont", 200, standaard=""),  # what it says now, to change it only when it differs
    _moment("gewijzigd"),
    _moment("klaar", leeg=True),  # it changes no more
    Index(None, "gesprek_id"),
    Index(None, "activiteit_id"),
    Index("ix_levend_open", "gewijzigd", sqlite_where=text("klaar is null"), postgresql_where=text("klaar is null")),
)

# Sound and pictures, other words, and at home

bijlage = Table(  # what is kept in bytes, once: a note that was spoken or rendered, a photo of a weekly message
    "bijlage",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of the bytes
    _tekst("soort", 10),  # geluid | beeld
    Column("inhoud", LargeBinary, nullable=False),
    _getal("duur", leeg=True),  # milliseconds, of sound
    _moment("gemaakt"),
    CheckConstraint("soort in ('geluid','beeld')", name="soort"),
)

platformbestand = Table(  # the platform's own name for bytes it has already, so that they are uploaded once
    "platformbestand",
    metadata,
    Column("kanaal", String(20), primary_key=True),
    Column("account", String(40), primary_key=True),
    Column("hash", String(64), primary_key=True),  # of the bytes
    _tekst("bestand", 256),
    _moment("gemaakt"),
)

gesproken = Table(  # what a computer voice said: a text in a language is rendered once
    "gesproken",
    metadata,
    Column("sleutel", String(64), primary_key=True),  # SHA-256 of voice, language and the words as they are spoken
    _tekst("bijlage", 64),  # its hash
    _moment("gebruikt"),
    Index(None, "gebruikt"),
    Index(None, "bijlage"),
)

opname = Table(  # a text spoken by a person, which goes before the computer's voice
    "opname",
    metadata,
    _id(),
    _naar("locatie", leeg=True),  # of this location; NULL for every location
    _tekst("wat", 80),  # a key of the catalogue, a tip's code, activiteit:12
    _tekst("taal", 8),
    _tekst("tekst", 64, standaard=""),  # SHA-256 of the words when they were spoken: other words, and it is out of date
    _tekst("spreker", 100, standaard=""),
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _tekst("bijlage", 64, standaard=""),  # its hash; '' until it is fetched
    _tekst("media", 256, standaard=""),  # the platform's file id, until it is fetched …
    _naar("gesprek", leeg=True, weg="SET NULL"),  # … and the chat that it came from
    _tekst("status", 10, standaard="gevraagd"),  # gevraagd | nieuw | goed | vervangen | afgekeurd
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _moment("niet_voor", leeg=True),
    _naar("medewerker", "gekeurd_door", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    CheckConstraint("status in ('gevraagd','nieuw','goed','vervangen','afgekeurd')", name="status"),
    Index(None, "wat", "taal", "status"),
    Index(None, "locatie_id", "status"),
    Index(None, "bijlage"),
    Index("ix_opname_gevraagd", "niet_voor", sqlite_where=text("status = 'gevraagd'"),
          postgresql_where=text("status = 'gevraagd'")),
)  # fmt: skip

vertaling = Table(  # what staff or a parent wrote, in another language; made once per text
    "vertaling",
    metadata,
    _id(),
    _tekst("hash", 64),  # SHA-256 of the source text; of one about a parent also of what it belongs to
    _tekst("bron", leeg=True),  # names in it stand between isolates: they do not travel
    _tekst("van", 8),
    _tekst("naar", 8),
    _tekst("tekst", leeg=True),
    _tekst("status", 10, standaard="gevraagd"),  # gevraagd | machine | nagekeken | mislukt
    _tekst("dienst", 20, standaard=""),
    _tekst("woorden", 64, standaard=""),  # the words of the list that went into it, as a hash: other words, another try
    _tekst("fout", 100, leeg=True),  # the kind of error, never its text
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _moment("niet_voor", leeg=True),
    _naar("medewerker", "nagekeken_door", leeg=True, weg="SET NULL"),
    _naar("ouder", leeg=True),  # of a text that is about one parent: it goes with the parent
    _naar("gesprek", "melden", leeg=True),  # who hears that it went out untranslated
    _moment("gemaakt"),
    UniqueConstraint("hash", "van", "naar"),
    CheckConstraint("status in ('gevraagd','machine','nagekeken','mislukt')", name="status"),
    Index("ix_vertaling_gevraagd", "niet_voor", sqlite_where=text("status = 'gevraagd'"),
          postgresql_where=text("status = 'gevraagd'")),
    Index(None, "ouder_id"),
    Index(None, "melden"),
)  # fmt: skip

vertaling_wacht = Table(  # messages in the outbox that wait a moment for a translation
    "vertaling_wacht",
    metadata,
    Column("vertaling_id", Nummer, ForeignKey("vertaling.id", ondelete="CASCADE"), primary_key=True),
    Column("uit_id", Nummer, ForeignKey("postvak_uit.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "uit_id"),
)

tip = Table(  # a tip of a location's own, beside the 24 that come with the bot
    "tip",
    metadata,
    _id(),
    _naar("locatie"),
    Column("stap", SmallInteger, nullable=False),
    _tekst("tekst", 600),
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _moment("weg", leeg=True),
    CheckConstraint("stap between 1 and 3", name="stap"),
    Index(None, "locatie_id"),
)

tip_gegeven = Table(  # a tip that went to a parent, and what came of it at home
    "tip_gegeven",
    metadata,
    _id(),
    _naar("ouder", leeg=True, weg="SET NULL"),  # NULL once the parent is erased: the count stays
    _naar("locatie"),
    _tekst("rol", 10, leeg=True),
    _tekst("tip", 40),  # a code of tips.toml, or eigen:12
    Column("stap", SmallInteger, nullable=False),
    _moment("gegeven"),
    Column("verzending_id", Nummer, nullable=True),  # of the weekly round it came in; NULL for one that was asked for
    _moment("vraag_op", leeg=True),  # when "Gelukt?" is due; NULL once it was asked, or answered before
    _moment("gevraagd", leeg=True),  # when "Gelukt?" was asked
    _tekst("uitkomst", 10, leeg=True),  # gedaan | nog_niet | andere
    _tekst("gezicht", 10, leeg=True),  # what the child did: blij | gewoon | verteld
    _moment("beantwoord", leeg=True),
    _moment("verteld", leeg=True),  # the child told of it in the group, by staff's word
    CheckConstraint("uitkomst in ('gedaan','nog_niet','andere')", name="uitkomst"),
    Index(None, "ouder_id", "gegeven"),
    Index(None, "locatie_id", "gegeven"),
    Index("ix_tip_gegeven_vraag_op", "vraag_op", sqlite_where=text("vraag_op is not null"),
          postgresql_where=text("vraag_op is not null")),
)  # fmt: skip

weekbericht = Table(  # staff's weekly message: composed once, everyone of the groups gets it in their own form
    "weekbericht",
    metadata,
    _id(),
    _naar("locatie"),
    _tekst("tekst", 1000),
    _tekst("foto", 64, leeg=True),  # hash of a bijlage
    _tekst("spraak", 64, leeg=True),  # the same
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _naar("gesprek", leeg=True, weg="SET NULL"),  # where it was composed, and whose files these are
    _tekst("foto_bestand", 256, standaard=""),  # the platform's file id, until the bytes are fetched
    _tekst("spraak_bestand", 256, standaard=""),
    _tekst("status", 10, standaard="klaar"),  # halen: nothing is sent before the files are there | klaar | mislukt
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _moment("niet_voor", leeg=True),
    CheckConstraint("status in ('halen','klaar','mislukt')", name="status"),
    Index(None, "locatie_id", "gemaakt"),
    Index("ix_weekbericht_halen", "niet_voor", sqlite_where=text("status = 'halen'"),
          postgresql_where=text("status = 'halen'")),
)  # fmt: skip

weekbericht_groep = Table(
    "weekbericht_groep",
    metadata,
    Column("weekbericht_id", Nummer, ForeignKey("weekbericht.id", ondelete="CASCADE"), primary_key=True),
    Column("groep_id", Nummer, ForeignKey("groep.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "groep_id"),
)

begrip = Table(  # the teach-back question: whether our own words were clear
    "begrip",
    metadata,
    _id(),
    _naar("uitnodiging"),
    _tekst("uitkomst", 10),  # goed | fout | weet_niet
    _moment("moment"),
    CheckConstraint("uitkomst in ('goed','fout','weet_niet')", name="uitkomst"),
    Index(None, "uitnodiging_id"),
)

spraaknota = Table(  # what somebody spoke, encrypted, until what it was said for is handled
    "spraaknota",
    metadata,
    _id(),
    _naar("gesprek"),  # where it was spoken
    _tekst("media", 256),  # the platform's file id
    _naar("gesprek", "naar_gesprek_id", leeg=True),  # of a colleague's answer: the chat it goes to
    Column("inhoud", LargeBinary, nullable=True),  # encrypted OGG; NULL until it is fetched
    Column("tekst", LargeBinary, nullable=True),  # encrypted words, when they could be written out
    _tekst("bij", 80, standaard=""),  # a step where only buttons count (flow.step:over): its choice was spoken
    _tekst("status", 10, standaard="gevraagd"),  # gevraagd | binnen | mislukt
    _tekst("fout", 20, standaard=""),  # why it cannot be heard
    _getal("duur", leeg=True),  # milliseconds
    Column("pogingen", SmallInteger, nullable=False, server_default="0"),
    _moment("niet_voor", leeg=True),
    _moment("ontvangen"),
    CheckConstraint("status in ('gevraagd','binnen','mislukt')", name="status"),
    UniqueConstraint("gesprek_id", "media"),
    Index(None, "media"),
    Index(None, "naar_gesprek_id"),
    Index(None, "ontvangen"),
    Index("ix_spraaknota_gevraagd", "niet_voor", sqlite_where=text("status = 'gevraagd'"),
          postgresql_where=text("status = 'gevraagd'")),
    sqlite_autoincrement=True,
)  # fmt: skip

# Figures, kept in the transaction of what they count (docs/cijfers.md)

cijfer = Table(  # how often what, per activity, role and language; rows are added, and summed up now and then
    "cijfer",
    metadata,
    _id(),
    _naar("activiteit"),
    _tekst("rol", 10, standaard=""),
    _tekst("taal", 8, standaard=""),
    _tekst("maat", 20),  # uitgenodigd, ja, aanwezig, reden.TIJD …
    _getal("aantal"),
    _ja_nee("los", True),  # not summed up yet
    Index(None, "activiteit_id"),
    Index("ix_cijfer_los", "activiteit_id", sqlite_where=text("los"), postgresql_where=text("los")),
)

bereik = Table(  # who was invited and who came, per month: what unique families are counted from
    "bereik",
    metadata,
    Column("locatie_id", Nummer, ForeignKey("locatie.id", ondelete="CASCADE"), primary_key=True),
    Column("maand", Date, primary_key=True),  # its first day, local
    Column("ouder_id", Nummer, ForeignKey("ouder.id", ondelete="CASCADE"), primary_key=True),
    _getal("uitgenodigd", "0"),
    _getal("aanwezig", "0"),
    Index(None, "ouder_id"),
)

jaarcijfer = Table(  # the figures of a school year, kept when its names go
    "jaarcijfer",
    metadata,
    Column("locatie_id", Nummer, ForeignKey("locatie.id", ondelete="CASCADE"), primary_key=True),
    Column("schooljaar", Date, primary_key=True),  # 1 August
    Column("maat", String(40), primary_key=True),
    _getal("aantal"),
)

gemeentecijfer = Table(  # what the municipality was given of a school year: made once, never changed
    "gemeentecijfer",
    metadata,
    _id(),
    _naar("locatie", leeg=True),  # NULL: all locations together
    Column("schooljaar", Date, nullable=False),  # 1 August
    _tekst("groep", 20),
    _tekst("maat", 20),
    Column("aantal", Integer, nullable=True),  # NULL: may not be shown, so it is not kept either
    Index(None, "schooljaar"),
)

# The desk in the browser

bureaulink = Table(  # opens the desk once, for some minutes; only its hash is kept
    "bureaulink",
    metadata,
    Column("hash", String(64), primary_key=True),
    _naar("medewerker"),
    _moment("geldig_tot"),
    _moment("gebruikt", leeg=True),
    Index(None, "geldig_tot"),
)

bureausessie = Table(  # one browser of a colleague that is in
    "bureausessie",
    metadata,
    _id(),
    _tekst("hash", 64),  # of the key in its cookie
    _naar("medewerker"),
    _tekst("rol", 20),  # of the colleague when the link was used: another role needs another link
    _tekst("apparaat", 80, standaard=""),
    _moment("gemaakt"),
    _moment("geldig_tot"),
    _moment("ingetrokken", leeg=True),
    UniqueConstraint("hash"),
    Index(None, "medewerker_id"),
    Index(None, "geldig_tot"),
)

apisleutel = Table(  # lets a program read the counts of a location; of the key itself only its hash is kept
    "apisleutel",
    metadata,
    _id(),
    _tekst("hash", 64),
    _naar("locatie"),
    _tekst("naam", 80),  # what it is for, in words of who made it
    _naar("medewerker", leeg=True, weg="SET NULL"),
    _moment("gemaakt"),
    _moment("gebruikt", leeg=True),  # the last day it was used, to the hour
    _moment("ingetrokken", leeg=True),
    UniqueConstraint("hash"),
    Index(None, "locatie_id"),
)

verzender = Table(  # who may send for an account right now: one even pace, whatever the number of processes
    "verzender",
    metadata,
    Column("kanaal", String(20), primary_key=True),
    Column("account", String(40), primary_key=True),
    _tekst("houder", 120),
    _moment("tot"),
    _moment("pauze_tot", leeg=True),  # the platform asked the whole account to wait
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _moment("moment"),
    _tekst("wie", 40),  # medewerker:12, ouder:7, opdrachtregel
    _tekst("wat", 40),
    _tekst("op", 80),  # activiteit:3
    _tekst("details", 300, standaard=""),
    Index(None, "moment"),
    Index(None, "op"),
)

HUIDIG = {
    "aanmelding_huidig": """
        CREATE VIEW aanmelding_huidig AS
        SELECT a.* FROM aanmelding a
        WHERE a.id = (SELECT max(b.id) FROM aanmelding b WHERE b.uitnodiging_id = a.uitnodiging_id)
    """,
    "afmeldreden_huidig": """
        CREATE VIEW afmeldreden_huidig AS
        SELECT a.* FROM afmeldreden a
        WHERE a.id = (SELECT max(b.id) FROM afmeldreden b WHERE b.uitnodiging_id = a.uitnodiging_id)
    """,
    "presentie_huidig": """
        CREATE VIEW presentie_huidig AS
        SELECT p.* FROM presentie p
        WHERE p.id = COALESCE(
            (SELECT max(b.id) FROM presentie b WHERE b.uitnodiging_id = p.uitnodiging_id AND b.bron = 'team'),
            (SELECT max(b.id) FROM presentie b WHERE b.uitnodiging_id = p.uitnodiging_id))
    """,
}
"""The views: the last answer, the last reason, and presence by the team's word if there is one."""

_kijk = MetaData()
"""Kept apart from the tables: migrations make the views by ``HUIDIG``."""


def _als(naam: str, bron: Table) -> Table:
    return Table(naam, _kijk, *(Column(k.name, k.type) for k in bron.columns))


aanmelding_huidig = _als("aanmelding_huidig", aanmelding)
afmeldreden_huidig = _als("afmeldreden_huidig", afmeldreden)
presentie_huidig = _als("presentie_huidig", presentie)
