"""Records in Markdown: notes, emendations, variants, terms, entries of registers, essays.

Each kind has its table of keys and a function that reads a file by it. The name of the file is
the id of the record. A record is given also where something in it is wrong, with what could be
read, so that other records that name it are not reported as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model.kinds import CERTAINTIES
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.proof import digest
from build_tools.model.prose import Prose
from build_tools.model.records import (
    EVIDENCE,
    FAULTS,
    NOTE_KINDS,
    STANDINGS,
    VARIANT_CLASSES,
    Emendation,
    EmendationChange,
    Entry,
    Essay,
    Form,
    Note,
    Target,
    Term,
    Variant,
)
from build_tools.read.ids import stem
from build_tools.read.newcomers import (
    NEWCOMER,
    SOURCES_OR_NEW,
    brought_of,
    place_of_author,
    signs,
)
from build_tools.read.prose import parse_prose
from build_tools.read.schema import (
    Choice,
    Fields,
    ListOf,
    MapOf,
    Record,
    Text,
    blank,
    may,
    needs,
    read_fields,
)
from build_tools.read.shapes import (
    DATE,
    ENTRY,
    NUMBER,
    PASSAGE,
    SIGNED,
    SOURCES,
    TARGET,
    TIME,
    TRUE_OR_FALSE,
    date_of,
    sources_of,
    target_of,
)
from build_tools.read.yaml_nodes import read_yaml, split_front_matter

LABEL = needs("a few words for the margin and for lists")
STANDING = needs("how sure it is", Choice(STANDINGS))

NOTE = Record(
    {
        "target": needs("what the note is about", ListOf(TARGET, or_one=True)),
        "label": LABEL,
        "kind": needs("what kind of note it is", Choice(NOTE_KINDS)),
        "standing": STANDING,
        **SIGNED,
        "author": NEWCOMER,
        "sources": SOURCES_OR_NEW,
        "status": may("how far the editors have come with it"),
        "reviewer": may("who of the editors has reviewed it"),
    }
)
CHANGE = Record({**PASSAGE, "reading": needs("what is read instead", Text(blank=True))})
EMENDATION = Record(
    {
        "changes": needs("a list of changes, each with block, words and reading", ListOf(CHANGE)),
        "label": LABEL,
        "certainty": needs("how certain the correction is", Choice(CERTAINTIES)),
        "evidence": needs("on what it rests", Choice(EVIDENCE)),
        "fault": needs("whose slip it mends", Choice(FAULTS)),
        **SIGNED,
        "author": NEWCOMER,
        "sources": SOURCES_OR_NEW,
    }
)
VARIANT = Record(
    {
        "target": needs("the passage of the basis", Record(PASSAGE)),
        "witness": needs("the siglum of the other witness"),
        "reading": needs('what it has there; "" for nothing', Text(blank=True)),
        "class": needs("whether the difference touches the meaning", Choice(VARIANT_CLASSES)),
        "label": LABEL,
        **SIGNED,
        "sources": SOURCES,
    }
)
FORM = Record(
    {
        "form": needs("the form as it stands in the reading text"),
        "expansion": may("what the expanded view prints in its place", Text(blank=True)),
        "joins": may("to which neighbour the expansion closes up", Choice(("next", "previous"))),
    },
    short="form",
)
TERM = Record(
    {
        "term": needs("the headword"),
        "forms": needs("a list of its forms in the text", ListOf(FORM)),
        "link": may("false, for a term too common to be linked", TRUE_OR_FALSE),
        "refers": may("the register entry that it names, as in organisation:id", ENTRY),
        "standing": may("how sure it is", Choice(STANDINGS)),
        "sources": SOURCES,
    }
)
ENTRY_KEYS = {
    "name": needs("the name to sort by; of a person: Surname, Given name"),
    "display": may("the name as it is printed"),
    "forms": may("a list of the forms in the text that mean it", ListOf(Text())),
    "standing": may("how sure it is", Choice(STANDINGS)),
    "identifiers": may("its identifiers elsewhere, as in viaf: 123", MapOf(Text())),
    "sources": SOURCES,
}
ENTRY_RECORD = Record({**ENTRY_KEYS, "dates": may("from when to when: 1917/1963", DATE)})
EVENT_RECORD = Record(
    {
        **ENTRY_KEYS,
        "date": needs("when it was: 1962-10-28", DATE),
        "time": may("at what hour of the place: 10:00", TIME),
    }
)
ESSAY = Record(
    {
        "title": needs("the title"),
        "order": needs("its place among the essays, from 1", NUMBER),
        **SIGNED,
        "sources": SOURCES,
    }
)


@dataclass
class Read:
    """A record file divided: its fields, its text, and the problems found so far."""

    id: str
    fields: Fields
    body: Prose
    place: Place
    problems: list[Problem]


def read_file(
    text: str, file: str, record: Record, *, headings: bool = False, empty: bool = False
) -> Read:
    """Read head and body of a record; ``empty`` tells whether it may have no text."""
    head, body, first_line, found = split_front_matter(text, file)
    problems = list(found)
    place = Place(file, 1, 1)
    fields = blank(record, place)
    if not found:
        root, found = read_yaml(head, file)
        problems += found
        if root is not None:
            fields, found = read_fields(root, record)
            problems += found
    prose, found = parse_prose(body, file, first_line, headings=headings)
    problems += found
    if not body.strip() and not empty and first_line > 1:
        problems.append(_without_text(Place(file, min(first_line, text.count("\n") + 1), 1)))
    return Read(stem(file), fields, prose, place, problems)


def _without_text(place: Place) -> Problem:
    return Problem(
        "note-empty",
        place,
        "this record has no text",
        "write it after the second line of ---",
    )


def read_note(text: str, file: str) -> tuple[Note, tuple[Problem, ...]]:
    """Read ``notes/<id>.md``."""
    read = read_file(text, file, NOTE)
    fields = read.fields
    targets = tuple(
        target
        for each in fields.records("target")
        if (target := target_of(each, read.problems)) is not None
    )
    cited, brought = brought_of(fields, read.problems)
    note = Note(
        id=read.id,
        targets=targets,
        label=fields.text("label"),
        kind=fields.text("kind"),
        standing=fields.text("standing"),
        author=signs(fields, brought),
        author_place=place_of_author(fields),
        license=fields.text("license"),
        license_place=fields.given("license").place,
        date=fields.text("date"),
        sources=cited,
        status=fields.text("status"),
        reviewer=fields.text("reviewer"),
        reviewer_place=fields.given("reviewer").place,
        standing_place=fields.given("standing").place,
        body=read.body,
        place=read.place,
        brought=brought,
        digest=digest(text),
    )
    return note, tuple(read.problems)


def read_emendation(text: str, file: str) -> tuple[Emendation, tuple[Problem, ...]]:
    """Read ``emendations/<id>.md``."""
    read = read_file(text, file, EMENDATION)
    fields = read.fields
    changes = tuple(
        EmendationChange(target, each.text("reading"), each.given("reading").place)
        for each in fields.records("changes")
        if "reading" in each and (target := _passage(each, read.problems)) is not None
    )
    cited, brought = brought_of(fields, read.problems)
    emendation = Emendation(
        id=read.id,
        changes=changes,
        label=fields.text("label"),
        certainty="" if "certainty" in fields.stand_ins else fields.text("certainty"),
        evidence=fields.text("evidence"),
        fault=fields.text("fault"),
        author=signs(fields, brought),
        author_place=place_of_author(fields),
        license=fields.text("license"),
        license_place=fields.given("license").place,
        date=fields.text("date"),
        sources=cited,
        body=read.body,
        place=read.place,
        brought=brought,
        digest=digest(text),
    )
    return emendation, tuple(read.problems)


def _passage(fields: Fields, problems: list[Problem]) -> Target | None:
    """Return the target of a change, which must quote words or mark a point."""
    if "block" not in fields:
        return None
    target = target_of(fields, problems)
    if target is not None and target.quotation is None:
        problems.append(
            Problem(
                "key-missing",
                fields.place,
                "this change does not say which words it changes",
                "add exact: the words that are replaced; for words that are missing give the words "
                "before their place (prefix) and after it (suffix)",
            )
        )
        return None
    return target


def read_variant(text: str, file: str) -> tuple[Variant | None, tuple[Problem, ...]]:
    """Read ``variants/<id>.md``; None where it names no passage."""
    read = read_file(text, file, VARIANT)
    fields = read.fields
    passage = fields.record("target")
    target = target_of(passage, read.problems) if "block" in passage else None
    if target is None:
        return None, tuple(read.problems)
    variant = Variant(
        id=read.id,
        target=target,
        witness=fields.text("witness"),
        witness_place=fields.given("witness").place,
        reading=fields.text("reading"),
        reading_place=fields.given("reading").place,
        variant_class=fields.text("class"),
        label=fields.text("label"),
        author=fields.text("author"),
        author_place=place_of_author(fields),
        license=fields.text("license"),
        license_place=fields.given("license").place,
        date=fields.text("date"),
        sources=sources_of(fields),
        body=read.body,
        place=read.place,
        digest=digest(text),
    )
    return variant, tuple(read.problems)


def read_term(text: str, file: str) -> tuple[Term, tuple[Problem, ...]]:
    """Read ``glossary/<id>.md``."""
    read = read_file(text, file, TERM)
    fields = read.fields
    forms = tuple(_form(each) for each in fields.records("forms") if each.text("form"))
    refers = fields.given("refers")
    term = Term(
        id=read.id,
        term=fields.text("term"),
        forms=forms,
        link=fields.text("link") != "false",
        refers=refers.text,
        refers_place=refers.place,
        standing=fields.text("standing"),
        sources=sources_of(fields),
        body=read.body,
        place=read.place,
    )
    return term, tuple(read.problems)


def _form(fields: Fields) -> Form:
    form = fields.given("form")
    return Form(form.text, fields.text("expansion"), fields.text("joins"), form.place)


def read_entry(text: str, file: str, register: str) -> tuple[Entry, tuple[Problem, ...]]:
    """Read ``registers/<register>/<id>.md``; ``register`` is one of the model's REGISTERS."""
    is_event = register == "event"
    read = read_file(text, file, EVENT_RECORD if is_event else ENTRY_RECORD)
    fields = read.fields
    entry = Entry(
        id=read.id,
        register=register,
        name=fields.text("name"),
        display=fields.text("display") or fields.text("name"),
        forms=tuple(Form(each.text, "", "", each.place) for each in fields.texts("forms")),
        date=date_of(fields.text("date" if is_event else "dates")),
        time=fields.text("time"),
        standing=fields.text("standing"),
        identifiers=fields.mapping("identifiers"),
        sources=sources_of(fields),
        body=read.body,
        place=read.place,
    )
    return entry, tuple(read.problems)


def read_essay(text: str, file: str) -> tuple[Essay, tuple[Problem, ...]]:
    """Read ``essays/<id>.md``."""
    read = read_file(text, file, ESSAY, headings=True)
    fields = read.fields
    order = fields.text("order")
    essay = Essay(
        id=read.id,
        title=fields.text("title"),
        order=int(order) if order.isdecimal() else 0,
        author=fields.text("author"),
        author_place=place_of_author(fields),
        license=fields.text("license"),
        license_place=fields.given("license").place,
        date=fields.text("date"),
        sources=sources_of(fields),
        body=read.body,
        place=read.place,
    )
    return essay, tuple(read.problems)
