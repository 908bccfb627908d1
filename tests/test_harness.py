"""Notes refuse to lie: random corrections, and no anchor is silently carried to the wrong place."""

from __future__ import annotations

import time

from tests.harness.run import Score, one

FIXED = 250


def test_no_anchor_is_silently_wrong() -> None:
    score = Score()
    drawn = str(time.time_ns())
    for seed in ("fixed", drawn):
        for n in range(FIXED):
            one(f"{seed}/{n}", score)
    assert score.corrections == 2 * FIXED
    assert not score.wrong, f"seed {drawn}: {score.wrong[0]}"
    assert score.best["silently wrong"] > 0, "the corrections are such that guessing fails"
    carried = score.anchors - score.ours["ask"] - score.ours["lost"]
    assert carried > 0.7 * score.anchors, "asking for everything is no answer"
