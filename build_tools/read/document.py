"""``document.yml``: what is said of a document and its witnesses."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.model.kinds import CERTAINTIES
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.proof import SCOPE, STATES
from build_tools.model.records import (
    Description,
    Hand,
    HeadDatum,
    Ignored,
    Override,
    PageImage,
    Proof,
    Target,
    Witness,
)
from build_tools.read.faults import page_invalid
from build_tools.read.ids import PAGE_NUMBER
from build_tools.read.schema import (
    Choice,
    Fields,
    Given,
    ListOf,
    MapOf,
    Record,
    Text,
    may,
    needs,
    read_fields,
)
from build_tools.read.shapes import (
    CITED,
    DATE,
    ENTRY_OR_NONE,
    HASH,
    LANGUAGE,
    NAME,
    PASSAGE,
    SIGN,
    TIME,
    cited_of,
    date_of,
    sources_of,
    target_of,
)
from build_tools.read.yaml_nodes import read_yaml

MEDIA = ("print", "typescript", "stamp", "ink", "pencil", "unknown")

HEAD_DATUM = Record(
    {
        "label": needs("the name of the row"),
        "value": needs("what stands in it"),
        "block": may("the id of the block of the basis that shows it", NAME),
        "source": may("the id of the source that tells it", NAME),
        "locator": may("the place in the source"),
        "certainty": may("how certain it is", Choice(CERTAINTIES)),
    }
)
WITNESS = Record(
    {
        "siglum": needs("the letter that stands for it"),
        "title": needs("what it is, in a few words"),
        "description": may("what is to be said of it"),
        "file": may("its text, a path in the folder of the document: witness/T.txt"),
        "sha256": may("the hash of its file", HASH),
        "source": may("the id of a source", NAME),
        "covers": may(
            "where it begins and ends",
            Record(
                {
                    "from": needs("where it begins", Record(PASSAGE)),
                    "to": needs("where it ends", Record(PASSAGE)),
                }
            ),
        ),
    }
)
HAND = Record(
    {
        "id": needs("its id", NAME),
        "medium": needs("with what it wrote", Choice(MEDIA)),
        "description": may("what is to be said of it"),
    }
)
PAGE = Record(
    {
        "n": needs("its number, as on its @page line"),
        "image": may("its image, a path in the folder of the document"),
    }
)
MENTION = Record(
    {**PASSAGE, "is": needs("whom or what the words mean: person:id, or none", ENTRY_OR_NONE)}
)
SCOPED = Text(
    lambda text: (
        ""
        if SCOPE.fullmatch(text)
        else "write document, page and its number (page 1), or note and its id (note four-days)"
    )
)
PROOF = Record(
    {
        "scope": needs("what was looked at: document, page 1, or note four-days", SCOPED),
        "state": needs("what was done with it", Choice(STATES)),
        "by": needs("by whom: the id of a contributor"),
        "on": needs("on what day", DATE),
        "against": may("with what it was compared"),
        "sha256": may("the hash of what was looked at; the check tells it", HASH),
    }
)
DOCUMENT = Record(
    {
        "title": needs("the title"),
        "heading": needs("the heading of its page: what it is, or from whom to whom"),
        "kind": needs("what kind of document it is: letter, minutes"),
        "language": needs("its language: en", LANGUAGE),
        "date": may("its date, where it is known: 1962-11-01", DATE),
        "time": may("its hour: 15:00", TIME),
        "dateline": may("place and date in words, as printed at the head"),
        "printed": may("where it is printed, a list of source and locator", ListOf(CITED)),
        "source": needs("a sentence or two on where the text comes from"),
        "head": may("the rows of the table at its head", ListOf(HEAD_DATUM)),
        "witnesses": needs("its witnesses, each with siglum and title", ListOf(WITNESS)),
        "basis": needs("the siglum of the witness that is transcribed"),
        "notation": may(
            "the signs of the basis for insertions and deletions",
            Record(
                {
                    "add": may('the signs of an insertion: "^{%}"', SIGN),
                    "del": may('the signs of a deletion: "~~%~~"', SIGN),
                }
            ),
        ),
        "hands": may("the hands that wrote it", ListOf(HAND)),
        "lines": needs("whose lines the lines are", Choice(("paper", "transcript"))),
        "pages": needs("its pages, each with n", ListOf(PAGE)),
        "mentions": may("words that mean an entry of a register", ListOf(MENTION)),
        "retired": may("ids that were given up, each with the new one", MapOf(NAME)),
        "proof": may("what people have verified", ListOf(PROOF)),
        "apply": needs("from which certainty on emendations are applied", Choice(CERTAINTIES)),
        "abbreviations": may(
            "forms that are abbreviations, or only look like it",
            Record(
                {
                    "declare": may("a list of forms", ListOf(Text())),
                    "ignore": may("forms, each with the reason", MapOf(Text())),
                }
            ),
        ),
    }
)


def read_document(text: str, file: str) -> tuple[Description | None, tuple[Problem, ...]]:
    """Read ``document.yml``; None where it cannot be understood at all."""
    root, found = read_yaml(text, file)
    problems = list(found)
    if root is None:
        return None, tuple(problems)
    fields, found = read_fields(root, DOCUMENT)
    problems += found
    return _description(fields, Place(file, 1, 1), problems), tuple(problems)


def _description(fields: Fields, place: Place, problems: list[Problem]) -> Description:
    abbreviations = fields.record("abbreviations")
    return Description(
        title=fields.text("title"),
        heading=fields.text("heading"),
        kind=fields.text("kind"),
        language=fields.text("language"),
        date=date_of(fields.text("date")),
        time=fields.text("time"),
        dateline=fields.text("dateline"),
        printed=sources_of(fields, "printed"),
        source=fields.text("source"),
        head=tuple(_datum(each, problems) for each in fields.records("head")),
        witnesses=_witnesses(fields.records("witnesses"), problems),
        basis=fields.text("basis"),
        basis_place=fields.given("basis").place,
        notation=fields.mapping("notation"),
        hands=_hands(fields.records("hands"), problems),
        lines=fields.text("lines"),
        pages=_pages(fields.records("pages"), problems),
        mentions=_mentions(fields.records("mentions"), problems),
        retired=fields.mapping("retired"),
        proof=tuple(_proof(each) for each in fields.records("proof")),
        apply=fields.text("apply"),
        declared=_declared(abbreviations),
        ignored=_ignored(abbreviations.record("ignore")),
        place=place,
    )


def _datum(fields: Fields, problems: list[Problem]) -> HeadDatum:
    shown, told = "block" in fields, "source" in fields
    if fields.misspelt & {"block", "source", "locator", "certainty"}:
        pass  # what it rests on is not known: that a key is misspelt is told
    elif shown == told:
        problems.append(_unfounded(fields, shown))
    elif told and "certainty" not in fields:
        problems.append(_uncertain(fields))
    elif shown and ("locator" in fields or "certainty" in fields):
        problems.append(_of_no_source(fields))
    return HeadDatum(
        label=fields.text("label"),
        value=fields.text("value"),
        block=fields.text("block"),
        cited=cited_of(fields) if told else None,
        certainty=fields.text("certainty"),
        place=fields.given("block").place if shown else fields.place,
    )


def _unfounded(fields: Fields, both: bool) -> Problem:
    return Problem(
        "value-invalid" if both else "key-missing",
        fields.place,
        f'where "{fields.text("label")}" comes from is said {"twice" if both else "nowhere"}',
        "add block: the id of the block that shows it; or source: and certainty:, where the basis "
        "does not show it",
    )


def _uncertain(fields: Fields) -> Problem:
    return Problem(
        "key-missing",
        fields.place,
        f'"{fields.text("label")}" comes from a source, and its certainty is not given',
        "add certainty: high, medium or low",
    )


def _of_no_source(fields: Fields) -> Problem:
    key = "locator" if "locator" in fields else "certainty"
    return Problem(
        "value-invalid",
        fields.given(key).place,
        f'"{key}" belongs to a source, and this datum is shown by a block',
        f"take {key} out, or give a source in place of the block",
    )


def _witnesses(found: Iterable[Fields], problems: list[Problem]) -> tuple[Witness, ...]:
    return tuple(
        Witness(
            siglum=each.text("siglum"),
            title=each.text("title"),
            description=each.text("description"),
            file=each.text("file"),
            sha256=each.text("sha256"),
            source=each.text("source"),
            covers=_covers(each.record("covers"), problems) if "covers" in each else None,
            place=each.given("file" if "file" in each else "siglum").place,
        )
        for each in _distinct(found, "siglum", "witness", problems)
    )


def _covers(fields: Fields, problems: list[Problem]) -> tuple[Target, Target] | None:
    bounds = [
        target_of(fields.record(key), problems)
        for key in ("from", "to")
        if "block" in fields.record(key)
    ]
    first, last = (*bounds, None, None)[:2]
    return (first, last) if first and last else None


def _hands(found: Iterable[Fields], problems: list[Problem]) -> tuple[Hand, ...]:
    return tuple(
        Hand(each.text("id"), each.text("medium"), each.text("description"))
        for each in _distinct(found, "id", "hand", problems)
    )


def _pages(found: Iterable[Fields], problems: list[Problem]) -> tuple[PageImage, ...]:
    pages = _distinct(found, "n", "page", problems)
    problems += [
        page_invalid(each.text("n"), each.given("n").place)
        for each in pages
        if not PAGE_NUMBER.fullmatch(each.text("n"))
    ]
    return tuple(
        PageImage(
            each.text("n"),
            each.text("image"),
            each.given("image" if "image" in each else "n").place,
        )
        for each in pages
    )


def _mentions(found: Iterable[Fields], problems: list[Problem]) -> tuple[Override, ...]:
    return tuple(
        Override(target, each.text("is"), each.given("is").place)
        for each in found
        if "block" in each and (target := target_of(each, problems)) is not None
    )


def _proof(fields: Fields) -> Proof:
    return Proof(
        scope=fields.text("scope"),
        state=fields.text("state"),
        by=fields.text("by"),
        on=fields.text("on"),
        against=fields.text("against"),
        sha256=fields.text("sha256"),
        place=fields.place,
        by_place=fields.given("by").place,
        scope_place=fields.given("scope").place,
        hash_place=fields.given("sha256").place if "sha256" in fields else fields.place,
    )


def _declared(fields: Fields) -> tuple[Ignored, ...]:
    return tuple(Ignored(form.text, "", form.place) for form in fields.texts("declare"))


def _ignored(fields: Fields) -> tuple[Ignored, ...]:
    return tuple(
        Ignored(form, value.text, fields.keys[form])
        for form, value in fields.values.items()
        if isinstance(value, Given)
    )


def _distinct(
    found: Iterable[Fields], key: str, what: str, problems: list[Problem]
) -> list[Fields]:
    """Return the items that have the key, the first of those with the same value."""
    distinct: dict[str, Fields] = {}
    for each in found:
        name = each.text(key)
        if name in distinct:
            problems.append(
                Problem(
                    "id-duplicate",
                    each.given(key).place,
                    f'the {what} "{name}" is described twice: first in line '
                    f"{distinct[name].given(key).place.line}",
                    "keep one of them, or give one another name",
                )
            )
        elif name:
            distinct[name] = each
    return list(distinct.values())
