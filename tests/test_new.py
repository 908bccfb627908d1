"""`edition new`: a record that passes `edition check`, or what is still to fill in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.questions import KINDS, draft, questions
from build_tools.read.yaml_nodes import read_yaml, split_front_matter
from tests.copies import run, sound_copy, tree

LETTER = "edition/documents/letter"
SIGNED = ("--author", "editors", "--date", "2026-11-24")
SAID = ("--text", "Said for the tests [@chapter, p. 3].")
PASSAGE = ("--document", "letter", "--block", "p1", "--exact", "that you find")

SOUND: dict[str, tuple[str, ...]] = {
    "note": (
        *PASSAGE,
        "--label",
        "Find",
        "--kind",
        "context",
        "--standing",
        "fact",
        *SIGNED,
        *SAID,
    ),
    "emendation": (
        *PASSAGE,
        *("--reading", "that you found", "--label", "Found", "--certainty", "low"),
        *("--evidence", "conjecture", "--fault", "drafting", *SIGNED, *SAID),
    ),
    "variant": (
        *("--document", "bilingual", "--block", "english", "--exact", "Whoever"),
        *("--witness", "C", "--reading", "He who", "--class", "substantive", "--label", "Whoever"),
        *(*SIGNED, *SAID),
    ),
    "term": ("--term", "find", "--form", "find", "--form", "finds", *SAID),
    "person": (
        *(
            "--name",
            "Tester, Unheard-of",
            "--display",
            "An Unheard-of Tester",
            "--dates",
            "1900/1980",
        ),
        *(
            "--form",
            "old printers",
            "--identifier",
            "viaf=123",
            "--identifier",
            "wikidata=Q1",
            "--source",
            "chapter, p. 3",
        ),
        *SAID,
    ),
    "place": ("--name", "The test room", "--form", "test room", *SAID),
    "organisation": ("--name", "Another hand", "--form", "another hand", *SAID),
    "event": (
        "--name",
        "Second test",
        "--form",
        "yesterday",
        "--date",
        "2026-11-25",
        "--time",
        "10:00",
        *SAID,
    ),
    "thing": ("--name", "Paper", "--form", "sheets of paper", *SAID),
    "essay": ("--title", "A third", *SIGNED, *SAID),
    "contributor": (
        "--name",
        "A Third Reader",
        "--kind",
        "person",
        "--orcid",
        "0000-0002-1825-0097",
    ),
}
"""A whole record of every kind that stands by itself; a source waits until something cites it."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sound_copy(tmp_path / "letters")


def written(out: str) -> str:
    return out.split("Written: ", 1)[1].split("\n", 1)[0]


def test_every_kind_has_its_command() -> None:
    assert set(SOUND) | {"source"} == set(KINDS)


@pytest.mark.parametrize("kind", SOUND)
def test_a_whole_record_passes(root: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(root)
    assert run(root, "new", kind, *SOUND[kind]) == 0
    said = capsys.readouterr()
    after = tree(root)
    path = written(said.out)
    assert {name for name in after if before.get(name) != after[name]} - {
        f"{Path(path).parent}/"
    } == {path}
    assert said.err == ""
    assert run(root, "check") == 0


def test_a_source_waits_to_be_cited(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--type", "book", "--title", "A: book", "--title-short", "Book, a")
    more = ("--author", "Doe, Jane", "--author", "The Office", "--issued", "1900", "--isbn", "1")
    code = run(root, "new", "source", *given, *more)
    out = capsys.readouterr().out
    assert code == 1
    assert 'Still to do:\n  nothing cites the source "book-a"; cite it' in out
    assert (root / written(out)).read_text() == (
        'type: "book"\n'
        'title: "A: book"\n'
        'title-short: "Book, a"\n'
        "author:\n"
        '  - family: "Doe"\n'
        '    given: "Jane"\n'
        '  - literal: "The Office"\n'
        'issued: "1900"\n'
        'ISBN: "1"\n'
    )
    assert written(out) == "edition/sources/book-a.yml"
    note = [part.replace("[@chapter, p. 3]", "[@book-a]") for part in SOUND["note"]]
    assert run(root, "new", "note", *note) == 0
    assert run(root, "check") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_open_is_told_line_by_line(
    root: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = ("--document", "letter") if KINDS[kind].in_document else ()
    assert run(root, "new", kind, *document) == 1
    said = capsys.readouterr()
    lines = (root / written(said.out)).read_text().split("\n")
    told = {
        int(line.split()[1].rstrip(":"))
        for line in said.out.split("Still to fill in:\n")[1].splitlines()
    }
    blank = {number for number, line in enumerate(lines, 1) if "  # " in line}
    # Of a passage the block is told; with it the words are filled in.
    assert blank - {4} <= told
    assert said.err == ""
    assert run(root, "check") == 1
    path = written(said.out)
    problems = pipeline.check(root).problems
    assert told <= {problem.place.line for problem in problems if problem.place.file == path}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_open_can_be_read_as_it_stands(kind: str) -> None:
    edit = draft(KINDS[kind], "letter", {})
    assert edit.fields
    needed = {one.name for one in questions(KINDS[kind]) if one.required}
    assert needed or kind == "contributor"


def test_a_wrong_passage_is_answered_as_check_would(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    given = ["--document", "letter", "--block", "p4", "--exact", "that you find"]
    assert run(root, "new", "note", *given, *SOUND["note"][6:]) == 1
    said = capsys.readouterr()
    assert "error[anchor-wrong-block]" in said.err
    assert f"--> {LETTER}/notes/find.md:4:10" in said.err
    assert '4 |   exact: "that you find"' in said.err, "the line is shown though no file has it"
    assert "Nothing was written." in said.err
    assert said.out == ""
    assert tree(root) == before
    # The same record, written by hand, is answered in the same words.
    (root / LETTER / "notes/find.md").write_text(
        f'---\ntarget:\n  block: "p4"\n  exact: "that you find"\nlabel: "Find"\nkind: "context"\n'
        'standing: "fact"\nauthor: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'
        f"---\n{SAID[1]}\n"
    )
    assert run(root, "check") == 1
    assert said.err.partition("\n\n")[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--block", "p99"), "block-unknown"),
        (("--page", "9"), "page-unknown"),
        (("--page", "1", "--exact", "letter"), "value-invalid"),
        (("--block", "p1", "--exact", "the"), "anchor-ambiguous"),
        (("--block", "p1", "--exact", "etter"), "anchor-partial-word"),
        (("--exact", "nothing of the kind, anywhere"), "anchor-not-found"),
        (("--block", "p1", "--exact", "that you find", "--prefix", "no"), "anchor-context-changed"),
        (("--author", "nobody"), "author-unknown"),
        (("--date", "yesterday"), "value-invalid"),
        (("--source", "no-such-source"), "source-unknown"),
        (("--text", "A <b>bold</b> word"), "html-refused"),
        (("--text", "[x](javascript:alert)"), "link-unsafe"),
        (("--id", "Big Id"), "id-invalid"),
        (("--id", "../../../x"), "id-invalid"),
    ],
)
def test_nothing_wrong_is_written(
    root: Path, given: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(root)
    assert run(root, "new", "note", "--document", "letter", *given) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert tree(root) == before


def test_the_block_is_found_where_there_is_one_only(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--document", "letter", "--exact", "that you find", *SOUND["note"][6:]]
    assert run(root, "new", "note", *given) == 0
    out = capsys.readouterr().out
    assert "The passage is in p1." in out
    assert '  block: "p1"\n' in (root / written(out)).read_text()


def test_with_several_blocks_it_is_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "new", "note", "--document", "letter", "--exact", "the") == 2
    assert "p1" in capsys.readouterr().err


def test_ids_are_unique_among_all_records_of_a_document(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / LETTER / "emendations/find.md").write_text("not even a record\n")
    run(root, "new", "note", *SOUND["note"])
    assert written(capsys.readouterr().out) == f"{LETTER}/notes/find-2.md"
    assert run(root, "new", "note", *SOUND["note"], "--id", "find") == 2
    assert "already" in capsys.readouterr().err


def test_problems_that_were_there_before_do_not_matter(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / LETTER / "notes/broken.md").write_text("no head\n")
    assert run(root, "new", "note", *SOUND["note"]) == 0
    assert capsys.readouterr().err == ""


def test_without_edition_yml_it_says_what_check_says(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "edition/edition.yml").unlink()
    assert run(root, "new", "note", *SOUND["note"]) == 1
    assert "error[file-missing]" in capsys.readouterr().err


@pytest.mark.parametrize("given", [(), ("--document", "lettre")])
def test_a_document_must_be_named_where_there_are_several(
    root: Path, given: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "new", "note", *given) == 2
    assert "letter" in capsys.readouterr().err


def test_words_come_as_sources_have_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decomposed = "Cafe\u0301\u0308"
    assert run(root, "new", "thing", "--name", f" {decomposed}\n x ", *SAID) == 1
    text = (root / written(capsys.readouterr().out)).read_text()
    assert json.loads(text.splitlines()[1].removeprefix("name: ")) == "Caf\u00e9\u0308 x"


def test_words_that_are_no_text_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "new", "place", "--name", "a\udcff", *SAID) == 2
    assert "not Unicode" in capsys.readouterr().err


def test_the_text_may_come_from_the_input(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("First [@chapter].\n\nSecond.\n"))
    given = ("--name", "The test room", "--form", "test room")
    assert run(root, "new", "place", *given, "--text", "-") == 0
    text = (root / written(capsys.readouterr().out)).read_text()
    assert split_front_matter(text, "f")[1] == "First [@chapter].\n\nSecond.\n"


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_person_is_asked(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passage = ("letter", "nothing of the kind", "the", "p1", "tell")
    rest = (
        "The",
        "kontext",
        "context",
        "inference",
        "tester",
        "chapter, p. 3",
        "",
        "One.",
        "Two.",
        "",
    )
    answers(monkeypatch, *passage, *rest)
    assert run(root, "new", "note", "--ask") == 0
    said = capsys.readouterr()
    assert "error[anchor-not-found]" in said.err
    assert "error[anchor-ambiguous]" in said.err
    assert '"kontext" is none of them.' in said.out
    text = (root / f"{LETTER}/notes/the-2.md").read_text()
    root_node, problems = read_yaml(split_front_matter(text, "f")[0], "f")
    assert root_node is not None
    assert not problems
    assert text.startswith('---\ntarget:\n  block: "p1"\n  exact: "the"\n  prefix: "tell"\n')
    assert text.endswith("---\nOne.\nTwo.\n")
    assert run(root, "check") == 0


def test_a_person_may_leave_everything_open(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, *[""] * 20)
    assert run(root, "new", "emendation", "--document", "letter", "--ask") == 1
    assert "Still to fill in:" in capsys.readouterr().out


def test_forms_are_asked_with_their_expansions(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "tests", "tests", "trials", "test", "", "", "A trial.", "")
    assert run(root, "new", "term", "--ask") == 0
    text = (root / "edition/glossary/tests.md").read_text()
    forms = '  - form: "tests"\n    expansion: "trials"\n  - form: "test"\n'
    assert text == f'---\nterm: "tests"\nforms:\n{forms}---\nA trial.\n'


def test_a_removal_can_be_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = list(SOUND["emendation"])
    del given[given.index("--reading") : given.index("--reading") + 2]
    answers(monkeypatch, '""', "", "")
    assert run(root, "new", "emendation", *given, "--ask") == 0
    assert '    reading: ""\n' in (root / f"{LETTER}/emendations/found.md").read_text()


def test_what_somebody_typed_is_not_lost(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    answers(monkeypatch, "", "Long thoughts of <b>mine</b>.", "")
    assert run(root, "new", "place", "--name", "Elsewhere", "--ask") == 1
    said = capsys.readouterr()
    assert "error[html-refused]" in said.err
    assert "\nLong thoughts of <b>mine</b>.\n" in said.out
    assert tree(root) == before


def test_going_away_in_the_middle_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    answers(monkeypatch, "letter", "that you find")
    assert run(root, "new", "note", "--ask") == 130
    assert "Stopped." in capsys.readouterr().err
    assert tree(root) == before
