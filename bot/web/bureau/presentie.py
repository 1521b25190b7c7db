"""The presence list on a tablet at the door: one tap per parent, plain forms, and a script that can wait for a network.

A tap says what somebody is from now on, not that it turns over: the same tap twice is once. One that waited says how
long ago it was made; what a colleague said after that stands.
"""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.web.bureau.basis import BezoekFout, NietHier, Verzoek, naar, nummer_van
from dialogen.basis import Lijst, Rol, Staat
from opslag import presentie

VOLGENDE = {"": "aanwezig", "aanwezig": "afwezig", "afwezig": "afgemeld", "afgemeld": "aanwezig"}
"""What a tap makes of what somebody is."""
STATEN = {
    "": ("▫️", "nog niets"),
    "aanwezig": ("✅", "aanwezig"),
    "afwezig": ("➖", "afwezig"),
    "afgemeld": ("✋", "afgemeld"),
}
ANTWOORDEN = {
    "ja": "Zei ja", "misschien": "Zei misschien", "wachtlijst": "Op de wachtlijst", "geen": "Zei nog niets",
    "nee": "Zei nee",
}  # fmt: skip
LANG_GELEDEN = timedelta(days=2)
"""A tap that waited longer is as old as this."""


async def _lijst(v: Verzoek) -> Lijst:
    """The list of the address. Raises ``NietHier``, also for another location's."""
    vraag = (v.wie.medewerker, v.locatie.nummer, v.nummer("activiteit"))
    lijst: Lijst | None = await v.lees(presentie.lijst_van, *vraag)
    if lijst is None:
        raise NietHier
    return lijst


async def toon(v: Verzoek) -> web.StreamResponse:
    """The page; that names were seen stands in the audit log."""
    lijst = await _lijst(v)
    await v.leg_vast("namen gezien", f"presentie {lijst.activiteit}")
    per = {a: [lid for lid in lijst.leden if lid.antwoord.value == a] for a in ANTWOORDEN}
    return v.toon(
        "presentie.html", lijst=lijst, per=per, antwoorden=ANTWOORDEN, staten=STATEN, volgende=VOLGENDE,
    )  # fmt: skip


def _als_getallen(lijst: Lijst) -> web.Response:
    """How it stands, without a name: invitation → state, and the guests."""
    leden = {str(lid.uitnodiging): lid.staat.value if lid.staat else "" for lid in lijst.leden}
    return web.json_response({"leden": leden, "gasten": lijst.gasten})


async def stand(v: Verzoek) -> web.StreamResponse:
    """How it stands now, for the script of an open page."""
    return _als_getallen(await _lijst(v))


async def tik(v: Verzoek) -> web.StreamResponse:
    """One tap: somebody is this from now on, everybody who said yes was there, or a guest more or less."""
    lijst, f = await _lijst(v), await v.formulier()
    nummer, wie = lijst.activiteit, v.wie.medewerker
    match f.get("wat", "lid"):
        case "lid":
            await _lid(v, lijst, f)
        case "ja":
            await v.schrijf(presentie.zet_ja_aanwezig, wie, nummer, v.nu)
        case "gast":
            rol = Rol(f["rol"]) if f.get("rol") in set(Rol) else None
            await v.schrijf(presentie.gast_erbij, wie, nummer, rol, v.nu, f.get("kenmerk", "")[:40] or None)
        case "gast_eraf":
            await v.schrijf(presentie.gast_eraf, wie, nummer, nummer_van(f.get("waren")), v.nu)
        case _:
            raise BezoekFout("dit kan de lijst niet")
    if "application/json" in v.request.headers.get("Accept", ""):
        return _als_getallen(await _lijst(v))
    hier = f"#u{nummer_van(f.get('uitnodiging'))}" if f.get("uitnodiging") else ""
    return naar(f"/bureau/{v.locatie.nummer}/presentie/{nummer}{hier}")


async def _lid(v: Verzoek, lijst: Lijst, f: dict[str, str]) -> None:
    wie, staat = nummer_van(f.get("uitnodiging")), f.get("staat", "")
    if staat not in set(Staat) or wie not in {lid.uitnodiging for lid in lijst.leden}:
        raise BezoekFout("deze ouder staat niet op de lijst")
    geleden = min(timedelta(milliseconds=nummer_van(f.get("geleden"))), LANG_GELEDEN)
    await v.schrijf(presentie.tik, v.wie.medewerker, wie, Staat(staat), v.nu - geleden)
