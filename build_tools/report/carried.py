"""What became of the targets of the records, as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from build_tools.model.carry import ASK, LOST, MOVED, REWRITTEN, UNCHANGED, Where
from build_tools.model.fates import DECIDED, SINCE, WHOLE, Fate
from build_tools.report.summary import fenced, within

SAID = {
    UNCHANGED: "unchanged",
    MOVED: "moved",
    REWRITTEN: "rewritten",
    ASK: "to be decided",
    LOST: "lost",
    DECIDED: "left as they are, as was decided",
    WHOLE: "about a whole block that has changed much: see whether it is still meant",
    SINCE: "written for the text as it now is, and left as they are",
}


def as_carried(fates: Sequence[Fate], renamed: Mapping[str, str]) -> str:
    """Return what was moved and rewritten, old and new; of the rest only the number.

    What somebody must decide is told as a problem.
    """
    lines = [f"{new}, which was {old}" for new, old in renamed.items()]
    for fate in fates:
        if fate.state in (MOVED, REWRITTEN, WHOLE):
            lines += _one(fate)
    return "\n".join([*lines, _counts(fates)])


def as_carried_summary(carried: str, problems: str, advice: str) -> str:
    """Return what a check of a merge found, as Markdown for the summary of a run."""
    text = "\n\n".join(part.rstrip("\n") for part in (carried, problems) if part)
    shown = within(iter([fenced(text)]), "list")
    return f"## Passages that would be other words\n\n{advice}\n\n{shown}\n"


def _one(fate: Fate) -> Iterator[str]:
    assert fate.was is not None
    assert fate.now is not None
    place = fate.place
    at = f"{place.file}:{place.line}" if place.line else place.file
    state = "see" if fate.state == WHOLE else fate.state
    yield f"{state}: {fate.record}   {_blocks(fate.was, fate.now)}"
    yield f"  --> {at}"
    if fate.state == MOVED:
        yield f"    {fate.after}"
    else:
        yield f"  - {fate.before}"
        yield f"  + {fate.after}"
    yield ""


def _blocks(was: Where, now: Where) -> str:
    return was.block if was.block == now.block else f"{was.block} \u2192 {now.block}"


def _counts(fates: Sequence[Fate]) -> str:
    counts = Counter(fate.state for fate in fates)
    said = [f"{counts[state]} {words}" for state, words in SAID.items() if counts[state]]
    return f"{', '.join(said)}." if said else "No record has a passage to be carried."
