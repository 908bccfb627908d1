"""Every abbreviation is explained by a term, or ignored with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.model.bound import BoundBlock, BoundDocument, BoundEdition
from build_tools.model.folding import cuts_word
from build_tools.model.place import Place
from build_tools.model.problem import Problem

CANDIDATE = re.compile(
    r"(?<!\w)"
    r"(?:[A-Z]\.(?:[ ]?[A-Z]\.)+|[A-Z0-9][A-Z0-9]*(?:[/-][A-Z0-9]+)*[A-Z0-9](?:'?s)?|[A-Z]\.)"
    r"(?!\w)"
)
"""A token of capitals, with digits or stops: two or more signs, or one capital with a stop."""


def every_abbreviation_is_resolved(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each candidate that no term, name or reason accounts for."""
    for document in bound.documents.values():
        description = document.document.description
        ignored = {one.form for one in description.ignored}
        declared = [one.form for one in description.declared]
        for name, block in document.blocks.items():
            if name in document.doubtful:
                continue
            for start, end, form in _candidates(block, declared):
                if form not in ignored and not _accounted(block, start, end):
                    yield _unresolved(block, start, end, form)


def _candidates(block: BoundBlock, declared: list[str]) -> Iterator[tuple[int, int, str]]:
    text = block.reading.text
    if any(c.islower() for c in text):
        for match in CANDIDATE.finditer(text):
            if any(c.isupper() for c in match.group()):
                yield match.start(), match.end(), match.group()
    for form in declared:
        at = text.find(form)
        while at != -1:
            end = at + len(form)
            if not (cuts_word(text, at) or cuts_word(text, end)):
                yield at, end, form
            at = text.find(form, end)


def _accounted(block: BoundBlock, start: int, end: int) -> bool:
    spans = [(e.start, e.end) for e in block.expansions] + [
        (m.start, m.end) for m in block.mentions if m.by != "term"
    ]
    return any(first < end and last > start for first, last in spans)


def _unresolved(block: BoundBlock, start: int, end: int, form: str) -> Problem:
    first, last = block.reading.to_base(start, end)
    return Problem(
        "abbreviation-unresolved",
        block.block.place_of(first, last),
        f'"{form}" in block {block.block.id} looks like an abbreviation, and no term explains it',
        "add it to the forms of a term under glossary/, or list it under abbreviations: ignore: "
        "in document.yml with the reason",
    )


def every_ignored_form_occurs(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each form that is declared or ignored and does not occur."""
    for document in bound.documents.values():
        description = document.document.description
        for one in (*description.ignored, *description.declared):
            if not document.doubtful and not _occurs(document, one.form):
                yield _unused(one.form, one.place, document)


def _occurs(document: BoundDocument, form: str) -> bool:
    return any(form in block.reading.text for block in document.blocks.values())


def _unused(form: str, place: Place, document: BoundDocument) -> Problem:
    return Problem(
        "ignore-unused",
        place,
        f'"{form}" is listed under abbreviations: and does not stand in {document.id}',
        "take it off the list",
    )
