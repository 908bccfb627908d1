"""The YAML files of an edition: ``edition.yml``, contributors and sources."""

from __future__ import annotations

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import (
    FORGES,
    SOURCE_TYPES,
    Contributor,
    EditionDescription,
    PersonName,
    Source,
)
from build_tools.read.ids import stem
from build_tools.read.schema import (
    Choice,
    Fields,
    Given,
    ListOf,
    Record,
    blank,
    may,
    needs,
    read_fields,
)
from build_tools.read.shapes import ADDRESS, DATE, LANGUAGE, LICENCE, NAME, ORCID
from build_tools.read.yaml_nodes import read_yaml

EDITION = Record(
    {
        "title": needs("the title of the edition"),
        "subtitle": may("its subtitle"),
        "editors": needs("a list of contributors by their ids", ListOf(NAME)),
        "license": needs("the licence of what has no other: CC-BY-4.0", LICENCE),
        "site_url": may("where it is published", ADDRESS),
        "repository": may("where its files are kept", ADDRESS),
        "forge": may("what keeps them, where the address does not tell", Choice(FORGES)),
        "branch": may("the branch that contributions are made to; main, if nothing is said"),
        "version": needs("the version: 1.0.0"),
        "language": needs("the language it is written in: en", LANGUAGE),
    }
)
CONTRIBUTOR = Record(
    {
        "name": needs("the name as it is printed"),
        "kind": needs("whether it is a person or a body", Choice(("person", "corporate"))),
        "orcid": may("the ORCID iD", ORCID),
        "role": may("what they do for the edition"),
        "url": may("an address that tells more", ADDRESS),
    }
)

PERSON = Record(
    {
        "family": may("the family name"),
        "given": may("the given names"),
        "literal": may("a name that is not divided"),
    }
)
NAMES = ("author", "editor", "translator")
SOURCE = Record(
    {
        "type": needs("what it is, in the words of CSL", Choice(SOURCE_TYPES)),
        "title": needs("the title"),
        "title-short": needs("the title as notes print it"),
        **{role: may("a list of names", ListOf(PERSON)) for role in NAMES},
        "container-title": may("the book, journal or site it is part of"),
        "collection-title": may("the series"),
        "volume": may("the volume"),
        "number": may("the number"),
        "page": may("the pages"),
        "publisher": may("the publisher"),
        "publisher-place": may("where it was published"),
        "issued": may("when it was published", DATE),
        "URL": may("the address", ADDRESS),
        "accessed": may("when it was read there", DATE),
        "archive": may("the archive that keeps it"),
        "archive_location": may("where in the archive it is kept"),
        "genre": may("what kind of document it is"),
        "ISBN": may("the ISBN"),
        "DOI": may("the DOI"),
        "note": may("what else is to be said of it"),
        "read": may("what of it the editors have read"),
    }
)


def read_description(text: str, file: str) -> tuple[EditionDescription | None, tuple[Problem, ...]]:
    """Read ``edition.yml``; None where it cannot be understood at all."""
    root, problems = read_yaml(text, file)
    if root is None:
        return None, problems
    fields, found = read_fields(root, EDITION)
    description = EditionDescription(
        title=fields.text("title"),
        subtitle=fields.text("subtitle"),
        editors=tuple(each.text for each in fields.texts("editors")),
        editors_places=tuple(each.place for each in fields.texts("editors")),
        license=fields.text("license"),
        site_url=fields.text("site_url"),
        repository=fields.text("repository"),
        forge=fields.text("forge"),
        branch=fields.text("branch") or "main",
        version=fields.text("version"),
        language=fields.text("language"),
        place=Place(file, 1, 1),
    )
    return description, (*problems, *found)


def read_contributor(text: str, file: str) -> tuple[Contributor, tuple[Problem, ...]]:
    """Read ``contributors/<id>.yml``."""
    fields, problems = _fields(text, file, CONTRIBUTOR)
    contributor = Contributor(
        id=stem(file),
        name=fields.text("name"),
        kind=fields.text("kind"),
        orcid=fields.text("orcid"),
        role=fields.text("role"),
        url=fields.text("url"),
        place=Place(file, 1, 1),
    )
    return contributor, tuple(problems)


def read_source(text: str, file: str) -> tuple[Source, tuple[Problem, ...]]:
    """Read ``sources/<id>.yml``."""
    fields, problems = _fields(text, file, SOURCE)
    return source_of(fields, stem(file), Place(file, 1, 1), problems), tuple(problems)


def source_of(fields: Fields, name: str, place: Place, problems: list[Problem]) -> Source:
    """Return the source that a mapping describes."""
    plain = {
        key: value.text
        for key, value in fields.values.items()
        if key in SOURCE.keys and key not in NAMES and isinstance(value, Given)
    }
    names = {role: _names(fields, role, problems) for role in NAMES if role in fields}
    return Source(name, plain, names, place)


def _names(fields: Fields, role: str, problems: list[Problem]) -> tuple[PersonName, ...]:
    names = []
    for each in fields.records(role):
        name = PersonName(each.text("family"), each.text("given"), each.text("literal"))
        if bool(name.family) == bool(name.literal) or (name.literal and name.given):
            problems.append(
                Problem(
                    "value-invalid",
                    each.place,
                    "this name is neither divided nor whole",
                    "give family and given, or literal alone",
                )
            )
        names.append(name)
    return tuple(names)


def _fields(text: str, file: str, record: Record) -> tuple[Fields, list[Problem]]:
    root, problems = read_yaml(text, file)
    if root is None:
        return blank(record, Place(file, 1, 1)), list(problems)
    fields, found = read_fields(root, record)
    return fields, [*problems, *found]
