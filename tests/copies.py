"""Copies of the sound edition, with the files and the edits of a case laid over them."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

from build_tools import cli

SOUND = Path(__file__).parent / "sound_edition"
LAID = ("edition", "docs", "mkdocs.yml")
"""What a case may lay over the sound edition."""
EDITS, REMOVED = "edits.txt", "remove.txt"
"""Files of a case: lines ``path: old => new``, and the paths of files to be taken away."""
MADE = ("docs/edition/", "site/", ".edition/")
"""What commands make: an edit of it comes after the command that makes it."""

Tree = dict[str, bytes]


def sound_copy(root: Path) -> Path:
    """Copy the sound edition to a new folder, without what commands may have made of it."""
    for name in LAID:
        _lay(SOUND / name, root / name)
    shutil.rmtree(root / "docs" / "edition", ignore_errors=True)
    return root


def laid_copy(case: Path, root: Path) -> Path:
    """Copy the sound edition and make it what a case says."""
    sound_copy(root)
    for name in LAID:
        if (case / name).exists():
            _lay(case / name, root / name)
    for path in _lines(case / REMOVED):
        (root / path).unlink()
    edits = [_edit(line) for line in _lines(case / EDITS)]
    made = [edit for edit in edits if edit[0].startswith(MADE)]
    for edit in edits:
        if edit not in made:
            _apply(root, *edit)
    if made:
        published = any(path.startswith("site/") for path, _, _ in made)
        assert run(root, "build" if published else "pages") == 0
    for edit in made:
        _apply(root, *edit)
    return root


def run(root: Path, *command: str) -> int:
    """Run a command of the edition; what the publisher's libraries deprecate is not our matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        return cli.run(["--root", str(root), *command])


def tree(root: Path, without: tuple[str, ...] = ()) -> Tree:
    """Return every file below a folder with its bytes, and every folder."""
    found: Tree = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix() + ("/" if path.is_dir() else "")
        if not name.startswith(without):
            found[name] = path.read_bytes() if path.is_file() else b""
    return found


def _lay(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _lines(file: Path) -> Iterator[str]:
    if file.is_file():
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def _edit(line: str) -> tuple[str, str, str]:
    path, _, change = line.partition(": ")
    old, arrow, new = change.partition(" =>")
    assert arrow, f"not an edit of the form   path: old => new   but   {line}"
    return path, old.strip(), new.strip()


def _apply(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f'"{old}" stands {text.count(old)} times in {path}, not once'
    file.write_bytes(text.replace(old, new).encode())
