"""The real ear with a stand-in for its library: which model, which language, and what is left out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.diensten.luisteren import TALEN, Whisper
from bot.diensten.stemproces import Stemproces
from bot.spraak import maak_spraak
from dialogen.teksten import TALEN as ALLE

GEHEIM = "een geheim van genoeg tekens"


@dataclass
class Stuk:
    text: str
    no_speech_prob: float = 0.1


class Model:
    """What the library offers; remembers how it was asked."""

    gevraagd: list[Any]

    def __init__(self, pad: str, **opties: Any) -> None:
        Model.gevraagd = [(pad, opties)]

    def transcribe(self, geluid: BytesIO, **opties: Any) -> tuple[Iterator[Stuk], None]:
        Model.gevraagd.append((geluid.read(), opties["language"]))
        return iter([Stuk(" Ja,"), Stuk(" ik kom. "), Stuk(" Ondertiteling door", 0.95)]), None


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import importlib.machinery

    nep = ModuleType("faster_whisper")
    nep.__spec__ = importlib.machinery.ModuleSpec("faster_whisper", None)
    nep.WhisperModel = Model  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", nep)
    (tmp_path / "model.bin").write_bytes(b"gewichten")
    return tmp_path


def test_it_listens_in_the_language_of_who_speaks(model: Path) -> None:
    oor = Whisper(model)
    assert oor.versta(b"OggS", "tr") == "Ja, ik kom."
    (pad, opties), gevraagd = Model.gevraagd
    assert (pad, opties["local_files_only"]) == (str(model), True)
    assert gevraagd == (b"OggS", "tr")


def test_a_language_it_does_not_know_gives_no_words(model: Path) -> None:
    oor = Whisper(model)
    for taal in ("ti", "rif", "xx"):
        assert oor.versta(b"OggS", taal) == ""
    assert {*ALLE} - {*TALEN} <= {"ti", "rif"}


def test_a_model_that_is_not_there_is_said_at_the_start(tmp_path: Path, model: Path) -> None:
    with pytest.raises(ValueError, match=r"model\.bin"):
        maak_spraak(GEHEIM, str(tmp_path / "leeg"), Stemproces())
    with pytest.raises(ValueError, match="INLOOP_SECRET"):
        maak_spraak("", str(model), Stemproces())
    assert maak_spraak(GEHEIM, str(model), Stemproces()).kan.verstaat
    assert not maak_spraak(GEHEIM, "", Stemproces()).kan.verstaat
    assert not maak_spraak("kort", "", Stemproces()).kan.bewaart
