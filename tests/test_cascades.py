"""One mistake is told once: what only follows from it waits, and what is wrong besides does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.model.cascades import WAITS
from build_tools.model.codes import CODES
from tests.copies import sound_copy

LETTER = "edition/documents/letter"
DESCRIPTION = f"{LETTER}/document.yml"
TRANSCRIPTION = f"{LETTER}/transcription.txt"

Edits = tuple[tuple[str, str, str], ...]

ALONE: dict[str, tuple[tuple[str, ...], Edits]] = {
    "a mark that is not closed": (
        ("mark-unclosed",),
        ((TRANSCRIPTION, "{underline: no} ink", "{underline: no ink"),),
    ),
    "a licence as it calls itself": (
        ("value-invalid",),
        ((f"{LETTER}/notes/divided.md", '"CC-BY-4.0"', '"CC BY 4.0"'),),
    ),
    "a mark misspelt": (("mark-unknown",), ((TRANSCRIPTION, "{del: quickly}", "{dell: quickly}"),)),
    "a colon forgotten": (("markup-invalid",), ((TRANSCRIPTION, "{del: quickly", "{del quickly"),)),
    "a block that is named like another": (
        ("id-duplicate",),
        ((TRANSCRIPTION, "@p p5", "@p p4"),),
    ),
    "a kind of block misspelt": (
        ("kind-unknown",),
        ((TRANSCRIPTION, "@postscript postscript", "@prostscript postscript"),),
    ),
    "a paragraph that goes on under another name": (
        ("block-unknown",),
        ((TRANSCRIPTION, "@more p3 divided", "@more p33 divided"),),
    ),
    "a page number with a space": (
        ("markup-invalid",),
        ((TRANSCRIPTION, "@page 2", "@page 2 verso"),),
    ),
    "a page without number": (("id-invalid",), ((TRANSCRIPTION, "@page 2", "@page"),)),
    "pages misspelt": (("key-unknown",), ((DESCRIPTION, "\npages:", "\npagess:"),)),
    "pages missing": (
        ("key-missing",),
        ((DESCRIPTION, 'pages:\n  - n: "1"\n  - n: "2"\n', ""),),
    ),
    "witnesses misspelt": (("key-unknown",), ((DESCRIPTION, "\nwitnesses:", "\nwitneses:"),)),
    "hands misspelt": (("key-unknown",), ((DESCRIPTION, "\nhands:", "\nhand:"),)),
    "notation misspelt": (("key-unknown",), ((DESCRIPTION, "\nnotation:", "\nnotations:"),)),
    "basis misspelt": (("key-unknown",), ((DESCRIPTION, "\nbasis:", "\nbassis:"),)),
    "basis missing": (("key-missing",), ((DESCRIPTION, 'basis: "A"\n', ""),)),
    "a basis that is no witness": (
        ("witness-unknown",),
        ((DESCRIPTION, 'basis: "A"', 'basis: "Z"'),),
    ),
    "apply with another word": (("value-invalid",), ((DESCRIPTION, 'y: "high"', 'y: "all"'),)),
    "a description that cannot be read": (
        ("yaml-invalid",),
        ((DESCRIPTION, 'title: "Letter 7"', "title: Letter: 7"),),
    ),
    "the certainty of an emendation missing": (
        ("key-missing",),
        ((f"{LETTER}/emendations/the.md", 'certainty: "high"\n', ""),),
    ),
    "the certainty of an emendation misspelt": (
        ("value-invalid",),
        ((f"{LETTER}/emendations/the.md", '"high"', '"hihg"'),),
    ),
    "the reading of an emendation misspelt": (
        ("key-unknown",),
        ((f"{LETTER}/emendations/the.md", "reading:", "readin:"),),
    ),
    "the passage of an emendation misspelt": (
        ("anchor-not-found",),
        ((f"{LETTER}/emendations/the.md", '"teh"', '"tehh"'),),
    ),
    "the block of an emendation misspelt": (
        ("block-unknown",),
        ((f"{LETTER}/emendations/the.md", '"p4"', '"p44"'),),
    ),
    "an emendation with a space too many": (
        ("emendation-spacing",),
        ((f"{LETTER}/emendations/the.md", '"the"', '"the "'),),
    ),
    "two emendations of the same words": (
        ("emendation-overlap",),
        ((f"{LETTER}/emendations/tea.md", 'certainty: "low"', 'certainty: "high"'),),
    ),
    "the forms of a term misspelt": (
        ("key-unknown",),
        (("edition/glossary/ott.md", "forms:", "form:"),),
    ),
    "the forms of a term missing": (
        ("key-missing",),
        (("edition/glossary/number.md", 'forms:\n  - form: "No."\n    expansion: "Number"\n', ""),),
    ),
    "the block of a note misspelt": (
        ("key-unknown",),
        ((f"{LETTER}/notes/margin.md", "block:", "bloc:"),),
    ),
    "the words of a note misspelt": (
        ("key-unknown",),
        ((f"{LETTER}/notes/divided.md", "exact:", "exakt:"),),
    ),
    "the standing of a note missing": (
        ("key-missing",),
        ((f"{LETTER}/notes/order.md", 'standing: "inference"\n', ""),),
    ),
    "the sources of a note misspelt": (
        ("key-unknown",),
        ((f"{LETTER}/notes/typed-by.md", "sources:", "sorces:"),),
    ),
    "the head of a note that cannot be read": (
        ("yaml-invalid",),
        ((f"{LETTER}/notes/typed-by.md", 'label: "Typed by"', "label: Typed: by"),),
    ),
    "a reviewer whom nobody knows": (
        ("author-unknown",),
        ((f"{LETTER}/notes/reader.md", 'reviewer: "editors"', 'reviewer: "editor"'),),
    ),
    "a source misspelt that nothing else cites": (
        ("source-unknown",),
        (
            ("edition/documents/bilingual/document.yml", '"copy-c"', '"copy-d"'),
            ("edition/documents/bilingual/variants/last.md", "[@copy-c]", "[@manual]"),
        ),
    ),
    "a witness with a mark that is not closed": (
        ("mark-unclosed",),
        ((f"{LETTER}/witness/B.txt", "mistake", "{del: mistake"),),
    ),
    "supplied words that are not closed before others": (
        ("mark-misplaced",),
        ((f"{LETTER}/expanded.txt", "[I have]", "[I have"),),
    ),
    "supplied words that are not closed": (
        ("mark-unclosed",),
        ((f"{LETTER}/expanded.txt", "[only]", "[only"),),
    ),
}

BESIDE: dict[str, tuple[tuple[str, ...], Edits]] = {
    "in another document": (
        ("anchor-not-found", "mark-unknown"),
        (
            (TRANSCRIPTION, "{del: quickly}", "{dell: quickly}"),
            ("edition/documents/bilingual/emendations/umlaut.md", '"löscht"', '"lischt"'),
        ),
    ),
    "in the same file": (
        ("mark-unknown", "mark-unknown"),
        (
            (TRANSCRIPTION, "{del: quickly}", "{dell: quickly}"),
            (TRANSCRIPTION, "{underline: no}", "{underlined: no}"),
        ),
    ),
    "in a note of the same document": (
        ("author-unknown", "html-refused", "mark-unknown"),
        (
            (TRANSCRIPTION, "{del: quickly}", "{dell: quickly}"),
            (f"{LETTER}/notes/order.md", '"editors"', '"nobody"'),
            (f"{LETTER}/notes/order.md", "an emendation", "an<br>emendation"),
        ),
    ),
    "the passage of a note whose text has a tag": (
        ("anchor-not-found", "html-refused"),
        (
            (f"{LETTER}/notes/divided.md", "middle", "muddle"),
            (f"{LETTER}/notes/divided.md", "page break", "page<br>break"),
        ),
    ),
    "a passage, where a value of the description is wrong": (
        ("anchor-not-found", "value-invalid"),
        (
            (f"{LETTER}/notes/divided.md", "middle", "muddle"),
            (DESCRIPTION, 'date: "2026-11-24"\ndateline', 'date: "24 Nov"\ndateline'),
        ),
    ),
    "supplied words of another block than that of an overlap": (
        ("emendation-overlap", "expansion-differs"),
        (
            (f"{LETTER}/emendations/tea.md", 'certainty: "low"', 'certainty: "high"'),
            (f"{LETTER}/expanded.txt", "Monday", "Tuesday"),
        ),
    ),
    "the witness, where an image is missing": (
        ("image-missing", "witness-differs"),
        (
            (TRANSCRIPTION, "repents at leisure.", "repents at leisure!"),
            (DESCRIPTION, '  - n: "2"\n', '  - n: "2"\n    image: "facsimiles/2.png"\n'),
        ),
    ),
    "an abbreviation, where the text of a term has a tag": (
        ("abbreviation-unresolved", "html-refused"),
        (
            ("edition/glossary/ott.md", "The office", "The<br>office"),
            (DESCRIPTION, '    "FOR": "A whole word in capitals."\n', ""),
        ),
    ),
    "a witness given by its text, where a note is wrong": (
        ("anchor-not-found", "variant-differs"),
        (
            (f"{LETTER}/variants/b-slip.md", '"mistake"', '"mistakes"'),
            (f"{LETTER}/notes/divided.md", "middle", "muddle"),
        ),
    ),
}


def codes(root: Path, edits: Edits) -> tuple[str, ...]:
    sound_copy(root)
    for path, old, new in edits:
        text = (root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {path}"
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    return tuple(sorted(problem.code for problem in pipeline.check(root).problems))


@pytest.mark.parametrize("name", ALONE)
def test_one_mistake_is_told_once(name: str, tmp_path: Path) -> None:
    expected, edits = ALONE[name]
    assert codes(tmp_path / "edition", edits) == expected


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_wrong_besides_is_told_in_the_same_run(name: str, tmp_path: Path) -> None:
    expected, edits = BESIDE[name]
    assert codes(tmp_path / "edition", edits) == expected


def test_what_waits_is_told_once_the_other_is_mended(tmp_path: Path) -> None:
    torn = (TRANSCRIPTION, "{del: quickly}", "{dell: quickly}")
    false = (f"{LETTER}/notes/divided.md", "middle", "muddle")
    assert codes(tmp_path / "both", (torn, false)) == ("mark-unknown",)
    assert codes(tmp_path / "one", (false,)) == ("anchor-not-found",)


def test_only_known_codes_wait() -> None:
    for wait in WAITS:
        assert wait.codes | wait.after <= set(CODES)


def test_a_folder_that_is_a_link_is_told_first(tmp_path: Path) -> None:
    """What is not read is missed elsewhere; the reason comes before what comes of it."""
    root = sound_copy(tmp_path / "edition")
    persons = root / "edition/registers/persons"
    persons.rename(tmp_path / "persons")
    persons.symlink_to(tmp_path / "persons")
    codes = [one.code for one in pipeline.check(root).problems]
    assert len(codes) > 1
    assert codes[0] == "path-refused"
    assert "path-refused" not in codes[1:]


def test_what_was_signed_is_told_after_what_is_wrong_in_it(tmp_path: Path) -> None:
    root = sound_copy(tmp_path)
    file = root / TRANSCRIPTION
    file.write_text(file.read_text().replace("slow{wordbreak", "sloow{wordbreak"))
    codes = [one.code for one in pipeline.check(root).problems]
    assert "witness-differs" in codes
    assert codes.index("proof-stale") > codes.index("witness-differs")
