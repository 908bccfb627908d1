"""A passage that was carried is quoted so that binding finds it, and nothing else."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.author.requote import found, requoted, widened
from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.anchors import Quotation
from build_tools.model.base import Block, blocks
from build_tools.model.bound import Anchor
from build_tools.model.carry import Carrier, Where
from build_tools.model.records import Target
from build_tools.model.transcription import escape
from build_tools.read.transcription import parse_transcription
from tests.harness.corrections import correct
from tests.harness.paper import Paper
from tests.harness.run import anchors
from tests.harness.texts import random_text


def laid(texts: dict[str, str]) -> dict[str, Block]:
    """Write texts as a transcription and read it."""
    written = "".join(
        f"@p {name}\n{escape(base, line_start=True)}\n" for name, base in texts.items()
    )
    transcription, _ = parse_transcription(f"@page 1\n{written}", "f", brackets=False)
    assert transcription is not None
    return {block.id: block for block in blocks(transcription)}


def bound(of: dict[str, Block], block: str, quotation: Quotation) -> Where | None:
    target = Target(block, quotation=quotation)
    anchor = resolve(target, Surroundings("d", of, ("1",), {}))
    return Where(anchor.block, anchor.start, anchor.end) if isinstance(anchor, Anchor) else None


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 32))
def test_what_is_quoted_anew_is_bound_where_it_was_carried(seed: int) -> None:
    dice = random.Random(seed)
    old = random_text(dice)
    paper = Paper.of(old)
    chosen = list(anchors(dice, old))
    correct(dice, paper)
    new = paper.texts()
    read = laid(new)
    carrier = Carrier(old, new)
    for was in chosen:
        base = old[was.block]
        plain = Quotation(base[was.start : was.end] if was.start < was.end else None)
        quotation = requoted(plain, base, was)
        now = carrier.passage(was.block, was.start, was.end).now
        if quotation is None or now is None:
            continue
        again = requoted(quotation, new[now.block], now)
        if again is None:
            continue
        place = bound(read, now.block, again)
        assert place is not None
        if now.start < now.end:
            assert (place.start, place.end) == (now.start, now.end)
        else:
            gap = sorted((place.start, now.start))
            assert not read[now.block].base[slice(*gap)].strip()


def test_what_still_holds_stays_as_it_was_written() -> None:
    base = "One \u201ctwo\u201d three, and two more."
    quotation = Quotation('"two"', "One", "three")
    assert requoted(quotation, base, Where("p", 4, 9)) == quotation
    longer = requoted(Quotation("two"), base, Where("p", 21, 24))
    assert longer is not None
    assert found(base, longer) == (21, 24)
    assert longer.exact == "two"


def test_a_part_of_a_word_cannot_be_quoted() -> None:
    assert requoted(Quotation("b"), "abc abd", Where("p", 1, 2)) is None


def test_a_decision_is_seen_by_a_word_more() -> None:
    base = "One two three, and two more."
    for quotation in (Quotation("three"), Quotation("three", "two", "and")):
        wider = widened(quotation, base, Where("p", 8, 13))
        assert wider is not None
        assert wider != quotation
        assert found(base, wider) == (8, 13)
    assert widened(Quotation(base), base, Where("p", 0, len(base))) is None
