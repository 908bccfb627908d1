"""The generated pages, made into a site by other publishers, and read back by our proof.

    python -m tests.bench.publishers

Nothing depends on it: whatever comes of it, it ends well. It tells how movable the edition is, and
writes docs/about/other-publishers.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs/about/other-publishers.md"
EDITION = (sys.executable, "-m", "build_tools")
OURS = ("nh3", "PyYAML", "markdown", "pymdown-extensions")
"""What the extension of our own needs beside the publisher."""


@dataclass(frozen=True)
class Publisher:
    """A program that makes a site of Markdown: its packages, and its command."""

    name: str
    package: str
    packages: Sequence[str]
    command: Sequence[str]


PUBLISHERS = (
    Publisher(
        "ProperDocs",
        "properdocs",
        ("properdocs", "mkdocs-material>=9.8.1,<10"),
        ("properdocs", "build", "-q", "-f", "mkdocs.yml"),
    ),
    Publisher("Zensical", "zensical", ("zensical",), ("zensical", "build", "-f", "mkdocs.yml")),
)

INTRODUCTION = """
# Other publishers

The compiler writes plain Markdown pages and an ordinary `mkdocs.yml`, so that the edition can
outlive the program that publishes it. `make publishers` writes this page: it gives what
`edition pages` has made to other programs, each in an environment of its own, and runs
`edition verify` on the sites that they make. Nothing depends on what comes of it.
"""

NOTES = """
Whatever our own build does after the publisher is missing from their sites, as it is from what
`mkdocs build` makes: the security policy, the search by passage, the proof before the site takes
the place of the last one, and building again only what has changed. `edition verify` can be run
on their sites by hand, as it was here. Zensical has a search of its own, with an entry for each
heading.
"""

FEATURES: dict[str, Callable[[Path], str]] = {
    "pages": lambda site: str(len(list(site.rglob("index.html")))),
    "`edition verify`": lambda site: _verified(site.parent),
    "pages of documents with all four views": lambda site: _with(site, r'name="?ed-view', 4),
    "pages of documents with notes in the margin": lambda site: _with(site, r"ed-stub\b", 1),
    "pages with a security policy": lambda site: str(
        sum("Content-Security-Policy" in page.read_text() for page in site.rglob("*.html"))
    ),
    "addresses that are as by our build": lambda site: _same_addresses(site),
}


def main() -> None:
    """Try each publisher, say what came of it, and write the page."""
    with tempfile.TemporaryDirectory(prefix="publishers-") as temporary:
        root = Path(temporary) / "edition"
        shutil.copytree(PROJECT / "edition", root / "edition")
        shutil.copytree(PROJECT / "docs", root / "docs", ignore=shutil.ignore_patterns("edition"))
        shutil.copy(PROJECT / "mkdocs.yml", root / "mkdocs.yml")
        (root / "node_modules").symlink_to(PROJECT / "node_modules")
        ours = _run([*EDITION, "--root", str(root), "build"], PROJECT)
        if ours.returncode:
            sys.exit(f"the edition cannot be built: {ours.stderr}")
        (root / "site").rename(root / "site-ours")
        columns = {"this project's build": _told(root / "site-ours", root)}
        for one in PUBLISHERS:
            tools = Path(temporary) / one.name
            title, told = _tried(root, tools, one)
            columns[title] = told
            sys.stdout.write(f"{title}: {told['`edition verify`']}\n")
    PAGE.write_text(page(columns), encoding="utf-8")


def page(columns: dict[str, dict[str, str]]) -> str:
    """Write the page."""
    lines = [["what", *columns], ["---", *("---" for _ in columns)]]
    lines += [[name, *(told.get(name, "–") for told in columns.values())] for name in FEATURES]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    when = f"Tried on {datetime.now(UTC).date()}, with the edition as it then was."
    return "\n\n".join(part.strip() for part in (INTRODUCTION, table, when, NOTES)) + "\n"


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def _tried(root: Path, tools: Path, one: Publisher) -> tuple[str, dict[str, str]]:
    subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
    pip = [str(tools / "bin/pip"), "install", "--quiet", *one.packages, *OURS]
    if _run(pip, root).returncode:
        return one.name, {"`edition verify`": "could not be installed here"}
    asked = f"from importlib.metadata import version; print(version({one.package!r}))"
    title = f"{one.name} {_run([str(tools / 'bin/python'), '-c', asked], root).stdout.strip()}"
    shutil.rmtree(root / "site", ignore_errors=True)
    done = _run([str(tools / "bin" / one.command[0]), *one.command[1:]], root)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1]
        return title, {"`edition verify`": f"no site: {last}"}
    return title, _told(root / "site", root)


def _told(site: Path, root: Path) -> dict[str, str]:
    if site.name != "site":
        shutil.copytree(site, root / "site", dirs_exist_ok=True)
    return {name: tell(root / "site") for name, tell in FEATURES.items()}


def _verified(root: Path) -> str:
    done = _run([*EDITION, "--root", str(root), "verify"], PROJECT)
    if not done.returncode:
        return "passes"
    errors = re.findall(r"^error\[[^\n]*", done.stderr, re.MULTILINE)
    return f"{len(errors)} differences: " + "; ".join(errors[:5])


def _documents(site: Path) -> list[Path]:
    names = sorted(one.name for one in (site.parent / "edition/documents").iterdir())
    return [site / "edition" / name / "index.html" for name in names]


def _with(site: Path, sign: str, least: int) -> str:
    pages = [page.read_text() for page in _documents(site) if page.is_file()]
    found = sum(len(re.findall(sign, page)) >= least for page in pages)
    return f"{found} of {len(_documents(site))}"


def _same_addresses(site: Path) -> str:
    ours = site.with_name("site-ours")
    wanted = {page.relative_to(ours) for page in ours.rglob("index.html")}
    found = {page.relative_to(site) for page in site.rglob("index.html")}
    return f"{len(wanted & found)} of {len(wanted)}"


if __name__ == "__main__":
    main()
