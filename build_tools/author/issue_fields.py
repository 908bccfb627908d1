"""The fields of the issue forms: the same that the panel has, under the same words.

The forms under ``.github/ISSUE_TEMPLATE`` and ``.gitlab/issue_templates`` are written by hand from
this table, and a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model.kinds import CERTAINTIES
from build_tools.model.records import EVIDENCE, FAULTS, NOTE_KINDS, STANDINGS

NOTE, EMENDATION, ERROR = "note", "emendation", "error"
ALL = frozenset({NOTE, EMENDATION, ERROR})


@dataclass(frozen=True)
class IssueField:
    """A field: the id by which an address fills it in, its heading, and the forms that have it."""

    id: str
    label: str
    forms: frozenset[str] = ALL
    values: tuple[str, ...] = ()
    needed: bool = False
    many_lines: bool = False


_NOTE, _EMENDATION = frozenset({NOTE}), frozenset({EMENDATION})

FIELDS = (
    IssueField("document", "Document"),
    IssueField("block", "Paragraph"),
    IssueField("exact", "The words"),
    IssueField("prefix", "Words before them"),
    IssueField("suffix", "Words after them"),
    IssueField("reading", "To be read instead", _EMENDATION),
    IssueField("label", "Label", needed=True),
    IssueField("kind", "Kind", _NOTE, NOTE_KINDS, needed=True),
    IssueField("standing", "Standing: how sure it is", _NOTE, STANDINGS, needed=True),
    IssueField("certainty", "Certainty", _EMENDATION, CERTAINTIES, needed=True),
    IssueField("evidence", "It rests on evidence that is", _EMENDATION, EVIDENCE, needed=True),
    IssueField("fault", "It mends a slip of", _EMENDATION, FAULTS, needed=True),
    IssueField("text", "Text", needed=True, many_lines=True),
    IssueField("sources", "Sources of the edition", many_lines=True),
    IssueField("new", "Sources that are not listed", many_lines=True),
    IssueField("name", "Name, as it is to be printed", needed=True),
    IssueField("orcid", "ORCID iD, if you have one"),
    IssueField("license", "Licence", needed=True),
    IssueField("agreed", "Yours to give", needed=True, many_lines=True),
)

OWN_FIELDS = {
    form: frozenset(one.id for one in FIELDS if one.forms == {form}) for form in (NOTE, EMENDATION)
}
"""The fields that one form alone has: by them it is told."""

CONSENT = "I have written this myself, and give it under this licence."

OF_A_SOURCE = {
    "type": "What it is",
    "title": "Title",
    "title-short": "Short title",
    "author": "Authors",
    "container-title": "In",
    "issued": "Year or day",
    "publisher": "Publisher",
    "page": "Pages",
    "archive": "Archive",
    "archive_location": "Place in the archive",
    "URL": "Address on the web",
    "locator": "Place in it",
}
"""What is said of a source that the edition does not have, one a line: ``Title: …``."""
