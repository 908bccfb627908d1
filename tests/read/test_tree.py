from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import pytest

from build_tools.model.ignored import is_ignored
from build_tools.read.tree import FolderTree, RevisionTree, Tree, TreeError
from tests.repositories import git

FILES = {
    "edition/edition.yml": b"title: One\n",
    "edition/documents/doc/witness/T.txt": b"a\r\n\xff\x00",
    "edition/documents/doc/facsimiles/p\xc3\xa4ge 1.jpg": b"\x89",
    "edition/glossary/sov.md": b"",
}


def fill(root: Path) -> None:
    for name, data in FILES.items():
        path = root / os.fsdecode(name.encode("latin-1"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for leftover in (
        ".hidden",
        "glossary/sov.md~",
        "glossary/.sov.md.swp",
        "Thumbs.db",
        ".git/x",
    ):
        (root / "edition" / leftover).parent.mkdir(exist_ok=True)
        (root / "edition" / leftover).write_text("x")
    (root / "elsewhere.md").write_text("x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    fill(tmp_path / "inner")
    (tmp_path / "inner/edition/.git/x").unlink()
    (tmp_path / "inner/edition/.git").rmdir()
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-f", ".")
    git(tmp_path, "commit", "-q", "-m", "one", "--no-gpg-sign")
    return tmp_path


def content(tree: Tree) -> dict[str, bytes]:
    return {path: tree.read(path) for path in tree.files()}


EXPECTED = {name.encode("latin-1").decode(): data for name, data in FILES.items()}


def test_a_folder(tmp_path: Path) -> None:
    fill(tmp_path)
    tree = FolderTree(tmp_path)
    assert content(tree) == EXPECTED
    assert list(tree.files()) == sorted(EXPECTED)
    assert tree.problems() == ()


def test_a_folder_without_an_edition(tmp_path: Path) -> None:
    assert FolderTree(tmp_path).files() == ()


def test_only_files_of_the_edition_are_read(tmp_path: Path) -> None:
    fill(tmp_path)
    with pytest.raises(TreeError, match="not a file of the edition"):
        FolderTree(tmp_path).read("elsewhere.md")


def test_links_are_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "edition/glossary/link.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "edition/notes").symlink_to(tmp_path)
    (tmp_path / "edition/gone.md").symlink_to("nowhere")
    tree = FolderTree(tmp_path)
    assert content(tree) == EXPECTED
    assert [(problem.code, problem.place.file) for problem in tree.problems()] == [
        ("path-refused", "edition/glossary/link.md"),
        ("path-refused", "edition/gone.md"),
        ("path-refused", "edition/notes"),
    ]


def test_the_edition_may_not_be_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "there")
    (tmp_path / "edition").symlink_to(tmp_path / "there/edition")
    tree = FolderTree(tmp_path)
    assert tree.files() == ()
    assert [problem.code for problem in tree.problems()] == ["path-refused"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that takes any bytes as a name")
def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    fill(tmp_path)
    Path(os.fsdecode(bytes(tmp_path) + b"/edition/caf\xe9.md")).write_text("x")
    (problem,) = FolderTree(tmp_path).problems()
    assert problem.place.file == "edition/caf\ufffd.md"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    fill(tmp_path)
    tree = FolderTree(tmp_path)
    (tmp_path / "edition/edition.yml").unlink()
    with pytest.raises(TreeError, match=r"edition/edition\.yml cannot be read"):
        tree.read("edition/edition.yml")


def test_leftovers() -> None:
    assert is_ignored("edition/.DS_Store")
    assert is_ignored("edition/.obsidian/x.md")
    assert not is_ignored("edition/notes/a.b.md")


# git


def test_a_revision(repository: Path) -> None:
    tree = RevisionTree(repository / "inner", "main")
    assert content(tree) == EXPECTED
    assert tree.files() == FolderTree(repository / "inner").files()
    assert tree.problems() == ()


def test_the_root_of_a_repository_without_an_edition(repository: Path) -> None:
    assert RevisionTree(repository, "HEAD").files() == ()


def test_an_earlier_revision_is_read_and_not_the_folder(repository: Path) -> None:
    root = repository / "inner"
    (root / "edition/edition.yml").write_bytes(b"title: Two\n")
    (root / "edition/glossary/sov.md").unlink()
    git(repository, "commit", "-q", "-a", "-m", "two", "--no-gpg-sign")
    (root / "edition/edition.yml").write_bytes(b"title: Three\n")
    assert content(RevisionTree(root, "HEAD~1")) == EXPECTED
    assert RevisionTree(root, "HEAD").read("edition/edition.yml") == b"title: Two\n"


def test_links_in_a_revision(repository: Path) -> None:
    root = repository / "inner"
    (root / "edition/link.md").symlink_to("edition.yml")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "two", "--no-gpg-sign")
    tree = RevisionTree(root, "HEAD")
    assert content(tree) == EXPECTED
    assert [(problem.code, problem.place.file) for problem in tree.problems()] == [
        ("path-refused", "edition/link.md")
    ]


@pytest.mark.parametrize("revision", ["nonsense", "--help", "-h", "HEAD:inner", "", "main --all"])
def test_a_revision_that_git_does_not_know(repository: Path, revision: str) -> None:
    with pytest.raises(TreeError, match="git knows no revision"):
        RevisionTree(repository / "inner", revision)


def test_what_a_hook_says_of_its_repository_does_not_matter(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert content(RevisionTree(repository / "inner", "main")) == EXPECTED


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(TreeError, match="cannot be read by git"):
        RevisionTree(tmp_path, "HEAD")
    with pytest.raises(TreeError, match="there is no folder"):
        RevisionTree(tmp_path / "nowhere", "HEAD")


def test_no_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(TreeError, match="git is not installed"):
        RevisionTree(repository / "inner", "HEAD")


def test_an_unknown_file_of_a_revision(repository: Path) -> None:
    with pytest.raises(TreeError, match="at this revision"):
        RevisionTree(repository / "inner", "HEAD").read("edition/none.md")


def test_the_reading_process_ends_with_the_tree(repository: Path) -> None:
    tree = RevisionTree(repository / "inner", "main")
    tree.read("edition/edition.yml")
    process = tree._batch
    assert process is not None
    del tree
    gc.collect()
    assert process.returncode == 0


def test_files_that_are_not_as_they_were(repository: Path) -> None:
    root = repository / "inner"
    (root / "edition/edition.yml").write_bytes(b"title: Two\n")
    (root / "edition/glossary/sov.md").unlink()
    (root / "edition/glossary/ny \u00e4.md").write_text("x")
    (root / "edition/glossary/left.md~").write_text("x")
    (root / "edition/.gitignore").write_text("*~\n")
    (root / "elsewhere.md").write_text("y")
    changed = RevisionTree(root, "HEAD").changed()
    assert {name for name in changed if "/." not in name} == {
        "edition/edition.yml",
        "edition/glossary/sov.md",
        "edition/glossary/ny \u00e4.md",
    }
