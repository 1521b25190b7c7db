"""People on the other side: they write, press, speak, block, and read what the bot sent them.

Every call works from any thread and returns at once; only `wacht_op` and `zeg` wait.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable

from .bericht import Bericht
from .fouten import Json
from .kern import Chat, Kern, Opgeslagen, Tik
from .opmaak import opdrachten

Wens = str | int | Callable[[Bericht], bool]
_OGG = b"OggS\x00\x02" + bytes(20) + b"OpusHead" + bytes(11)
_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(16)


class NietGekomen(AssertionError):
    """The message that a test waited for did not come; says what did."""


class Kamer:
    """A chat as one sees it on the telephone."""

    def __init__(self, kern: Kern, chat: Chat) -> None:
        self._kern = kern
        self.chat = chat
        self.id = chat.id

    @property
    def berichten(self) -> list[Bericht]:
        """What the bot sent here, oldest first, edits applied, deleted ones gone."""
        with self._kern.slot:
            return [
                Bericht(self._kern, self.chat, b)
                for b in self.chat.berichten.values()
                if b.van_bot and not b.verwijderd
            ]

    @property
    def laatste(self) -> Bericht:
        berichten = self.berichten
        if not berichten:
            raise NietGekomen("nothing was received")
        return berichten[-1]

    def verloop(self) -> str:
        """The whole conversation, a line per message; '>' is the bot."""
        with self._kern.slot:
            regels = [(b.van_bot, Bericht(self._kern, self.chat, b)) for b in self.chat.berichten.values()]
            return "\n".join(f"{'>' if van_bot else '<'} {bericht!r}" for van_bot, bericht in regels)

    async def wacht_op(self, wens: Wens, timeout: float = 5.0, na: int = 0) -> Bericht:
        """The first message after the first `na` that fits, within `timeout` seconds. A wish is a part of its
        text or label of a button, a test, or n: the n-th message (from 1). Raises NietGekomen."""
        gevonden = await self.chat.bel.wacht(lambda: self._zoek(wens, na), timeout)
        return self._of_niet(gevonden, wens)

    def wacht_op_sync(self, wens: Wens, timeout: float = 5.0, na: int = 0) -> Bericht:
        """The same without an event loop."""
        return self._of_niet(self.chat.bel.wacht_sync(lambda: self._zoek(wens, na), timeout), wens)

    def _zoek(self, wens: Wens, na: int) -> Bericht | None:
        berichten = self.berichten[na:]
        if isinstance(wens, int):
            return berichten[wens - 1] if len(berichten) >= wens else None
        return next((b for b in berichten if _past(b, wens)), None)

    def _of_niet(self, gevonden: Bericht | None, wens: Wens) -> Bericht:
        if gevonden is None:
            raise NietGekomen(f"did not come: {wens!r}; the conversation was:\n{self.verloop()}")
        return gevonden


def _past(bericht: Bericht, wens: str | Callable[[Bericht], bool]) -> bool:
    if isinstance(wens, str):
        return wens in bericht.tekst or wens in bericht.labels
    return wens(bericht)


class Groep(Kamer):
    """A group chat with the bot in it."""


class Gebruiker(Kamer):
    """Somebody with Telegram. The bot may write to them once they wrote first."""

    def __init__(self, kern: Kern, chat: Chat, profiel: Json) -> None:
        super().__init__(kern, chat)
        self.profiel = profiel

    def stuur(
        self,
        tekst: str,
        *,
        in_groep: Groep | None = None,
        antwoord_op: Bericht | None = None,
        keer: int | None = None,
    ) -> Bericht:
        """Type something; `keer`: how often the bot gets this update."""
        inhoud: Json = {"text": tekst}
        if opmaak := opdrachten(tekst):
            inhoud["entities"] = opmaak
        if antwoord_op is not None:
            inhoud["reply_to_message"] = copy.deepcopy(antwoord_op.json)
        return self._plaats(inhoud, in_groep, keer)

    async def zeg(self, tekst: str, timeout: float = 5.0) -> Bericht:
        """Type something and wait for the bot's next message."""
        na = len(self.berichten)
        self.stuur(tekst)
        return await self.wacht_op(1, timeout, na)

    def spraak(self, seconden: int = 3, data: bytes = _OGG, maat: int | None = None) -> Bericht:
        """Record a voice note that says it has so many seconds, and so many bytes (else: what it has)."""
        stem = {**self._bewaar(data, "voice/file.oga", maat), "duration": seconden, "mime_type": "audio/ogg"}
        return self._plaats({"voice": stem})

    def foto(self, bijschrift: str = "", data: bytes = _JPEG) -> Bericht:
        maat = {**self._bewaar(data, "photos/file.jpg"), "width": 640, "height": 480}
        return self._plaats({"photo": [maat], **({"caption": bijschrift} if bijschrift else {})})

    def sticker(self, emoji: str = "\N{THUMBS UP SIGN}") -> Bericht:
        soort = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._plaats({"sticker": {**self._bewaar(b"RIFF", "stickers/file.webp"), **soort, "emoji": emoji}})

    def locatie(self, lat: float = 52.09, lon: float = 5.12) -> Bericht:
        return self._plaats({"location": {"latitude": lat, "longitude": lon}})

    def contact(self, telefoon: str = "+31600000000") -> Bericht:
        """Share one's own telephone number."""
        eigen = {"first_name": self.profiel["first_name"], "user_id": self.id}
        return self._plaats({"contact": {"phone_number": telefoon, **eigen}})

    def bewerk(self, bericht: Bericht, tekst: str) -> None:
        """Change a message of one's own."""
        with self._kern.slot:
            nieuw = bericht.json | {"text": tekst, "entities": opdrachten(tekst)}
            self._kern.wijzig(bericht.chat, bericht.opgeslagen, nieuw)
            self._meld({"edited_message": copy.deepcopy(bericht.json)}, ("bericht", bericht.chat.id))

    def toets(self, label: str) -> Bericht:
        """Press a key of the keyboard under the text field: sends its label."""
        if not any(label in b.toetsen for b in self.berichten):
            raise LookupError(f"no key {label!r}")
        return self.stuur(label)

    def druk(self, knop: str, keer: int | None = None) -> Tik:
        """Press the newest button with this label or data, under whatever message it stands."""
        for bericht in reversed(self.berichten):
            if any(knop in (k.label, k.data) for k in bericht.knoppen):
                return self.tik(bericht, knop, keer=keer)
        raise LookupError(f"no button {knop!r}; the conversation was:\n{self.verloop()}")

    def tik(
        self,
        bericht: Bericht,
        knop: str,
        *,
        oud: bool = False,
        ontoegankelijk: bool = False,
        keer: int | None = None,
    ) -> Tik:
        """Press a button by label or data. `oud`: also one that an edit took away, as a slow telephone does;
        `ontoegankelijk`: the bot no longer gets the message itself (InaccessibleMessage)."""
        with self._kern.slot:
            data = bericht.knop(knop, oud).data
            if not data:
                raise LookupError(f"button {knop!r} opens something and tells the bot nothing")
            tik = Tik(str(10**17 + self._kern.nummer()), data, time.monotonic())
            self._kern.tikken[tik.id] = tik
            self._meld({"callback_query": self._vraag(tik, bericht, ontoegankelijk)}, ("tik", self.id), keer)
            return tik

    def _vraag(self, tik: Tik, bericht: Bericht, ontoegankelijk: bool) -> Json:
        dood = {"chat": bericht.chat.info, "message_id": bericht.id, "date": 0}
        message = dood if ontoegankelijk else copy.deepcopy(bericht.json)
        vraag = {"id": tik.id, "from": self.profiel, "message": message}
        return {**vraag, "chat_instance": str(bericht.chat.id), "data": tik.data}

    def blokkeer(self, stil: bool = False) -> None:
        """Block the bot: it hears so (unless `stil`) and gets 403 from now on."""
        self._lidmaatschap("member", "kicked", "bot was blocked by the user", stil)

    def deblokkeer(self, stil: bool = False) -> None:
        self._lidmaatschap("kicked", "member", None, stil)

    def verdwijn(self) -> None:
        """Delete one's account; the bot hears nothing."""
        with self._kern.slot:
            self.chat.weigert = "user is deactivated"

    def _lidmaatschap(self, oud: str, nieuw: str, weigert: str | None, stil: bool) -> None:
        with self._kern.slot:
            self.chat.weigert = weigert
            if not stil:
                verandering = lidmaatschap(self._kern, self.chat, self.profiel, oud, nieuw)
                self._meld({"my_chat_member": verandering}, ("lid", self.id))

    def _bewaar(self, data: bytes, pad: str, maat: int | None = None) -> Json:
        with self._kern.slot:
            return self._kern.bewaar(data, pad, maat).json()

    def _plaats(self, inhoud: Json, groep: Groep | None = None, keer: int | None = None) -> Bericht:
        chat = groep.chat if groep else self.chat
        with self._kern.slot:
            if chat.weigert is not None:
                raise RuntimeError(f"cannot write: {chat.weigert}")
            chat.bekend = True
            opgeslagen: Opgeslagen = self._kern.schrijf(chat, self.profiel, inhoud)
            self._meld({"message": copy.deepcopy(opgeslagen.json)}, ("bericht", chat.id), keer)
            return Bericht(self._kern, chat, opgeslagen)

    def _meld(self, inhoud: Json, rij: tuple[str, int], keer: int | None = None) -> None:
        self._kern.bijwerkingen.voeg_toe(inhoud, rij, keer)


def lidmaatschap(kern: Kern, chat: Chat, wie: Json, oud: str, nieuw: str) -> Json:
    """A ChatMemberUpdated about the bot itself."""
    staten = [{"user": kern.bot, "status": s, **({"until_date": 0} if s == "kicked" else {})} for s in (oud, nieuw)]
    kop = {"chat": chat.info, "from": wie, "date": int(kern.nu())}
    return {**kop, "old_chat_member": staten[0], "new_chat_member": staten[1]}
