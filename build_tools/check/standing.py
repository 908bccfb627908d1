"""A note's words and its standing agree: a fact does not hedge, a guess says that it is one.

The words are data of the model, by the language of the edition; an edition in a language without a
list is not checked for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.model.bound import BoundEdition
from build_tools.model.problem import Problem
from build_tools.model.prose import Paragraph, Prose, words
from build_tools.model.records import Note
from build_tools.model.standings import ADMISSIONS, HEDGES

QUOTED = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"")


def every_fact_has_a_source(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem for each note of standing fact that names no source."""
    for note in _notes(bound):
        cites = note.sources or any(note.body.citations())
        if note.standing == "fact" and note.body.blocks and not cites:
            yield Problem(
                "note-unsourced",
                note.standing_place,
                f'the note "{note.id}" has the standing fact and names no source',
                "cite the source in the text, as in [@source-id, p. 3], or give the note another "
                "standing",
            )


def words_agree_with_standing(bound: BoundEdition) -> Iterator[Problem]:
    """Yield a problem where a fact hedges, or a guess does not say that it is one."""
    language = bound.edition.description.language.split("-")[0]
    hedges, admissions = HEDGES.get(language), ADMISSIONS.get(language)
    if hedges is None or admissions is None:
        return
    for note in _notes(bound):
        said = QUOTED.sub("", plain(note.body))
        if note.standing == "fact":
            hedge = hedges.search(said)
            if hedge:
                yield Problem(
                    "standing-hedged",
                    note.standing_place,
                    f'the note "{note.id}" has the standing fact and hedges: '
                    f'it says "{hedge.group()}"',
                    "state what the source bears out without the hedge, or give the note the "
                    "standing inference or conjecture",
                )
        elif (
            note.body.blocks
            and note.standing in ("conjecture", "unverified")
            and not admissions.search(said)
        ):
            yield Problem(
                "standing-unsaid",
                note.standing_place,
                f'the note "{note.id}" has the standing {note.standing}, '
                "and its words do not say so",
                'say so in the note, with "perhaps" or "has not been verified", for example',
            )


def _notes(bound: BoundEdition) -> Iterator[Note]:
    for document in bound.edition.documents.values():
        yield from document.notes


def plain(body: Prose) -> str:
    """Return the words of a body without its citations."""
    return " ".join(words(block.content) for block in body.blocks if isinstance(block, Paragraph))
