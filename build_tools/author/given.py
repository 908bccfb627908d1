"""Which targets stand as an earlier state of the edition had them, and what documents were called.

A target that stands as it stood was written for the old text. A record may have another name now,
and a document too; what has another name is told by what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from build_tools.model.base import blocks
from build_tools.model.records import Document, Target


@dataclass(frozen=True)
class Aimed:
    """A target with the record it belongs to; ``reading`` is what an emendation reads instead."""

    record: str
    target: Target
    reading: str | None = None

    @property
    def id(self) -> str:
        """What the record is called, without its kind."""
        return self.record.rpartition(" ")[2]


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
        yield Aimed(f"mention of {override.ref}", override.target)
    for witness in document.description.witnesses:
        yield from (Aimed(f"coverage of {witness.siglum}", one) for one in witness.covers or ())


def as_given(old: Document, new: Document) -> tuple[tuple[Aimed, bool], ...]:
    """Return every target of the new state, and whether it stands as the old one had it.

    They come in the order of the document, in which those of an entry stand among others. The
    targets of a record are compared one by one, in order: where two blocks have changed names
    with each other, one of them may look like what the other was.
    """
    before, after = _by_record(old), _by_record(new)
    gone = [record for record in before if record not in after]
    is_given: dict[str, Iterator[bool]] = {}
    for record, own in after.items():
        earlier = before.get(record)
        if earlier is None:
            called = [name for name in gone if _is_renamed(name, before[name], record, own)]
            earlier = before[called[0]] if len(called) == 1 else []
        is_given[record] = iter(_same(_targets(earlier), _targets(own)))
    return tuple((aimed, next(is_given[aimed.record])) for aimed in aims(new))


def _by_record(document: Document) -> dict[str, list[Aimed]]:
    found: dict[str, list[Aimed]] = {}
    for aimed in aims(document):
        found.setdefault(aimed.record, []).append(aimed)
    return found


def _targets(aimed: Sequence[Aimed]) -> list[Target]:
    return [one.target for one in aimed]


def _is_renamed(name: str, was: Sequence[Aimed], other: str, now: Sequence[Aimed]) -> bool:
    """Tell whether a record that is gone is another that has come: of its kind, and as it stood."""
    is_of_kind = name.partition(" ")[0] == other.partition(" ")[0]
    return is_of_kind and _targets(was) == _targets(now)


def _same(old: list[Target], new: list[Target]) -> list[bool]:
    if len(old) == len(new):
        return [one == other for one, other in zip(old, new, strict=True)]
    same = [False] * len(new)
    for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        same[match.b : match.b + match.size] = [True] * match.size
    return same


def earlier_names(old: Mapping[str, Document], new: Mapping[str, Document]) -> dict[str, str]:
    """Map the documents of the new state to what they were called in the old.

    One that is gone is the same as one that has come if more than half of its blocks and records
    are there, and no other has as many.
    """
    names = {name: name for name in new if name in old}
    gone = {name: _features(old[name]) for name in old if name not in new}
    come = {name: _features(new[name]) for name in new if name not in old}
    for name, now in come.items():
        likes = {other: len(was & now) for other, was in gone.items()}
        for other, was in gone.items():
            rivals = [like for one, like in likes.items() if one != other]
            rivals += [len(was & its) for one, its in come.items() if one != name]
            if 2 * likes[other] > max(len(was), *rivals, *(2 * one for one in rivals), 1):
                names[name] = other
    return names


def _features(document: Document) -> set[tuple[str, str]]:
    texts = {(block.id, block.base) for block in blocks(document.transcription)}
    return texts | {("", one.id) for one in document.records}
