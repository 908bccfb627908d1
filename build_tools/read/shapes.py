"""What a value may be: dates, ids, addresses; and the keys that several records share."""

from __future__ import annotations

import re
from collections.abc import Callable

from build_tools.model.anchors import Quotation
from build_tools.model.dates import Date, parse_date
from build_tools.model.nearest import listed
from build_tools.model.problem import Problem
from build_tools.model.records import REGISTERS, Cited, Target
from build_tools.read.ids import ID
from build_tools.read.schema import Choice, Fields, Given, ListOf, Record, Text, may, needs


def _matching(pattern: str, otherwise: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)
    return lambda text: "" if compiled.fullmatch(text) else otherwise


def _check_date(text: str) -> str:
    try:
        parse_date(text)
    except ValueError as error:
        return str(error)
    return ""


def _check_orcid(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", text):
        total = 0
        for digit in text.replace("-", "")[:-1]:
            total = (total + int(digit)) * 2
        if text[-1] == "0123456789X"[(12 - total % 11) % 11]:
            return ""
        return "one digit of this ORCID iD is wrong: the last of the sixteen proves the others"
    return "an ORCID iD is sixteen digits, the last may be an X: write 0000-0000-0000-0000"


DATE = Text(_check_date)
NAME = Text(
    _matching(ID.pattern, "an id is made of small letters a-z, digits and hyphens, a letter first")
)
LICENCE = Text(
    _matching(
        r"[A-Za-z0-9][A-Za-z0-9.+-]*",
        "write the licence as the SPDX list names it, without spaces: CC-BY-4.0",
    )
)
TIME = Text(_matching(r"([01]\d|2[0-3]):[0-5]\d", 'write the hour and the minute: "15:00"'))
ADDRESS = Text(_matching(r"https?://[^\s/]+\S*", "write a whole address: https://…"))
HASH = Text(_matching(r"[0-9a-f]{64}", "a SHA-256 hash has 64 digits, 0-9 and a-f"))
LANGUAGE = Text(
    _matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'write a language tag: "en", "ru", "en-GB"')
)
NUMBER = Text(_matching(r"\d{1,6}", 'write a whole number: "1"'))
SIGN = Text(_matching(r"[^%]*%[^%]*", 'write the signs, with % for the words: "~~%~~"'))
ORCID = Text(_check_orcid)
ENTRY = Text(
    _matching(
        rf"({'|'.join(REGISTERS)}):{ID.pattern}",
        f"write the register and the id of the entry, person:id; "
        f"the registers are {listed(REGISTERS)}",
    )
)
ENTRY_OR_NONE = Text(
    _matching(
        rf"({'|'.join(REGISTERS)}):{ID.pattern}|none",
        f"write the register and the id of the entry, person:id, or none; "
        f"the registers are {listed(REGISTERS)}",
    )
)
TRUE_OR_FALSE = Choice(("true", "false"))

CITED = Record(
    {
        "source": needs("the id of a source, the name of its file in sources/", NAME),
        "locator": may("the place in the source: p. 3, document 132"),
    },
    short="source",
)
SOURCES = may("a list of sources", ListOf(CITED))

AUTHOR = Text(
    NAME.check,
    advice="name a file in contributors/; take in somebody who has none yet by: "
    "edition new contributor",
)
SIGNED = {
    "author": needs("the id of who signs it, the name of a file in contributors/", AUTHOR),
    "license": needs("under which licence it is given: CC-BY-4.0", LICENCE),
    "date": needs("the day on which it was written: 2026-11-24", DATE),
}
"""What every piece of somebody's judgement carries."""

QUOTED = {
    "exact": may("the words of the passage as they are transcribed, without the marks in braces"),
    "prefix": may("the words before it"),
    "suffix": may("the words after it"),
}
PASSAGE = {"block": needs("the id of the paragraph or other block"), **QUOTED}

TARGET = Record(
    {
        "block": may("the id of the paragraph or other block"),
        **QUOTED,
        "page": may("the number of a page"),
        "document": may("true, for the document as a whole", Choice(("true",))),
    }
)


def date_of(text: str) -> Date | None:
    """Return a date that was checked before; None where it is missing or wrong."""
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


def cited_of(fields: Fields) -> Cited:
    """Return a source with its locator."""
    given = fields.given("source")
    return Cited(given.text, fields.text("locator"), given.place)


def sources_of(fields: Fields, key: str = "sources") -> tuple[Cited, ...]:
    """Return the sources of a list."""
    return tuple(cited_of(each) for each in fields.records(key) if each.text("source"))


def target_of(fields: Fields, problems: list[Problem]) -> Target | None:
    """Return a target; None, with a problem, where it names nothing or too much."""
    named = [key for key in ("block", "page", "document") if key in fields]
    quoted = [key for key in QUOTED if key in fields]
    if fields.misspelt & TARGET.keys.keys():
        return None  # what it names or quotes is not known: that a key is misspelt is told
    if len(named) != 1:
        problems.append(_names(fields, named))
        return None
    given = fields.given(named[0])
    if "exact" in fields.keys and "exact" not in fields:
        problems.append(_exact_empty(fields))
        return None
    if quoted and named[0] != "block":
        problems.append(_words_of_no_block(fields.given(quoted[0]), quoted[0], named[0]))
        return None
    return _target(fields, named[0], given, quoted)


def _target(fields: Fields, named: str, given: Given, quoted: list[str]) -> Target:
    if named == "page":
        return Target(page=given.text, place=given.place)
    if named == "document":
        return Target(document=True, place=given.place)
    if not quoted:
        return Target(block=given.text, place=given.place, quotation_place=given.place)
    quotation = Quotation(
        fields.text("exact") if "exact" in fields else None,
        fields.text("prefix"),
        fields.text("suffix"),
    )
    return Target(
        block=given.text,
        quotation=quotation,
        place=given.place,
        quotation_place=fields.given(quoted[0]).place,
    )


def _names(fields: Fields, named: list[str]) -> Problem:
    if not named:
        return Problem(
            "key-missing",
            fields.place,
            "this target names no block, no page and not the document",
            'add block: "p1", or page: "1", or document: "true"',
        )
    return Problem(
        "value-invalid",
        fields.given(named[1]).place,
        f"this target names {' and '.join(named)}",
        "name one of them; a record may have a list of targets",
    )


def _exact_empty(fields: Fields) -> Problem:
    return Problem(
        "key-missing",
        fields.keys["exact"],
        'the key "exact" has no value',
        "give the words of the passage; for the place of something missing leave the key out and "
        "give the words before it (prefix) and after it (suffix)",
    )


def _words_of_no_block(given: Given, key: str, named: str) -> Problem:
    return Problem(
        "value-invalid",
        given.place,
        f'"{key}" quotes words, and the target is {"a page" if named == "page" else "a document"}',
        "name the block in which the words stand, or leave them out",
    )
