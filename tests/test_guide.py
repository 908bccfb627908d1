"""The guide for contributors: the same road on the site and in the folder, true to the page."""

from __future__ import annotations

import re
from pathlib import Path

from build_tools import pipeline
from build_tools.desk import Desk
from build_tools.model.file_edits import FileEdit

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ON_SITE = (ROOT / "docs" / "about" / "contributing.md").read_text(encoding="utf-8")
THEME = ROOT / "build_tools" / "theme"
FOR_GIT = ("git", "commit", "branch", "pull request", "merge", "fork", "yaml", "clone", "push")


def road(text: str, end: str) -> str:
    """Take the historians' part, without what differs: where pictures and pages lie."""
    part = text[text.index("## A note in four steps") : text.index(end)]
    part = part.replace("docs/about/road", "road")
    return re.sub(r"\[([^\]]*)\]\(\.\./edition/[^)]*\)", r"\1", part)


GUIDED = road(GUIDE, "## For editors")


def test_the_road_is_the_same_on_the_site_and_in_the_folder() -> None:
    assert GUIDED.strip() == road(ON_SITE, "## What the check looks at").strip()
    assert [int(one) for one in re.findall(r"^### (\d)\. ", GUIDED, re.MULTILINE)] == [1, 2, 3, 4]


def test_the_guide_names_things_as_the_page_does() -> None:
    panel = "".join(one.read_text(encoding="utf-8") for one in THEME.rglob("*.js"))
    named = re.findall(r"(?<![*\w])\*([A-Z][^*\n]+)\*(?!\*)", GUIDED)
    assert len(named) >= 9
    for words in named:
        first = words.replace("Propose on GitHub", "Propose on ")
        assert re.search(f"[\"`']{re.escape(first)}", panel), words


def test_no_word_of_git_stands_in_the_historians_part() -> None:
    for word in FOR_GIT:
        assert not re.search(rf"\b{word}\b", GUIDED, re.IGNORECASE), word


def test_every_picture_is_there_small_and_told_in_words() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((road-[\w-]+\.webp)\)", GUIDED)
    folder = ROOT / "docs" / "about"
    assert [name for _, name in shown] == sorted(one.name for one in folder.glob("road-*"))
    for words, name in shown:
        assert len(words.split()) > 12
        data = (folder / name).read_bytes()
        assert data[:4] == b"RIFF"
        assert data[8:12] == b"WEBP"
        assert len(data) < 120_000


def test_the_file_that_the_guide_shows_is_accepted() -> None:
    shown = re.search(r"```markdown\n(---\n.*?)```", GUIDE, re.DOTALL)
    assert shown
    path = "edition/documents/usun-1158/notes/from-the-guide.md"
    brought = Desk(ROOT, pipeline.bind_tree).would_bring(FileEdit(path, None, shown[1].encode()))
    assert not [one for one in brought if one.severity == "error"]
