"""What was spoken → written out, on this machine (the extra ``luister``). Slow and heavy: one at a time, in a thread of
its own, never in a turn.
"""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

LANGST = 2000
"""Characters that are kept of what was said: three minutes of fast speech are some 3,000, and then a little is lost."""
TALEN = {taal: taal for taal in ("nl", "en", "tr", "ar", "pl", "uk", "so", "fa", "es")} | {"ary": "ar"}
"""Our languages that Whisper knows, by its own codes (whisper/tokenizer.py, LANGUAGES). Tigrinya and Tarifit it does
not: guessing another language would give words that were never said."""


class Oor(Protocol):
    """Writes out speech."""

    def versta(self, geluid: bytes, taal: str) -> str:
        """The words of a recording in this language; '' for none, or for a language it does not know. Blocks.

        May raise anything: then there are no words.
        """


class Whisper:
    """faster-whisper with a model from disk; nothing is fetched from anywhere. Loaded at the first note."""

    def __init__(self, model: Path) -> None:
        """Raises ``ValueError`` when there is no model, or the extra is not installed."""
        from importlib.util import find_spec

        if not (model / "model.bin").is_file():
            raise ValueError(f"INLOOP_LISTEN_MODEL: geen model in {model} (model.bin ontbreekt)")
        if find_spec("faster_whisper") is None:
            raise ValueError("INLOOP_LISTEN_MODEL vraagt om de extra 'luister': pip install 'inloop[luister]'")
        self._pad, self._model = model, None

    def versta(self, geluid: bytes, taal: str) -> str:
        """As ``Oor``."""
        code = TALEN.get(taal)
        if code is None:
            return ""
        stukken, _ = self._geladen().transcribe(
            io.BytesIO(geluid), language=code, beam_size=5, condition_on_previous_text=False
        )
        # Where nobody speaks a model makes up words; it says so itself.
        return " ".join(s.text.strip() for s in stukken if s.no_speech_prob < 0.8).strip()

    def _geladen(self) -> Any:
        if self._model is None:
            from faster_whisper import WhisperModel

            self._model = WhisperModel(str(self._pad), device="cpu", compute_type="int8", local_files_only=True)
        return self._model


class Luistert:
    """One ear for the whole process: notes wait for each other, not the event loop for them."""

    def __init__(self, oor: Oor) -> None:
        self._oor = oor
        self._draad = ThreadPoolExecutor(1, thread_name_prefix="luister")

    async def versta(self, geluid: bytes, taal: str) -> str:
        """The words, at most ``LANGST`` characters. Raises what the ear raises."""
        woorden = await asyncio.get_running_loop().run_in_executor(self._draad, self._oor.versta, geluid, taal)
        return woorden.strip()[:LANGST]

    def sluit(self) -> None:
        """Take no more notes; the one it is at is not waited for."""
        self._draad.shutdown(wait=False, cancel_futures=True)
