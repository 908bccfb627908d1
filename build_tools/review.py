"""Two states of the edition side by side: a revision in git, and the folder as it now is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from build_tools.author.reanchor import carries, reanchor
from build_tools.desk import DeskError, EditedTree
from build_tools.model.fates import Fate, Reanchored
from build_tools.model.problem import Problem
from build_tools.model.records import Edition
from build_tools.pipeline import in_order
from build_tools.read.edition import read_edition
from build_tools.read.layout import TRANSCRIPTION
from build_tools.read.tree import TOP, FolderTree, RevisionTree, Tree, TreeError


@dataclass(frozen=True)
class Carrying:
    """What carrying the targets came to; without ``done`` the edition could not be read."""

    problems: tuple[Problem, ...]
    done: Reanchored | None = None


def revision_tree(root: Path, revision: str) -> RevisionTree:
    """Return the files of the edition as they were; a sentence where there were none."""
    tree = RevisionTree(root, revision)
    if not tree.files():
        raise TreeError(f'at "{revision}" there is no {TOP}/ in {root}; name another revision.')
    return tree


def carrying(root: Path, revision: str, as_it_is: Collection[str] = ()) -> Carrying:
    """Carry the targets of all records from the texts of a revision to those of the folder.

    What comes of it is read again before anybody may write it.
    """
    old = _texts_of(revision_tree(root, revision), revision)
    tree = FolderTree(root)
    new, problems = read_edition(tree)
    wrong = in_order([one for one in problems if one.severity == "error"])
    if new is None or wrong:
        return Carrying(wrong)
    names = (name for name in tree.files() if name.endswith((".md", ".yml")))
    done = reanchor(old, new, {name: tree.read(name) for name in names}, as_it_is)
    for name in as_it_is:
        if not any(fate.record.endswith(f" {name}") for fate in done.fates):
            raise DeskError(f'No record is called "{name}".')
    if not done.problems:
        _prove(EditedTree(tree, *done.edits), done)
    return Carrying(in_order(done.problems), done)


def _texts_of(tree: Tree, revision: str) -> Edition:
    """Read the edition of a revision; its transcriptions must be sound, all else need not be."""
    edition, problems = read_edition(tree)
    for one in problems:
        is_text = one.place.file.endswith(f"/{TRANSCRIPTION}")
        if one.severity == "error" and (edition is None or is_text):
            place = f"{one.place.file}:{one.place.line}" if one.place.line else one.place.file
            raise TreeError(
                f'at "{revision}" the edition cannot be read: {place}: {one.message}. '
                "Name a revision at which it was sound."
            )
    if edition is None:
        raise TreeError(f'at "{revision}" the edition cannot be read; name another revision.')
    return edition


def _prove(tree: Tree, done: Reanchored) -> None:
    """Read what would be written: every target must mean the place it was carried to."""
    edition, _ = read_edition(tree)
    fates: dict[str, list[Fate]] = {}
    for fate in done.fates:
        fates.setdefault(fate.document, []).append(fate)
    for name, own in fates.items():
        if edition is None or not carries(edition.documents[name], own):
            raise DeskError(f"What would be written in {name} is not what was meant. Nothing was.")
