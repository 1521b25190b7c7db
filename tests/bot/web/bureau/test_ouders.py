"""*Ouders*: who sees which family, what changes, what is given along, and what goes."""

from __future__ import annotations

import json
import re

import pytest
import sqlalchemy as sa

from bot.web.bureau.basis import stempel
from opslag.tabellen import gesprek, gezin, gezin_groep, ouder, startcode, toestemming
from tests.bot.web.bureau.conftest import NU, Kantoor


def _gezin(kantoor: Kantoor, plek: int = 0) -> tuple[int, int]:
    """A family that is enrolled now, and one of its caregivers."""
    lid = next(m for m in kantoor.jaar.leden if m.locatie == kantoor.jaar.locaties[plek] and m.tot is None)
    return lid.gezin, lid.ouder


async def test_de_lijst_zegt_hoe_ieder_bereikt_wordt(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("medewerker"))
    _, wie = _gezin(kantoor)
    with kantoor.db.transactie() as sessie:
        sessie.execute(gesprek.insert().values(kanaal="telegram", account="bot", adres="7", ouder_id=wie, gewijzigd=NU))
    tekst = await (await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/ouders")).text()
    assert tekst.count("💬</span> Telegram") == 1
    assert "nog niet: brief" in tekst
    assert "namen gezien" in kantoor.audit()


async def test_zoeken_op_naam_groep_en_wie_nog_geen_chat_heeft(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("medewerker"))
    nummer, wie = _gezin(kantoor)
    hier = f"/bureau/{kantoor.jaar.locaties[0]}/ouders"
    with kantoor.db.transactie() as sessie:
        sessie.execute(ouder.update().where(ouder.c.id == wie).values(naam="100%_Zeynep"))
        sessie.execute(gesprek.insert().values(kanaal="web", account="web", adres="7", ouder_id=wie, gewijzigd=NU))
        groep = sessie.scalar(sa.select(gezin_groep.c.groep_id).where(gezin_groep.c.gezin_id == nummer))
    for vraag, erin in (
        ("zoek=zeynep", True), ("zoek=100%25_z", True), ("zoek=%25_x", False), (f"groep={groep}&zoek=Zeynep", True),
        ("groep=999&zoek=Zeynep", False), ("chat=zonder&zoek=Zeynep", False), ("blad=99&zoek=Zeynep", True),
        ("zoek=%00Zeynep", True), ("blad=x&groep=x&zoek=Zeynep", True),
    ):  # fmt: skip
        tekst = await (await kantoor.klant.get(f"{hier}?{vraag}")).text()
        assert (f'/ouders/{nummer}"' in tekst) is erin, vraag


async def test_een_lijst_van_bladen_kost_altijd_evenveel_vragen(kantoor: Kantoor) -> None:
    """No statement per row: with fifty more families the page asks the database just as often."""
    kantoor.binnen(kantoor.collega("medewerker"))
    hier, gevraagd = kantoor.jaar.locaties[0], []
    sa.event.listen(kantoor.db.engine, "before_cursor_execute", lambda *a: gevraagd.append(a[2]))

    async def keer() -> int:
        gevraagd.clear()
        assert (await kantoor.klant.get(f"/bureau/{hier}/ouders")).status == 200
        return len(gevraagd)

    eerst = await keer()
    with kantoor.db.transactie() as sessie:
        for n in range(60):
            waarden = {"locatie_id": hier, "kenmerk": f"K{n}", "ingeschreven": NU.date()}
            nieuw = sessie.scalar(gezin.insert().values(waarden).returning(gezin.c.id))
            sessie.execute(ouder.insert().values(gezin_id=nieuw, naam=f"Nieuw {n}", gemaakt=NU))
    assert await keer() == eerst
    assert "blad 2 van" in await (await kantoor.klant.get(f"/bureau/{hier}/ouders?blad=2")).text()


async def test_inschrijving_en_groepen_veranderen(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    nummer, _ = _gezin(kantoor)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}"
    pagina = await (await kantoor.klant.get(pad)).text()
    groepen = re.findall(r'name="groep" value="(\d+)"', pagina)
    vreemd = _groep_elders(kantoor)
    f = [("stempel", stempel(sleutel)), ("van", "2026-09-01"), ("tot", "2027-06-01")]
    await kantoor.klant.post(pad, data=[*f, *(("groep", g) for g in (*groepen, str(vreemd), "x"))])
    with kantoor.db.transactie() as sessie:
        rij = sessie.execute(sa.select(gezin).where(gezin.c.id == nummer)).one()
        nu = set(sessie.scalars(sa.select(gezin_groep.c.groep_id).where(gezin_groep.c.gezin_id == nummer)))
    assert (str(rij.ingeschreven), str(rij.uitgeschreven)) == ("2026-09-01", "2027-06-01")
    assert nu == {int(g) for g in groepen}


def _groep_elders(kantoor: Kantoor) -> int:
    with kantoor.db.transactie() as sessie:
        vraag = sa.text(f"SELECT min(id) FROM groep WHERE locatie_id = {kantoor.jaar.locaties[1]}")
        return int(sessie.scalar(vraag) or 0)


@pytest.mark.parametrize(
    ("van", "tot"), [("2027-01-01", "2026-01-01"), ("gisteren", ""), ("", ""), ("9999-01-01", ""), ("31-12-2026", "")]
)
async def test_dagen_die_niet_kunnen_veranderen_niets(kantoor: Kantoor, van: str, tot: str) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    nummer, _ = _gezin(kantoor)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}"
    antwoord = await kantoor.klant.post(pad, data={"stempel": stempel(sleutel), "van": van, "tot": tot})
    assert antwoord.status == 400


async def test_een_gezin_van_elders_is_er_niet(kantoor: Kantoor) -> None:
    """With an own location and somebody else's family in the address: 404, and nothing is written."""
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    nummer, wie = _gezin(kantoor, 1)
    eigen, _ = _gezin(kantoor)
    hier, f = f"/bureau/{kantoor.jaar.locaties[0]}/ouders", {"stempel": stempel(sleutel), "zeker": "ja"}
    assert (await kantoor.klant.get(f"{hier}/{nummer}")).status == 404
    assert (await kantoor.klant.get(f"{hier}/{nummer}/gegevens/{wie}")).status == 404
    assert (await kantoor.klant.get(f"{hier}/{eigen}/gegevens/{wie}")).status == 404
    for pad in (f"{nummer}", f"{nummer}/verzorger", f"{nummer}/brief", f"{nummer}/wis/{wie}", f"{eigen}/wis/{wie}"):
        assert (await kantoor.klant.post(f"{hier}/{pad}", data=f)).status == 404, pad
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(sa.select(ouder.c.id).where(ouder.c.id == wie)) == wie


async def test_een_verzorger_zonder_chat_krijgt_een_brief(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    nummer, wie = _gezin(kantoor)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}"
    f = {"stempel": stempel(sleutel), "naam": "  Ömer\n ", "rol": "vader", "taal": "tr"}
    await kantoor.klant.post(f"{pad}/verzorger", data=f)
    assert (await kantoor.klant.post(f"{pad}/verzorger", data={**f, "rol": "oom"})).status == 400
    assert (await kantoor.klant.post(f"{pad}/verzorger", data={**f, "taal": "xx"})).status == 400
    antwoord = await kantoor.klant.post(f"{pad}/brief", data=f)
    assert (await antwoord.read()).startswith(b"%PDF")
    with kantoor.db.transactie() as sessie:
        nieuw = sessie.execute(sa.select(ouder).where(ouder.c.naam == "Ömer")).one()
        codes = set(sessie.scalars(sa.select(startcode.c.ouder_id).where(startcode.c.gezin_id == nummer)))
    assert (nieuw.gezin_id, nieuw.rol, nieuw.taal) == (nummer, "vader", "tr")
    assert {nieuw.id, wie} <= codes


async def test_eigen_gegevens_gaan_mee_als_een_bestand(kantoor: Kantoor) -> None:
    kantoor.binnen(kantoor.collega("coordinator"))
    nummer, wie = _gezin(kantoor)
    with kantoor.db.transactie() as sessie:
        sessie.execute(toestemming.insert().values(ouder_id=wie, versie="2026-11", taal="tr", gegeven=NU))
    antwoord = await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}/gegevens/{wie}")
    alles = json.loads(await antwoord.text())
    feiten = [f for f in kantoor.jaar.feiten if f.ouder == wie]
    assert len(alles["uitnodigingen"]) == len(feiten)
    assert alles["toestemming"][0]["versie"] == "2026-11"
    assert alles["ouder"]["ingeschreven"]
    assert "attachment" in antwoord.headers["Content-Disposition"]
    assert "eigen gegevens uit" in kantoor.audit()
    assert "2026-11" in await (await kantoor.klant.get(f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}")).text()


async def test_wissen_vraagt_eerst(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    nummer, wie = _gezin(kantoor)
    pad = f"/bureau/{kantoor.jaar.locaties[0]}/ouders/{nummer}/wis/{wie}"
    eerst = await kantoor.klant.post(pad, data={"stempel": stempel(sleutel)})
    assert "Dit kan niet terug" in await eerst.text()
    vraag = sa.select(sa.func.count()).select_from(ouder).where(ouder.c.id == wie)
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(vraag) == 1
    await kantoor.klant.post(pad, data={"stempel": stempel(sleutel), "zeker": "ja"})
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(vraag) == 0
    assert "ouder gewist" in kantoor.audit()
