"""The list of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.check.abbreviations import (
    every_abbreviation_is_resolved,
    every_ignored_form_occurs,
)
from build_tools.model.bound import BoundEdition
from build_tools.model.problem import Problem

CHECKS: tuple[Callable[[BoundEdition], Iterator[Problem]], ...] = (
    every_abbreviation_is_resolved,
    every_ignored_form_occurs,
)


def check_edition(bound: BoundEdition) -> tuple[Problem, ...]:
    """Run every check."""
    return tuple(problem for check in CHECKS for problem in check(bound))
