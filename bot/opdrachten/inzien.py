"""``inloop export``, ``teken`` and ``controleer``: looking at what there is."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.opdrachten.basis import Fout, kijken, niet_te_schrijven, nu, werk
from opslag import exporten, locaties, uitvoer
from opslag.overzicht import PeriodeFout
from opslag.werkdagen import zone


def exporteer(
    soort: str, locatie: str | None, van: datetime | None, tot: datetime | None, formaat: str | None, uit: Path
) -> None:
    """``inloop export``: streams rows to a file; last line how many."""
    from bot.uitvoeren import SCHRIJVERS, TeVeelRijen

    vorm = formaat or uit.suffix.lstrip(".").lower() or "csv"
    if vorm not in SCHRIJVERS:
        raise Fout(f"--formaat {vorm!r} is er niet; kies csv of xlsx")
    if van and tot and tot < van:
        raise Fout("--tot ligt vóór --van; draai ze om")
    with kijken() as (sessie, db):
        waar = locaties.zoek_locatie(sessie, locatie) if locatie else None
        hier = zone(waar.tijdzone if waar else "Europe/Amsterdam")
        grenzen = uitvoer.Periode(_dag(van, hier), _dag(tot, hier, 1), waar.nummer if waar else None)
        export = exporten.Export(soort, grenzen, "opdrachtregel", hier.key)
        try:
            aantal = SCHRIJVERS[vorm](uit, *exporten.blad(sessie, export, nu()))
        except OSError as fout:
            raise niet_te_schrijven(uit, fout) from None
        except (TeVeelRijen, PeriodeFout) as fout:
            raise Fout(str(fout)) from None
        with db.transactie() as schrijvend:
            exporten.neem(schrijvend, export, nu())
    print(f"{aantal} rijen in {uit}")


def _dag(dag: datetime | None, hier: ZoneInfo, erbij: int = 0) -> datetime | None:
    if dag is None:
        return None
    if not 2000 <= dag.year < 2100:
        raise Fout(f"{dag:%Y-%m-%d} ligt te ver weg; kies een dag tussen 2000 en 2100")
    return (dag + timedelta(days=erbij)).replace(tzinfo=hier).astimezone(UTC)


def cijfers(herreken: bool) -> None:
    """``inloop cijfers``: compare the figures with the history; exit 1 with a line per difference, or mend them."""
    from opslag import cijfers as c

    with werk() as sessie:
        gevonden = list(c.verschillen(sessie))
        for regel in gevonden:
            print(regel)
        aantal = c.herreken(sessie) if herreken else 0
    if herreken:
        print(f"{aantal} activiteiten opnieuw geteld, {len(gevonden)} verschillen hersteld")
    elif gevonden:
        raise Fout(f"{len(gevonden)} verschillen; herstel ze met: inloop cijfers --herreken", 1)
    else:
        print("in orde")


def teken(flow: str | None) -> None:
    """``inloop teken``: Mermaid of one flow, or of all."""
    from dialogen.flows import FLOWS
    from dialogen.tekenen import mermaid

    if flow is not None and flow not in FLOWS:
        raise Fout(f"gesprek {flow!r} is er niet; kies {', '.join(FLOWS)}")
    print("\n\n".join(mermaid(FLOWS[naam]) for naam in ([flow] if flow else FLOWS)))


def teksten_uit(taal: str, uit: Path) -> None:
    """``inloop teksten uit``: last line how many texts."""
    from bot.nakijken import kop, rijen
    from bot.uitvoeren import schrijf_csv, schrijf_xlsx
    from dialogen.teksten import BRON, talen

    anders = [code for code in talen() if code != BRON]
    if taal not in anders:
        raise Fout(f"--taal {taal!r} is er niet; kies {', '.join(anders)}")
    vorm = uit.suffix.lstrip(".").lower()
    if vorm not in {"csv", "xlsx"}:
        raise Fout(f"{uit.name!r} is geen .csv of .xlsx; kies een andere naam")
    try:
        aantal = (schrijf_csv if vorm == "csv" else schrijf_xlsx)(uit, kop(taal), rijen(taal))
    except OSError as fout:
        raise niet_te_schrijven(uit, fout) from None
    print(f"{aantal} rijen in {uit}")


def teksten_in(blad: Path) -> None:
    """``inloop teksten in``: a line per fault, and then nothing is written; else what changed."""
    from bot import nakijken, rekenblad

    try:
        uitslag = nakijken.lees(rekenblad.lees(blad))
    except OSError as fout:
        raise Fout(f"kan {blad} niet lezen ({fout.strerror or fout})") from None
    except ValueError as fout:
        raise Fout(f"{blad.name}: {fout}") from None
    for regel in uitslag.fouten:
        print(regel, file=sys.stderr)
    if uitslag.fouten:
        raise Fout(f"{len(uitslag.fouten)} fout(en) in {blad.name}; er is niets veranderd")
    pad = nakijken.pad_van(uitslag.taal)
    try:
        veranderd = nakijken.bewaar(uitslag)
    except OSError as fout:
        raise niet_te_schrijven(pad, fout) from None
    print(f"{len(uitslag.nieuw)} teksten gelezen, {uitslag.nagekeken} nagekeken, {veranderd} anders dan ze waren")
    if uitslag.niet_in_blad:
        print(f"{uitslag.niet_in_blad} teksten staan niet in het blad; die blijven zoals ze zijn")
    print(f"{uitslag.taal} staat in {pad}; start de bot opnieuw")


def controleer() -> None:
    """``inloop controleer``: exit 1 with a line per fault; a text that nothing says is no fault, and named."""
    from bot.controleren import dekkingsregels, fouten, ongezegd

    gevonden = list(fouten())
    for fout in gevonden:
        print(fout, file=sys.stderr)
    for regel in ongezegd():
        print(f"let op: {regel}")
    for regel in dekkingsregels():
        print(regel)
    if gevonden:
        raise Fout(f"{len(gevonden)} fout(en) in gesprekken of teksten", 1)
    print("in orde")
