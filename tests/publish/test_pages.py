"""The builder writes only into docs/edition/, and nothing there that is not its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from build_tools.publish.files import write_changed
from build_tools.publish.pages import LIST_NAME, Written, foreign_pages, write_pages, written_page

PAGES = {
    "edition/index.md": b"# Contents\n",
    "edition/usun-1158/index.md": b"# Telegram\n",
    "edition/usun-1158/page-1.svg": b"<svg/>\n",
}


def files(docs: Path) -> dict[str, bytes]:
    return {
        file.relative_to(docs).as_posix(): file.read_bytes()
        for file in docs.rglob("*")
        if file.is_file() and file.name != LIST_NAME
    }


def test_writes_pages_where_there_were_none(tmp_path: Path) -> None:
    assert write_pages(tmp_path, PAGES) == Written(written=tuple(sorted(PAGES)))
    assert files(tmp_path) == PAGES


def test_leaves_equal_pages_untouched(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    for path in PAGES:
        os.utime(tmp_path / path, (1, 1))
    changed = PAGES | {"edition/index.md": b"# New contents\n"}
    result = write_pages(tmp_path, changed)
    assert result.written == ("edition/index.md",)
    assert len(result.kept) == 2
    assert (tmp_path / "edition/usun-1158/index.md").stat().st_mtime == 1
    assert (tmp_path / "edition/index.md").stat().st_mtime != 1


def test_the_list_of_equal_pages_is_not_written_again(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    listed = tmp_path / "edition" / LIST_NAME
    os.utime(listed, (1, 1))
    write_pages(tmp_path, PAGES)
    assert listed.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("index.html", "index.md"),
        ("about/using/index.html", "about/using.md"),
        ("about/using.html", "about/using.md"),
        ("about/index.html", "about/index.md"),
        ("edition/index.html", None),
        ("404.html", None),
    ],
)
def test_a_page_of_ones_own_is_found_again(tmp_path: Path, page: str, source: str | None) -> None:
    for name in ("index.md", "about/using.md", "about/index.md", "edition/index.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# A page\n")
    assert written_page(tmp_path, page) == (tmp_path / source if source else None)


def test_removes_pages_no_longer_made_and_empty_folders(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    result = write_pages(tmp_path, {"edition/index.md": b"# Contents\n"})
    assert result.removed == ("edition/usun-1158/index.md", "edition/usun-1158/page-1.svg")
    assert not (tmp_path / "edition/usun-1158").exists()


def test_a_folder_may_take_the_place_of_a_page(tmp_path: Path) -> None:
    write_pages(tmp_path, {"edition/a": b"x"})
    assert not write_pages(tmp_path, {"edition/a/index.md": b"y"}).problems
    assert not write_pages(tmp_path, {"edition/a": b"z"}).problems
    assert files(tmp_path) == {"edition/a": b"z"}


def test_a_page_of_somebody_else_stops_everything(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "edition/mine.md").write_bytes(b"mine")
    result = write_pages(tmp_path, {"edition/index.md": b"new", "edition/mine.md": b"theirs"})
    assert [(p.code, p.place.file) for p in result.problems] == [
        ("page-not-ours", f"{tmp_path.name}/edition/mine.md")
    ]
    assert (result.written, result.removed) == ((), ())
    assert files(tmp_path) == PAGES | {"edition/mine.md": b"mine"}


def test_a_page_changed_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "edition/index.md").write_bytes(b"# Contents, improved by hand\n")
    (problem,) = write_pages(tmp_path, PAGES | {"edition/index.md": b"new"}).problems
    assert "changed after the builder made it" in problem.message
    assert files(tmp_path)["edition/index.md"] == b"# Contents, improved by hand\n"
    # Nor is it removed when the page is no longer made.
    assert foreign_pages(tmp_path, {"edition/other.md": b""})


def test_a_file_that_holds_just_what_is_to_be_written_is_adopted(tmp_path: Path) -> None:
    for path, data in PAGES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert write_pages(tmp_path, PAGES).kept == tuple(sorted(PAGES))
    assert write_pages(tmp_path, {}).removed == tuple(sorted(PAGES))


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    docs = tmp_path / "docs"
    (docs / "edition").mkdir(parents=True)
    (docs / "edition/usun-1158").symlink_to(outside, target_is_directory=True)
    assert [p.code for p in write_pages(docs, PAGES).problems] == ["page-not-ours"]
    assert not any(outside.iterdir())
    (docs / "edition/usun-1158").unlink()
    (docs / "edition").rmdir()
    (docs / "edition").symlink_to(outside, target_is_directory=True)
    assert [p.code for p in write_pages(docs, PAGES).problems] == ["page-not-ours"]
    assert not any(outside.iterdir())


def test_a_writing_that_was_interrupted_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path, PAGES)
    new = {path: data + b"more\n" for path, data in PAGES.items()}

    def fails_at_the_second_page(path: Path, data: bytes) -> bool:
        if path.name == "page-1.svg":
            raise KeyboardInterrupt
        return write_changed(path, data)

    monkeypatch.setattr("build_tools.publish.pages.write_changed", fails_at_the_second_page)
    with pytest.raises(KeyboardInterrupt):
        write_pages(tmp_path, new)
    monkeypatch.undo()
    assert not foreign_pages(tmp_path, PAGES)
    assert not write_pages(tmp_path, new).problems
    assert files(tmp_path) == new


def test_what_an_interrupted_write_left_is_no_page(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "edition/.writing-abc").write_bytes(b"half")
    assert not foreign_pages(tmp_path, PAGES)


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b"{}", b'{"a": 3}'])
def test_without_a_list_nothing_is_known_to_be_ours(tmp_path: Path, content: bytes) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "edition" / LIST_NAME).write_bytes(content)
    assert not foreign_pages(tmp_path, PAGES)
    assert len(foreign_pages(tmp_path, {})) == 3


def test_the_list_is_the_same_for_the_same_pages(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    first = (tmp_path / "edition" / LIST_NAME).read_bytes()
    write_pages(tmp_path, dict(reversed(PAGES.items())))
    assert (tmp_path / "edition" / LIST_NAME).read_bytes() == first
    assert sorted(json.loads(first)) == sorted(PAGES)


@pytest.mark.parametrize(
    "path",
    ["index.md", "edition", "edition/../index.md", "/edition/a.md", "edition//a.md", "edition/.x"],
)
def test_a_path_outside_is_a_fault_of_ours(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path of a page"):
        write_pages(tmp_path, {path: b""})
