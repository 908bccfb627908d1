"""Problems as programs read them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from build_tools.model.problem import Problem


def as_json(problems: Sequence[Problem]) -> str:
    """Return a JSON list of {code, severity, message, hint, file, line, column}.

    The nearest right things stand in the hint.
    """
    return json.dumps(
        [
            {
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                "hint": _hint(problem),
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def _hint(problem: Problem) -> str:
    return "; ".join(part for part in (problem.hint, *problem.closest) if part)
