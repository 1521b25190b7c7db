"""Text as Telegram reads it: HTML into plain text with entities, trimmed, counted and refused.

Source: Bot API documentation, "Formatting options" (HTML style) and "MessageEntity". Offsets and lengths are
in UTF-16 code units; the places named in errors are byte offsets in UTF-8.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from .fouten import ApiFout, Json, onjuist
from .verzoek import Verzoek

TEKST_HOOGSTENS = 4096
BIJSCHRIFT_HOOGSTENS = 1024

_SOORTEN = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_ENTITEIT = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});?")
_ATTRIBUUT = re.compile(r"""\s+([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]+))?""")
_GEBRUIKER = re.compile(r"tg://user\?id=(\d+)")
_OPDRACHT = re.compile(r"(?<![^\s])/[A-Za-z0-9_]{1,64}(?:@\w+)?")


@dataclass(frozen=True)
class Opgemaakt:
    """Plain text and its entities."""

    tekst: str
    entities: list[Json]


@dataclass(frozen=True)
class _Open:
    naam: str
    attributen: dict[str, str]
    begin: int


def eenheden(tekst: str) -> int:
    """Length in UTF-16 code units."""
    return len(tekst) + sum(teken > "\uffff" for teken in tekst)


def opdrachten(tekst: str) -> list[Json]:
    """The bot_command entities that Telegram adds to what a user types."""
    return [
        {"type": "bot_command", "offset": eenheden(tekst[: m.start()]), "length": eenheden(m.group())}
        for m in _OPDRACHT.finditer(tekst)
    ]


def berichttekst(verzoek: Verzoek) -> Opgemaakt:
    """`text` of sendMessage and editMessageText: 1-4096 characters after entities parsing."""
    if not verzoek.tekst("text"):
        raise onjuist("Message text is empty")
    opgemaakt = _lees(verzoek, "text", "entities")
    if not opgemaakt.tekst:
        raise onjuist("Text must be non-empty")
    if len(opgemaakt.tekst) > TEKST_HOOGSTENS:
        raise onjuist("Message is too long")
    return opgemaakt


def bijschrift(verzoek: Verzoek) -> Opgemaakt:
    """`caption`: 0-1024 characters after entities parsing."""
    opgemaakt = _lees(verzoek, "caption", "caption_entities")
    if len(opgemaakt.tekst) > BIJSCHRIFT_HOOGSTENS:
        raise onjuist("Message caption is too long")
    return opgemaakt


def _lees(verzoek: Verzoek, naam: str, entiteiten: str) -> Opgemaakt:
    ruw = verzoek.tekst(naam)
    wijze = verzoek.tekst("parse_mode").lower()
    if len(ruw.encode("utf-8", "replace")) > 1 << 15:
        raise onjuist("Text is too long")
    if ruw and wijze not in ("", "none"):
        if wijze != "html":  # Markdown exists at Telegram, but nothing here may send it
            raise onjuist("Unsupported parse_mode")
        return _bijgesneden(html_naar_tekst(ruw))
    gegeven = verzoek.json(entiteiten, "Can't parse entities JSON object") or []
    return _bijgesneden(Opgemaakt(ruw, [_entiteit(e) for e in gegeven]))


def _entiteit(gegeven: Any) -> Json:
    goed = isinstance(gegeven, dict) and isinstance(gegeven.get("type"), str)
    if not goed or not all(isinstance(gegeven.get(veld), int) for veld in ("offset", "length")):
        raise onjuist("Can't parse MessageEntity: expected an Object")
    return dict(gegeven)


def _bijgesneden(op: Opgemaakt) -> Opgemaakt:
    """White space around a message disappears, and the entities move along."""
    voor = eenheden(op.tekst) - eenheden(op.tekst.lstrip())
    tekst = op.tekst.strip()
    einde = eenheden(tekst)
    over: list[Json] = []
    for entiteit in op.entities:
        van = max(entiteit["offset"] - voor, 0)
        tot = min(entiteit["offset"] + entiteit["length"] - voor, einde)
        if van < tot:
            over.append(entiteit | {"offset": van, "length": tot - van})
    return Opgemaakt(tekst, sorted(over, key=lambda e: (e["offset"], -e["length"])))


def html_naar_tekst(bron: str) -> Opgemaakt:
    """Parse HTML as strictly as Telegram: known tags only, each closed, in order. Raises 400."""
    tekst, plek = "", 0
    open_tags: list[_Open] = []
    entities: list[Json] = []
    while (hoek := bron.find("<", plek)) >= 0:
        tekst += _ontsnapt(bron[plek:hoek])
        if bron.startswith("</", hoek):
            plek = _sluit(bron, hoek, tekst, open_tags, entities)
        else:
            plek = _opent(bron, hoek, eenheden(tekst), open_tags)
    if open_tags:
        raise _fout(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].naam}"')
    return Opgemaakt(tekst + _ontsnapt(bron[plek:]), entities)


def _opent(bron: str, hoek: int, begin: int, open_tags: list[_Open]) -> int:
    naam = re.compile(r"[^\s>]*").match(bron, hoek + 1)
    assert naam is not None  # it may match nothing, but it matches
    tag = naam.group().lower()
    if naam.end() == len(bron):
        raise _fout(f"Unclosed start tag at byte offset {_byte(bron, hoek)}")
    if tag not in _SOORTEN:
        raise _fout(f'Unsupported start tag "{tag}" at byte offset {_byte(bron, hoek)}')
    attributen, plek = _attributen(bron, naam.end(), tag, hoek)
    if tag == "span" and attributen.get("class") != "tg-spoiler":
        raise _fout(f'Tag "span" must have class "tg-spoiler" at byte offset {_byte(bron, hoek)}')
    open_tags.append(_Open(tag, attributen, begin))
    return plek


def _attributen(bron: str, plek: int, tag: str, hoek: int) -> tuple[dict[str, str], int]:
    attributen: dict[str, str] = {}
    while (match := _ATTRIBUUT.match(bron, plek)) is not None:
        waarde = match.group(2) or ""
        attributen[match.group(1)] = _ontsnapt(waarde.strip("\"'"))
        plek = match.end()
    plek += len(bron[plek:]) - len(bron[plek:].lstrip())
    if plek >= len(bron):
        raise _fout(f'Unclosed start tag "{tag}" at byte offset {_byte(bron, hoek)}')
    if bron[plek] != ">":
        raise _fout(f'Empty attribute name in the tag "{tag}" at byte offset {_byte(bron, hoek)}')
    return attributen, plek + 1


def _sluit(bron: str, hoek: int, tekst: str, open_tags: list[_Open], entities: list[Json]) -> int:
    waar = f"at byte offset {_byte(bron, hoek)}"
    if not open_tags:
        raise _fout(f"Unexpected end tag {waar}")
    match = re.compile(r"</([^\s>]*)\s*>").match(bron, hoek)
    if match is None:
        raise _fout(f"Unclosed end tag {waar}")
    tag, gevonden = open_tags.pop(), match.group(1).lower()
    if gevonden not in ("", tag.naam):
        raise _fout(f'Unmatched end tag {waar}, expected "</{tag.naam}>", found "</{gevonden}>"')
    lengte = eenheden(tekst) - tag.begin
    entiteit = _maak(tag, tekst) if lengte else None
    if entiteit is not None:
        entities.append({**entiteit, "offset": tag.begin, "length": lengte})
    return match.end()


def _maak(tag: _Open, tekst: str) -> Json | None:
    """The entity of a closed tag without its place; a link that leads nowhere is dropped without a word."""
    match tag.naam:
        case "a":
            return _koppeling(tag.attributen.get("href") or _vanaf(tekst, tag.begin))
        case "tg-emoji":
            if not tag.attributen.get("emoji-id", "").isdigit():
                raise onjuist("Can't parse entities: Invalid custom emoji identifier specified")
            return {"type": "custom_emoji", "custom_emoji_id": tag.attributen["emoji-id"]}
        case "tg-time":
            unix = tag.attributen.get("unix", "")
            return {"type": "date_time", "unix_time": int(unix)} if unix.isdigit() else None
        case "blockquote" if "expandable" in tag.attributen:
            return {"type": "expandable_blockquote"}
        case _:
            return {"type": _SOORTEN[tag.naam]}


def _koppeling(url: str) -> Json | None:
    if gebruiker := _GEBRUIKER.fullmatch(url):
        return {
            "type": "text_mention",
            "user": {"id": int(gebruiker[1]), "is_bot": False, "first_name": "?"},
        }
    if re.fullmatch(r"(https?://)?[^\s/]+\.[^\s]+|tg://\S+", url):
        return {"type": "text_link", "url": url}
    return None


def _vanaf(tekst: str, begin: int) -> str:
    return tekst.encode("utf-16-le")[begin * 2 :].decode("utf-16-le")


def _ontsnapt(tekst: str) -> str:
    """Only the four named entities and the numeric ones are decoded; anything else stays as it stands."""
    return _ENTITEIT.sub(lambda m: html.unescape(m.group().rstrip(";") + ";"), tekst)


def _byte(bron: str, plek: int) -> int:
    return len(bron[:plek].encode())


def _fout(reden: str) -> ApiFout:
    return onjuist(f"Can't parse entities: {reden}")
