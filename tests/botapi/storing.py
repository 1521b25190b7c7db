"""What can go wrong between a bot and Telegram, on purpose: by script, or by seeded chance.

Every fault falls either before the request did anything, or after it did and only the answer got lost. A
client cannot tell those two apart, which is why a test must be able to.
"""

from __future__ import annotations

import json
import random
import threading
from collections import deque
from dataclasses import dataclass

from .fouten import ApiFout, te_veel
from .verzoek import heet


@dataclass(frozen=True)
class Storing:
    """One fault. `na`: after the effect. `verbreek`: cut the connection. `body`: answer this with `code`
    instead. `wacht`: first be silent for so many seconds."""

    naam: str
    na: bool = False
    verbreek: bool = False
    code: int = 0
    body: str = ""
    content_type: str = "application/json"
    wacht: float = 0.0


def antwoord(fout: ApiFout, na: bool = False) -> Storing:
    """Answer with this error, as if Telegram refused."""
    return Storing(f"fout_{fout.code}", na=na, code=fout.code, body=json.dumps(fout.json()))


def vertraag(seconden: float) -> Storing:
    """Be slow, then do what was asked."""
    return Storing("vertraagd", wacht=seconden)


def wacht_even(seconden: int) -> Storing:
    """A 429 out of the blue, whatever the limits say."""
    return antwoord(te_veel(seconden))


_HTML = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"

WEG_VOOR = Storing("weg_voor", verbreek=True)
WEG_NA = Storing("weg_na", na=True, verbreek=True)
FOUT_500 = antwoord(ApiFout(500, "Internal Server Error"))
FOUT_502 = antwoord(ApiFout(502, "Bad Gateway"))
FOUT_502_NA = antwoord(ApiFout(502, "Bad Gateway"), na=True)
FOUT_502_HTML = Storing("fout_502_html", code=502, body=_HTML, content_type="text/html")


class Storingen:
    """Which fault hits the next request: first `altijd`, then the script, then chance."""

    def __init__(self, seed: int = 0) -> None:
        self._dobbelsteen = random.Random(seed)
        self._slot = threading.Lock()
        self._plan: deque[tuple[str | None, Storing | None]] = deque()
        self._kansen: list[tuple[str | None, Storing, float]] = []
        self._altijd: dict[str | None, Storing] = {}

    def plan(self, *storingen: Storing | None, methode: str | None = None) -> None:
        """The coming requests of `methode` (None: of any method) get these faults, one each; None lets one
        pass."""
        with self._slot:
            self._plan.extend((methode, storing) for storing in storingen)

    def kans(self, storing: Storing, deel: float, methode: str | None = None) -> None:
        """From now on a share `deel` (0..1) of the requests gets this fault, drawn from the seed."""
        with self._slot:
            self._kansen.append((methode, storing, deel))

    def altijd(self, storing: Storing, methode: str | None = None) -> None:
        """Every request, until `herstel`: with WEG_VOOR Telegram is down."""
        with self._slot:
            self._altijd[methode] = storing

    def herstel(self) -> None:
        """Everything works again."""
        with self._slot:
            self._plan.clear()
            self._kansen.clear()
            self._altijd.clear()

    def kies(self, methode: str) -> Storing | None:
        """The fault for this request, taken from the script if it stands there."""
        with self._slot:
            for voor, storing in self._altijd.items():
                if heet(methode, voor):
                    return storing
            for plek, (voor, kans) in enumerate(self._plan):
                if heet(methode, voor):
                    del self._plan[plek]
                    return kans
            return self._gooi(methode)

    def _gooi(self, methode: str) -> Storing | None:
        worp = self._dobbelsteen.random()
        for voor, storing, deel in self._kansen:
            if heet(methode, voor):
                if worp < deel:
                    return storing
                worp -= deel
        return None
