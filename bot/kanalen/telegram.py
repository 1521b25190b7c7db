"""Telegram, as far as it does not depend on a library: what comes in here, what goes out in ``telegram_uit``.

The raw update is read here and not by a library: theirs takes 60-125 µs a piece against some 3 µs, and one
odd update would make a whole batch fail. Source: Bot API documentation, "Getting updates", "Available types".
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence

from bot.kanalen.basis import Onleesbaar, Ontvangst, Tempo, Vermogen
from bot.kanalen.telegram_uit import BIJSCHRIFT, Fout, Oproep, besluit, lees_fout, oproepen, schoon, toetsenbord
from dialogen.basis import GROOTSTE_SPRAAK, LANGSTE_SPRAAK, TE_LANG, Invoer, Soort
from dialogen.hardop import DIT, HOOR

__all__ = [
    "ALLOWED_UPDATES",
    "KANAAL",
    "MAX_BODY",
    "TEMPO",
    "VERMOGEN",
    "Fout",
    "Oproep",
    "besluit",
    "geheim_klopt",
    "lees_fout",
    "ontleed",
    "oproepen",
    "toetsenbord",
    "volgende",
]

KANAAL = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query"]  # what we do not use, we do not ask for
VERMOGEN = Vermogen(
    knoppen=100, lijst=100, label=64, tekst=4096, spraak=True, bewerken=True, bestand=True, beeld=True,
    bijschrift=BIJSCHRIFT,
)  # fmt: skip
TEMPO = Tempo(per_seconde=29.7, per_chat=1.0)
MAX_BODY = 1 << 20  # bytes of one webhook call
MAX_RUW = 16_384  # characters kept of an update that could not be read
MAX_NAAM = 60
MAX_KNOPPEN, LABEL = 20, 64  # so many buttons are read aloud, and so much of each
MAX_DATA = 64  # bytes of a button's data, Telegram's own limit

_HOOGSTE_UPDATE = 2**63 - 1
_HOOGSTE_ID = 2**53  # numbers of chats and messages stay under this
_CONTROLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # tab, newline and the like become spaces instead
_STUREND = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # turn the text around a name
_ONZICHTBAAR = re.compile(f"[{_CONTROLE}{_STUREND}\ud800-\udfff]")
_OPDRACHT = re.compile(r"/([A-Za-z0-9_]{1,32})(@[A-Za-z0-9_]*)?(?:\s+(.*))?", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BESTAND = re.compile(r"[!-~]{1,256}")
# What Telegram writes in a chat by itself; nobody said anything, so nothing is answered.
_DIENST = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "forum_topic_created",
        "message_auto_delete_timer_changed",
        "pinned_message",
        "proximity_alert_triggered",
        "write_access_allowed",
    }
)

_Object = dict[str, object]


class _Stuk(Exception):
    """The update does not have the shape of the documentation. Holds no content."""


def ontleed(account: str, update: object) -> Ontvangst | Onleesbaar | None:
    """One decoded update as our value; ``account`` is the bot's number.

    None is silence: groups, channels, bots, kinds we did not ask for, and what cannot even be numbered. Never
    raises, whatever the input.
    """
    if not isinstance(update, dict):
        return None
    nummer = update.get("update_id")
    if type(nummer) is not int or not 0 <= nummer <= _HOOGSTE_UPDATE:
        return None
    try:
        return _ontvangst(account, str(nummer), update)
    except Exception:  # the promise of this function: one odd update never holds up the good ones
        return Onleesbaar(KANAAL, account, str(nummer), _ruw(update))


def volgende(updates: Sequence[object], offset: int) -> int:
    """The offset that confirms these raw updates; unchanged when none of them has a number."""
    nummers = (u.get("update_id") for u in updates if isinstance(u, dict))
    return max([offset, *(n + 1 for n in nummers if type(n) is int)])


def geheim_klopt(header: str | None, geheim: str) -> bool:
    """Whether the webhook's secret header is ours, in constant time. Without a secret nothing is let in."""
    if header is None or not geheim:
        return False
    gekregen, verwacht = (tekst.encode("utf-8", "surrogatepass") for tekst in (header, geheim))
    return hmac.compare_digest(gekregen, verwacht)


def _ontvangst(account: str, extern_id: str, update: _Object) -> Ontvangst | None:
    if (bericht := update.get("message")) is not None:
        return _uit_bericht(account, extern_id, _als_object(bericht), gewijzigd=False)
    if (druk := update.get("callback_query")) is not None:
        return _uit_druk(account, extern_id, _als_object(druk))
    if (bericht := update.get("edited_message")) is not None:
        return _uit_bericht(account, extern_id, _als_object(bericht), gewijzigd=True)
    return None


def _uit_bericht(account: str, extern_id: str, bericht: _Object, *, gewijzigd: bool) -> Ontvangst | None:
    chat = _als_object(bericht.get("chat"))
    if _als_tekst(chat.get("type")) != "private":
        return None
    van = _als_object(bericht.get("from"))
    if van.get("is_bot"):
        return None
    inhoud = _wijziging(bericht) if gewijzigd else _inhoud(bericht)
    if inhoud is None:
        return None
    onder = _onder(bericht.get("reply_to_message")) if inhoud == (Soort.TEKST, HOOR) else ("", ())
    invoer = Invoer(inhoud[0], inhoud[1], _naam(van), onder=onder[0], labels=onder[1])
    return Ontvangst(KANAAL, account, extern_id, str(_als_id(chat.get("id"))), invoer)


def _uit_druk(account: str, extern_id: str, druk: _Object) -> Ontvangst | None:
    """A pressed button. Without its message (a very old one) the answer goes to who pressed, in private."""
    van, data = _als_object(druk.get("from")), druk.get("data")
    if van.get("is_bot") or data is None or "inline_message_id" in druk:
        return None
    adres, nummer = _als_id(van.get("id")), ""
    if druk.get("message") is not None:
        bericht = _als_object(druk["message"])
        chat = _als_object(bericht.get("chat"))
        if _als_tekst(chat.get("type")) != "private":
            return None
        adres, nummer = _als_id(chat.get("id")), str(_als_id(bericht.get("message_id")))
    onder = _onder(druk.get("message")) if str(data).startswith(f"{DIT}:") else ("", ())
    invoer = Invoer(Soort.KNOP, _data(data), _naam(van), nummer, onder=onder[0], labels=onder[1])
    return Ontvangst(KANAAL, account, extern_id, str(adres), invoer, _bestand(druk.get("id")))


def _onder(bericht: object) -> tuple[str, tuple[str, ...]]:
    """What a message of ours says and what can be chosen under it, for who wants to hear it."""
    if not isinstance(bericht, dict):
        return "", ()
    tekst = bericht.get("text") or bericht.get("caption") or ""
    rijen = _als_object(bericht.get("reply_markup") or {}).get("inline_keyboard")
    knoppen = [knop for rij in _als_rij(rijen) for knop in _als_rij(rij) if isinstance(knop, dict)]
    labels = tuple(schoon(_als_tekst(k.get("text")))[:LABEL] for k in knoppen[:MAX_KNOPPEN])
    return schoon(_als_tekst(tekst)), labels


def _inhoud(bericht: _Object) -> tuple[Soort, str] | None:
    """What was sent: kind and value. Only text, sound and the file id of a photo (used only where it
    was asked for) are read; of the rest not even a caption."""
    if (tekst := bericht.get("text")) is not None:
        return _opdracht(schoon(_als_tekst(tekst)))
    geluid = bericht.get("voice") or bericht.get("audio")
    if geluid is not None:
        return _spraak(_als_object(geluid))
    if (foto := bericht.get("photo")) is not None:
        return Soort.FOTO, _grootste(foto)
    return (Soort.ANDERS, "") if _DIENST.isdisjoint(bericht) else None


def _spraak(geluid: _Object) -> tuple[Soort, str]:
    """A voice note, or a sound file. What says itself that it is too long is never fetched; a size or a duration that
    is missing or odd is measured afterwards."""
    bestand = _bestand(geluid.get("file_id"))
    seconden, maat = geluid.get("duration"), geluid.get("file_size")
    lang = isinstance(seconden, int) and seconden > LANGSTE_SPRAAK
    groot = isinstance(maat, int) and maat > GROOTSTE_SPRAAK
    return (Soort.ONHOORBAAR, TE_LANG) if lang or groot else (Soort.SPRAAK, bestand)


def _wijziging(bericht: _Object) -> tuple[Soort, str] | None:
    """An edit, with its text if it has one. A live location edits itself every few seconds: silence."""
    if "location" in bericht:
        return None
    tekst = bericht.get("text")
    return Soort.GEWIJZIGD, "" if tekst is None else schoon(_als_tekst(tekst))


def _opdracht(tekst: str) -> tuple[Soort, str]:
    """``/start CODE`` in any capitals is a start; another command stays text, without the bot's name."""
    if not tekst.startswith("/") or (gelezen := _OPDRACHT.fullmatch(tekst)) is None:
        return Soort.TEKST, tekst
    naam, bot, rest = gelezen.group(1), gelezen.group(2), (gelezen.group(3) or "").strip()
    if naam.lower() == "start":
        return Soort.START, rest if _CODE.fullmatch(rest) else ""
    return Soort.TEKST, f"/{naam} {rest}".rstrip() if bot else tekst


def _naam(van: _Object) -> str:
    """The display name in one line, without characters that steer, at most ``MAX_NAAM`` of them."""
    delen = [deel for sleutel in ("first_name", "last_name") if (deel := van.get(sleutel)) is not None]
    naam = " ".join(map(_als_tekst, delen))
    if not naam.isprintable():
        naam = _ONZICHTBAAR.sub("", naam)
    return " ".join(naam.split())[:MAX_NAAM].rstrip()


def _data(waarde: object) -> str:
    data = _als_tekst(waarde)
    if not data.isprintable() or len(data.encode()) > MAX_DATA:
        raise _Stuk
    return data


def _bestand(waarde: object) -> str:
    """An identifier of Telegram's: printable ASCII."""
    if not isinstance(waarde, str) or not _BESTAND.fullmatch(waarde):
        raise _Stuk
    return waarde


def _grootste(maten: object) -> str:
    """The file id of the last, largest size of a photo."""
    if not isinstance(maten, list) or not maten:
        raise _Stuk
    return _bestand(_als_object(maten[-1]).get("file_id"))


def _als_object(waarde: object) -> _Object:
    if not isinstance(waarde, dict):
        raise _Stuk
    return waarde


def _als_rij(waarde: object) -> list[object]:
    return waarde if isinstance(waarde, list) else []


def _als_tekst(waarde: object) -> str:
    if not isinstance(waarde, str):
        raise _Stuk
    return waarde


def _als_id(waarde: object) -> int:
    if type(waarde) is not int or not 0 < waarde < _HOOGSTE_ID:
        raise _Stuk
    return waarde


def _ruw(update: _Object) -> str:
    """The update as JSON text in ASCII, cut; '' when it cannot be written down either."""
    try:
        return json.dumps(update, skipkeys=True, default=lambda _: None)[:MAX_RUW]
    except Exception:  # nested too deep, or turning in a circle
        return ""
