"""The desk makes edits whole or not at all, and never over the work of others."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from build_tools.desk import DeskError, apply
from build_tools.model.file_edits import FileEdit

NEW = FileEdit("edition/sources/a.yml", None, b"new\n")
CHANGED = FileEdit("edition/sources/b.yml", b"old\n", b"new\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "edition/sources").mkdir(parents=True)
    (tmp_path / "edition/sources/b.yml").write_bytes(b"old\n")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def test_edits_are_made(root: Path) -> None:
    (root / "edition/sources/b.yml").chmod(0o640)
    apply(root, [NEW, CHANGED, FileEdit("edition/glossary/c.md", None, b"c")])
    assert files(root) == {
        "edition/sources/a.yml": b"new\n",
        "edition/sources/b.yml": b"new\n",
        "edition/glossary/c.md": b"c",
    }
    assert (root / "edition/sources/b.yml").stat().st_mode & 0o777 == 0o640
    assert (root / "edition/sources/a.yml").stat().st_mode & 0o777 == 0o644
    assert (root / "edition/sources/a.yml").stat().st_nlink == 1


def test_a_record_that_is_there_is_never_overwritten(root: Path) -> None:
    (root / "edition/sources/a.yml").write_bytes(b"mine\n")
    before = files(root)
    with pytest.raises(DeskError, match=r"a\.yml exists already"):
        apply(root, [CHANGED, NEW])
    assert files(root) == before, "nor is anything else of the same work begun"


@pytest.mark.parametrize("found", [b"changed meanwhile\n", None])
def test_an_edit_holds_only_for_what_it_was_made_from(root: Path, found: bytes | None) -> None:
    file = root / CHANGED.path
    file.unlink()
    if found is not None:
        file.write_bytes(found)
    before = files(root)
    with pytest.raises(DeskError, match="changed meanwhile"):
        apply(root, [NEW, CHANGED])
    assert files(root) == before


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_at_the_last_moment(
    root: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    real = os.fsync

    def somebody_else_is_faster(handle: int) -> None:
        (root / NEW.path).write_bytes(b"theirs\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", somebody_else_is_faster)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(1, "no")))
    with pytest.raises(DeskError, match="exists already"):
        apply(root, [NEW])
    assert (root / NEW.path).read_bytes() == b"theirs\n"


def test_on_a_disk_without_second_names(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    apply(root, [NEW])
    assert (root / NEW.path).read_bytes() == b"new\n"


def test_a_full_disk_leaves_no_half_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = files(root)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        apply(root, [CHANGED])
    assert files(root) == before


@pytest.mark.parametrize(
    "path", ["docs/a.md", "edition/../a.md", "/etc/x", "edition", "edition/sources/../../a"]
)
def test_nothing_is_written_outside(root: Path, path: str) -> None:
    with pytest.raises(DeskError, match="does not lie in"):
        apply(root, [FileEdit(path, None, b"x")])


def test_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "edition/glossary").symlink_to(outside, target_is_directory=True)
    with pytest.raises(DeskError, match="link"):
        apply(root, [FileEdit("edition/glossary/x.md", None, b"x")])
    assert not any(outside.iterdir())


def test_where_folders_cannot_be_synced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def no_folders(path: str | Path, flags: int, *more: int) -> int:
        if Path(path).is_dir():
            raise OSError(errno.EACCES, "Permission denied")
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", no_folders)
    apply(root, [NEW])
    assert (root / NEW.path).read_bytes() == b"new\n"
