"""The command line. Every command exits 0, or says in one line what is wrong and what to do; bad input exits 2.

Only typer and the standard library are imported here: ``inloop --help`` must come at once.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

HELP = {"help_option_names": ["-h", "--help"]}


def _groep(uitleg: str) -> typer.Typer:
    return typer.Typer(help=uitleg, no_args_is_help=True, rich_markup_mode=None, context_settings=HELP)


inloop = typer.Typer(
    help="Inloop: ouders uitnodigen in de messenger die ze al hebben.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP,
)
locatie, team, ouders, activiteit, export, teksten = (
    _groep("Locaties en hun groepen."),
    _groep("Het team van een locatie."),
    _groep("De ouders van een groep."),
    _groep("Activiteiten maken en versturen."),
    _groep("Gegevens naar CSV of XLSX."),
    _groep("Een taal laten nakijken, in een rekenblad."),
)
for naam, sub in (
    ("locatie", locatie), ("team", team), ("ouders", ouders), ("activiteit", activiteit), ("export", export),
    ("teksten", teksten),
):  # fmt: skip
    inloop.add_typer(sub, name=naam)

Locatie = Annotated[str, typer.Option("--locatie", help="Naam van de locatie.")]
Groepen = Annotated[list[str] | None, typer.Option("--groep", help="Naam van een groep; mag vaker.")]


@inloop.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Speel het hele verhaal zonder browser en stop.")] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Poort van de pagina.")] = 8080,
    uit: Annotated[Path, typer.Option("--uit", help="Waar --once de export schrijft.")] = Path("demo-redenen.csv"),
) -> None:
    """Drie telefoons in de browser, op een eigen database; met --once het hele verhaal in de terminal."""
    from bot import demo as d

    d.speel_af(uit) if once else d.open_pagina(port)


@inloop.command()
def run() -> None:
    """De bot: kanalen, werker, planning en web, tot SIGTERM of Ctrl-C."""
    from bot.opdrachten.draaien import run as r

    r()


@inloop.command()
def praat(als: Annotated[str, typer.Option("--als", help="ouder of team")] = "ouder") -> None:
    """Een gesprek in de terminal, op de echte database. Een getal kiest een knop; /start CODE opent een link."""
    from bot.opdrachten.draaien import praat as p

    p(als)


@inloop.command()
def migreer() -> None:
    """Breng de database bij. `inloop run` doet dit ook."""
    from bot.opdrachten.draaien import migreer as m

    m()


@locatie.command("nieuw")
def locatie_nieuw(
    naam: Annotated[str, typer.Argument(help="Naam, bijvoorbeeld 'De Regenboog'.")],
    groep: Groepen = None,
    gastheer: Annotated[str, typer.Option(help="Wie bij de deur staat en vragen beantwoordt.")] = "",
    telefoon: Annotated[str, typer.Option(help="Nummer voor haast.")] = "",
    weekmaximum: Annotated[int, typer.Option(help="Zoveel uitnodigingen krijgt een ouder in zeven dagen.")] = 3,
    regio: Annotated[str, typer.Option(help="Van de schoolvakanties: noord, midden of zuid.")] = "midden",
) -> None:
    """Een nieuwe locatie met haar groepen."""
    from bot.opdrachten.beheer import locatie_nieuw as f

    f(naam, groep or [], gastheer, telefoon, weekmaximum, regio)


@locatie.command("instellen")
def locatie_instellen(
    naam: Annotated[str, typer.Argument(help="Naam van de locatie.")],
    begripsvraag: Annotated[
        bool | None,
        typer.Option("--begripsvraag/--geen-begripsvraag", help="Vraag ouders terug of de uitnodiging duidelijk was."),
    ] = None,
) -> None:
    """Verander hoe een locatie werkt; zonder optie: hoe het nu staat."""
    from bot.opdrachten.beheer import locatie_instellen as f

    f(naam, begripsvraag)


@team.command("uitnodigen")
def team_uitnodigen(
    locatie: Locatie, rol: Annotated[str, typer.Option(help="medewerker, coordinator of beheerder")]
) -> None:
    """Een startlink voor één collega: werkt één keer, zeven dagen. De link staat op de laatste regel."""
    from bot.opdrachten.beheer import team_uitnodigen as f

    f(locatie, rol)


@ouders.command("uitnodigen")
def ouders_uitnodigen(
    locatie: Locatie,
    groep: Annotated[str, typer.Option(help="Naam van de groep.")],
    qr: Annotated[Path | None, typer.Option(help="Schrijf ook een QR-code als PNG.")] = None,
) -> None:
    """Een startlink voor de ouders van een groep. De link staat op de laatste regel."""
    from bot.opdrachten.beheer import ouders_uitnodigen as f

    f(locatie, groep, qr)


@activiteit.command("nieuw")
def activiteit_nieuw(
    locatie: Locatie,
    soort: Annotated[str, typer.Option(help="Bijvoorbeeld koffieochtend of inloop.")],
    titel: Annotated[str, typer.Option(help="Wat ouders lezen.")],
    doel: Annotated[str, typer.Option(help="Waarom je dit doet.")],
    start: Annotated[str, typer.Option(help="Begin, lokale tijd: 2026-12-08T09:30")],
    duur: Annotated[int, typer.Option(help="Minuten.")],
    plek: Annotated[str, typer.Option(help="Waar, bijvoorbeeld 'de ouderkamer'.")],
    groep: Groepen = None,
    capaciteit: Annotated[int | None, typer.Option(help="Hoeveel grote mensen er passen.")] = None,
    gastheer: Annotated[str, typer.Option(help="Wie bij de deur staat.")] = "",
    kinderen: Annotated[bool, typer.Option(help="Mogen kinderen mee?")] = True,
    titel_vaders: Annotated[str, typer.Option(help="De titel zoals vaders hem lezen.")] = "",
    gevraagd: Annotated[str, typer.Option(help="Wat je van ouders vraagt.")] = "",
) -> None:
    """Een nieuwe activiteit, nog niet verstuurd. Haar nummer staat op de laatste regel."""
    from bot.opdrachten.beheer import activiteit_nieuw as f

    f(
        locatie,
        soort,
        titel,
        doel,
        start,
        duur,
        plek,
        groep or [],
        capaciteit,
        gastheer,
        kinderen,
        titel_vaders,
        gevraagd,
    )


@activiteit.command("versturen")
def activiteit_versturen(
    nummer: Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="Nummer van de activiteit.")],
    voor: Annotated[str, typer.Option(help="iedereen of vaders")] = "iedereen",
) -> None:
    """Nodig alle ouders van de groepen uit, ieder persoonlijk. Het aantal staat op de laatste regel."""
    from bot.opdrachten.beheer import activiteit_versturen as f

    f(nummer, voor)


Filter = Annotated[str | None, typer.Option("--locatie", help="Alleen deze locatie.")]
Van = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Vanaf deze dag.")]
Tot = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Tot en met deze dag.")]
Formaat = Annotated[str | None, typer.Option(help="csv of xlsx; zonder keuze beslist de naam van het bestand.")]
Uit = Annotated[Path, typer.Option("--uit", help="Naar dit bestand.")]


@export.command("redenen")
def export_redenen(uit: Uit, locatie: Filter = None, van: Van = None, tot: Tot = None, formaat: Formaat = None) -> None:
    """Waarom ouders niet komen, zonder namen."""
    from bot.opdrachten.inzien import exporteer

    exporteer("redenen", locatie, van, tot, formaat, uit)


@export.command("presentie")
def export_presentie(
    uit: Uit, locatie: Filter = None, van: Van = None, tot: Tot = None, formaat: Formaat = None
) -> None:
    """Wie was uitgenodigd, wat men antwoordde en wie er was."""
    from bot.opdrachten.inzien import exporteer

    exporteer("presentie", locatie, van, tot, formaat, uit)


@export.command("deelname")
def export_deelname(
    uit: Uit, locatie: Filter = None, van: Van = None, tot: Tot = None, formaat: Formaat = None
) -> None:
    """Hoeveel gezinnen, vaders, moeders en anderen er zijn, meededen, en thuis een tip deden."""
    from bot.opdrachten.inzien import exporteer

    exporteer("deelname", locatie, van, tot, formaat, uit)


@teksten.command("uit")
def teksten_uit(
    taal: Annotated[str, typer.Option("--taal", help="Code van de taal, bijvoorbeeld tr.")],
    uit: Annotated[Path, typer.Option("--uit", help="Naar dit bestand: .xlsx of .csv.")],
) -> None:
    """Alle teksten van een taal naast het Nederlands, om na te kijken."""
    from bot.opdrachten.inzien import teksten_uit as f

    f(taal, uit)


@teksten.command("in")
def teksten_in(blad: Annotated[Path, typer.Argument(help="Het nagekeken blad: .xlsx of .csv.")]) -> None:
    """Neem een nagekeken blad over. Met één fout wordt er niets veranderd."""
    from bot.opdrachten.inzien import teksten_in as f

    f(blad)


@inloop.command()
def cijfers(
    herreken: Annotated[bool, typer.Option("--herreken", help="Schrijf ze opnieuw, uit de geschiedenis.")] = False,
) -> None:
    """Kloppen de cijfers met de geschiedenis? Elk verschil op een regel."""
    from bot.opdrachten.inzien import cijfers as f

    f(herreken)


@inloop.command()
def teken(flow: Annotated[str | None, typer.Argument(help="Naam van een gesprek; zonder naam alle.")] = None) -> None:
    """De gesprekken als Mermaid-tekening."""
    from bot.opdrachten.inzien import teken as f

    f(flow)


@inloop.command()
def controleer() -> None:
    """Controleer gesprekken, teksten, knoppen en stemmen."""
    from bot.opdrachten.inzien import controleer as f

    f()


@inloop.command()
def bench(
    onderdeel: Annotated[list[str] | None, typer.Argument(help="Alleen deze: a b c d e f g h i.")] = None,
    snel: Annotated[bool, typer.Option("--snel", help="Klein: om te zien of alles loopt.")] = False,
) -> None:
    """Metingen als verhouding tot het kale werk, om en om in één run."""
    from bot.bench import meet

    meet(onderdeel or [], snel)


def main() -> None:
    """The entry point. Turns every expected error into one line."""
    commando = typer.main.get_command(inloop)
    try:
        code = commando.main(standalone_mode=False)
    except Exception as fout:
        sys.exit(_meld(fout))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


def _meld(fout: Exception) -> int:
    """One line on stderr and the exit code: 2 for bad input, 1 for what could not be done now."""
    invoer = getattr(fout, "format_message", None)
    if invoer is not None:
        tekst = invoer()
        if type(fout).__name__ == "NoArgsIsHelpError":
            print(tekst, file=sys.stderr)
        else:
            from bot.opdrachten.klachten import in_het_nederlands

            print(f"inloop: {in_het_nederlands(tekst)} (zie: inloop --help)", file=sys.stderr)
        return 2
    soort = type(fout).__name__
    if soort in {"Fout", "StartFout"}:
        print(f"inloop: {fout}", file=sys.stderr)
        return int(getattr(fout, "code", 2))
    if isinstance(fout, BrokenPipeError):
        return 0
    raise fout


if __name__ == "__main__":
    main()
