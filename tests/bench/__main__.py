"""Measure the builder beside bare MkDocs and others, and write docs/about/performance.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench import others, ours, seen
from tests.bench.measure import Cost
from tests.bench.report import page

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs/about/performance.md"


def main() -> None:
    """Measure at each size, the small ones first, and write the page after each."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100, 1000, 3000])
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--others", action="store_true", help="install and measure others, too")
    parser.add_argument("--page", type=Path, default=PAGE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows: list[ours.Row] = []
        hits: dict[int, tuple[float, float]] = {}
        edits: dict[int, float] = {}
        peers: dict[int, dict[str, Cost | str]] = {}
        for size in given.sizes:
            rows.append(ours.measured(size, folder, PROJECT))
            root = folder / f"demo-{size}"
            hits[size] = seen.first_hit(root / "site")
            edits[size] = seen.edit_seen(root, PROJECT, min(size, 3))
            if given.others and size >= 10:
                peers[size] = others.measured(root, size, folder, PROJECT)
            given.page.write_text(page(rows, hits, edits, peers), encoding="utf-8")


main()
