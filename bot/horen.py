"""What one person hears of a message, decided at the moment it is sent: voice first and little to read for who
listens, both for who wants both, and a 🔊 under what can be heard and comes without its sound. Colleagues read.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.kanalen.basis import Bijlage, Vermogen, Weergave
from bot.stemmen import Stemmen, Straks
from bot.stemplan import BIJLAGE, Wens
from bot.weergeven import TIJDZONE, weergave
from dialogen.basis import Bericht, Tekst, Vorm
from dialogen.hardop import HOOR, TAAL, data_van
from dialogen.teksten import GESPROKEN, TALEN, eenheden, zin

LUISTERT = frozenset({Vorm.LUISTEREN, Vorm.ALLEBEI})
KORT = 40
"""Units of a line that stays to be read also by who listens: a day, a time, a place."""
_TAALKNOP = re.compile(r"(?:kennismaken|instellingen)\.\w*taal:-?(\w+)")
_BLIJFT = re.compile(r"\d|https?://")


@dataclass(frozen=True, slots=True)
class Luisteraar:
    """Who gets it: how (``vorm`` '' for who only reads, and gets no 🔊 either), in which language it is written and
    spoken, and of which location.
    """

    vorm: str = ""
    taal: str = "nl"
    spreektaal: str = ""
    locatie: int | None = None
    tijdzone: str = TIJDZONE

    def talen(self, bericht: Bericht) -> tuple[str, ...]:
        """The languages of the voice, best first: one that is only spoken before the one that is written."""
        if bericht.taal:
            return (bericht.taal,)
        return (self.spreektaal, self.taal) if self.spreektaal in GESPROKEN else (self.taal,)


@dataclass(frozen=True, slots=True)
class Gehoord:
    """What is known of the sound of a message: itself, whether there is one, and the languages that can be heard."""

    geluid: Bijlage | None = None
    kan: bool = False
    talen: frozenset[str] = frozenset()


NIETS = Gehoord()


def speelt(bericht: Bericht, wie: Luisteraar, vervangt: str = "") -> bool:
    """Whether sound goes along with this message, when there is any."""
    if bericht.hardop or bericht.stem.startswith(BIJLAGE):
        return True
    hoort = wie.vorm in LUISTERT or (bool(wie.vorm) and bericht.spreek)
    return hoort and not vervangt and not bericht.media


def taalknoppen(bericht: Bericht) -> tuple[str, ...]:
    """The languages that can be chosen under this message."""
    return tuple(m[1] for k in bericht.knoppen if (m := _TAALKNOP.fullmatch(k.data)) and m[1] in TALEN)


def _wens(nummer: int, bericht: Bericht, wie: Luisteraar, voorrang: int = 0) -> Wens:
    return Wens(nummer, bericht, wie.talen(bericht), wie.locatie, voorrang, wie.tijdzone)


class Horen:
    """Looks up, for many messages at once, what is heard of them. ``stemmen`` None: nobody hears anything."""

    def __init__(self, stemmen: Stemmen | None) -> None:
        self._stemmen = stemmen

    def kan(self, vermogen: Vermogen) -> bool:
        """Whether anybody hears anything on this channel."""
        return self._stemmen is not None and vermogen.spraak

    def raakt(self, bericht: Bericht, wie: Luisteraar, vermogen: Vermogen) -> bool:
        """Whether there is anything to look up for this one."""
        if not self.kan(vermogen):
            return False
        return bool(wie.vorm) or speelt(bericht, wie) or bool(taalknoppen(bericht))

    async def zoek(
        self, berichten: Sequence[tuple[int, Bericht, Luisteraar, str, int]]
    ) -> tuple[Mapping[int, Gehoord], Mapping[int, Straks]]:
        """For (number, message, who, what it replaces, priority): what is known now, and the sounds that are there
        later. Raises ``DatabaseWeg``.
        """
        assert self._stemmen is not None, "nothing touches who hears nothing"
        speel = [_wens(n, b, wie, voor) for n, b, wie, vervangt, voor in berichten if speelt(b, wie, vervangt)]
        straks = await self._stemmen.geef(speel) if speel else {}
        anders = [(n, b, wie) for n, b, wie, vervangt, _ in berichten if not speelt(b, wie, vervangt)]
        return await self._bekend(anders) if anders else {}, straks

    async def getoond(
        self, berichten: Sequence[tuple[int, Bericht, Luisteraar, str]], vermogen: Vermogen
    ) -> list[tuple[int, Weergave]]:
        """Messages of before as they are shown again; their sound has its place, and is fetched when it is played."""
        raakt = [(n, b, wie) for n, b, wie, _ in berichten if self.raakt(b, wie, vermogen)]
        bekend = await self._bekend(raakt) if raakt else {}
        uit = []
        for nummer, bericht, wie, vervangt in berichten:
            beeld = weergave(bericht, bericht.taal or wie.taal, vermogen, vervangt, wie.tijdzone)
            gehoord = bekend.get(nummer, NIETS)
            if gehoord.kan and speelt(bericht, wie, vervangt):
                gehoord = replace(gehoord, geluid=Bijlage(""))
            uit.append(
                (nummer, toon(beeld, bericht, wie, gehoord, vermogen) if wie.vorm or nummer in bekend else beeld)
            )
        return uit

    async def _bekend(self, berichten: Sequence[tuple[int, Bericht, Luisteraar]]) -> Mapping[int, Gehoord]:
        """Which of these can be heard, and which languages."""
        assert self._stemmen is not None, "nothing touches who hears nothing"
        te_kiezen = {
            taal: -i for i, taal in enumerate(TALEN, 1) if any(taal in taalknoppen(b) for _, b, _ in berichten)
        }
        proef = [Wens(n, Bericht((Tekst(TAAL),)), (taal,)) for taal, n in te_kiezen.items()]
        kan = await self._stemmen.te_horen([*(_wens(n, b, wie) for n, b, wie in berichten), *proef])
        talen = frozenset(taal for taal, n in te_kiezen.items() if n in kan)
        return {n: Gehoord(kan=n in kan, talen=talen) for n, *_ in berichten}

    async def nu(self, nummer: int, bericht: Bericht, wie: Luisteraar, geduld: float) -> Bijlage | None:
        """The sound of one message with its bytes, or None; ``geduld`` seconds are waited for it."""
        if self._stemmen is None:
            return None
        straks = (await self._stemmen.geef([_wens(nummer, bericht, wie)])).get(nummer)
        if straks is None:
            return None
        await asyncio.wait({straks}, timeout=geduld)
        geluid = straks.result() if straks.done() else None
        return await self._stemmen.met_inhoud(geluid) if geluid else None


def luisteraar_van(rij: Any) -> Luisteraar:
    """Who a row of the outbox is for, as ``opslag.postvak.luisteraar`` gives it."""
    return Luisteraar(rij.vorm or "", rij.taal, rij.spreektaal or "", rij.luistert_bij, rij.tijdzone)


def toon(beeld: Weergave, bericht: Bericht, wie: Luisteraar, gehoord: Gehoord, vermogen: Vermogen) -> Weergave:
    """The message as this person gets it: with its sound, with less to read, or with 🔊 buttons."""
    if bericht.hardop:
        tekst = "🔊" if gehoord.geluid else zin(wie.taal, "algemeen.niet_te_horen")
        return replace(beeld, tekst=tekst, knoppen=(), geluid=gehoord.geluid)
    if gehoord.geluid is not None:
        kort = korter(beeld.tekst) if wie.vorm == Vorm.LUISTEREN else beeld.tekst
        beeld = replace(beeld, geluid=gehoord.geluid, tekst=kort)
    knoppen = _met_talen(beeld.knoppen, gehoord.talen)
    if gehoord.kan and gehoord.geluid is None and wie.vorm and beeld.tekst:
        knoppen = (*knoppen, (HOOR, data_van(bericht)))
    past = len(knoppen) <= max(vermogen.knoppen, vermogen.lijst)
    return replace(beeld, knoppen=knoppen) if past else beeld


def _met_talen(knoppen: tuple[tuple[str, str], ...], talen: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Behind the button of each language that can be heard one that says it."""
    if not talen:
        return knoppen
    erbij: list[tuple[str, str]] = []
    for label, data in knoppen:
        taal = m[1] if (m := _TAALKNOP.fullmatch(data)) else ""
        erbij.append((label.removeprefix(f"{HOOR} "), data) if taal in TALEN else (label, data))
        if taal in talen:
            erbij.append((HOOR, f"{TAAL}:{taal}"))
    return tuple(erbij)


def korter(tekst: str) -> str:
    """What stays to be read by who listens: the first line, and what one wants to look up later."""
    regels = [regel for regel in tekst.split("\n") if regel.strip()]
    blijft = [r for i, r in enumerate(regels) if i == 0 or eenheden(r) <= KORT or _BLIJFT.search(r)]
    return "\n".join(blijft)
