"""Terms and register entries found in the reading text, longest form first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Generic, TypeVar

from build_tools.model.bound import Anchor, Expansion, Mention
from build_tools.model.edits import Edited
from build_tools.model.folding import cuts_word, is_unspaced, is_word
from build_tools.model.problem import Problem
from build_tools.model.records import Edition, Entry, Form, Override, Term

Owner = TypeVar("Owner", Term, Entry)

POSSESSIVES = ("'s", "\u2019s")


@dataclass(frozen=True)
class Claim(Generic[Owner]):
    """A form and the record it belongs to."""

    form: Form
    owner: Owner


@dataclass(frozen=True)
class Index(Generic[Owner]):
    """Forms by the first token of each, the longest first."""

    by_token: Mapping[str, tuple[Claim[Owner], ...]]
    possessive: bool
    """Whether a form may be followed by a possessive 's."""


def index_of(
    owners: Iterable[Owner], *, possessive: bool
) -> tuple[Index[Owner], tuple[Problem, ...]]:
    """Index the forms of terms or of entries; a form claimed twice is a problem."""
    first: dict[str, Claim[Owner]] = {}
    problems: list[Problem] = []
    by_token: dict[str, list[Claim[Owner]]] = defaultdict(list)
    for owner in owners:
        for form in owner.forms:
            claim = Claim(form, owner)
            other = first.get(form.form)
            if other is not None:
                problems.append(_ambiguous(claim, other))
                continue
            first[form.form] = claim
            _, token = _tokens(form.form)[0]
            by_token[token].append(claim)
    ordered = {
        token: tuple(sorted(claims, key=lambda claim: -len(claim.form.form)))
        for token, claims in by_token.items()
    }
    return Index(ordered, possessive), tuple(problems)


def _ambiguous(claim: Claim[Owner], other: Claim[Owner]) -> Problem:
    same = other.owner is claim.owner
    return Problem(
        "form-ambiguous",
        claim.form.place,
        f'the form "{claim.form.form}" '
        + ("is listed twice" if same else f'is claimed by "{other.owner.id}" too'),
        "list it once"
        if same
        else "give the form to one of them, and name the passages that mean the other "
        "under mentions: in document.yml",
        () if same else (f"the other claim is in {other.owner.place.file}",),
    )


class _InSpacedWord(dict[str, bool]):
    """Whether a character is part of a word of a script that has spaces; asked for once each."""

    def __missing__(self, character: str) -> bool:
        self[character] = is_word(character) and not is_unspaced(character)
        return self[character]


IN_SPACED_WORD = _InSpacedWord()


TOKEN = re.compile(r"[^\W_]+|[\W_]")
"""A word of letters and digits, or any other single character."""


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[tuple[int, str], ...]:
    """Cut a text into words and the single characters that are no word, each with its place.

    A text is searched several times in turn: for terms, then for entries.
    """
    if all(IN_SPACED_WORD[character] == character.isalnum() for character in set(text)):
        return tuple((found.start(), found[0]) for found in TOKEN.finditer(text))
    # Some scripts are written without spaces, and regular expressions take no mark for a letter.
    words = groupby(enumerate(text), lambda pair: IN_SPACED_WORD[pair[1]] or -1 - pair[0])
    tokens = (list(characters) for _, characters in words)
    return tuple((token[0][0], "".join(sign for _, sign in token)) for token in tokens)


def find(text: str, index: Index[Owner]) -> Iterator[tuple[int, int, Claim[Owner]]]:
    """Yield each form found in a text, leftmost and longest, never overlapping."""
    claims = index.by_token
    taken = 0
    for at, token in _tokens(text):
        if token not in claims or at < taken:
            continue
        for claim in claims[token]:
            form = claim.form.form
            end = at + len(form)
            if (
                text.startswith(form, at)
                and not cuts_word(text, end)
                and (index.possessive or not text.startswith(POSSESSIVES, end))
            ):
                yield at, end, claim
                taken = end
                break


def expansions(text: str, index: Index[Term]) -> tuple[Expansion, ...]:
    """Find the terms of a reading text and what each expansion takes the place of."""
    found: list[Expansion] = []
    taken = 0
    for start, end, claim in find(text, index):
        form = claim.form
        take_start, take_end = start, end
        if form.joins == "next" and text[end : end + 1] == " ":
            take_end += 1
        # The space between two forms that both join is taken once, by the first.
        if form.joins == "previous" and start > taken and text[start - 1] == " ":
            take_start -= 1
        taken = take_end
        found.append(
            Expansion(claim.owner.id, form.form, form.expansion, start, end, take_start, take_end)
        )
    return tuple(found)


def mentions(
    reading: Edited,
    index: Index[Entry],
    overrides: Iterable[tuple[Override, Anchor]],
    found: Iterable[Expansion],
    edition: Edition,
) -> tuple[Mention, ...]:
    """Find the register entries named in a block: overrides first, then forms, then terms' own."""
    named: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for override, anchor in overrides:
        start, end = reading.from_base(anchor.start, anchor.end)
        taken.append((start, end))
        if override.ref != "none" and start < end:
            named.append(Mention(override.ref, start, end, "override"))

    def free(start: int, end: int) -> bool:
        return not any(first < end and last > start for first, last in taken)

    for start, end, claim in find(reading.text, index):
        if free(start, end):
            named.append(Mention(claim.owner.ref, start, end, "form"))
    for expansion in found:
        term = edition.terms[expansion.term]
        if term.refers and free(expansion.start, expansion.end):
            named.append(Mention(term.refers, expansion.start, expansion.end, "term"))
    return tuple(sorted(named, key=lambda mention: (mention.start, -mention.end, mention.by)))
