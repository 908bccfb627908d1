"""The nearest right names to a wrong one: they help to word a hint and decide nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process

_ALIKE = 60.0
_ALIKE_IF_SHORT = 50.0
"""From which likeness, of 100, a name is worth showing; one of two characters is half."""

_SHOWN = 60
"""How many characters of something wrong a message shows."""

_MANY = 2000
"""Among more names than these no nearest one is looked for: a hint is not worth the time."""


def clipped(words: str) -> str:
    """Return words to be shown in a message, at most a line of them."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def nearest(word: str, names: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like ``word``, best first."""
    if len(names) > _MANY:
        return ()
    least = _ALIKE_IF_SHORT if len(word) < 3 else _ALIKE
    found = process.extract(
        clipped(word), sorted(set(names)), scorer=fuzz.ratio, score_cutoff=least, limit=limit
    )
    return tuple(name for name, _, _ in found)


def listed(names: Iterable[str]) -> str:
    """Write names as a list in words: ``high, medium or low``."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def suggestion(closest: tuple[str, ...], otherwise: str) -> str:
    """Ask whether the nearest name was meant; without one, say ``otherwise``."""
    return f"Did you mean {closest[0]}? {otherwise}".strip() if closest else otherwise
