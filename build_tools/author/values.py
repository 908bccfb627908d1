"""YAML as the tool writes it: one key a line, every value a JSON string.

A JSON string is a YAML string in double quotes, whatever stands in it; nobody has to know that
``no`` without quotes would be something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

AS_NUMBERS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON leaves as they are and YAML takes for line ends, or refuses."""


@dataclass(frozen=True)
class Blank:
    """A value that is still to be filled in; what it is to say is written beside it.

    ``is_given`` is false where ``""`` would be an answer: then nothing is written at all.
    """

    says: str
    is_given: bool = True


Value: TypeAlias = "str | Blank | list[Value] | dict[str, Value]"
"""What a key may have; keys of a mapping are written in their order."""


def quoted(text: str) -> str:
    """Return a text as a JSON string that is also a YAML string."""
    return AS_NUMBERS.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


def written(fields: Mapping[str, Value]) -> str:
    """Return the lines of a mapping."""
    return "".join(f"{line}\n" for line in _mapping(fields))


def _mapping(fields: Mapping[str, Value]) -> Iterator[str]:
    for key, value in fields.items():
        name = key if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key) else quoted(key)
        if isinstance(value, str | Blank):
            yield f"{name}: {_scalar(value)}"
        else:
            yield f"{name}:"
            lines = _mapping(value) if isinstance(value, dict) else _sequence(value)
            yield from (f"  {line}" for line in lines)


def _sequence(items: list[Value]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str | Blank):
            yield f"- {_scalar(item)}"
            continue
        lines = _mapping(item) if isinstance(item, dict) else _sequence(item)
        yield from (f"{'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _scalar(value: str | Blank) -> str:
    if isinstance(value, str):
        return quoted(value)
    return f'""  # {value.says}' if value.is_given else f" # {value.says}"
