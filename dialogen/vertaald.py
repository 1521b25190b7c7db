"""Words of staff in a parent's own language: the translation with the Dutch under it, else the Dutch with an
explanation of what is fixed in it. Never nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogen.basis import SPREEKTAAL, Bericht, Stand, Tekst, Wereld, Wie
from dialogen.teksten import BRON
from dialogen.woordenlijst import uitleg

VAN_TEAM = ("titel", "gevraagd", "tip", "thema")
"""The placeholders that hold what staff wrote and parents read."""
LENGTE = {"titel": 160, "titel_vaders": 160, "gevraagd": 400}
"""What of an activity parents read and staff write, and how many characters a colleague's own translation may have."""
ORIGINEEL = ("vertaald.machine", "vertaald.nagekeken")
"""The paragraphs that show the Dutch under a translation: to be read, not to be heard."""
EIGEN_TIP = "tip.eigen"
"""The paragraph that is nothing but words of staff."""
WACHT = "vertaald.wacht"
"""The paragraph of a message that a translation may still come to replace; until then it says the original."""


def in_hun_taal(wereld: Wereld, tekst: str) -> str:
    """Words of staff as this parent reads them."""
    gevonden = wereld.vertaald.get(tekst)
    return gevonden.tekst if gevonden else tekst


def vertaal(teksten: Sequence[Tekst], wereld: Wereld, stand: Stand) -> list[Tekst]:
    """What a step says to a parent of another language: words of staff translated, the original under each once."""
    if wereld.taal == BRON or wereld.wie is Wie.MEDEWERKER:
        return list(teksten)
    uit: list[Tekst] = []
    for tekst in teksten:
        van_team = [w for veld in VAN_TEAM if isinstance(w := tekst.gegevens.get(veld), str) and w]
        uit.append(_vertaald(tekst, wereld) if van_team else tekst)
        uit += [onder for w in van_team for onder in _eronder(wereld, stand, w) if onder not in uit]
        if tekst.sleutel == EIGEN_TIP and SPREEKTAAL in uit[-1].gegevens:
            uit.append(Tekst("weekbericht.nederlands"))
    return uit


def _vertaald(tekst: Tekst, wereld: Wereld) -> Tekst:
    velden = {v: in_hun_taal(wereld, str(w)) for v, w in tekst.gegevens.items() if v in VAN_TEAM}
    if tekst.sleutel == EIGEN_TIP and tekst.gegevens["tip"] not in wereld.vertaald:
        return Tekst(tekst.sleutel, {**tekst.gegevens, SPREEKTAAL: BRON})
    return Tekst(tekst.sleutel, {**tekst.gegevens, **velden})


def _eronder(wereld: Wereld, stand: Stand, origineel: str) -> Iterator[Tekst]:
    gevonden = wereld.vertaald.get(origineel)
    if gevonden is not None:
        if gevonden.tekst != origineel:
            yield Tekst(f"vertaald.{gevonden.status}", {"origineel": origineel})
        return
    u = wereld.uitnodiging(stand.over)
    woorden = uitleg(origineel, wereld.taal, u.soort if u and u.titel == origineel else "")
    if woorden:
        yield Tekst("vertaald.niet", {"uitleg": woorden})


def met_vertaling(bericht: Bericht, vertaling: str) -> Bericht:
    """A message that waited for a translation, with it: in place of the original, which comes under it; words of a
    parent, which stand within a sentence to staff, get it under them.
    """
    teksten: list[Tekst] = []
    for tekst in bericht.teksten:
        if tekst.sleutel == WACHT:
            origineel = str(tekst.gegevens["tekst"])
            eronder = [Tekst("vertaald.machine", {"origineel": origineel})] if vertaling != origineel else []
            teksten += [Tekst.letterlijk(vertaling), *eronder]
        else:
            teksten.append(tekst)
    if not any(tekst.sleutel == WACHT for tekst in bericht.teksten):
        teksten.append(Tekst("vertaald.voor_team", {"vertaling": vertaling}))
    return replace(bericht, teksten=tuple(teksten))
