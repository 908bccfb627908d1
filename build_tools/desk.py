"""The desk: edits are looked at before they are made, and made so that no file is ever half one.

A build never writes sources; only the desk does, and only what somebody asked for.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from build_tools.author.adopt import adopted, place_in
from build_tools.author.new import Draft, new_record
from build_tools.model.anchors import Quotation, occurrences
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.file_edits import FileEdit
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Emendation, Note
from build_tools.read.ids import id_problem
from build_tools.read.tree import TOP, FolderTree, Tree

Judge = Callable[[Tree], tuple[BoundEdition | None, tuple[Problem, ...]]]
"""Reads, binds and checks a tree, as `edition check` does."""

UNFILLED = frozenset({"key-missing", "note-empty"})
OPEN = UNFILLED | {
    *("source-uncited", "entry-unmentioned", "term-unused"),
    *("note-unsourced", "standing-hedged", "standing-unsaid"),
}
"""Problems of a new record that say only that it is not finished, or stands alone as yet."""


class DeskError(Exception):
    """An edit that cannot be made; the message is a sentence for the person at the keyboard."""


class EditedTree:
    """A tree as it would be after edits."""

    def __init__(self, tree: Tree, *edits: FileEdit) -> None:
        self._tree = tree
        self._new = {edit.path: edit.new for edit in edits}

    def files(self) -> tuple[str, ...]:
        """Return the paths, sorted."""
        return tuple(sorted({*self._tree.files(), *self._new}))

    def read(self, path: str) -> bytes:
        """Return the bytes of one of the files."""
        return self._new[path] if path in self._new else self._tree.read(path)

    def problems(self) -> tuple[Problem, ...]:
        """Return what stands in the tree and is not read."""
        return self._tree.problems()


@dataclass(frozen=True)
class Proposal:
    """An edit with what it would do: problems that forbid it, and what it leaves open."""

    edit: FileEdit
    wrong: tuple[Problem, ...]
    open: tuple[Problem, ...]


class Desk:
    """An edition to which records are added."""

    def __init__(self, root: Path, judge: Judge) -> None:
        self.root = root
        self._judge = judge
        self._tree = FolderTree(root)
        self.bound, self.problems = judge(self._tree)

    def propose(self, draft: Draft, neighbours: Sequence[str]) -> Proposal:
        """Judge a new record as `edition check` would; ``neighbours`` are folders with its ids.

        Problems that the edition has without it do not count.
        """
        files = [PurePosixPath(path) for path in self._tree.files()]
        taken = [path.stem for path in files if path.parent.as_posix() in neighbours]
        edit = new_record(draft, taken)
        fault = id_problem(draft.id, Place(draft.folder)) if draft.id else None
        if fault is not None:
            return Proposal(edit, (fault,), ())
        if draft.id in taken:
            raise DeskError(f'There is a record "{draft.id}" already; give another id by --id.')
        new = [one for one in self.would_bring(edit) if one.is_error]
        left = [one for one in new if one.place.file == edit.path and one.code in OPEN]
        wrong = tuple(problem for problem in new if problem not in left)
        # What is empty comes first: before it is filled in, the rest may not be true.
        unfilled = tuple(problem for problem in left if problem.code in UNFILLED)
        return Proposal(edit, wrong, unfilled or tuple(left))

    def files(self) -> tuple[str, ...]:
        """Return the paths of the edition's files."""
        return self._tree.files()

    def would_bring(self, edit: FileEdit) -> tuple[Problem, ...]:
        """Return the problems and warnings that an edit would add to those that are there."""
        found = self._judge(EditedTree(self._tree, edit))[1]
        return tuple(one for one in found if one not in self.problems)

    def adopt(self, file: Path) -> tuple[FileEdit, ...]:
        """Return the edits that make records of what a newcomer's file brings.

        A file that lies elsewhere, as it came by mail, says in its second line where it belongs.
        """
        data, tree = file.read_bytes(), cast("Tree", self._tree)
        if file.resolve().is_relative_to(self.root / TOP):
            path = file.resolve().relative_to(self.root).as_posix()
        else:
            path = place_in(data.decode("utf-8", "replace"))
            if not path:
                raise DeskError(
                    f"{file} does not say where it belongs; put it into the folder notes/ or "
                    "emendations/ of its document, and adopt it there."
                )
            if path in tree.files():
                raise DeskError(f"{path} exists already, and is left as it is.")
            tree = EditedTree(tree, FileEdit(path, None, data))
        record, bound = self._brought_by(path, tree)
        return adopted(record, path, data, self._tree.files(), bound.edition.contributors)

    def _brought_by(self, path: str, tree: Tree) -> tuple[Note | Emendation, BoundEdition]:
        bound, problems = self._judge(tree)
        wrong = [one for one in problems if one.place.file == path and one.is_error]
        if wrong:
            raise DeskError(f"{path}: {wrong[0].message}. Mend it first: edition check")
        for document in bound.edition.documents.values() if bound else ():
            records: tuple[Note | Emendation, ...] = (*document.notes, *document.emendations)
            for record in records:
                if record.place.file == path and bound:
                    return record, bound
        raise DeskError(f"{path} is not the file of a note or an emendation.")


def blocks_with(document: BoundDocument, words: str) -> tuple[str, ...]:
    """Return the blocks in which the words of a passage stand, as whole words."""
    return _holding({name: one.block.base for name, one in document.blocks.items()}, words)


def blocks_reading(document: BoundDocument, words: str) -> tuple[str, ...]:
    """Return the blocks in which the words stand as they are read, not as they are transcribed."""
    return _holding({name: one.reading.text for name, one in document.blocks.items()}, words)


def _holding(texts: Mapping[str, str], words: str) -> tuple[str, ...]:
    quotation = Quotation(words)
    return tuple(
        name
        for name, text in texts.items()
        if any(place.whole_words for place in occurrences(text, quotation))
    )


def apply(root: Path, edits: Sequence[FileEdit]) -> None:
    """Make edits, each in one step; where one of them cannot be made, none is begun."""
    for edit in edits:
        _refuse_outside(root, edit)
        _refuse_stale(root, edit)
    for edit in edits:
        _write(root, edit)


def _refuse_outside(root: Path, edit: FileEdit) -> None:
    parts = PurePosixPath(edit.path).parts
    if parts[:1] != (TOP,) or ".." in parts or len(parts) < 2:
        raise DeskError(f"{edit.path} does not lie in {TOP}/.")
    path = root
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise DeskError(f"{edit.path} is reached by a link, and links are not followed.")


def _refuse_stale(root: Path, edit: FileEdit) -> None:
    try:
        found: bytes | None = (root / edit.path).read_bytes()
    except FileNotFoundError:
        found = None
    if found == edit.old:
        return
    if edit.old is None:
        raise DeskError(f"{edit.path} exists already, and is left as it is.")
    raise DeskError(f"{edit.path} was changed meanwhile, and is left as it is. Begin again.")


def _write(root: Path, edit: FileEdit) -> None:
    """Write beside the file and put it in its place when all of it is on the disk."""
    path = root / edit.path
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o644 if edit.old is None else path.stat().st_mode & 0o777
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(edit.new)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        _refuse_stale(root, edit)
        if edit.old is None:
            _put_new(temporary, path, edit.path)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _put_new(temporary: Path, path: Path, name: str) -> None:
    """Give a new file its name, unless something has that name now."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise DeskError(f"{name} exists already, and is left as it is.") from None
    except OSError:
        # Some disks know no second name for a file: it was looked for just now, that must do.
        temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
