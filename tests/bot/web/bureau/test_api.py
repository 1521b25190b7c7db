"""The API: only with a key, only of its location, as it is described, and it says what the pages say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.web.bureau.api import PER_MINUUT
from bot.web.bureau.apibeschrijving import RESULTATEN
from bot.web.bureau.basis import stempel
from opslag import api, overzicht
from opslag.overzicht import Blik, schooljaar_van
from opslag.tabellen import apisleutel
from tests.bot.web.bureau.conftest import NU, Kantoor

SOORTEN = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}


def afwijkingen(waarde: object, schema: dict[str, Any], pad: str = "$") -> Iterator[str]:
    """Where a value is not as this schema says: the part of JSON Schema that our description uses, and no more."""
    bekend = {"type", "properties", "required", "additionalProperties", "items", "minimum", "pattern", "enum", "format"}
    assert schema.keys() <= bekend | {"description"}, schema
    soorten = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(waarde) is SOORTEN[soort] for soort in soorten):
        yield f"{pad}: {waarde!r} is geen {soorten}"
    if isinstance(waarde, str) and not re.search(schema.get("pattern", ""), waarde):
        yield f"{pad}: {waarde!r} past niet"
    if "enum" in schema and waarde not in schema["enum"]:
        yield f"{pad}: {waarde!r} is er niet een van"
    if isinstance(waarde, int) and waarde < schema.get("minimum", waarde):
        yield f"{pad}: {waarde} is te klein"
    if isinstance(waarde, list):
        for plek, deel in enumerate(waarde):
            yield from afwijkingen(deel, schema["items"], f"{pad}[{plek}]")
    if isinstance(waarde, dict):
        velden, anders = schema.get("properties", {}), schema["additionalProperties"]
        yield from (f"{pad}: {naam} mist" for naam in schema.get("required", ()) if naam not in waarde)
        for naam, deel in waarde.items():
            if naam in velden or isinstance(anders, dict):
                yield from afwijkingen(deel, velden.get(naam, anders), f"{pad}.{naam}")
            else:
                yield f"{pad}: {naam} is niet beschreven"


def _sleutel(kantoor: Kantoor, plek: int = 0) -> str:
    waar = kantoor.jaar.locaties[plek]
    wie = kantoor.collega("coordinator", waar)
    with kantoor.db.transactie() as sessie:
        sleutel = api.maak(sessie, wie, waar, "dashboard", NU)
    assert sleutel is not None
    return sleutel


async def _vraag(kantoor: Kantoor, pad: str, sleutel: str, methode: str = "GET") -> tuple[int, Any]:
    kop = {"Authorization": f"Bearer {sleutel}"}
    antwoord = await kantoor.klant.request(methode, f"/api/v1/{pad}", headers=kop)
    assert antwoord.content_type == "application/json"
    return antwoord.status, await antwoord.json()


PERIODES = ["", "?jaar=2026", "?jaar=2020", "?van=2026-12&tot=2027-02", "?tot=2026-12", "?onbekend=1"]
MIS = ["?jaar=26", "?van=gisteren", "?van=2027-05&tot=2027-01", "?van=2026-13", "?jaar=%00", "?van=2026-08-01"]


async def test_elk_antwoord_is_zoals_beschreven(kantoor: Kantoor) -> None:
    """The description itself, every address, good and bad periods, every method."""
    sleutel = _sleutel(kantoor)
    beschrijving = await (await kantoor.klant.get("/api/v1/openapi.json")).json()
    assert beschrijving["openapi"].startswith("3.1")
    assert set(beschrijving["paths"]) == {f"/api/v1/{naam}" for naam in RESULTATEN}
    for (pad, wat), vraag in itertools.product(beschrijving["paths"].items(), PERIODES + MIS):
        status, inhoud = await _vraag(kantoor, pad.removeprefix("/api/v1/") + vraag, sleutel)
        assert status == (400 if vraag in MIS else 200), (pad, vraag, inhoud)
        schema = wat["get"]["responses"][str(status)]["content"]["application/json"]["schema"]
        assert list(afwijkingen(inhoud, schema)) == []
    for methode in ("POST", "PUT", "DELETE", "PATCH"):
        status, inhoud = await _vraag(kantoor, "bereik", sleutel, methode)
        assert (status, list(inhoud)) == (405, ["fout"])


def test_de_toets_ziet_een_fout() -> None:
    schema = RESULTATEN["redenen"]
    goed: dict[str, Any] = {"locatie": "x", "van": "2026-08", "tot_en_met": "2027-07", "per_rol": {}}
    goed["alle"] = {"uitgenodigd": 1, "geantwoord": 0, "nee": 0, "redenen": {"WERK": 2}}
    assert list(afwijkingen(goed, schema)) == []
    fouten: list[dict[str, Any]] = [{"van": "2026-8"}, {"naam": "Amal"}, {"alle": {}}, {"locatie": 3}]
    for fout in fouten:
        assert list(afwijkingen(goed | fout, schema)), fout
    assert list(afwijkingen({**goed, "alle": {**goed["alle"], "nee": -1}}, schema))


async def test_de_api_zegt_wat_de_pagina_zegt(kantoor: Kantoor) -> None:
    waar, sleutel = kantoor.jaar.locaties[0], _sleutel(kantoor)
    with kantoor.db.lezend() as sessie:
        blik = Blik(frozenset({waar}), *schooljaar_van(NU.date()))
        cijfers, tellingen = overzicht.bereikt(sessie, blik), overzicht.activiteiten(sessie, blik)
    _, bereik = await _vraag(kantoor, "bereik", sleutel)
    assert bereik["gezinnen"]["bereikt"] == cijfers.gezinnen.bereikt
    assert bereik["op_locatie"]["procent"] == cijfers.op_locatie.procent
    _, activiteiten = await _vraag(kantoor, "activiteiten", sleutel)
    assert [a["nummer"] for a in activiteiten["activiteiten"]] == [t.nummer for t in tellingen]
    _, redenen = await _vraag(kantoor, "redenen", sleutel)
    hier = [f for f in kantoor.jaar.feiten if f.locatie == waar]
    assert redenen["alle"]["uitgenodigd"] == len(hier)
    assert sum(redenen["alle"]["redenen"].values()) == sum(bool(f.reden) for f in hier)
    assert "Ouder " not in str((bereik, activiteiten, redenen))


@pytest.mark.parametrize(
    "kop", ["", "Bearer", "Bearer kort", "Basic abc", "Bearer inloop_" + "A" * 43, "Bearer " + "é" * 30]
)
async def test_zonder_goede_sleutel_niets(kantoor: Kantoor, kop: str) -> None:
    _sleutel(kantoor)
    for naam in RESULTATEN:
        antwoord = await kantoor.klant.get(f"/api/v1/{naam}", headers={"Authorization": kop} if kop else {})
        assert (antwoord.status, antwoord.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert list(await antwoord.json()) == ["fout"]


async def test_een_sleutel_is_van_een_locatie(kantoor: Kantoor) -> None:
    een, twee = _sleutel(kantoor, 0), _sleutel(kantoor, 1)
    assert (await _vraag(kantoor, "bereik", een))[1]["locatie"] == "Locatie 1"
    assert (await _vraag(kantoor, "bereik?locatie=1", twee))[1]["locatie"] == "Locatie 2"


async def test_niet_te_vaak(kantoor: Kantoor) -> None:
    sleutel = _sleutel(kantoor)
    statussen = [(await _vraag(kantoor, "bereik?jaar=26", sleutel))[0] for _ in range(PER_MINUUT + 2)]
    assert statussen == [400] * PER_MINUUT + [429] * 2
    fout = [(await kantoor.klant.get("/api/v1/bereik")).status for _ in range(22)]
    assert fout == [401] * 20 + [429] * 2


async def test_maken_een_keer_zien_en_intrekken(kantoor: Kantoor) -> None:
    waar = kantoor.jaar.locaties[0]
    stempel_ = stempel(kantoor.binnen(kantoor.collega("coordinator")))
    antwoord = await kantoor.klant.post(f"/bureau/{waar}/sleutels", data={"stempel": stempel_, "naam": "Dashboard"})
    gezien = re.search(r"inloop_[A-Za-z0-9_-]{43}", await antwoord.text())
    assert gezien is not None
    sleutel = gezien[0]
    assert (await _vraag(kantoor, "bereik", sleutel))[0] == 200
    pagina = await (await kantoor.klant.get(f"/bureau/{waar}/sleutels")).text()
    assert "Dashboard" in pagina
    assert sleutel not in pagina
    with kantoor.db.lezend() as sessie:
        rij = sessie.execute(apisleutel.select()).one()
    assert sleutel not in str(rij)
    assert rij.gebruikt == NU
    weg = {"stempel": stempel_, "nummer": str(rij.id)}
    await kantoor.klant.post(f"/bureau/{waar}/sleutels/weg", data=weg)
    assert (await _vraag(kantoor, "bereik", sleutel))[0] == 401
    assert {"apisleutel", "apisleutel weg"} <= set(kantoor.audit())


def test_wie_niet_coordineert_maakt_en_eindigt_niets(kantoor: Kantoor) -> None:
    een, twee = kantoor.jaar.locaties[:2]
    sleutel, gewoon, ander = _sleutel(kantoor), kantoor.collega("medewerker", een), kantoor.collega("coordinator", twee)
    with kantoor.db.transactie() as sessie:
        houder = api.zoek(sessie, sleutel, NU)
        assert houder is not None
        for wie in (gewoon, ander):
            assert api.maak(sessie, wie, een, "x", NU) is None
            assert not api.trek_in(sessie, wie, een, houder.sleutel, NU)
        assert not api.trek_in(sessie, ander, twee, houder.sleutel, NU)
        assert api.zoek(sessie, sleutel, NU) is not None
