"""The page of figures, written from the measurements."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from tests.bench.measure import Cost
from tests.bench.others import OTHERS
from tests.bench.ours import Row

INTRODUCTION = """
# Performance

`make bench` writes this page. It makes demonstration editions (`edition demo`), each document with
about 700 words, 20 notes and 40 links, all with one glossary, one set of registers and one list of
sources, and measures every command as a whole process. *Bare MkDocs* is `mkdocs build` of the same
Markdown in the same run, once with the settings of this project (most pages out of the navigation,
and that pruned), once with MkDocs' defaults. Seconds are by the clock; the ratios are taken from
commands run in turn. What counts is the ratio: another machine has other seconds.
"""

BARS = (
    ("check, pages and web site, from nothing", "build", 0.8),
    ("nothing changed", "nothing", 0.1),
    ("one note changed", "note", 0.2),
    ("largest process", "memory", 2.0),
)


def page(
    rows: Sequence[Row],
    hits: Mapping[int, tuple[float, float]],
    edits: Mapping[int, float],
    peers: Mapping[int, Mapping[str, Cost | str]],
) -> str:
    """Write the page."""
    parts = [INTRODUCTION, _machine(), *_commands(rows, edits), *_bars(rows), *_sizes(rows)]
    parts += [*_search(rows, hits), *_peers(rows, peers), NOTES]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _machine() -> str:
    packages = ", ".join(f"{one} {version(one)}" for one in ("mkdocs", "mkdocs-material"))
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return (
        f"Measured with Python {platform.python_version()}, {packages}, on {count} processors. "
        f"The load of the machine was {load:.1f} at the end: other work on it slows both sides."
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---", *(["---:"] * (len(head) - 1))], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _commands(rows: Sequence[Row], edits: Mapping[int, float]) -> Sequence[str]:
    names = {
        "check": "`edition check`",
        "pages": "`edition pages`",
        "build": "`edition build`, from nothing",
        "nothing": "`edition build`, nothing changed",
        "note": "`edition build`, one note changed",
        "bare": "bare MkDocs, best settings",
        "defaults": "bare MkDocs, defaults",
    }
    lines = [
        [says, *(_seconds(row.costs.get(name)) for row in rows)] for name, says in names.items()
    ]
    lines.insert(
        5, ["`edition serve`, an edit on the page", *(f"{edits[r.documents]:.2f}" for r in rows)]
    )
    lines.append(["largest process of `edition build`, MB", *(_memory(r, "build") for r in rows)])
    lines.append(["largest process of bare MkDocs, MB", *(_memory(r, "bare") for r in rows)])
    return ("## Seconds", _table(["documents", *(f"{r.documents:,}" for r in rows)], lines))


def _seconds(cost: Cost | None) -> str:
    return "–" if cost is None else f"{cost.wall:.2f}"


def _memory(row: Row, name: str) -> str:
    return f"{row.costs[name].memory:.0f}"


def _bars(rows: Sequence[Row]) -> Sequence[str]:
    lines = [
        [says, f"≤ {most}", *(_judged(row.ratios[name], most) for row in rows)]
        for says, name, most in BARS
    ]
    lines.append(["processor time, from nothing", "–", *(f"{r.ratios['cpu']:.2f}" for r in rows)])
    parts = [
        "## Ratios to bare MkDocs, best settings",
        "The bars hold at 1,000 documents; **bold** is over the bar.",
        _table(["", "bar", *(f"{r.documents:,}" for r in rows)], lines),
    ]
    large = [row for row in rows if row.documents >= 100]
    if len(large) > 1:
        slope = _slope([(r.documents, r.costs["build"].wall) for r in large])
        parts.append(
            f"From 100 documents on, time grows as the number of documents to the power "
            f"{slope:.2f} (least squares on logarithms; 1 is linear)."
        )
    return parts


def _judged(ratio: float, most: float) -> str:
    return f"{ratio:.2f}" if ratio <= most else f"**{ratio:.2f}**"


def _slope(points: Sequence[tuple[int, float]]) -> float:
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    above = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return above / sum((x - mean_x) ** 2 for x, _ in logs)


def _sizes(rows: Sequence[Row]) -> Sequence[str]:
    lines = [
        ["files of the site", *(f"{r.files:,}" for r in rows)],
        ["the site, MB", *(f"{r.size / 1e6:.1f}" for r in rows)],
        ["the same by bare MkDocs, MB", *(f"{r.bare_size / 1e6:.1f}" for r in rows)],
        ["a document's page, KB", *(f"{r.page / 1e3:.1f}" for r in rows)],
        ["of it beyond text and notes, KB", *(f"{r.beyond / 1e3:.1f}" for r in rows)],
    ]
    return ("## Sizes", _table(["documents", *(f"{r.documents:,}" for r in rows)], lines))


def _search(rows: Sequence[Row], hits: Mapping[int, tuple[float, float]]) -> Sequence[str]:
    lines = [
        ["loaded with every page, bytes", *(f"{r.index:,}" for r in rows)],
        ["loaded at the first search, MB", *(f"{r.search / 1e6:.2f}" for r in rows)],
        ["first hit, seconds", *(f"{hits[r.documents][0]:.2f}" for r in rows)],
        ["first hit of the next search, seconds", *(f"{hits[r.documents][1]:.2f}" for r in rows)],
    ]
    return ("## Search", _table(["documents", *(f"{r.documents:,}" for r in rows)], lines))


def _peers(rows: Sequence[Row], peers: Mapping[int, Mapping[str, Cost | str]]) -> Sequence[str]:
    if not peers:
        return ()
    sizes = sorted(peers)
    lines = []
    for other in OTHERS:
        cells = []
        for size in sizes:
            found = peers[size].get(other.name)
            cells.append(f"{found.wall:.2f}" if isinstance(found, Cost) else found or "–")
        lines.append([other.name, *cells, other.lacks])
    parts = [
        "## Others, on the same Markdown",
        "Seconds of a build from nothing, and what each does not do.",
        _table(["", *(f"{size:,}" for size in sizes), "without"], lines),
    ]
    for row in rows:
        hugo = peers.get(row.documents, {}).get("Hugo")
        if isinstance(hugo, Cost) and row.documents >= 1000:
            times = row.costs["note"].wall / hugo.wall
            parts.append(
                f"At {row.documents:,} documents one changed note takes {times:.1f} times what "
                "Hugo takes for everything. Hugo is compiled, and does neither checks nor proof; "
                "of our time most goes into starting Python and MkDocs, looking whether files have "
                "changed, and reading every page of the site back to prove it."
            )
    return parts


NOTES = """
## How it is done

- Pages are made by as many processes as there are processors; so are reading, weaving and proof.
- A page stays if its own Markdown, the configuration, the theme, the packages and the set of pages
  are those of the last build. It is then a further name for the same file.
- If nothing has changed at all, nothing is done. If only the words of notes have changed, only
  their documents are read, woven and set again.
- Whatever is kept, every text of the new site is read back and compared before it takes the place
  of the last one.
- A test changes an edition at random, and compares what comes of building again with a build from
  nothing, byte for byte.
- The same commit gives the same bytes in any folder, time zone, language and year. The date in the
  site is `SOURCE_DATE_EPOCH`, if the environment has it; else that of the last commit; else,
  outside git, that of the newest source.
"""
