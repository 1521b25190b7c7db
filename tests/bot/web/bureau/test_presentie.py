"""The presence list: plain forms, a script that waits for a network, and two people at one list."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
import sqlalchemy as sa
from playwright.async_api import Browser, Page, expect
from yarl import URL

from bot.links import NERGENS
from bot.web.bureau.basis import KOEKJE, Bureau, stempel
from bot.web.server import draai, maak_web
from opslag.tabellen import gast, presentie
from tests.bot.web.bureau.conftest import NU, Kantoor
from tests.bot.web.kijken import ernstig
from tests.bot.web.nep import NepMotor, maak
from tests.jaar import Feit


def _feiten(kantoor: Kantoor, plek: int = 0) -> list[Feit]:
    """The invitations of one activity."""
    hier = [f for f in kantoor.jaar.feiten if f.locatie == kantoor.jaar.locaties[plek]]
    return [f for f in hier if f.activiteit == hier[0].activiteit]


def _pad(kantoor: Kantoor, plek: int = 0) -> str:
    return f"/bureau/{kantoor.jaar.locaties[0]}/presentie/{_feiten(kantoor, plek)[0].activiteit}"


async def _stand(kantoor: Kantoor) -> dict[str, str]:
    alles = await (await kantoor.klant.get(f"{_pad(kantoor)}/stand")).json()
    return dict(alles["leden"])


async def test_een_tik_zonder_script(kantoor: Kantoor) -> None:
    """The next state stands in the form; the answer leads back to the same name."""
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    lid = next(nr for nr, staat in (await _stand(kantoor)).items() if not staat)
    f = {"stempel": stempel(sleutel), "uitnodiging": lid}
    for staat, volgende in (("aanwezig", "afwezig"), ("afwezig", "afgemeld"), ("afgemeld", "aanwezig")):
        antwoord = await kantoor.klant.post(_pad(kantoor), data={**f, "staat": staat})
        assert antwoord.url.fragment in {f"u{lid}", ""}
        tekst = await antwoord.text()
        assert re.search(rf'data-lid="{lid}" data-staat="{staat}".*?name="staat" value="{volgende}"', tekst)
        assert (await _stand(kantoor))[lid] == staat
    assert "namen gezien" in kantoor.audit()
    assert "presentie" in kantoor.audit()


async def test_dezelfde_tik_twee_keer_is_een_keer(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    lid = next(nr for nr, staat in (await _stand(kantoor)).items() if not staat)
    f = {"stempel": stempel(sleutel), "uitnodiging": lid, "staat": "aanwezig"}
    g = {"stempel": stempel(sleutel), "wat": "gast", "kenmerk": "abc"}
    for _ in range(3):
        await kantoor.klant.post(_pad(kantoor), data=f)
        await kantoor.klant.post(_pad(kantoor), data=g)
    tellen = sa.select(sa.func.count()).select_from(presentie).where(presentie.c.uitnodiging_id == int(lid))
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(tellen) == 1
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gast)) == 1


async def test_wat_een_collega_later_zei_blijft_staan(kantoor: Kantoor) -> None:
    """A tap that waited for a network does not undo what a colleague ticked meanwhile."""
    eerste = kantoor.binnen(kantoor.collega("medewerker"))
    lid = next(nr for nr, staat in (await _stand(kantoor)).items() if not staat)
    f = {"uitnodiging": lid, "staat": "afwezig", "geleden": "60000"}
    tweede = kantoor.binnen(kantoor.collega("medewerker"))
    await kantoor.klant.post(_pad(kantoor), data={**f, "stempel": stempel(tweede), "staat": "aanwezig", "geleden": "0"})
    kantoor.klant.session.cookie_jar.update_cookies({KOEKJE: eerste}, URL(str(kantoor.klant.make_url("/bureau"))))
    await kantoor.klant.post(_pad(kantoor), data={**f, "stempel": stempel(eerste)})
    assert (await _stand(kantoor))[lid] == "aanwezig"
    await kantoor.klant.post(_pad(kantoor), data={**f, "stempel": stempel(eerste), "geleden": "0"})
    assert (await _stand(kantoor))[lid] == "afwezig"


@pytest.mark.parametrize(
    "fout", [{"staat": "weg"}, {"staat": ""}, {"uitnodiging": "0"}, {"uitnodiging": "x"}, {"wat": "alles"}]
)
async def test_een_tik_die_niet_kan(kantoor: Kantoor, fout: dict[str, str]) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    lid = next(iter(await _stand(kantoor)))
    f = {"stempel": stempel(sleutel), "uitnodiging": lid, "staat": "aanwezig", **fout}
    eerst = await _stand(kantoor)
    assert (await kantoor.klant.post(_pad(kantoor), data=f)).status == 400
    assert await _stand(kantoor) == eerst


async def test_een_lijst_of_ouder_van_elders(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("coordinator"))
    f = {"stempel": stempel(sleutel), "staat": "aanwezig", "uitnodiging": "1", "wat": "gast"}
    assert (await kantoor.klant.get(_pad(kantoor, 1))).status == 404
    assert (await kantoor.klant.get(f"{_pad(kantoor, 1)}/stand")).status == 404
    assert (await kantoor.klant.post(_pad(kantoor, 1), data=f)).status == 404


async def test_gasten_erbij_en_eraf_en_iedereen_die_ja_zei(kantoor: Kantoor) -> None:
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    f = {"stempel": stempel(sleutel)}
    await kantoor.klant.post(_pad(kantoor), data={**f, "wat": "gast"})
    await kantoor.klant.post(_pad(kantoor), data={**f, "wat": "gast"})
    for _ in range(2):  # pressed twice at two guests: one goes
        await kantoor.klant.post(_pad(kantoor), data={**f, "wat": "gast_eraf", "waren": "2"})
    assert (await (await kantoor.klant.get(f"{_pad(kantoor)}/stand")).json())["gasten"] == 1
    await kantoor.klant.post(_pad(kantoor), data={**f, "wat": "ja"})
    assert "presentie ja" in kantoor.audit()


# In a real browser


@pytest_asyncio.fixture(loop_scope="module")
async def lijst(kantoor: Kantoor, browser: Browser) -> AsyncIterator[Page]:
    """The list on a tablet, of somebody who is in."""
    app = maak_web(replace(maak(NepMotor()), bureau=Bureau(kantoor.db.lees, kantoor.db.schrijf, lambda: NU, NERGENS)))
    loper = await draai(app, "127.0.0.1", 0)
    basis = f"http://127.0.0.1:{loper.addresses[0][1]}"
    venster = await browser.new_context(base_url=basis, viewport={"width": 834, "height": 1112})
    sleutel = kantoor.binnen(kantoor.collega("medewerker"))
    await venster.add_cookies([{"name": KOEKJE, "value": sleutel, "url": f"{basis}/bureau"}])
    pagina = await venster.new_page()
    await pagina.goto(_pad(kantoor))
    yield pagina
    await venster.close()
    await loper.cleanup()


def _staat(kantoor: Kantoor, lid: str) -> str | None:
    vraag = sa.select(presentie.c.staat).where(presentie.c.uitnodiging_id == int(lid)).order_by(presentie.c.id.desc())
    with kantoor.db.transactie() as sessie:
        return sessie.scalar(vraag.limit(1))


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
async def test_tikken_zonder_verbinding_gaat_later_mee(lijst: Page, kantoor: Kantoor) -> None:
    regel = lijst.locator('form[data-lid][data-staat=""]').first
    lid = str(await regel.get_attribute("data-lid"))
    regel = lijst.locator(f'form[data-lid="{lid}"]')
    await lijst.context.set_offline(True)
    await regel.locator("button").click()
    await expect(regel).to_have_attribute("data-staat", "aanwezig")
    await lijst.get_by_role("button", name="➕ gast").click()
    await expect(lijst.locator("#verbinding")).to_contain_text("wachten")
    await regel.locator("button").click()  # a second thought: only the last counts
    await expect(regel).to_have_attribute("data-staat", "afwezig")
    assert _staat(kantoor, lid) is None
    await lijst.context.set_offline(False)
    await expect(lijst.locator("#verbinding")).to_be_empty(timeout=15_000)
    assert _staat(kantoor, lid) == "afwezig"
    with kantoor.db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gast)) == 1
    assert await lijst.evaluate("localStorage.length") == 0


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
async def test_twee_aan_dezelfde_lijst_zien_elkaar(lijst: Page, kantoor: Kantoor) -> None:
    ander = await lijst.context.new_page()
    await ander.goto(lijst.url)
    regel = lijst.locator('form[data-lid][data-staat=""]').first
    lid = await regel.get_attribute("data-lid")
    await regel.locator("button").click()
    daar = ander.locator(f'form[data-lid="{lid}"]')
    await expect(daar).to_have_attribute("data-staat", "aanwezig", timeout=15_000)


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
async def test_de_lijst_is_goed_te_zien_en_te_raken(lijst: Page) -> None:
    assert await ernstig(lijst) == []
    maat = await lijst.locator("form[data-lid] button").first.bounding_box()
    assert maat is not None
    assert maat["height"] >= 60
    assert await lijst.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await lijst.locator("form[data-lid] button").first.focus()
    voor = await lijst.locator("form[data-lid]").first.get_attribute("data-staat")
    await lijst.keyboard.press("Enter")
    await expect(lijst.locator("form[data-lid]").first).not_to_have_attribute("data-staat", voor or "")


@pytest.mark.pagina
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("pad", ["ouders", "activiteiten?voorbij=1", "activiteiten/nieuw"])
async def test_de_andere_paginas_passen_op_een_telefoon(lijst: Page, kantoor: Kantoor, pad: str) -> None:
    await lijst.set_viewport_size({"width": 390, "height": 844})
    await lijst.goto(f"/bureau/{kantoor.jaar.locaties[0]}/{pad}")
    assert await lijst.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await ernstig(lijst) == []
