"""A message as a person sees it: the words, the buttons, what kind it is."""

from __future__ import annotations

from dataclasses import dataclass

from .fouten import Json
from .kern import Bestand, Chat, Kern, Opgeslagen

_SOORTEN = {
    "text": "tekst",
    "voice": "spraak",
    "photo": "foto",
    "document": "document",
    "location": "locatie",
}


@dataclass(frozen=True)
class Knop:
    """A button: its label and what it sends (`data`) or opens (`url`)."""

    label: str
    data: str = ""
    url: str = ""


class Bericht:
    """Looks at a stored message, so an edit shows at once."""

    def __init__(self, kern: Kern, chat: Chat, opgeslagen: Opgeslagen) -> None:
        self._kern = kern
        self.chat = chat
        self.opgeslagen = opgeslagen

    @property
    def json(self) -> Json:
        """The Message object of the Bot API."""
        return self.opgeslagen.json

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def tekst(self) -> str:
        """The text, or the caption."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def soort(self) -> str:
        """'tekst', 'spraak', 'foto', 'document', 'locatie', or the name of the field as Telegram calls it."""
        velden = [*_SOORTEN, "sticker", "contact"]
        gevonden = next((veld for veld in velden if veld in self.json), "")
        return _SOORTEN.get(gevonden, gevonden)

    @property
    def rijen(self) -> list[list[Knop]]:
        """The buttons under the message, row by row."""
        return knoppen_van(self.json)

    @property
    def knoppen(self) -> list[Knop]:
        return [knop for rij in self.rijen for knop in rij]

    @property
    def labels(self) -> list[str]:
        return [knop.label for knop in self.knoppen]

    @property
    def toetsen(self) -> list[str]:
        """The labels of the keyboard under the text field that came with this message."""
        return [str(toets["text"]) for rij in self.opgeslagen.toetsenbord.toetsen or [] for toets in rij]

    @property
    def bewerkt(self) -> int:
        """How often it was edited."""
        return len(self.opgeslagen.versies)

    @property
    def bestand(self) -> Bestand:
        """The voice note, photo or document in it. Raises KeyError when there is none."""
        for veld in ("voice", "document", "sticker"):
            if veld in self.json:
                return self._kern.bestanden[self.json[veld]["file_id"]]
        return self._kern.bestanden[self.json["photo"][-1]["file_id"]]

    def knop(self, label_of_data: str, oud: bool = False) -> Knop:
        """The button with this label or data; `oud` also looks at how the message was before its edits."""
        versies = [self.json, *reversed(self.opgeslagen.versies)] if oud else [self.json]
        for versie in versies:
            for knop in (knop for rij in knoppen_van(versie) for knop in rij):
                if label_of_data in (knop.label, knop.data):
                    return knop
        raise LookupError(f"no button {label_of_data!r} under {self!r}")

    def __repr__(self) -> str:
        knoppen = "".join(f" [{label}]" for label in self.labels)
        return f"{self.tekst or f'({self.soort})'}{knoppen}"


def knoppen_van(bericht: Json) -> list[list[Knop]]:
    """The inline keyboard of a Message object."""
    rijen = bericht.get("reply_markup", {}).get("inline_keyboard", [])
    return [[_knop(knop) for knop in rij] for rij in rijen]


def _knop(knop: Json) -> Knop:
    url = knop.get("url") or knop.get("web_app", {}).get("url", "")
    return Knop(knop["text"], knop.get("callback_data", ""), url)
