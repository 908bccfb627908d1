"""The page of figures, written from the measurements."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from tests.bench.measure import Cost
from tests.bench.others import OTHERS
from tests.bench.ours import Row

INTRODUCTION = """
# Performance

`make bench` writes this page. It makes demonstration editions (`edition demo`), each document with
about 600 words, 20 notes and 30 links, all with one glossary, one set of registers and one list of
sources, and measures every command as a whole process. *Bare MkDocs* is `mkdocs build` of the same
Markdown in the same run: once with the settings of this project (most pages out of the navigation,
and that pruned), which are the best for it where there are many, once with MkDocs' defaults.
Seconds are by the clock; commands are run in turn, and their ratio is what counts: another machine,
or another hour, has other seconds. Of the two builds from nothing the least of several times is
told, of other commands the median. *Until the site is made* ends where `edition build` says
that it now reads the site back.
"""

USUAL = (1, 10, 100, 1000, 3000)
AT = 1000
"""The size at which the bars hold."""
PAGE_BAR = 30_000


@dataclass(frozen=True)
class Size:
    """All that was measured with one number of documents, when, and under what load."""

    row: Row
    hit: tuple[float, float]
    edit: float
    peers: Mapping[str, Cost | str]
    when: str
    load: tuple[float, float]

    @property
    def bare(self) -> Cost:
        """Bare MkDocs with its best settings."""
        return self.row.costs["bare"]

    @property
    def bare_beside_note(self) -> float:
        """Seconds of bare MkDocs in the run in which one changed note was measured."""
        return self.row.costs["note"].wall / self.row.ratios["note"]


@dataclass(frozen=True)
class Bar:
    """What is asked: a figure of a size, and the most that it may be."""

    says: str
    figure: Callable[[Size], float]
    most: float


BARS = (
    Bar(
        "check, pages and web site, from nothing", lambda one: one.row.ratios.get("site", 0.0), 0.8
    ),
    Bar("nothing changed", lambda one: one.row.ratios["nothing"], 0.1),
    Bar("one note changed, `edition build`", lambda one: one.row.ratios["note"], 0.2),
    Bar("one note changed, `edition serve`", lambda one: one.edit / one.bare_beside_note, 0.2),
    Bar("memory of the largest process", lambda one: one.row.ratios["memory"], 2.0),
)


def page(sizes: Sequence[Size]) -> str:
    """Write the page."""
    parts = [INTRODUCTION, _machine(), *_seconds(sizes), *_bars(sizes), *_sizes(sizes)]
    parts += [*_search(sizes), *_peers(sizes), NOTES]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _machine() -> str:
    packages = ", ".join(f"{one} {version(one)}" for one in ("mkdocs", "mkdocs-material"))
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"Measured with Python {platform.python_version()}, {packages}, on {count} processors. "
        "Where the load that the table tells is more than the number of processors, other work "
        "was done on the machine meanwhile. It slows both sides, and from one minute to the next "
        "not evenly; the ratio of the processors' time, which it touches little, is told for that."
    )


def _table(sizes: Sequence[Size], lines: Iterable[Sequence[str]], *more: str) -> str:
    head = ["documents", *(f"{one.row.documents:,}" for one in sizes), *more]
    rule = ["---", *(["---:"] * (len(head) - 1))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *lines])


def _line(says: str, sizes: Sequence[Size], figure: Callable[[Size], str]) -> list[str]:
    return [says, *(figure(one) for one in sizes)]


COMMANDS = {
    "check": "`edition check`",
    "pages": "`edition pages`: check, and Markdown",
    "until": "`edition build`, from nothing, until the site is made: check, Markdown, web site",
    "build": "`edition build`, from nothing: that, and proof",
    "verify": "`edition verify`: check, and proof",
    "nothing": "`edition build`, nothing changed",
    "note": "`edition build`, one note changed",
    "edit": "`edition serve`, from saving a note to its words on the page",
    "bare": "bare MkDocs, best settings",
    "defaults": "bare MkDocs, defaults",
}


def _seconds(sizes: Sequence[Size]) -> Sequence[str]:
    lines = [_line(says, sizes, _second(name)) for name, says in COMMANDS.items()]
    lines.append(
        _line("load of the machine", sizes, lambda one: "{:.0f} to {:.0f}".format(*one.load))
    )
    lines.append(_line("measured (UTC)", sizes, lambda one: one.when))
    missing = [f"{count:,}" for count in USUAL if count not in {one.row.documents for one in sizes}]
    left = (
        f'Not measured here: {" and ".join(missing)} documents. `make bench ARGS="--sizes '
        f'{missing[-1].replace(",", "")} --folder FOLDER"` adds them, where FOLDER is that of the '
        "other sizes."
        if missing
        else ""
    )
    return ("## Seconds", _table(sizes, lines), *filter(None, [left]), *_stages(sizes))


def stages(one: Size) -> dict[str, float]:
    """Divide the processors' time of a build among its stages, by that of other commands."""
    costs = one.row.costs
    check = costs["check"].cpu
    told = {
        "check": check,
        "weaving and Markdown": max(0.0, costs["pages"].cpu - check),
        "proof": max(0.0, costs["verify"].cpu - check),
    }
    return {**told, "web site": costs["build"].cpu - sum(told.values())}


def _stages(sizes: Sequence[Size]) -> Sequence[str]:
    divided = [stages(one) for one in sizes]
    lines = [[name, *(f"{one[name]:.2f}" for one in divided)] for name in divided[0]]
    lines.append(
        ["all of `edition build`", *(f"{one.row.costs['build'].cpu:.2f}" for one in sizes)]
    )
    lines.append(["bare MkDocs, best settings", *(f"{one.bare.cpu:.2f}" for one in sizes)])
    return (
        "The processors' time of a build from nothing, in seconds, by stage. What other programs "
        "do meanwhile changes it less than time by the clock:",
        _table(sizes, lines),
    )


def _second(name: str) -> Callable[[Size], str]:
    def figure(one: Size) -> str:
        if name == "edit":
            return f"{one.edit:.2f}"
        if name == "until":
            return (
                f"{one.row.costs['build'].until or 0:.2f}"
                if "site" in one.row.ratios
                else "not run"
            )
        return f"{one.row.costs[name].wall:.2f}" if name in one.row.costs else "not run"

    return figure


def _bars(sizes: Sequence[Size]) -> Sequence[str]:
    lines = [_line(f"{bar.says} (at most {bar.most})", sizes, partial(_ratio, bar)) for bar in BARS]
    lines.append(
        _line(
            "`edition build`, from nothing: that, and all read back",
            sizes,
            lambda one: f"{one.row.ratios['build']:.2f}",
        )
    )
    lines.append(
        _line("processors' time, from nothing", sizes, lambda one: f"{one.row.ratios['cpu']:.2f}")
    )
    return (
        "## Ratios to bare MkDocs, best settings",
        _table(sizes, lines),
        *_judged(sizes),
        *_missed(sizes),
        *_growth(sizes),
    )


def _ratio(bar: Bar, one: Size) -> str:
    return f"{bar.figure(one):.2f}" if bar.figure(one) else "not run"


def _judged(sizes: Sequence[Size]) -> Sequence[str]:
    """Say of each bar whether it is met at a thousand documents."""
    at = next((one for one in sizes if one.row.documents == AT), None)
    if at is None:
        return ()
    told = [
        f"- {bar.says}: {_met(bar.figure(at), bar.most)}, {bar.figure(at):.2f} (bar {bar.most})"
        for bar in BARS
    ]
    quicker = at.edit / at.row.costs["note"].wall
    told.append(f"- `edition serve` beside the command line: {_met(quicker, 0.9)}, {quicker:.2f}")
    beyond = at.row.beyond
    told.append(
        f"- a document's page beyond its text and notes: {_met(beyond, PAGE_BAR)}, "
        f"{beyond / 1e3:.1f} KB (bar {PAGE_BAR // 1000} KB)"
    )
    return (f"The bars hold at {AT:,} documents:", "\n".join(told))


def _missed(sizes: Sequence[Size]) -> Sequence[str]:
    """Say why a build from nothing takes as long as it does, where that is over the bar."""
    at = next((one for one in sizes if one.row.documents == AT), None)
    if at is None or BARS[0].figure(at) <= BARS[0].most:
        return ()
    told = stages(at)
    more = sum(told.values()) - told["web site"]
    return (
        f"Why the first is missed: the web site alone takes {told['web site']:.0f} s of the "
        f"processors, bare MkDocs {at.bare.cpu:.0f} s. Check, weaving and proof, which bare MkDocs "
        f"has no part in, take {more:.0f} s more. Two processors can halve the sum, to "
        f"{at.row.ratios['cpu'] / 2:.2f} of bare MkDocs, if they are free for it and if no part is "
        "left to one process; binding and the checks are. Most of the time is "
        "that of Python-Markdown, page by page, for both. With more processors the ratio falls; "
        f"at a load of {at.load[0]:.0f} to {at.load[1]:.0f}, as here, the clock tells as much "
        "of the other work on the machine as of ours.",
    )


def _met(figure: float, most: float) -> str:
    return "met" if figure <= most else "**missed**"


def _growth(sizes: Sequence[Size]) -> Sequence[str]:
    large = [one for one in sizes if one.row.documents >= 100]
    if len(large) < 2:
        return ()
    ours = _slope([(one.row.documents, one.row.costs["build"].cpu) for one in large])
    bare = _slope([(one.row.documents, one.bare.cpu) for one in large])
    return (
        f"From {large[0].row.documents:,} to {large[-1].row.documents:,} documents the processors' "
        f"time of a build from nothing grows as their number to the power {ours:.2f}, that of bare "
        f"MkDocs to the power {bare:.2f} (least squares on logarithms; 1 is linear).",
    )


def _slope(points: Sequence[tuple[int, float]]) -> float:
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    above = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return above / sum((x - mean_x) ** 2 for x, _ in logs)


def _sizes(sizes: Sequence[Size]) -> Sequence[str]:
    figures: dict[str, Callable[[Size], str]] = {
        "memory of `edition build`, largest process, MB": _memory("build"),
        "memory of bare MkDocs, MB": _memory("bare"),
        "files of the site": lambda one: f"{one.row.files:,}",
        "files by bare MkDocs": lambda one: f"{one.row.bare_files:,}",
        "the site, MB": lambda one: f"{one.row.size / 1e6:.1f}",
        "the site by bare MkDocs, MB": lambda one: f"{one.row.bare_size / 1e6:.1f}",
        "a document's page, KB": lambda one: f"{one.row.page / 1e3:.1f}",
        "of it beyond text and notes, KB": lambda one: f"{one.row.beyond / 1e3:.1f}",
    }
    lines = [_line(says, sizes, figure) for says, figure in figures.items()]
    return ("## Memory, files, bytes", _table(sizes, lines))


def _memory(name: str) -> Callable[[Size], str]:
    return lambda one: f"{one.row.costs[name].memory:.0f}"


def _search(sizes: Sequence[Size]) -> Sequence[str]:
    figures: dict[str, Callable[[Size], str]] = {
        "loaded with every page, KB": lambda one: f"{one.row.index / 1e3:.1f}",
        "the same of Material's own index, KB": lambda one: f"{one.row.bare_index / 1e3:,.0f}",
        "the same, gzipped": lambda one: f"{one.row.bare_packed / 1e3:,.0f}",
        "loaded at the first letter typed, KB": lambda one: f"{one.row.search / 1e3:,.0f}",
        "the same, gzipped ": lambda one: f"{one.row.packed / 1e3:,.0f}",
        "first hit, seconds": lambda one: f"{one.hit[0]:.2f}",
        "first hit of the next search, seconds": lambda one: f"{one.hit[1]:.2f}",
    }
    lines = [_line(says, sizes, figure) for says, figure in figures.items()]
    return ("## Search", SEARCH, _table(sizes, lines))


SEARCH = """
No page load grows with the edition: what every page loads names the parts of the index, and these
are loaded, together, when the first letter is typed. Seconds are those of a headless Chromium on
the same machine, from the last letter typed to the first hit shown.
"""


def _peers(sizes: Sequence[Size]) -> Sequence[str]:
    given = [one for one in sizes if one.peers]
    if not given:
        return ()
    lines = [[*_line(other.name, given, _peer(other.name)), other.lacks] for other in OTHERS]
    return (
        "## Others, on the same Markdown",
        "Seconds of a build from nothing, and what each does not do. They are given the bodies of "
        "the documents' pages (Zensical all pages, with the theme).",
        _table(given, lines, "without"),
        *filter(None, map(_beside_hugo, given)),
    )


def _peer(name: str) -> Callable[[Size], str]:
    def figure(one: Size) -> str:
        found = one.peers.get(name)
        return f"{found.wall:.2f}" if isinstance(found, Cost) else found or "not run"

    return figure


def _beside_hugo(one: Size) -> str:
    hugo = one.peers.get("Hugo")
    if not isinstance(hugo, Cost) or one.row.documents < AT:
        return ""
    note = one.row.costs["note"]
    return (
        f"At {one.row.documents:,} documents one changed note takes {note.wall / hugo.wall:.1f} "
        "times what Hugo takes for everything "
        f"({note.wall:.2f} and {hugo.wall:.2f} s; of the processors {note.cpu:.2f} and "
        f"{hugo.cpu:.2f} s), in `edition serve` {one.edit / hugo.wall:.1f} times. "
        "Hugo is compiled and has little to do here: one template, no navigation, no search, "
        "no proof. Of our time most goes into starting Python and MkDocs, into looking whether "
        "any of the files has changed, and into reading and writing what is remembered."
    )


NOTES = """
## How it is done

- Pages are made by as many processes as there are processors; so are reading, weaving, writing and
  proof. Each takes the next few documents when it is free.
- A pattern of Markdown is tried only on a text that holds the characters it begins with.
- A page stays if its own Markdown, the configuration, the theme, the packages and the set of pages
  are those of the last build. It is then a further name for the same file.
- If nothing has changed at all, nothing is done. If only the words of notes have changed, only
  their documents are read, woven and set again.
- Every page that is new or changed is read back and its texts compared before the site takes the
  place of the last one; a page that stays was proved when it was made. `edition verify` reads all.
  Links of pages that stay are followed again only if a file that links led to, or an id, has gone.
- A test changes an edition at random, and compares what comes of building again with a build from
  nothing, byte for byte.
- The same commit gives the same bytes in any folder, time zone, language and year. The date in the
  site is `SOURCE_DATE_EPOCH`, if the environment has it; else that of the commit that is
  checked out; else, outside git, that of the newest source.
"""
