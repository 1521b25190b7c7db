"""``inloop teksten uit`` and ``in``: a person checks a language in a spreadsheet, without a program of translators.

What comes back is looked through as a whole: with one fault nothing is written. The Dutch stands beside it, and must
still be the Dutch of now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from bot.controleren import labels, tekstfouten
from bot.rekenblad import Rij, heel_gemaakt
from dialogen.begrijpen import vouw
from dialogen.teksten import BRON, Blok, blokken, catalogus, talen
from dialogen.teksten.meervoud import aantal_vormen, vorm

KOLOMMEN = ("sleutel", "vorm", "bij", "Nederlands", "vertaling", "nagekeken", "opmerking")
"""``vorm`` counts from 0 in a text that goes by a number, and ``bij`` gives some of those numbers."""
MEEST = 500
"""The longest note, in characters."""
_JA, _NEE = (
    frozenset({"ja", "yes", "j", "x", "1", "waar", "true"}),
    frozenset({"", "nee", "no", "n", "0", "onwaar", "false"}),
)


def pad_van(taal: str) -> Path:
    """Where the catalogue of a language stands."""
    return Path(str(resources.files("dialogen.teksten").joinpath(f"{taal}.po")))


def kop(taal: str) -> tuple[str, ...]:
    """The columns of this language's sheet; the name of the fifth says which language it is."""
    return tuple(f"vertaling ({taal})" if k == "vertaling" else k for k in KOLOMMEN)


def rijen(taal: str) -> Iterator[tuple[str, ...]]:
    """A row per text, of one that counts a row per form, in the order of the Dutch catalogue."""
    eigen, noten = catalogus(taal), _opmerkingen(pad_van(taal).read_text("utf-8"))
    for sleutel, bron in catalogus(BRON).items():
        blok = eigen.get(sleutel, Blok(sleutel, ("",) * _aantal(taal, bron), bron.telt, "machine"))
        for nummer, tekst in enumerate(blok.vormen):
            nagekeken = "ja" if blok.merk == "checked" else "nee"
            plaats = (str(nummer), _bij(taal, nummer)) if bron.telt else ("", "")
            yield (sleutel, *plaats, _nederlands(bron, taal, nummer), tekst, nagekeken, noten.get(sleutel, ""))


def _aantal(taal: str, bron: Blok) -> int:
    return aantal_vormen(taal) if bron.telt else 1


def _getallen(taal: str, nummer: int) -> list[int]:
    return [n for n in range(201) if vorm(taal, n) == nummer]


def _bij(taal: str, nummer: int) -> str:
    getallen = _getallen(taal, nummer)
    return ", ".join(map(str, getallen[:5])) + (" …" if len(getallen) > 5 else "")


def _nederlands(bron: Blok, taal: str, nummer: int) -> str:
    """The Dutch for a number that has this form in the other language."""
    if not bron.telt:
        return bron.vormen[0]
    getallen = _getallen(taal, nummer)
    return bron.vormen[vorm(BRON, getallen[0] if getallen else 0)]


@dataclass(slots=True)
class Uitslag:
    """What a sheet leads to: ``fouten`` (then nothing is written), or the new entries with their notes."""

    taal: str
    fouten: list[str] = field(default_factory=list)
    nieuw: dict[str, tuple[Blok, str]] = field(default_factory=dict)
    niet_in_blad: int = 0

    @property
    def nagekeken(self) -> int:
        """How many of the texts in the sheet a person has checked."""
        return sum(blok.merk == "checked" for blok, _ in self.nieuw.values())


def lees(blad: Iterable[Rij]) -> Uitslag:
    """Look a sheet through. Raises ``ValueError`` when it is no sheet of texts."""
    rij = iter(blad)
    taal, plaats = _lees_kop(next(rij, (1, [])))
    uitslag = Uitslag(taal)
    per_sleutel: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    for nummer, cellen in rij:
        waarden = {k: cellen[i] if i < len(cellen) else "" for k, i in plaats.items()}
        if any(cel.strip() for cel in cellen):
            per_sleutel.setdefault(heel_gemaakt(waarden["sleutel"]).strip(), []).append((nummer, waarden))
    bron, lang = catalogus(BRON), labels()
    for sleutel, regels in per_sleutel.items():
        uitslag.fouten += _neem(uitslag, sleutel, regels, bron, lang.get(sleutel))
    uitslag.niet_in_blad = len(bron.keys() - per_sleutel.keys())
    uitslag.fouten.sort(key=lambda fout: int(fout.split(":")[0].removeprefix("rij ")))
    return uitslag


def _lees_kop(eerste: Rij) -> tuple[str, Mapping[str, int]]:
    namen = [cel.strip() for cel in eerste[1]]
    talen_ = [m[1] for naam in namen if (m := re.fullmatch(r"vertaling \((\w+)\)", naam))]
    plaats = {k: i for i, naam in enumerate(namen) for k in KOLOMMEN if naam.partition(" (")[0] == k}
    mist = [k for k in KOLOMMEN if k not in plaats]
    if mist or len(talen_) != 1:
        raise ValueError(f"dit is geen blad met teksten: {', '.join(mist) or 'de taal'} staat niet in de eerste rij")
    if talen_[0] not in talen():
        raise ValueError(f"de taal {talen_[0]!r} is er niet; kies {', '.join(talen())}")
    return talen_[0], plaats


Regels = Sequence[tuple[int, Mapping[str, str]]]
"""The rows of one text: their numbers and what stands in each column."""


def _neem(uitslag: Uitslag, sleutel: str, regels: Regels, bron: Mapping[str, Blok], label: int | None) -> Iterator[str]:
    """The faults in the rows of one text; without one it is taken over."""
    eerste, taal = regels[0][0], uitslag.taal
    if sleutel not in bron:
        yield f"rij {eerste}: {sleutel!r} is er in het Nederlands niet"
        return
    nodig = _aantal(taal, bron[sleutel])
    per_vorm = {heel_gemaakt(w["vorm"]).strip() or "0": (nr, w) for nr, w in regels}
    if len(regels) != nodig or per_vorm.keys() != set(map(str, range(nodig))):
        yield f"rij {eerste}: {sleutel!r} hoort {nodig} rij(en) te hebben, vorm 0 tot en met {nodig - 1}"
        return
    vormen = [per_vorm[str(n)] for n in range(nodig)]
    ja = all(vouw(w["nagekeken"]) in _JA for _, w in vormen)
    teksten = tuple(_tekst(w["vertaling"]) for _, w in vormen)
    blok = Blok(sleutel, teksten, bron[sleutel].telt, "checked" if ja else "machine")
    fouten = [f for n, (nr, w) in enumerate(vormen) for f in _rijfouten(nr, w, _nederlands(bron[sleutel], taal, n))]
    fouten = fouten or [f"rij {eerste}: {fout}" for fout in tekstfouten(taal, blok, bron, label)]
    yield from fouten
    if not fouten:
        opmerking = " ".join(heel_gemaakt(regels[0][1]["opmerking"]).split())[:MEEST]
        uitslag.nieuw[sleutel] = (blok, opmerking)


def _rijfouten(nummer: int, rij: Mapping[str, str], nederlands: str) -> Iterator[str]:
    if _tekst(rij["Nederlands"]) != nederlands:
        yield f"rij {nummer}: het Nederlands is nu anders; haal een nieuw blad met: inloop teksten uit"
    if not _tekst(rij["vertaling"]):
        yield f"rij {nummer}: de vertaling is leeg"
    if vouw(rij["nagekeken"]) not in _JA | _NEE:
        yield f"rij {nummer}: bij nagekeken staat {rij['nagekeken'][:20]!r}; schrijf ja of nee"


def _tekst(cel: str) -> str:
    """A cell as it was meant: line ends of one kind, no control characters, nothing at the ends."""
    regels = heel_gemaakt(cel).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in regels if c == "\n" or c >= " ").strip(" \n")


def bewaar(uitslag: Uitslag) -> int:
    """Write the catalogue with what is new; how many entries changed. Raises ``OSError``."""
    pad = pad_van(uitslag.taal)
    oud = pad.read_text("utf-8")
    noten = _opmerkingen(oud)
    nu = {blok.sleutel: (blok, noten.get(blok.sleutel, "")) for blok in blokken(oud)}
    anders = {sleutel: wat for sleutel, wat in uitslag.nieuw.items() if nu.get(sleutel) != wat}
    if anders:
        tijdelijk = pad.with_suffix(".nieuw")
        tijdelijk.write_text("\n\n".join(_vervangen(oud, anders)) + "\n", "utf-8")
        tijdelijk.replace(pad)
    return len(anders)


def _vervangen(oud: str, anders: Mapping[str, tuple[Blok, str]]) -> Iterator[str]:
    over = dict(anders)
    for deel in re.split(r"\n\s*\n", oud.rstrip("\n")):
        wat = over.pop(_sleutel(deel), None)
        yield als_po(*wat) if wat else deel
    yield from (als_po(*wat) for wat in over.values())


def _sleutel(deel: str) -> str:
    gevonden = re.search(r'^msgid (".+")$', deel, re.MULTILINE)
    return str(json.loads(gevonden[1])) if gevonden else ""


def _opmerkingen(inhoud: str) -> dict[str, str]:
    """Key → the note of a translator, which is a line after ``#`` and a blank."""
    delen = re.split(r"\n\s*\n", inhoud)
    noten = {_sleutel(d): " ".join(re.findall(r"^# (.+)$", d, re.MULTILINE)) for d in delen}
    return {sleutel: noot for sleutel, noot in noten.items() if sleutel and noot}


def als_po(blok: Blok, opmerking: str = "") -> str:
    """An entry as it stands in a catalogue."""
    regels = [f"# {opmerking}"] if opmerking else []
    regels += [f"#. {blok.merk}", f"msgid {_citaat(blok.sleutel)}"]
    if not blok.telt:
        return "\n".join([*regels, _veld("msgstr", blok.vormen[0])])
    regels.append(f'msgid_plural "{{{blok.telt}}}"')
    return "\n".join(regels + [_veld(f"msgstr[{n}]", tekst) for n, tekst in enumerate(blok.vormen)])


def _veld(naam: str, tekst: str) -> str:
    """A text of more lines stands on more lines."""
    if "\n" not in tekst:
        return f"{naam} {_citaat(tekst)}"
    return "\n".join([f'{naam} ""', *map(_citaat, tekst.splitlines(keepends=True))])


def _citaat(tekst: str) -> str:
    return json.dumps(tekst, ensure_ascii=False)
