"""Building again comes to what a build from nothing comes to, whatever was changed in between."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from build_tools import pipeline, proofs, rebuild
from build_tools.publish import driver, incremental, shards
from tests.alterations import (
    ALTERATIONS,
    BESIDE,
    DELICATE,
    append,
    the_theme_of_last_time,
    words_of_a_note,
)
from tests.copies import LAID, Tree, run, sound_copy, tree

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = [int(seed) for seed in os.environ.get("EDITION_SEEDS", "1 2").split()]
"""More of them find more: EDITION_SEEDS="4 5 6 7" pytest tests/test_rebuild.py."""
STEPS = 9


def sources(root: Path) -> Tree:
    return tree(root, (".edition/", "docs/edition/", "site/"))


def from_nothing(root: Path, fresh: Path) -> Path:
    """Copy the sources alone."""
    for name in (*LAID, *(name for name in BESIDE if (root / name).exists())):
        if (root / name).is_dir():
            shutil.copytree(root / name, fresh / name, symlinks=True)
        else:
            fresh.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, fresh / name)
    shutil.rmtree(fresh / "docs/edition", ignore_errors=True)
    return fresh


def said(capsys: pytest.CaptureFixture[str], root: Path) -> str:
    return capsys.readouterr().err.replace(str(root), "ROOT")


@pytest.fixture(autouse=True)
def same_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both builds have the same date: it is told by the sources' own, which copies lose."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")


@pytest.mark.parametrize("seed", SEEDS)
def test_any_sequence_of_changes_comes_to_a_clean_build(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(seed)
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    for number in range(STEPS):
        kept = from_nothing(root, tmp_path / f"kept-{number}")
        steps = dice.sample(ALTERATIONS, dice.choice([1, 1, 2]))
        for step in steps:
            step(root, dice)
        told = ", ".join(step.__name__ for step in steps)
        spoiled = tree(root / "site")
        capsys.readouterr()
        code = run(root, "build")
        again = said(capsys, root)
        fresh = from_nothing(root, tmp_path / f"fresh-{number}")
        assert run(fresh, "build") == code, told
        assert said(capsys, fresh) == again, told
        if code == 0:
            assert tree(root / "site") == tree(fresh / "site"), told
            assert tree(root / "docs/edition") == tree(fresh / "docs/edition"), told
        else:
            assert tree(root / "site") == spoiled, told
            # Go on from before: an edition with a problem builds nothing any more.
            shutil.rmtree(root / "edition")
            (root / "docs/linked.txt").unlink(missing_ok=True)
            for name in (*LAID, *(name for name in BESIDE if (kept / name).exists())):
                if (kept / name).is_dir():
                    shutil.copytree(kept / name, root / name, symlinks=True, dirs_exist_ok=True)
                else:
                    shutil.copy(kept / name, root / name)


@pytest.mark.parametrize("name", DELICATE)
def test_what_looks_like_mere_words_is_told_from_them(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(name)
    root = sound_copy(tmp_path / "again")
    again = ""
    for step in DELICATE[name]:
        step(root, dice)
        if step is the_theme_of_last_time:
            words_of_a_note(root, dice)
        capsys.readouterr()
        assert run(root, "build") == 0
        again = said(capsys, root)
    fresh = from_nothing(root, tmp_path / "fresh")
    assert run(fresh, "build") == 0
    assert said(capsys, fresh) == again
    assert tree(root / "site") == tree(fresh / "site")
    assert tree(root / "docs/edition") == tree(fresh / "docs/edition")


def test_another_version_of_any_package_makes_everything_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    pages = {file: file.stat().st_ino for file in (root / "site").rglob("*.html")}
    for module in (incremental, rebuild, proofs):
        monkeypatch.setattr(module, "versions", lambda: "another version of something")
    assert run(root, "build") == 0
    assert not [file for file, number in pages.items() if file.stat().st_ino == number]


@pytest.mark.parametrize(
    ("first", "last"),
    [("---\n", "---\n"), ("---\n", "...\n"), ("\ufeff---\n", "---\n"), ("", "\n")],
)
def test_what_the_navigation_shows_of_a_page_changes_on_all(
    first: str, last: str, tmp_path: Path
) -> None:
    root = sound_copy(tmp_path / "again")
    page = root / "docs/index.md"
    body = page.read_text()
    page.write_text(f"{first}icon: material/home\n{last}{body}")
    assert run(root, "build") == 0
    page.write_text(f"{first}icon: material/star\n{last}{body}")
    assert run(root, "build") == 0
    fresh = from_nothing(root, tmp_path / "fresh")
    assert run(fresh, "build") == 0
    assert tree(root / "site") == tree(fresh / "site")


def test_nothing_changed_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    before = {file: file.stat().st_mtime_ns for file in root.rglob("*") if file.is_file()}
    monkeypatch.setattr(pipeline, "build", None)
    monkeypatch.setattr(pipeline, "publish", None)
    assert run(root, "build") == 0
    assert {f: f.stat().st_mtime_ns for f in root.rglob("*") if f.is_file()} == before


def test_the_words_of_a_note_are_made_without_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a commit the date of the edition is that of the newest file: it changes, too.
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    pages = {file: file.stat().st_ino for file in (root / "site").rglob("*.html")}
    monkeypatch.setattr(pipeline, "build", None)
    append(root / "edition/documents/letter/notes/blot.md", "\nA word that stands nowhere else.\n")
    assert run(root, "build") == 0
    new = {file for file, number in pages.items() if file.stat().st_ino != number}
    assert {file.relative_to(root / "site").as_posix() for file in new} <= {
        "edition/letter/index.html",
        "edition/letter/apparatus/index.html",
        "404.html",
    }
    assert (
        "A word that stands nowhere else" in (root / "site/edition/letter/index.html").read_text()
    )


@pytest.mark.parametrize("name", ["site", "site-offline"])
def test_several_processes_make_the_same_site_as_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["build", "--offline"] if name == "site-offline" else ["build"]
    one, three = (sound_copy(tmp_path / folder) for folder in ("one", "three"))
    if (PROJECT / "node_modules").is_dir():
        for root in (one, three):
            (root / "node_modules").symlink_to(PROJECT / "node_modules")
    assert run(one, *command) == 0
    started: list[object] = []
    real = shards._started

    def counted(job: shards.Job) -> object:
        started.append(job)
        return real(job)

    monkeypatch.setattr(shards, "_started", counted)
    monkeypatch.setattr(shards, "WORTH", 1)
    monkeypatch.setattr(shards, "processors", lambda: 3)
    assert run(three, *command) == 0
    assert len(started) == 2
    assert tree(three / name) == tree(one / name)
    # Again, with one page that is made and the others that stay.
    append(three / "edition/documents/letter/notes/blot.md", "\nOne word more.\n")
    append(one / "edition/documents/letter/notes/blot.md", "\nOne word more.\n")
    shutil.rmtree(one / ".edition")
    assert run(three, *command) == 0
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert run(one, *command) == 0
    assert tree(three / name) == tree(one / name)


def test_what_one_process_fails_with_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sound_copy(tmp_path / "three")
    monkeypatch.setattr(shards, "WORTH", 1)
    monkeypatch.setattr(shards, "processors", lambda: 3)
    monkeypatch.setattr(shards, "CHILD", "import sys; sys.stdin.buffer.read(); sys.exit(1)")
    assert run(root, "build") == 1
    assert "a process ended early" in capsys.readouterr().err
    assert not (root / "site").exists()


def test_what_was_proved_is_kept_where_mkdocs_fails(tmp_path: Path) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    kept = root / ".edition/state/proved-site.json"
    before = kept.read_bytes()
    append(root / "docs/index.md", "\n[broken](nowhere.md)\n")
    assert run(root, "build") == 1
    assert kept.read_bytes() == before


def test_a_new_date_alone_makes_the_site_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sound_copy(tmp_path / "again")
    append(root / "mkdocs.yml", "\nsite_url: https://example.org/\n")
    fresh = from_nothing(root, tmp_path / "fresh")
    assert run(root, "build") == 0
    pages = {file: file.stat().st_ino for file in (root / "site/edition").rglob("*.html")}
    with monkeypatch.context() as later:
        later.setattr(pipeline, "build", None)
        # Later on the day: what stands on the pages is the same.
        later.setenv("SOURCE_DATE_EPOCH", "1600000060")
        assert run(root, "build") == 0
        assert {file: file.stat().st_ino for file in pages} == pages
        later.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert run(root, "build") == 0
    assert "<lastmod>2023-11-14<" in (root / "site/sitemap.xml").read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert run(fresh, "build") == 0
    assert tree(root / "site") == tree(fresh / "site")


def test_a_file_saved_during_a_build_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sound_copy(tmp_path / "again")
    note = root / "edition/documents/letter/notes/blot.md"
    real = pipeline.build

    def meanwhile(*args: object, **kwargs: object) -> object:
        outcome = real(*args, **kwargs)  # type: ignore[arg-type]
        append(note, "\nSaved while the build ran.\n")
        return outcome

    monkeypatch.setattr(pipeline, "build", meanwhile)
    assert run(root, "build") == 0
    page = root / "site/edition/letter/index.html"
    assert "Saved while" not in page.read_text()
    monkeypatch.setattr(pipeline, "build", real)
    assert run(root, "build") == 0
    assert "Saved while the build ran" in page.read_text()


def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert rebuild.read_memory(tmp_path) is None
    (tmp_path / ".edition/state").mkdir(parents=True)
    for text in ("", "[]", '{"shared": 1}', "\0"):
        (tmp_path / rebuild.LOOKED).write_text(text)
        assert rebuild.read_memory(tmp_path) is None


def alter_in_place(file: Path) -> None:
    """Write into a page, and put its date back."""
    before = file.stat()
    data = file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(data.replace(b"Letter", b"Lettre"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert file.read_bytes() != data
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


@pytest.mark.parametrize("changed", [False, True])
def test_a_page_that_was_altered_in_place_is_made_again(tmp_path: Path, *, changed: bool) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    append(root / "edition/documents/letter/notes/blot.md", "\nOne word more.\n")
    assert run(root, "build") == 0
    site = tree(root / "site")
    alter_in_place(root / "site/edition/index.html")
    if changed:
        append(root / "edition/documents/letter/notes/blot.md", "\nAnd one more.\n")
        fresh = from_nothing(root, tmp_path / "fresh")
        assert run(fresh, "build") == 0
        site = tree(fresh / "site")
    assert run(root, "build") == 0
    assert tree(root / "site") == site


@pytest.mark.parametrize("name", [".DS_Store", "edition/.page.swp", "edition/of-somebody.html"])
def test_what_others_leave_in_the_site_goes(name: str, tmp_path: Path) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    site = tree(root / "site")
    (root / "site" / name).write_text("left")
    assert run(root, "build") == 0
    assert tree(root / "site") == site


def test_pages_stay_after_a_build_that_failed(tmp_path: Path) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    page = root / "docs/index.md"
    before = page.read_bytes()
    numbers = {file: file.stat().st_ino for file in (root / "site/edition").rglob("*.html")}
    append(page, "\n[leads nowhere](nowhere.md)\n")
    assert run(root, "build") == 1
    page.write_bytes(before)
    append(page, "\nA word more.\n")
    assert run(root, "build") == 0
    assert {file: file.stat().st_ino for file in numbers} == numbers


def test_what_a_killed_build_was_writing_goes(tmp_path: Path) -> None:
    root = sound_copy(tmp_path / "again")
    assert run(root, "build") == 0
    left = [root / f"{name}/.writing-x7" for name in ("docs/edition/letter", ".edition/state")]
    for file in left:
        file.write_text("half a pa")
    assert run(root, "build") == 0
    assert not [file for file in left if file.exists()]


def test_everybody_may_read_the_site(tmp_path: Path) -> None:
    root = sound_copy(tmp_path / "again")
    before = os.umask(0o077)
    try:
        assert run(root, "build") == 0
        (root / "site/index.html").chmod(0o600)
        append(root / "edition/documents/letter/notes/blot.md", "\nOne word more.\n")
        assert run(root, "build") == 0
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    modes = {
        path.relative_to(root).as_posix(): path.stat().st_mode & 0o777
        for path in (root / "site", *(root / "site").rglob("*"))
    }
    assert {name for name, mode in modes.items() if mode != 0o644} == {
        name for name, mode in modes.items() if mode == 0o755
    }
    assert modes["site"] == 0o755
    assert modes["site/index.html"] == 0o644


def a_link_to_a_place_that_is_not(root: Path) -> None:
    append(root / "docs/index.md", "\n[leads nowhere](edition/letter/index.md#nowhere)\n")


def a_file_that_is_gone(root: Path) -> None:
    (root / "docs/paper.txt").unlink()


@pytest.mark.parametrize("step", [a_link_to_a_place_that_is_not, a_file_that_is_gone])
def test_a_broken_link_is_told_as_by_a_clean_build(
    step: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = sound_copy(tmp_path / "again")
    (root / "docs/paper.txt").write_text("a paper")
    append(root / "docs/index.md", "\n[a paper](paper.txt)\n")
    assert run(root, "build") == 0
    step(root)
    fresh = from_nothing(root, tmp_path / "fresh")
    capsys.readouterr()
    assert run(root, "build") == 1
    again = said(capsys, root)
    assert run(fresh, "build") == 1
    assert said(capsys, fresh) == again != ""


def test_git_and_the_configuration_are_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(room: ModuleType, name: str) -> None:
        real = getattr(room, name)

        def count(*args: object) -> object:
            asked.append(name)
            return real(*args)

        monkeypatch.setattr(room, name, count)

    counted(pipeline, "remote_address")
    counted(pipeline, "epoch_of")
    counted(driver, "loaded")
    root = sound_copy(tmp_path / "again")
    description = root / "edition/edition.yml"
    lines = description.read_text().splitlines(keepends=True)
    description.write_text("".join(line for line in lines if not line.startswith("repository:")))
    assert run(root, "build") == 0
    append(root / "edition/documents/letter/notes/blot.md", "\nA word more.\n")
    assert run(root, "build") == 0
    assert sorted(asked) == ["epoch_of"] * 2 + ["loaded"] * 2 + ["remote_address"] * 2
