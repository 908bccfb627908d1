"""Newcomers: a file that is complete in itself, with its author and its sources described in it.

Whoever sends in a first note has no file under ``contributors/``, and cites what nobody has cited
yet. The file says both itself; what it brings counts as if it stood in records of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from build_tools.model.ids import derived_id
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import (
    Brought,
    Cited,
    Contributor,
    Document,
    Emendation,
    Note,
    Source,
)
from build_tools.read.descriptions import SOURCE, source_of
from build_tools.read.schema import Either, Fields, ListOf, Record, Text, may, needs
from build_tools.read.shapes import NAME, ORCID

AUTHOR = Record(
    {
        "name": needs("the name as it is printed"),
        "orcid": may("the ORCID iD", ORCID),
    }
)
ADVICE = (
    'name a file in contributors/; or, for somebody who has none yet, write {name: "…", orcid: "…"}'
)
NEWCOMER = needs(
    'who signs it: the name of a file in contributors/, or {name: "…", orcid: "…"}',
    Either(Text(NAME.check, advice=ADVICE), AUTHOR),
)
NEW_SOURCE = Record({"id": may("the id by which the text cites it", NAME), **SOURCE.keys})
SOURCES_OR_NEW = may(
    "a list of sources",
    ListOf(
        Record(
            {
                "source": may("the id of a source, the name of its file in sources/", NAME),
                "locator": may("the place in the source: p. 3, document 132"),
                "new": may("a source that the edition does not have yet", NEW_SOURCE),
            },
            short="source",
        )
    ),
)

_R = TypeVar("_R", Note, Emendation)


def brought_of(fields: Fields, problems: list[Problem]) -> tuple[tuple[Cited, ...], Brought]:
    """Return the sources that a record names, and what it brings with it."""
    cited: list[Cited] = []
    sources: list[Source] = []
    for each in fields.records("sources"):
        if each.misspelt & {"source", "new"}:
            continue
        if ("source" in each) == ("new" in each):
            problems.append(_one_of_both(each))
        elif "source" in each:
            given = each.given("source")
            cited.append(Cited(given.text, each.text("locator"), given.place))
        else:
            source = _new_source(each.record("new"), [one.id for one in sources], problems)
            sources.append(source)
            cited.append(Cited(source.id, each.text("locator"), source.place))
    return tuple(cited), Brought(_author(fields), tuple(sources))


def _one_of_both(item: Fields) -> Problem:
    if "source" in item:
        return Problem(
            "value-invalid",
            item.keys["new"],
            "this item names a source of the edition and describes a new one",
            "keep one of them: source, or new",
        )
    return Problem(
        "key-missing",
        item.place,
        "this item names no source",
        "add source: the id of a source; or new: with type, title and title-short of one that the "
        "edition does not have yet",
    )


def _new_source(fields: Fields, taken: Iterable[str], problems: list[Problem]) -> Source:
    called = fields.text("title-short") or fields.text("title")
    name = fields.text("id") or derived_id(called, "source", tuple(taken))
    place = fields.given("id").place if "id" in fields else fields.place
    return source_of(fields, name, place, problems)


def _author(fields: Fields) -> Contributor | None:
    value = fields.values.get("author")
    if not isinstance(value, Fields) or not value.text("name"):
        return None
    name = value.text("name")
    return Contributor(
        id=derived_id(name, "contributor", ()),
        name=name,
        kind="person",
        orcid=value.text("orcid"),
        role="",
        url="",
        place=value.place,
    )


def signs(fields: Fields, brought: Brought) -> str:
    """Return the id of who signs a record."""
    if brought.author:
        return brought.author.id
    return "" if isinstance(fields.values.get("author"), Fields) else fields.text("author")


def place_of_author(fields: Fields) -> Place:
    """Return where a record says who signs it."""
    value = fields.values.get("author")
    return value.place if isinstance(value, Fields) else fields.given("author").place


@dataclass
class Welcomed:
    """An edition's contributors, sources and documents, with what newcomers have brought."""

    contributors: dict[str, Contributor]
    sources: dict[str, Source]
    documents: tuple[Document, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def welcome(
    contributors: Mapping[str, Contributor],
    sources: Mapping[str, Source],
    documents: Iterable[Document],
) -> Welcomed:
    """Count what newcomers bring among the records of the edition.

    Somebody who has a record already, by ORCID iD or by name, signs with it.
    """
    found = Welcomed(dict(contributors), dict(sources))
    found.documents = tuple(
        replace(
            document,
            notes=tuple(_welcomed(one, found) for one in document.notes),
            emendations=tuple(_welcomed(one, found) for one in document.emendations),
        )
        for document in documents
    )
    found.contributors = dict(sorted(found.contributors.items()))
    found.sources = dict(sorted(found.sources.items()))
    return found


def _welcomed(record: _R, found: Welcomed) -> _R:
    for source in record.brought.sources:
        known = found.sources.setdefault(source.id, source)
        if known != source:
            found.problems.append(_taken(source, known))
    author = record.brought.author
    if author is None:
        return record
    known_author = next((one for one in found.contributors.values() if _is(one, author)), None)
    if known_author is None:
        name = derived_id(author.name, "contributor", found.contributors)
        known_author = replace(author, id=name)
        found.contributors[name] = known_author
    return replace(record, author=known_author.id)


def _is(one: Contributor, other: Contributor) -> bool:
    """Tell whether two are the same person: by ORCID iD, else by name."""
    if one.orcid and other.orcid:
        return one.orcid == other.orcid
    return one.name.casefold() == other.name.casefold()


def _taken(source: Source, known: Source) -> Problem:
    return Problem(
        "id-duplicate",
        source.place,
        f'there is another source "{source.id}": {known.place.file}',
        "give the new source an id of its own, here and where the text cites it; or, if it is the "
        "same source, name that one instead of describing it",
    )
