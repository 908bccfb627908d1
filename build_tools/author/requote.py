"""Quoting a place anew: the same words around it as before, and more where it would be doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.model.anchors import Quotation, occurrences
from build_tools.model.carry import Where
from build_tools.model.folding import fold


def found(base: str, quotation: Quotation) -> tuple[int, int] | None:
    """Return the one place that a quotation means, as binding finds it; None if there is not one.

    A point is given by the end of what stands before it.
    """
    places = [o for o in occurrences(base, quotation) if o.context_holds and o.whole_words]
    if len(places) != 1:
        return None
    start, end = places[0].start, places[0].end
    return (start, end) if start < end else (_before(base, start),) * 2


def is_there(base: str, quotation: Quotation, place: Where) -> bool:
    """Tell whether a quotation means a place, and no other."""
    start, end = place.start, place.end
    wanted = (start, end) if start < end else (_before(base, start),) * 2
    return found(base, quotation) == wanted


def requoted(quotation: Quotation, base: str, place: Where) -> Quotation | None:
    """Quote a place of a new text as it was quoted in the old; None if it cannot be done.

    What of the quotation still holds stays as it was written. Else as many words before and
    after are quoted as were, and more until the quotation means this place and no other.
    """
    for candidate in _candidates(quotation, base, place):
        if is_there(base, candidate, place):
            return candidate
    return None


def widened(quotation: Quotation, base: str, place: Where) -> Quotation | None:
    """Quote a place that is meant already with a word more around it; None if there is none."""
    return next(
        (
            candidate
            for candidate in _candidates(quotation, base, place)
            if _is_wider(candidate, quotation) and is_there(base, candidate, place)
        ),
        None,
    )


def _is_wider(one: Quotation, other: Quotation) -> bool:
    return (len(one.prefix), len(one.suffix)) > (len(other.prefix), len(other.suffix))


def _candidates(quotation: Quotation, base: str, place: Where) -> Iterator[Quotation]:
    yield quotation
    exact = quotation.exact
    if exact is not None:
        words = base[place.start : place.end]
        exact = exact if fold(exact).text == fold(words).text else words
    before, after = _words(base[: place.start]), _words(base[place.end :])
    few = len(_words(quotation.prefix)), len(_words(quotation.suffix))
    prefix = quotation.prefix if _ends(before, quotation.prefix) else _last(before, few[0])
    suffix = quotation.suffix if _begins(after, quotation.suffix) else _first(after, few[1])
    yield Quotation(exact, prefix, suffix)
    for more in range(1, max(len(before), len(after)) + 1):
        longer = _last(before, few[0] + more), _first(after, few[1] + more)
        if exact is not None:
            yield Quotation(exact, longer[0], suffix)
            yield Quotation(exact, prefix, longer[1])
        yield Quotation(exact, *longer)


def _words(text: str) -> list[str]:
    return [word for word in text.split(" ") if word]


def _last(words: list[str], count: int) -> str:
    return " ".join(words[max(0, len(words) - count) :]) if count else ""


def _first(words: list[str], count: int) -> str:
    return " ".join(words[:count])


def _ends(words: list[str], prefix: str) -> bool:
    own = _words(prefix)
    return not own or fold(_last(words, len(own))).text == fold(prefix).text


def _begins(words: list[str], suffix: str) -> bool:
    own = _words(suffix)
    return not own or fold(_first(words, len(own))).text == fold(suffix).text


def _before(base: str, at: int) -> int:
    """Return the end of what stands before a point: the space between does not count."""
    return len(base[:at].rstrip())
