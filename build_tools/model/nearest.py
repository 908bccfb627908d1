"""The nearest right name to a wrong one, for hints; it never decides anything."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable

ALIKE = 0.6
ALIKE_IF_SHORT = 0.5
"""From which likeness, of 1, a name is worth showing; one of two characters is half."""

SHOWN = 60

LOOKED_AT = 400
"""How many names are looked at: a hint may cost little even where there are very many."""


def clipped(words: str) -> str:
    """Return words to be shown in a message, at most a line of them."""
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}\u2026"


def listed(names: Iterable[str]) -> str:
    """Write names as a list in words: ``high, medium or low``."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` names that look like the given one, the best first."""
    some = sorted(set(itertools.islice(names, LOOKED_AT)))
    least = ALIKE_IF_SHORT if len(name) < 3 else ALIKE
    return tuple(difflib.get_close_matches(clipped(name), some, n=limit, cutoff=least))


def suggestion(closest: tuple[str, ...], otherwise: str = "") -> str:
    """Ask whether the nearest name was meant; then, or without one, say ``otherwise``."""
    return f'did you mean "{closest[0]}"? {otherwise}'.strip() if closest else otherwise


def did_you_mean(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest right thing and says ``otherwise``."""
    return suggestion(nearest(name, names, 1), otherwise)
