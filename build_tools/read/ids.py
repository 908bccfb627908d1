"""Ids: what they are made of, and which ones a document has."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from build_tools.model.nearest import clipped, suggestion
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.read import faults
from build_tools.read.heads import Given

ID = re.compile(r"[a-z][a-z0-9-]*")
PAGE_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def stem(file: str) -> str:
    """Return the name of a file without its ending: the id of its record."""
    return PurePosixPath(file).stem


class Ids:
    """The ids of a document: its blocks and marks share them, its pages have their own."""

    def __init__(self) -> None:
        self._ids: dict[str, Place] = {}
        self._blocks: set[str] = set()
        self._pages: dict[str, Place] = {}
        self._named: list[Given] = []
        """Attributes ``for=``: what they name may stand further on."""

    def open(self, name: str, place: Place) -> list[Problem]:
        """Enter the id of a block that is opened."""
        self._blocks.add(name)
        return self._enter(name, place)

    def go_on(self, name: str, place: Place) -> list[Problem]:
        """Look for the block that ``@more`` goes on with."""
        if name in self._blocks:
            return []
        return [faults.block_unopened(name, self._blocks, place)]

    def begin_page(self, number: str, place: Place) -> list[Problem]:
        """Enter the number of a page."""
        if not PAGE_NUMBER.fullmatch(number):
            return [faults.page_invalid(number, place)]
        if number in self._pages:
            return [faults.page_twice(number, self._pages[number], place)]
        self._pages[number] = place
        return []

    def take(self, given: Given) -> list[Problem]:
        """Enter an attribute ``id=`` among the ids, and keep ``for=`` until the end."""
        if given.key == "id":
            return self._enter(given.value, given.value_place)
        if given.key == "for":
            self._named.append(given)
        return []

    def unknown(self) -> list[Problem]:
        """Report every ``for=`` that names nothing of the document."""
        return [
            faults.name_unknown(given.value, self._ids, given.value_place)
            for given in self._named
            if given.value not in self._ids
        ]

    def _enter(self, name: str, place: Place) -> list[Problem]:
        problem = id_problem(name, place)
        if problem is not None:
            return [problem]
        if name in self._ids:
            return [faults.id_twice(name, self._ids[name], place)]
        self._ids[name] = place
        return []


def id_problem(name: str, place: Place, what: str = "an id") -> Problem | None:
    """Return a problem where ``name`` is not an id."""
    if ID.fullmatch(name):
        return None
    made = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    closest = (made,) if ID.fullmatch(made) else ()
    return Problem(
        "id-invalid",
        place,
        f'"{clipped(name)}" is not an id' if name else "there is no id",
        suggestion(
            closest,
            f"{what} is a small letter a-z, then small letters, digits and hyphens",
        ),
        closest,
    )
