"""Two states of the edition side by side: a revision in git, and the folder as it now is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.author.reanchor import carries, reanchor
from build_tools.compare import compare, written
from build_tools.desk import DeskError, EditedTree
from build_tools.model.bound import BoundEdition
from build_tools.model.fates import Fate, Reanchored
from build_tools.model.problem import Problem
from build_tools.model.records import Edition
from build_tools.model.review import (
    CHANGED,
    NEW,
    REMOVED,
    Altered,
    Review,
    Reviewed,
    ReviewedDocument,
)
from build_tools.model.woven import WovenDocument
from build_tools.pipeline import bind_tree, facsimiles, in_order
from build_tools.publish.alone import Shown, Told, alone
from build_tools.read.edition import read_edition
from build_tools.read.layout import TRANSCRIPTION, is_record
from build_tools.read.tree import TOP, FolderTree, PartOfTree, RevisionTree, Tree, TreeError
from build_tools.render import render_document, textual_notes
from build_tools.render.addresses import document_page
from build_tools.render.plain import body, reference
from build_tools.report.review import LeftOut, Voice, as_text
from build_tools.weave import weave_document


@dataclass(frozen=True)
class Carrying:
    """What carrying the targets came to; without ``done`` the edition could not be read."""

    problems: tuple[Problem, ...]
    done: Reanchored | None = None
    unread: tuple[str, ...] = ()
    """Why a revision could not be carried from, where a check went on without it."""


class UnreadableError(TreeError):
    """At a revision there is no edition, or none of which the texts are sound."""


def revision_tree(root: Path, revision: str) -> RevisionTree:
    """Return the files of the edition as they were; a sentence where there were none."""
    tree = RevisionTree(root, revision)
    if not tree.files():
        raise UnreadableError(
            f'at "{revision}" there is no {TOP}/ in {root}; name another revision.'
        )
    return tree


def carrying(
    root: Path,
    revisions: Sequence[str],
    as_it_is: Collection[str] = (),
    *,
    is_check: bool = False,
) -> Carrying:
    """Carry the targets of all records from the texts of revisions to those of the folder.

    Several revisions are those that were merged. What comes of it is read again before anybody
    may write it. A check goes on without a revision that was not sound: else nobody could mend it.
    """
    olds: list[Edition] = []
    unread: list[str] = []
    for revision in revisions:
        try:
            olds.append(_texts_of(revision_tree(root, revision), revision))
        except UnreadableError as fault:
            if not is_check:
                raise
            unread.append(str(fault))
    tree = FolderTree(root)
    new, problems = read_edition(tree)
    wrong = in_order(_errors(problems))
    if new is None or wrong:
        return Carrying(wrong)
    names = (name for name in tree.files() if name.endswith((".md", ".yml")))
    files = {name: tree.read(name) for name in names}
    done = reanchor(olds, new, files, as_it_is, is_check=is_check)
    for name in as_it_is:
        if not any(fate.record.endswith(f" {name}") for fate in done.fates):
            raise DeskError(f'No record is called "{name}".')
    if not done.problems:
        _prove(EditedTree(tree, *done.edits), done)
    return Carrying(in_order(done.problems), done, tuple(unread))


def _texts_of(tree: Tree, revision: str) -> Edition:
    """Read the edition of a revision; its transcriptions must be sound, all else need not be."""
    edition, problems = read_edition(tree)
    for one in problems:
        is_text = one.place.file.endswith(f"/{TRANSCRIPTION}")
        if one.is_error and (edition is None or is_text):
            place = f"{one.place.file}:{one.place.line}" if one.place.line else one.place.file
            raise UnreadableError(
                f'at "{revision}" the edition cannot be read: {place}: {one.message}. '
                "Name a revision at which it was sound."
            )
    if edition is None:
        raise UnreadableError(f'at "{revision}" the edition cannot be read; name another revision.')
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


@dataclass(frozen=True)
class Compared:
    """What a branch changes; without ``review`` the edition has problems that must be mended.

    ``left_out`` are the files of records that had to be left out for it, with what they say.
    """

    problems: tuple[Problem, ...]
    review: Review | None = None
    voice: Voice | None = None
    bound: BoundEdition | None = None
    left_out: tuple[LeftOut, ...] = ()


def compared(root: Path, revision: str) -> Compared:
    """Compare the edition as it is in the folder with what it was at a revision.

    Records of the branch that have errors are left out of both, if what is left is sound.
    """
    before: Tree = revision_tree(root, revision)
    folder = FolderTree(root)
    new, problems = bind_tree(folder)
    wrong = _errors(problems)
    out: frozenset[str] = frozenset()
    tree: Tree = folder
    rest = wrong
    while rest and (more := _changed_records(rest, before, folder) - out):
        out |= more
        tree = _without(folder, out)
        new, problems = bind_tree(tree)
        rest = _errors(problems)
    if new is None or rest:
        return Compared(wrong)
    before = _without(before, out)
    old, faults = bind_tree(before)
    if old is None:
        raise TreeError(f'at "{revision}" the edition cannot be read; name another revision.')
    was_sound = not _errors(faults)
    woven = (_woven(old) if was_sound else {}, _woven(new))
    voice = _voice(new, _voice(old) if was_sound else _plain_voice(old))
    review = compare(old, new, woven, altered_files(before, tree))
    left = tuple(LeftOut(one, folder.read(one).decode("utf-8", "replace")) for one in sorted(out))
    return Compared(wrong, review, voice, new, left)


def _voice(bound: BoundEdition, before: Voice | None = None) -> Voice:
    edition, textual = bound.edition, textual_notes(bound)
    return Voice(
        lambda one: body(one, edition, textual), lambda one: reference(one, edition), before
    )


def _plain_voice(bound: BoundEdition) -> Voice:
    """Return the voice of an edition that cannot be set: it may cite what it does not have."""
    return Voice(written, lambda one: reference(one, bound.edition))


def _without(tree: Tree, out: frozenset[str]) -> Tree:
    return PartOfTree(tree, lambda path: path not in out)


def _errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(one for one in problems if one.is_error)


def _changed_records(problems: tuple[Problem, ...], old: Tree, new: Tree) -> frozenset[str]:
    """Return the files of records with these problems that are not as they were."""
    faulty = {one.place.file for one in problems}
    return frozenset(
        name
        for name in faulty.intersection(new.files())
        if is_record(name) and (name not in old.files() or old.read(name) != new.read(name))
    )


def preview(root: Path, revision: str, found: Compared) -> bytes:
    """Return the pages of the documents that change, in one file, with what is new marked."""
    review, new, voice = found.review, found.bound, found.voice
    assert review is not None
    assert new is not None
    assert voice is not None
    tree, textual = FolderTree(root), textual_notes(new)
    pages = [_shown(one, new, textual, tree) for one in review.documents if one.id in new.documents]
    told = [Told("left out", f"{one.file}, which has problems") for one in found.left_out]
    for document in review.documents:
        told += _told(document)
    told += [_told_record(one, "") for one in review.shared]
    told += [Told(one.after, one.what) for one in review.files]
    title = f"What changes in {new.edition.description.title}"
    about = f"The pages as they would be, beside what they were at {revision}."
    words = as_text(review, voice, found.left_out)
    return alone(title, about, told, pages, words)


def _told(document: ReviewedDocument) -> Iterator[Told]:
    """Tell what changes in a document, its text first."""
    for block in dict.fromkeys(_block_of(one) for one in document.texts):
        yield Told("corrected", f"the text of block {block}", document.id, block)
    yield from (_told_record(one, document.id) for one in document.records)
    for one in document.moved:
        yield Told("moved", f"what {one.what} is about")
    if document.state != CHANGED:
        yield Told(document.state, f"the document \u201c{document.title}\u201d")


def _block_of(text: Altered) -> str:
    return text.what.split()[1].rstrip(",")


def _told_record(one: Reviewed, document: str) -> Told:
    leads_to = "" if one.state == REMOVED else f"note--{one.record.split()[-1]}"
    return Told(one.state, f"{one.record}, \u201c{one.label}\u201d", document, leads_to)


def _shown(
    one: ReviewedDocument, bound: BoundEdition, textual: frozenset[str], tree: Tree
) -> Shown:
    document = bound.documents[one.id]
    shown, images = facsimiles(document, tree)
    woven = weave_document(document, bound.edition)
    pages = render_document(woven, bound.edition, textual, shown, {})
    named = {path.rpartition("/")[2]: data for path, data in images.items()}
    marked = {r.record.split()[-1]: r.state for r in one.records if r.state != REMOVED}
    blocks = {_block_of(each) for each in one.texts}
    page = pages[document_page(one.id)].decode()
    return Shown(one.id, page, named, marked, frozenset(blocks))


def _woven(bound: BoundEdition) -> dict[str, WovenDocument]:
    return {name: weave_document(one, bound.edition) for name, one in bound.documents.items()}


def altered_files(old: Tree, new: Tree) -> tuple[Altered, ...]:
    """Return the files that are new, changed or gone; the state stands as what they are now."""
    before, after = set(old.files()), set(new.files())
    states = dict.fromkeys(after - before, NEW) | dict.fromkeys(before - after, REMOVED)
    states |= {name: CHANGED for name in before & after if old.read(name) != new.read(name)}
    return tuple(Altered(name, "", state) for name, state in sorted(states.items()))
