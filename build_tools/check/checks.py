"""The list of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.check.abbreviations import (
    every_abbreviation_is_resolved,
    every_ignored_form_occurs,
)
from build_tools.check.dates import every_date_lies_in_its_event
from build_tools.check.licence import every_licence_is_the_editions
from build_tools.check.proof import every_proof_fits, every_proof_is_of_something
from build_tools.check.repetition import no_prose_repeats_another
from build_tools.check.standing import every_fact_has_a_source, words_agree_with_standing
from build_tools.check.use import (
    every_entry_is_named,
    every_source_is_cited,
    every_term_is_used,
)
from build_tools.model.bound import BoundEdition
from build_tools.model.problem import Problem

CHECKS: tuple[Callable[[BoundEdition], Iterator[Problem]], ...] = (
    every_abbreviation_is_resolved,
    every_ignored_form_occurs,
    every_source_is_cited,
    every_entry_is_named,
    every_term_is_used,
    every_fact_has_a_source,
    words_agree_with_standing,
    no_prose_repeats_another,
    every_date_lies_in_its_event,
    every_proof_is_of_something,
    every_proof_fits,
    every_licence_is_the_editions,
)


def check_edition(bound: BoundEdition) -> tuple[Problem, ...]:
    """Run every check."""
    return tuple(problem for check in CHECKS for problem in check(bound))
