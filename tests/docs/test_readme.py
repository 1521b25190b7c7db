"""The picture in the README is the flow as it runs."""

from __future__ import annotations

import re
from pathlib import Path

from dialogen.flows import FLOWS
from dialogen.tekenen import mermaid

README = Path(__file__).parents[2] / "README.md"


def test_de_tekening_is_van_nu() -> None:
    gevonden = re.search(r"```mermaid\n(.*?)\n```", README.read_text("utf-8"), re.DOTALL)
    assert gevonden, "the README shows a flow"
    getekend = mermaid(FLOWS["uitnodiging"]).splitlines()
    assert [r for r in gevonden[1].splitlines() if not r.startswith("%%")] == [
        r for r in getekend if not r.startswith("%%")
    ], "redraw it with: inloop teken uitnodiging"
