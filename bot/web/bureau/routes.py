"""Every page of the desk, who may open it, and its place in the menu."""

from __future__ import annotations

from bot.web.bureau import bereik, redenen, vandaag
from bot.web.bureau.basis import IEDEREEN, LEIDING, TEAM, Pagina

PAGINAS: tuple[Pagina, ...] = (
    Pagina("", vandaag.begin, IEDEREEN),
    Pagina("/{locatie}/vandaag", vandaag.toon, TEAM, kop="Vandaag", teken="☀️"),
    Pagina("/{locatie}/redenen", redenen.redenen, TEAM, kop="Redenen", teken="💬"),
    Pagina("/{locatie}/bereik", bereik.bereik, TEAM, kop="Bereik", teken="👪"),
    Pagina("/{locatie}/bereik/namen", bereik.namen, LEIDING),
    Pagina("/zittingen", vandaag.zittingen, IEDEREEN, kop="Wie is er binnen", teken="🔑"),
    Pagina("/uit", vandaag.uit, IEDEREEN, methode="POST"),
)
