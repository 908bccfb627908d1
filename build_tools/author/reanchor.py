"""Carrying every target of the records through a change of the text, and telling what became.

Pure: editions and the files of the new one in, edits and a report out. A target that the new
record gives as an old one gave it was written for that text, and is carried. Any other was written
for the new text, if it means one place there.

Of a merge there are two old states: each target is carried from the first that gives it as it now
is, so that a note of either side is carried through what the other side did to the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from build_tools.author.given import Aimed, aims, as_given, earlier_names
from build_tools.author.requote import found, requoted, widened
from build_tools.author.values import quoted
from build_tools.author.yaml_values import Change, rewritten
from build_tools.model.anchors import Quotation, occurrences
from build_tools.model.base import blocks
from build_tools.model.carry import ASK, LOST, MOVED, REWRITTEN, UNCHANGED, Carried, Carrier, Where
from build_tools.model.fates import DECIDED, SINCE, WHOLE, Fate, Reanchored
from build_tools.model.file_edits import FileEdit
from build_tools.model.problem import Problem
from build_tools.model.records import Document, Edition, Target

CONTEXT = 30
"""Characters shown before and after a passage."""
MOST = 3
"""Places shown that a passage may be at."""


def reanchor(
    olds: Sequence[Edition],
    new: Edition,
    files: Mapping[str, bytes],
    as_it_is: Collection[str] = (),
    *,
    is_check: bool = False,
) -> Reanchored:
    """Carry the targets of the new edition's records from the old texts to the new.

    ``files`` holds the bytes of the new edition's files by their paths; ``as_it_is`` names records
    of which somebody has decided that they are right as they stand. For a check, a whole block
    that still has its id is no problem: that somebody decided so cannot be seen in its record.
    """
    told = _Told([], [], [])
    earlier = [earlier_names(old.documents, new.documents) for old in olds]
    renamed: dict[str, str] = {}
    for name, document in new.documents.items():
        called = [
            (old, names[name]) for old, names in zip(olds, earlier, strict=True) if name in names
        ]
        if called:
            states = [old.documents[own] for old, own in called]
            _carry_all(states, document, told, as_it_is, is_check=is_check)
        renamed.update((name, own) for _, own in called if own != name)
    edits, problems = _edits(told.changes, files)
    return Reanchored(tuple(edits), tuple(told.fates), (*told.problems, *problems), renamed)


def _edits(
    changes: Sequence[Change], files: Mapping[str, bytes]
) -> tuple[list[FileEdit], list[Problem]]:
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.place.file, []).append(change)
    edits: list[FileEdit] = []
    problems: list[Problem] = []
    for path, some in by_file.items():
        data = rewritten(files[path], some)
        if data is None:
            problems += [_by_hand(change) for change in some]
        else:
            edits.append(FileEdit(path, files[path], data))
    return edits, problems


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


@dataclass(frozen=True)
class _Told:
    """What became of targets so far, what is to be written, and what somebody must decide."""

    fates: list[Fate]
    changes: list[Change]
    problems: list[Problem]


def _carry_all(
    states: Sequence[Document],
    new: Document,
    told: _Told,
    as_it_is: Collection[str],
    *,
    is_check: bool,
) -> None:
    """Carry each target from the first state that gives it as it now is."""
    each = [_Carrying(old, new, told, as_it_is, is_check=is_check) for old in states]
    given = [as_given(old, new) for old in states]
    for own in zip(*given, strict=True):
        aimed, _ = own[0]
        giving = [one for one, (_, is_given) in zip(each, own, strict=True) if is_given]
        (giving or each)[0].carry(aimed, is_given=bool(giving))


class _Carrying:
    """Carries targets of one document from one of its earlier states."""

    def __init__(
        self,
        old: Document,
        new: Document,
        told: _Told,
        as_it_is: Collection[str],
        *,
        is_check: bool,
    ) -> None:
        self.document = new.id
        self.old = {block.id: block.base for block in blocks(old.transcription)}
        self.new = {block.id: block.base for block in blocks(new.transcription)}
        self.told = told
        self.as_it_is = as_it_is
        self.is_check = is_check
        self.is_unchanged = list(self.old.items()) == list(self.new.items())

    @cached_property
    def carrier(self) -> Carrier:
        """What carries passages; a document whose text is unchanged needs none."""
        return Carrier(self.old, self.new)

    def carry(self, aimed: Aimed, *, is_given: bool) -> None:
        """Carry a target that was written for the old text.

        One that does not stand as it stood was written for the new text, if it means a place there.
        """
        target = aimed.target
        stands = meant(self.new, target)
        was = meant(self.old, target)
        is_decided = stands is not None and aimed.id in self.as_it_is
        if stands is not None and not is_given:
            self._tell(aimed, None, SINCE)
        elif was is None:
            self._tell(aimed, None, SINCE) if is_decided else self._tell_unknown(aimed)
        elif self.is_unchanged:
            self._tell(aimed, was, UNCHANGED, was)
        else:
            self._carry(aimed, was, stands, is_decided=is_decided)

    def _carry(self, aimed: Aimed, was: Where, stands: Where | None, *, is_decided: bool) -> None:
        is_whole = aimed.target.quotation is None
        if is_whole:
            carried = self.carrier.block(was.block)
        else:
            carried = self.carrier.passage(was.block, was.start, was.end)
        if stands is not None and is_decided and carried.now != stands:
            self._decide(aimed, was, stands)
        elif carried.now is not None:
            self._follow(aimed, was, carried, carried.now)
        elif is_whole and stands is not None and self.is_check:
            self._tell(aimed, was, WHOLE, stands)
        else:
            self._ask(aimed, was, carried)

    def _decide(self, aimed: Aimed, was: Where, stands: Where) -> None:
        """Leave a target where it is; that somebody decided so is seen by more words around it."""
        quotation = aimed.target.quotation
        if quotation is not None:
            new = widened(quotation, self.new[stands.block], stands)
            if new is not None:
                values = _values(aimed.target, stands.block, new)
                self.told.changes.append(Change(aimed.target.place, values))
        self._tell(aimed, was, DECIDED, stands)

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
            self.told.changes.append(Change(target.place, values))
        self._tell(aimed, was, _state(values, carried), now)

    def _ask(self, aimed: Aimed, was: Where, carried: Carried) -> None:
        """Leave a target as it is, for somebody to decide; both texts are shown."""
        stood = f"it stood in block {was.block}:   {_shown(self.old, was)}"
        advice = self._advice(aimed)
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
        self.told.problems.append(problem)
        self._tell(aimed, was, carried.state)

    def _advice(self, aimed: Aimed) -> str:
        """Say what can be done; what means no one place now cannot be left as it is."""
        advice = "quote what is meant now, or take the target out"
        if meant(self.new, aimed.target) is not None:
            return f"{advice}; if it is right as it stands, say so: --as-it-is {aimed.id}"
        if aimed.id in self.as_it_is:
            return f"{advice}; it cannot be left as it is: {self._why_not(aimed.target)}"
        return advice

    def _why_not(self, target: Target) -> str:
        if target.block not in self.new:
            return f"there is no block {target.block} any more"
        is_there = target.quotation and occurrences(self.new[target.block], target.quotation)
        if is_there:
            return f"its words do not stand once in block {target.block}"
        return f"its words stand no more in block {target.block}"

    def _tell_adopted(self, aimed: Aimed, was: Where, now: Where) -> None:
        words = self.new[now.block][now.start : now.end]
        self.told.problems.append(
            Problem(
                "emendation-no-effect",
                aimed.target.quotation_place,
                f'block {now.block} has now "{words}" itself, which is what this emendation reads',
                "the text was corrected: take the emendation out",
            )
        )
        self._tell(aimed, was, ASK)

    def _tell_unknown(self, aimed: Aimed) -> None:
        self.told.problems.append(
            Problem(
                "anchor-not-found",
                aimed.target.quotation_place,
                "this passage stands neither in the earlier text nor in the text as it is now",
                "name the revision that it was written for by --from, or quote what is meant now",
            )
        )
        self._tell(aimed, None, ASK)

    def _tell(self, aimed: Aimed, was: Where | None, state: str, now: Where | None = None) -> None:
        self.told.fates.append(
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
