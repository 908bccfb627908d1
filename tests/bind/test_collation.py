"""Collation: the variants of a witness given by its text are those an editor would record."""

from __future__ import annotations

import pytest

from build_tools.bind import bind_edition
from build_tools.bind.collation import differences, variant_class
from build_tools.model.bound import BoundVariant
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from tests.weave.test_weave import SIGNED, Edition
from tests.weave.test_weave import edition as edition

WITNESS = '  - siglum: "B"\n    title: "A copy"\n'


def found(ours: str, theirs: str) -> list[tuple[str, str]]:
    return [(ours[start:end], reading) for start, end, reading in differences(ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs", "variants"),
    [
        ("reached and U Thant", "reached that U Thant", [("and", "that")]),
        ("US and LA public.", "US and LA publics.", [("public.", "publics.")]),
        ("satisfy U. S. and", "satisfy U.S. and", [("U. S.", "U.S.")]),
        ("no RPT no discussion", "no discussion", [("no RPT", "")]),
        ("the end", "the very end", [("", "very")]),
        ("the same", "the same", []),
        ("\u53e4\u5df4\u5c9b", "\u53e4\u5df4\u56fd", [("\u5c9b", "\u56fd")]),
    ],
)
def test_differences_are_told_in_whole_words(
    ours: str, theirs: str, variants: list[tuple[str, str]]
) -> None:
    assert found(ours, theirs) == variants


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("U. S.", "U.S.", "accidental"),
        ("today).", "today.)", "accidental"),
        ("BALL", "Ball", "accidental"),
        ("and", "that", "substantive"),
        ("public", "publics", "substantive"),
        ("RPT", "", "substantive"),
    ],
)
def test_case_punctuation_and_spacing_are_accidental(ours: str, theirs: str, kind: str) -> None:
    assert variant_class(ours, theirs) == kind


def apparatus(variants: tuple[BoundVariant, ...]) -> set[tuple[str, int, int, str, str, str]]:
    return {
        (
            v.anchor.block,
            v.anchor.start,
            v.anchor.end,
            v.variant.witness,
            v.variant.reading,
            v.variant.variant_class,
        )
        for v in variants
    }


def with_witness(edition: Edition, more: str = "") -> None:
    description = edition.root / "edition/documents/d/document.yml"
    text = description.read_text()
    if "A copy" in text:
        text = text.replace(WITNESS + text.split(WITNESS)[1].split("basis:")[0], "")
    description.write_text(text.replace("basis:", WITNESS + more + "basis:", 1))


def test_both_roads_give_one_apparatus(edition: Edition) -> None:
    edition.text("The {del: very} last public. US and others here, with U. S. aid")
    with_witness(edition, '    file: "witness/B.txt"\n')
    edition.write(
        "documents/d/witness/B.txt", "@p p1\nThe last publics. US and here, with US aid indeed\n"
    )
    computed = edition.bound().documents["d"].variants
    assert [(v.variant.reading, v.variant.is_computed) for v in computed] == [
        ("publics.", True),
        ("", True),
        ("US", True),
        ("indeed", True),
    ]
    base = edition.bound().documents["d"].blocks["p1"].block.base
    for number, one in enumerate(computed):
        start, end = one.anchor.start, one.anchor.end
        words, before = base[start:end], base[:start].split(" ")
        context = f'prefix: "{" ".join(before[-2:]).strip()}"' if start else ""
        exact = f'exact: "{words}"' if words else ""
        target = ", ".join(part for part in ('block: "p1"', exact, context) if part)
        edition.write(
            f"documents/d/variants/v{number}.md",
            f'---\ntarget: {{{target}}}\nwitness: "B"\nreading: "{one.variant.reading}"\n'
            f'class: "{one.variant.variant_class}"\nlabel: "v"\n{SIGNED}---\nJudged.\n',
        )
    judged = edition.bound().documents["d"].variants
    assert apparatus(judged) == apparatus(computed)
    assert not any(v.variant.is_computed for v in judged), "a record judges what was computed"
    with_witness(edition)
    (edition.root / "edition/documents/d/witness/B.txt").unlink()
    assert apparatus(edition.bound().documents["d"].variants) == apparatus(computed)


def variant(edition: Edition, exact: str, reading: str) -> None:
    edition.write(
        "documents/d/variants/v.md",
        f'---\ntarget: {{block: "p1", exact: "{exact}"}}\nwitness: "B"\nreading: "{reading}"\n'
        f'class: "substantive"\nlabel: "v"\n{SIGNED}---\nJudged.\n',
    )


def semper(edition: Edition, theirs: str = "The room is sempre open and not shut") -> None:
    edition.text("The room is semper open and {del: quite} shut")
    with_witness(edition, '    file: "witness/B.txt"\n')
    edition.write("documents/d/witness/B.txt", f"@p p1\n{theirs}\n")


@pytest.mark.parametrize(
    ("exact", "reading", "left"),
    [
        ("semper", "sempre", ["not"]),
        ("is semper open", "is sempre open", ["not"]),
        ("semper open and quite shut", "sempre open and not shut", []),
        ("and quite shut", "and not shut", ["sempre"]),
    ],
)
def test_a_record_may_quote_more_words_than_differ(
    edition: Edition, exact: str, reading: str, left: list[str]
) -> None:
    semper(edition)
    variant(edition, exact, reading)
    found = edition.bound().documents["d"].variants
    assert [v.variant.reading for v in found if v.variant.is_computed] == left
    assert [v.variant.reading for v in found if not v.variant.is_computed] == [reading]


@pytest.mark.parametrize(
    ("exact", "reading"),
    [
        ("is semper open", "was sempre open"),
        ("semper open and quite shut", "sempre open and shut"),
        ("room is", "room was"),
        ("semper", "semper"),
        ("room is", "room is"),
    ],
)
def test_a_record_that_says_something_else_is_told(
    edition: Edition, exact: str, reading: str
) -> None:
    semper(edition)
    variant(edition, exact, reading)
    read, _ = read_edition(FolderTree(edition.root))
    assert read is not None
    _, problems = bind_edition(read)
    assert [problem.code for problem in problems] == ["variant-differs"]
