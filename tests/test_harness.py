"""Notes refuse to lie: random corrections, and no anchor is silently carried to the wrong place."""

from __future__ import annotations

from tests.harness.run import WRONG, Score, one

CORRECTIONS = 500
"""The same in every run; ``python -m tests.harness 10000`` draws others."""


MENDED = ("7/4093", "31/9742")
"""Corrections that were answered wrongly once."""


def test_what_was_wrong_once_is_asked() -> None:
    score = Score()
    for seed in MENDED:
        one(seed, score)
    assert not score.wrong, score.wrong[0]


def test_no_anchor_is_silently_wrong() -> None:
    score = Score()
    for n in range(CORRECTIONS):
        one(f"fixed/{n}", score)
    assert score.corrections == CORRECTIONS
    assert not score.wrong, score.wrong[0]
    assert score.best[WRONG] > 0, "the corrections are such that guessing fails"
    carried = score.anchors - score.ours["ask"] - score.ours["lost"]
    assert carried > 0.7 * score.anchors, "asking for everything is no answer"
