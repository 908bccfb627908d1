"""The index of passages: what is written, and how it is shared out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from build_tools.model.search import IN_EXPANDED, IN_TRANSCRIBED, SearchEntry, SearchPage, joined
from build_tools.publish import search
from build_tools.publish.search import address, encoded_page, write_search

CONFIG = {"lang": ["en"], "separator": "[ ]+", "pipeline": [], "fields": {}}
RUNS = ((7, "the "), (3, "Sovs"), (4, "Soviets"), (7, " agree"))


def stage(root: Path, *docs: dict[str, str], offline: bool = False) -> Path:
    """Lay out what of a site the search looks at."""
    (root / "search").mkdir(parents=True)
    workers = root / "assets/javascripts/workers"
    workers.mkdir(parents=True)
    (workers / "search.0a1b2c3d.min.js").write_text("")
    (root / "assets/search.js").write_text("")
    (root / "search/search_index.json").write_text(json.dumps({"config": CONFIG, "docs": docs}))
    if offline:
        (root / "search/search_index.js").write_text("")
    return root


def parts(root: Path) -> list[list[object]]:
    names = json.loads((root / "search/search_index.json").read_text())["docs"]
    return [page for name in names for page in json.loads((root / f"{name}.json").read_text())]


def test_runs_say_what_each_view_shows() -> None:
    entry = SearchEntry("p3", "¶ 3", RUNS)
    assert entry.text(2) == "the Sovs agree"
    assert entry.text(IN_EXPANDED) == "the Soviets agree"


def test_neighbouring_runs_of_equal_views_are_one() -> None:
    assert joined([(7, "a"), (7, "b"), (1, ""), (1, "c"), (7, "d")]) == (
        (7, "ab"),
        (1, "c"),
        (7, "d"),
    )


def test_a_page_is_written_as_its_entries() -> None:
    page = SearchPage(
        "edition/a/index.md",
        "A",
        (
            SearchEntry("p3", "¶ 3", RUNS),
            SearchEntry("stamp", "stamp", ((7, "SEEN"),), IN_TRANSCRIBED),
        ),
    )
    assert json.loads(encoded_page("edition/a/", page)) == [
        "edition/a/",
        "A",
        [
            ["p3", "¶ 3", ["the ", [3, "Sovs"], [4, "Soviets"], " agree"]],
            ["stamp", "stamp", "SEEN", 1],
        ],
    ]


@pytest.mark.parametrize(
    ("page", "folder", "file"),
    [
        ("index.md", "", "index.html"),
        ("edition/index.md", "edition/", "edition/index.html"),
        ("edition/a/index.md", "edition/a/", "edition/a/index.html"),
        ("edition/glossary.md", "edition/glossary/", "edition/glossary.html"),
    ],
)
def test_addresses_of_both_kinds(page: str, folder: str, file: str) -> None:
    assert address(page, directories=True) == folder
    assert address(page, directories=False) == file


def test_pages_of_others_keep_their_sections(tmp_path: Path) -> None:
    site = stage(
        tmp_path,
        {"location": "about/", "title": "About &amp; more", "text": "<p>A <em>lead</em>.</p>"},
        {"location": "about/#how", "title": "How", "text": "<li>one</li><li>1 &lt; 2</li>"},
    )
    write_search(site, (), directories=True)
    sections = [["", "About & more", "A lead ."], ["how", "How", "one 1 < 2"]]
    assert parts(site) == [["about/", "About & more", sections]]


def test_our_entries_come_before_the_publishers_of_the_same_page(tmp_path: Path) -> None:
    site = stage(tmp_path, {"location": "edition/a/", "title": "A", "text": "scraped"})
    own = SearchPage("edition/a/index.md", "A", (SearchEntry("p1", "p1", ((7, "ours"),)),))
    write_search(site, (own,), directories=True)
    assert parts(site) == [["edition/a/", "A", [["p1", "p1", "ours"]]]]


def test_the_index_that_every_page_loads_stays_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART_SIZE", 2_000)
    entries = tuple(SearchEntry(f"p{n}", f"¶ {n}", ((7, "words " * 50),)) for n in range(20))
    pages = [SearchPage(f"edition/d{n}/index.md", f"D{n}", entries) for n in range(50)]
    site = stage(tmp_path)
    write_search(site, pages, directories=True)
    assert (site / "search/search_index.json").stat().st_size < 3_000
    assert len(parts(site)) == 50


def test_a_site_for_a_folder_has_its_parts_as_scripts(tmp_path: Path) -> None:
    site = stage(tmp_path, offline=True)
    own = SearchPage("edition/a/index.md", "A", (SearchEntry("p1", "p1", ((7, "ours"),)),))
    write_search(site, (own,), directories=False)
    (part,) = site.glob("search/part-*")
    assert part.suffix == ".js"
    assert part.read_text().startswith('editionSearchPart([["edition/a/index.html"')
    index = (site / "search/search_index.js").read_text()
    assert index.removeprefix("var __index = ") == (site / "search/search_index.json").read_text()


def test_another_search_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "search/search_index.json").write_text("{}")
    write_search(tmp_path, (), directories=True)
    assert (tmp_path / "search/search_index.json").read_text() == "{}"
