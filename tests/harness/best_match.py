"""What others do: the best-scored likeness wins, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from build_tools.model.carry import Where

CONTEXT = 32
LEAST = 50.0
"""The least likeness, of 100, at which a quotation counts as found at all."""


def best_match(old: Mapping[str, str], new: Mapping[str, str], was: Where) -> Where | None:
    """Find a passage by its words, and by the words around it, as alike as can be had.

    Likeness of the quotation weighs 50, of the words before and after 20 each, the same block 2.
    """
    base = old[was.block]
    exact = base[was.start : was.end]
    before, after = base[max(0, was.start - CONTEXT) : was.start], base[was.end :][:CONTEXT]
    best: tuple[float, Where] | None = None
    for place, likeness in _candidates(exact, new, was):
        text = new[place.block]
        score = (
            50 * likeness
            + 20 * fuzz.ratio(before, text[max(0, place.start - CONTEXT) : place.start])
            + 20 * fuzz.ratio(after, text[place.end :][:CONTEXT])
            + 200 * (place.block == was.block)
        )
        if best is None or score > best[0]:
            best = score, place
    return best[1] if best else None


def _candidates(exact: str, new: Mapping[str, str], was: Where) -> Iterator[tuple[Where, float]]:
    if not exact:
        yield from _gaps(new)
        return
    found = False
    for name, text in new.items():
        at = text.find(exact)
        while at >= 0:
            if _is_whole(text, at, at + len(exact)):
                found = True
                yield Where(name, at, at + len(exact)), 100.0
            at = text.find(exact, at + 1)
    if found:
        return
    for name, text in new.items():
        near = fuzz.partial_ratio_alignment(exact, text, score_cutoff=LEAST)
        if near is not None and len(text) >= len(exact):
            yield _snapped(Where(name, near.dest_start, near.dest_end), text), near.score


def _gaps(new: Mapping[str, str]) -> Iterator[tuple[Where, float]]:
    for name, text in new.items():
        for at in range(len(text) + 1):
            if _is_whole(text, at, at):
                yield Where(name, at, at), 100.0


def _is_whole(text: str, start: int, end: int) -> bool:
    def cuts(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    return not (cuts(start) or cuts(end))


def _snapped(place: Where, text: str) -> Where:
    start, end = place.start, place.end
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end - 1 and text[start] == " ":
        start += 1
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return Where(place.block, start, end)
