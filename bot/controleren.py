"""``inloop controleer``: flows, catalogues, labels and spoken twins, one line per fault. Flows check themselves."""

from __future__ import annotations

import string
from collections.abc import Iterator

from dialogen.flows import FLOWS
from dialogen.stappen import LABEL, keuzes_van
from dialogen.teksten import TALEN, eenheden, talen, woorden


def _labels() -> dict[str, int]:
    """Every key that is a button's label, with the units it may have (one that can be put on gets a mark)."""
    labels: dict[str, int] = {}
    for flow in FLOWS.values():
        for stap in flow.stappen:
            for keuze in keuzes_van(stap):
                sleutel = flow.label(stap, keuze)
                labels[sleutel] = min(labels.get(sleutel, LABEL), LABEL - 2 * keuze.aanzetten)
    return labels


def _velden(tekst: str) -> frozenset[str]:
    return frozenset(naam for _, naam, _, _ in string.Formatter().parse(tekst) if naam)


def fouten() -> Iterator[str]:
    """What is wrong: a missing or broken placeholder, a key that is not there, a label too long for a button."""
    bron, labels = woorden("nl"), _labels()
    for taal in talen():
        catalogus = woorden(taal)
        for sleutel, tekst in catalogus.items():
            if sleutel not in bron:
                yield f"{taal}: {sleutel!r} is er in het Nederlands niet"
                continue
            yield from _tekstfouten(taal, sleutel, tekst, bron[sleutel], labels.get(sleutel))


def _tekstfouten(taal: str, sleutel: str, tekst: str, bron: str, label: int | None) -> Iterator[str]:
    try:
        velden = _velden(tekst)
    except ValueError as fout:
        yield f"{taal}: {sleutel!r} heeft een kapotte accolade ({fout})"
        return
    if velden != _velden(bron):
        yield f"{taal}: {sleutel!r} heeft {sorted(velden)}, het Nederlands {sorted(_velden(bron))}"
    if label is not None and eenheden(tekst) > label:
        yield f"{taal}: label {sleutel!r} is {eenheden(tekst)} UTF-16-eenheden, hooguit {label}: {tekst}"


def dekking() -> Iterator[str]:
    """How much of the words each language has."""
    bron = woorden("nl")
    for taal, naam in ((taal, TALEN[taal]) for taal in talen()):
        aantal = sum(sleutel in bron for sleutel in woorden(taal))
        yield f"{taal:4} {aantal:4} van {len(bron)} teksten  {naam}"
