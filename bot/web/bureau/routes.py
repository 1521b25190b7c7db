"""Every page of the desk, who may open it, and its place in the menu."""

from __future__ import annotations

from bot.web.bureau import (
    activiteiten,
    bereik,
    gemeente,
    inlezen,
    inspectie,
    ouders,
    presentie,
    redenen,
    sleutels,
    uitvoer,
    vandaag,
)
from bot.web.bureau.basis import IEDEREEN, LEIDING, MET_GEMEENTE, TEAM, Pagina

LIJST = 11_000_000
"""Bytes of a list that is read in, with the form around it."""
PAGINAS: tuple[Pagina, ...] = (
    Pagina("", vandaag.begin, IEDEREEN),
    Pagina("/{locatie}/vandaag", vandaag.toon, TEAM, kop="Vandaag", teken="☀️"),
    Pagina("/{locatie}/activiteiten", activiteiten.lijst, TEAM, kop="Activiteiten", teken="📅"),
    Pagina("/{locatie}/activiteiten", activiteiten.maak, TEAM, methode="POST"),
    Pagina("/{locatie}/activiteiten/nieuw", activiteiten.nieuw, TEAM),
    Pagina("/{locatie}/activiteiten/{activiteit}", activiteiten.een, TEAM),
    Pagina("/{locatie}/activiteiten/{activiteit}/verstuur", activiteiten.verstuur, TEAM, methode="POST"),
    Pagina("/{locatie}/activiteiten/{activiteit}/zending", activiteiten.zending, TEAM, methode="POST"),
    Pagina("/{locatie}/activiteiten/{activiteit}/afgelasten", activiteiten.gelast_af, TEAM, methode="POST"),
    Pagina("/{locatie}/presentie/{activiteit}", presentie.toon, TEAM),
    Pagina("/{locatie}/presentie/{activiteit}", presentie.tik, TEAM, methode="POST"),
    Pagina("/{locatie}/presentie/{activiteit}/stand", presentie.stand, TEAM),
    Pagina("/{locatie}/ouders", ouders.lijst, TEAM, kop="Ouders", teken="🧑‍🤝‍🧑"),
    Pagina("/{locatie}/ouders/{gezin}", ouders.gezin, TEAM),
    Pagina("/{locatie}/ouders/{gezin}", ouders.wijzig, TEAM, methode="POST"),
    Pagina("/{locatie}/ouders/{gezin}/verzorger", ouders.verzorger, TEAM, methode="POST"),
    Pagina("/{locatie}/ouders/{gezin}/brief", ouders.brief, TEAM, methode="POST"),
    Pagina("/{locatie}/ouders/{gezin}/gegevens/{ouder}", ouders.gegevens, LEIDING),
    Pagina("/{locatie}/ouders/{gezin}/wis/{ouder}", ouders.wis, LEIDING, methode="POST"),
    Pagina("/{locatie}/import", inlezen.kies, LEIDING),
    Pagina("/{locatie}/import", inlezen.bekijk, LEIDING, methode="POST", meest=LIJST),
    Pagina("/{locatie}/import/doe", inlezen.doe, LEIDING, methode="POST", meest=LIJST),
    Pagina("/{locatie}/redenen", redenen.redenen, TEAM, kop="Redenen", teken="💬"),
    Pagina("/{locatie}/bereik", bereik.bereik, TEAM, kop="Bereik", teken="👪"),
    Pagina("/{locatie}/bereik/namen", bereik.namen, LEIDING),
    Pagina("/{locatie}/uitvoer", uitvoer.pagina, TEAM, kop="Uitvoer", teken="⬇️"),
    Pagina("/{locatie}/uitvoer/redenen", uitvoer.bestand("redenen"), TEAM),
    Pagina("/{locatie}/uitvoer/deelname", uitvoer.bestand("deelname"), TEAM),
    Pagina("/{locatie}/uitvoer/presentie", uitvoer.bestand("presentie"), LEIDING),
    Pagina("/{locatie}/inspectie", inspectie.pagina, LEIDING),
    Pagina("/{locatie}/sleutels", sleutels.pagina, LEIDING),
    Pagina("/{locatie}/sleutels", sleutels.maak, LEIDING, methode="POST"),
    Pagina("/{locatie}/sleutels/weg", sleutels.trek_in, LEIDING, methode="POST"),
    Pagina("/gemeente", gemeente.pagina, MET_GEMEENTE, kop="Gemeente", teken="🏛️"),
    Pagina("/gemeente/bestand", gemeente.bestand, MET_GEMEENTE),
    Pagina("/zittingen", vandaag.zittingen, IEDEREEN, kop="Wie is er binnen", teken="🔑"),
    Pagina("/uit", vandaag.uit, IEDEREEN, methode="POST"),
)
