"""Sound as facts: decode whatever came, measure it, encode it as a voice note. Bytes in, bytes or facts out; no I/O.

Everything is measured on what was decoded, never on what a header says. PyAV (the extra ``stem``) is imported where it
is used. These functions take CPU and read bytes of strangers: let a child process do it (``werkproces``), not the
event loop.

A voice note is OGG with Opus, mono, 48 kHz, as Telegram's sendVoice asks ("in an .OGG file encoded with OPUS", Bot
API documentation) at some 24 kbit/s, which is plenty for one voice.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

HERTZ = 48_000
BITS = 24_000
RAAM = HERTZ // 50
"""Samples of 20 ms: the frame of Opus, and the window in which loudness is looked at."""
LANGST = 180.0
GROOTST = 5 * 1024 * 1024
"""The longest (seconds) and the largest (bytes) recording that is taken in."""
KORTST = 0.3
"""Seconds under which nothing can have been said."""
HOORBAAR = 330
"""The least peak of a window with a voice in it: 1% of full scale, -40 dBFS. A quiet speaker is well above it."""
SPRAAK = 0.2
"""Seconds that must be audible, or it is silence with a click."""
_VEILIG = {"format_whitelist": "ogg,mp3,wav,mov,mp4,m4a,matroska,webm,flac,aac,amr", "protocol_whitelist": "none"}
"""Containers of sound only, and nothing they name is opened: a playlist could name files of ours."""


class GeenGeluid(ValueError):
    """Not a recording we can use. ``reden``: 'leeg' | 'kort' | 'lang' | 'groot' | 'stil' | 'geen_geluid'."""

    def __init__(self, reden: str) -> None:
        super().__init__(reden)
        self.reden = reden


@dataclass(frozen=True, slots=True)
class Feiten:
    """What a decoder says of a sound: ``codec`` ('opus'), ``hertz`` and ``kanalen`` of the stream, ``duur`` in
    milliseconds of what was decoded, ``piek`` from 0 to 1, ``hoorbaar`` milliseconds with a voice in it.
    """

    codec: str
    hertz: int
    kanalen: int
    duur: int
    piek: float
    hoorbaar: int


@dataclass(frozen=True, slots=True)
class Noot:
    """A voice note of ours: OGG/Opus, mono, 48 kHz. ``duur`` in milliseconds."""

    inhoud: bytes
    duur: int


def beschikbaar() -> bool:
    """Whether PyAV is there (the extra ``stem``)."""
    try:
        import av  # noqa: F401 - only whether it can be
    except ImportError:
        return False
    return True


def feiten(inhoud: bytes, hoogstens: float = LANGST) -> Feiten:
    """What these bytes are. Stops after ``hoogstens`` seconds and raises ``GeenGeluid``, as for what is no sound."""
    return _ontleed(inhoud, hoogstens)[0]


def keur(inhoud: bytes, hoogstens: float = LANGST) -> Feiten:
    """The facts of a recording with a voice in it. Raises ``GeenGeluid`` for anything else."""
    return _gekeurd(inhoud, hoogstens)[0]


def maak_noot(inhoud: bytes, hoogstens: float = LANGST) -> Noot:
    """A recording as a voice note of ours, encoded anew whatever it was. Raises ``GeenGeluid``."""
    return codeer(_gekeurd(inhoud, hoogstens)[1].tobytes())


def _gekeurd(inhoud: bytes, hoogstens: float) -> tuple[Feiten, array[int]]:
    gezien, klanken = _ontleed(inhoud, hoogstens)
    if gezien.duur < KORTST * 1000:
        raise GeenGeluid("kort")
    if gezien.hoorbaar < SPRAAK * 1000:
        raise GeenGeluid("stil")
    return gezien, klanken


def _ontleed(inhoud: bytes, hoogstens: float) -> tuple[Feiten, array[int]]:
    """The facts, and the samples: 16 bits, mono, 48 kHz."""
    if not inhoud:
        raise GeenGeluid("leeg")
    if len(inhoud) > GROOTST:
        raise GeenGeluid("groot")
    import av

    klanken = array("h")
    try:
        with av.open(io.BytesIO(inhoud), options=_VEILIG, metadata_errors="replace") as bron:
            if not bron.streams.audio:
                raise GeenGeluid("geen_geluid")
            stroom = bron.streams.audio[0]
            for stuk in _ontcijfer(bron, stroom):
                klanken.frombytes(stuk)
                if len(klanken) > hoogstens * HERTZ:
                    raise GeenGeluid("lang")
            maat = stroom.codec_context
            codec, hertz, kanalen = maat.name, maat.sample_rate or 0, maat.channels
    except (av.FFmpegError, ValueError, OverflowError, MemoryError) as fout:
        if isinstance(fout, GeenGeluid):
            raise
        raise GeenGeluid("geen_geluid") from None
    if not klanken:
        raise GeenGeluid("leeg")
    pieken = _pieken(klanken)
    hoorbaar = sum(piek >= HOORBAAR for piek in pieken) * 20
    return (
        Feiten("opus" if codec == "libopus" else codec, hertz, kanalen, _ms(klanken), max(pieken) / 32768, hoorbaar),
        klanken,
    )


def _ontcijfer(bron: Any, stroom: Any) -> Iterator[bytes]:
    """The stream in pieces of 16-bit mono at 48 kHz."""
    import av

    om = av.AudioResampler(format="s16", layout="mono", rate=HERTZ)
    for beeld in bron.decode(stroom):
        beeld.pts = None  # its clock may lie; what counts is how much there is
        for uit in om.resample(beeld):
            yield bytes(uit.planes[0])[: uit.samples * 2]
    for uit in om.resample(None):
        yield bytes(uit.planes[0])[: uit.samples * 2]


def _pieken(klanken: array[int]) -> list[int]:
    ramen = (klanken[i : i + RAAM] for i in range(0, len(klanken), RAAM))
    return [max(max(raam), -min(raam)) for raam in ramen]


def _ms(klanken: Sequence[int]) -> int:
    return round(len(klanken) * 1000 / HERTZ)


def codeer(klanken: bytes, hertz: int = HERTZ) -> Noot:
    """Samples (16 bits, mono) as a voice note. Raises ``GeenGeluid`` for none."""
    if len(klanken) < 2:
        raise GeenGeluid("leeg")
    import av

    uit, om = io.BytesIO(), av.AudioResampler(format="s16", layout="mono", rate=HERTZ)
    with _schrijver(uit) as bak:
        stroom = bak.add_stream(
            "libopus", rate=HERTZ, layout="mono", options={"application": "voip", "compression_level": "5"}
        )
        stroom.bit_rate = BITS
        for beeld in (*om.resample(_beeld(klanken, hertz)), *om.resample(None), None):
            for pakje in stroom.encode(beeld):
                bak.mux(pakje)
    return Noot(uit.getvalue(), round(len(klanken) / 2 * 1000 / hertz))


def _schrijver(uit: io.BytesIO) -> Any:
    import av

    # bitexact: the same words give the same bytes, so that they are kept and uploaded once.
    return av.open(uit, "w", format="ogg", options={"fflags": "bitexact", "serial_offset": "1"})


def _beeld(klanken: bytes, hertz: int) -> Any:
    import av

    beeld = av.AudioFrame(format="s16", layout="mono", samples=len(klanken) // 2)
    beeld.planes[0].update(klanken[: len(klanken) // 2 * 2])
    beeld.sample_rate, beeld.pts, beeld.time_base = hertz, 0, Fraction(1, hertz)
    return beeld


def voeg(noten: Sequence[bytes]) -> Noot:
    """Voice notes of ours, one after the other, as one. Their packets are copied, not encoded again.

    Raises ``GeenGeluid`` for none, or for what is no voice note of ours.
    """
    if not noten:
        raise GeenGeluid("leeg")
    import av

    uit, klok = io.BytesIO(), 0
    try:
        with _schrijver(uit) as bak:
            stroom = None
            for noot in noten:
                with av.open(io.BytesIO(noot)) as bron:
                    van = bron.streams.audio[0]
                    stroom = stroom or bak.add_stream_from_template(van)
                    klok = _schrijf_over(bron, van, bak, stroom, klok)
    except (av.FFmpegError, IndexError, ValueError):
        raise GeenGeluid("geen_geluid") from None
    return Noot(uit.getvalue(), round(klok * 1000 / HERTZ))


def _schrijf_over(bron: Any, van: Any, bak: Any, naar: Any, klok: int) -> int:
    """Copy the packets of one note behind the others; where the clock stands then, in samples."""
    for pakje in bron.demux(van):
        if not pakje.size:
            continue
        duur = int((pakje.duration or RAAM) * pakje.time_base * HERTZ)
        pakje.stream, pakje.time_base = naar, Fraction(1, HERTZ)
        pakje.pts = pakje.dts = klok
        pakje.duration = duur
        klok += duur
        bak.mux(pakje)
    return klok
