"""The description of the API (OpenAPI 3.1.0), as programs read it; the tests hold every answer against it."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
_TEKST: Schema = {"type": "string"}
_AANTAL: Schema = {"type": "integer", "minimum": 0}
_JA_NEE: Schema = {"type": "boolean"}
_MAAND: Schema = {"type": "string", "pattern": "^20[0-9][0-9]-(0[1-9]|1[0-2])$"}


def _ding(**velden: Schema) -> Schema:
    """An object with exactly these."""
    return {"type": "object", "properties": velden, "required": list(velden), "additionalProperties": False}


def _per(wat: Schema) -> Schema:
    return {"type": "object", "additionalProperties": wat}


def _tellingen(*namen: str) -> dict[str, Schema]:
    return dict.fromkeys(namen, _AANTAL)


_ACTIVITEIT = _ding(
    nummer={"type": "integer", "minimum": 1},
    titel=_TEKST,
    soort=_TEKST,
    doel=_TEKST,
    begin={"type": "string", "format": "date-time", "description": "UTC"},
    dagdeel={"type": "string", "enum": ["ochtend", "middag", "avond", "weekend"]},
    afgelast=_JA_NEE,
    **_tellingen("uitgenodigd", "ja", "misschien", "nee", "wachtlijst", "geen", "aanwezig", "niet_gekomen", "gasten"),
)
_SOM = _ding(**_tellingen("uitgenodigd", "geantwoord", "nee"), redenen=_per(_AANTAL))
_GROEP = _ding(**_tellingen("ingeschreven", "uitgenodigd", "bereikt", "eerste_keer", "thuis_gevraagd", "thuis_gedaan"))
_DEEL = _ding(
    deel=_AANTAL,
    geheel=_AANTAL,
    procent={"type": ["integer", "null"], "description": "naar beneden afgerond; null als er niemand is"},
    haalt_norm={"type": ["boolean", "null"]},
)
_KOP = {"locatie": _TEKST, "van": _MAAND, "tot_en_met": _MAAND}
RESULTATEN: dict[str, Schema] = {
    "activiteiten": _ding(**_KOP, activiteiten={"type": "array", "items": _ACTIVITEIT}),
    "redenen": _ding(**_KOP, alle=_SOM, per_rol=_per(_SOM)),
    "bereik": _ding(
        **_KOP, norm={"type": "integer"}, op_locatie=_DEEL, thuis=_DEEL, gezinnen=_GROEP, per_rol=_per(_GROEP)
    ),
}
"""What each address answers with."""
_UITLEG = {
    "activiteiten": "Elke activiteit in de periode, met haar tellingen",
    "redenen": "Waarom ouders niet komen, alles samen en per rol",
    "bereik": "Unieke gezinnen en verzorgers, en de twee maten tegen de norm",
}
_FOUTEN = {
    "400": "de periode kan niet",
    "401": "geen sleutel, of een die niet werkt",
    "405": "hier kun je alleen lezen",
    "429": "te vaak gevraagd; zie Retry-After",
    "503": "de database is even weg",
}
_PERIODE = [
    {"name": "van", "in": "query", "required": False, "schema": _MAAND, "description": "eerste maand"},
    {"name": "tot", "in": "query", "required": False, "schema": _MAAND, "description": "laatste maand, die meetelt"},
    {
        "name": "jaar",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "pattern": "^20[0-9][0-9]$"},
        "description": "een schooljaar, bij het jaar waarin het begint; gaat vóór van en tot",
    },
]


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _pad(naam: str, schema: Schema) -> Schema:
    fouten = {code: {"description": wat, "content": _json(_ding(fout=_TEKST))} for code, wat in _FOUTEN.items()}
    goed = {"200": {"description": _UITLEG[naam], "content": _json(schema)}}
    lezen = {"operationId": naam, "summary": _UITLEG[naam], "parameters": _PERIODE, "responses": {**goed, **fouten}}
    return {"get": {**lezen, "security": [{"sleutel": []}]}}


BESCHRIJVING: Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "Inloop",
        "version": "1",
        "description": "Tellingen van één locatie. Alleen lezen, zonder namen. Wat ze betekenen: docs/cijfers.md.",
    },
    "paths": {f"/api/v1/{naam}": _pad(naam, schema) for naam, schema in RESULTATEN.items()},
    "components": {"securitySchemes": {"sleutel": {"type": "http", "scheme": "bearer"}}},
}
