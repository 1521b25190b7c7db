"""``inloop locatie``, ``team``, ``ouders`` and ``activiteit``: making places, links and activities."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.opdrachten.basis import Fout, instellingen, kort, niet_te_schrijven, nu, werk, werken
from dialogen.kantoor import Telling
from opslag import activiteiten, begrip, locaties, te_vertalen
from opslag.activiteiten import Activiteit
from opslag.tellingen import tellingen
from opslag.vakanties import REGIOS

JAREN = 5
"""So far ahead an activity may be: further is a slip of the keyboard."""
VEEL = 20
"""More broadcasts a week than this is no cap."""
ZONDER_TOKEN = "_zonder_token"
"""Stands for the bot's name until there is a token; begins with what no Telegram name can begin with."""


def locatie_nieuw(
    naam: str, groepen: Sequence[str], gastheer: str, telefoon: str, weekmaximum: int, regio: str
) -> None:
    """``inloop locatie nieuw``."""
    if not 1 <= weekmaximum <= VEEL:
        raise Fout(f"--weekmaximum {weekmaximum} kan niet; kies 1 tot {VEEL}")
    if regio not in REGIOS:
        raise Fout(f"--regio {regio!r} is er niet; kies {', '.join(REGIOS)}")
    namen = [kort(g, "de naam van de groep", 100) for g in groepen]
    with werk() as sessie:
        nummer = locaties.maak_locatie(
            sessie,
            kort(naam, "de naam", 200),
            namen,
            nu(),
            gastheer=kort(gastheer, "--gastheer", 100) if gastheer else "",
            telefoon=kort(telefoon, "--telefoon", 40) if telefoon else "",
            weekmaximum=weekmaximum,
            regio=regio,
        )
    print(f"locatie {nummer}: {naam}" + "".join(f"\n  groep {g}" for g in namen))


def locatie_instellen(naam: str, begripsvraag: bool | None) -> None:
    """``inloop locatie instellen``: change what is named, and say how it stands."""
    with werk() as sessie:
        plek = locaties.zoek_locatie(sessie, naam)
        if begripsvraag is not None:
            begrip.stel_in(sessie, plek.nummer, begripsvraag, nu())
        staat = begrip.vraagt_terug(sessie, plek.nummer)
    print(f"locatie {plek.nummer}: {plek.naam}\n  begripsvraag {'aan' if staat else 'uit'}")


def team_uitnodigen(locatie: str, rol: str) -> None:
    """``inloop team uitnodigen``: last line the start link."""
    if rol not in locaties.ROLLEN:
        raise Fout(f"--rol {rol!r} is er niet; kies {', '.join(locaties.ROLLEN)}")
    bot = _gebruikersnaam()  # before anything is written: without an answer there is no link to give
    with werk() as sessie:
        plek = locaties.zoek_locatie(sessie, locatie)
        code = locaties.nodig_team_uit(sessie, plek.nummer, rol, nu())
    print(f"werkt één keer, zeven dagen, voor een {rol} van {plek.naam}")
    print("\n".join(_links(bot, code)))


def ouders_uitnodigen(locatie: str, groep: str, qr: Path | None) -> None:
    """``inloop ouders uitnodigen``: last line the start link."""
    bot = _gebruikersnaam()
    with werk() as sessie:
        plek = locaties.zoek_locatie(sessie, locatie)
        groep_id = locaties.zoek_groepen(sessie, plek.nummer, [groep])[0]
        code = locaties.nodig_ouders_uit(sessie, plek.nummer, groep_id, nu())
        links = _links(bot, code)
        if qr is not None:
            _schrijf_qr(qr, links[0].split()[-1])
    print(f"voor de ouders van {groep}, {plek.naam}")
    print("\n".join(links))


def _schrijf_qr(pad: Path, link: str) -> None:
    import segno

    try:
        segno.make(link, error="m", micro=False).save(str(pad), kind="png", scale=12, border=4)
    except OSError as fout:
        raise niet_te_schrijven(pad, fout) from None


def _links(bot: str, code: str) -> list[str]:
    """What opens a chat, the one that works first in a QR code. The start link is always the last."""
    start = f"https://t.me/{bot or ZONDER_TOKEN}?start={code}"
    inst = instellingen()
    return [start] if bot else [f"in de browser: http://{inst.web_host}:{inst.web_port}/chat/{code}", start]


def _gebruikersnaam() -> str:
    """The bot's user name, asked of Telegram; '' without a token."""
    inst = instellingen()
    if not inst.telegram_token.get_secret_value():
        return ""
    from bot.app import StartFout, maak_telegram

    async def vraag() -> str:
        kanaal = maak_telegram(inst.model_copy(update={"telegram_webhook": ""}))
        assert kanaal is not None
        try:
            return await kanaal.vraag_naam()
        finally:
            await kanaal.sluit()

    try:
        return asyncio.run(vraag())
    except (OSError, StartFout) as fout:
        raise Fout(f"kan de naam van de bot niet opvragen: {fout}", 1) from None


def lees_begin(tekst: str, tijdzone: str) -> datetime:
    """``2026-12-08T09:30`` as people read the clock at the location → UTC.

    Raises ``Fout`` for another form, a day that does not exist, and a time that the change to summer time leaves out;
    of a time that comes twice in autumn the first is meant.
    """
    try:
        lokaal = datetime.strptime(tekst, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the location's zone follows
    except ValueError:
        raise Fout(f"--start {tekst!r} is geen moment; schrijf het als 2026-12-08T09:30") from None
    if lokaal.year < 2000 or lokaal.year > nu().year + JAREN:
        raise Fout(f"--start {tekst} ligt te ver weg; kies een moment tussen nu en over {JAREN} jaar")
    hier = lokaal.replace(tzinfo=ZoneInfo(tijdzone))
    if hier.astimezone(UTC).astimezone(ZoneInfo(tijdzone)).replace(tzinfo=None) != lokaal:
        raise Fout(f"--start {tekst} bestaat niet: de klok gaat die nacht een uur vooruit; kies een andere tijd")
    return hier.astimezone(UTC)


def activiteit_nieuw(
    locatie: str,
    soort: str,
    titel: str,
    doel: str,
    start: str,
    duur: int,
    plek: str,
    groepen: Sequence[str],
    capaciteit: int | None,
    gastheer: str,
    kinderen: bool,
    titel_vaders: str,
    gevraagd: str,
) -> None:
    """``inloop activiteit nieuw``: last line its number; hints about the words stand on stderr."""
    if not 5 <= duur <= 24 * 60:
        raise Fout(f"--duur {duur} kan niet; geef minuten tussen 5 en 1440")
    if capaciteit is not None and not 1 <= capaciteit <= 10_000:
        raise Fout(f"--capaciteit {capaciteit} kan niet; geef een getal vanaf 1, of laat het weg")
    with werk() as sessie:
        waar = locaties.zoek_locatie(sessie, locatie)
        nieuw = Activiteit(
            waar.nummer,
            kort(soort, "--soort", 40),
            kort(titel, "--titel", 120),
            kort(doel, "--doel", 300),
            lees_begin(start, waar.tijdzone),
            duur,
            kort(plek, "--plek", 120),
            locaties.zoek_groepen(sessie, waar.nummer, groepen),
            kort(gastheer, "--gastheer", 100) if gastheer else waar.gastheer,
            capaciteit,
            kinderen,
            kort(titel_vaders, "--titel-vaders", 120) if titel_vaders else "",
            kort(gevraagd, "--gevraagd", 300) if gevraagd else "",
        )
        if not nieuw.groepen:
            raise Fout(f"locatie {waar.naam!r} heeft geen groep om uit te nodigen; maak een locatie met --groep")
        nummer = activiteiten.maak(sessie, nieuw, nu(), "opdrachtregel")
        if instellingen().translate_service:  # what runs beside us makes them
            te_vertalen.vraag_activiteit(sessie, nummer, nu())
        geteld = tellingen(sessie, waar.nummer, nu(), nummer)
    _zeg_hints(nummer, nieuw, geteld, waar.tijdzone)
    print(f"{nieuw.titel}: {start.replace('T', ' ')}, {nieuw.plek}")
    print(nummer)


def _zeg_hints(nummer: int, nieuw: Activiteit, geteld: Sequence[Telling], tijdzone: str) -> None:
    from bot.weergeven import in_woorden
    from dialogen import kantoor
    from dialogen.hints import hints

    geschreven = kantoor.Activiteit(
        nummer, nieuw.locatie_id, nieuw.titel, nieuw.soort, nieuw.doel, nieuw.begin, nieuw.duur, nieuw.plek,
        titel_vaders=nieuw.titel_vaders, gevraagd=nieuw.gevraagd, groepen=tuple(nieuw.groepen),
    )  # fmt: skip
    for hint in hints(geschreven, geteld, nu(), tijdzone):
        regels = " ".join(in_woorden(tekst, "nl") for tekst in hint.teksten).splitlines()
        print("let op:", " ".join(regels).removeprefix("💡 "), file=sys.stderr)


def activiteit_versturen(nummer: int, voor: str) -> None:
    """``inloop activiteit versturen``: last line how many invitations."""
    from bot.uitzendingen import verstuur

    if voor not in {"iedereen", "vaders"}:
        raise Fout(f"--voor {voor!r} is er niet; kies iedereen of vaders")
    with werken() as transactie:
        uit = verstuur(transactie, nummer, voor, nu(), "opdrachtregel")
    if not uit.nieuw and not uit.al_uitgenodigd:
        print("nog niemand van deze groepen zit in de chat; wie later begint, krijgt de uitnodiging alsnog")
    if uit.nieuw and uit.stil_tot:
        print(f"het is nu stil: de berichten gaan om {uit.stil_tot} de deur uit")
    if uit.zonder_chat:
        print(f"{uit.zonder_chat} ouder(s) zonder bot: nodig hen zelf uit")
    if uit.al_uitgenodigd:
        print(f"{uit.al_uitgenodigd} ouder(s) waren al uitgenodigd")
    print(uit.nieuw)
