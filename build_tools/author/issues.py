"""From the text of an issue form to the file of a note or an emendation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from build_tools.author.issue_fields import (
    CONSENT,
    EMENDATION,
    ERROR,
    FIELDS,
    NOTE,
    IssueField,
)
from build_tools.author.issue_sources import cited_sources, new_sources
from build_tools.author.issue_text import IssueText
from build_tools.author.new import Draft
from build_tools.author.values import Value
from build_tools.model.base import Block
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.standings import DOUBT, UNCHECKED, UNVERIFIED

ADDRESS = re.compile(
    r"(?:.*/)?edition/(?P<document>[a-z][a-z0-9-]*)(?:/index\.html|\.html|/)?(?:\?[^#]*)?"
    r"#(?P<block>[^#\s]+)"
)
"""The address of a paragraph, as it is copied from the page."""

NUMBERED = re.compile(r"(?:¶|no\.?|number|paragraph|point)?\s*(\d+)\.?", re.IGNORECASE)
"""A paragraph as people name it: by the number before it."""

FILED = re.compile(
    r"\A\s*(?P<path>edition/documents/[a-z][a-z0-9-]*/(?:notes|emendations)/[a-z][a-z0-9-]*\.md)"
    r"\s*\n\s*\n(?P<fence>`{3,})[a-z]*\n(?P<text>---\n.*?)\n?(?P=fence)\s*\Z",
    re.DOTALL,
)
"""An issue that the panel has filled in, where a forge takes no file: path and file."""

CREATIVE_COMMONS = re.compile(r"CC0?(-[A-Z]+)*-\d\.\d", re.IGNORECASE)
TICKED = re.compile(r"^\s*[-*] \[[xX]\]", re.MULTILINE)
ANY_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*")
ORCID_SITE = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)
KEYS = {"source": "sources", "author": "name", "reading": "reading"}
"""Keys of the file whose field is called otherwise."""


@dataclass(frozen=True)
class Asked:
    """What an issue asks for: a record, and the document that it belongs to."""

    draft: Draft
    document: str
    body: tuple[int, ...]
    """For every line of the body, the line of the issue that it came from."""
    sources: tuple[int, ...] = ()
    """For every source, the line of the issue that it came from."""


def asked(issue: IssueText, bound: BoundEdition, day: str) -> Asked | None:
    """Make a record of what an issue says; what is missing or unclear is a problem of the issue."""
    form = issue.form
    strange = [one for one in FIELDS if form not in one.forms and issue.says(one.id)]
    if strange:
        # Which form it is comes first: what the other one lacks is nobody's fault.
        issue.problems += [_other_form(issue, one, form) for one in strange]
        return None
    for one in FIELDS:
        if form in one.forms:
            _look(issue, one)
    document, block = _passage(issue, bound)
    if not document:
        return None
    fields: dict[str, Value] = {}
    target: dict[str, Value] = {"block": block} if block else {}
    target |= {key: issue.says(key) for key in ("exact", "prefix", "suffix") if issue.says(key)}
    if form == EMENDATION:
        fields["changes"] = [{**target, "reading": issue.says("reading")}]
    else:
        fields["target"] = target
    fields["label"] = issue.says("label")
    fields |= _standing(issue, form)
    fields["author"] = _author(issue)
    fields["license"] = _licence(issue.says("license"), bound.edition.description.license)
    fields["date"] = day
    sources = [*cited_sources(issue, bound.edition.sources), *new_sources(issue)]
    if sources:
        fields["sources"] = [source for _, source in sources]
    body, origin = _body(issue)
    told = tuple(number for number, _ in sources)
    if form == ERROR:
        body, origin = _unchecked(body, origin, bound.edition.description.language)
    kind = EMENDATION if form == EMENDATION else NOTE
    folder = f"edition/documents/{document}/{kind}s"
    draft = Draft(kind, folder, ".md", fields, body, issue.says("label"))
    return None if issue.problems else Asked(draft, document, origin, told)


def _licence(says: str, ours: str) -> str:
    """Write a licence as SPDX names it: people write CC BY 4.0, as the licence calls itself."""
    name = re.sub(r"[\s_-]+", "-", says)
    if name.casefold() == ours.casefold():
        return ours
    return name.upper() if CREATIVE_COMMONS.fullmatch(name) else says


def _look(issue: IssueText, one: IssueField) -> None:
    """Look whether a field is answered as it must be."""
    says = issue.says(one.id)
    if one.id == "agreed":
        if not TICKED.search(issue.answers["agreed"].text if "agreed" in issue.answers else ""):
            issue.problems.append(_not_agreed(issue))
    elif one.needed and not says:
        message = f'nothing stands under "{one.label}"'
        hint = f"write it below a heading ### {one.label}; ask the contributor, if you do not know"
        issue.problems.append(Problem("key-missing", issue.place_of(one.id), message, hint))
    elif one.values and says.casefold() not in one.values:
        message = f'"{says}" is none of the answers to "{one.label}"'
        hint = f"write one of {', '.join(one.values)}"
        issue.problems.append(Problem("value-invalid", issue.place_of(one.id), message, hint))


def _other_form(issue: IssueText, one: IssueField, form: str) -> Problem:
    article = "an" if form == EMENDATION else "a"
    named = "note" if form == ERROR else form
    return Problem(
        "key-unknown",
        issue.place(issue.answers[one.id].heading),
        f'"{one.label}" is no field of {article} {named}',
        "where it is the contributor's own heading, take its ### out; a field of the other form "
        "goes out with what stands below it",
    )


def _not_agreed(issue: IssueText) -> Problem:
    return Problem(
        "key-missing",
        issue.place_of("agreed"),
        "the contributor has not said that it is theirs to give",
        f"ask them; where they agree, write below ### Yours to give   - [x] {CONSENT}",
    )


def _standing(issue: IssueText, form: str) -> dict[str, Value]:
    if form == ERROR:
        return dict(DOUBT)
    names = ("certainty", "evidence", "fault") if form == EMENDATION else ("kind", "standing")
    return {name: issue.says(name).casefold() for name in names}


def _author(issue: IssueText) -> dict[str, Value]:
    orcid = re.sub(r"[\s-]", "", ORCID_SITE.sub("", issue.says("orcid")).strip("/")).upper()
    orcid = re.sub(r".{4}(?=.)", r"\g<0>-", orcid)
    author: dict[str, Value] = {"name": issue.says("name")}
    return {**author, "orcid": orcid} if orcid else author


def _passage(issue: IssueText, bound: BoundEdition) -> tuple[str, str]:
    """Return the document and the paragraph; where words were given alone, find their paragraph."""
    given, wished = issue.says("block"), issue.says("document")
    address = ADDRESS.fullmatch(given)
    block = address["block"] if address else given.removeprefix("#")
    named = _document(bound, wished)
    if address and named and address["document"] != named:
        message = f'the paragraph is one of "{address["document"]}", and the document is "{named}"'
        place = issue.place_of("block")
        issue.problems.append(Problem("value-invalid", place, message, "keep the right one"))
    if address and not wished:
        named = _document(bound, address["document"])
        wished = address["document"]
    if not named and not wished and len(bound.documents) == 1:
        named = next(iter(bound.documents))
    if not named:
        place = issue.place_of("document" if issue.says("document") else "block")
        issue.problems.append(_no_document(place, wished, bound))
        return "", ""
    if not block and not issue.says("exact"):
        message = "neither a paragraph nor words of it are named"
        hint = "write the words that it is about, or the paragraph, as its address or its id"
        issue.problems.append(Problem("key-missing", issue.place_of("exact"), message, hint))
    return named, _block(bound.documents[named], block)


def _block(document: BoundDocument, given: str) -> str:
    """Find a paragraph by the number before it, unless that is an id or stands before several."""
    number = NUMBERED.fullmatch(given)
    if given in document.blocks or number is None:
        return given
    found = [name for name, one in document.blocks.items() if _label(one.block) == number[1]]
    return found[0] if len(found) == 1 else given


def _label(block: Block) -> str:
    """Return the numeral or label that a block begins with."""
    for span in block.marks:
        if span.mark.name == "label" and not span.start:
            return block.base[span.start : span.end].rstrip(".:) ")
    return ""


def _document(bound: BoundEdition, wished: str) -> str:
    """Find a document by its id or its title."""
    for name, one in bound.documents.items():
        if wished.casefold() in (name, one.document.description.title.casefold()):
            return name
    return ""


def _no_document(place: Place, wished: str, bound: BoundEdition) -> Problem:
    known = ", ".join(bound.documents)
    if wished:
        return Problem(
            "value-invalid", place, f'there is no document "{wished}"', f"the documents are {known}"
        )
    return Problem("key-missing", place, "no document is named", f"name one of them: {known}")


def _body(issue: IssueText) -> tuple[str, tuple[int, ...]]:
    """Return the prose, and for each of its lines the line of the issue that it came from.

    Notes have no headings of their own: one that the contributor wrote becomes a line in bold.
    """
    answer = issue.answers.get("text")
    if answer is None:
        return "", ()
    lines: list[str] = []
    origin: list[int] = []
    for number, line in enumerate(answer.lines, answer.first):
        heading = ANY_HEADING.fullmatch(line)
        new = ["", _bold(heading["words"]), ""] if heading and heading["words"] else [line]
        lines += new
        origin += [number] * len(new)
    blank = next((n for n, line in enumerate(lines) if line), 0)
    return "\n".join(lines), tuple(origin[blank:])


def _unchecked(body: str, origin: tuple[int, ...], language: str) -> tuple[str, tuple[int, ...]]:
    """Let a report of an error say of itself that nobody has looked yet, if it does not."""
    language = language[:2]
    if language not in UNCHECKED or UNVERIFIED[language].search(body):
        return body, origin
    says = UNCHECKED[language]
    return says + body.lstrip("\n"), (origin[:1] * says.count("\n")) + origin


def _bold(words: str) -> str:
    return words if re.search(r"[*_\\`]", words) else f"**{words}**"


def located(problem: Problem, made: Asked, path: str, text: str, issue: IssueText) -> Problem:
    """Tell a problem of the file that would be written at the field of the issue it came from."""
    if problem.place.file != path:
        return problem
    lines = text.split("\n")
    end = lines.index("---", 1) + 1
    number = problem.place.line
    if number > end:
        origin = made.body[min(number - end, len(made.body)) - 1] if made.body else 0
        return replace(problem, place=issue.place(origin) if origin else issue.place_of("text"))
    source = _source_at(lines[:number])
    if 0 < source <= len(made.sources):
        return replace(problem, place=issue.place(made.sources[source - 1]))
    return replace(problem, place=issue.place_of(_field_at(lines, number)))


def _source_at(lines: list[str]) -> int:
    """Return which source of the list the last line tells of; 0 where it tells of none."""
    top = max((n for n, line in enumerate(lines) if re.match(r"[A-Za-z]", line)), default=0)
    if not lines or lines[top] != "sources:":
        return 0
    return sum(line.startswith("  - ") for line in lines[top:])


def _field_at(lines: list[str], number: int) -> str:
    """Return the field that a line of the head was written from."""
    known = {one.id for one in FIELDS}
    top = ""
    for line in lines[:number]:
        found = re.match(r"([A-Za-z][\w-]*):", line)
        top = found[1] if found else top
    if top == "sources":
        inside = any(line.strip().endswith("new:") for line in lines[:number])
        return "new" if inside else "sources"
    for line in reversed(lines[:number]):
        found = re.match(r"\s*(?:- )?([A-Za-z][\w-]*):", line)
        name = KEYS.get(found[1], found[1]) if found else ""
        if name in known:
            return name
    return "exact"


def filed(text: str) -> tuple[str, str] | None:
    """Return path and text of the file that an issue brings whole, where it does."""
    found = FILED.fullmatch(text)
    return (found["path"], found["text"] + "\n") if found else None


def taken_in(files: Collection[str], document: str) -> tuple[str, ...]:
    """Return the ids that notes, emendations and variants of a document have."""
    folders = tuple(
        f"edition/documents/{document}/{kind}/" for kind in ("notes", "emendations", "variants")
    )
    return tuple(
        path.rpartition("/")[2].removesuffix(".md") for path in files if path.startswith(folders)
    )


def with_block(draft: Draft, block: str) -> Draft:
    """Return a draft whose passage is in a paragraph."""
    fields = dict(draft.fields)
    key = "changes" if "changes" in fields else "target"
    value = fields[key]
    held = value[0] if isinstance(value, list) else value
    target: Mapping[str, Value] = held if isinstance(held, dict) else {}
    found: dict[str, Value] = {"block": block, **target}
    fields[key] = [found] if key == "changes" else found
    return replace(draft, fields=fields)
