"""A demonstration edition of any size: the same files for the same number, and no meaning.

It is for measuring, and for looking at the site of an edition of a thousand documents before there
is one. Every document has the length of a page or two, twenty notes and about thirty links; all
share one glossary, one set of registers and one list of sources. The English ones have the
sentences of an edited document; those in other languages and scripts were written for this.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

WORDS = Path(__file__).with_name("demo_words.json")
LANGUAGES = 8
SOURCES = 40
PARAGRAPHS, SENTENCES = 9, 4
LISTED = 3
"""One in so many that a sentence names stands in a register; otherwise no page would be read for
links."""
NOTES, TEXTUAL = 20, 5
FIRST_DAY = date(1900, 1, 1)
SIGNED = ("author: editors", "license: CC-BY-4.0", 'date: "2026-11-24"')
UNSPACED = ("zh",)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
CITED = re.compile(r"@source-(\d+)")

T = TypeVar("T")


class Dice:
    """Numbers that are the same for the same seed, on any machine and version of Python."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._thrown = 0

    def below(self, limit: int) -> int:
        """Throw a number from 0 to one less than the limit."""
        self._thrown += 1
        digest = blake2b(f"{self._seed} {self._thrown}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % limit

    def choice(self, things: Sequence[T]) -> T:
        """Choose one."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Choose several, each at most once, in any order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]


@dataclass(frozen=True)
class Named:
    """An entry that sentences name: its register or ``term``, its id and its form in the text."""

    kind: str
    id: str
    form: str


@dataclass(frozen=True)
class World:
    """What all documents share."""

    words: Mapping[str, Any]
    named: Mapping[str, tuple[Named, ...]]
    stock: Mapping[str, Named]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its id, what is transcribed of it, its base text, and what it names."""

    id: str
    text: str
    named: tuple[Named, ...]


def demo_files(documents: int, site: str) -> dict[str, bytes]:
    """Return every file of the demonstration by its path; ``site`` is a ``mkdocs.yml`` to follow.

    The edition of more documents holds that of fewer.
    """
    world = _world()
    made = dict(file for number in range(documents) for file in _document(number, world))
    made |= dict(_entries(world, frozenset(_named_in(documents, world))))
    cited = frozenset(found for text in made.values() for found in CITED.findall(text))
    shared = {"mkdocs.yml": _site(site), "docs/index.md": FRONT_PAGE, **dict(_edition(cited))}
    return {path: text.encode() for path, text in {**shared, **made}.items()}


FRONT_PAGE = """\
# Demonstration edition

Its documents are put together by rule from a few sentences in several languages, and mean nothing.

[The documents](edition/index.md)
"""


def _site(site: str) -> str:
    """Make the file of the publisher: that of the tool, with another name and without its pages."""
    lines: list[str] = []
    dropped = False
    for line in site.splitlines():
        if line.startswith("site_name:"):
            line = 'site_name: "Demonstration edition"'
        dropped = line.startswith("  - About:") or (dropped and line.startswith("      - "))
        if not dropped and not line.startswith(("site_description:", "site_url:")):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _world() -> World:
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    pairs = {
        "person": [f"{a} of {b}" for a, b in product(words["roles"], words["charges"])],
        "organisation": [f"{a} of {b}" for a, b in product(words["bodies"], words["charges"])],
        "place": [f"{a} {b}" for a, b in product(words["sides"], words["spots"])],
        "event": [f"{a} {b}" for a, b in product(words["turns"], words["weathers"])],
        "thing": [f"{a} {b}" for a, b in product(words["orders"], words["volumes"])],
        "term": list(words["terms"]),
    }
    named = {
        kind: tuple(Named(kind, _slug(form), form) for form in forms)
        for kind, forms in pairs.items()
    }
    stock = {
        form: Named(kind, _slug(form), form)
        for kind, forms in words["stock"].items()
        for form in forms
    }
    return World(words, named, stock)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _yaml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _record(head: Sequence[str], body: str) -> str:
    return "\n".join(["---", *head, "---", body]) + "\n"


FOLDERS = {
    "person": "registers/persons",
    "place": "registers/places",
    "organisation": "registers/organisations",
    "event": "registers/events",
    "thing": "registers/things",
    "term": "glossary",
}


def _edition(cited: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the files that belong to no document and no register."""
    title = _yaml("Demonstration edition")
    yield (
        "edition/edition.yml",
        f"title: {title}\neditors:\n  - editors\nlicense: CC-BY-4.0\n"
        'version: "1.0.0"\nlanguage: en\n',
    )
    yield "edition/contributors/editors.yml", "name: The editors\nkind: corporate\n"
    for number in sorted(map(int, cited)):
        yield (
            f"edition/sources/source-{number}.yml",
            f"type: document\ntitle: Demonstration source {number}\n"
            f'title-short: Source {number}\nissued: "{1900 + number}"\n',
        )


def _entries(world: World, used: frozenset[Named]) -> Iterator[tuple[str, str]]:
    """Yield the terms and entries that some text names."""
    for entries in (*world.named.values(), tuple(world.stock.values())):
        for index, one in enumerate(entries):
            if one in used:
                yield f"edition/{FOLDERS[one.kind]}/{one.id}.md", _entry(one, index, world)


def _entry(one: Named, index: int, world: World) -> str:
    cited = f"[@source-{index % SOURCES + 1}, p. {index + 1}]"
    told = world.words["notes"][index % len(world.words["notes"])]
    body = f"{told.format(name=f'entry {one.form}')} {cited}"
    if one.kind == "term":
        meant = {**world.words["terms"], **world.words["stock"]["term"]}[one.form]
        forms = ["forms:", f"  - form: {_yaml(one.form)}", f"    expansion: {_yaml(meant)}"]
        silent = ['link: "false"'] if one.form in world.words["unlinked"] else []
        return _record([f"term: {_yaml(one.form)}", *forms, *silent], body)
    head = [f"name: {_yaml(one.form)}", "forms:", f"  - {_yaml(one.form)}"]
    if one.kind == "event":
        head.append(f'date: "{FIRST_DAY + timedelta(days=97 * index)}"')
    return _record(head, body)


def _document(number: int, world: World) -> Iterator[tuple[str, str]]:
    """Yield the files of one document."""
    language, dice = _of(number, world)
    name = f"document-{number + 1:04}"
    folder = f"edition/documents/{name}"
    paragraphs = _paragraphs(language, dice, world)
    day = FIRST_DAY + timedelta(days=number)
    yield f"{folder}/document.yml", _description(number, day, language["code"])
    transcription = _transcription(number, day, paragraphs, language["code"])
    yield f"{folder}/transcription.txt", transcription
    yield f"{folder}/witness/A.txt", _spelled(transcription)
    yield from _notes(name, paragraphs, dice, world)
    if language["code"] not in UNSPACED:
        yield f"{folder}/emendations/doubled.md", _emendation(paragraphs[-1])


def _of(number: int, world: World) -> tuple[Mapping[str, Any], Dice]:
    languages = world.words["languages"]
    return languages[number % LANGUAGES], Dice(f"document {number}")


def _named_in(documents: int, world: World) -> Iterator[Named]:
    for number in range(documents):
        for paragraph in _paragraphs(*_of(number, world), world):
            yield from paragraph.named


def _paragraphs(language: Mapping[str, Any], dice: Dice, world: World) -> list[Paragraph]:
    return [_paragraph(n, language, dice, world) for n in range(PARAGRAPHS)]


def _paragraph(place: int, language: Mapping[str, Any], dice: Dice, world: World) -> Paragraph:
    sentences = dice.some(language["sentences"], language.get("together", SENTENCES))
    named: list[Named] = []
    filled = [f"{place + 1}."]
    for sentence in sentences:
        slots = {kind: _name(kind, dice, world) for kind in world.named if _slot(kind) in sentence}
        named += [one for one in slots.values() if isinstance(one, Named)]
        named += [one for form, one in world.stock.items() if _stands(form, sentence)]
        forms = {k: one.form if isinstance(one, Named) else one for k, one in slots.items()}
        filled.append(sentence.format(**forms))
    return Paragraph(f"p{place + 1}", " ".join(filled), tuple(named))


def _slot(kind: str) -> str:
    return "{" + kind + "}"


def _name(kind: str, dice: Dice, world: World) -> Named | str:
    """Choose what a sentence names: an entry, or words that no register has."""
    unlisted = world.words["unlisted"].get(kind)
    if unlisted and dice.below(LISTED):
        return str(dice.choice(unlisted))
    return dice.choice(world.named[kind])


def _stands(form: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", sentence) is not None


def _description(number: int, day: date, language: str) -> str:
    return f"""\
title: Document {number + 1}
heading: The {_ordinal(number + 1)} of the demonstration
kind: letter
language: {language}
date: "{day}"
dateline: Nowhere, {day}
source: Put together by rule.
head:
  - label: Date
    value: "{day}"
    block: dateline
witnesses:
  - siglum: A
    title: The text as it was put together
    file: witness/A.txt
basis: A
notation:
  add: "<%>"
  del: "[%]"
lines: transcript
pages:
  - n: "1"
  - n: "2"
apply: high
"""


def _ordinal(number: int) -> str:
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else ENDINGS.get(number % 10, 'th')}"


def _transcription(number: int, day: date, paragraphs: Sequence[Paragraph], language: str) -> str:
    """Write the transcription: two pages, the last paragraph with a word that stands twice."""
    blocks = ["@page 1", "@letterhead letterhead", "Demonstration edition", ""]
    blocks += ["@number number-1", str(number + 1), "", "@dateline dateline", f"Nowhere, {day}", ""]
    for index, paragraph in enumerate(paragraphs):
        if index == PARAGRAPHS // 2:
            blocks += ["@stamp stamp-1 place=bottom", "SEEN", "", "@page 2", ""]
        text = _doubled(paragraph.text) if index == PARAGRAPHS - 1 else paragraph.text
        if language in UNSPACED:
            text = paragraph.text
        lines = textwrap.wrap(text, 72, break_long_words=False, break_on_hyphens=False)
        label, _, rest = lines[0].partition(" ")
        blocks += [f"@p {paragraph.id}", f"{{label: {label}}} {rest}", *lines[1:], ""]
    blocks += ["@field made role=drafting", "Put together by rule", "", "@signature signature"]
    return "\n".join([*blocks, "The demonstration"]) + "\n"


def _doubled(text: str) -> str:
    """Let the last word but one stand twice: the one fault that is emended."""
    words = text.split(" ")
    return " ".join([*words[:-1], words[-2], words[-1]])


def _spelled(transcription: str) -> str:
    """Write the witness: the transcription without the lines and marks of the editors."""
    lines = (line for line in transcription.splitlines() if not line.startswith("@"))
    return "\n".join(line.replace("{label: ", "").replace("} ", " ", 1) for line in lines) + "\n"


def _emendation(paragraph: Paragraph) -> str:
    words = paragraph.text.split(" ")
    head = [
        "changes:",
        f"  - block: {paragraph.id}",
        f"    exact: {_yaml(words[-2])}",
        f"    prefix: {_yaml(' '.join(words[-4:-1]))}",
        f"    suffix: {_yaml(words[-1])}",
        '    reading: ""',
        f"label: {_yaml(words[-2])}",
        "certainty: high",
        "evidence: internal",
        "fault: typing",
        *SIGNED,
    ]
    return _record(head, "The word stands twice.")


def _notes(
    document: str, paragraphs: Sequence[Paragraph], dice: Dice, world: World
) -> Iterator[tuple[str, str]]:
    anywhere = [one for paragraph in paragraphs for one in paragraph.named]
    made = 0
    while made < NOTES:
        paragraph = paragraphs[made % (len(paragraphs) - 1)]
        words = paragraph.text.split(" ")
        start = 1 + dice.below(len(words) - 5)
        exact = " ".join(words[start : start + 1 + dice.below(4)]).rstrip(".,;:，。；：، ")
        if not exact or paragraph.text.count(exact) != 1:
            continue
        made += 1
        kind = "textual" if made > NOTES - TEXTUAL else "context"
        head = [
            "target:",
            f"  block: {paragraph.id}",
            f"  exact: {_yaml(exact)}",
            f"label: {_yaml(dice.choice(world.words['labels']))}",
            f"kind: {kind}",
            "standing: fact",
            *SIGNED,
        ]
        name = f"note {made} of {document}"
        body = "\n".join(told.format(name=name) for told in dice.some(world.words["notes"], 3))
        named = dice.choice(paragraph.named or anywhere)
        source, page = dice.below(SOURCES) + 1, dice.below(300) + 1
        body += f"\nSee [{named.form}]({named.kind}:{named.id}) [@source-{source}, p. {page}]."
        yield f"edition/documents/{document}/notes/note-{made:02}.md", _record(head, body)
