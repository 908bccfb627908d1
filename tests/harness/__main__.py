"""python -m tests.harness 10000 [SEED]: make so many corrections and print the table."""

from __future__ import annotations

import sys
import time

from tests.harness.run import Score, one


def main(argv: list[str]) -> int:
    number = int(argv[0]) if argv else 500
    seed = argv[1] if len(argv) > 1 else str(time.time_ns())
    score = Score()
    began = time.perf_counter()
    for n in range(number):
        one(f"{seed}/{n}", score)
    print("seed", seed, "seconds", round(time.perf_counter() - began, 1))
    print(score.corrections, score.anchors)
    for state in sorted({*score.ours, *score.best}):
        print(f"{state:40} {score.ours[state]:8} {score.best[state]:8}")
    for change, c in score.by_change.items():
        print(f"{change:20} asked {c['ask'] / c['all']:.3f} of {c['all']}")
    seen = set()
    for w in score.wrong:
        if w.seed in seen:
            continue
        seen.add(w.seed)
        if len(seen) > int(argv[2] if len(argv) > 2 else 6):
            break
        print("----", w.seed, w.done, w.state)
        print(
            w.was,
            repr(w.old[w.was.block][w.was.start : w.was.end]),
            "=>",
            w.now,
            repr(w.new[w.now.block][w.now.start : w.now.end]),
        )
        for n, b in w.old.items():
            if w.new.get(n) != b:
                print("  old", n, b)
        for n, b in w.new.items():
            if w.old.get(n) != b:
                print("  new", n, b)
        same = [n for n, b in w.new.items() if w.old.get(n) == b]
        print("  same", *same, "order", list(w.new))
    return 1 if score.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
