"""Draws the pictures that go with an invitation into ``bot/beelden``: flat, 2:1, simple people of every kind.

Run ``.venv/bin/python docs/beelden/teken.py`` (it renders with Chromium) and look at what came of it.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

NAAR = Path(__file__).parents[2] / "bot" / "beelden"
BREED, HOOG = 960, 480
INKT, HOUT, HOUT_DONKER, PAPIER = "#3a2f2a", "#d9a066", "#b97f45", "#fffaf0"
HUIDEN = {"licht": "#f2cfb1", "midden": "#d9a27a", "bruin": "#a86f47", "donker": "#70462c"}


def persoon(x: int, y: int, maat: float, huid: str, haar: str, trui: str, kapsel: str, baard: bool = False) -> str:
    """Somebody from the waist up, the chin at (x, y); ``kapsel`` is kort, lang, krul, doek, knot or kaal."""
    kleur = HUIDEN[huid]
    achter = {
        "lang": f'<path d="M-50,-52 q0,-62 50,-62 q50,0 50,62 v70 q-50,18 -100,0z" fill="{haar}"/>',
        "krul": "".join(
            f'<circle cx="{a}" cy="{b}" r="27" fill="{haar}"/>'
            for a, b in ((-36, -62), (-24, -88), (0, -98), (24, -88), (36, -62), (-42, -36), (42, -36))
        ),
        "knot": f'<circle cx="0" cy="-112" r="22" fill="{haar}"/>',
        "doek": f'<ellipse cx="0" cy="-52" rx="58" ry="64" fill="{haar}"/>',
    }.get(kapsel, "")
    kruin = f'<path d="M-45,-50 q-2,-54 45,-54 q47,0 45,54 q-14,-24 -40,-26 q-34,2 -50,26z" fill="{haar}"/>'
    voor = {
        "kaal": "",
        "doek": f'<path d="M-45,-46 q0,-52 45,-52 q45,0 45,52 q-12,-26 -45,-26 q-33,0 -45,26z" fill="{haar}"/>',
    }
    om = f'<path d="M-56,-60 q-6,62 16,74 q-34,22 -44,52 q84,40 168,0 q-10,-30 -44,-52 q22,-12 16,-74 q-8,60 -56,60 q-48,0 -56,-60z" fill="{haar}"/>'
    kin = f'<path d="M-42,-42 q2,44 42,46 q40,-2 42,-46 q-6,20 -18,22 q-24,-9 -48,0 q-12,-2 -18,-22z" fill="{haar}"/>'
    return f"""<g transform="translate({x},{y}) scale({maat})">{achter}
      <path d="M-96,190 v-92 q0,-66 70,-74 h52 q70,8 70,74 v92z" fill="{trui}"/>
      <path d="M-18,-12 h36 v32 q-18,22 -36,0z" fill="{kleur}"/>
      <ellipse cx="0" cy="-46" rx="43" ry="50" fill="{kleur}"/>
      {kin if baard else ""}{om if kapsel == "doek" else ""}{voor.get(kapsel, kruin)}
      <circle cx="-16" cy="-46" r="4.5" fill="{INKT}"/><circle cx="16" cy="-46" r="4.5" fill="{INKT}"/>
      <path d="M-15,-24 q15,15 30,0" fill="none" stroke="{INKT if huid != "donker" else "#2a1a12"}" stroke-width="4.5"
            stroke-linecap="round"/>
      <circle cx="-29" cy="-32" r="7" fill="#e2725b" opacity=".28"/><circle cx="29" cy="-32" r="7" fill="#e2725b" opacity=".28"/>
    </g>"""


VADER = {"huid": "midden", "haar": "#3b2a20", "trui": "#2f7f86", "kapsel": "kort", "baard": True}
OPA = {"huid": "donker", "haar": "#d8d3cc", "trui": "#c9713c", "kapsel": "kort", "baard": True}
KIND = {"huid": "midden", "haar": "#3b2a20", "trui": "#f2b544", "kapsel": "krul"}
KIND_TWEE = {"huid": "licht", "haar": "#c98a3d", "trui": "#7fae6b", "kapsel": "kort"}
DOEK = {"huid": "midden", "haar": "#6c5b9a", "trui": "#8a79b8", "kapsel": "doek"}
KRUL = {"huid": "bruin", "haar": "#2b1d16", "trui": "#d8654f", "kapsel": "krul"}
LANG = {"huid": "licht", "haar": "#a5672f", "trui": "#4f8fb0", "kapsel": "lang"}
KNOT = {"huid": "donker", "haar": "#20150f", "trui": "#e0a63a", "kapsel": "knot"}
GROOT, KLEIN = 1.0, 0.74


def samen(*wie: tuple[int, float, dict[str, object]]) -> str:
    """People next to each other behind the table."""
    return "".join(persoon(x, 235 if maat == GROOT else 292, maat, **hoe) for x, maat, hoe in wie)  # type: ignore[arg-type]


def kop(x: int, kleur: str) -> str:
    """A cup with steam."""
    damp = "".join(
        f'<path d="M{x + d},322 q-9,-13 0,-25 q9,-12 0,-25" fill="none" stroke="#fff" stroke-width="6" '
        f'stroke-linecap="round" opacity=".85"/>'
        for d in (-13, 13)
    )
    return (
        f'{damp}<path d="M{x - 36},334 h72 q0,56 -24,62 h-24 q-24,-6 -24,-62z" fill="{kleur}"/>'
        f'<path d="M{x + 34},344 q28,2 22,24 q-6,16 -30,14" fill="none" stroke="{kleur}" stroke-width="9"/>'
        f'<ellipse cx="{x}" cy="334" rx="36" ry="7" fill="#6b4430"/>'
    )


def blokken(x: int) -> str:
    """A tower of toy blocks."""
    rij = ((0, 0, "#d8654f"), (64, 0, "#2f7f86"), (128, 0, "#f2b544"), (32, 1, "#7fae6b"), (96, 1, "#8a79b8"))
    vlak = "".join(
        f'<rect x="{x + a}" y="{338 - 60 * b}" width="58" height="56" rx="9" fill="{kleur}"/>' for a, b, kleur in rij
    )
    return f'{vlak}<path d="M{x + 58},270 l37,-46 l37,46z" fill="#d8654f" stroke="#d8654f" stroke-width="6" stroke-linejoin="round"/>'


def boek(x: int) -> str:
    """An open picture book."""
    return f"""<path d="M{x},392 q-84,-38 -168,-14 v-104 q84,-22 168,14z" fill="{PAPIER}"/>
      <path d="M{x},392 q84,-38 168,-14 v-104 q-84,-22 -168,14z" fill="#fff"/>
      <path d="M{x},288 v104" stroke="#d8cdb8" stroke-width="5"/>
      <circle cx="{x - 92}" cy="312" r="24" fill="#f2b544"/><path d="M{x - 140},362 l38,-30 l40,38z" fill="#7fae6b"/>
      <path d="M{x + 50},352 v-26 l26,-22 l26,22 v20z" fill="#d8654f"/><path d="M{x + 118},346 v-30" stroke="#b97f45"
      stroke-width="7"/><circle cx="{x + 118}" cy="302" r="19" fill="#7fae6b"/>
      <path d="M{x - 168},378 q84,-24 168,14 q84,-38 168,-14 v16 q-84,-22 -168,12 q-84,-34 -168,-12z" fill="#2f7f86"/>"""


def pan(x: int) -> str:
    """A pan, and what goes into it."""
    damp = "".join(
        f'<path d="M{x + d},286 q-10,-15 0,-29 q10,-14 0,-29" fill="none" stroke="#fff" stroke-width="7" '
        'stroke-linecap="round" opacity=".85"/>'
        for d in (-34, 0, 34)
    )
    return f"""{damp}<rect x="{x - 88}" y="304" width="176" height="92" rx="18" fill="#d8654f"/>
      <rect x="{x - 100}" y="296" width="200" height="18" rx="9" fill="#b94e3a"/>
      <path d="M{x - 88},340 h-28 M{x + 88},340 h28" stroke="#b94e3a" stroke-width="15" stroke-linecap="round"/>
      <circle cx="{x + 170}" cy="366" r="29" fill="#d8473c"/><path d="M{x + 170},338 q8,-20 22,-20" stroke="#4f7a3c"
      stroke-width="7" fill="none" stroke-linecap="round"/>
      <path d="M{x - 232},392 l66,-44 q14,4 16,18 q-40,24 -82,26z" fill="#ee8a34"/><path d="M{x - 158},352 q14,-26 28,-20 q-4,18 -22,30z"
      fill="#7fae6b"/>"""


def klus(x: int) -> str:
    """A bird house, a hammer and a plant."""
    return f"""<rect x="{x - 62}" y="284" width="124" height="112" rx="6" fill="{HOUT_DONKER}"/>
      <path d="M{x - 84},290 l84,-68 l84,68z" fill="#d8654f"/><circle cx="{x}" cy="330" r="23" fill="{INKT}"/>
      <path d="M{x},366 v16" stroke="{INKT}" stroke-width="8" stroke-linecap="round"/>
      <g transform="translate({x - 178},388) rotate(-24)"><rect x="-62" y="-10" width="124" height="17" rx="8" fill="#f0d2a4"/>
      <rect x="44" y="-31" width="32" height="58" rx="7" fill="#6d7480"/></g>
      <path d="M{x + 140},396 l-13,-62 h84 l-13,62z" fill="#c9713c"/><path d="M{x + 169},338 q-42,-22 -32,-66 q34,10 32,52
      q0,-66 32,-78 q22,44 -20,92z" fill="#5f9a55"/>"""


def ballon(x: int, y: int, kleur: str, wat: str, naar: int) -> str:
    """A speech balloon with a sign in it; its tail points ``naar`` pixels aside."""
    return f"""<path d="M{x - 20},{y + 34} l{naar},46 l42,-46z" fill="{kleur}"/>
      <rect x="{x - 74}" y="{y - 46}" width="148" height="92" rx="38" fill="{kleur}"/>{wat}"""


def gesprek() -> str:
    """Two balloons: a heart and three dots."""
    hart = '<path d="M385,128 q-36,-26 -24,-48 q14,-18 24,4 q10,-22 24,-4 q12,22 -24,48z" fill="#d8654f"/>'
    stip = "".join(f'<circle cx="{x}" cy="90" r="9" fill="#2f7f86"/>' for x in (547, 575, 603))
    return f'<g transform="translate(0,36)">{ballon(385, 98, "#fff", hart, -34)}{ballon(575, 90, "#fff", stip, 30)}</g>'


def tafel() -> str:
    """The table that everything stands on."""
    return f'<rect x="0" y="392" width="{BREED}" height="88" fill="{HOUT}"/><rect x="0" y="392" width="{BREED}" height="13" fill="{HOUT_DONKER}"/>'


def muur(kleur: str, raam: str) -> str:
    """The room: a wall, a round window and flags."""
    vlag = "".join(
        f'<path d="M{x},{22 + abs(x - 480) // -40 + 12} h52 l-26,44z" fill="{k}"/>'
        for x, k in zip(range(34, 920, 84), ("#d8654f", "#f2b544", "#2f7f86", "#7fae6b", "#8a79b8") * 3, strict=False)
    )
    return (
        f'<rect width="{BREED}" height="{HOOG}" fill="{kleur}"/><circle cx="480" cy="300" r="250" fill="{raam}"/>'
        f'<path d="M0,30 Q480,14 960,30" fill="none" stroke="#fff" stroke-width="5"/>{vlag}'
    )


WARM, KOEL, GROEN = ("#fbe3c6", "#fdf1de"), ("#cfe6e6", "#e4f2f1"), ("#dcebcf", "#ecf5e4")
DAN = {
    "koffie": (
        WARM,
        ((190, GROOT, DOEK), (480, GROOT, OPA), (770, GROOT, KRUL)),
        kop(330, "#2f7f86") + kop(630, "#d8654f"),
    ),
    "spelen": (KOEL, ((215, GROOT, KNOT), (755, KLEIN, KIND_TWEE)), blokken(395)),
    "voorlezen": (WARM, ((225, GROOT, DOEK), (735, KLEIN, KIND)), boek(480)),
    "koken": (GROEN, ((165, GROOT, LANG), (800, GROOT, OPA)), pan(480)),
    "klussen": (KOEL, ((160, GROOT, KRUL), (810, GROOT, OPA)), klus(480)),
    "praten": (GROEN, ((250, GROOT, KNOT), (710, GROOT, DOEK)), gesprek() + kop(480, "#2f7f86")),
    "vader": (WARM, ((370, GROOT, VADER), (600, KLEIN, KIND)), kop(170, "#d8654f") + kop(790, "#2f7f86")),
    "vader_spelen": (KOEL, ((215, GROOT, VADER), (755, KLEIN, KIND)), blokken(395)),
    "vader_voorlezen": (WARM, ((225, GROOT, OPA), (735, KLEIN, KIND)), boek(480)),
    "vader_koken": (GROEN, ((165, GROOT, VADER), (790, KLEIN, KIND)), pan(480)),
    "vader_klussen": (KOEL, ((170, GROOT, VADER), (800, KLEIN, KIND)), klus(480)),
    "vader_praten": (GROEN, ((250, GROOT, VADER), (710, GROOT, OPA)), gesprek() + kop(480, "#d8654f")),
}


def svg(naam: str) -> str:
    """One picture."""
    (kleur, raam), wie, wat = DAN[naam]
    binnen = muur(kleur, raam) + samen(*wie) + tafel() + wat
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREED} {HOOG}" width="{BREED}" height="{HOOG}">{binnen}</svg>'


def teken() -> None:
    """Render all of them."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium")
        pagina = browser.new_page(viewport={"width": BREED, "height": HOOG})
        for naam in DAN:
            pagina.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg(naam)}")
            pagina.screenshot(path=NAAR / f"{naam}.png")
        browser.close()


if __name__ == "__main__":
    teken()
