from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from build_tools.model.anchors import Quotation
from build_tools.model.dates import parse_date
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Cited, Form, PersonName, Target
from build_tools.read.descriptions import read_contributor, read_description, read_source
from build_tools.read.document import read_document
from build_tools.read.records import (
    read_emendation,
    read_entry,
    read_essay,
    read_note,
    read_term,
    read_variant,
)
from tests.read.triples import Triple, shown, triples

Reader = Callable[[str, str], tuple[Any, Sequence[Problem]]]

READERS: dict[str, Reader] = {
    "note": read_note,
    "emendation": read_emendation,
    "variant": read_variant,
    "term": read_term,
    "person": lambda text, file: read_entry(text, file, "person"),
    "event": lambda text, file: read_entry(text, file, "event"),
    "essay": read_essay,
    "contributor": read_contributor,
    "source": read_source,
    "edition": read_description,
    "document": read_document,
}
TRIPLES = {triple.title: triple for triple in triples("records.md")}


def read(title: str) -> Any:  # noqa: ANN401 -- a record of any kind
    record, _ = READERS[title.split(",")[0]](TRIPLES[title].given, "edition/an-id.md")
    return record


@pytest.mark.parametrize("triple", TRIPLES.values(), ids=str)
def test_problems(triple: Triple) -> None:
    reader = READERS[triple.title.split(",")[0]]
    _, problems = reader(triple.given, "an-id.md")
    assert shown(sorted(problems, key=lambda problem: problem.place)) == triple.expected
    assert all(problem.message and problem.hint for problem in problems)


def test_every_kind_has_a_sound_fixture_or_is_in_the_edition_of_the_next_test() -> None:
    assert {title.split(",")[0] for title in TRIPLES} == set(READERS)


def test_a_note() -> None:
    note = read("note, sound")
    assert note.id == "an-id"
    assert note.targets == (
        Target(block="p2", quotation=Quotation("four days have now passed", "Although")),
    )
    assert note.targets[0].place == Place("edition/an-id.md", 3, 10, 4)
    assert note.targets[0].quotation_place == Place("edition/an-id.md", 4, 10, 27)
    assert (note.label, note.kind, note.standing) == ("Four days", "context", "fact")
    assert (note.author, note.license, note.date) == ("editors", "CC-BY-4.0", "2026-11-24")
    assert note.sources == (
        Cited("frus-6", "", Place("")),
        Cited("frus-11", "document 132", Place("")),
    )
    assert (note.status, note.reviewer) == ("reviewed", "editors")
    assert [citation.source for citation in note.body.citations()] == ["frus-6"]
    assert note.body.citations()[0].place == Place("edition/an-id.md", 19, 31, 9)


def test_targets_of_a_note() -> None:
    targets = read("note, with several targets").targets
    assert targets == (
        Target(block="p2", quotation=Quotation(None, "one", "two")),
        Target(page="2"),
        Target(document=True),
        Target(block="p3"),
    )
    assert targets[0].quotation_place.column == 25


def test_what_is_wrong_is_left_out_and_the_rest_is_read() -> None:
    note = read("note, with values that are wrong")
    assert (note.kind, note.standing, note.label) == ("context", "fact", "")
    targets = read("note, with targets that are wrong").targets
    assert targets == (
        Target(block="p2", quotation=Quotation("four")),
        Target(document=True),
    )
    unread = read("note, with a head that cannot be read")
    assert unread.kind == "context"
    assert unread.targets == ()
    assert unread.body.blocks


def test_an_emendation() -> None:
    emendation = read("emendation, sound")
    first, second = emendation.changes
    assert (first.target.quotation, first.reading) == (Quotation("QUOTE"), "")
    assert (second.target.quotation, second.reading) == (
        Quotation(None, "covering", "all"),
        "QUOTE",
    )
    assert second.place.line == 9
    assert (emendation.certainty, emendation.evidence, emendation.fault) == (
        "high",
        "internal",
        "transcript",
    )
    changes = read("emendation, with changes that are wrong").changes
    assert [change.target.quotation.exact for change in changes] == ["HALL"]


def test_a_variant() -> None:
    variant = read("variant, sound")
    assert variant.target == Target(block="p1", quotation=Quotation("U. S."))
    assert (variant.witness, variant.reading) == ("F", "United States")
    assert variant.variant_class == "accidental"
    assert read("variant, without a passage") is None


def test_a_term() -> None:
    term = read("term, sound")
    assert term.forms == (
        Form("Sovs", "Soviets", "", Place("")),
        Form("Soviet", "", "", Place("")),
        Form("QUOTE", "“", "next", Place("")),
    )
    assert (term.link, term.refers) == (False, "organisation:soviet-government")
    assert term.refers_place.line == 8


def test_an_entry() -> None:
    person = read("person, without a text")
    assert person.ref == "person:an-id"
    assert (person.name, person.display) == ("Mikoyan, Anastas I.", "Anastas I. Mikoyan")
    assert person.date == parse_date("1895~/1978")
    assert person.identifiers == {"viaf": "42628226"}
    other = read("person, with values that are wrong")
    assert other.display == other.name


def test_a_source() -> None:
    source = read("source, sound")
    assert source.fields == {
        "type": "chapter",
        "title": "Telegram",
        "title-short": "FRUS XI 132",
        "issued": "1996",
        "URL": "https://example.org/d132",
    }
    assert source.names == {
        "editor": (
            PersonName("Keefer", "Edward C.", ""),
            PersonName("", "", "Office of the Historian"),
        )
    }


def test_a_document() -> None:
    document = read("document, sound")
    assert document.date == parse_date("1962-11-01")
    told, seen = document.head
    assert told.cited == Cited("frus", "d132", Place(""))
    assert (told.certainty, told.block) == ("high", "")
    assert (seen.cited, seen.block) == (None, "head")
    first, second = document.witnesses
    assert (first.siglum, first.file, first.covers) == ("T", "witness/T.txt", None)
    assert second.covers == (
        Target(block="p1"),
        Target(block="p6", quotation=Quotation("with")),
    )
    assert [(override.target.block, override.ref) for override in document.mentions] == [
        ("p1", "person:thant"),
        ("p1", "none"),
    ]
    assert document.retired == {"p0": "p1"}
    assert document.proof[0].state == "second"
    assert [form.form for form in document.declared] == ["reps"]
    assert [(form.form, form.reason) for form in document.ignored] == [("DS", "a number")]
    assert document.ignored[0].place.line == 31
    assert document.notation == {}


def test_messages_say_what_is_found_and_what_is_allowed() -> None:
    _, problems = read_note(TRIPLES["note, with values that are wrong"].given, "an-id.md")
    said = {problem.place.line: f"{problem.message} {problem.hint}" for problem in problems}
    assert '"contexts" is not a value of "kind" did you mean "context"?' in said[4]
    assert "identification" in said[4]
    assert '"author" is a list, and should be a text name a file' in said[6]
    assert "1962-11-01" in said[8]
    assert "hyphen" in said[9]
    assert 'did you mean "label"?' in said[10]
