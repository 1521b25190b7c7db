"""The chat in a real Chromium: seen, pressed, typed, and checked for accessibility."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.bijlagen import eigen
from bot.kanalen.basis import Ontvangst, Weergave
from bot.web.server import draai, maak_web
from dialogen.teksten import zin
from tests.bot.web.kijken import BREEDTES, ernstig, knop, open_chat, past
from tests.bot.web.nep import ARABISCH, CODE, SCRIPT, NepMotor, maak

pytestmark = [pytest.mark.pagina, pytest.mark.asyncio(loop_scope="module")]


async def zinnen(pagina: Page) -> list[str]:
    """The first paragraph of every bubble, in the order of the screen."""
    return await pagina.locator(".bel p:first-of-type").all_inner_texts()


async def test_the_conversation_begins_by_itself(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    assert await zinnen(pagina) == [
        "👋 Hallo! Ik ben de bot van De Regenboog. Ik stuur uitnodigingen en tips.",
        "Welke taal spreek jij het liefst?",
    ]
    (start,) = motor.binnen
    assert start.endswith(":start")


async def test_with_the_keyboard_alone(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    for _ in range(10):
        await pagina.keyboard.press("Tab")
        if await pagina.evaluate("document.activeElement.textContent") == "Nederlands":
            break
    await pagina.keyboard.press("Enter")
    await expect(knop(pagina, "✅ Ik kom")).to_be_focused()
    await pagina.keyboard.press("Tab")
    await pagina.keyboard.press("Tab")
    await pagina.keyboard.press("Space")
    await expect(knop(pagina, "🕘 Tijd of werk")).to_be_focused()
    wat = list(motor.binnen.values())[-1]
    assert isinstance(wat, Ontvangst)
    assert (wat.invoer.waarde, wat.invoer.bericht) == ("u:nee:1", "3")


async def test_focus_stays_where_the_person_put_it(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    await pagina.get_by_label("Schrijf een bericht").focus()
    (start,) = motor.binnen.values()
    assert isinstance(start, Ontvangst)
    await motor.zeg(start.adres, SCRIPT["t:nl"][0])
    await expect(knop(pagina, "✅ Ik kom")).to_be_visible()
    await expect(pagina.get_by_label("Schrijf een bericht")).to_be_focused()


async def test_typing_and_reload_keep_the_order(venster: BrowserContext) -> None:
    pagina = await open_chat(venster)
    await knop(pagina, "Nederlands").click()
    await expect(knop(pagina, "✅ Ik kom")).to_be_visible()
    await pagina.get_by_label("Schrijf een bericht").fill("<b>Dag</b> & tot ziens")
    await pagina.keyboard.press("Enter")
    await expect(pagina.get_by_text("Je zei: <b>Dag</b> & tot ziens")).to_be_visible()
    voor = await zinnen(pagina)
    assert voor[2:] == ["Nederlands", "☕ Koffie met ouders", "<b>Dag</b> & tot ziens", *voor[-1:]]
    await pagina.reload()
    await expect(pagina.locator(".bel")).to_have_count(len(voor))
    assert await zinnen(pagina) == voor
    await expect(knop(pagina, "Nederlands")).to_have_class("gekozen")


async def test_a_changed_message_changes_in_place(venster: BrowserContext) -> None:
    pagina = await open_chat(venster)
    await pagina.get_by_label("Schrijf een bericht").fill("dagdelen")
    await pagina.keyboard.press("Enter")
    await knop(pagina, "🌅 Ochtend").focus()
    await pagina.keyboard.press("Enter")
    await expect(knop(pagina, "✔ 🌅 Ochtend")).to_be_focused()
    await knop(pagina, "🌙 Avond").click()
    await expect(knop(pagina, "✔ 🌙 Avond")).to_be_visible()
    await expect(knop(pagina, "✔ 🌅 Ochtend")).to_be_visible()
    await expect(pagina.locator(".gekozen")).to_have_count(0)  # the message says itself what was chosen
    await expect(pagina.locator(".bel")).to_have_count(4)  # no bubble for a press that was answered in place
    await pagina.reload()
    await expect(knop(pagina, "✔ 🌙 Avond")).to_be_visible()
    await expect(pagina.locator(".bel")).to_have_count(4)


async def test_an_old_button_still_works(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    await knop(pagina, "Nederlands").click()
    await knop(pagina, "✅ Ik kom").click()
    await knop(pagina, "2").click()
    await expect(pagina.get_by_text("Top. Tot dinsdag")).to_be_visible()
    await knop(pagina, "❌ Ik kan niet").click()
    await expect(knop(pagina, "🕘 Tijd of werk")).to_be_visible()


async def test_not_sent_says_so_and_tries_again(venster: BrowserContext, motor: NepMotor) -> None:
    pagina = await open_chat(venster)
    motor.stuk = True
    await knop(pagina, "Nederlands").click()
    await expect(pagina.get_by_role("status")).to_contain_text("nog niet verstuurd")
    await expect(pagina.get_by_text("Niet verstuurd. Nog een keer")).to_be_in_viewport()
    motor.stuk = False
    await expect(knop(pagina, "✅ Ik kom")).to_be_visible()
    await expect(pagina.get_by_role("status")).to_be_empty()
    assert len(motor.binnen) == 2


async def test_language_and_direction_of_each_message(venster: BrowserContext) -> None:
    pagina = await open_chat(venster, ARABISCH)
    bericht = pagina.locator("article").first
    assert await bericht.get_attribute("lang") == "ar"
    assert await bericht.locator("p").get_attribute("dir") == "rtl"
    await expect(pagina.locator("html")).to_have_attribute("lang", "ar")  # the frame goes along
    assert await pagina.locator("html").get_attribute("dir") == "rtl"
    assert await pagina.locator("#tekst").get_attribute("placeholder") == zin("ar", "web.schrijf")
    assert await pagina.title() == zin("ar", "web.titel")


@pytest.mark.parametrize(("locale", "taal", "richting"), [("fr-FR", "nl", "ltr"), ("ar-MA", "ar", "rtl")])
async def test_without_a_script_the_page_says_what_is_needed(
    browser: Browser, basis: str, locale: str, taal: str, richting: str
) -> None:
    kaal = await browser.new_context(base_url=basis, java_script_enabled=False, locale=locale)
    pagina = await kaal.new_page()
    await pagina.goto(f"/chat/{CODE}")
    await expect(pagina.get_by_text(zin(taal, "web.hulp.js"))).to_be_visible()
    await expect(pagina.locator("html")).to_have_attribute("dir", richting)
    await kaal.close()


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("breedte", BREEDTES)
async def test_accessible_and_never_too_wide(venster: BrowserContext, schema: Any, breedte: int) -> None:
    pagina = await open_chat(venster)
    await pagina.emulate_media(color_scheme=schema, reduced_motion="reduce")
    await pagina.set_viewport_size({"width": breedte, "height": 700})
    await knop(pagina, "Nederlands").click()
    await knop(pagina, "❌ Ik kan niet").click()
    await expect(knop(pagina, "🕘 Tijd of werk")).to_be_visible()
    assert await ernstig(pagina) == []
    assert await past(pagina, "html")
    assert await past(pagina, "#rol")
    for een in await pagina.locator("button:visible").all():
        vak = await een.bounding_box()
        assert vak is not None
        assert vak["height"] >= 44


async def test_reading_aloud_only_with_a_voice_of_the_device(venster: BrowserContext) -> None:
    stem = "[{lang: 'ar-SA', localService: true}, {lang: 'nl-NL', localService: false}]"
    await venster.add_init_script(f"speechSynthesis.getVoices = () => {stem}")
    moeder = await open_chat(venster, ARABISCH)
    await expect(moeder.locator(".luister:visible")).to_have_count(2)
    vader = await open_chat(venster)
    await expect(vader.locator(".luister:visible")).to_have_count(0)


async def test_a_second_tab_shows_what_came_before(venster: BrowserContext, motor: NepMotor) -> None:
    await open_chat(venster)
    (start,) = motor.binnen.values()
    assert isinstance(start, Ontvangst)
    await motor.zeg(start.adres, Weergave("Tot morgen!"))
    tweede = await open_chat(venster)
    await expect(tweede.get_by_text("Tot morgen!")).to_be_visible()
    assert len(motor.binnen) == 1


async def test_the_line_comes_back_after_a_restart(browser: Browser, motor: NepMotor) -> None:
    loper = await draai(maak_web(maak(motor)), "127.0.0.1", 0)
    poort = loper.addresses[0][1]
    venster = await browser.new_context(base_url=f"http://127.0.0.1:{poort}")
    pagina = await open_chat(venster)
    await loper.cleanup()
    (start,) = motor.binnen.values()
    assert isinstance(start, Ontvangst)
    await motor.zeg(start.adres, Weergave("Dit kwam terwijl de server uit was."))
    await knop(pagina, "Nederlands").click()
    await expect(pagina.get_by_role("status")).to_contain_text("nog niet verstuurd")
    loper = await draai(maak_web(maak(motor)), "127.0.0.1", poort)
    await expect(pagina.get_by_text("terwijl de server uit was")).to_be_visible()
    await expect(knop(pagina, "✅ Ik kom")).to_be_visible()
    await expect(pagina.get_by_role("status")).to_be_empty()
    await venster.close()
    await loper.cleanup()


@pytest.mark.parametrize("breedte", BREEDTES)
async def test_a_picture_is_shown_with_words_for_who_cannot_see_it(
    venster: BrowserContext, motor: NepMotor, breedte: int
) -> None:
    pagina = await open_chat(venster)
    await pagina.set_viewport_size({"width": breedte, "height": 844})
    (start,) = motor.binnen.values()
    assert isinstance(start, Ontvangst)
    await motor.zeg(
        start.adres, Weergave("Kom je?", (("✅ Ik kom", "u:ja:1"),), beeld=eigen("vader"), alt="Een vader.")
    )
    plaat = pagina.get_by_role("img", name="Een vader.")
    await expect(plaat).to_be_visible()
    maten = "async e => { await e.decode(); return [e.naturalWidth, e.clientWidth, e.clientHeight] }"
    echt, breed, hoog = await plaat.evaluate(maten)
    assert (echt, round(breed / hoog, 1)) == (960, 2.0)
    assert await past(pagina, "html")
    assert await ernstig(pagina) == []
