"""``--nieuw`` writes the conversations anew, as they go now."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """With ``pytest tests/gesprekken --nieuw``; from anywhere the variable INLOOP_NIEUW=1 does the same."""
    parser.addoption("--nieuw", action="store_true", help="schrijf de gesprekken opnieuw zoals ze nu gaan")
