"""`edition diff`: what a reviewer is shown of a branch."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from build_tools.report.summary import LARGEST
from tests.copies import run, sound_copy
from tests.repositories import (
    annotate,
    commit,
    git,
    passage,
    repository,
    small_edition,
    transcribe,
)

GOLDEN = Path(__file__).parent / "golden-review"
LETTER = "edition/documents/letter"
HOSTILE = "</pre><script>alert(1)</script> <img src=x onerror=alert(1)> *loud* `x` @everyone #1 |a|"
NEW = f"""---
target:
  - block: "p2"
    exact: "bring green ink"
  - block: "p5"
    exact: "nor does it say"
label: "{HOSTILE}"
kind: "context"
standing: "inference"
author: {{name: "A. Reader <b>", orcid: "0000-0002-1825-0097"}}
license: "CC-BY-4.0"
date: "2026-11-24"
sources:
  - new: {{type: "book", title: "On <i>Ink</i>", title-short: "Ink",
      author: [{{family: "Writer", given: "A."}}],
      issued: "1901"}}
---
Telegrams leave out many small words; see [QUOTE](term:quote).

* A list, with the [manual](https://example.org/?a=1&b=2) [@manual, p. 4].
* Its \\<script> is plain text.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(sound_copy(tmp_path / "edition"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert text.count(old) == 1, (file, old)
    file.write_bytes(text.replace(old, new).encode())


def branch(root: Path) -> None:
    """Do what a branch may do: notes, a correction, a term, a source."""
    letter = root / LETTER
    (letter / "notes/ink.md").write_text(NEW, encoding="utf-8")
    change(letter / "notes/catchword.md", "It stands in a block", "It stands alone in a block")
    change(letter / "notes/catchword.md", 'standing: "fact"', 'standing: "inference"')
    (letter / "notes/page-2.md").unlink()
    change(letter / "transcription.txt", "slow{wordbreak", "sloow{wordbreak")
    change(letter / "witness/A.txt", "slow-", "sloow-")
    change(root / "edition/glossary/quote.md", "Opens", "Begins")
    assert run(root, "reanchor", "--from", "HEAD") == 0
    assert run(root, "check") == 0


@pytest.mark.parametrize(("form", "file"), [("text", "review.txt"), ("markdown", "review.md")])
def test_what_is_shown(
    root: Path, form: str, file: str, update_golden: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    branch(root)
    capsys.readouterr()
    assert run(root, "diff", "HEAD", "--format", form) == 0
    shown = capsys.readouterr().out
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / file).write_text(shown, encoding="utf-8")
    assert shown == (GOLDEN / file).read_text(encoding="utf-8")
    assert run(root, "diff", "HEAD", "--format", form) == 0
    assert capsys.readouterr().out == shown


def test_nothing_that_is_shown_takes_effect(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch(root)
    capsys.readouterr()
    assert run(root, "diff", "HEAD", "--format", "markdown") == 0
    shown = capsys.readouterr().out
    page = markdown.markdown(shown, extensions=["tables", "fenced_code"])
    for sign in ("<script", "<img", "<a ", "<i>", "<b>", "<code>", "<table"):
        assert sign not in page
    assert "&lt;script&gt;alert(1)" in page or "&#60;script&#62;alert(1)" in page
    assert "@everyone" not in shown


def test_nothing_changes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "diff", "HEAD") == 0
    assert capsys.readouterr().out == "  Nothing of the edition changes.\n"


def test_the_edition_must_be_sound(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root / LETTER / "notes/quickly.md", '"quickly"', '"quikly"')
    assert run(root, "diff", "HEAD") == 1
    said = capsys.readouterr()
    assert "error[anchor-not-found]" in said.err
    assert '"quikly"' in said.out
    assert "Nothing of the edition changes" not in said.out
    commit(root, "broken")
    change(root / LETTER / "notes/quickly.md", '"quikly"', '"quickly"')
    assert run(root, "diff", "HEAD") == 0  # what is mended can be shown
    assert "note quickly" in capsys.readouterr().out
    assert run(root, "diff", "nonsense") == 2
    git(root, "checkout", "-q", "--", ".")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_records_with_problems_are_left_out_and_the_rest_is_shown(
    root: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A first proposal has one problem as a rule: its reviewer sees all the same what it is."""
    branch(root)
    file = root / LETTER / "notes/ink.md"
    change(file, "bring green ink", "bring red ink")
    with file.open("a") as end:
        end.write("\n```\n</pre><script>\x1b[31m\n")
    change(root / LETTER / "notes/quickly.md", '"quickly"', '"quikly"')
    capsys.readouterr()
    page = root.parent / "preview.html"
    assert run(root, "diff", "HEAD", "--format", form, "--html", str(page)) == 1
    said = capsys.readouterr()
    assert f"--> {LETTER}/notes/ink.md" in said.err
    assert f"--> {LETTER}/notes/quickly.md" in said.err
    first, _, rest = said.out.partition("Letter 7")
    assert rest, said.out
    assert "these files have problems" in first
    assert 'exact: "bring red ink"' in first
    assert 'exact: "quikly"' in first
    assert "changed: note catchword" in rest
    assert "removed: note page-2" in rest
    assert "ink" not in rest.partition("Other files")[0].replace("think", "")
    assert "removed: note quickly" not in rest, "a changed record is not told to be gone"
    if form == "markdown":
        assert "error[anchor-not-found]" in first
        made = markdown.markdown(said.out, extensions=["fenced_code"])
        assert "<script" not in made
    else:
        assert "\x1b" not in said.out
    shown = page.read_text()
    assert f"{LETTER}/notes/ink.md, which has problems" in shown
    assert "catchword" in shown


def test_a_problem_elsewhere_must_be_mended_first(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root / LETTER / "transcription.txt", "slow{wordbreak", "sloow{wordbreak")
    (root / LETTER / "notes/ink.md").write_text(NEW.replace("green ink", "red ink"))
    page = root.parent / "preview.html"
    assert run(root, "diff", "HEAD", "--html", str(page)) == 1
    said = capsys.readouterr()
    assert said.err.endswith("Mend these first; then what has changed can be shown.\n")
    assert not page.exists()
    assert said.out == ""


def test_a_new_document_and_one_that_is_gone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "mv", "edition/documents/names", "edition/documents/list")
    change(root / "edition/documents/list/notes/arabic.md", "block:names#", "block:list#")
    assert run(root, "diff", "HEAD") == 0
    shown = capsys.readouterr().out
    assert "This document is new." in shown
    assert "This document is removed." in shown


def test_a_summary_is_cut_before_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(small_edition(tmp_path / "edition", {"p1": "One two three."}, {}))
    for n in range(60):
        annotate(root, f"note-{n:02}", passage("p1", "two"), "A long note. " * 2000)
    assert run(root, "diff", "HEAD", "--format", "markdown") == 0
    shown = capsys.readouterr().out
    assert len(shown.encode()) <= LARGEST
    assert "more changes would not fit. The log has them all.**" in shown


def test_where_a_link_leads_and_what_is_set_apart_is_part_of_a_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = "See [the manual](https://example.org/a), *never* in ink.\n\nIts [word](note:page#two)"
    root = small_edition(tmp_path / "edition", {"p1": "One two three."}, {})
    annotate(root, "one", passage("p1", "One"), old)
    annotate(root, "two", passage("p1", "two"))
    repository(root)
    changes = [
        ("https://example.org/a", "https://example.org/b", "[the manual](https://example.org/b)"),
        ("*never*", "**never**", "**never**"),
        ("*never*", "never", "never in ink"),
        ("note:page#two", "note:page#one", "[word](note:page#one)"),
        ("ink.\n\n", "ink.\n", "ink. Its"),
        ("\n\nIts", "\n\n> Its", "\u00b6 > Its"),
        ("\n\nIts", "\n\n1. Its", "\u00b6 1. Its"),
    ]
    for before, after, shown in changes:
        annotate(root, "one", passage("p1", "One"), old.replace(before, after))
        assert run(root, "diff", "HEAD") == 0
        said = capsys.readouterr().out
        text = said.partition("\n  text\n")[2]
        (now,) = [line for line in text.splitlines() if line.startswith("    + ")]
        assert shown in now, (said, shown)
    annotate(root, "one", passage("p1", "One"), old)
    annotate(root, "third", passage("p1", "three"), "See [here](https://example.org/x?a=1&b=2)")
    assert run(root, "diff", "HEAD") == 0
    assert "    See here <https://example.org/x?a=1&b=2> (" in capsys.readouterr().out


@pytest.mark.parametrize("is_sound", [True, False])
def test_what_is_taken_out_is_shown_as_it_was(
    root: Path, is_sound: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note goes with the only source that it cites, and with its author."""
    letter = root / LETTER
    (letter / "notes/ink.md").write_text(NEW)
    assert run(root, "adopt", str(letter / "notes/ink.md")) == 0
    change(letter / "notes/ink.md", "[@manual, p. 4]", "[@ink, p. 9]")
    assert run(root, "check") == 0
    before = git(root, "rev-parse", "HEAD")
    if not is_sound:
        change(letter / "notes/quickly.md", '"quickly"', '"quikly"')
    commit(root, "A note")
    git(root, "rm", "-q", f"{LETTER}/notes/ink.md")
    git(root, "checkout", "-q", before, "--", "edition/documents/letter/notes/quickly.md")
    for name in git(root, "diff", "--name-only", "--diff-filter=A", before, "HEAD").split():
        (root / name).unlink(missing_ok=True)
    assert run(root, "check") == 0
    capsys.readouterr()
    assert run(root, "diff", "HEAD") == 0
    said = capsys.readouterr().out
    note = said.partition("removed: note ink")[2].partition("removed:")[0]
    assert "by A. Reader <b>" in note
    assert "Telegrams leave out many small words" in note
    assert "On <i>Ink</i>, 1901." in note
    assert "removed: source ink" in said


def test_a_passage_that_may_be_another_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its target is as it was, and means one place in both states; but its neighbours are new."""
    texts = {"p1": "No letter came that week. All was well."}
    root = small_edition(tmp_path / "edition", texts, {"letter": passage("p1", "letter")})
    annotate(root, "well", passage("p1", "was well"))
    repository(root)
    transcribe(root, {"p1": "No ledger came that week. A letter was late. So all was well."})
    assert run(root, "check") == 0
    assert run(root, "diff", "HEAD") == 0
    said = capsys.readouterr().out.partition("Passages of other records\n")[2]
    told = said.partition("The text\n")[0]
    assert "  note letter\n    - p1: No |letter| came that week.\n" in told
    assert "    + p1: A |letter| was late.\n" in told
    assert "note well" not in told
