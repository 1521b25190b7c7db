"""What was spoken, as words → the choice it names. Generous, because only a button pressed afterwards counts."""

from __future__ import annotations

import re

from dialogen import begrijpen, motor
from dialogen.basis import Bericht, Invoer, Knop, Soort, Stand, Tekst, Wereld
from dialogen.motor import Flows
from dialogen.stappen import Kies, Stap, Vraag

ANDERS, KLOPT = "iets-anders", "het-klopt"
"""Choices of every question "did I hear that right?"; with a hyphen, so that no flow has them."""
GEHOORD = "gehoord"
"""Under which words that were heard stand among the answers until they are confirmed."""
TOON = 60
"""Characters of what was heard that are shown again."""
_WOORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TELT: dict[str, str] = {
    "nl": "een,één twee drie vier vijf zes zeven acht negen tien",
    "en": "one two three four five six seven eight nine ten",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "ar": "واحد,واحدة اثنان,اثنين,إثنين ثلاثة,ثلاث أربعة,اربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "ary": "واحد,واحدة جوج,زوج تلاتة ربعة خمسة ستة سبعة تمنية تسعود عشرة",
    "pl": "jeden,jedna dwa,dwie,dwoje trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "uk": "один,одна два,дві,двоє три чотири п'ять,п’ять шість сім вісім дев'ять,дев’ять десять",
    "ti": "ሓደ ክልተ ሰለስተ ኣርባዕተ ሓሙሽተ ሽዱሽተ ሸውዓተ ሸሞንተ ትሽዓተ ዓሰርተ",
    "so": "kow,hal laba saddex afar shan lix toddoba siddeed sagaal toban",
    "fa": "یک دو سه چهار پنج شش هفت هشت - ده",  # nine is also "no"
    "es": "uno,una dos tres cuatro cinco seis siete ocho nueve diez",
}
_LIDWOORD = frozenset({"een", "una", "bir", "یک"})
"""Also "a": within a sentence these are no number."""


def getal(tekst: str, taal: str) -> int | None:
    """A whole number from 1 to 10 as it is said, in this language, Dutch or English; or in digits. None otherwise."""
    plat = begrijpen.vouw(tekst)
    for code in (taal, "nl", "en"):
        for nummer, vormen in enumerate(_TELT.get(code, "").split(), 1):
            if plat in (begrijpen.vouw(vorm) for vorm in vormen.split(",")):
                return nummer
    return begrijpen.getal(tekst)


def keuze(flows: Flows, stand: Stand, gehoord: str, wereld: Wereld) -> str | None:
    """The choice of this step that was named: by the whole of it, or by the only meaning among its words."""
    heel = _gekozen(flows, stand, gehoord, wereld)
    if heel is not None:
        return heel
    genoemd = {k for woord in _woorden(gehoord) if (k := _los(flows, stand, woord, wereld)) is not None}
    return genoemd.pop() if len(genoemd) == 1 else None


def _woorden(gehoord: str) -> list[str]:
    return [w for w in _WOORD.findall(gehoord)[:20] if begrijpen.vouw(w) not in _LIDWOORD]


def _los(flows: Flows, stand: Stand, woord: str, wereld: Wereld) -> str | None:
    """A single word counts among others only for what it means: a yes, a no, a maybe or a number."""
    if begrijpen.bedoeling(woord) in {"ja", "nee", "misschien"} or getal(woord, wereld.taal) is not None:
        return _gekozen(flows, stand, woord, wereld)
    return None


def _gekozen(flows: Flows, stand: Stand, gehoord: str, wereld: Wereld) -> str | None:
    nummer = getal(gehoord, wereld.taal)
    for tekst in (gehoord, " ".join(_WOORD.findall(gehoord)), str(nummer or "")):
        gekozen = motor.gekozen(flows, stand, Invoer(Soort.TEKST, tekst), wereld) if tekst else None
        if gekozen is not None:
            return gekozen
    return None


def past(stap: Stap | None, invoer: Invoer) -> bool:
    """Whether what is spoken at this step has to be written out to be of use: it asks for a button, or to type."""
    return (isinstance(stap, Kies) and stap.vrij is None) or (isinstance(stap, Vraag) and stap.lees(invoer) is None)


def vraag_na(flows: Flows, stand: Stand, gekozen: str, gehoord: str, wereld: Wereld) -> Bericht:
    """Did I hear that right? With the step's own button, which is the only thing that counts."""
    flow = flows[stand.flow]
    stap = flow.stap(stand.stap)
    rij = motor.knoppen(flow, stap, wereld, stand) if isinstance(stap, Kies | Vraag) else ()
    eigen = next(knop for knop in rij if knop.data.split(":")[1] == gekozen)
    return _hoorde(stand, eigen, gehoord)


def vraag_woorden_na(stand: Stand, gehoord: str) -> Bericht:
    """The same for words where no button says them."""
    return _hoorde(stand, Knop(_data(stand, KLOPT), Tekst("spraak.klopt")), gehoord)


def _hoorde(stand: Stand, knop: Knop, gehoord: str) -> Bericht:
    kort = gehoord if len(gehoord) <= TOON else gehoord[: TOON - 1] + "…"
    anders = Knop(_data(stand, ANDERS), Tekst("spraak.anders"))
    return Bericht((Tekst("spraak.hoorde", {"gehoord": kort.strip(" .!")}),), (knop, anders))


def _data(stand: Stand, gekozen: str) -> str:
    return f"{stand.flow}.{stand.stap}:{gekozen}" + (f":{stand.over}" if stand.over else "")
