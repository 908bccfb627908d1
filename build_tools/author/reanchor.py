"""Carrying every target of the records through a change of the text, and telling what became.

Pure: two editions and the files of the new one in, edits and a report out. A target that the new
record gives as the old one gave it was written for the old text, and is carried. Any other was
written for the new text, if it means one place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.author.requote import found, requoted
from build_tools.author.yaml_values import Change, rewritten
from build_tools.model.anchors import Quotation
from build_tools.model.base import blocks
from build_tools.model.carry import ASK, LOST, UNCHANGED, Carried, Carrier, Where
from build_tools.model.file_edits import FileEdit
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Document, Edition, Target

CONTEXT = 30
"""Characters shown before and after a passage."""
MOST = 3
"""Places shown that a passage may be at."""


@dataclass(frozen=True)
class Fate:
    """What became of one target.

    ``state`` is one of those of :mod:`model.carry`. ``before`` and ``after`` show the passage
    among its neighbours, between two bars; ``after`` is empty where there is none.
    """

    document: str
    record: str
    place: Place
    state: str
    was: Where
    before: str
    now: Where | None = None
    after: str = ""


@dataclass(frozen=True)
class Reanchored:
    """What is to be written, what became of each target, and what somebody must decide."""

    edits: tuple[FileEdit, ...]
    fates: tuple[Fate, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Aimed:
    """A target with the record it belongs to; ``reading`` is what an emendation reads instead."""

    record: str
    target: Target
    reading: str | None = None


def reanchor(old: Edition, new: Edition, files: Mapping[str, bytes]) -> Reanchored:
    """Carry the targets of the new edition's records from the old texts to the new.

    ``files`` holds the bytes of the new edition's files by their paths.
    """
    fates: list[Fate] = []
    changes: dict[str, list[Change]] = {}
    problems: list[Problem] = []
    for name, document in new.documents.items():
        if name not in old.documents:
            continue
        carrying = _Carrying(old.documents[name], document)
        for aimed in aims(document):
            carrying.carry(aimed)
        fates += carrying.fates
        problems += carrying.problems
        for change in carrying.changes:
            changes.setdefault(change.place.file, []).append(change)
    edits = tuple(
        FileEdit(path, files[path], rewritten(files[path], some)) for path, some in changes.items()
    )
    return Reanchored(edits, tuple(fates), tuple(problems))


def aims(document: Document) -> Iterator[Aimed]:
    """Yield every target of a document's records that names a block."""
    for aimed in _aims(document):
        if aimed.target.block:
            yield aimed


def _aims(document: Document) -> Iterator[Aimed]:
    for note in document.notes:
        yield from (Aimed(f"note {note.id}", target) for target in note.targets)
    for emendation in document.emendations:
        for change in emendation.changes:
            yield Aimed(f"emendation {emendation.id}", change.target, change.reading)
    for variant in document.variants:
        if not variant.is_computed:
            yield Aimed(f"variant {variant.id}", variant.target)
    for override in document.description.mentions:
        yield Aimed(f"mention {override.ref}", override.target)
    for witness in document.description.witnesses:
        yield from (Aimed(f"coverage {witness.siglum}", one) for one in witness.covers or ())


class _Carrying:
    """Carries the targets of one document."""

    def __init__(self, old: Document, new: Document) -> None:
        self.document = new.id
        self.old = {block.id: block.base for block in blocks(old.transcription)}
        self.new = {block.id: block.base for block in blocks(new.transcription)}
        self.given = {(aimed.record, aimed.target) for aimed in aims(old)}
        self.carrier = Carrier(self.old, self.new)
        self.fates: list[Fate] = []
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def carry(self, aimed: Aimed) -> None:
        """Carry one target, if it was written for the old text."""
        target = aimed.target
        was = _meant(self.old, target)
        if was is None or self._is_new(aimed):
            return
        if target.quotation is None:
            carried = self.carrier.block(target.block)
        else:
            carried = self.carrier.passage(was.block, was.start, was.end)
        if carried.now is None:
            self._ask(aimed, was, carried)
        else:
            self._follow(aimed, was, carried, carried.now)

    def _is_new(self, aimed: Aimed) -> bool:
        """Tell whether a target was written for the new text: it is not as the old record had it.

        Where it means nothing in the new text it can only have been written for the old.
        """
        is_given = (aimed.record, aimed.target) in self.given
        return not is_given and _meant(self.new, aimed.target) is not None

    def _follow(self, aimed: Aimed, was: Where, carried: Carried, now: Where) -> None:
        target, quotation = aimed.target, aimed.target.quotation
        words = self.new[now.block][now.start : now.end]
        if quotation is not None and aimed.reading == words:
            self._tell_adopted(aimed, was, now)
            return
        if quotation is None:
            new: Quotation | None = None
        else:
            new = requoted(quotation, self.new[now.block], now)
            if new is None:
                why = "no words before or after it tell it from its like"
                self._ask(aimed, was, Carried(ASK, None, (now,), why))
                return
        state = carried.state
        if now.block == target.block and new == quotation:
            state = UNCHANGED
        else:
            self.changes.append(Change(target.place, _values(target, now.block, new)))
        self._tell(aimed, was, state, now)

    def _ask(self, aimed: Aimed, was: Where, carried: Carried) -> None:
        """Leave a target as it is, for somebody to decide; both texts are shown."""
        stood = f"it stood in block {was.block}:   {_shown(self.old, was)}"
        advice = "quote what is meant now, or take the target out"
        place = aimed.target.quotation_place
        if carried.state == LOST:
            problem = Problem(
                "anchor-not-found",
                place,
                f"the passage this record is about is lost: {carried.why}",
                f"{stood}   {advice[0].upper()}{advice[1:]}.",
            )
        else:
            now = (
                f"it may be in block {where.block}:   {_shown(self.new, where)}"
                for where in carried.may_be[:MOST]
            )
            problem = Problem(
                "anchor-ambiguous",
                place,
                f"where this passage stands now must be decided: {carried.why}",
                advice,
                (stood, *now),
            )
        self.problems.append(problem)
        self._tell(aimed, was, carried.state)

    def _tell_adopted(self, aimed: Aimed, was: Where, now: Where) -> None:
        words = self.new[now.block][now.start : now.end]
        self.problems.append(
            Problem(
                "emendation-no-effect",
                aimed.target.quotation_place,
                f'block {now.block} has now "{words}" itself, which is what this emendation reads',
                "the text was corrected: take the emendation out",
            )
        )
        self._tell(aimed, was, ASK)

    def _tell(self, aimed: Aimed, was: Where, state: str, now: Where | None = None) -> None:
        self.fates.append(
            Fate(
                self.document,
                aimed.record,
                aimed.target.place,
                state,
                was,
                _shown(self.old, was),
                now,
                _shown(self.new, now) if now else "",
            )
        )


def _meant(texts: Mapping[str, str], target: Target) -> Where | None:
    """Return the place that a target means in a text; None if it means none, or several."""
    if target.block not in texts:
        return None
    base = texts[target.block]
    if target.quotation is None:
        return Where(target.block, 0, len(base))
    place = found(base, target.quotation)
    return Where(target.block, *place) if place else None


def _values(target: Target, block: str, quotation: Quotation | None) -> dict[str, str | None]:
    """Return the keys of a target that must have other values."""
    values: dict[str, str | None] = {} if block == target.block else {"block": block}
    was = target.quotation
    if was is None or quotation is None:
        return values
    for key in ("exact", "prefix", "suffix"):
        value = getattr(quotation, key)
        if value != getattr(was, key):
            values[key] = value or None
    return values


def _shown(texts: Mapping[str, str], where: Where) -> str:
    """Show a passage among its neighbours, between bars."""
    base = texts[where.block]
    before, after = base[: where.start], base[where.end :]
    cut = before[-CONTEXT:] if len(before) <= CONTEXT else "\u2026" + before[-CONTEXT:]
    rest = after if len(after) <= CONTEXT else after[:CONTEXT] + "\u2026"
    return f"{cut}|{base[where.start : where.end]}|{rest}"
