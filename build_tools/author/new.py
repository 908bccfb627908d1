"""New records: a file that nobody has yet, as an edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from build_tools.author.ids import derived_id
from build_tools.author.values import Value, written
from build_tools.model.file_edits import FileEdit


@dataclass(frozen=True)
class Draft:
    """A record to be: where its file goes, what it is called, what it says.

    ``id`` is empty where it is to be derived from ``called``; ``body`` is None for a kind of
    record that has no prose.
    """

    kind: str
    folder: str
    ending: str
    fields: Mapping[str, Value]
    body: str | None = None
    called: str = ""
    id: str = ""


def new_record(draft: Draft, taken: Collection[str]) -> FileEdit:
    """Return the edit that makes the file; ``taken`` are the ids that its neighbours have."""
    name = draft.id or derived_id(draft.called, draft.kind, taken)
    head = written(draft.fields)
    text = head if draft.body is None else f"---\n{head}---\n{_paragraphs(draft.body)}"
    return FileEdit(f"{draft.folder}/{name}{draft.ending}", None, text.encode())


def _paragraphs(body: str) -> str:
    lines = [line.rstrip() for line in body.replace("\r\n", "\n").split("\n")]
    text = "\n".join(lines).strip("\n")
    return f"{text}\n" if text else ""
