"""Two texts word by word: what stood in one, and what stands in its place in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

AROUND = 4
"""Words shown before and after what differs."""
SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])[.?!](?=[\"\u201d\u2019')\]]* )[\"\u201d\u2019')\]]* ")
"""Not after a letter by itself, which is an initial: U. S."""
LONGEST = 240
"""Characters shown of a sentence before a passage, and after it."""


def differences(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield each place where two texts differ, with a few words around it, before and after."""
    one, two = old.split(), new.split()
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        start, end = group[0], group[-1]
        yield (
            _cut(one, start[1], end[2]),
            _cut(two, start[3], end[4]),
        )


def _cut(words: list[str], start: int, end: int) -> str:
    shown = " ".join(words[start:end])
    before = "\u2026 " if start and shown else ""
    after = " \u2026" if end < len(words) and shown else ""
    return f"{before}{shown}{after}"


def in_sentence(base: str, start: int, end: int) -> tuple[str, str, str]:
    """Return a passage with what stands before and after it in its sentence."""
    found = (one.end() for one in SENTENCE_END.finditer(base))
    # After an abbreviation, as e.g. here, a sentence goes on with a small letter.
    ends = [at for at in found if not base[at : at + 1].islower()]
    first = max((at for at in ends if at <= start), default=0)
    last = min((at - 1 for at in ends if at >= end), default=len(base))
    before, after = base[first:start], base[end : max(end, last)]
    if len(before) > LONGEST:
        before = "\u2026" + before[-LONGEST:].partition(" ")[2]
    if len(after) > LONGEST:
        after = after[:LONGEST].rpartition(" ")[0] + "\u2026"
    return before, base[start:end], after
