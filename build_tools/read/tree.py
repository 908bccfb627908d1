"""Trees: where the files of an edition are read from, a folder or a revision in git."""

from __future__ import annotations

import os
import subprocess
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from build_tools.model.ignored import is_ignored
from build_tools.model.place import Place
from build_tools.model.problem import Problem

TOP = "edition"
"""The one folder of a root that is read."""

_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class TreeError(Exception):
    """The tree itself cannot be read; the message is a sentence for the person at the keyboard."""


class Tree(Protocol):
    """A set of files with POSIX paths relative to the root, all of them under ``edition/``."""

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""
        ...

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the files."""
        ...

    def problems(self) -> tuple[Problem, ...]:
        """Return what stands in the tree and is not read: links and the like."""
        ...


def _refused(path: str, what: str) -> Problem:
    return Problem(
        "path-refused",
        Place(path),
        f'"{path}" is {what}; an edition is made of plain files and folders',
        "put the file itself in this place",
    )


class FolderTree:
    """The files as they lie in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: list[str] = []
        self._problems: list[Problem] = []
        try:
            self._walk(root / TOP, TOP)
        except OSError as error:
            raise TreeError(f"{error.filename} cannot be read: {error.strerror}.") from error
        self._files.sort()
        self._known = frozenset(self._files)

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""
        return tuple(self._files)

    def problems(self) -> tuple[Problem, ...]:
        """Return links and other things that are not files."""
        return tuple(self._problems)

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the files."""
        if path not in self._known:
            raise TreeError(f"{path} is not a file of the edition.")
        try:
            return (self._root / path).read_bytes()
        except OSError as error:
            raise TreeError(f"{path} cannot be read: {error.strerror}.") from error

    def _walk(self, folder: Path, path: str) -> None:
        if folder.is_symlink():
            self._problems.append(_refused(path, "a link"))
        elif folder.is_dir():
            for entry in sorted(folder.iterdir()):
                self._take(entry, f"{path}/{entry.name}")

    def _take(self, entry: Path, path: str) -> None:
        if is_ignored(path):
            return
        if entry.is_symlink():
            self._problems.append(_refused(_printable(path), "a link"))
        elif _printable(path) != path:
            self._problems.append(_refused(_printable(path), "a name that is not Unicode"))
        elif entry.is_dir():
            self._walk(entry, path)
        elif entry.is_file():
            self._files.append(path)
        else:
            self._problems.append(_refused(path, "neither a file nor a folder"))


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True)
class _Listed:
    """An entry of a git tree."""

    mode: str
    object: str
    path: str


class RevisionTree:
    """The files as they were at a revision; ``root`` may be any folder of a repository."""

    def __init__(self, root: Path, revision: str) -> None:
        self._root = root
        self._objects: dict[str, str] = {}
        self._problems: list[Problem] = []
        self._batch: subprocess.Popen[bytes] | None = None
        self._revision = self._commit(revision)
        for entry in self._listing(self._revision):
            self._take(entry)

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""
        return tuple(sorted(self._objects))

    def problems(self) -> tuple[Problem, ...]:
        """Return links and repositories within the repository."""
        return tuple(self._problems)

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the files."""
        name = self._objects.get(path)
        if name is None:
            raise TreeError(f"{path} is not a file of the edition at this revision.")
        asked, answers = self._pipes()
        asked.write(f"{name}\n".encode())
        asked.flush()
        header = answers.readline().split()
        if len(header) != 3:
            raise TreeError(f"git has lost the content of {path}.")
        data = answers.read(int(header[2]))
        answers.read(1)
        return data

    def changed(self) -> frozenset[str]:
        """Return the files that are not in the folder as they were; those git ignores never are."""
        asked = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z")
        known = self._git(*asked, self._revision, "--", TOP)
        new = self._git("ls-files", "-z", "--others", "--exclude-standard", "--", TOP)
        names = (known.stdout + new.stdout).split(b"\0")
        return frozenset(_printable(os.fsdecode(name)) for name in names if name)

    def _commit(self, revision: str) -> str:
        asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        found = self._git(*asked)
        if found.returncode == 0:
            return found.stdout.decode().strip()
        about = self._git("rev-parse", "--git-dir")
        if about.returncode:
            raise TreeError(f"{self._root} cannot be read by git: {_said(about.stderr)}")
        raise TreeError(f'git knows no revision "{revision}"{self._because_shallow()}.')

    def _because_shallow(self) -> str:
        """Say that a clone without its history cannot know more, where it is one."""
        if self._git("rev-parse", "--is-shallow-repository").stdout.strip() != b"true":
            return ""
        return (
            ": this is a shallow clone, which lacks the earlier states; fetch them by   "
            "git fetch --unshallow   (on a forge: fetch-depth: 0)"
        )

    def _listing(self, commit: str) -> Iterator[_Listed]:
        found = self._git("ls-tree", "-r", "-z", commit, TOP)
        if found.returncode:
            raise TreeError(f"git cannot list the files of {commit}: {_said(found.stderr)}")
        for record in found.stdout.split(b"\0")[:-1]:
            head, _, path = record.partition(b"\t")
            mode, _, name = head.decode().split(" ")
            yield _Listed(mode, name, path.decode("utf-8", "surrogateescape"))

    def _take(self, entry: _Listed) -> None:
        path = _printable(entry.path)
        if is_ignored(entry.path):
            return
        if entry.mode == "120000":
            self._problems.append(_refused(path, "a link"))
        elif entry.mode == "160000":
            self._problems.append(_refused(path, "another repository"))
        elif path != entry.path:
            self._problems.append(_refused(path, "a name that is not Unicode"))
        else:
            self._objects[path] = entry.object

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self._root,
                env=git_environment(),
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise TreeError(_absent(self._root)) from error
        except OSError as error:
            raise TreeError(f"git cannot be run in {self._root}: {error.strerror}.") from error

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._batch is None:
            self._batch = subprocess.Popen(
                ["git", "cat-file", "--batch"],
                cwd=self._root,
                env=git_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            weakref.finalize(self, _stop, self._batch)
        assert self._batch.stdin is not None
        assert self._batch.stdout is not None
        return self._batch.stdin, self._batch.stdout


class PartOfTree:
    """A tree with those of its files whose paths are kept."""

    def __init__(self, tree: Tree, is_kept: Callable[[str], bool]) -> None:
        self._tree = tree
        self._files = tuple(path for path in tree.files() if is_kept(path))
        self._known = frozenset(self._files)

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""
        return self._files

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the files."""
        if path not in self._known:
            raise TreeError(f"{path} is left out.")
        return self._tree.read(path)

    def problems(self) -> tuple[Problem, ...]:
        """Return what stands in the tree and is not read."""
        return self._tree.problems()


def changed_files(root: Path, revision: str) -> frozenset[str]:
    """Return the files of the edition that are not as they were at a revision."""
    return RevisionTree(root, revision).changed()


def git_environment() -> dict[str, str]:
    """Return the environment for git, without what a hook says of the repository it runs in."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    return {**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


def _absent(root: Path) -> str:
    if not root.is_dir():
        return f"there is no folder {root}"
    return "git is not installed, and without it no earlier state of the edition can be read."


def _said(stderr: bytes) -> str:
    return stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()
