"""A pleasant fake user: people with a phone, on the real engine and a real database, under a clock that is moved.

    s = Speler(db)
    karim = s.ouder("Karim", Rol.VADER)
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    karim.tikt("Ik kan niet")
    assert "Jammer" in karim.laatste.tekst

What a person does becomes an inbox row, a turn of ``bot.verwerken``, outbox rows, and those are claimed, checked and
rendered as the sender does it. Nothing is mocked; only the platform itself is left out.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import levend, vertalen
from bot.afspelen import NogNiet
from bot.afspelen import Speler as Afspeler
from bot.besluit import Klaar, Later, mag_niet
from bot.beurt import ONVERTAALD, WACHT, Vertaalt
from bot.diensten.basis import Vertaalfout
from bot.diensten.geluid import GeenGeluid, Noot
from bot.diensten.kluis import Kluis
from bot.diensten.luisteren import Luistert
from bot.kanalen.basis import Geweigerd, Tijdelijk, Vermogen
from bot.links import Links
from bot.merken import Gedaan, merk
from bot.ophalen import Notahaler
from bot.planning import WERK
from bot.spraak import ZONDER, Spraak
from bot.uitzendingen import uitnodiging_als_bericht, verstuur, vul_nu
from bot.verwerken import verwerk
from bot.weergeven import weergave
from dialogen import motor
from dialogen.basis import SPRAAKNOTA, Bericht, Invoer, Rol, Soort, Stand, Tekst, Uitkomst, Vorm
from dialogen.effecten import Instellen
from dialogen.flows import FLOWS
from opslag import (
    activiteiten,
    bijlagen,
    cijfers,
    deur,
    gesprekken,
    locaties,
    ouders,
    postvak,
    uitnodigen,
    vertalingen,
    verzendingen,
    weekberichten,
)
from opslag.activiteiten import Activiteit
from opslag.berichten import invoer_json, lees_bericht
from opslag.database import Database, Sessie
from opslag.gesprekken import Gesprek, Sleutel
from opslag.inzage import STAP as STAPPEN
from opslag.tabellen import (
    aanmelding,
    activiteit,
    gesprek,
    locatie,
    medewerker,
    metadata,
    ouder,
    reeks,
    uitnodiging,
    verzending,
)
from opslag.vertalingen import TeVertalen
from opslag.werkdagen import zone

KANAAL = "speler"
LINKS = Links("https://inloop.example", lambda: "InloopBot")
VERMOGEN = Vermogen(knoppen=100, lijst=100, label=64, bewerken=True)
"""As Telegram has it: most parents are there."""
STAP = timedelta(seconds=10)
"""How long a person takes for one thing."""
LOCATIE, ANDERE_LOCATIE = "De Regenboog", "De Zon"
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def moment(tekst: str, nu: datetime | None = None) -> datetime:
    """``dinsdag 1 december 2026 09:00`` (or ``09:30``, the same day) as people read the clock → UTC.

    Raises ``ValueError`` when that date is another weekday.
    """
    *datum, klok = tekst.split()
    uur, minuut = map(int, klok.split(":"))
    if not datum:
        assert nu is not None
        lokaal = nu.astimezone(zone("Europe/Amsterdam"))
        return lokaal.replace(hour=uur, minute=minuut, second=0, microsecond=0).astimezone(UTC)
    weekdag, dag, maand, jaar = datum
    lokaal = datetime(int(jaar), MAANDEN.index(maand) + 1, int(dag), uur, minuut, tzinfo=zone("Europe/Amsterdam"))
    if DAGEN[lokaal.weekday()] != weekdag:
        raise ValueError(f"{dag} {maand} {jaar} is een {DAGEN[lokaal.weekday()]}")
    return lokaal.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Ballon:
    """One message on a phone: what is read, and the buttons as (label, data)."""

    nummer: str
    tekst: str
    knoppen: tuple[tuple[str, str], ...] = ()
    media: str = ""
    veranderd: bool = False
    bestand: str = ""
    foto: bool = False  # a photo of the team; our own pictures are not shown here

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [label for label, _ in self.knoppen]


@dataclass(frozen=True, slots=True)
class Gezegd:
    """A message that arrived, and with whom."""

    aan: Persoon
    ballon: Ballon


@dataclass(eq=False)
class Persoon:
    """Somebody with a phone. ``heet`` is the display name that the platform gives, often ''."""

    speler: Speler
    naam: str
    nummer: int
    heet: str = ""
    kanaal: str = KANAAL
    scherm: list[Ballon] = field(default_factory=list)

    @property
    def sleutel(self) -> Sleutel:
        """The chat of this phone."""
        return Sleutel(self.kanaal, self.kanaal, f"telefoon-{self.nummer}")

    @property
    def laatste(self) -> Ballon:
        """The newest message on the phone."""
        return self.scherm[-1]

    def zegt(self, tekst: str) -> list[Gezegd]:
        """Type a text."""
        return self.doet(Soort.TEKST, tekst)

    def opent(self, code: str) -> list[Gezegd]:
        """Follow a start link (a name of ``Speler.code``, or the code itself)."""
        return self.doet(Soort.START, self.speler.code(code))

    def spreekt(self, media: str = "spraak-1") -> list[Gezegd]:
        """Send a voice note."""
        return self.doet(Soort.SPRAAK, media)

    def tikt(self, label: str, bij: str = "") -> list[Gezegd]:
        """Press the newest button that is called so, or has that in its label; ``bij``: under a message with this."""
        return self._druk(*self.knop(label, bij))

    def knop(self, label: str, bij: str = "") -> tuple[str, str]:
        """(data, the message's number) of a button on the screen. Raises ``LookupError`` naming those there are."""
        for precies in (True, False):
            for ballon in reversed([b for b in self.scherm if bij in b.tekst]):
                for tekst, data in ballon.knoppen:
                    if tekst == label or (not precies and label in tekst):
                        return data, ballon.nummer
        alle = [label for b in self.scherm for label in b.labels]
        raise LookupError(f"{self.naam} heeft geen knop {label!r}; wel {alle}")

    def drukt(self, data: str) -> list[Gezegd]:
        """A button with this data, whether or not it was ever shown."""
        return self._druk(data, "")

    def _druk(self, data: str, onder: str) -> list[Gezegd]:
        return self.speler.doe(self, Invoer(Soort.KNOP, data, self.heet, onder))

    def doet(self, soort: Soort, waarde: str = "") -> list[Gezegd]:
        """Anything else: a sticker, an edited message …"""
        return self.speler.doe(self, Invoer(soort, waarde, self.heet))

    @property
    def stand(self) -> Stand | None:
        """Where the conversation stands."""
        with self.speler.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, self.sleutel)
        return g.stand if g else None


@dataclass(slots=True)
class Woordenboek:
    """A translator that knows some sentences, and says of every other that it cannot."""

    kent: Mapping[tuple[str, str], str]
    naam: str = "woordenboek"

    async def vertaal(self, tekst: str, van: str, naar: str) -> str:
        if (vertaald := self.kent.get((naar, tekst))) is None:
            raise Vertaalfout("weg")
        return vertaald

    async def sluit(self) -> None:
        """Nothing to let go of."""


def keur_woorden(inhoud: bytes) -> Noot:
    """Here a recording is its words, ten letters a second; in brackets stands what is wrong with it."""
    reden = inhoud.decode("utf-8", "replace").strip("()")
    if inhoud.startswith(b"("):
        raise GeenGeluid(reden)
    return Noot(inhoud, len(inhoud) * 100)


class Woordoor:
    """An ear that hears what was said; ``(gemompel)`` within it is no word."""

    def versta(self, geluid: bytes, taal: str) -> str:
        """The words."""
        return geluid.decode().replace("(gemompel)", "").strip()


@dataclass
class Platform:
    """Where people's phones bring what they say: of ``opnamen`` it has the bytes, or says why not."""

    naam: str
    opnamen: dict[str, bytes | Tijdelijk | Geweigerd]
    gehaald: list[str] = field(default_factory=list)

    @property
    def account(self) -> str:
        """There is one."""
        return self.naam

    async def haal(self, media: str) -> bytes | Tijdelijk | Geweigerd:
        """What was recorded under this name."""
        self.gehaald.append(media)
        return self.opnamen.get(media, Geweigerd("wrong file_id"))


class Speler:
    """The stage: a location, another one, and the clock. ``nu`` may be set; people take ``STAP`` for what they do."""

    def __init__(self, db: Database, begin: str = "dinsdag 1 december 2026 09:00") -> None:
        self.db = db
        self.nu = moment(begin)
        self.mensen: dict[str, Persoon] = {}
        self.bijwerker = levend.Bijwerker(db, lambda: self.nu)
        self.hoogstens: int | None = None
        self.vertaalt = ONVERTAALD
        self.woordenboek: dict[tuple[str, str], str] = {}
        self.spraak = ZONDER
        self.opnamen: dict[str, bytes | Tijdelijk | Geweigerd] = {}
        self._codes: dict[str, str] = {}
        self._geteld = 0
        with db.transactie() as sessie:
            self.locatie = locaties.maak_locatie(
                sessie, LOCATIE, ["Vlinders", "Rupsen"], self.nu, gastheer="Juf Noor", telefoon="010 123 45 67"
            )
            locaties.maak_locatie(sessie, ANDERE_LOCATIE, ["Stralen"], self.nu, gastheer="Bea")

    # Who there are

    def persoon(self, naam: str) -> Persoon:
        """A phone that nobody knows yet."""
        return self.mensen.setdefault(naam, Persoon(self, naam, len(self.mensen) + 1))

    def code(self, naam: str) -> str:
        """A start code by its name (``oudercode Rupsen``, ``gezinscode``, ``teamcode 2``, ``elders``, ``deurcode
        Koffie``); else itself.
        """
        soort, _, rest = naam.partition(" ")
        if not self.is_code(naam):
            return naam
        if naam not in self._codes:
            with self.db.transactie() as sessie:
                self._codes[naam] = self._maak_code(sessie, soort, rest)
        return self._codes[naam]

    @staticmethod
    def is_code(naam: str) -> bool:
        """Whether this is the name of a code, and not a code or anything else."""
        return naam.partition(" ")[0] in {"oudercode", "gezinscode", "teamcode", "elders", "deurcode", "partnercode"}

    def _maak_code(self, sessie: Sessie, soort: str, rest: str) -> str:
        if soort == "deurcode":
            return self._deurcode(sessie, rest.removesuffix(" later"))
        if soort == "partnercode":
            wie = self.ouder_id(self.persoon(rest))
            return (locaties.nodig_partner_uit(sessie, wie, self.nu) if wie else None) or ""
        waar = locaties.zoek_locatie(sessie, ANDERE_LOCATIE if soort == "elders" else LOCATIE).nummer
        if soort == "teamcode":
            return locaties.nodig_team_uit(sessie, waar, rest if rest in locaties.ROLLEN else "medewerker", self.nu)
        namen = {"elders": "Stralen", "oudercode": rest or "Vlinders"}
        groep = locaties.zoek_groepen(sessie, waar, [namen.get(soort, "Vlinders")])
        gezin = locaties.maak_gezin(sessie, waar, groep, self.nu) if soort == "gezinscode" else None
        return locaties.nodig_ouders_uit(sessie, waar, groep[0], self.nu, gezin_id=gezin)

    def _deurcode(self, sessie: Sessie, titel: str) -> str:
        """What the screen at the door of that activity shows now, its door opened by whoever is of the team."""
        over = sessie.execute(sa.select(activiteit.c.id).where(activiteit.c.titel == titel)).scalar_one()
        collega = sessie.scalars(sa.select(medewerker.c.id).order_by(medewerker.c.id)).first()
        assert collega is not None
        pad = deur.open_deur(sessie, collega, over, self.nu)
        assert pad is not None
        scherm = deur.scherm(sessie, pad.removeprefix("/deur/"), self.nu)
        assert scherm is not None
        return scherm.code

    def ouder(self, naam: str, rol: Rol = Rol.MOEDER, code: str = "oudercode", taal: str = "nl") -> Persoon:
        """A parent who has been through the acquaintance already; invited for what was announced before."""
        wie = self.persoon(naam)
        start = self.code(code)
        with self.db.transactie() as sessie:
            g = gesprekken.neem(sessie, wie.sleutel, self.nu)
            nummer = ouders.maak_ouder(sessie, start, g.nummer, naam, taal, Vorm.LEZEN, self.nu)
            assert nummer is not None
            ouders.stel_in(sessie, nummer, Instellen(rol=rol))
            verzendingen.nodig_later_uit(sessie, nummer, uitnodiging_als_bericht, self.nu)
        self.bezorg()
        return wie

    def collega(self, naam: str, rol: str = "medewerker", code: str = "teamcode") -> Persoon:
        """A colleague who came in with a code of their own."""
        wie = self.persoon(naam)
        waar = LOCATIE if code != "elders" else ANDERE_LOCATIE
        with self.db.transactie() as sessie:
            g = gesprekken.neem(sessie, wie.sleutel, self.nu)
            nieuw = locaties.nodig_team_uit(sessie, locaties.zoek_locatie(sessie, waar).nummer, rol, self.nu)
            nummer = locaties.maak_medewerker(sessie, nieuw, naam, self.nu)
            assert nummer is not None
            gesprekken.koppel_medewerker(sessie, g.nummer, nummer)
        return wie

    def wil_tips(self, wie: Persoon, dagdelen: frozenset[str] = frozenset()) -> None:
        """This parent wants a weekly tip; the first is planned."""
        nummer = self.ouder_id(wie)
        assert nummer is not None
        with self.db.transactie() as sessie:
            ouders.stel_in(sessie, nummer, Instellen(tips=True, dagdelen=dagdelen))
        self.tik()

    # What there is

    def activiteit(
        self,
        titel: str,
        wanneer: str,
        plek: str = "de ouderkamer",
        *,
        groep: str = "Vlinders",
        capaciteit: int | None = None,
        kinderen: bool = True,
        voor: str = "iedereen",
        stil: bool = False,
    ) -> int:
        """An activity of an hour, announced at once (not when ``stil``); its number."""
        with self.db.transactie() as sessie:
            groepen = locaties.zoek_groepen(sessie, self.locatie, [groep])
            begin = moment(wanneer, self.nu)
            nieuw = Activiteit(
                self.locatie, "koffieochtend", titel, "Elkaar leren kennen", begin, 60, plek, groepen, "Juf Noor",
                capaciteit, kinderen,
            )  # fmt: skip
            nummer = activiteiten.maak(sessie, nieuw, self.nu, "speler")
            if not stil:
                verstuur(lambda: nullcontext(sessie), nummer, voor, self.nu, "speler")
        self.bezorg()
        return nummer

    def menigte(self, aantal: int, groep: str, titel: str, ja: int) -> None:
        """So many parents of a group, invited for this one; the first so many said yes. They have no chat."""
        with self.db.transactie() as sessie:
            over = sessie.execute(sa.select(activiteit.c.id).where(activiteit.c.titel == titel)).scalar_one()
            gezin = locaties.maak_gezin(
                sessie, self.locatie, locaties.zoek_groepen(sessie, self.locatie, [groep]), self.nu
            )
            wie = [{"gezin_id": gezin, "naam": f"Ouder {n:03}", "gemaakt": self.nu} for n in range(1, aantal + 1)]
            nummers = sessie.scalars(ouder.insert().returning(ouder.c.id), wie).all()
            uitnodigen.nodig_uit(sessie, over, [(n, None, "nl") for n in sorted(nummers)], self.nu)
            vraag = sa.select(uitnodiging.c.id).where(uitnodiging.c.activiteit_id == over).order_by(uitnodiging.c.id)
            eersten = list(sessie.scalars(vraag))[:ja]
            zei = {"antwoord": "ja", "aantal": 1, "bron": "ouder", "moment": self.nu}
            with cijfers.telt(sessie, *eersten):
                sessie.execute(aanmelding.insert(), [zei | {"uitnodiging_id": n} for n in eersten])

    def maak_reeks(self, titel: str, **anders: Any) -> int:
        """From now on this one is there every week; the number of the series."""
        waarden = {"locatie_id": self.locatie, "titel": titel, "regel": "wekelijks", "gemaakt": self.nu} | anders
        with self.db.transactie() as sessie:
            nummer: int = sessie.execute(reeks.insert().values(waarden).returning(reeks.c.id)).scalar_one()
            sessie.execute(activiteit.update().where(activiteit.c.titel == titel).values(reeks_id=nummer))
        self.tik()
        return nummer

    def gelast_af(self, titel: str) -> None:
        """This one is called off."""
        with self.db.transactie() as sessie:
            sessie.execute(activiteit.update().where(activiteit.c.titel == titel).values(afgelast=self.nu))

    def haal_op(self, *, lukt: bool = True) -> list[Gezegd]:
        """The files of weekly messages are fetched, or cannot be."""
        with self.db.transactie() as sessie:
            for een in weekberichten.te_halen(sessie, self.nu):
                for soort, bestand in ((bijlagen.BEELD, een.foto), (bijlagen.GELUID, een.spraak)):
                    if lukt and bestand:
                        weekberichten.binnen(sessie, een, soort, bestand.encode(), 0, self.nu)
                if lukt:
                    weekberichten.klaar(sessie, een.nummer, self.nu)
                else:
                    weekberichten.mislukt(sessie, een.nummer, Bericht((Tekst("weekbericht.mislukt"),)), self.nu)
        return self.bezorg()

    def stuur_weg(self, wie: Persoon) -> None:
        """This colleague left the team."""
        with self.db.transactie() as sessie:
            nummer = sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres).scalar_subquery()
            sessie.execute(medewerker.update().where(medewerker.c.id == nummer).values(actief=False))

    def begripsvraag_aan(self) -> None:
        """The location asks back whether it was clear."""
        with self.db.transactie() as sessie:
            sessie.execute(locatie.update().values(begripsvraag=True))

    def uitnodiging(self, wie: Persoon, titel: str) -> int:
        """The number of this person's invitation to that activity."""
        vraag = (
            sa.select(uitnodiging.c.id)
            .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
            .join(gesprek, gesprek.c.ouder_id == uitnodiging.c.ouder_id)
            .where(activiteit.c.titel == titel, gesprek.c.adres == wie.sleutel.adres)
        )
        with self.db.transactie() as sessie:
            return int(sessie.execute(vraag).scalar_one())

    def stuurt(self, wie: Persoon, stap: str, titel: str) -> list[Gezegd]:
        """The bot starts this step (``erbij.na``) about that activity by itself, as a broadcast does."""
        flow, _, naam = stap.partition(".")
        over = self.uitnodiging(wie, titel)
        with self.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, wie.sleutel)
            assert g is not None
            wereld = gesprekken.laad_wereld(sessie, g, Invoer(Soort.TEKST), over, self.nu)
            uit = motor.herhaal(FLOWS, Stand(flow, naam, {"over": str(over)}), wereld)
            self._leg_klaar(sessie, g, uit, self._uitzending(sessie, stap, over))
        return self.bezorg()

    def _uitzending(self, sessie: Sessie, stap: str, over: int) -> int | None:
        """A broadcast of the kind that asks this step."""
        soort = next((s for s, vraagt in STAPPEN.items() if vraagt == stap), None)
        if soort is None:
            return None
        van = sessie.scalar(sa.select(uitnodiging.c.activiteit_id).where(uitnodiging.c.id == over))
        waarden = {"locatie_id": self.locatie, "activiteit_id": van, "soort": soort, "gemaakt": self.nu}
        maak = verzending.insert().values(**waarden, gevuld=self.nu).returning(verzending.c.id)
        return int(sessie.execute(maak).scalar_one())

    def _leg_klaar(self, sessie: Sessie, g: Gesprek, uit: Uitkomst, zending: int | None) -> None:
        for bericht in uit.berichten:
            postvak.leg_klaar(
                sessie, g.nummer, g.sleutel, bericht, g.taal, self.nu,
                prioriteit=postvak.UITZENDING, ouder_id=g.ouder_id, verzending_id=zending,
            )  # fmt: skip

    # Other languages

    def leer(self, taal: str, bron: str, vertaald: str) -> None:
        """From now on there is a translator, which knows this."""
        self.vertaalt = Vertaalt(team=True, ouders=True)
        self.woordenboek[(taal, bron)] = vertaald

    def vertaal(self) -> None:
        """The loop of translations looks, as it does at once."""
        while self.vertaalt.team:
            with self.db.transactie() as sessie:
                rijen = vertalingen.claim(sessie, self.nu, 10, WACHT)
            if not rijen:
                break
            for rij in rijen:
                uitkomst = asyncio.run(self._vertaald(rij))
                with self.db.transactie() as sessie:
                    vertalen.verwerk(sessie, rij, uitkomst, "woordenboek", self.nu)

    async def _vertaald(self, rij: TeVertalen) -> vertalen.Uitkomst:
        try:
            return vertalen.Gelukt(await vertalen.vertaal(Woordenboek(self.woordenboek), rij))
        except Vertaalfout as fout:
            return vertalen.besluit(fout, rij, self.nu, random.Random(1))

    # What happens

    def doe(self, wie: Persoon, *invoer: Invoer) -> list[Gezegd]:
        """Everything that arrives with anybody because somebody did this (several at once: before the bot looked)."""
        for een in invoer:
            self.neem_aan(wie, een)
        gezegd: list[Gezegd] = []
        for _ in invoer:
            with self.db.transactie() as sessie:
                verwerk(sessie, wie.sleutel, self.nu, self.vertaalt, self.spraak.kan)
            self.vertaal()
            gezegd += self.bezorg()
            self.nu += STAP
        return gezegd + self.haal_spraak() + self.werk_bij()

    def luister(self, *, verstaan: bool) -> None:
        """From now on what is spoken is kept, and written out if ``verstaan``."""
        oor = Luistert(Woordoor()) if verstaan else None
        self.spraak = Spraak(Kluis("het geheim van de speler"), keur_woorden, oor)

    def neem_op(self, wie: Persoon, woorden: str) -> str:
        """Somebody speaks; how the platform calls it."""
        if not self.spraak.kan.bewaart:
            return f"spraak van {wie.naam}".replace(" ", "-")
        media = f"spraak-{len(self.opnamen) + 1}"
        self.opnamen[media] = woorden.encode()
        return media

    def notahaler(self) -> Notahaler:
        """What fetches the voice notes of every app."""
        kanalen: Any = [Platform(k, self.opnamen) for k in sorted({p.kanaal for p in self.mensen.values()})]
        return Notahaler(self.db, kanalen, self.spraak, lambda: self.nu, lambda _: None)

    def haal_spraak(self) -> list[Gezegd]:
        """What was spoken is fetched, checked and written out; what follows from that."""
        if not self.spraak.kan.bewaart:
            return []

        async def alles() -> None:
            notahaler = self.notahaler()
            while await notahaler.ronde():
                pass

        asyncio.run(alles())
        with self.db.transactie() as sessie:
            wachtend = postvak.wachtenden(sessie)
        for sleutel in wachtend:
            with self.db.transactie() as sessie:
                verwerk(sessie, sleutel, self.nu, self.vertaalt, self.spraak.kan)
        return self.bezorg()

    def neem_aan(self, wie: Persoon, invoer: Invoer) -> None:
        """Put it in the inbox and no more."""
        self._geteld += 1
        s = wie.sleutel
        rij: dict[str, Any] = {
            "kanaal": s.kanaal,
            "account": s.account,
            "extern_id": f"{self._geteld}",
            "adres": s.adres,
        }
        rij |= {"inhoud": invoer_json(invoer), "status": "open", "ontvangen": self.nu}
        with self.db.transactie() as sessie:
            postvak.neem_aan(sessie, [rij])

    def zet_klok(self, wanneer: str) -> list[Gezegd]:
        """Move the clock on, and bring what was waiting for that."""
        nieuw = moment(wanneer, self.nu)
        assert nieuw >= self.nu, f"de klok gaat niet terug naar {wanneer}"
        self.nu = nieuw
        self.vertaal()
        return self.bezorg() + self.werk_bij()

    def tik(self) -> list[Gezegd]:
        """The scheduler looks what is due, as it does every half minute; what comes of that is brought."""
        for werk in WERK:
            gedaan = 1
            while gedaan:
                with self.db.transactie() as sessie:
                    gedaan = werk.doe(sessie, self.nu)
        return self.bezorg()

    def werk_bij(self) -> list[Gezegd]:
        """The living messages change, as they do every two seconds."""
        with self.db.transactie() as sessie:
            gevonden = self.bijwerker.zoek(sessie, self.nu)
            levend.schrijf(sessie, gevonden, self.nu)
        return self.bezorg() if gevonden else []

    def bezorg(self) -> list[Gezegd]:
        """Send what may go now, in the order of the outbox."""
        with self.db.transactie() as sessie:
            vul_nu(sessie, self.nu)
        gezegd: list[Gezegd] = []
        for kanaal in sorted({p.kanaal for p in self.mensen.values()}):
            while nieuw := self._bezorg_een_keer(kanaal):
                gezegd += [g for g in nieuw if g is not None]
        return gezegd

    def _bezorg_een_keer(self, kanaal: str) -> list[Gezegd | None]:
        with self.db.transactie() as sessie:
            postvak.maak_wakker(sessie, self.nu)
            rijen = postvak.claim(sessie, kanaal, kanaal, 100, self.nu)
            mag = [uit for uit in rijen if self._aan_de_beurt(sessie, uit)]
            return [self._verzend(sessie, uit) for uit in mag]

    def _aan_de_beurt(self, sessie: Sessie, uit: postvak.Uit) -> bool:
        """When the platform is slow only so many of a broadcast go at once; the others wait again."""
        if self.hoogstens is None or uit.prioriteit < postvak.UITZENDING:
            return True
        self.hoogstens -= 1
        if self.hoogstens < 0:
            postvak.leg_terug(sessie, [uit.nummer])
        return self.hoogstens >= 0

    def _verzend(self, sessie: Sessie, uit: postvak.Uit) -> Gezegd | None:
        verboden = mag_niet(uit, self.nu)
        if verboden is not None:
            merk(sessie, [Gedaan(uit, verboden)], self.nu)
            return None
        bericht, mee = LINKS.vul(lees_bericht(uit.inhoud)), ""
        if bericht.media.startswith(SPRAAKNOTA):
            try:
                bericht, geluid = asyncio.run(
                    Afspeler(self.db, self.spraak, lambda: self.nu).vul(uit.gesprek_id, bericht)
                )
            except NogNiet:
                merk(sessie, [Gedaan(uit, Later(self.nu + timedelta(seconds=1), 0, ""))], self.nu)
                return None
            mee = "mee" if geluid else ""
        beeld = weergave(bericht, uit.taal, VERMOGEN, uit.vervangt, uit.tijdzone)
        merk(sessie, [Gedaan(uit, Klaar(beeld.vervangt or f"m{uit.nummer}"))], self.nu)
        wie = next(p for p in self.mensen.values() if p.sleutel.adres == uit.adres)
        nummer = beeld.vervangt or f"m{uit.nummer}"
        foto = lees_bericht(uit.inhoud).beeld.startswith(("bijlage:", "bestand:"))
        ballon = Ballon(
            nummer, beeld.tekst, beeld.knoppen, beeld.media or mee, bool(beeld.vervangt), beeld.bestand, foto
        )  # fmt: skip
        wie.scherm[:] = [b for b in wie.scherm if b.nummer != nummer] + [ballon]
        return Gezegd(wie, ballon)

    # What is kept

    def rijen(self, vraag: Any) -> list[Any]:
        """The rows of any question to the database, as it stands committed."""
        with self.db.engine.connect().execution_options(lezen=True) as sessie:
            return list(sessie.execute(vraag).all())

    def ouder_id(self, wie: Persoon) -> int | None:
        """The number of the parent who speaks in this chat."""
        gevonden = self.rijen(sa.select(gesprek.c.ouder_id).where(gesprek.c.adres == wie.sleutel.adres))
        return gevonden[0][0] if gevonden else None

    def gezin_van(self, naam: str) -> int:
        """The number of this person's family."""
        nummer = self.ouder_id(self.persoon(naam))
        return int(self.rijen(sa.select(ouder.c.gezin_id).where(ouder.c.id == nummer))[0][0])

    def ouders(self) -> list[Any]:
        """Every parent that is kept."""
        return self.rijen(sa.select(ouder))

    def waar_staat(self, tekst: str) -> list[str]:
        """Every column of every table that holds this text somewhere, as ``tabel.kolom``."""
        zoek = tekst.casefold()
        gevonden = []
        for tabel in metadata.sorted_tables:
            for rij in self.rijen(sa.select(tabel)):
                gevonden += [
                    f"{tabel.name}.{kolom.name}"
                    for kolom, waarde in zip(tabel.columns, rij, strict=True)
                    if isinstance(waarde, str) and zoek in waarde.casefold()
                ]
        return sorted(set(gevonden))
