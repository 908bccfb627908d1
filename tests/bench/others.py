"""Other publishers on the same Markdown, where they can be installed from a registry.

What they are given is the body of each document's page. They do less with it: what each leaves out
stands in the table.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Cost, run

FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
LAYOUT = "<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


@dataclass(frozen=True)
class Other:
    """A publisher: how it is installed, how its project is laid out, how it is run."""

    name: str
    lacks: str
    install: Callable[[Path], bool]
    lay_out: Callable[[Path, Path], None]
    command: Callable[[Path], list[str]]
    most: int = 3000


def documents(docs: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, title and body of each document's page."""
    for page in sorted(docs.glob("edition/document-*/index.md")):
        text = page.read_text()
        yield page.parent.name, f"Document {page.parent.name}", FRONT.sub("", text)


def _python(*packages: str) -> Callable[[Path], bool]:
    def install(tools: Path) -> bool:
        if not (tools / "bin/python").exists():
            subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True)
        command = [str(tools / "bin/pip"), "install", "--quiet", *packages]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    return install


def _npm(*packages: str) -> Callable[[Path], bool]:
    def install(tools: Path) -> bool:
        npm = shutil.which("npm")
        if npm is None:
            return False
        tools.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--prefix", str(tools), *packages]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    return install


def _hugo(docs: Path, project: Path) -> None:
    (project / "layouts/_default").mkdir(parents=True)
    (project / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Demo"\ndisableKinds = ["taxonomy", "rss"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n"
    )
    page = LAYOUT.format(title="{{ .Title }}", body="{{ .Content }}")
    for name in ("single", "list"):
        (project / f"layouts/_default/{name}.html").write_text(page)
    for name, title, body in documents(docs):
        folder = project / "content" / name
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(f"---\ntitle: {title}\n---\n{_plain(body)}")


def _plain(body: str) -> str:
    """Take out what some publishers read as commands of their own."""
    return body.replace("{{", "{ {").replace("{%", "{ %")


def _eleventy(docs: Path, project: Path) -> None:
    (project / "_includes").mkdir()
    page = LAYOUT.format(title="{{ title }}", body="{{ content | safe }}")
    (project / "_includes/page.njk").write_text(page)
    for name, title, body in documents(docs):
        head = f"---\ntitle: {title}\nlayout: page.njk\n---\n"
        (project / f"{name}.md").write_text(head + _plain(body))


def _pelican(docs: Path, project: Path) -> None:
    (project / "content").mkdir()
    extensions = "['attr_list', 'md_in_html', 'footnotes', 'tables', 'def_list', 'toc', 'meta']"
    (project / "pelicanconf.py").write_text(
        "PATH = 'content'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nSITENAME = 'Demo'\n"
        f"MARKDOWN = {{'extensions': {extensions}, 'output_format': 'html5'}}\n"
    )
    for name, title, body in documents(docs):
        head = f"Title: {title}\nDate: 2026-11-24\nSlug: {name}\n\n"
        (project / f"content/{name}.md").write_text(head + body)


def _sphinx(docs: Path, project: Path) -> None:
    (project / "conf.py").write_text(
        "extensions = ['myst_parser']\nmyst_enable_extensions = ['attrs_inline', 'attrs_block']\n"
        "project = 'Demo'\nsuppress_warnings = ['myst', 'misc', 'toc']\n"
    )
    names = []
    for name, title, body in documents(docs):
        names.append(name)
        (project / f"{name}.md").write_text(f"# {title}\n\n{body}")
    tree = "\n".join(names)
    (project / "index.md").write_text(f"# Demo\n\n```{{toctree}}\n{tree}\n```\n")


def _zensical(docs: Path, project: Path) -> None:
    root = docs.parent
    shutil.copytree(docs, project / "docs")
    shutil.copytree(root / ".edition/theme", project / ".edition/theme")
    shutil.copy(root / "mkdocs.yml", project / "mkdocs.yml")


OTHERS = (
    Other(
        "Hugo",
        "no navigation, search, views, proof; the structure of our Markdown stays text",
        _python("hugo"),
        _hugo,
        lambda tools: [str(tools / "bin/hugo"), "--quiet"],
    ),
    Other(
        "Eleventy",
        "no navigation, search, views, proof; the structure of our Markdown stays text",
        _npm("@11ty/eleventy@3"),
        _eleventy,
        lambda tools: [str(tools / "node_modules/.bin/eleventy"), "--quiet"],
    ),
    Other(
        "Pelican",
        "no search, views, proof; its own simple theme",
        _python("pelican[markdown]"),
        _pelican,
        lambda tools: [str(tools / "bin/pelican"), "-q", "-s", "pelicanconf.py"],
    ),
    Other(
        "Zensical",
        "no hooks, no policy, its own search; the whole site with all registers",
        _python("zensical", "nh3"),
        _zensical,
        lambda tools: [str(tools / "bin/zensical"), "build", "-f", "mkdocs.yml"],
        1000,
    ),
    Other(
        "Sphinx with MyST",
        "no views, proof; warnings for the structure of our Markdown",
        _python("sphinx", "myst-parser"),
        _sphinx,
        lambda tools: [str(tools / "bin/sphinx-build"), "-q", ".", "_build"],
        100,
    ),
)


def measured(root: Path, count: int, folder: Path, project: Path) -> dict[str, Cost | str]:
    """Run every publisher that can be installed; where one cannot, say so."""
    found: dict[str, Cost | str] = {}
    for other in OTHERS:
        if count > other.most:
            continue
        tools = folder / "tools" / re.sub(r"\W+", "-", other.name.lower())
        if not (tools / ".installed").exists():
            if not other.install(tools):
                found[other.name] = "could not be installed here"
                continue
            (tools / ".installed").write_text(json.dumps(other.name))
        place = folder / "other"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        try:
            other.lay_out(root / "docs", place)
            path = {"PYTHONPATH": str(project), "PATH": os.environ["PATH"]}
            found[other.name] = run(other.command(tools), place, path, limit=900)
        except (RuntimeError, TimeoutError, OSError) as error:
            lines = [line.strip() for line in str(error).splitlines() if line.strip()]
            found[other.name] = f"failed: {lines[-1][:80]}"
    return found
