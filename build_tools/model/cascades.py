"""Which problems wait until others are mended, because they may only be their consequences.

What could not be read soundly is read as nearly as can be, so that one run finds everything. Where
words or keys are missing from that, more would be reported than is wrong. This table says what
waits for what; when the first is mended the rest is told, if it still stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from build_tools.model.problem import Problem

FILE, DOCUMENT, EDITION = "file", "document", "edition"


def _codes(names: str) -> frozenset[str]:
    return frozenset(names.split())


KEYS = _codes(
    "yaml-invalid key-unknown key-missing key-duplicate value-invalid "
    "id-invalid id-duplicate encoding-invalid character-invalid"
)
"""Faults by which something that a record says is not read, or read otherwise than it is meant."""

TEXTS = _codes("witness-differs witness-changed expansion-differs proof-stale")
QUOTED = _codes(
    "anchor-not-found anchor-ambiguous anchor-wrong-block anchor-partial-word "
    "anchor-context-changed anchor-crosses-block block-unknown page-unknown "
    "emendation-overlap emendation-crosses-mark emendation-no-effect emendation-spacing "
    "variant-outside-coverage variant-differs id-retired"
)
LEFT_OVER = _codes("abbreviation-unresolved ignore-unused")
OF_A_NOTE = _codes(
    "note-unsourced standing-hedged standing-unsaid prose-repeats date-outside-event"
)
NEVER_NAMED = _codes("source-uncited entry-unmentioned term-unused")
"""What nothing names: that can be said only where all that could name it has been read."""


FIRST = _codes("path-refused")
"""Faults of which much of the rest is a consequence: a folder that is not read has no records."""
LAST = _codes("proof-stale")
"""Consequences only: a text that was signed differs from what was signed, whatever the fault."""


def rank(problem: Problem) -> int:
    """Return where a problem is told among others: causes before what comes of them."""
    if problem.code in FIRST:
        return 0
    return 2 if problem.code in LAST else 1


@dataclass(frozen=True)
class Wait:
    """Codes that wait for files of the edition to be read soundly.

    ``within`` says where they wait: in the same file, the same document, or everywhere. ``after``
    are the faults that are waited for; without any it is every error.
    """

    files: str
    within: str
    codes: frozenset[str]
    after: frozenset[str] = frozenset()

    def is_for(self, problem: Problem) -> bool:
        """Tell whether a problem is one that is waited for."""
        is_meant = not self.after or problem.code in self.after
        found = re.fullmatch(self.files, problem.place.file)
        return is_meant and problem.is_error and found is not None


OWN = r"edition/documents/[^/]+/"
WAITS = (
    Wait(r"edition/.*\.md", FILE, _codes("note-empty"), _codes("yaml-invalid")),
    Wait(OWN + r"transcription\.txt", DOCUMENT, TEXTS | QUOTED | LEFT_OVER | {"link-broken"}),
    Wait(
        OWN + r"document\.yml",
        DOCUMENT,
        TEXTS
        | LEFT_OVER
        | _codes("witness-unknown page-unknown hand-unknown variant-outside-coverage"),
        KEYS,
    ),
    Wait(OWN + r"(document\.yml|variants/.*)", DOCUMENT, _codes("link-broken"), KEYS),
    Wait(OWN + r"witness/.*", DOCUMENT, _codes("witness-differs variant-differs")),
    Wait(OWN + r"witness/.*", FILE, _codes("block-unknown")),
    Wait(OWN + r"expanded\.txt", DOCUMENT, _codes("expansion-differs")),
    Wait(OWN + r"expanded\.txt", FILE, _codes("block-unknown")),
    Wait(OWN + r"emendations/.*", DOCUMENT, LEFT_OVER | {"expansion-differs"}, KEYS),
    Wait(OWN + r"variants/.*", FILE, _codes("variant-differs witness-unknown"), KEYS),
    Wait(r"edition/(glossary|registers)/.*", EDITION, _codes("abbreviation-unresolved"), KEYS),
    Wait(r".*\.md", FILE, _codes("licence-differs"), KEYS),
    Wait(r".*\.md", FILE, OF_A_NOTE),
)


def without_cascades(
    read: Sequence[Problem], bound: Sequence[Problem], checked: Sequence[Problem]
) -> tuple[Problem, ...]:
    """Return what reading, binding and checking found, without what waits for what was read."""
    waiting = {
        (wait.within, _area(problem.place.file, wait.within), code)
        for problem in read
        for wait in WAITS
        if wait.is_for(problem)
        for code in wait.codes
    }
    told = [*read, *(one for one in bound if not _waits(one, waiting))]
    if any(problem.is_error for problem in told):
        checked = [problem for problem in checked if problem.code not in NEVER_NAMED]
    return (*told, *(one for one in checked if not _waits(one, waiting)))


def _waits(problem: Problem, waiting: Collection[tuple[str, str, str]]) -> bool:
    return any((within, area, problem.code) in waiting for within, area in _areas(problem))


def _areas(problem: Problem) -> Iterator[tuple[str, str]]:
    for file in (problem.place.file, problem.about):
        for within in (FILE, DOCUMENT, EDITION):
            yield within, _area(file, within)


def _area(file: str, within: str) -> str:
    """Return the part of the edition that a file is in: itself, its document, or all."""
    if within == FILE:
        return file
    found = re.match(OWN, file)
    return (found[0] if found else file) if within == DOCUMENT else ""
