"""A ``Bericht`` and an ``Invoer`` as they lie in the boxes: short JSON, moments as ISO in UTC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dialogen.basis import Bericht, Gegeven, Invoer, Knop, Soort, Tekst

als_json = json.JSONEncoder(ensure_ascii=False).encode
"""A value as JSON text, letters of every script as they are."""
lees_json = json.JSONDecoder().decode
"""JSON text as a value. Raises ``ValueError`` for anything else."""
VLUCHTIG = '{"v": true'
"""How a message begins of which no copy may stay once it is sent."""


def invoer_json(invoer: Invoer) -> str:
    """An ``Invoer`` as text of the inbox."""
    meer = [invoer.gehoord, invoer.onder, *invoer.labels] if invoer.gehoord or invoer.onder else []
    return als_json([invoer.soort, invoer.waarde, invoer.naam, invoer.bericht, *meer])


def lees_invoer(inhoud: str) -> Invoer:
    """The ``Invoer`` of an inbox row. Raises ``ValueError`` for anything else."""
    soort, waarde, naam, bericht, *meer = lees_json(inhoud)
    gehoord, onder, *labels = meer or ("", "")
    return Invoer(Soort(soort), waarde, naam, bericht, gehoord, onder, tuple(labels))


def bericht_json(bericht: Bericht) -> str:
    """A ``Bericht`` as text of the outbox; ``vervangt`` stands in a column of its own."""
    vorm = {
        "v": bericht.vluchtig,  # first, so that the outbox can tell by how it begins
        "t": [_tekst(t) for t in bericht.teksten],
        "k": [[k.data, *_tekst(k.label)] for k in bericht.knoppen],
        "b": bericht.beeld,
        "m": bericht.media,
        "f": bericht.bestand,
        "s": bericht.stem,
        "h": bericht.hardop,
        "l": bericht.taal,
        "p": bericht.spreek,
    }
    return als_json({sleutel: waarde for sleutel, waarde in vorm.items() if waarde})


def lees_bericht(inhoud: str) -> Bericht:
    """The ``Bericht`` of an outbox row. Raises ``ValueError`` or ``KeyError`` for anything else."""
    vorm = lees_json(inhoud)
    return Bericht(
        tuple(_lees_tekst(*t) for t in vorm.get("t", ())),
        tuple(Knop(data, _lees_tekst(*label)) for data, *label in vorm.get("k", ())),
        beeld=vorm.get("b", ""),
        media=vorm.get("m", ""),
        bestand=vorm.get("f", ""),
        vluchtig=vorm.get("v", False),
        stem=vorm.get("s", ""),
        hardop=vorm.get("h", False),
        taal=vorm.get("l", ""),
        spreek=vorm.get("p", False),
    )


def _tekst(tekst: Tekst) -> list[Any]:
    if not tekst.gegevens:
        return [tekst.sleutel]
    return [tekst.sleutel, {naam: _gegeven(waarde) for naam, waarde in tekst.gegevens.items()}]


def _gegeven(waarde: Gegeven) -> str | int | list[str]:
    return [waarde.isoformat()] if isinstance(waarde, datetime) else waarde


def _lees_tekst(sleutel: str, gegevens: Mapping[str, Any] | None = None) -> Tekst:
    return Tekst(sleutel, {naam: _lees_gegeven(waarde) for naam, waarde in (gegevens or {}).items()})


def _lees_gegeven(waarde: str | int | list[str]) -> Gegeven:
    return datetime.fromisoformat(waarde[0]) if isinstance(waarde, list) else waarde
