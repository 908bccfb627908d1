"""What became of the targets of the records when the text was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.carry import Where
from build_tools.model.file_edits import FileEdit
from build_tools.model.place import Place
from build_tools.model.problem import Problem

SINCE = "since"
"""The state of a target that was written for the text as it now is."""

DECIDED = "decided"
"""The state of a target of which somebody decided that it is right as it stands."""
WHOLE = "whole"
"""The state, in a check, of a block that is there but was divided, joined or much changed."""


@dataclass(frozen=True)
class Fate:
    """What became of one target.

    ``state`` is one of the above, or one of those of :mod:`model.carry`. ``before`` and ``after``
    show the passage among its neighbours, between two bars; they are empty where there is none.
    """

    document: str
    record: str
    place: Place
    state: str
    was: Where | None = None
    before: str = ""
    now: Where | None = None
    after: str = ""


@dataclass(frozen=True)
class Reanchored:
    """What is to be written, what became of each target, and what somebody must decide.

    ``renamed`` maps documents to what they were called before.
    """

    edits: tuple[FileEdit, ...]
    fates: tuple[Fate, ...]
    problems: tuple[Problem, ...]
    renamed: Mapping[str, str]
