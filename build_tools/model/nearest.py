"""The nearest right name to a wrong one, for hints; it never decides anything."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` names that look like the given one, the best first."""
    return tuple(difflib.get_close_matches(name, sorted(set(names)), n=limit, cutoff=0.6))


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest right thing, or ``otherwise``."""
    found = nearest(name, names, 1)
    return f'did you mean "{found[0]}"?' if found else otherwise
