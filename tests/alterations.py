"""What people and accidents change between two builds: steps of the tests that build again."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

BESIDE = ("elsewhere.txt", "inherited.yml")
"""Files beside the sources that alterations may bring in."""

Step = Callable[[Path, random.Random], None]


def records(root: Path, kind: str = "notes") -> list[Path]:
    return sorted(root.glob(f"edition/documents/*/{kind}/*.md"))


def append(file: Path, words: str) -> None:
    file.write_text(file.read_text() + words)


def words_of_a_note(root: Path, dice: random.Random) -> None:
    append(dice.choice(records(root)), f"\nA thought that came as number {dice.random()}.\n")


def words_of_an_emendation(root: Path, dice: random.Random) -> None:
    append(dice.choice(records(root, "emendations")), f"\nSeen again on day {dice.random()}.\n")


def a_citation(root: Path, dice: random.Random) -> None:
    source = dice.choice(sorted(root.glob("edition/sources/*.yml"))).stem
    append(dice.choice(records(root)), f"\nCompare number {dice.random()} [@{source}, p. 9].\n")


def a_link(root: Path, dice: random.Random) -> None:
    person = dice.choice(sorted(root.glob("edition/registers/persons/*.md"))).stem
    append(dice.choice(records(root)), f"\nAsk [them](person:{person}) for {dice.random()}.\n")


def a_link_to_another_document(root: Path, dice: random.Random) -> None:
    there, note = (dice.choice(records(root)) for _ in range(2))
    if there.parent != note.parent:
        named = f"note:{there.parts[-3]}#{there.stem}"
        append(note, f"\nCompare [what is said elsewhere]({named}), for {dice.random()}.\n")


def a_link_taken_back(root: Path, dice: random.Random) -> None:
    for note in records(root):
        text = note.read_text()
        if "](person:" in text:
            # The words stay where they are, and are links no more.
            note.write_text(text.replace("](person:", r"\](person:"))
            return


def a_note_put_on_record(root: Path, dice: random.Random) -> None:
    file = dice.choice(sorted(root.glob("edition/documents/*/document.yml")))
    note = dice.choice(sorted(file.parent.glob("notes/*.md")))
    record = (
        f'  - scope: "note {note.stem}"\n    state: "second"\n    by: "editors"\n'
        f'    on: "2026-11-24"\n    sha256: "{hashlib.sha256(note.read_bytes()).hexdigest()}"\n'
    )
    text = file.read_text()
    if "\nproof:\n" in text:
        file.write_text(text.replace("\nproof:\n", f"\nproof:\n{record}", 1))
    else:
        append(file, f"proof:\n{record}")


def words_of_a_note_on_record(root: Path, dice: random.Random) -> None:
    for file in sorted(root.glob("edition/documents/*/document.yml")):
        for name in re.findall(r'"note ([^"]+)"', file.read_text()):
            note = file.parent / f"notes/{name}.md"
            if note.is_file():
                append(note, f"\nRead once more, at {dice.random()}.\n")
                return


def a_newcomer(root: Path, dice: random.Random) -> None:
    note = dice.choice(records(root))
    author = 'author: {name: "Somebody New", orcid: "0000-0002-1825-0097"}'
    note.write_text(re.sub(r"^author: .*$", author, note.read_text(), count=1, flags=re.MULTILINE))


def the_theme_of_last_time(root: Path, dice: random.Random) -> None:
    theme = root / ".edition/theme"
    if dice.choice([True, False]):
        shutil.rmtree(theme, ignore_errors=True)
    elif theme.is_dir():
        append(theme / "assets/edition.css", f"\n/* {dice.random()} */\n")


def a_later_moment(root: Path, dice: random.Random) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = str(1600000000 + dice.randrange(10**8))


def what_a_link_leads_to(root: Path, dice: random.Random) -> None:
    """Change a file that lies elsewhere and is named in docs/."""
    elsewhere = root / "edition/../elsewhere.txt"
    elsewhere.write_text(f"Number {dice.random()}.\n")
    page = root / "docs/linked.txt"
    if not page.is_symlink():
        page.symlink_to("../elsewhere.txt")


def what_the_configuration_inherits(root: Path, dice: random.Random) -> None:
    (root / "inherited.yml").write_text(f'copyright: "Number {dice.random()}"\n')
    file = root / "mkdocs.yml"
    if "INHERIT" not in file.read_text():
        append(file, "\nINHERIT: inherited.yml\n")


def a_label(root: Path, dice: random.Random) -> None:
    file = dice.choice(records(root))
    lines = file.read_text().splitlines()
    label = next(n for n, line in enumerate(lines) if line.startswith("label:"))
    lines[label] = f'label: "Label {dice.randrange(1000)}"'
    file.write_text("\n".join(lines) + "\n")


def one_note_more(root: Path, dice: random.Random) -> None:
    file = dice.choice(records(root))
    head = file.read_text().split("---")[1]
    name = f"added-{dice.randrange(10**6)}"
    file.with_name(f"{name}.md").write_text(f"---{head}---\nThis one is called {name}.\n")


def one_note_less(root: Path, dice: random.Random) -> None:
    dice.choice(records(root)).unlink()


def a_note_renamed(root: Path, dice: random.Random) -> None:
    file = dice.choice(records(root))
    file.rename(file.with_name(f"renamed-{dice.randrange(10**6)}.md"))


def a_term(root: Path, dice: random.Random) -> None:
    append(dice.choice(sorted(root.glob("edition/glossary/*.md"))), f"\nAlso {dice.random()}.\n")


def an_essay(root: Path, dice: random.Random) -> None:
    append(dice.choice(sorted(root.glob("edition/essays/*.md"))), f"\nAnd {dice.random()}.\n")


def the_version(root: Path, dice: random.Random) -> None:
    file = root / "edition/edition.yml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("version:")]
    file.write_text("\n".join([*lines, f'version: "{dice.randrange(9)}.0.0"']) + "\n")


def a_page_by_hand(root: Path, dice: random.Random) -> None:
    append(root / "docs/index.md", f"\nWelcome number {dice.random()}.\n")


def the_name_of_the_site(root: Path, dice: random.Random) -> None:
    file = root / "mkdocs.yml"
    lines = [line for line in file.read_text().splitlines() if not line.startswith("site_name:")]
    file.write_text("\n".join([f"site_name: Texts {dice.randrange(99)}", *lines]) + "\n")


def one_document_more(root: Path, dice: random.Random) -> None:
    folder = root / f"edition/documents/more-{dice.randrange(10**6)}"
    shutil.copytree(root / "edition/documents/names", folder)


def one_document_less(root: Path, dice: random.Random) -> None:
    shutil.rmtree(dice.choice(sorted((root / "edition/documents").iterdir())))


def new_dates_only(root: Path, dice: random.Random) -> None:
    for file in dice.sample(records(root), 4):
        os.utime(file)


def nothing(root: Path, dice: random.Random) -> None:
    pass


def a_broken_anchor(root: Path, dice: random.Random) -> None:
    file = dice.choice(records(root))
    file.write_text(file.read_text().replace("exact: ", "exact: Not at all ", 1))


def the_site_spoiled(root: Path, dice: random.Random) -> None:
    pages = sorted((root / "site").rglob("*.html"))
    if pages:
        append(dice.choice(pages), "<p>Spoiled.")


def a_file_of_the_site_lost(root: Path, dice: random.Random) -> None:
    files = sorted(file for file in (root / "site").rglob("*") if file.is_file())
    if files:
        dice.choice(files).unlink()


def the_memory_lost(root: Path, dice: random.Random) -> None:
    states = sorted((root / ".edition/state").glob("*.json"))
    if states:
        dice.choice(states).unlink()


def the_memory_spoiled(root: Path, dice: random.Random) -> None:
    states = sorted((root / ".edition/state").glob("*.json"))
    if states:
        dice.choice(states).write_text(dice.choice(["", "[]", "{}", '{"key": 1}', "\0"]))


ALTERATIONS: tuple[Step, ...] = (
    *(3 * (words_of_a_note,)),
    words_of_an_emendation,
    a_citation,
    a_link,
    a_link_to_another_document,
    a_link_taken_back,
    a_note_put_on_record,
    words_of_a_note_on_record,
    a_newcomer,
    the_theme_of_last_time,
    a_later_moment,
    what_a_link_leads_to,
    what_the_configuration_inherits,
    a_label,
    one_note_more,
    one_note_less,
    a_note_renamed,
    a_term,
    an_essay,
    the_version,
    a_page_by_hand,
    the_name_of_the_site,
    one_document_more,
    one_document_less,
    new_dates_only,
    nothing,
    a_broken_anchor,
    the_site_spoiled,
    a_file_of_the_site_lost,
    the_memory_lost,
    the_memory_spoiled,
)


DELICATE: dict[str, tuple[Step, Step]] = {
    "a note on record as read": (a_note_put_on_record, words_of_a_note_on_record),
    "a link that is none any more": (a_link, a_link_taken_back),
    "a theme that somebody changed": (words_of_a_note, the_theme_of_last_time),
    "a file elsewhere": (what_a_link_leads_to, what_a_link_leads_to),
    "a configuration elsewhere": (
        what_the_configuration_inherits,
        what_the_configuration_inherits,
    ),
    "a newcomer's note": (a_newcomer, words_of_a_note),
}
"""Two steps after each other, of which the second is easily taken for less than it is."""
