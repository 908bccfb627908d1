"""`edition adopt`: what a newcomer's file brings becomes records of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.read.tree import FolderTree
from tests.copies import run, sound_copy
from tests.read.test_newcomers import NEW

NOTE = NEW.replace('"minutes"', '"manual"')
ADDRESS = "edition/documents/letter/notes/sir.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sound_copy(tmp_path / "edition")


def test_author_and_sources_get_files_and_the_note_names_them(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commented = NOTE.replace("label:", "# Mine.\nlabel:")
    (root / ADDRESS).write_text(commented, encoding="utf-8")
    before, _ = pipeline.bind_tree(FolderTree(root))
    assert run(root, "adopt", str(root / ADDRESS)) == 0
    assert capsys.readouterr().out == (
        "Written: edition/contributors/a-reader.yml\n"
        "Written: edition/sources/ink.yml\n"
        f"Changed: {ADDRESS}\n"
    )
    assert (root / "edition/contributors/a-reader.yml").read_text() == (
        'name: "A. Reader"\nkind: "person"\norcid: "0000-0002-1825-0097"\n'
    )
    assert (root / "edition/sources/ink.yml").read_text() == (
        'type: "book"\ntitle: "On Ink"\ntitle-short: "Ink"\n'
        'author:\n  - family: "Writer"\n    given: "A."\n'
    )
    start, end = commented.index("author:"), commented.index("---\nSo")
    assert (root / ADDRESS).read_text() == (
        commented[:start]
        + 'author: "a-reader"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'
        + 'sources:\n  - "manual"\n  - source: "ink"\n    locator: "p. 3"\n'
        + commented[end:]
    )
    after, problems = pipeline.bind_tree(FolderTree(root))
    assert not [one for one in problems if one.severity == "error"]
    assert before is not None
    assert after is not None
    assert before.edition.contributors == after.edition.contributors
    assert before.edition.sources == after.edition.sources
    assert run(root, "adopt", str(root / ADDRESS)) == 0
    assert capsys.readouterr().out == "It brings nothing that has no file of its own.\n"


def test_a_file_that_came_by_mail_is_put_where_it_belongs(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mailed = tmp_path / "attachment (1).md"
    mailed.write_bytes(
        NOTE.replace("---\n", f"---\n# {ADDRESS}\n", 1).replace("\n", "\r\n").encode()
    )
    assert run(root, "adopt", str(mailed)) == 0
    text = (root / ADDRESS).read_text(encoding="utf-8")
    assert text.startswith('---\ntarget:\n  block: "p1"\n')
    assert f"Written: {ADDRESS}" in capsys.readouterr().out
    assert run(root, "check") == 0
    assert run(root, "adopt", str(mailed)) == 2
    assert "exists already" in capsys.readouterr().err


def test_what_cannot_be_adopted_is_told(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "note.md"
    elsewhere.write_text(NOTE, encoding="utf-8")
    (root / ADDRESS).write_text(NOTE.replace('"p1"', '"p77"'), encoding="utf-8")
    for file, words in (
        (elsewhere, "does not say where it belongs"),
        (root / ADDRESS, 'has no block "p77"'),
        (root / "edition/sources/manual.yml", "not the file of a note"),
    ):
        assert run(root, "adopt", str(file)) == 2
        assert words in capsys.readouterr().err
    assert not (root / "edition/contributors/a-reader.yml").exists()
