"""`edition import-issue`: the text of an issue form becomes the file of a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools import pipeline
from build_tools.author.issue_fields import ALL, CONSENT, EMENDATION, ERROR, FIELDS, NOTE
from build_tools.author.issue_text import read_issue
from build_tools.author.values import quoted
from build_tools.desk import Desk
from build_tools.intake import import_issue
from build_tools.read.tree import FolderTree
from tests.copies import SOUND, run, sound_copy, tree

ANSWERS = {
    "document": "letter",
    "block": "p4",
    "exact": "teh errors of typing",
    "label": "Left as they are",
    "kind": "context",
    "standing": "inference",
    "certainty": "low",
    "evidence": "internal",
    "fault": "typing",
    "reading": "the faults of typing",
    "text": "He says so himself.",
    "name": "A. Reader",
    "orcid": "0000-0002-1825-0097",
    "license": "CC-BY-4.0",
    "agreed": f"- [X] {CONSENT}",
}
SEEN = "The paper has SYC here. I saw it in the archive."
WRITTEN = "edition/documents/letter/notes/left-as-they-are.md"


def printed(form: str, changes: Mapping[str, str] = {}) -> str:
    """Print a form as a forge does: headings, answers, and what stands for no answer."""
    answers = {**ANSWERS, **changes}
    return "\n\n".join(
        f"### {one.label}\n\n{answers.get(one.id) or '_No response_'}"
        for one in FIELDS
        if form in one.forms
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return sound_copy(tmp_path / "edition")


def issue(root: Path, text: str) -> str:
    """Save the text of an issue and return its path."""
    file = root.parent / "issue.txt"
    file.write_bytes(text.encode())
    return str(file)


def test_a_note_is_written_and_signed_by_its_contributor(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "import-issue", issue(root, printed(NOTE).replace("\n", "\r\n"))) == 0
    text = (root / WRITTEN).read_text(encoding="utf-8")
    assert re.sub(r'date: "\d{4}-\d\d-\d\d"', 'date: "today"', text) == (
        '---\ntarget:\n  block: "p4"\n  exact: "teh errors of typing"\n'
        'label: "Left as they are"\nkind: "context"\nstanding: "inference"\n'
        'author:\n  name: "A. Reader"\n  orcid: "0000-0002-1825-0097"\n'
        'license: "CC-BY-4.0"\ndate: "today"\n---\nHe says so himself.\n'
    )
    assert f"edition adopt {WRITTEN}" in capsys.readouterr().out
    assert run(root, "check") == 0
    bound, _ = pipeline.bind_tree(FolderTree(root))
    assert bound is not None
    note = next(
        one.note for one in bound.documents["letter"].notes if one.note.label == "Left as they are"
    )
    assert bound.edition.contributors[note.author].name == "A. Reader"
    assert run(root, "adopt", str(root / WRITTEN)) == 0


def test_an_emendation_and_a_report_of_an_error(root: Path) -> None:
    other = {"block": "p3", "exact": "", "label": "Mine"}
    report = printed(ERROR, {**other, "text": SEEN})
    assert run(root, "import-issue", issue(root, report)) == 0
    mine = (root / "edition/documents/letter/notes/mine.md").read_text()
    assert 'kind: "textual"\nstanding: "unverified"\n' in mine
    assert mine.endswith(f"---\nThis has not been verified.\n\n{SEEN}\n")
    assert run(root, "check") == 0
    assert mine.startswith('---\ntarget:\n  block: "p3"\nlabel')
    emended = printed(EMENDATION, {"exact": "This", "block": "p1", "reading": "That"})
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, "issue.txt", emended)
    assert intake.edit is not None
    assert intake.is_sound, intake.problems
    assert intake.edit.path == "edition/documents/letter/emendations/left-as-they-are.md"
    assert b'changes:\n  - block: "p1"\n    exact: "This"\n    reading: "That"\n' in intake.edit.new


@pytest.mark.parametrize(
    "text", ["That 'teh' is wrong has not been verified.", "It says other: unverified, alas."]
)
def test_a_report_that_says_itself_that_it_is_not_verified_says_it_once(
    root: Path, text: str
) -> None:
    report = printed(ERROR, {"block": "p3", "exact": "", "label": "Mine", "text": text})
    assert run(root, "import-issue", issue(root, report)) == 0
    mine = (root / "edition/documents/letter/notes/mine.md").read_text()
    assert mine.endswith(f"---\n{text}\n")
    assert run(root, "check") == 0


@pytest.mark.parametrize(
    ("says", "written"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by 4.0", "CC-BY-4.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC0 1.0", "CC0-1.0"),
    ],
)
def test_a_licence_may_be_written_as_it_calls_itself(root: Path, says: str, written: str) -> None:
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, "i.txt", printed(NOTE, {"license": says}))
    assert intake.is_sound, intake.problems
    assert intake.edit is not None
    assert f'license: "{written}"\n'.encode() in intake.edit.new


def test_a_licence_that_is_none_is_told(root: Path) -> None:
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, "i.txt", printed(NOTE, {"license": "free for all"}))
    assert [one.code for one in intake.problems] == ["value-invalid"]


def test_sources_are_named_as_people_name_them_and_described_when_new(root: Path) -> None:
    named = "- manual, p. 3\n[@manual, p. 4]\nThe manual [manual], p. 5"
    new = (
        "What it is: Book\nTitle: On Ink: a history\nShort title: Ink\n"
        "Authors: Writer, A.; A Society\nPlace in it: p. 9\n\n"
        "What it is: webpage\nTitle: Pens\nShort title: Pens\nAddress on the web: https://x.org/a"
    )
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, "i.txt", printed(NOTE, {"sources": named, "new": new}))
    assert intake.is_sound
    assert intake.edit is not None
    head = intake.edit.new.decode().partition("sources:\n")[2].partition("---")[0]
    cited = '  - source: "manual"\n    locator: "p. {}"\n'
    assert head == (
        "".join(cited.format(page) for page in (3, 4, 5))
        + '  - locator: "p. 9"\n    new:\n      id: "ink"\n      type: "book"\n'
        '      title: "On Ink: a history"\n      title-short: "Ink"\n      author:\n'
        '        - family: "Writer"\n          given: "A."\n        - literal: "A Society"\n'
        '  - new:\n      id: "pens"\n      type: "webpage"\n      title: "Pens"\n'
        '      title-short: "Pens"\n      URL: "https://x.org/a"\n'
    )


@pytest.mark.parametrize(
    "written", ["https://orcid.org/0000-0002-1694-233x", "000000021694233X", "0000 0002 1694 233x"]
)
def test_an_orcid_id_may_be_written_as_people_do(root: Path, written: str) -> None:
    intake = import_issue(Desk(root, pipeline.bind_tree), "i", printed(NOTE, {"orcid": written}))
    assert intake.is_sound, intake.problems
    assert intake.edit is not None
    assert b'  orcid: "0000-0002-1694-233X"\n' in intake.edit.new


ADDRESSES = [
    ("https://example.org/e/edition/letter/#p4", ""),
    ("https://example.org/edition/letter/?view=transcribed#p4", "letter"),
    ("file:///home/me/site-offline/edition/letter.html#p4", ""),
    ("edition/letter/index.html#p4", ""),
    ("#p4", "letter"),
    ("4", "letter"),
    ("¶ 4", "Letter 7"),
    ("Point 4.", "letter"),
    ("", "letter"),
]


@pytest.mark.parametrize(("block", "document"), ADDRESSES)
def test_the_paragraph_may_be_its_address_or_be_found_by_its_words(
    root: Path, block: str, document: str
) -> None:
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, "i", printed(NOTE, {"block": block, "document": document}))
    assert intake.is_sound, intake.problems
    assert intake.edit is not None
    assert b'target:\n  block: "p4"\n  exact: "teh' in intake.edit.new


UNCLEAR = {
    "not a form": ("Dear editors,\n\nthere is an error.", "value-invalid", ""),
    "words before": ("Hello!\n\n" + printed(NOTE), "value-invalid", "Hello!"),
    "no label": (printed(NOTE, {"label": ""}), "key-missing", "### Label"),
    "unknown kind": (printed(NOTE, {"kind": "joke"}), "value-invalid", "joke"),
    "unknown standing": (printed(NOTE, {"standing": "None"}), "value-invalid", "None"),
    "not agreed": (
        printed(NOTE, {"agreed": f"- [ ] {CONSENT}"}),
        "key-missing",
        f"- [ ] {CONSENT}",
    ),
    "no words and no block": (
        printed(NOTE, {"block": "", "exact": ""}),
        "key-missing",
        "### The words",
    ),
    "no such document": (printed(NOTE, {"document": "diary"}), "value-invalid", "diary"),
    "two documents": (
        printed(NOTE, {"block": "https://x.org/edition/names/#p1"}),
        "value-invalid",
        "https://x.org/edition/names/#p1",
    ),
    "a heading twice": (
        printed(NOTE, {"text": "So it is.\n\n### Label ##\n\nThe end."}),
        "key-duplicate",
        "### Label ##",
    ),
    "both forms": (
        printed(NOTE) + "\n\n### Certainty\n\nlow",
        "key-unknown",
        "### Certainty",
    ),
    "a field of the other form among the sources": (
        printed(NOTE, {"sources": "manual, p. 3\n\n### Certainty\n\nhigh"}),
        "key-unknown",
        "### Certainty",
    ),
    "a source without its kind": (
        printed(NOTE, {"new": "Title: Ink\nShort title: Ink"}),
        "key-missing",
        "Title: Ink",
    ),
    "a source told twice": (
        printed(NOTE, {"new": "Title: Ink\nTitle: Pens"}),
        "key-duplicate",
        "Title: Pens",
    ),
    "no kind of source": (
        printed(NOTE, {"new": "What it is: a book\nTitle: Ink\nShort title: Ink"}),
        "value-invalid",
        "What it is: a book",
    ),
    "a line that says nothing": (
        printed(NOTE, {"new": "a book on ink"}),
        "key-unknown",
        "a book on ink",
    ),
    "an unknown source": (
        printed(NOTE, {"sources": "manuel, p. 3"}),
        "source-unknown",
        "manuel, p. 3",
    ),
    "the second source unknown": (
        printed(NOTE, {"sources": "manual, p. 3\n\n- manuel, p. 4\nmanual, p. 5"}),
        "source-unknown",
        "- manuel, p. 4",
    ),
    "the second new source wrong": (
        printed(
            NOTE,
            {
                "sources": "manual, p. 3",
                "new": "What it is: book\nTitle: Ink\nShort title: Ink\n\nTitle: Pens\n"
                "Short title: Pens\nWhat it is: webpage\nAddress on the web: nowhere",
            },
        ),
        "value-invalid",
        "Title: Pens",
    ),
    "a wrong iD": (
        printed(NOTE, {"orcid": "0000-0002-1825-0098"}),
        "value-invalid",
        "0000-0002-1825-0098",
    ),
    "no licence that is known": (
        printed(NOTE, {"license": "All rights reserved"}),
        "value-invalid",
        "All rights reserved",
    ),
    "two keys in one": (
        printed(NOTE, {"license": 'CC-BY-4.0" reviewer: "editors'}),
        "value-invalid",
        'CC-BY-4.0" reviewer: "editors',
    ),
    "words of the reading": (
        printed(NOTE, {"exact": "the errors of typing"}),
        "anchor-not-found",
        "the errors of typing",
    ),
    "words in several paragraphs": (
        printed(NOTE, {"exact": "you", "block": ""}),
        "anchor-ambiguous",
        "you",
    ),
    "a paragraph that is not there": (
        printed(NOTE, {"block": "44"}),
        "block-unknown",
        "44",
    ),
    "HTML": (
        printed(NOTE, {"text": "So.\n\n# Why\n\nHe <b>says so."}),
        "html-refused",
        "He <b>says so.",
    ),
    "no text": (printed(NOTE, {"text": "_No response_"}), "key-missing", "### Text"),
}


@pytest.mark.parametrize("name", list(UNCLEAR))
def test_what_is_unclear_is_a_problem_at_its_line_and_nothing_is_written(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code, line = UNCLEAR[name]
    before = tree(root)
    assert run(root, "import-issue", issue(root, text)) == 1
    assert tree(root) == before
    said = capsys.readouterr().err
    assert set(re.findall(r"error\[(.*?)\]", said)) == {code}
    number = text.split("\n").index(line) + 1 if line else 0
    assert (f"issue.txt:{number}:" if line else "issue.txt\n") in said
    assert "Nothing was written." in said
    intake = import_issue(Desk(root, pipeline.bind_tree), "issue.txt", text)
    assert all(one.hint for one in intake.problems)


def test_a_block_of_code_that_is_not_closed_swallows_no_field() -> None:
    found = read_issue("i", printed(NOTE, {"text": "```\nwords"}))
    assert found.says("name") == "A. Reader"
    assert not found.problems
    closed = read_issue("i", printed(NOTE, {"text": "```\nwords", "orcid": "```"}))
    assert [one.code for one in closed.problems] == ["value-invalid"] * 4
    begins = printed(NOTE, {"text": "```"}).split("\n").index("```") + 1
    assert f"begins in line {begins}" in closed.problems[0].message


def test_a_field_named_in_closed_code_is_the_contributors_own() -> None:
    text = "Thus:\n\n```\n### Label\n```"
    found = read_issue("i", printed(NOTE, {"text": text}))
    assert not found.problems
    assert found.answers["text"].text == text
    assert found.says("label") == ANSWERS["label"]


def test_another_licence_than_the_editions_is_told_at_its_line() -> None:
    text = printed(NOTE, {"license": "CC0-1.0"})
    intake = import_issue(DESK, "i", text)
    assert intake.is_sound
    (told,) = intake.problems
    assert told.code == "licence-differs"
    assert told.place.line == text.split("\n").index("CC0-1.0") + 1


STRAY = [
    (NOTE, "Certainty"),
    (NOTE, "To be read instead"),
    (EMENDATION, "Kind"),
    (EMENDATION, "Standing: how sure it is"),
    (ERROR, "Kind"),
    (ERROR, "Certainty"),
]


@pytest.mark.parametrize(("form", "heading"), STRAY)
def test_a_heading_in_the_text_is_the_contributors_own_where_another_form_has_the_field(
    form: str, heading: str
) -> None:
    changes = {
        "text": f"Not verified.\n\n### {heading}\n\nIt is certain.",
        "exact": "This",
        "block": "p1",
    }
    intake = import_issue(DESK, "i", printed(form, changes))
    assert intake.is_sound, intake.problems
    assert intake.edit is not None
    body = intake.edit.new.decode().partition("\n---\n")[2]
    paragraphs = [one for one in body.split("\n") if one]
    # A report of an error begins with a sentence of the form's.
    assert paragraphs[-3:] == ["Not verified.", f"**{heading}**", "It is certain."]
    assert ("\nchanges:" in intake.edit.new.decode()) is (form == EMENDATION)
    coded = printed(form, {**changes, "text": f"Not verified.\n\n```\n### {heading}\n```"})
    assert not read_issue("i", coded).problems or form == ERROR


def test_a_file_that_the_panel_put_into_an_issue_is_taken_as_it_is(root: Path) -> None:
    desk = Desk(root, pipeline.bind_tree)
    made = import_issue(desk, "i", printed(NOTE)).edit
    assert made is not None
    file = made.new.decode()
    text = f"{WRITTEN}\n\n````\n{file}````\n"
    assert run(root, "import-issue", issue(root, text)) == 0
    assert (root / WRITTEN).read_bytes() == made.new
    assert run(root, "import-issue", issue(root, text)) == 2
    outside = text.replace("/notes/", "/../../notes/")
    assert run(root, "import-issue", issue(root, outside)) == 1


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30
)
LINES = st.lists(
    st.one_of(
        WORDS,
        st.just(""),
        st.sampled_from(["### What I found", "# Kind of", "### labels", "> so", "```", "~~~~ x"]),
        WORDS.map("### {}".format),
    ),
    max_size=8,
)


def is_own(line: str) -> bool:
    """Whether a line can be none of a form's own."""
    if line.strip() == "_No response_":
        return False
    return read_issue("i", line).answers == {} and not re.search(r"<!--|-->", line)


@given(
    answers=st.fixed_dictionaries({one.id: LINES for one in FIELDS}),
    form=st.sampled_from(sorted(ALL)),
    ending=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=200, deadline=None)
def test_what_was_written_into_a_form_comes_out_of_it(
    answers: dict[str, list[str]], form: str, ending: str
) -> None:
    fields = {
        name: "\n".join(line.rstrip() for line in lines if is_own(line)).strip("\n")
        for name, lines in answers.items()
    }
    if any("```" in words or "~~~" in words for words in fields.values()):
        fields = {name: words.replace("`", "").replace("~", "") for name, words in fields.items()}
    printed_form = "\n\n".join(
        f"### {one.label}\n\n{fields[one.id].strip() or '_No response_'}"
        for one in FIELDS
        if form in one.forms
    ).replace("\n", ending)
    found = read_issue("i", printed_form.replace("\r\n", "\n"))
    assert not found.problems
    for one in FIELDS:
        if form in one.forms:
            answer = found.answers[one.id]
            wanted = [line.rstrip() for line in fields[one.id].strip().split("\n")]
            assert list(answer.lines) == ([] if wanted == [""] else wanted)
            assert all(
                found.lines[answer.first - 1 + n].rstrip() == line.rstrip()
                for n, line in enumerate(answer.lines)
            )
        else:
            assert one.id not in found.answers


DESK = Desk(SOUND, pipeline.bind_tree)
PROSE = st.lists(
    st.text("abcäß ,;ж", min_size=1, max_size=20).map(str.strip).filter(bool), min_size=1
)


@given(
    label=st.text("abc ’é:#'\"\\", min_size=1, max_size=20).filter(lambda one: one.strip("# ")),
    name=st.text("ABab .é\"'\\:", min_size=1, max_size=20).filter(str.strip),
    paragraphs=PROSE,
    heading=st.text("abc 12", min_size=1, max_size=12).map(str.strip).filter(bool),
    level=st.integers(1, 6),
)
@settings(max_examples=40, deadline=None)
def test_headings_in_the_contributors_own_words_survive_into_a_sound_note(
    label: str, name: str, paragraphs: list[str], heading: str, level: int
) -> None:
    text = "\n\n".join([paragraphs[0], f"{'#' * level} {heading}", *paragraphs[1:]])
    intake = import_issue(
        DESK, "i.txt", printed(NOTE, {"label": label, "name": name, "text": text})
    )
    assert intake.is_sound, intake.problems
    assert intake.edit is not None
    written = intake.edit.new.decode()
    body = written.partition("\n---\n")[2]
    assert [one for one in re.split(r"\n+", body) if one] == [
        paragraphs[0],
        f"**{heading}**",
        *paragraphs[1:],
    ]
    assert f"\n  name: {quoted(' '.join(name.split()))}\n" in written


PIECES = st.one_of(
    st.sampled_from([f"### {one.label}" for one in FIELDS]),
    st.sampled_from([*ANSWERS.values(), "```", "~~~~ a", "<!--", "-->", "---", "_No response_"]),
    st.sampled_from(["Title: x", "What it is: book", "Short title: ?", ": x", "[@]", "[@a, ]"]),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


@given(st.lists(PIECES, max_size=30).map("\n".join), st.booleans())
@settings(max_examples=150, deadline=None)
def test_whatever_an_issue_holds_is_answered(text: str, after_a_form: bool) -> None:
    text = f"{printed(NOTE)}\n{text}" if after_a_form else text
    intake = import_issue(DESK, "i.txt", text)
    assert intake.edit is not None or intake.problems
    for one in intake.problems:
        assert one.place.line <= len(text.split("\n"))
