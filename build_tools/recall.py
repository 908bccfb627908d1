"""What a build made, written as JSON for the next one, and read again.

Not as Python objects: a file that somebody else has put there must not be able to run anything.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import EditionDescription
from build_tools.model.search import SearchEntry, SearchPage
from build_tools.pipeline import Made
from build_tools.verify.expected import ExpectedBlock, ExpectedDocument


def made_as_json(made: Made) -> str:
    """Write what sites are made with."""
    data = {
        "description": asdict(made.description),
        "searched": [
            [page.page, page.title, [[e.fragment, e.title, e.runs, e.seen] for e in page.entries]]
            for page in made.searched
        ],
        "unsearched": sorted(made.unsearched),
        "expected": [_text(one) for one in made.expected],
        "outlines": dict(made.outlines),
        "bringing": sorted(made.bringing),
    }
    return json.dumps(data, ensure_ascii=False)


def _text(one: ExpectedDocument) -> list[object]:
    blocks = [[b.id, b.base, b.reading, b.expanded, _place(b.place), b.shown] for b in one.blocks]
    own = [one.id, one.page, one.source_file, one.witness_file, one.witness_text]
    return [*own, dict(one.notation), blocks]


def _place(place: Place) -> list[object]:
    return [place.file, place.line, place.column, place.length]


def made_from(data: Any) -> Made:  # noqa: ANN401 - whatever was in the file
    """Make it again; raises where the data are not what was written."""
    described = data["description"]
    described["editors"] = tuple(described["editors"])
    described["place"] = Place(**described["place"])
    return Made(
        EditionDescription(**described),
        tuple(_page_from(*one) for one in data["searched"]),
        frozenset(data["unsearched"]),
        tuple(_text_from(*one) for one in data["expected"]),
        dict(data["outlines"]),
        frozenset(data["bringing"]),
    )


def _page_from(page: str, title: str, entries: Any) -> SearchPage:  # noqa: ANN401
    return SearchPage(page, title, tuple(_entry_from(*one) for one in entries))


def _entry_from(fragment: str, title: str, runs: Any, seen: int) -> SearchEntry:  # noqa: ANN401
    return SearchEntry(fragment, title, tuple((views, words) for views, words in runs), seen)


def _text_from(*one: Any) -> ExpectedDocument:  # noqa: ANN401
    name, page, source, witness, text, notation, blocks = one
    return ExpectedDocument(
        name,
        page,
        source,
        witness,
        text,
        notation,
        tuple(
            ExpectedBlock(block, base, reading, expanded, Place(*place), shown)
            for block, base, reading, expanded, place, shown in blocks
        ),
    )


def problem_from(data: Any) -> Problem:  # noqa: ANN401 - whatever was in the file
    """Make a problem again; raises where the data are not what was written."""
    given = {**data, "place": Place(**data["place"]), "closest": tuple(data["closest"])}
    return Problem(**given)
