"""Sound as a decoder sees it: facts, what is refused, and what comes out is always the same kind of note."""

from __future__ import annotations

import io
import struct
import wave

import pytest

from bot.diensten import geluid
from bot.diensten.geluid import Feiten, GeenGeluid
from tests.bot.diensten.klank import noot, stilte, toon


def _wav(klanken: bytes, hertz: int = 16_000) -> bytes:
    uit = io.BytesIO()
    with wave.open(uit, "wb") as bestand:
        bestand.setnchannels(1)
        bestand.setsampwidth(2)
        bestand.setframerate(hertz)
        bestand.writeframes(klanken)
    return uit.getvalue()


def test_een_noot_is_opus_mono_op_48_kilohertz() -> None:
    gezien = geluid.keur(noot(2.0))
    assert (gezien.codec, gezien.hertz, gezien.kanalen) == ("opus", 48_000, 1)
    assert gezien.duur == pytest.approx(2000, abs=40)
    assert gezien.hoorbaar == pytest.approx(2000, abs=60)
    assert gezien.piek == pytest.approx(8000 / 32768, abs=0.05)


def test_24_kilobit_is_klein() -> None:
    assert len(noot(10.0)) < 10 * 24_000 / 8 * 1.3


def test_dezelfde_klanken_geven_dezelfde_bytes() -> None:
    assert geluid.codeer(toon(0.5)).inhoud == geluid.codeer(toon(0.5)).inhoud


def test_wat_anders_is_wordt_een_noot_van_ons() -> None:
    gemaakt = geluid.maak_noot(_wav(toon(1.0), 48_000))
    assert geluid.feiten(gemaakt.inhoud).codec == "opus"
    assert gemaakt.duur == pytest.approx(1000, abs=20)


def test_noten_achter_elkaar() -> None:
    samen = geluid.voeg([noot(1.0), noot(0.5, 500), noot(1.0)])
    gezien = geluid.keur(samen.inhoud)
    assert isinstance(gezien, Feiten)
    assert gezien.duur == pytest.approx(2500, abs=80) == samen.duur


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (b"", "leeg"),
        (b"OggS" * 100, "geen_geluid"),
        (b"<html>niet gevonden</html>", "geen_geluid"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "geen_geluid"),
        (b"x" * (geluid.GROOTST + 1), "groot"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n", "geen_geluid"),
        (b"ffconcat version 1.0\nfile '/etc/hostname'\n", "geen_geluid"),
    ],
)
def test_geen_geluid(inhoud: bytes, reden: str) -> None:
    with pytest.raises(GeenGeluid) as fout:
        geluid.keur(inhoud)
    assert fout.value.reden == reden


def test_stilte_en_een_tik_zijn_geen_stem() -> None:
    with pytest.raises(GeenGeluid, match="stil"):
        geluid.keur(stilte(3.0))
    tik = bytes(48_000) + struct.pack("<h", 20_000) * 100 + bytes(96_000)
    with pytest.raises(GeenGeluid, match="stil"):
        geluid.keur(_wav(tik, 48_000))


def test_te_kort() -> None:
    with pytest.raises(GeenGeluid, match="kort"):
        geluid.keur(noot(0.1))


def test_vijf_minuten_is_te_lang_en_wordt_niet_uitgelezen() -> None:
    vijf = _wav(toon(1.0)[:8_000] * 300, 4_000)
    with pytest.raises(GeenGeluid, match="lang"):
        geluid.keur(vijf, hoogstens=180.0)


def test_een_kop_die_liegt_over_de_duur_helpt_niet() -> None:
    eerlijk = bytearray(_wav(toon(4.0)[: 4 * 16_000 * 2]))
    eerlijk[40:44] = struct.pack("<I", 1600)  # says a twentieth of a second …
    with pytest.raises(GeenGeluid, match="kort"):
        geluid.keur(bytes(eerlijk))
    eerlijk[40:44] = struct.pack("<I", 2**31 - 100)  # … or eighteen hours
    assert geluid.keur(bytes(eerlijk), hoogstens=5.0).duur == pytest.approx(4000, abs=60)


def test_een_ogg_die_in_het_midden_stuk_is() -> None:
    heel = noot(2.0)
    assert geluid.feiten(heel[: len(heel) * 3 // 4]).duur < 2000
    with pytest.raises(GeenGeluid):
        geluid.keur(heel[:40])


def test_een_ogg_waarvan_de_kop_liegt() -> None:
    """An Opus header before bytes that are none: a decoder decides, not a name."""
    with pytest.raises(GeenGeluid):
        geluid.keur(noot(1.0)[:130] + bytes(range(256)) * 20)
