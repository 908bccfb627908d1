"""``python -m tests.harness 10000 [SEED]``: make so many corrections and print the table."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from tests.harness.run import Score, one

SHOWN = 6
"""How many corrections with a wrong answer are shown."""


def table(score: Score) -> Iterator[str]:
    """Yield what came of the anchors: ours, and the best match's beside it."""
    yield f"{score.corrections} corrections, {score.anchors} anchors"
    for state in sorted({*score.ours, *score.best}):
        yield f"{state:40} {score.ours[state]:8} {score.best[state]:8}"
    for change, counts in score.by_change.items():
        yield f"{change:20} asked {counts['ask'] / counts['all']:.3f} of {counts['all']}"
    for wrong in score.wrong[:SHOWN]:
        yield f"wrong: {wrong}"


def main(argv: list[str]) -> int:
    """Run the harness; 1 when an anchor was silently wrong."""
    number = int(argv[0]) if argv else 500
    seed = argv[1] if len(argv) > 1 else str(time.time_ns())
    score = Score()
    for n in range(number):
        one(f"{seed}/{n}", score)
    sys.stdout.write("\n".join([f"seed {seed}", *table(score)]) + "\n")
    return 1 if score.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
