"""What the YAML parser says, said to a historian."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from build_tools.model.place import Place
from build_tools.model.problem import Problem

QUOTE = 'put the whole value in double quotation marks; inside them write \\" for " and \\\\ for \\'
_CLOSE = 'close the value with " in the line in which it begins; inside it write \\" for "'
_UNCLOSED = "the value that begins here is not closed in its line"
_INDENT = "keys that belong together begin in the same column; indent with spaces, two a step"

_AT_CONTEXT = (_UNCLOSED, "a value begins with")
"""Messages about a value as a whole: their place is where it begins."""

MESSAGES: tuple[tuple[str, str, str, str], ...] = (
    # part of the parser's context, part of its problem, message, hint
    (
        "",
        "mapping values are not allowed",
        "a colon stands in a value without quotation marks, or the line before has none",
        QUOTE,
    ),
    (
        "",
        "sequence entries are not allowed",
        "a value begins with a hyphen and has no quotation marks",
        QUOTE,
    ),
    (
        "",
        "mapping keys are not allowed",
        "a value begins with a question mark and has no quotation marks",
        QUOTE,
    ),
    ("", "cannot start any token", "", ""),  # see _cannot_start
    (
        "alias",
        "",
        "a value begins with * and has no quotation marks",
        QUOTE,
    ),
    ("anchor", "", "a value begins with & and has no quotation marks", QUOTE),
    ("tag", "", "a value begins with ! and has no quotation marks", QUOTE),
    ("quoted scalar", "unexpected end", _UNCLOSED, _CLOSE),
    ("quoted scalar", "document indicator", _UNCLOSED, _CLOSE),
    (
        "quoted scalar",
        "escape",
        "a backslash in double quotation marks stands before something it cannot escape",
        "write \\\\ for a backslash",
    ),
    (
        "block scalar",
        "",
        "a value begins with | or > and has no quotation marks",
        QUOTE,
    ),
    ("simple key", "could not find", "this line has no colon after its key", "write key: value"),
    (
        "flow sequence",
        "",
        "a list that was opened with [ goes on to a place where , or ] should stand",
        "close it with ], or put a value that begins with [ in double quotation marks",
    ),
    (
        "flow mapping",
        "",
        "a mapping that was opened with { goes on to a place where , or } should stand",
        "close it with }, or put values with { , or } in double quotation marks",
    ),
    (
        "block node",
        "node content",
        "a value begins with a sign that means something else, and has no quotation marks",
        QUOTE,
    ),
    (
        "block mapping",
        "expected key",
        "something stands after the end of a value, or a line is indented wrongly",
        f"{QUOTE}; {_INDENT}",
    ),
    (
        "block collection",
        "",
        "a list with hyphens goes on with a line that has none, or is indented wrongly",
        _INDENT,
    ),
    ("", "<document start>", "this line is indented less than the first one", _INDENT),
)


def explain(error: yaml.MarkedYAMLError, text: str, place_at: Callable[[int], Place]) -> Problem:
    """Return the problem that an error of the parser is."""
    context, problem = error.context or "", error.problem or ""
    offset = error.problem_mark.index if error.problem_mark else 0
    for of_context, of_problem, message, hint in MESSAGES:
        if of_context in context and of_problem in problem:
            if not message:
                message, hint = _cannot_start(text[offset : offset + 1])
            if message.startswith(_AT_CONTEXT) and error.context_mark:
                offset = error.context_mark.index
            return Problem("yaml-invalid", place_at(offset), message, hint)
    return Problem("yaml-invalid", place_at(offset), "this line cannot be understood", QUOTE)


def unclosed(place: Place) -> Problem:
    """Report a value in quotation marks that goes on beyond its line, into what follows."""
    return Problem("yaml-invalid", place, _UNCLOSED, _CLOSE)


def _cannot_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return "a tab stands before a key or a value", "indent with spaces"
    return f"a value begins with {character} and has no quotation marks", QUOTE
