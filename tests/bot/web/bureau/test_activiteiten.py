"""*Activiteiten* at the desk: making, looking, sending, calling off; the rules are those of the chat."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.web.bureau.basis import stempel
from opslag.tabellen import activiteit, gesprek, verzending
from tests.bot.web.bureau.conftest import NU, Kantoor


def _hier(kantoor: Kantoor) -> str:
    return f"/bureau/{kantoor.jaar.locaties[0]}/activiteiten"


def _f(kantoor: Kantoor, sleutel: str, **anders: str) -> dict[str, str]:
    vraag = sa.text(f"SELECT min(id) FROM groep WHERE locatie_id = {kantoor.jaar.locaties[0]}")
    with kantoor.db.transactie() as sessie:
        groep = sessie.scalar(vraag)
        for n, lid in enumerate(m for m in kantoor.jaar.leden if m.locatie == kantoor.jaar.locaties[0]):
            bij = {"kanaal": "web", "account": "web", "adres": f"{n}-{lid.ouder}", "ouder_id": lid.ouder}
            if sessie.scalar(sa.select(gesprek.c.id).where(gesprek.c.ouder_id == lid.ouder)) is None:
                sessie.execute(gesprek.insert().values(**bij, gewijzigd=NU))
    velden = {
        "titel": "Koffie voor ouders", "doel": "Elkaar leren kennen", "soort": "koffieochtend", "datum": "2027-04-13",
        "tijd": "09:30", "duur": "60", "plek": "de hal", "kinderen": "ja", "groep": str(groep),
    }  # fmt: skip
    return {"stempel": stempel(sleutel), **velden, **anders}


async def _maak(kantoor: Kantoor, sleutel: str, **anders: str) -> str:
    antwoord = await kantoor.klant.post(_hier(kantoor), data=_f(kantoor, sleutel, **anders), allow_redirects=False)
    assert antwoord.status == 303, await antwoord.text()
    return antwoord.headers["Location"]


async def test_maken_bekijken_en_versturen(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    pad = await _maak(kantoor, sleutel, titel_vaders="Klussen met papa")
    assert "Koffie voor ouders" in await (await kantoor.klant.get(_hier(kantoor))).text()
    vader = await (await kantoor.klant.get(f"{pad}?rol=vader&taal=ar")).text()
    assert 'dir="rtl"' in vader
    assert "Klussen met papa" in vader
    f = {"stempel": stempel(sleutel), "gezien": "0"}
    antwoord = await kantoor.klant.post(f"{pad}/verstuur", data=f)
    assert "uitnodiging" in await antwoord.text()
    assert (await kantoor.klant.post(f"{pad}/verstuur", data=f)).status == 400, "a colleague was first"
    with kantoor.db.transactie() as sessie:
        rij = sessie.execute(sa.select(verzending)).one()
    assert (rij.soort, rij.voor, rij.begint) == ("uitnodiging", "iedereen", None)
    f = {"stempel": stempel(sleutel), "zending": str(rij.id), "wat": "stop"}
    assert "gestopt" in await (await kantoor.klant.post(f"{pad}/zending", data=f)).text()
    assert (await kantoor.klant.post(f"{pad}/zending", data={**f, "zending": "999"})).status == 400


async def test_later_versturen_aan_vaders(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    pad = await _maak(kantoor, sleutel)
    f = {"stempel": stempel(sleutel), "gezien": "0", "voor": "vaders", "wanneer": "later", "tijd": "08:30"}
    for dag in ("2027-03-14", "2027-05-01", "", "morgen"):
        assert (await kantoor.klant.post(f"{pad}/verstuur", data={**f, "dag": dag})).status == 400, dag
    await kantoor.klant.post(f"{pad}/verstuur", data={**f, "dag": "2027-03-30"})
    with kantoor.db.transactie() as sessie:
        rij = sessie.execute(sa.select(verzending)).one()
    assert (rij.voor, f"{rij.begint:%Y-%m-%dT%H:%M}") == ("vaders", "2027-03-30T06:30")


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("titel", ""), ("titel", "x" * 81), ("datum", "2027-01-01"), ("datum", "fout"), ("tijd", "25:00"),
        ("tijd", ""), ("duur", "9999"), ("capaciteit", "-1"), ("soort", "feest"), ("groep", "0"),
        ("datum", "2027-03-28 "),
    ],
)  # fmt: skip
async def test_wat_niet_klopt_wordt_gezegd_en_niets_raakt_kwijt(kantoor: Kantoor, veld: str, waarde: str) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    f = _f(kantoor, sleutel, plek="de <b>hal</b>", **{veld: waarde})
    if waarde == "2027-03-28 ":
        f["tijd"] = "02:30"  # the clock skips that hour
    antwoord = await kantoor.klant.post(_hier(kantoor), data=f, allow_redirects=False)
    tekst = await antwoord.text()
    assert antwoord.status == 200
    assert 'role="alert"' in tekst
    assert "de &lt;b&gt;hal" in tekst
    with kantoor.db.transactie() as sessie:
        vraag = sa.select(sa.func.count()).select_from(activiteit).where(activiteit.c.plek.contains("<b>"))
        assert sessie.scalar(vraag) == 0


async def test_afgelasten_vraagt_eerst(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    pad = await _maak(kantoor, sleutel)
    f = {"stempel": stempel(sleutel)}
    assert "Dit kan niet terug" in await (await kantoor.klant.post(f"{pad}/afgelasten", data=f)).text()
    await kantoor.klant.post(f"{pad}/afgelasten", data={**f, "zeker": "ja"})
    assert "gaat niet door" in await (await kantoor.klant.get(pad)).text()
    assert (await kantoor.klant.post(f"{pad}/afgelasten", data={**f, "zeker": "ja"})).status == 400


async def test_een_activiteit_van_elders_is_er_niet(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    vreemd = next(x.activiteit for x in kantoor.jaar.feiten if x.locatie == kantoor.jaar.locaties[1])
    f = {"stempel": stempel(sleutel), "zeker": "ja", "gezien": "0"}
    assert (await kantoor.klant.get(f"{_hier(kantoor)}/{vreemd}")).status == 404
    for wat in ("verstuur", "zending", "afgelasten"):
        assert (await kantoor.klant.post(f"{_hier(kantoor)}/{vreemd}/{wat}", data=f)).status == 404, wat
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(sa.select(activiteit.c.afgelast).where(activiteit.c.id == vreemd)) is None
