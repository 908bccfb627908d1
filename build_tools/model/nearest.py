"""The nearest right name to a wrong one, for hints; it never decides anything."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable

ALIKE = 0.6
ALIKE_IF_SHORT = 0.5
"""From which likeness, of 1, a name is worth showing; one of two characters is half."""

TRANSPOSED = 0.95
"""The least likeness of names with the same letters in another order."""

SHOWN = 60

LOOKED_AT = 400
"""How many names are looked at: a hint may cost little even where there are very many."""


def clipped(words: str) -> str:
    """Return words to be shown in a message, at most a line of them."""
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}\u2026"


def listed(names: Iterable[str], last: str = "or") -> str:
    """Write names as a list in words: ``high, medium or low``."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the name that looks most like the given one, or those that do so equally.

    Small and capital letters are told apart only where that alone decides.
    """
    some = sorted(set(itertools.islice(names, LOOKED_AT)))
    least = ALIKE_IF_SHORT if len(name) < 3 else ALIKE
    wished = clipped(name)
    scored = [(_likeness(wished.casefold(), one.casefold()), one) for one in some]
    best = max((score for score, _ in scored), default=0)
    if best < least:
        return ()
    found = [one for score, one in scored if score == best]
    return tuple(sorted(found, key=lambda one: -_likeness(wished, one))[:limit])


def _likeness(one: str, other: str) -> float:
    likeness = difflib.SequenceMatcher(None, other, one).ratio()
    # Two figures in the wrong order are the commonest slip in a number.
    return max(likeness, TRANSPOSED) if sorted(one) == sorted(other) else likeness


def suggestion(closest: tuple[str, ...], otherwise: str = "", *, instead: bool = False) -> str:
    """Ask whether the nearest name was meant; then, or without one, say ``otherwise``.

    With ``instead`` that is another way out, and not a help to find the name.
    """
    if not closest:
        return otherwise
    asked = f"did you mean {listed(_quoted(closest))}?"
    if instead and otherwise:
        return f"{asked} if not, {otherwise}"
    return f"{asked} {otherwise}".strip()


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def did_you_mean(
    name: str, names: Iterable[str], otherwise: str = "", *, instead: bool = False
) -> str:
    """Return a hint that names the nearest right thing and says ``otherwise``."""
    return suggestion(nearest(name, names), otherwise, instead=instead)
