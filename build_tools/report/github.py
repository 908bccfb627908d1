"""Problems as annotations of GitHub: shown at their lines in a pull request."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from build_tools.model.problem import Problem

MOST = 9
"""Annotations that are written: GitHub shows ten of a step, and the last one tells of the rest."""


def as_github(problems: Sequence[Problem], folder: str = "", changed: Collection[str] = ()) -> str:
    """Return workflow commands, errors first, and of them those of ``changed`` files.

    ``folder`` leads from the repository to the root.
    """
    ordered = sorted(
        problems,
        key=lambda problem: (not problem.is_error, problem.place.file not in changed),
    )
    lines = [_annotation(problem, folder) for problem in ordered[:MOST]]
    rest = len(ordered) - MOST
    if rest > 0:
        severity = ordered[MOST].severity
        lines.append(f"::{severity}::and {rest} more: the summary and the log have them all")
    return "\n".join(lines)


def _annotation(problem: Problem, folder: str) -> str:
    place = problem.place
    told = {"file": f"{folder}/{place.file}" if folder else place.file}
    if place.line:
        told["line"] = str(place.line)
        if place.column:
            told["col"] = str(place.column)
            told["endColumn"] = str(place.column + max(1, place.length))
    told["title"] = problem.code
    properties = ",".join(f"{name}={_property(value)}" for name, value in told.items())
    lines = [problem.message, *(f"closest: {near}" for near in problem.closest)]
    if problem.hint:
        lines.append(f"help: {problem.hint}")
    message = _data("\n".join(lines))
    return f"::{problem.severity} {properties}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
