"""An export in the chat, for who coordinates. The file is made when it is sent, for who may have it then."""

from __future__ import annotations

from dialogen.basis import Stand, Wereld
from dialogen.effecten import Effect
from dialogen.effecten_team import UitvoerMaken
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Tak, Wissel, Zeg


def _leidt(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.kantoor is not None and wereld.kantoor.rol in {"coordinator", "beheerder"}


def _keuze(soort: str) -> Keuze:
    def maak(wereld: Wereld, stand: Stand) -> list[Effect]:
        return [UitvoerMaken(soort)] if _leidt(wereld, stand) else []

    return Keuze(soort, Wissel((Tak("leidt", _leidt, "klaar"),), "niet"), maak)


UITVOER = Flow(
    "uitvoer",
    (
        Zeg("begin", Wissel((Tak("leidt", _leidt, "wat"),), "niet"), zegt=()),
        Kies("wat", (_keuze("redenen"), _keuze("deelname"), _keuze("presentie"))),
        Klaar("klaar", zegt=()),
        Klaar("niet"),
    ),
    van_team=True,
    kantoor=True,
)
