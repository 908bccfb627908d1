"""What `edition new` asks, and what it makes of the answers: both read off the tables of keys.

A key that a record gets in ``read`` is an option and a question here without another line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.author.new import Draft
from build_tools.author.values import Blank, Value
from build_tools.model.nearest import listed
from build_tools.model.records import FOLDERS
from build_tools.read import records
from build_tools.read.descriptions import CONTRIBUTOR, NAMES, SOURCE
from build_tools.read.layout import DOCUMENT_SHELVES, DOCUMENTS, SHELVES
from build_tools.read.schema import Choice, Either, Key, ListOf, Record, Text
from build_tools.read.tree import TOP

Answers = Mapping[str, Sequence[str]]
"""What was answered, by the names of the questions; a question without an answer is not there."""

TEXT = "text"
"""The name of the question for the prose of a record."""

WHOLE = "whole"
"""Whether a note is about the document as a whole; ``document`` is which document it belongs to."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: its table, and which of its values it is called by."""

    name: str
    article: str
    record: Record
    called: tuple[str, ...]
    says: str
    extras: tuple[str, ...] = ()
    """Questions that a person is asked although the record can do without an answer."""

    @property
    def in_document(self) -> bool:
        """Whether such records belong to a document."""
        return any(kind == self.name for kind, _ in DOCUMENT_SHELVES.values())

    @property
    def quotes(self) -> bool:
        """Whether such records quote a passage."""
        return self.in_document

    @property
    def has_text(self) -> bool:
        """Whether such records have prose."""
        return self._shelf[1] == ".md"

    @property
    def ending(self) -> str:
        """The ending of their files."""
        return self._shelf[1]

    def folder(self, document: str) -> str:
        """Return the folder in which such records lie."""
        if self.in_document:
            return f"{TOP}/{DOCUMENTS}/{document}/{self._shelf[0]}"
        return f"{TOP}/{self._shelf[0]}"

    def neighbours(self, document: str) -> tuple[str, ...]:
        """Return the folders whose records may not have the same id."""
        if self.in_document:
            return tuple(f"{TOP}/{DOCUMENTS}/{document}/{name}" for name in DOCUMENT_SHELVES)
        return (self.folder(document),)

    @property
    def _shelf(self) -> tuple[str, str]:
        shelves = {**SHELVES, **DOCUMENT_SHELVES}
        return next((name, end) for name, (kind, end) in shelves.items() if kind == self.name)


def _entry(register: str, article: str, says: str) -> Kind:
    is_event = register == "event"
    record = records.EVENT_RECORD if is_event else records.ENTRY_RECORD
    extras = ("display", "form") if register == "person" else ("form",)
    return Kind(register, article, record, ("display", "name"), says, extras)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "note",
            "a",
            records.NOTE,
            ("label",),
            "Write a note on a passage: who is meant, what had happened, what words refer to.",
            ("exact", "source"),
        ),
        Kind(
            "emendation",
            "an",
            records.EMENDATION,
            ("label",),
            "Correct the text, with reasons: the transcription stays as it is, and the page "
            "shows both.",
            ("exact", "source"),
        ),
        Kind(
            "variant",
            "a",
            records.VARIANT,
            ("label",),
            "Record what another witness has in the place of some words, and judge it.",
            ("exact",),
        ),
        Kind(
            "term",
            "a",
            records.TERM,
            ("term",),
            "Explain a word or an abbreviation in the glossary.",
            ("expansion",),
        ),
        _entry("person", "a", "Enter somebody in the register of persons."),
        _entry("place", "a", "Enter a place in the register of places."),
        _entry("organisation", "an", "Enter a body in the register of organisations."),
        _entry("event", "an", "Enter something that happened in the chronology."),
        _entry("thing", "a", "Enter a thing that the documents speak of."),
        Kind(
            "source",
            "a",
            SOURCE,
            ("title-short", "title"),
            "Describe a source, so that notes can cite it.",
            ("author", "issued", "URL"),
        ),
        Kind("essay", "an", records.ESSAY, ("title",), "Begin a piece of longer prose."),
        Kind(
            "contributor",
            "a",
            CONTRIBUTOR,
            ("name",),
            "Take in somebody who signs records.",
            ("orcid",),
        ),
    )
}
assert set(FOLDERS) < set(KINDS)


@dataclass(frozen=True)
class Question:
    """A question: under which name the answer goes, what it asks, what may be answered."""

    name: str
    says: str
    choices: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    may_be_empty: bool = False
    """Whether no words at all are an answer like others."""


LATER = frozenset({"status", "reviewer", "joins"})
"""Keys that are not asked for: editors write them into the record when its time comes."""

FEW, MANY = 9, "book, chapter, webpage and others, which the option --help lists"
"""How many choices are written out, and what stands for the many types of sources."""

ONE_OF_MANY = {"forms": "form", "sources": "source", "identifiers": "identifier"}
"""Lists, and what one item of each is called."""


def questions(kind: Kind) -> tuple[Question, ...]:
    """Return everything that may be answered for a kind of record."""
    return tuple(one for name, key in kind.record.keys.items() for one in _asked(name, key))


def _asked(name: str, key: Key) -> Iterator[Question]:
    inner = _inside(key)
    if name in LATER:
        return
    if name == "forms" and inner:
        yield Question("form", inner.keys["form"].says, many=True, required=key.required)
        yield Question("expansion", inner.keys["expansion"].says, many=True)
    elif name in ONE_OF_MANY:
        yield Question(ONE_OF_MANY[name], _SAID[name], many=True, required=key.required)
    elif name in NAMES and inner:
        yield Question(
            name, "a name, as Surname, Given name; or as it is, without a comma", (), True
        )
    elif inner:
        yield from (one for within, each in inner.keys.items() for one in _within(within, each))
    else:
        yield _one(name, key)


_SAID = {
    "author": "the id of who signs it, the name of a file in contributors/",
    "forms": "a form in the text that means it, exactly as it stands there",
    "sources": "a source by its id, and after a comma the place in it: letters-1905, p. 3",
    "identifiers": "an identifier elsewhere: viaf=123",
}


def _within(name: str, key: Key) -> Iterator[Question]:
    if name == "document":
        yield Question(WHOLE, "the note is about the document as a whole", ("true",))
    else:
        yield _one(name, key)


def _one(name: str, key: Key) -> Question:
    choices = key.shape.values if isinstance(key.shape, Choice) else ()
    # What may be written in the file in place of a name is no answer to a question.
    says = _SAID["author"] if isinstance(key.shape, Either) else key.says
    return Question(name, says, choices, False, key.required, _may_be_empty(key))


def _may_be_empty(key: Key) -> bool:
    return isinstance(key.shape, Text) and key.shape.blank


def _inside(key: Key) -> Record | None:
    """Return the table of a key's mapping, or of the items of its list."""
    shape = key.shape.item if isinstance(key.shape, ListOf) else key.shape
    return shape if isinstance(shape, Record) else None


def draft(kind: Kind, document: str, answers: Answers, name: str = "") -> Draft:
    """Make a record of the answers; what it needs and nobody answered stands in it as blank."""
    called = next((answers[key][0] for key in kind.called if key in answers), "")
    body = answers.get(TEXT, [""])[0] if kind.has_text else None
    fields = dict(_fields(kind.record, answers))
    return Draft(kind.name, kind.folder(document), kind.ending, fields, body, called, name)


def _fields(record: Record, answers: Answers) -> Iterator[tuple[str, Value]]:
    for name, key in record.keys.items():
        value = _VALUES.get(name, _plain)(name, key, answers)
        if value or (value == "" and _may_be_empty(key)):
            yield name, value
        elif key.required:
            yield name, _blank(key)


def _plain(name: str, key: Key, answers: Answers) -> Value | None:
    if name in NAMES and _inside(key):
        return [_person(one) for one in answers.get(name, ())]
    return answers[name][0] if name in answers else None


def _blank(key: Key) -> Blank:
    shape = key.shape
    says = key.says
    if isinstance(shape, Choice):
        says += f": {listed(shape.values) if len(shape.values) <= FEW else MANY}"
    return Blank(says, is_given=not _may_be_empty(key))


def _person(name: str) -> Value:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma else {"literal": name.strip()}


def _target(_: str, key: Key, answers: Answers) -> Value:
    elsewhere: dict[str, Value] = {"page": answers["page"][0]} if "page" in answers else {}
    if answers.get(WHOLE):
        elsewhere["document"] = "true"
    if not elsewhere:
        return _passage(key, answers, QUOTING)
    # Words in a page or document are no target; the reader says so better than silence would.
    return {**elsewhere, **{name: answers[name][0] for name in QUOTING if name in answers}}


def _changes(_: str, key: Key, answers: Answers) -> Value:
    return [_passage(key, answers, (*QUOTING, "reading"))]


QUOTING = ("block", "exact", "prefix", "suffix")


def _passage(key: Key, answers: Answers, names: Sequence[str]) -> dict[str, Value]:
    record = _inside(key)
    assert record is not None
    given: dict[str, Value] = {name: answers[name][0] for name in names if name in answers}
    if not given.keys() & set(QUOTING):
        given["exact"] = _blank(record.keys["exact"])
    for name in ("block", *(name for name in names if record.keys[name].required)):
        if name not in given:
            given[name] = _blank(record.keys[name])
    return {name: given[name] for name in names if name in given}


def _forms(_: str, key: Key, answers: Answers) -> Value:
    forms, expansions = answers.get("form", ()), answers.get("expansion", ())
    inner = _inside(key)
    if inner is None:
        return list(forms)
    if not forms:
        return [{"form": _blank(inner.keys["form"])}]
    padded = [*expansions, *[""] * len(forms)]
    return [
        {"form": form, **({"expansion": words} if words else {})}
        for form, words in zip(forms, padded, strict=False)
    ]


def _sources(_: str, __: Key, answers: Answers) -> Value:
    return [_source(one) for one in answers.get("source", ())]


def _source(given: str) -> Value:
    name, _, locator = (part.strip() for part in given.partition(","))
    return {"source": name, "locator": locator} if locator else name


def _identifiers(_: str, __: Key, answers: Answers) -> Value:
    pairs = (one.partition("=") for one in answers.get("identifier", ()))
    return {name.strip(): value.strip() for name, _, value in pairs}


_VALUES: Mapping[str, Callable[[str, Key, Answers], Value | None]] = {
    "target": _target,
    "changes": _changes,
    "forms": _forms,
    "sources": _sources,
    "identifiers": _identifiers,
}
