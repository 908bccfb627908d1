"""How work that is the same for many things is done: one after the other, unless told otherwise.

A stage that looks at each document or file by itself takes a way of doing so. The pipeline may give
it one that uses several processes; what comes of it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


Watch: TypeAlias = Callable[[int, int], None]
"""Is told how many things are done, of how many."""

Bars: TypeAlias = Callable[[str], Watch]
"""Is told what begins, in a word or two, and gives whom to tell how far it is."""


class Spread(Protocol):
    """Does work for each of many things, and gives the results in their order."""

    def __call__(self, work: Callable[[Thing], Result], things: Sequence[Thing], /) -> list[Result]:
        """Do it."""
        ...


def one_by_one(work: Callable[[Thing], Result], things: Sequence[Thing], /) -> list[Result]:
    """Do it in this process."""
    return [work(thing) for thing in things]
