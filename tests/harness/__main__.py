"""``python -m tests.harness 10000 [SEED]``: make so many corrections and print the table."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from tests.harness.run import LEFT, WRONG, Score, one

SHOWN = 6
"""How many wrong answers are shown."""
ROWS = {
    "kept": ("unchanged", "moved"),
    "rewritten": ("rewritten",),
    "asked": ("ask",),
    "lost": ("lost",),
    "lost, though something of it is left": (LEFT,),
    WRONG: (WRONG,),
}


def table(score: Score) -> Iterator[str]:
    """Yield what came of the anchors as a table: ours, and the best match's beside it."""
    yield f"{score.corrections:,} corrections, {score.anchors:,} anchors"
    yield ""
    yield f"| {'':36} | {'ours':>16} | {'best match wins':>16} |"
    yield f"|{'-' * 38}|{'-' * 17}:|{'-' * 17}:|"
    for name, states in ROWS.items():
        both = (sum(counts[state] for state in states) for counts in (score.ours, score.best))
        cells = (f"{n:,} ({n / score.anchors:.1%})" for n in both)
        yield f"| {name:36} | " + " | ".join(f"{cell:>16}" for cell in cells) + " |"
    yield ""
    yield "Asked, where the correction was one change:"
    for change, counts in sorted(score.by_change.items()):
        yield f"  {change:20} {counts['ask'] / counts['all']:6.1%} of {counts['all']}"
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
