"""A file that is complete in itself: its author and its sources count as records of the edition."""

from __future__ import annotations

from build_tools.model.problem import Problem
from build_tools.model.records import Edition
from build_tools.read.edition import read_edition
from tests.read.memory import EDITION, MemoryTree

NEW = """\
---
target:
  block: "p1"
label: "Sir"
kind: "context"
standing: "fact"
author: {name: "A. Reader", orcid: "0000-0002-1825-0097"}
license: "CC-BY-4.0"
date: "2026-11-24"
sources:
  - "minutes"
  - locator: "p. 3"
    new:
      id: "ink"
      type: "book"
      title: "On Ink"
      title-short: "Ink"
      author:
        - {family: "Writer", given: "A."}
---
So it is [@ink].
"""


def read(**notes: str) -> tuple[Edition, tuple[Problem, ...]]:
    files = {f"documents/letter/notes/{name}.md": text for name, text in notes.items()}
    edition, problems = read_edition(MemoryTree({**EDITION, **files}))
    assert edition is not None
    return edition, problems


def test_what_a_file_brings_counts_as_a_record() -> None:
    edition, problems = read(new=NEW)
    assert problems == ()
    note = next(one for one in edition.documents["letter"].notes if one.id == "new")
    assert note.author == "a-reader"
    reader = edition.contributors["a-reader"]
    assert (reader.name, reader.kind, reader.orcid) == (
        "A. Reader",
        "person",
        "0000-0002-1825-0097",
    )
    assert [(one.source, one.locator) for one in note.sources] == [("minutes", ""), ("ink", "p. 3")]
    assert edition.sources["ink"].fields == {
        "type": "book",
        "title": "On Ink",
        "title-short": "Ink",
    }
    assert edition.sources["ink"].names["author"][0].family == "Writer"
    assert list(edition.sources) == sorted(edition.sources)


def test_one_person_signs_with_one_record() -> None:
    again = NEW.replace('id: "ink"', 'id: "more-ink"').replace("@ink", "@more-ink")
    other = again.replace("0097", "0000").replace("0002-1825-0000", "0001-5000-0007")
    by_name = again.replace(', orcid: "0000-0002-1825-0097"', "")
    edition, problems = read(a=NEW, b=NEW, c=other, d=by_name)
    assert problems == ()
    signed = {one.id: one.author for one in edition.documents["letter"].notes}
    assert signed["a"] == signed["b"] == signed["d"] == "a-reader"
    assert signed["c"] == "a-reader-2", "two people can have one name, and two ORCID iDs"
    known, _ = read(new=NEW.replace("A. Reader", "The Editors").replace(", orcid:", " , orcid:"))
    assert next(one for one in known.documents["letter"].notes if one.id == "new").author == (
        "editors"
    )


def test_two_sources_cannot_have_one_id() -> None:
    other = NEW.replace('title: "On Ink"', 'title: "Another"')
    _, problems = read(a=NEW, b=other, c=NEW.replace('id: "ink"', 'id: "minutes"'))
    assert [(one.code, one.place.file[-4:], one.place.line) for one in problems] == [
        ("id-duplicate", "b.md", 14),
        ("id-duplicate", "c.md", 14),
    ]


def test_an_item_names_a_source_or_describes_one() -> None:
    neither = NEW.replace('"minutes"', 'locator: "p. 1"')
    both = NEW.replace('"p. 3"\n', '"p. 3"\n    source: "minutes"\n')
    wrong = NEW.replace("0097", "0098").replace('name: "A. Reader"', 'nam: "A. Reader"')
    for text, codes in (
        (neither, ["key-missing"]),
        (both, ["value-invalid"]),
        (wrong, ["key-unknown", "value-invalid"]),
    ):
        _, problems = read(new=text)
        assert sorted(one.code for one in problems) == codes
        assert all(one.hint for one in problems)


def test_a_source_without_an_id_is_called_by_its_short_title() -> None:
    edition, problems = read(new=NEW.replace('      id: "ink"\n', "").replace("[@ink]", "here"))
    assert problems == ()
    assert "ink" in edition.sources
