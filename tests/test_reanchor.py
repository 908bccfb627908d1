"""`edition reanchor`: every passage is carried through a correction, or somebody is asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.copies import run, tree
from tests.repositories import (
    LETTER,
    annotate,
    commit,
    git,
    passage,
    repository,
    small_edition,
    transcribe,
)

TEXTS = {
    "p1": "The captain wrote that the ship had left the harbour in the morning.",
    "p2": "He thought the weather would hold, and the harbour would be open.",
    "p3": "No letter came that week. The clerk waited by the window.",
}
NOTES = {
    "captain": passage("p1", "The captain"),
    "harbour": passage("p1", "harbour"),
    "weather": passage("p2", "the weather would hold"),
    "window": passage("p3", "by the window"),
    "third": 'target:\n  block: "p3"',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(small_edition(tmp_path / "edition", TEXTS, NOTES))


def note(root: Path, name: str) -> str:
    return (root / LETTER / "notes" / f"{name}.md").read_text()


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    found = capsys.readouterr()
    return found.out, found.err


def test_what_is_certain_is_carried_and_shown(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcribe(root, {
        "p1": TEXTS["p1"].replace("harbour", "harbor"),
        "p2": TEXTS["p2"].replace("weather", "wether"),
        "p3a": TEXTS["p3"],
    })  # fmt: skip
    before = tree(root, without=(".git/",))
    assert run(root, "check") == 1
    said(capsys)
    assert run(root, "reanchor", "--from", "HEAD", "--dry-run") == 0
    assert tree(root, without=(".git/",)) == before
    assert f"Would be changed: {LETTER}/notes/harbour.md" in said(capsys)[0]
    assert run(root, "reanchor", "--from", "HEAD") == 0
    out, err = said(capsys)
    assert err == ""
    assert out == (
        f"""rewritten: note harbour   p1
  --> {LETTER}/notes/harbour.md:3
  - …te that the ship had left the |harbour| in the morning.
  + …te that the ship had left the |harbor| in the morning.

moved: note third   p3 → p3a
  --> {LETTER}/notes/third.md:3
    |No letter came that week. The clerk waited by the window.|

rewritten: note weather   p2
  --> {LETTER}/notes/weather.md:3
  - He thought |the weather would hold|, and the harbour would be ope…
  + He thought |the wether would hold|, and the harbour would be ope…

moved: note window   p3 → p3a
  --> {LETTER}/notes/window.md:3
    …e that week. The clerk waited |by the window|.

1 unchanged, 2 moved, 2 rewritten.
Changed: {LETTER}/notes/harbour.md
Changed: {LETTER}/notes/third.md
Changed: {LETTER}/notes/weather.md
Changed: {LETTER}/notes/window.md
"""
    )
    assert run(root, "check") == 0
    assert note(root, "harbour") == note_of("harbour").replace(
        '"harbour"\nlabel', '"harbor"\nlabel'
    )
    assert 'block: "p3a"\n  exact: "by the window"' in note(root, "window")


def note_of(name: str) -> str:
    return (
        f'---\n{NOTES[name]}\nlabel: "{name}"\nkind: "context"\nstanding: "fact"\n'
        'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'
        "---\nA note [@manual, p. 1].\n"
    )


def test_it_may_be_run_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    transcribe(root, {"p1": f"Friday. {TEXTS['p1']}", "p2a": TEXTS["p2"], "p3a": TEXTS["p3"]})
    assert run(root, "reanchor", "--from", "HEAD") == 0
    once = tree(root / "edition")
    said(capsys)
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert tree(root / "edition") == once
    assert said(capsys)[0] == (
        "2 unchanged, 3 written for the text as it now is, and left as they are.\n"
    )


def test_what_is_lost_or_doubtful_is_asked_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcribe(root, {
        "p1": TEXTS["p1"].replace("captain", "Captain"),
        "p2": "He thought so.",
        "p3": "No letter came that week.",
        "p4": "The clerk waited by the window.",
    })  # fmt: skip
    before = tree(root / "edition")
    assert run(root, "reanchor", "--from", "HEAD") == 1
    out, err = said(capsys)
    assert tree(root / "edition") == before
    assert "rewritten: note captain   p1" in out
    assert out.endswith("1 unchanged, 1 moved, 1 rewritten, 1 to be decided, 1 lost.\n")
    assert "error[anchor-not-found]: the passage this record is about is lost" in err
    assert "the weather would hold|" in err
    assert "error[anchor-ambiguous]: where this passage stands now must be decided: it was" in err
    assert "it may be in block p4:" in err
    assert err.endswith("2 problems found.\nNothing was written.\n")
    # Somebody decides: then all is written at once.
    annotate(root, "weather", passage("p2", "thought so"))
    assert run(root, "reanchor", "--from", "HEAD") == 1
    assert "right as it stands, say so: --as-it-is third" in said(capsys)[1]
    assert run(root, "reanchor", "--from", "HEAD", "--as-it-is", "fourth") == 2
    assert run(root, "reanchor", "--from", "HEAD", "--as-it-is", "third") == 0
    assert run(root, "check") == 0
    assert "The Captain" in note(root, "captain")
    assert 'block: "p4"' in note(root, "window")


def test_a_quotation_that_is_unique_by_accident_is_not_believed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The passage is corrected, and its words stand elsewhere in the block: check is content."""
    annotate(root, "robin", passage("p3", "No letter"))
    commit(root)
    transcribe(root, {**TEXTS, "p3": "No ledger came that week. No letter came by the window."})
    assert run(root, "check") == 0
    said(capsys)
    assert run(root, "reanchor", "--from", "HEAD") == 1
    err = said(capsys)[1]
    assert "notes/robin.md" in err
    assert "= it may be in block p3:   |No ledger| came that week." in err
    assert "= it may be in block p3:   No ledger came that week. |No letter|" in err


def test_emendations_variants_mentions_and_coverage_are_carried(root: Path) -> None:
    folder = root / LETTER
    (folder / "emendations").mkdir()
    (folder / "emendations/whether.md").write_text(
        '---\nchanges:\n  - block: "p2"\n    exact: "weather"  # so it stands\n'
        '    reading: "whether"\n  - {block: p2, exact: hold, reading: "held"}\n'
        'label: "Whether"\ncertainty: "high"\nevidence: "internal"\nfault: "typing"\n'
        'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n---\nA reason.\n'
    )
    (folder / "variants").mkdir()
    (folder / "variants/week.md").write_text(
        '---\ntarget:\n  block: "p3"\n  exact: "week"\nwitness: "B"\nreading: "month"\n'
        'class: "substantive"\nlabel: "Week"\nauthor: "editors"\nlicense: "CC-BY-4.0"\n'
        'date: "2026-11-24"\n---\nA reason.\n'
    )
    description = (
        (folder / "document.yml")
        .read_text()
        .replace(
            'title: "The page"\n',
            'title: "The page"\n  - siglum: "B"\n    title: "A copy"\n    covers:\n'
            '      from: {block: "p3", exact: "No letter"}\n'
            "      to:\n        block: p3\n        exact: window\n        # to the end\n",
        )
    )
    description += "mentions:\n"
    for block, words, meant in [
        ("p3", "The clerk", "none"),
        ("p3", "window", "person:clerk"),
        ("p3", "letter", "none"),
    ]:
        description += f'  - block: "{block}"\n    exact: "{words}"\n    is: "{meant}"\n'
    (root / "edition/registers/persons").mkdir(parents=True)
    (root / "edition/registers/persons/clerk.md").write_text(
        '---\nname: "A clerk"\ndates: "1962/.."\nstanding: "conjecture"\n---\nHe waited.\n'
    )
    (folder / "document.yml").write_text(description)
    (folder / "document.yml").write_bytes(
        (folder / "document.yml").read_bytes().replace(b"\n", b"\r\n")
    )
    assert run(root, "check") == 0
    commit(root)
    transcribe(
        root, {"p1": TEXTS["p1"], "q2": TEXTS["p2"].replace("hold", "hould"), "q3": TEXTS["p3"]}
    )
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert run(root, "check") == 0
    assert (
        'block: "q2"\n    exact: "weather"  # so it stands\n'
        in (folder / "emendations/whether.md").read_text()
    )
    assert (
        '  - {block: "q2", exact: "hould", reading: "held"}\n'
        in (folder / "emendations/whether.md").read_text()
    )
    assert 'block: "q3"\n  exact: "week"' in (folder / "variants/week.md").read_text()
    wanted = description.replace('block: "p3"', 'block: "q3"').replace("block: p3", 'block: "q3"')
    assert (folder / "document.yml").read_bytes() == wanted.replace("\n", "\r\n").encode()


def test_a_record_of_proof_goes_stale_with_its_note(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tool signs for nobody: what a person read was the note on the words as they were."""
    digest = hashlib.sha256((root / LETTER / "notes/captain.md").read_bytes()).hexdigest()
    with (root / LETTER / "document.yml").open("a") as description:
        description.write(
            'proof:\n  - scope: "note captain"\n    state: "second"\n    by: "editors"\n'
            f'    on: "2026-11-24"\n    against: "A"\n    sha256: "{digest}"\n'
        )
    assert run(root, "check") == 0
    assert "proof-stale" not in said(capsys)[1]
    commit(root)
    transcribe(root, {**TEXTS, "p1": TEXTS["p1"].replace("captain", "Captain")})
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert run(root, "check") == 0
    assert "warning[proof-stale]: note captain has changed" in said(capsys)[1]


def test_an_emendation_that_the_correction_made_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = root / LETTER / "emendations"
    folder.mkdir()
    (folder / "weather.md").write_text(
        '---\nchanges:\n  - block: "p2"\n    exact: "open"\n    reading: "opened"\n'
        'label: "Opened"\ncertainty: "high"\nevidence: "internal"\nfault: "typing"\n'
        'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n---\nA reason.\n'
    )
    commit(root)
    transcribe(root, {**TEXTS, "p2": TEXTS["p2"].replace("open", "opened")})
    assert run(root, "reanchor", "--from", "HEAD") == 1
    assert "the text was corrected: take the emendation out" in said(capsys)[1]


def test_documents_and_records_may_have_other_names(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leaf = root / "edition/documents/leaf"
    git(root, "mv", LETTER, str(leaf))
    git(leaf, "mv", "notes/captain.md", "notes/master.md")
    transcribe(root, {**TEXTS, "p1": TEXTS["p1"].replace("captain", "Captain")}, str(leaf))
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert said(capsys)[0].startswith("leaf, which was page\nrewritten: note master   p1\n")
    assert 'exact: "The Captain"' in (leaf / "notes/master.md").read_text()


def test_notes_of_the_same_branch_are_left_as_they_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcribe(root, {**TEXTS, "p1": "He says the ship was late. " + TEXTS["p1"]})
    annotate(root, "late", passage("p1", "late"))
    annotate(root, "captain", passage("p1", "the ship was late"))
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert (
        said(capsys)[0]
        == "4 unchanged, 2 written for the text as it now is, and left as they are.\n"
    )


def test_a_passage_that_never_was_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotate(root, "captain", passage("p1", "The commodore"))
    assert run(root, "reanchor", "--from", "HEAD") == 1
    assert "stands neither in the earlier text nor in the text as it is now" in said(capsys)[1]


def test_the_edition_must_be_readable(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / LETTER / "notes/captain.md").write_text("---\ntarget: [\n---\nA\n")
    assert run(root, "reanchor", "--from", "HEAD") == 1
    err = said(capsys)[1]
    assert "error[yaml-invalid]" in err
    assert err.endswith("Nothing was written.\n")
    git(root, "checkout", "-q", "--", ".")
    whole = (root / LETTER / "transcription.txt").read_text()
    (root / LETTER / "transcription.txt").write_text(whole.replace("captain", "{del: captain"))
    commit(root, "torn")
    (root / LETTER / "transcription.txt").write_text(whole)
    assert run(root, "reanchor", "--from", "HEAD") == 2
    assert "Name a revision at which it was sound." in said(capsys)[1]
    assert run(root, "reanchor", "--from", "HEAD~1") == 0
    said(capsys)
    # Else the check of the proposal that mends it would fail.
    assert run(root, "reanchor", "--check", "--from", "HEAD") == 0
    assert 'Nothing is carried from there: at "HEAD" the edition cannot' in said(capsys)[1]
    assert run(root, "reanchor", "--check", "--from", "nonsense") == 2
    assert run(root, "reanchor", "--from", "HEAD~1", "--summary", "summary.md") == 2


def test_revisions_that_cannot_be_read(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(root, "reanchor", "--from", "nonsense") == 2
    assert 'git knows no revision "nonsense".' in said(capsys)[1]
    assert run(root, "reanchor") == 2
    assert "--from" in said(capsys)[1]
    git(root, "checkout", "-q", "--orphan", "bare")
    git(root, "rm", "-rq", "--cached", "edition")
    (root / "README").write_text("x")
    git(root, "add", "README")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "no edition")
    assert run(root, "reanchor", "--from", "HEAD") == 2
    assert 'at "HEAD" there is no edition/' in said(capsys)[1]
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow", "-b", "main")
    assert run(tmp_path / "shallow", "reanchor", "--from", "HEAD~1") == 2
    assert "git fetch --unshallow" in said(capsys)[1]
    small_edition(tmp_path / "plain", TEXTS, {})
    assert run(tmp_path / "plain", "reanchor", "--from", "HEAD") == 2
    assert "not a git repository" in said(capsys)[1]
    monkeypatch.setenv("PATH", "")
    assert run(root, "reanchor", "--from", "HEAD") == 2
    assert "git is not installed" in said(capsys)[1]


def test_words_that_are_gone_cannot_be_left_as_they_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcribe(root, {**TEXTS, "p2": "He thought so."})
    assert run(root, "reanchor", "--from", "HEAD") == 1
    assert "--as-it-is" not in said(capsys)[1]
    assert run(root, "reanchor", "--from", "HEAD", "--as-it-is", "weather") == 1
    err = said(capsys)[1]
    assert "it cannot be left as it is: its words stand no more in block p2" in err
    assert "--as-it-is" not in err


def test_a_decision_is_not_asked_for_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotate(root, "robin", passage("p3", "No letter"))
    git(root, "rm", "-q", f"{LETTER}/notes/third.md")
    commit(root)
    transcribe(root, {**TEXTS, "p3": "No ledger came that week. No letter came by the window."})
    assert run(root, "reanchor", "--from", "HEAD", "--as-it-is", "robin") == 0
    out, _ = said(capsys)
    assert "1 left as they are, as was decided." in out
    assert f"Changed: {LETTER}/notes/robin.md" in out
    assert 'exact: "No letter"' in note(root, "robin")
    assert run(root, "check") == 0
    assert run(root, "reanchor", "--check", "--from", "HEAD") == 0


def test_a_block_that_a_check_cannot_decide_is_shown(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note on a whole block that was divided: no record can hold that somebody has looked."""
    git(root, "rm", "-q", f"{LETTER}/notes/window.md")
    commit(root)
    transcribe(root, {**TEXTS, "p3": "No letter came that week.", "p4": "The clerk waited."})
    assert run(root, "reanchor", "--from", "HEAD") == 1
    said(capsys)
    assert run(root, "reanchor", "--check", "--from", "HEAD") == 0
    out, err = said(capsys)
    assert out.startswith(f"see: note third   p3\n  --> {LETTER}/notes/third.md:3\n")
    assert err == ""
