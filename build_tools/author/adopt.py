"""Adopting what a newcomer's file brings: author and sources become records of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from build_tools.author.values import Value, written
from build_tools.model.file_edits import FileEdit
from build_tools.model.records import Cited, Contributor, Emendation, Note, PersonName, Source

PLACE = re.compile(
    r"\A---\r?\n# (edition/documents/[a-z][a-z0-9-]*/(?:notes|emendations)/[a-z][a-z0-9-]*\.md)"
    r"\r?\n"
)
"""The line in which a file that travels by itself says where it belongs."""


def place_in(text: str) -> str:
    """Return where a file says that it belongs; nothing where it does not say so."""
    found = PLACE.match(text)
    return found[1] if found else ""


def adopted(
    record: Note | Emendation,
    path: str,
    data: bytes,
    files: Collection[str],
    contributors: Mapping[str, Contributor],
) -> tuple[FileEdit, ...]:
    """Return the edits: new records for what is not among ``files``, and the file that names them.

    ``data`` are the file's bytes, at ``path`` if it is among ``files``.
    """
    edits: list[FileEdit] = []
    head: dict[str, Value] = {}
    if record.brought.author is not None:
        head["author"] = record.author
        edits += _new(f"contributors/{record.author}", files, _person(contributors[record.author]))
    if record.brought.sources:
        head["sources"] = [_cited(one) for one in record.sources]
        for source in record.brought.sources:
            edits += _new(f"sources/{source.id}", files, _source(source))
    text = data.decode("utf-8")
    if place_in(text):
        text = text.replace(f"# {place_in(text)}", "", 1).replace("\r\n", "\n")
        text = text.replace("---\n\n", "---\n", 1)
    new = _rewritten(text, head).encode()
    old = data if path in files else None
    if new != old:
        edits.append(FileEdit(path, old, new))
    return tuple(edits)


def _new(name: str, files: Collection[str], fields: dict[str, Value]) -> Iterator[FileEdit]:
    path = f"edition/{name}.yml"
    if path not in files:
        yield FileEdit(path, None, written(fields).encode())


def _person(person: Contributor) -> dict[str, Value]:
    fields: dict[str, Value] = {"name": person.name, "kind": person.kind}
    return {**fields, "orcid": person.orcid} if person.orcid else fields


def _source(source: Source) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for key, value in source.fields.items():
        fields[key] = value
        if key == "title-short":
            fields |= {role: [_name(one) for one in names] for role, names in source.names.items()}
    return fields


def _name(name: PersonName) -> Value:
    if name.literal:
        return {"literal": name.literal}
    given: dict[str, Value] = {"given": name.given} if name.given else {}
    return {"family": name.family, **given}


def _cited(cited: Cited) -> Value:
    if cited.locator:
        return {"source": cited.source, "locator": cited.locator}
    return cited.source


def _rewritten(text: str, head: Mapping[str, Value]) -> str:
    """Put new values in the place of those of some keys; all else stays letter for letter."""
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    kept: list[str] = []
    replacing = False
    for line in lines[:end]:
        key = re.match(r"([A-Za-z][\w-]*):|([\"']?)([A-Za-z][\w-]*)\2:", line)
        if key:
            name = key[1] or key[3]
            replacing = name in head
            if replacing:
                kept += written({name: head[name]}).rstrip("\n").split("\n")
        if not replacing or line.rstrip() == "---":
            kept.append(line)
    return "\n".join([*kept, *lines[end:]])
