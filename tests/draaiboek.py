"""Whole conversations as a text that a teacher can read: played on the real engine, and compared line by line.

What people do and what was the case stands in the file; what the bot says is checked, or rewritten with
``pytest tests/gesprekken --nieuw`` (or ``INLOOP_NIEUW=1 pytest``). Read what was rewritten as a parent would.

    # a line of explanation
    @ dinsdag 1 december 2026 09:00      the clock (or only 09:30, the same day)
    * Karim is vader bij de Vlinders.    how things stand, see ``Draaiboek.stelt``
    Karim: /start {oudercode}            a text; {…} is filled in; ⏎ is a new line; ‹200F› an invisible character
    Karim: [✅ Ik kom]                    a button of the newest message that has it ([…] bij Koffie: of that message)
    Karim: 🎤 het lukt niet              a voice note · (sticker) · (lege tekst) · (verandert) een bericht · (knop) data
    Karim, nog een keer: [✅ Ik kom]      the same again, before the bot has answered
    Bot: …                               what arrives with who did something; ``Bot → Noor: …`` with another
    Bewaard van Karim:                   what the database holds about somebody
    Samen: Amal en Karim                 they are one family
    Nergens: Karim                       no column of no table holds this text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

import sqlalchemy as sa

from dialogen.basis import TE_LANG, Invoer, Rol, Soort
from dialogen.teksten import TALEN
from opslag.tabellen import (
    aanmelding,
    aanmelding_huidig,
    activiteit,
    afmeldreden_huidig,
    begrip,
    gesprek,
    medewerker,
    ouder,
    presentie_huidig,
    spraaknota,
    taak,
    tip_gegeven,
    toestemming,
    uitnodiging,
    vraag,
    waardering,
)
from tests.speler import STAP, Ballon, Gezegd, Persoon, Speler

INSPRINGEN = "     "
ROLLEN = {"vader": Rol.VADER, "moeder": Rol.MOEDER, "verzorger": Rol.ANDER}
VRAGEN = {
    "hoe het was": "erbij.na",
    "waarom niet": "erbij.gemist",
    "of ze er zijn": "erbij.binnen",
    "of ze morgen komen": "uitnodiging.herinnering",
}
_BOT = re.compile(r"Bot( → [^:]+?)?( verandert)?:|Bot zwijgt\.")
_ONZICHTBAAR = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_GEHEIM = re.compile(r"(https://\S+?(?:start=|/deur/|/chat/))\S+")
_ISOLEER = re.compile("[\u2068\u2069]")


def speel(tekst: str, speler: Speler) -> str:
    """The same text with what the bot really says and the database really holds. Raises at a line that cannot be."""
    boek = Draaiboek(speler)
    uit: list[str] = []
    for nummer, regel in enumerate(_zonder_bot(tekst.splitlines()), 1):
        try:
            uit += [regel, *boek.speel(regel)]
        except Exception as fout:
            fout.add_note(f"regel {nummer} zonder de bot: {regel}")
            raise
    return "\n".join(uit) + "\n"


def begin_van(tekst: str) -> str:
    """The moment at which it begins: the first line of the clock."""
    return next(regel.removeprefix("@ ") for regel in tekst.splitlines() if regel.startswith("@ "))


def _zonder_bot(regels: Iterable[str]) -> Iterator[str]:
    for regel in regels:
        if not regel.startswith(INSPRINGEN) and not _BOT.match(regel):
            yield regel.split("  — maar het staat in ")[0]


class Draaiboek:
    """Plays one line after the other."""

    def __init__(self, speler: Speler) -> None:
        self.speler = speler

    def speel(self, regel: str) -> list[str]:
        """What follows from this line."""
        if not regel.strip() or regel.startswith("#"):
            return []
        if regel.startswith("@ "):
            return self._toon(self.speler.zet_klok(regel[2:]))
        if regel.startswith("* "):
            return self._toon(self.stelt(regel[2:]))
        if regel.startswith("Bewaard van "):
            return [INSPRINGEN + feit for feit in self._bewaard(regel.removeprefix("Bewaard van ").rstrip(":"))]
        if regel.startswith("Samen: "):
            een, ander = (self.speler.gezin_van(naam) for naam in regel.removeprefix("Samen: ").split(" en "))
            assert een == ander, f"{regel}  — maar het zijn twee gezinnen"
            return []
        if regel.startswith("Nergens: "):
            gevonden = self.speler.waar_staat(regel.removeprefix("Nergens: "))
            assert not gevonden, f"{regel}  — maar het staat in {', '.join(gevonden)}"
            return []
        naam, _, wat = regel.partition(":")
        naam, nog, _ = naam.partition(", nog een keer")
        wie = self.speler.persoon(naam)
        invoer = self._lees(wie, wat.removeprefix(" "))
        gezegd = self.speler.doe(wie, *([invoer, invoer] if nog else [invoer]))
        return self._toon(gezegd, wie) or ["Bot zwijgt."]

    # How things stand

    def stelt(self, zin: str) -> list[Gezegd]:
        """One sentence about how things stand. Raises ``ValueError`` for one that is not known."""
        voor = {naam: list(p.scherm) for naam, p in self.speler.mensen.items()}
        for patroon, doe in self._ZINNEN.items():
            if past := re.fullmatch(patroon, zin):
                gezegd = doe(self, *past.groups())
                return gezegd if gezegd is not None else self._nieuw(voor)
        raise ValueError(f"deze zin ken ik niet: {zin}")

    def _nieuw(self, voor: dict[str, list[Ballon]]) -> list[Gezegd]:
        mensen = self.speler.mensen.items()
        return [Gezegd(p, b) for naam, p in mensen for b in p.scherm if b not in voor.get(naam, ())]

    def _is_ouder(self, naam: str, rol: str, groep: str, taal: str | None) -> None:
        per_naam = {volledig: code for code, volledig in TALEN.items()}
        code = "elders" if groep == "Stralen" else f"oudercode {groep}"
        self.speler.ouder(naam, ROLLEN[rol], code, per_naam[taal] if taal else "nl")

    def _werkt(self, naam: str, rol: str | None, waar: str) -> None:
        self.speler.collega(naam, rol or "medewerker", code="elders" if waar == "De Zon" else "teamcode")

    def _er_komt(self, titel: str, wanneer: str, plek: str, groep: str, rest: str) -> None:
        plekken = re.search(r"(\d+) plek", rest)
        self.speler.activiteit(
            titel, wanneer, plek, groep=groep, kinderen="zonder kinderen" not in rest,
            capaciteit=int(plekken[1]) if plekken else None, voor="vaders" if "alleen vaders" in rest else "iedereen",
            stil="nog niet verstuurd" in rest,
        )  # fmt: skip

    def _elke_week(self, titel: str) -> None:
        self.speler.maak_reeks(titel)

    def _heet(self, naam: str, heet: str) -> None:
        self.speler.persoon(naam).heet = heet

    def _vraagt(self, naam: str, wat: str, titel: str) -> list[Gezegd]:
        return self.speler.stuurt(self.speler.persoon(naam), VRAGEN[wat], titel)

    def _verstuurt(self, aantal: str) -> list[Gezegd]:
        """No more than so many of a broadcast go, and then the living messages change; 'alles' ends that."""
        self.speler.hoogstens = None if aantal == "alles" else int(aantal)
        gezegd = self.speler.bezorg()
        self.speler.nu += STAP
        return gezegd + self.speler.werk_bij()

    def _is_weg(self, naam: str) -> None:
        self.speler.stuur_weg(self.speler.persoon(naam))

    def _wil_tips(self, naam: str, dagdeel: str | None) -> None:
        self.speler.wil_tips(self.speler.persoon(naam), frozenset({dagdeel} if dagdeel else ()))

    _ZINNEN: ClassVar[dict[str, Callable[..., list[Gezegd] | None]]] = {
        r"(.+) is (vader|moeder|verzorger) bij de (\w+?)(?: en leest (.+))?\.": _is_ouder,
        r"(.+?) werkt (?:als (\w+) )?bij (.+)\.": _werkt,
        r"Er komt: ([^;]+); ([^;]+); ([^;]+); voor de (\w+)(.*)\.": _er_komt,
        r"(.+) wil elke week een tip(?:, in de (\w+))?\.": _wil_tips,
        r"(.+) gaat niet door\.": lambda self, titel: self.speler.gelast_af(titel),
        r"De bot verstuurt (\d+|alles)\.": _verstuurt,
        r"(.+) werkt hier niet meer\.": _is_weg,
        r"(.+) is er elke week\.": _elke_week,
        r'De vertaler kent "(.+)", in het (.+): "(.+)"\.': lambda self, bron, taal, vertaald: self.speler.leer(
            next(code for code, naam in TALEN.items() if naam == taal), bron, vertaald
        ),
        r"De vertaler is weg\.": lambda self: self.speler.woordenboek.clear(),
        r"De foto is opgehaald\.": lambda self: self.speler.haal_op(),
        r"De foto is niet op te halen\.": lambda self: self.speler.haal_op(lukt=False),
        r"De planning kijkt\.": lambda self: self.speler.tik(),
        r"(\d+) ouders van de (\w+) zijn uitgenodigd voor (.+); (\d+) zeiden ja\.": lambda self, n, groep, titel, ja: (
            self.speler.menigte(int(n), groep, titel, int(ja))
        ),
        r"(.+) gebruikt een andere app\.": lambda self, naam: setattr(self.speler.persoon(naam), "kanaal", "elders"),
        r"De bot bewaart spraak( en verstaat die)?\.": lambda self, ook: self.speler.luister(verstaan=bool(ook)),
        r"De begripsvraag staat aan\.": lambda self: self.speler.begripsvraag_aan(),
        r'(.+) heet in de app "(.+)"\.': _heet,
        r"De bot vraagt (.+?) (hoe het was|waarom niet|of ze er zijn|of ze morgen komen): (.+)\.": _vraagt,
    }

    # What people do

    def _lees(self, wie: Persoon, wat: str) -> Invoer:
        wat = re.sub(r"‹([0-9A-F]{4})›", lambda m: chr(int(m[1], 16)), self._gevuld(wat)).replace("⏎", "\n")
        if wat.startswith("/start"):
            return Invoer(Soort.START, self.speler.code(wat.removeprefix("/start").strip()), wie.heet)
        if knop := re.fullmatch(r"\[(.+)\](?: bij (.+))?", wat):
            data, onder = wie.knop(knop[1], knop[2] or "")
            return Invoer(Soort.KNOP, data, wie.heet, onder)
        if wat.startswith("🎤"):
            if wat == "🎤 (5 minuten)":  # says the platform, before anything is fetched
                return Invoer(Soort.ONHOORBAAR, TE_LANG, wie.heet)
            return Invoer(Soort.SPRAAK, self.speler.neem_op(wie, wat.removeprefix("🎤").strip()), wie.heet)
        soort, waarde = self._bijzonder(wat)
        return Invoer(soort, waarde, wie.heet)

    @staticmethod
    def _bijzonder(wat: str) -> tuple[Soort, str]:
        if lang := re.fullmatch(r"\((\d+) tekens\) (.+)", wat):
            return Soort.TEKST, (lang[2] * int(lang[1]))[: int(lang[1])]
        for begin, soort in (("(verandert) ", Soort.GEWIJZIGD), ("(knop) ", Soort.KNOP), ("(lege tekst)", Soort.TEKST)):
            if wat.startswith(begin):
                return soort, wat.removeprefix(begin)
        if wat == "(foto)":
            return Soort.FOTO, "AgAC-foto"
        return (Soort.ANDERS, "") if wat in {"(sticker)", "(plek op de kaart)"} else (Soort.TEKST, wat)

    def _gevuld(self, wat: str) -> str:
        """``{oudercode}`` is a start code, ``{Karim, Koffie}`` the number of his invitation."""

        def vul(m: re.Match[str]) -> str:
            naam, komma, titel = m[1].partition(", ")
            if komma:
                return str(self.speler.uitnodiging(self.speler.persoon(naam), titel))
            return self.speler.code(naam) if self.speler.is_code(naam) else m[0]

        return re.sub(r"\{([^{}]+)\}", vul, wat)

    # What follows

    def _toon(self, gezegd: Iterable[Gezegd], wie: Persoon | None = None) -> list[str]:
        return [regel for g in gezegd for regel in self._ballon(g, wie)]

    @staticmethod
    def _ballon(g: Gezegd, wie: Persoon | None) -> list[str]:
        aan = "" if g.aan is wie else f" → {g.aan.naam}"
        kop = f"Bot{aan}{' verandert' if g.ballon.veranderd else ''}: "
        regels = [*zichtbaar(g.ballon.tekst).split("\n")]
        if g.ballon.media:
            regels.append("(spraakbericht, meegestuurd)" if g.ballon.media == "mee" else "(spraakbericht)")
        if g.ballon.foto:
            regels.append("(foto)")
        if g.ballon.bestand:
            regels.append(f"(bestand: {g.ballon.bestand})")
        if g.ballon.knoppen:
            regels.append(" ".join(f"[{zichtbaar(label)}]" for label in g.ballon.labels))
        return [kop + regels[0], *(INSPRINGEN + regel for regel in regels[1:])]

    def _bewaard(self, naam: str) -> list[str]:
        nummer = self.speler.ouder_id(self.speler.persoon(naam))
        if nummer is None:
            return ["niets"]
        wie = self.speler.rijen(sa.select(ouder).where(ouder.c.id == nummer))[0]
        ja = self.speler.rijen(sa.select(toestemming).where(toestemming.c.ouder_id == nummer))
        taal = f"{wie.taal} ({wie.tweede_taal})" if wie.tweede_taal else wie.taal
        delen = [wie.naam or "zonder naam", wie.rol or "zonder rol", taal, wie.vorm]
        delen += [wie.dagdelen or "geen dagdelen", "met tips" if wie.tips else "zonder tips"]
        delen += ["gestopt"] if wie.gestopt_op else ["pauze"] if wie.pauze_tot else []
        delen += [] if wie.aankondiging == 14 else [f"{wie.aankondiging} dagen vooraf"]
        delen += [] if len(ja) == 1 else [f"{len(ja)} keer toestemming"]
        return [
            ", ".join(delen),
            *self._per_uitnodiging(nummer),
            *self._tips(wie),
            *self._vragen(nummer),
            *self._spraak(nummer),
        ]

    def _per_uitnodiging(self, nummer: int) -> Iterator[str]:
        rijen = self.speler.rijen(
            sa.select(uitnodiging.c.id, activiteit.c.titel)
            .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
            .where(uitnodiging.c.ouder_id == nummer)
            .order_by(uitnodiging.c.id)
        )
        for rij in rijen:
            feiten = [*self._antwoord(rij.id), *self._reden(rij.id), *self._daarna(rij.id)]
            yield f"{rij.titel}: {', '.join(feiten)}"

    def _antwoord(self, over: int) -> Iterator[str]:
        huidig = self._van(aanmelding_huidig, over)
        if not huidig:
            yield "geen antwoord"
        for a in huidig:
            keren = len(self._van(aanmelding, over))
            yield a.antwoord + (f" met {a.aantal}" if a.aantal else "") + (f" (antwoord {keren})" if keren > 1 else "")

    def _reden(self, over: int) -> Iterator[str]:
        for r in self._van(afmeldreden_huidig, over):
            staat = {a.id for a in self._van(aanmelding_huidig, over)} <= {r.aanmelding_id}
            woorden = f" «{kort(r.toelichting)}»" if r.toelichting else " gesproken" if r.media else ""
            yield f"{'reden' if staat else 'eerder'} {r.code or 'zonder code'}{woorden}"

    def _daarna(self, over: int) -> Iterator[str]:
        yield from (f"taak {t.soort}{self._van_wie(t)}" for t in self._van(taak, over))
        yield from (f"terugvraag {b.uitkomst}" for b in self._van(begrip, over))
        yield from (f"{p.staat} volgens {p.bron}" for p in self._van(presentie_huidig, over))
        for w in self._van(waardering, over):
            yield f"vond het {w.score or '?'}" + (f" «{kort(w.tekst)}»" if w.tekst else " gesproken" if w.media else "")

    def _van_wie(self, t: Any) -> str:
        namen = self.speler.rijen(sa.select(medewerker.c.naam).where(medewerker.c.id == t.eigenaar))
        return (f" van {namen[0].naam}" if namen else "") + (" klaar" if t.klaar else "")

    def _van(self, tabel: sa.Table, over: int) -> list[Any]:
        return self.speler.rijen(sa.select(tabel).where(tabel.c.uitnodiging_id == over).order_by(tabel.c.id))

    def _tips(self, wie: Any) -> Iterator[str]:
        rijen = self.speler.rijen(
            sa.select(tip_gegeven).where(tip_gegeven.c.ouder_id == wie.id).order_by(tip_gegeven.c.id)
        )
        for t in rijen:
            feiten = [
                t.uitkomst or "geen antwoord",
                *filter(None, [t.gezicht]),
                *(["op de groep"] if t.verteld else []),
            ]
            yield f"tip {t.tip}: {', '.join(feiten)}"
        if wie.tip_stap > 1:
            yield f"stap {wie.tip_stap} van de tips"

    def _vragen(self, nummer: int) -> Iterator[str]:
        for v in self.speler.rijen(sa.select(vraag).where(vraag.c.ouder_id == nummer).order_by(vraag.c.id)):
            woorden = f" «{kort(v.tekst)}»" if v.tekst else " gesproken" if v.media else ""
            yield f"{v.soort}{woorden}, {'beantwoord' if v.beantwoord else 'open'}"

    def _spraak(self, nummer: int) -> Iterator[str]:
        van = sa.select(gesprek.c.id).where(gesprek.c.ouder_id == nummer)
        for n in self.speler.rijen(sa.select(spraaknota).where(spraaknota.c.gesprek_id.in_(van)).order_by("id")):
            yield f"spraakbericht {n.status}{f' ({n.fout})' if n.fout else ''}{', uitgeschreven' if n.tekst else ''}"


def kort(tekst: str) -> str:
    """The beginning, on one line."""
    return tekst[:60].replace("\n", "⏎")


def zichtbaar(tekst: str) -> str:
    """A text in which what one cannot see can be seen; isolates around names (only right-to-left) are left
    out, and so is what differs every time in a link."""
    tekst = _GEHEIM.sub(r"\1…", tekst)
    return _ONZICHTBAAR.sub(lambda m: f"‹{ord(m[0]):04X}›", _ISOLEER.sub("", tekst))
