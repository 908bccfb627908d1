"""The names of the document page, written down here a second time on purpose.

The rooms that write pages have their own copy. Where the two disagree, a page fails: that is
what this room is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

View: TypeAlias = Literal["reading", "expanded", "transcribed"]

READING: View = "reading"
EXPANDED: View = "expanded"
TRANSCRIBED: View = "transcribed"
VIEWS: tuple[View, ...] = (TRANSCRIBED, READING, EXPANDED)
EVERY_VIEW = frozenset(VIEWS)

SAID_OF_VIEW: Mapping[View, str] = MappingProxyType(
    {TRANSCRIBED: "as transcribed", READING: "in reading", EXPANDED: "expanded"}
)

WITNESS, READ, ABBREVIATED, EXPANSION, SUPPLIED = "ed-wit", "ed-read", "ed-ab", "ed-ex", "ed-sup"

ALTERNATIVES: Mapping[frozenset[str], frozenset[View]] = MappingProxyType(
    {
        frozenset({WITNESS}): frozenset({TRANSCRIBED}),
        frozenset({READ}): frozenset({READING, EXPANDED}),
        frozenset({ABBREVIATED}): frozenset({READING, TRANSCRIBED}),
        frozenset({READ, ABBREVIATED}): frozenset({READING}),
        frozenset({EXPANSION}): frozenset({EXPANDED}),
        frozenset({SUPPLIED}): frozenset({EXPANDED}),
    }
)
"""Classes of a span, and the views that show it. Without one of them every view does."""

ALTERNATIVE_CLASSES = frozenset().union(*ALTERNATIVES)

LINE_END = "ed-lb"
GAP = "ed-gap"
NOT_TEXT = frozenset({"ed-said", "ed-pb"})
NOT_TEXT_TAGS = frozenset({"sup", "script", "style", "template"})

TEXT_ID = "ed.text"
OUTSIDE_FRAGMENTS = frozenset({"ed-pb", "ed-facs", "ed-said"})
"""Classes inside the text that may hold words which are in no block."""

HIDDEN_BLOCKS = frozenset({"form", "paper"})
SIGNS: Mapping[str, str] = MappingProxyType({"ins": "add", "del": "del"})
"""Elements that the witness marks with a sign of its own, and the name of that sign."""

NOTE_PREFIXES = ("fn:", "tn:")
UNPLACED = "ed-note--unplaced"
"""Class of a note that has no marker in the text, which the page says."""
