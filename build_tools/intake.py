"""What comes in: the text of an issue form becomes the file of a note, judged before it is written.

Other editions have other doors; each only has to say which field of its form holds what.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from build_tools.author.issue_text import IssueText, read_issue
from build_tools.author.issues import Asked, asked, filed, located, taken_in, with_block
from build_tools.author.new import new_record
from build_tools.desk import Desk, DeskError, blocks_reading, blocks_with
from build_tools.model.bound import BoundEdition
from build_tools.model.file_edits import FileEdit
from build_tools.model.problem import Problem


@dataclass(frozen=True)
class Intake:
    """What an issue comes to: the edit, if there is one, and what is wrong or to be known."""

    edit: FileEdit | None
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the file may be written; warnings may stand."""
        return self.edit is not None and all(not one.is_error for one in self.problems)


def text_of(file: Path) -> str:
    """Return the text of a file, however its lines end."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DeskError(f"{file} is not UTF-8 text: save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def import_issue(desk: Desk, name: str, text: str) -> Intake:
    """Make the file of a note or an emendation from the text of an issue."""
    whole = filed(text)
    if whole:
        edit = FileEdit(whole[0], None, whole[1].encode())
        _refuse_taken(desk, edit.path)
        return Intake(edit, desk.would_bring(edit))
    issue = read_issue(name, text)
    bound = desk.bound
    if bound is None:
        return Intake(None, desk.problems)
    made = None
    if not issue.problems:
        made = asked(issue, bound, datetime.now().astimezone().date().isoformat())
    if made is not None:
        made = _with_passage(made, issue, bound)
    if made is None:
        return Intake(None, tuple(sorted(issue.problems, key=lambda one: one.place)))
    edit = new_record(made.draft, taken_in(desk.files(), made.document))
    new = edit.new.decode()
    problems = desk.would_bring(edit)
    return Intake(edit, tuple(located(one, made, edit.path, new, issue) for one in problems))


def _refuse_taken(desk: Desk, path: str) -> None:
    if path in desk.files():
        raise DeskError(f"{path} exists already, and is left as it is.")


def _with_passage(made: Asked, issue: IssueText, bound: BoundEdition) -> Asked | None:
    """Look for the paragraph of words that were given without one."""
    words = issue.says("exact")
    if issue.says("block") or not words:
        return made
    document = bound.documents[made.document]
    found = blocks_with(document, words)
    if len(found) > 1:
        issue.problems.append(
            Problem(
                "anchor-ambiguous",
                issue.place_of("exact"),
                f"these words stand in {', '.join(found)}",
                "name one of them below ### Paragraph",
            )
        )
        return None
    # Where they stand nowhere, the check says what is read there, and what is most alike.
    block = next(iter([*found, *blocks_reading(document, words), *document.blocks]), "p1")
    return replace(made, draft=with_block(made.draft, block))
