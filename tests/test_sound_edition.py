"""The sound edition: without a problem, built, proved, and its pages as they were last approved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from build_tools import pipeline
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.kinds import BLOCKS, MARKS
from build_tools.model.records import NOTE_KINDS, REGISTERS, STANDINGS
from build_tools.model.transcription import Fragment, Inline, Mark
from build_tools.read.tree import FolderTree
from tests.copies import SOUND, run, sound_copy, tree

GOLDEN = Path(__file__).parent / "golden"
PROJECT = Path(__file__).resolve().parents[1]
BILINGUAL = Path("edition", "documents", "bilingual")

C_GIVEN_BY_ITS_TEXT = """\
@p english
The door of the test room is never shut. Whoever
tests puts out the light.

@p german lang=de
Die Tür des Pruefraums ist semper offen. Wer zuletzt
prüft, löscht das Licht.
"""

PLACES = {
    "words that every view shows": ("letter", "p3.2", "printers did it.", "printers did if."),
    "words that are transcribed only": ("letter", "p4", ">teh</span>", ">tah</span>"),
    "a deletion": ("letter", "p1", ">quickly</del>", ">quickIy</del>"),
    "the sign of an insertion": ("letter", "p2.2", ">^</span>", ">v</span>"),
    "words that are read only": ("letter", "p4", ">the</span>", ">tho</span>"),
    "an expansion": ("letter", "p1", "<i>exts</i>", "<i>oxts</i>"),
    "supplied words": ("letter", "p2", ">[I have] </span>", ">[I hate] </span>"),
    "a block in the margin": ("letter", "margin-1", "Not so: there", "Not so: where"),
    "a line above the text": ("letter", "class-1", "OPEN TO ALL", "OPEN TO AIL"),
    "a block that is hidden in reading": ("letter", "notice", "TO BE SENT", "TO BE BENT"),
    "a cell of the form": (
        "letter",
        "received-on",
        "25 November 2026",
        "26 November 2026",
    ),
    "a letter beyond the first plane": ("names", "astral", "𠀀", "𠀁"),
    "a point under a Hebrew letter": ("names", "hebrew", "חַנָּה", "חָנָּה"),
    "a space that does not break": (
        "names",
        "spaces",
        "&nbsp;Anna, Anna</span>",
        " Anna, Anna</span>",
    ),
    "a sign of Markdown": ("names", "markdown", "==Anna==", "Anna"),
    "the words of an image": ("bilingual", "german", " das Licht.", " des Licht."),
}
"""Kinds of places of a page: document, fragment of a block, what stands and what is put there."""


@pytest.fixture(scope="module")
def bound() -> BoundEdition:
    found, problems = pipeline.bind_tree(FolderTree(SOUND))
    assert problems == ()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = sound_copy(tmp_path_factory.mktemp("sound") / "edition")
    assert run(root, "build") == 0
    return root


def test_it_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SOUND, "check") == 0
    assert capsys.readouterr() == ("No problems found.\n", "")


def test_it_has_every_kind_of_block_and_every_mark(bound: BoundEdition) -> None:
    transcriptions = [one.document.transcription for one in bound.documents.values()]
    parts = [part for one in transcriptions for part in one.parts if isinstance(part, Fragment)]
    assert {part.kind for part in parts} - {"more"} == set(BLOCKS)
    assert {name for part in parts for name in marks(part.content)} == set(MARKS)


def marks(content: tuple[Inline, ...]) -> Iterator[str]:
    for node in content:
        if isinstance(node, Mark):
            yield node.name
            yield from marks(node.content)


def test_it_has_notes_of_every_kind_and_standing_and_every_register(bound: BoundEdition) -> None:
    notes = [one.note for document in bound.documents.values() for one in document.notes]
    assert {note.kind for note in notes} == set(NOTE_KINDS)
    assert {note.standing for note in notes} == set(STANDINGS)
    assert {entry.register for entry in bound.edition.entries.values()} == set(REGISTERS)


def test_its_publisher_is_set_up_like_that_of_the_project() -> None:
    """Whoever begins an edition copies the one or the other: what the tool needs is the same."""
    own, theirs = (
        yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
        for folder in (PROJECT, SOUND)
    )
    for key in own.keys() - {"site_name", "site_description", "nav"}:
        assert theirs[key] == own[key], key


def test_what_runs_from_right_to_left_says_so(tmp_path: Path) -> None:
    page = pages_of(tmp_path)["names/index.md"].decode()
    for block in ("hebrew", "arabic"):
        assert re.search(rf'<p [^>]*id="{block}"[^>]* dir="rtl"', page)
    assert re.search(r'lang="he" dir="rtl"', page), "a passage in a line from left to right"
    assert page.count('dir="') == 3


def test_a_page_break_is_told_apart_from_an_interruption(tmp_path: Path) -> None:
    page = pages_of(tmp_path)["letter/index.md"].decode()
    assert 'class="ed-block ed-p ed-cont" id="p2.2"' in page
    assert 'class="ed-block ed-p ed-cont ed-over ed-divided" id="p3.2"' in page


def test_only_what_is_conjectural_is_called_so(tmp_path: Path) -> None:
    pages = pages_of(tmp_path)
    for document, lines in (("letter", False), ("names", True)):
        assert ("line breaks" in pages[f"{document}/index.md"].decode()) == lines
        assert ("Line breaks" in pages[f"{document}/page-1.svg"].decode()) == lines


def test_a_reviewer_is_named(tmp_path: Path) -> None:
    page = pages_of(tmp_path)["letter/index.md"].decode()
    assert "reviewed by [The editors of the test texts](../contributors.md#editors)" in page


def test_a_name_under_a_note_leads_to_all_that_its_bearer_has_contributed(tmp_path: Path) -> None:
    pages = pages_of(tmp_path)
    section = pages["contributors.md"].decode().partition("{: #tester }")[2]
    signed = {
        file.stem
        for file in (SOUND / "edition" / "documents").rglob("*.md")
        if 'author: "tester"' in file.read_text(encoding="utf-8")
    }
    assert len(signed) > 3
    assert signed == set(re.findall(r"index\.md#[ft]n:([\w-]+)\)(?!, as reviewer)", section))
    assert "as reviewer" in pages["contributors.md"].decode()


def pages_of(folder: Path) -> dict[str, bytes]:
    root = sound_copy(folder / "edition")
    assert run(root, "pages") == 0
    return tree(root / "docs" / "edition")


def golden_pages() -> dict[str, bytes]:
    """Return the approved pages; what `edition diff` says of them lies beside, in a folder."""
    found = tree(GOLDEN, without=("review/",))
    return {name: page for name, page in found.items() if not name.endswith("/")}


def test_its_pages_are_those_that_were_approved(tmp_path: Path, update_golden: bool) -> None:
    made = {name: page for name, page in pages_of(tmp_path).items() if name[-3:] == ".md"}
    if update_golden:
        for name in golden_pages():
            (GOLDEN / name).unlink()
        for name, page in made.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(page)
    golden = golden_pages()
    assert made.keys() == golden.keys()
    for name, page in made.items():
        assert page.decode() == golden[name].decode(), f"{name} differs; see tests/README.md"


def test_building_again_writes_nothing_new(built: Path) -> None:
    pages = [path for path in (built / "docs" / "edition").rglob("[!.]*") if path.is_file()]
    dates = [path.stat().st_mtime_ns for path in pages]
    site = tree(built / "site")
    said: list[str] = []
    assert pipeline.build(built, said.append).is_sound
    assert said[0] == f"0 of {len(pages)} pages written"
    assert [path.stat().st_mtime_ns for path in pages] == dates
    assert tree(built / "site") == site


def test_its_site_is_proved(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(built, "verify") == 0
    assert capsys.readouterr() == ("Every text in site/ is the text of its source.\n", "")


@pytest.mark.parametrize("place", PLACES)
def test_one_letter_changed_in_the_finished_site_is_found(
    place: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document, fragment, old, new = PLACES[place]
    page = built / "site" / "edition" / document / "index.html"
    sound = page.read_text(encoding="utf-8")
    named, end = ("data-copy", "</td>") if "form" in place else (" id", "</p>")
    start = sound.index(f'{named}="{fragment}"')
    words = sound[start : sound.index(end, start)]
    assert words.count(old) == 1
    page.write_text(sound.replace(words, words.replace(old, new)), encoding="utf-8")
    capsys.readouterr()
    try:
        assert run(built, "verify") == 1
    finally:
        page.write_text(sound, encoding="utf-8")
    said = capsys.readouterr().err
    assert f"error[text-differs]: block {fragment.split('.')[0]} of {document}, " in said
    assert f"--> site/edition/{document}/index.html:" in said


def test_variants_on_record_and_computed_ones_make_the_same_apparatus(
    bound: BoundEdition, tmp_path: Path
) -> None:
    root = sound_copy(tmp_path / "edition")
    recorded = apparatus(bound.documents["bilingual"])
    (root / BILINGUAL / "witness").mkdir()
    (root / BILINGUAL / "witness" / "C.txt").write_text(C_GIVEN_BY_ITS_TEXT, encoding="utf-8")
    description = root / BILINGUAL / "document.yml"
    words = description.read_text(encoding="utf-8")
    source = '    source: "copy-c"\n'
    assert source in words
    description.write_text(words.replace(source, f'{source}    file: "witness/C.txt"\n'))
    shutil.rmtree(root / BILINGUAL / "variants")
    computed, problems = pipeline.bind_tree(FolderTree(root))
    assert problems == ()
    assert computed is not None
    assert apparatus(computed.documents["bilingual"]) == recorded


def apparatus(document: BoundDocument) -> set[tuple[str, int, int, str]]:
    """Return the variants; whether one touches the meaning is the editor's to judge."""
    return {
        (one.anchor.block, one.anchor.start, one.anchor.end, one.variant.reading)
        for one in document.variants
    }
