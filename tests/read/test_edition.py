from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.model.problem import Problem
from build_tools.model.records import Edition
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from tests.read.memory import EDITION, MemoryTree

LETTER = "documents/letter"


def changed(
    changes: dict[str, str | bytes | None],
) -> tuple[Edition | None, tuple[Problem, ...]]:
    files = {**EDITION, **changes}
    return read_edition(
        MemoryTree({path: data for path, data in files.items() if data is not None})
    )


def shown(problems: tuple[Problem, ...]) -> list[tuple[str, str, int, int]]:
    return [
        (
            problem.code,
            problem.place.file.removeprefix("edition/"),
            problem.place.line,
            problem.place.column,
        )
        for problem in problems
    ]


def replaced(path: str, old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in EDITION[path]
    return {path: EDITION[path].replace(old, new)}


def test_a_sound_edition() -> None:
    edition, problems = changed({})
    assert problems == ()
    assert edition is not None
    assert edition.description.title == "Minutes"
    assert list(edition.contributors) == ["editors"]
    assert list(edition.sources) == ["minutes"]
    assert list(edition.terms) == ["rpt"]
    assert list(edition.entries) == ["person:clerk", "event:vote"]
    assert list(edition.essays) == ["method"]
    (letter,) = edition.documents.values()
    assert letter.id == "letter"
    assert letter.witness_texts == {"A": "Dear Sir, RPT.\r\n"}
    assert len(letter.transcription.parts) == 2
    assert letter.expanded is not None
    assert [note.id for note in letter.notes] == ["sir"]
    assert [emendation.id for emendation in letter.emendations] == ["sir"]
    assert [variant.id for variant in letter.variants] == ["sir"]


def test_it_is_the_same_from_a_folder(tmp_path: Path) -> None:
    for path, text in EDITION.items():
        file = tmp_path / "edition" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    assert read_edition(FolderTree(tmp_path)) == changed({})


def test_nothing() -> None:
    edition, problems = read_edition(MemoryTree({}))
    assert edition is None
    assert shown(problems) == [("file-missing", "edition.yml", 0, 0)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(changes, expected, id=expected[0][1])
        for changes, expected in (
            ({"README.md": ""}, [("file-unknown", "README.md", 0, 0)]),
            ({"note/x.md": ""}, [("file-unknown", "note/x.md", 0, 0)]),
            ({"sources/x.yaml": ""}, [("file-unknown", "sources/x.yaml", 0, 0)]),
            ({"sources/more/x.yml": ""}, [("file-unknown", "sources/more/x.yml", 0, 0)]),
            ({"documents/x.md": ""}, [("file-unknown", "documents/x.md", 0, 0)]),
            ({f"{LETTER}/x.txt": ""}, [("file-unknown", f"{LETTER}/x.txt", 0, 0)]),
            ({f"{LETTER}/note/x.md": ""}, [("file-unknown", f"{LETTER}/note/x.md", 0, 0)]),
            ({f"{LETTER}/witness/B.txt": ""}, [("file-unknown", f"{LETTER}/witness/B.txt", 0, 0)]),
            (
                {f"{LETTER}/witness/b/B": ""},
                [("file-unknown", f"{LETTER}/witness/b/B", 0, 0)],
            ),
            ({f"{LETTER}/document.yml": None}, [("file-missing", f"{LETTER}/document.yml", 0, 0)]),
            (
                {f"{LETTER}/transcription.txt": None},
                [("file-missing", f"{LETTER}/transcription.txt", 0, 0)],
            ),
            (
                {f"{LETTER}/witness/A.txt": None},
                [("file-missing", f"{LETTER}/document.yml", 9, 54)],
            ),
            (
                {"sources/Minutes.yml": EDITION["sources/minutes.yml"]},
                [("id-invalid", "sources/Minutes.yml", 0, 0)],
            ),
            ({"edition.yml": b"title: \xff"}, [("encoding-invalid", "edition.yml", 1, 8)]),
            (
                {f"{LETTER}/witness/A.txt": b"\xff"},
                [("encoding-invalid", f"{LETTER}/witness/A.txt", 1, 1)],
            ),
            (
                {f"{LETTER}/notes/a.md": "\u202e"},
                [
                    ("character-invalid", f"{LETTER}/notes/a.md", 1, 1),
                    ("yaml-invalid", f"{LETTER}/notes/a.md", 1, 1),
                ],
            ),
            (
                replaced(f"{LETTER}/transcription.txt", "Dear", "{dle: Dear}"),
                [("mark-unknown", f"{LETTER}/transcription.txt", 3, 1)],
            ),
            (
                replaced(f"{LETTER}/expanded.txt", "[I]", "[I"),
                [("mark-unclosed", f"{LETTER}/expanded.txt", 2, 11)],
            ),
            (
                replaced(f"{LETTER}/notes/sir.md", "The clerk.", "A <b>clerk</b>."),
                [
                    ("html-refused", f"{LETTER}/notes/sir.md", 10, 3),
                    ("html-refused", f"{LETTER}/notes/sir.md", 10, 11),
                ],
            ),
        )
    ],
)
def test_one_thing_is_wrong(
    changes: dict[str, str | bytes | None], expected: list[tuple[str, str, int, int]]
) -> None:
    _, problems = changed(changes)
    assert shown(problems) == expected
    assert all(problem.message and problem.hint for problem in problems)


@pytest.mark.parametrize(
    "value",
    [
        "../A.txt",
        "witness/../../A.txt",
        "/etc/hosts",
        "C:/A.txt",
        "witness\\\\A.txt",
        "..",
        "~a/..",
    ],
)
@pytest.mark.parametrize("key", ["file", "image"])
def test_paths_that_lead_out(key: str, value: str) -> None:
    path = f"{LETTER}/document.yml"
    if key == "file":
        changes = replaced(path, "witness/A.txt", value)
    else:
        changes = replaced(path, '{n: "1"}', f'{{n: "1", image: "{value}"}}')
    assert shown(changed(changes)[1]) == [("path-refused", path, *place_of(changes, f'"{value}"'))]


def place_of(changes: dict[str, str | bytes | None], words: str) -> tuple[int, int]:
    (text,) = changes.values()
    assert isinstance(text, str)
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_file_that_is_named_and_absent() -> None:
    changes = replaced(f"{LETTER}/document.yml", "witness/A.txt", "witness/a.txt")
    _, problems = changed(changes)
    place = place_of(changes, '"witness/a.txt"')
    assert shown(problems) == [("file-missing", f"{LETTER}/document.yml", *place)]
    assert problems[0].closest[0] == "witness/A.txt"


def test_where_files_go_is_said() -> None:
    _, (problem,) = changed({"register/persons/x.md": ""})
    assert problem.closest[0] == "registers/persons"
    _, (problem,) = changed({f"{LETTER}/notes/x.txt": ""})
    assert problem.hint == "a note is a file in notes/ whose name ends in .md"
    _, (problem,) = changed({f"{LETTER}/scan.tif": ""})
    assert "facsimiles/" in problem.hint


def test_everything_else_is_read_where_something_is_wrong() -> None:
    edition, problems = changed(
        {
            **replaced("sources/minutes.yml", 'title: "Minutes"\n', "title: a: b\n"),
            **replaced(f"{LETTER}/notes/sir.md", '"fact"', '"certain"'),
            f"{LETTER}/variants/sir.md": "",
        }
    )
    assert [problem.code for problem in problems] == [
        "value-invalid",
        "yaml-invalid",
        "yaml-invalid",
    ]
    assert edition is not None
    assert list(edition.sources) == ["minutes"], "else every citation of it were reported as well"
    (letter,) = edition.documents.values()
    assert [note.standing for note in letter.notes] == ["fact"]


def test_a_document_that_cannot_be_read_is_left_out_and_its_records_are_read() -> None:
    edition, problems = changed(
        {f"{LETTER}/document.yml": "title: a: b", f"{LETTER}/notes/x.md": "<"}
    )
    assert [problem.code for problem in problems] == [
        "yaml-invalid",
        "yaml-invalid",
        "html-refused",
    ]
    assert edition is not None
    assert edition.documents == {}


def test_the_name_of_a_document_is_an_id() -> None:
    files: dict[str, str | bytes | None] = {}
    for path, text in EDITION.items():
        if path.startswith(LETTER):
            files[path.replace(LETTER, "documents/A Letter")] = text
            files[path] = None
    edition, problems = changed(files)
    assert shown(problems) == [("id-invalid", "documents/A Letter", 0, 0)]
    assert problems[0].closest == ("a-letter",)
    assert edition is not None
    assert edition.documents == {}


@given(
    st.sampled_from(sorted(path for path in EDITION if "facsimiles" not in path)),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_no_change_of_a_file_stops_the_reading(path: str, data: st.DataObject) -> None:
    text = EDITION[path].encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    put = data.draw(
        st.binary(max_size=4) | st.sampled_from([b'"', b": ", b"{", b"\n", b"---\n", b"[@"])
    )
    spoiled = text[:start] + put + text[end:]
    _, problems = changed({path: spoiled})
    lines = spoiled.replace(b"\r\n", b"\n").count(b"\n") + 1
    for problem in problems:
        if problem.place.file == f"edition/{path}":
            assert problem.place.line <= lines
        assert problem.hint
