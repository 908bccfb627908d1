"""What was proved of a page is remembered for that very file, and for nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_tools.verify import compare
from build_tools.verify.compare import verify_again
from build_tools.verify.proved import Known, Read, as_json, from_json
from build_tools.verify.resolve import SiteFiles

PAGE = (
    '<html><head><title>A</title></head><body><p id="one"><a href="b.html#two">b</a></body></html>'
)
OTHER = '<html><head><title>B</title></head><body><p id="two">Two</body></html>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(OTHER)
    return tmp_path


def read_again(site: Path, known: Known, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files that are read although something is known."""
    read: list[str] = []
    real = compare._parse

    def seen(file: Path) -> object:
        read.append(file.name)
        return real(file)

    with monkeypatch.context() as patch:
        patch.setattr(compare, "_parse", seen)
        verify_again(site, (), known)
    return sorted(read)


def test_the_same_file_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems, known = verify_again(site, (), Known())
    assert problems == ()
    assert read_again(site, known, monkeypatch) == []
    assert read_again(site, from_json(as_json(known)), monkeypatch) == []


@pytest.mark.parametrize("how", ["written", "dated", "replaced"])
def test_a_file_that_is_another_is_read(
    site: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = verify_again(site, (), Known())[1]
    page = site / "b.html"
    if how == "written":
        page.write_text(OTHER + " ")
    elif how == "dated":
        os.utime(page, (1, 1))
    else:
        state = page.stat()
        (site / "new").write_text(OTHER)
        (site / "new").replace(page)
        os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert read_again(site, known, monkeypatch) == ["b.html"]


def test_links_of_known_files_are_followed_still(site: Path) -> None:
    known = from_json(as_json(verify_again(site, (), Known())[1]))
    (site / "b.html").write_text(OTHER.replace("two", "three"))
    (problem,) = verify_again(site, (), known)[0]
    assert problem.code == "link-broken"
    assert problem.place.file == "index.html"


def followed(site: Path, known: Known, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files whose links are followed although something is known."""
    names: list[str] = []
    real = compare._followed

    def seen(files: SiteFiles, name: str, page: Read) -> object:
        names.append(name)
        return real(files, name, page)

    with monkeypatch.context() as patch:
        patch.setattr(compare, "_followed", seen)
        verify_again(site, (), known)
    return names


def test_links_are_followed_again_only_where_their_ends_may_have_gone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = verify_again(site, (), Known())[1]
    assert followed(site, known, monkeypatch) == []
    (site / "b.html").write_text(OTHER.replace("Two", '<a id="more">Two</a>'))
    assert followed(site, known, monkeypatch) == ["b.html"]
    (site / "b.html").write_text(OTHER.replace("two", "three"))
    assert followed(site, known, monkeypatch) == ["b.html", "index.html"]


def test_a_file_that_a_link_leads_to_may_not_go(site: Path) -> None:
    (site / "index.html").write_text(PAGE.replace("b.html#two", "a.txt"))
    for name in ("a.txt", "never-linked.txt"):
        (site / name).write_text("")
    known = verify_again(site, (), Known())[1]
    assert known.reached == frozenset({"a.txt"})
    (site / "never-linked.txt").unlink()
    assert verify_again(site, (), known) == ((), known)
    (site / "a.txt").unlink()
    (problem,) = verify_again(site, (), known)[0]
    assert (problem.code, problem.place.file) == ("link-broken", "index.html")


def test_a_broken_link_is_told_every_time(site: Path) -> None:
    (site / "b.html").write_text(OTHER.replace("two", "three"))
    first, known = verify_again(site, (), Known())
    assert [problem.code for problem in first] == ["link-broken"]
    assert verify_again(site, (), from_json(as_json(known)))[0] == first


def test_a_page_with_a_fault_is_not_known(site: Path) -> None:
    (site / "b.html").write_text("")
    problems, known = verify_again(site, (), Known())
    assert problems
    assert "b.html" not in known.files


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"a": 1}',
        '["", 1]',
        '["", {"a": 1}]',
        '["", {"a": [[1, 2], "", "", [], []]}]',
    ],
)
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    assert from_json(text) == Known()
