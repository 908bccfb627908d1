"""Finding the passage a target quotes: exact, unique, whole words, in the named block.

The selector is the W3C Web Annotation TextQuoteSelector (``exact``, ``prefix``, ``suffix``) inside
a named block. A prefix or suffix without ``exact`` marks a point: the place of something missing.
Given context is always checked, also where the quotation alone is unique: a quotation that is
unique after a correction may be unique in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.model.folding import Folded, cuts_word, fold


@dataclass(frozen=True)
class Quotation:
    """The words of a target; ``exact`` is None for a point."""

    exact: str | None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Occurrence:
    """One place of base text where the quotation stands."""

    start: int
    end: int
    context_holds: bool
    whole_words: bool


def occurrences(base: str, quotation: Quotation) -> tuple[Occurrence, ...]:
    """Return every place in base text where the quoted words stand, in order.

    For a point these are the places where prefix and suffix meet.
    """
    text = fold(base)
    if quotation.exact is None:
        return tuple(_points(base, text, quotation))
    exact = fold(quotation.exact).text
    if not exact:
        return ()
    return tuple(_passages(base, text, exact, quotation))


def _passages(base: str, text: Folded, exact: str, quotation: Quotation) -> Iterator[Occurrence]:
    for start in _every(text.text, exact):
        end = start + len(exact)
        first, last = text.original(start, end)
        yield Occurrence(
            first,
            last,
            _ends(text.text[:start], quotation.prefix)
            and _begins(text.text[end:], quotation.suffix),
            not (cuts_word(base, first) or cuts_word(base, last)),
        )


def _points(base: str, text: Folded, quotation: Quotation) -> Iterator[Occurrence]:
    prefix = fold(quotation.prefix).text
    suffix = fold(quotation.suffix).text
    if prefix:
        for start in _every(text.text, prefix):
            end = start + len(prefix)
            if _begins(text.text[end:], quotation.suffix):
                at = text.original(start, end)[1]
                whole = not (cuts_word(base, at) or cuts_word(base, text.starts[start]))
                yield Occurrence(at, at, True, whole)
    elif suffix:
        for start in _every(text.text, suffix):
            at = text.starts[start]
            last = text.original(start, start + len(suffix))[1]
            yield Occurrence(at, at, True, not (cuts_word(base, at) or cuts_word(base, last)))


def _every(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at != -1:
        yield at
        at = text.find(words, at + 1)


def _ends(text: str, prefix: str) -> bool:
    """Tell whether the words before the quotation end with the given prefix, at a word's edge."""
    words = fold(prefix).text
    if not words:
        return True
    text = text.rstrip(" ")
    return text.endswith(words) and not cuts_word(text, len(text) - len(words))


def _begins(text: str, suffix: str) -> bool:
    words = fold(suffix).text
    if not words:
        return True
    text = text.lstrip(" ")
    return text.startswith(words) and not cuts_word(text, len(words))


def settling_context(
    base: str, occurrence: Occurrence, others: tuple[Occurrence, ...]
) -> Quotation:
    """Return the shortest prefix or suffix of whole words that tells the place from the others."""
    exact = base[occurrence.start : occurrence.end]
    before = base[: occurrence.start].rstrip(" ").split(" ")
    after = base[occurrence.end :].lstrip(" ").split(" ")
    rivals = [other for other in others if other != occurrence]
    for size in range(1, max(len(before), len(after)) + 1):
        prefix, suffix = " ".join(before[-size:]), " ".join(after[:size])
        for candidate in (Quotation(exact, prefix, ""), Quotation(exact, "", suffix)):
            words = candidate.prefix or candidate.suffix
            if words and not any(_holds(base, rival, candidate) for rival in rivals):
                return candidate
    return Quotation(exact)


def _holds(base: str, occurrence: Occurrence, quotation: Quotation) -> bool:
    before, after = fold(base[: occurrence.start]).text, fold(base[occurrence.end :]).text
    return _ends(before, quotation.prefix) and _begins(after, quotation.suffix)
