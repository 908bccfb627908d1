"""Carrying every target of the records through a change of the text, and telling what became.

Pure: two editions and the files of the new one in, edits and a report out. A target that the new
record gives as the old one gave it was written for the old text, and is carried. Any other was
written for the new text, if it means one place there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from build_tools.author.given import Aimed, aims, as_given, earlier_names
from build_tools.author.requote import found, requoted
from build_tools.author.values import quoted
from build_tools.author.yaml_values import Change, rewritten
from build_tools.model.anchors import Quotation
from build_tools.model.base import blocks
from build_tools.model.carry import ASK, LOST, MOVED, REWRITTEN, UNCHANGED, Carried, Carrier, Where
from build_tools.model.fates import SINCE, Fate, Reanchored
from build_tools.model.file_edits import FileEdit
from build_tools.model.problem import Problem
from build_tools.model.records import Document, Edition, Target

CONTEXT = 30
"""Characters shown before and after a passage."""
MOST = 3
"""Places shown that a passage may be at."""


def reanchor(
    old: Edition,
    new: Edition,
    files: Mapping[str, bytes],
    as_it_is: Collection[str] = (),
) -> Reanchored:
    """Carry the targets of the new edition's records from the old texts to the new.

    ``files`` holds the bytes of the new edition's files by their paths; ``as_it_is`` names records
    of which somebody has decided that they are right as they stand.
    """
    fates: list[Fate] = []
    changes: dict[str, list[Change]] = {}
    problems: list[Problem] = []
    names = earlier_names(old.documents, new.documents)
    for name, earlier in names.items():
        carrying = _Carrying(old.documents[earlier], new.documents[name], as_it_is)
        carrying.carry_all()
        fates += carrying.fates
        problems += carrying.problems
        for change in carrying.changes:
            changes.setdefault(change.place.file, []).append(change)
    edits: list[FileEdit] = []
    for path, some in changes.items():
        data = rewritten(files[path], some)
        if data is None:
            problems += [_by_hand(change) for change in some]
        else:
            edits.append(FileEdit(path, files[path], data))
    renamed = {name: earlier for name, earlier in names.items() if name != earlier}
    return Reanchored(tuple(edits), tuple(fates), tuple(problems), renamed)


def _by_hand(change: Change) -> Problem:
    """Tell what to write where the tool cannot write it."""
    values = [
        f"{key}: {quoted(value)}" if value is not None else f"no {key}"
        for key, value in change.values.items()
    ]
    return Problem(
        "yaml-invalid",
        change.place,
        "this target is written in a way that only a person can change",
        f"write   {'   '.join(values)}",
    )


class _Carrying:
    """Carries the targets of one document."""

    def __init__(self, old: Document, new: Document, as_it_is: Collection[str]) -> None:
        self.document = new.id
        self.old = {block.id: block.base for block in blocks(old.transcription)}
        self.new = {block.id: block.base for block in blocks(new.transcription)}
        self.aims = as_given(old, new)
        self.as_it_is = as_it_is
        self.is_unchanged = list(self.old.items()) == list(self.new.items())
        self.fates: list[Fate] = []
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    @cached_property
    def carrier(self) -> Carrier:
        """What carries passages; a document whose text is unchanged needs none."""
        return Carrier(self.old, self.new)

    def carry_all(self) -> None:
        """Carry every target that was written for the old text.

        One that does not stand as it stood was written for the new text, if it means a place there.
        """
        for aimed, is_given in self.aims:
            is_meant = meant(self.new, aimed.target) is not None
            is_decided = not is_given or aimed.id in self.as_it_is
            if not (is_meant and is_decided):
                self._carry(aimed)
            else:
                self._tell(aimed, None, SINCE)

    def _carry(self, aimed: Aimed) -> None:
        target = aimed.target
        was = meant(self.old, target)
        if was is None:
            self._tell_unknown(aimed)
            return
        if self.is_unchanged:
            self._tell(aimed, was, UNCHANGED, was)
            return
        if target.quotation is None:
            carried = self.carrier.block(target.block)
        else:
            carried = self.carrier.passage(was.block, was.start, was.end)
        if carried.now is None:
            self._ask(aimed, was, carried)
        else:
            self._follow(aimed, was, carried, carried.now)

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
        values = _values(target, now.block, new)
        if values:
            self.changes.append(Change(target.place, values))
        self._tell(aimed, was, _state(values, carried), now)

    def _ask(self, aimed: Aimed, was: Where, carried: Carried) -> None:
        """Leave a target as it is, for somebody to decide; both texts are shown."""
        stood = f"it stood in block {was.block}:   {_shown(self.old, was)}"
        advice = (
            "quote what is meant now, or take the target out; if it is right as it stands, say so: "
            f"--as-it-is {aimed.id}"
        )
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

    def _tell_unknown(self, aimed: Aimed) -> None:
        self.problems.append(
            Problem(
                "anchor-not-found",
                aimed.target.quotation_place,
                "this passage stands neither in the earlier text nor in the text as it is now",
                "name the revision that it was written for by --from, or quote what is meant now",
            )
        )
        self._tell(aimed, None, ASK)

    def _tell(self, aimed: Aimed, was: Where | None, state: str, now: Where | None = None) -> None:
        self.fates.append(
            Fate(
                self.document,
                aimed.record,
                aimed.target.place,
                state,
                was,
                _shown(self.old, was) if was else "",
                now,
                _shown(self.new, now) if now else "",
            )
        )


def carries(document: Document, fates: Sequence[Fate]) -> bool:
    """Tell whether the targets of a document mean what its fates say, in the same order."""
    texts = {block.id: block.base for block in blocks(document.transcription)}
    return all(
        fate.now is None or meant(texts, aimed.target) == fate.now
        for aimed, fate in zip(aims(document), fates, strict=True)
    )


def meant(texts: Mapping[str, str], target: Target) -> Where | None:
    """Return the place that a target means in a text; None if it means none, or several."""
    if target.block not in texts:
        return None
    base = texts[target.block]
    if target.quotation is None:
        return Where(target.block, 0, len(base))
    place = found(base, target.quotation)
    return Where(target.block, *place) if place else None


def _state(values: Mapping[str, str | None], carried: Carried) -> str:
    """Say what became of a target; one that must quote other words around it is rewritten too."""
    if carried.state == REWRITTEN or values.keys() - {"block"}:
        return REWRITTEN
    return MOVED if values else UNCHANGED


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
