"""The list of the administration, read: CSV or XLSX in the shapes that programs give it → families, or why not.

Of a person only what is needed is taken: a first name, a role and a language. Columns with a surname, a day of birth,
an address or a citizen number are not looked at, and said to be left out.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.rekenblad import Rij, is_xlsx, lees_inhoud
from dialogen.begrijpen import schoon
from dialogen.taalnamen import gevraagd
from dialogen.teksten import TALEN
from dialogen.wanneer import MAANDEN
from opslag.inschrijven import Fout, Inschrijving, Lijst, Verzorger

MEEST = 50_000
"""Rows: more than any location has."""
INGEPAKT = 40_000_000
"""Bytes of a list once it is unpacked again."""

# In order: of two columns that mean the same, the first is meant.
_KOLOMMEN: Mapping[str, tuple[str, ...]] = {
    "kenmerk": (
        "kenmerk", "gezinskenmerk", "gezinsnummer", "gezinnummer", "gezinsnr", "gezinid", "gezinsid", "relatienummer",
        "klantnummer", "klantnr", "debiteurnummer", "dossiernummer", "gezin", "nummer", "nr", "id",
    ),
    "ingeschreven": (
        "ingeschreven", "ingeschrevenop", "ingeschrevenvanaf", "inschrijfdatum", "datuminschrijving", "startdatum",
        "begindatum", "ingangsdatum", "plaatsingsdatum", "datumplaatsing", "start", "begin", "vanaf",
    ),
    "uitgeschreven": (
        "uitgeschreven", "uitgeschrevenop", "uitgeschrevenvanaf", "uitschrijfdatum", "datumuitschrijving", "einddatum",
        "stopdatum", "eind", "einde", "tot",
    ),
    "groep": ("groep", "groepen", "groepsnaam", "stamgroep", "basisgroep", "klas", "klassen"),
}  # fmt: skip
_VELD = re.compile(r"(?P<wat>roepnaam|voornaam|naam|rol|relatie|taal|thuistaal|voorkeurstaal)?"
                   r"(?:verzorger|ouder|contact)?(?:van)?(?P<wie>vader|moeder|[12])?")  # fmt: skip
_WAT = {"roepnaam": "roepnaam", "voornaam": "roepnaam", "rol": "rol", "relatie": "rol"}
_ROLLEN = {
    "vader": "vader", "papa": "vader", "pa": "vader", "moeder": "moeder", "mama": "moeder", "ma": "moeder",
}  # fmt: skip
_FORMULE = re.compile(r"^[=@|%\t]|^[+-](?!\d)")
_SERIE = re.compile(r"\d{5}(?:\.0+)?")
_DAG = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})")
_UUR = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d)?(\.\d+)?Z?$")
_KORT = {3: "mrt", 9: "sept?"}
_EXCEL = date(1899, 12, 30)
"""Day 0 of Excel's own count, from March 1900 on."""


@dataclass(slots=True)
class _Kop:
    """Which column holds what: its place, groups and caregivers more than once."""

    plaats: dict[str, int] = field(default_factory=dict)
    groepen: list[int] = field(default_factory=list)
    wie: dict[str, dict[str, int]] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)


def lees(inhoud: bytes, vandaag: date) -> Lijst:
    """The list in a file. Raises ``ValueError`` for a file that is no such list; a bad row is a ``Fout`` in it."""
    rijen = (rij for rij in lees_inhoud(inhoud, andere=True) if any(cel.strip() for cel in rij[1]))
    _, eerste = next(rijen, (0, []))
    kop = _lees_kop(eerste)
    for nodig in ("kenmerk", "ingeschreven"):
        if nodig not in kop.plaats:
            gezien = ", ".join(c.strip()[:30] for c in eerste[:12]) or "niets"
            raise ValueError(f"er is geen kolom “{nodig}”; op de eerste regel staat: {gezien}")
    alle = _tot(rijen)
    lezer = _Lezer(kop, is_xlsx(inhoud), vandaag, _amerikaans(kop, alle))
    for regel, cellen in alle:
        lezer.neem(regel, cellen)
    return lezer.lijst()


def _tot(rijen: Iterator[Rij]) -> list[Rij]:
    alle = []
    for rij in rijen:
        alle.append(rij)
        if len(alle) > MEEST:
            raise ValueError(f"de lijst is te lang; meer dan {MEEST} regels lezen wij niet")
    return alle


def _plat(tekst: str) -> str:
    kaal = unicodedata.normalize("NFD", tekst.casefold())
    return re.sub(r"[^a-z0-9]", "", kaal)


def _lees_kop(cellen: Sequence[str]) -> _Kop:
    kop, plat = _Kop(), [_plat(c) for c in cellen]
    for veld, namen in _KOLOMMEN.items():
        gevonden = [plat.index(naam) for naam in namen if naam in plat]
        if gevonden and veld != "groep":
            kop.plaats[veld] = gevonden[0]
    for nummer, naam in enumerate(plat):
        if re.sub(r"\d$", "", naam) in _KOLOMMEN["groep"]:
            kop.groepen.append(nummer)
        elif nummer not in kop.plaats.values() and not _van_verzorger(kop, nummer, naam) and naam:
            kop.over.append(" ".join(cellen[nummer].split())[:40])
    return kop


def _van_verzorger(kop: _Kop, nummer: int, naam: str) -> bool:
    past = _VELD.fullmatch(naam)
    if past is None or not naam:
        return False
    wat, wie = past["wat"] or ("naam" if naam[-1:] not in "12" or past["wie"] is None else ""), past["wie"] or ""
    soort = _WAT.get(wat, "taal" if wat.endswith("taal") else "naam")
    kop.wie.setdefault(wie, {}).setdefault(soort, nummer)
    return True


def _amerikaans(kop: _Kop, rijen: Iterable[Rij]) -> frozenset[int]:
    """The columns in which some date with slashes only reads month first: there 3/4 may be two days."""
    plekken = [kop.plaats[v] for v in ("ingeschreven", "uitgeschreven") if v in kop.plaats]
    fout = set()
    for _, cellen in rijen:
        for plek in plekken:
            past = _DAG.match(cellen[plek].strip()) if plek < len(cellen) else None
            if past and past[2] == "/" and int(past[3]) > 12 >= int(past[1]):
                fout.add(plek)
    return frozenset(fout)


class _Onleesbaar(ValueError):
    """A cell that cannot be; the text says why."""


@dataclass(slots=True)
class _Lezer:
    kop: _Kop
    xlsx: bool
    vandaag: date
    amerikaans: frozenset[int]
    per: dict[str, Inschrijving] = field(default_factory=dict)
    fouten: list[Fout] = field(default_factory=list)
    stuk: set[str] = field(default_factory=set)
    gezien: dict[tuple[str, ...], int] = field(default_factory=dict)
    dubbel: list[int] = field(default_factory=list)
    taal_onbekend: list[int] = field(default_factory=list)

    def neem(self, regel: int, cellen: Sequence[str]) -> None:
        """One row: a family, one more child or caregiver of it, or why it cannot be read."""
        kenmerk = self._cel(cellen, self.kop.plaats["kenmerk"])
        try:
            nieuw = self._rij(regel, kenmerk, cellen)
        except _Onleesbaar as fout:
            self.fouten.append(Fout(regel, str(fout), kenmerk))
            self.stuk.add(kenmerk)
            return
        zelfde = tuple(c.strip() for c in cellen)
        if zelfde in self.gezien:
            self.dubbel.append(regel)
        self.gezien.setdefault(zelfde, regel)
        al = self.per.get(kenmerk)
        self.per[kenmerk] = _samen(al, nieuw) if al else nieuw

    def lijst(self) -> Lijst:
        """What was read. A family of which one row is bad is left alone as a whole: half of it would be wrong."""
        if _zijn_bsn(self.per):
            raise ValueError("de nummers lijken BSN's; die mogen hier niet in. Gebruik een eigen nummer van het gezin")
        goed = tuple(g for k, g in self.per.items() if k not in self.stuk)
        samen = [
            Fout(g.regels[0], "een andere regel van dit gezin klopt niet", k)
            for k, g in self.per.items()
            if k in self.stuk
        ]
        einde = "uitgeschreven" in self.kop.plaats
        return Lijst(goed, (*self.fouten, *samen), tuple(self._meldingen()), einde)

    def _meldingen(self) -> Iterator[str]:
        if self.kop.over:
            yield f"Niet gelezen en niet bewaard: {', '.join(self.kop.over[:20])}."
        if self.dubbel:
            yield f"Dubbele regels tellen één keer: {_regels(self.dubbel)}."
        if self.taal_onbekend:
            yield f"Deze taal kennen wij niet, het wordt Nederlands: {_regels(self.taal_onbekend)}."
        if any("naam" in velden and "roepnaam" not in velden for velden in self.kop.wie.values()):
            yield "Van een naam bewaren wij alleen het eerste woord, geen achternaam."

    def _cel(self, cellen: Sequence[str], plek: int) -> str:
        return " ".join(schoon(cellen[plek]).split()) if plek < len(cellen) else ""

    def _rij(self, regel: int, kenmerk: str, cellen: Sequence[str]) -> Inschrijving:
        if not kenmerk:
            raise _Onleesbaar("er staat geen nummer van het gezin")
        if len(kenmerk) > 60:
            raise _Onleesbaar("het nummer van het gezin is te lang")
        _geen_formule(kenmerk)
        van = self._dag(cellen, "ingeschreven")
        tot = self._dag(cellen, "uitgeschreven")
        if van is None:
            raise _Onleesbaar("er staat geen dag van inschrijven")
        if tot is not None and tot < van:
            raise _Onleesbaar(f"uitgeschreven ({tot:%d-%m-%Y}) is voor ingeschreven ({van:%d-%m-%Y})")
        groepen = self._groepen(cellen) if self.kop.groepen else None
        return Inschrijving((regel,), kenmerk, van, tot, groepen, tuple(self._verzorgers(regel, cellen)))

    def _dag(self, cellen: Sequence[str], veld: str) -> date | None:
        plek = self.kop.plaats.get(veld)
        tekst = self._cel(cellen, plek) if plek is not None else ""
        if plek is None or not tekst:
            return None
        dag = lees_dag(tekst, serie=self.xlsx, amerikaans=plek in self.amerikaans)
        if not dag.year >= 2000 or dag > self.vandaag + timedelta(days=1100):
            raise _Onleesbaar(f"“{tekst[:20]}” ligt te ver weg")
        return dag

    def _groepen(self, cellen: Sequence[str]) -> tuple[str, ...]:
        namen = [n.strip() for plek in self.kop.groepen for n in re.split(r"[;,+\n]", self._cel(cellen, plek))]
        for naam in namen:
            _geen_formule(naam)
        return tuple(dict.fromkeys(n for n in namen if n))

    def _verzorgers(self, regel: int, cellen: Sequence[str]) -> Iterator[Verzorger]:
        van_allen = self.kop.wie.get("", {}).get("taal")  # a language at home, of no one in particular
        samen = self._taal(regel, self._cel(cellen, van_allen)) if van_allen is not None else ""
        for wie, velden in self.kop.wie.items():
            tekst = {soort: self._cel(cellen, plek) for soort, plek in velden.items()}
            for cel in tekst.values():
                _geen_formule(cel)
            naam = tekst.get("roepnaam") or _eerste_woord(tekst.get("naam", ""))
            rol = wie if wie in _ROLLEN else _rol(tekst.get("rol", ""))
            taal = self._taal(regel, tekst.get("taal", "")) or samen
            if naam or (rol and wie not in _ROLLEN):
                yield Verzorger(naam[:100], rol, taal)

    def _taal(self, regel: int, tekst: str) -> str:
        if not tekst:
            return ""
        code = tekst.casefold() if tekst.casefold() in TALEN else gevraagd(tekst) or ""
        if code not in TALEN:
            self.taal_onbekend += [regel] if regel not in self.taal_onbekend[-1:] else []
            return ""
        return code


def _geen_formule(tekst: str) -> None:
    if _FORMULE.match(tekst):
        raise _Onleesbaar("er staat een formule in")


def _eerste_woord(naam: str) -> str:
    """Of a full name the first name only: "Yılmaz, Fatma" and "Fatma Yılmaz" are both Fatma."""
    return next(iter(naam.partition(",")[2].split() or naam.split()), "").strip(",")


def _rol(tekst: str) -> str:
    return _ROLLEN.get(tekst.casefold(), "ander") if tekst else ""


def _samen(al: Inschrijving, nieuw: Inschrijving) -> Inschrijving:
    """Two rows of one family, of two children or two caregivers: from the first day to the last, in all groups."""
    einde = None if None in (al.uitgeschreven, nieuw.uitgeschreven) else max(
        d for d in (al.uitgeschreven, nieuw.uitgeschreven) if d
    )  # fmt: skip
    groepen = None if al.groepen is None else tuple(dict.fromkeys([*al.groepen, *(nieuw.groepen or ())]))
    return Inschrijving(
        (*al.regels, *nieuw.regels),
        al.kenmerk,
        min(al.ingeschreven, nieuw.ingeschreven),
        einde,
        groepen,
        tuple(dict.fromkeys([*al.verzorgers, *nieuw.verzorgers])),
    )


def _regels(nummers: Sequence[int]) -> str:
    meer = f" en {len(nummers) - 10} meer" if len(nummers) > 10 else ""
    return f"regel {', '.join(map(str, nummers[:10]))}{meer}"


def _zijn_bsn(kenmerken: Iterable[str]) -> bool:
    """Whether these are citizen numbers: nine digits that all pass the test of eleven. By chance one in eleven does."""
    alle = list(kenmerken)
    return len(alle) >= 3 and all(_elfproef(k) for k in alle)


def _elfproef(kenmerk: str) -> bool:
    if not re.fullmatch(r"\d{9}", kenmerk) or not int(kenmerk):
        return False
    return (sum(int(c) * (9 - n) for n, c in enumerate(kenmerk[:8])) - int(kenmerk[8])) % 11 == 0


def lees_dag(tekst: str, *, serie: bool = False, amerikaans: bool = False) -> date:
    """A day as programs write it: 31-12-2026, 2026-12-31, 31 december 2026; ``serie``: also Excel's count of days.

    ``amerikaans``: the column has dates that only make sense month first, so a day of 12 or less may be two days.
    Raises ``ValueError`` that says why.
    """
    kaal = _UUR.sub("", tekst.strip())
    if serie and _SERIE.fullmatch(kaal):
        return _EXCEL + timedelta(days=int(float(kaal)))
    for lang, naam in enumerate(MAANDEN, 1):
        kaal = re.sub(rf"[ -]+(?:{naam}|{_KORT.get(lang, naam[:3])})\.?[ -]+", f"-{lang}-", kaal, flags=re.IGNORECASE)
    if past := _ISO.fullmatch(kaal):
        return _maak_dag(tekst, int(past[1]), int(past[3]), int(past[4]))
    if not (past := _DAG.fullmatch(kaal)):
        raise _Onleesbaar(f"“{tekst[:20]}” is geen dag; schrijf bijvoorbeeld 31-12-2026")
    dag, maand, jaar = int(past[1]), int(past[3]), int(past[4])
    if maand > 12 >= dag:
        raise _Onleesbaar(f"“{tekst[:20]}”: maand {maand} bestaat niet; dag en maand lijken omgewisseld")
    if amerikaans and past[2] == "/" and dag <= 12 and dag != maand:
        raise _Onleesbaar(f"“{tekst[:20]}” kan twee dagen zijn: elders in de kolom staat de maand eerst")
    return _maak_dag(tekst, jaar, maand, dag)


def _maak_dag(tekst: str, jaar: int, maand: int, dag: int) -> date:
    try:
        return date(jaar, maand, dag)
    except ValueError:
        raise _Onleesbaar(f"“{tekst[:20]}” bestaat niet") from None


# Between the page that shows and the press that confirms


def pak_in(lijst: Lijst) -> str:
    """The families of a list as text for a form: what was read waits with the person who looks, not with us."""
    rij = [
        [g.regels, g.kenmerk, g.ingeschreven.isoformat(), g.uitgeschreven.isoformat() if g.uitgeschreven else "",
         g.groepen, [[o.naam, o.rol, o.taal] for o in g.verzorgers]]
        for g in lijst.gezinnen
    ]  # fmt: skip
    fouten = [[f.regel, f.waarom, f.kenmerk] for f in lijst.fouten]
    tekst = json.dumps([rij, fouten, lijst.met_einde], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(tekst.encode())).decode()


def pak_uit(tekst: str) -> Lijst:
    """The same list again, without its notices. Raises ``ValueError`` for anything else."""
    try:
        lezer = zlib.decompressobj()
        inhoud = lezer.decompress(base64.b64decode(tekst, validate=True), INGEPAKT)
        if lezer.unconsumed_tail or not lezer.eof:
            raise ValueError("dit is geen lijst")
        rij, fouten, einde = json.loads(inhoud)
        return Lijst(tuple(_uit(g) for g in rij), tuple(Fout(*f) for f in fouten), (), bool(einde))
    except (zlib.error, binascii.Error, TypeError, ValueError):
        raise ValueError("dit is geen lijst") from None


def _uit(g: Sequence[object]) -> Inschrijving:
    regels, kenmerk, van, tot, groepen, wie = g
    if not isinstance(regels, list) or not isinstance(wie, list):
        raise TypeError
    return Inschrijving(
        tuple(regels), str(kenmerk), date.fromisoformat(str(van)), date.fromisoformat(str(tot)) if tot else None,
        tuple(groepen) if isinstance(groepen, list) else None, tuple(Verzorger(*o) for o in wie),
    )  # fmt: skip
