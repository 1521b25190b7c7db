"""A small scripted engine behind the web server: it answers with what is written here and keeps it in memory.

``NepMotor`` plays the part of the inbox, the engine and the outbox together. To test against the real
application, give the fixture ``web`` another ``Web``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp.test_utils import TestClient

from bot.kanalen.basis import Bijlage, Onleesbaar, Ontvangst, Weergave
from bot.kanalen.telegram import geheim_klopt
from bot.kanalen.webchat import BLADZIJ, Regel, Webchat
from bot.web.basis import Demo, Web, Webhook

Klant = TestClient[Any, Any]

CODE = "ouders-Zx81"
ARABISCH = "moeder-Qw42"
TEAM = "team-Lk77"
CODES = frozenset({CODE, ARABISCH, TEAM})
GEHEIM = "s3cret"

UITNODIGING = Weergave(
    "☕ Koffie met ouders\n\nVoor vaders, moeders en andere verzorgers.\n📅 dinsdag 8 december\n🕘 09:30\n"
    "📍 De huiskamer\n\nKinderen mogen mee. Gratis. Nederlands hoeft niet. Samira staat bij de deur.",
    (("✅ Ik kom", "u:ja:1"), ("🤔 Misschien", "u:misschien:1"), ("❌ Ik kan niet", "u:nee:1")),
)
TALEN = (
    ("Nederlands", "t:nl"),
    ("English", "t:en"),
    ("Türkçe", "t:tr"),
    ("العربية", "t:ar"),
    ("Polski", "t:pl"),
    ("Українська", "t:uk"),
    ("ትግርኛ", "t:ti"),
    ("Soomaali", "t:so"),
)
REDENEN = (
    ("🕘 Tijd of werk", "r:tijd"),
    ("👶 Kind of gezin", "r:gezin"),
    ("💬 Het past niet", "r:past"),
    ("🎤 Ik vertel het", "r:vertel"),
    ("🤐 Zeg ik niet", "r:niet"),
)
DAGDELEN = (("🌅 Ochtend", "d:o"), ("☀️ Middag", "d:m"), ("🌙 Avond", "d:a"), ("📅 Weekend", "d:w"))

SCRIPT: Mapping[str, Sequence[Weergave]] = {
    CODE: (
        Weergave("👋 Hallo! Ik ben de bot van De Regenboog. Ik stuur uitnodigingen en tips."),
        Weergave(
            "Welke taal spreek jij het liefst?",
            TALEN,
        ),
    ),
    "t:nl": (UITNODIGING,),
    "u:ja:1": (Weergave("Fijn! Met hoeveel grote mensen kom je?", (("1", "n:1"), ("2", "n:2"), ("3+", "n:3"))),),
    "u:nee:1": (
        Weergave(
            "Jammer! Mag ik vragen waarom? Nee zeggen mag altijd.",
            REDENEN,
        ),
    ),
    "r:tijd": (Weergave("Dank je! Komt een andere keer beter uit?", (("✅ Ja", "a:ja"), ("❌ Nee", "a:nee"))),),
    "n:2": (Weergave("Top. Tot dinsdag 8 december, 09:30! Plan veranderd? Prima. Kies opnieuw."),),
    "dagdelen": (Weergave("Wanneer kun je meestal? Kies er zoveel je wilt.", (*DAGDELEN, ("👌 Klaar", "d:k"))),),
    ARABISCH: (
        Weergave("👋 أهلاً! أنا مساعد مدرسة De Regenboog.", rtl=True, taal="ar"),
        Weergave(
            "☕ قهوة مع الأهل\n📅 الثلاثاء ٨ ديسمبر\n🕘 09:30",
            (("✅ سأحضر", "u:ja:2"), ("🤔 ربما", "u:misschien:2"), ("❌ لا أستطيع", "u:nee:2")),
            rtl=True,
            taal="ar",
        ),
    ),
    "u:ja:2": (Weergave("رائع! نراك يوم الثلاثاء.", rtl=True, taal="ar"),),
    TEAM: (
        Weergave("Dag Samira! Koffie met ouders, dinsdag 8 december."),
        Weergave(
            "✅ 12 🤔 4 ❌ 9 ⏳ 23\nVaders: ✅ 5",
            (("👥 Wie komt", "p:wie"), ("🔔 Herinner", "p:herinner"), ("✖️ Afgelasten", "p:af")),
        ),
    ),
}


@dataclass(slots=True)
class NepMotor:
    """Takes in once per id, answers from ``SCRIPT``, and remembers what was sent."""

    binnen: dict[str, Ontvangst | Onleesbaar] = field(default_factory=dict)
    uit: list[tuple[int, str, Weergave]] = field(default_factory=list)
    stuk: bool = False
    bevestigd: list[str] = field(default_factory=list)
    webchat: Webchat = field(init=False)

    def __post_init__(self) -> None:
        self.webchat = Webchat(self.geschiedenis)

    async def aannemen(self, wat: Sequence[Ontvangst | Onleesbaar]) -> None:
        """Commit and answer at once. Raises ``OSError`` while ``stuk``."""
        if self.stuk:
            raise OSError("disk full")
        for een in wat:
            if een.extern_id not in self.binnen:
                self.binnen[een.extern_id] = een
                await self._antwoord(een)

    async def _antwoord(self, een: Ontvangst | Onleesbaar) -> None:
        if not isinstance(een, Ontvangst) or een.kanaal != "web":
            return
        waarde = een.invoer.waarde
        if waarde.startswith("d:"):
            await self.zeg(een.adres, self._gewisseld(een.adres, waarde, een.invoer.bericht))
        for weergave in SCRIPT.get(waarde, () if ":" in waarde else (Weergave(f"Je zei: {waarde}"),)):
            await self.zeg(een.adres, weergave)

    def _gewisseld(self, adres: str, data: str, bericht: str) -> Weergave:
        """The parts of the day with one switched, in place of the message that was pressed."""
        oud = next(w for nummer, a, w in self.uit if a == adres and str(nummer) == bericht)
        knoppen = tuple((_wissel(label) if d == data else label, d) for label, d in oud.knoppen)
        return Weergave(oud.tekst, knoppen, vervangt=bericht)

    async def zeg(self, adres: str, weergave: Weergave) -> int:
        """Send one message; its number."""
        nummer = len(self.uit) + 1
        self.uit.append((nummer, adres, weergave))
        await self.webchat.verzend(adres, weergave, nummer)
        return nummer

    async def bijlage(self, adres: str, nummer: int, soort: str) -> Bijlage | None:
        """The sound or the picture of what was sent to this chat."""
        gevonden = next((w for n, a, w in self.uit if (n, a) == (nummer, adres)), None)
        return getattr(gevonden, soort, None)

    async def geschiedenis(self, adres: str, na: int) -> Sequence[Regel]:
        """What was sent to this chat after a number."""
        return [(n, w) for n, a, w in self.uit if a == adres and n > na][:BLADZIJ]


def _wissel(label: str) -> str:
    return label[2:] if label.startswith("✔ ") else f"✔ {label}"


async def code_bestaat(code: str) -> bool:
    """Whether it is one of the three codes here."""
    return code in CODES


async def redenen() -> bytes:
    """A tiny export."""
    return "\ufeffactiviteit;reden\r\nKoffie met ouders;Tijd of werk\r\n".encode()


def maak(motor: NepMotor) -> Web:
    """A ``Web`` around the scripted engine, with a webhook and the demo page."""

    async def gereed() -> Mapping[str, bool]:
        return {"database": not motor.stuk, "verzenden": True}

    def ontleed(ruw: object) -> Ontvangst | Onleesbaar | None:
        if not isinstance(ruw, dict) or "update_id" not in ruw:
            return None
        kenmerk = str(ruw["update_id"])
        if "message" not in ruw:
            return Onleesbaar("telegram", "7", kenmerk, "{}")
        return Ontvangst("telegram", "7", kenmerk, "99", ruw["message"], bevestiging=kenmerk)

    def bevestig(wat: Sequence[Ontvangst]) -> None:
        motor.bevestigd.extend(een.bevestiging for een in wat)

    return Web(
        aannemen=motor.aannemen,
        webchat=motor.webchat,
        code_bestaat=code_bestaat,
        gereed=gereed,
        bijlage=motor.bijlage,
        webhook=Webhook("/telegram/hook", GEHEIM, ontleed, bevestig, geheim_klopt),
        demo=Demo(
            (("Yasmin", "moeder", ARABISCH), ("Marek", "vader", CODE), ("Samira", "collega", TEAM)),
            redenen,
            "De Regenboog",
        ),
        hartslag=0.3,
    )
