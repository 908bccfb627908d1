"""Measure the builder beside bare MkDocs and others, and write docs/about/performance.md.

What was measured at a size is kept in the folder that is worked in, so that sizes can be measured
one after another: ``--folder`` names it, and a run adds its sizes to those of earlier runs.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import others, ours, seen
from tests.bench.measure import Cost
from tests.bench.report import USUAL, Size, page

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs/about/performance.md"
KEPT = "measured.json"


def main() -> None:
    """Measure at each size, the small ones first, and write the page after each."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(USUAL))
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--others-to", type=int, default=1000, help="the largest size for others")
    parser.add_argument("--again", type=int, default=0, help="builds from nothing, so many times")
    parser.add_argument("--page", type=Path, default=PAGE)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = _kept(folder / KEPT)
        for count in given.sizes:
            with_others = 10 <= count <= given.others_to
            if not (given.again and count in sizes):
                sizes[count] = _measured(count, folder, with_others=with_others)
            if given.again:
                sizes[count] = _again(sizes[count], folder, given.again)
            data = {number: asdict(one) for number, one in sorted(sizes.items())}
            (folder / KEPT).write_text(json.dumps(data, indent=1))
            given.page.write_text(page(sorted_sizes(sizes)), encoding="utf-8")
        given.page.write_text(page(sorted_sizes(sizes)), encoding="utf-8")


def sorted_sizes(sizes: dict[int, Size]) -> list[Size]:
    """Return what was measured, the small sizes first."""
    return [sizes[count] for count in sorted(sizes)]


def _measured(count: int, folder: Path, *, with_others: bool) -> Size:
    loads = [os.getloadavg()[0]]
    row = ours.measured(count, folder, PROJECT)
    loads.append(os.getloadavg()[0])
    root = folder / f"demo-{count}"
    hit = seen.first_hit(root / "site")
    edit = seen.edit_seen(root, PROJECT, min(count, 3))
    peers = others.measured(root, count, folder, PROJECT) if with_others else {}
    loads.append(os.getloadavg()[0])
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    return Size(row, hit, edit, peers, when, (min(loads), max(loads)))


def _again(size: Size, folder: Path, times: int) -> Size:
    loads = [os.getloadavg()[0]]
    row = ours.again(size.row, folder, PROJECT, times)
    loads.append(os.getloadavg()[0])
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    return replace(size, row=row, when=when, load=(min(loads), max(loads)))


def _kept(file: Path) -> dict[int, Size]:
    if not file.is_file():
        return {}
    return {int(count): _size(one) for count, one in json.loads(file.read_text()).items()}


def _size(data: Any) -> Size:  # noqa: ANN401 - what an earlier run has written
    row = data["row"]
    row["costs"] = {name: Cost(**cost) for name, cost in row["costs"].items()}
    peers = {
        name: found if isinstance(found, str) else Cost(**found)
        for name, found in data["peers"].items()
    }
    hit, load = data["hit"], data["load"]
    return Size(
        ours.Row(**row),
        (hit[0], hit[1]),
        data["edit"],
        peers,
        data["when"],
        (load[0], load[1]),
    )


main()
