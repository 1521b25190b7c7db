"""``inloop controleer``: flows, catalogues, labels and spoken twins, one line per fault. Flows check themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import gebruik
from bot.diensten.spraak import STEMMEN
from bot.spreken import hardop
from dialogen.flows import FLOWS
from dialogen.hardop import TAAL
from dialogen.stappen import LABEL, keuzes_van
from dialogen.teksten import BRON, TALEN, Blok, catalogus, eenheden, talen, velden_van
from dialogen.teksten.meervoud import aantal_vormen


def labels() -> dict[str, int]:
    """Every key that is a button's label or a row of a list, with the units it may have (one that can be put on gets
    a mark).
    """
    gevonden: dict[str, int] = {}
    vast, patronen = gebruik.rijen()
    for sleutel in catalogus(BRON):
        if sleutel in vast or any(p.fullmatch(sleutel) for p in patronen):
            gevonden[sleutel] = gebruik.RIJ
    for flow in FLOWS.values():
        for stap in flow.stappen:
            for keuze in keuzes_van(stap):
                sleutel = flow.label(stap, keuze)
                gevonden[sleutel] = min(gevonden.get(sleutel, LABEL), LABEL - 2 * keuze.aanzetten)
    return gevonden


def ongezegd() -> Iterator[str]:
    """The keys that nothing says."""
    for sleutel in gebruik.ongebruikt(catalogus(BRON)):
        yield f"{BRON}: {sleutel!r} wordt nergens gezegd; haal de tekst weg"


def fouten() -> Iterator[str]:
    """What is wrong: a key that is not there or that nothing says, a missing or broken placeholder, a missing form or
    mark, a label too long for a button, a text without a spoken twin.
    """
    yield from ongezegd()
    bron, lang = catalogus(BRON), labels()
    for taal in talen():
        eigen = catalogus(taal)
        if taal in STEMMEN:
            yield from (
                f"{taal}: {fout}"
                for blok in eigen.values()
                if not _eigen_naam(blok)
                for fout in zonder_geluid(taal, blok)
            )
        for sleutel in bron.keys() - eigen.keys():
            yield f"{taal}: {sleutel!r} ontbreekt"
        for sleutel, blok in eigen.items():
            yield from (f"{taal}: {fout}" for fout in tekstfouten(taal, blok, bron, lang.get(sleutel)))


def tekstfouten(taal: str, blok: Blok, bron: Mapping[str, Blok], label: int | None) -> Iterator[str]:
    """What is wrong with one text of a language, beside the Dutch."""
    if blok.sleutel not in bron:
        yield f"{blok.sleutel!r} is er in het Nederlands niet"
        return
    if not blok.merk:
        yield f"{blok.sleutel!r} heeft geen merk: #. machine of #. checked"
    yield from _meervoudsfouten(taal, blok, bron[blok.sleutel])
    for vorm in blok.vormen:
        yield from _vormfouten(blok.sleutel, vorm, bron[blok.sleutel], vorm == blok.vormen[-1])
        if label is not None and "{" not in vorm and eenheden(vorm) > label:
            yield f"label {blok.sleutel!r} is {eenheden(vorm)} UTF-16-eenheden, hooguit {label}: {vorm}"


def _eigen_naam(blok: Blok) -> bool:
    """The name of a language in its own script: it is heard in that language (``taal.hoor``)."""
    return blok.sleutel.startswith("taal.") and blok.sleutel != TAAL


def zonder_geluid(taal: str, blok: Blok) -> Iterator[str]:
    """What cannot be heard of a text in a language with a voice: all of it, or what is filled in."""
    for vorm in blok.vormen:
        try:
            velden = velden_van(vorm)
            zegt = hardop(vorm.format_map({veld: f"woord {n}" for n, veld in enumerate(sorted(velden))}), taal)
        except (ValueError, KeyError, IndexError):
            return  # broken, and said so elsewhere
        if not zegt:
            yield f"{blok.sleutel!r} is niet te horen: {vorm}"
        for n, veld in enumerate(sorted(velden)):
            if f"woord {n}" not in zegt:
                yield f"{blok.sleutel!r}: wat in {{{veld}}} komt, is niet te horen"


def _meervoudsfouten(taal: str, blok: Blok, bron: Blok) -> Iterator[str]:
    nodig = aantal_vormen(taal) if bron.telt else 1
    if blok.telt != bron.telt:
        yield f"{blok.sleutel!r} telt {blok.telt or 'niets'}, het Nederlands {bron.telt or 'niets'}"
    elif len(blok.vormen) != nodig:
        yield f"{blok.sleutel!r} heeft {len(blok.vormen)} van de {nodig} vormen voor een aantal"


def _vormfouten(sleutel: str, vorm: str, bron: Blok, algemeen: bool) -> Iterator[str]:
    """A form for one number may leave that number out ("twee ouders")."""
    nodig = frozenset().union(*map(velden_van, bron.vormen))
    try:
        velden = velden_van(vorm)
    except ValueError as fout:
        yield f"{sleutel!r} heeft een kapotte accolade ({fout})"
        return
    mag_weg = set() if algemeen else {bron.telt}
    if velden - nodig or nodig - velden - mag_weg:
        yield f"{sleutel!r} heeft {sorted(velden)}, het Nederlands {sorted(nodig)}"


@dataclass(frozen=True, slots=True)
class Dekking:
    """How much of the words one language has, and how many of them a person has checked."""

    taal: str
    teksten: int
    van: int
    nagekeken: int
    vormen: int


def dekking() -> Iterator[Dekking]:
    """The languages that are written, Dutch first."""
    bron = catalogus(BRON)
    for taal in talen():
        eigen = [blok for sleutel, blok in catalogus(taal).items() if sleutel in bron]
        nagekeken = sum(blok.merk == "checked" for blok in eigen)
        yield Dekking(taal, len(eigen), len(bron), nagekeken, aantal_vormen(taal))


def dekkingsregels() -> Iterator[str]:
    """One line per language."""
    for d in dekking():
        yield f"{d.taal:4} {d.teksten:4} van {d.van} teksten, {d.nagekeken:4} nagekeken  {TALEN[d.taal]}"
