"""The escaping recipe: any text through Python-Markdown unchanged.

Inside a block of generated Markdown every character that Markdown or HTML could act on is written
as a backslash escape or a character reference, and one block is one line. Attribute values hold
nothing but plain characters and references, because inline patterns run before raw HTML is set
aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BACKSLASHED = frozenset("\\`*_{}[]")
_REFERENCED = frozenset("&<>|~^=$\"'!#+:")
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c != " ")
_ESCAPED = re.compile(f"[{re.escape(''.join((*_BACKSLASHED, *_REFERENCED)))}{_SPACES}]")
_IN_ATTRIBUTE = re.compile(rf"[^A-Za-z0-9 .,;/()\x80-\U0010ffff-]|[{_SPACES}]")
_ORDERED = re.compile(r"(\d+)([.)])")


def text(words: str, *, starts_block: bool = False) -> str:
    """Escape words for the inside of a block; ``starts_block`` guards list and heading signs."""
    # Three strokes begin the mark at which the footnotes are placed.
    escaped = _ESCAPED.sub(_character, words).replace("///", "&#47;//")
    if starts_block:
        escaped = (
            _ORDERED.sub(lambda m: f"{m[1]}&#{ord(m[2])};", escaped, count=1)
            if (_ORDERED.match(escaped))
            else escaped
        )
        if escaped[:1] in ("-", " "):
            escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def _character(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in _BACKSLASHED else f"&#{ord(character)};"


def attribute(value: str) -> str:
    """Escape an attribute's value, to stand between double quotes."""
    return _IN_ATTRIBUTE.sub(lambda found: f"&#{ord(found[0])};", value)


def element(name: str, attributes: Mapping[str, str | bool], content: str) -> str:
    """Write an element; a True attribute stands alone, a False or empty one is left out."""
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def empty_element(name: str, attributes: Mapping[str, str | bool]) -> str:
    """Write an element that has no content, such as ``br``."""
    return f"<{name}{_attributes(attributes)}>"


def _attributes(attributes: Mapping[str, str | bool]) -> str:
    """Write attributes; those of an element with ``markdown=`` are read and written once more.

    Python-Markdown's serializer leaves an ampersand alone that seems to begin a reference, so
    there each must be written as one.
    """
    twice = "markdown" in attributes
    return "".join(
        f" {key}" if value is True else f' {key}="{_value(str(value), twice=twice)}"'
        for key, value in attributes.items()
        if value is not False and value != ""
    )


def _value(value: str, *, twice: bool) -> str:
    return attribute(value.replace("&", "&amp;") if twice else value)


def link(words: str, address: str, *, title: str = "", css: str = "", rel: str = "") -> str:
    """Write a Markdown link; ``words`` are Markdown already, ``address`` is checked before."""
    target = f"<{address}>" if any(c in address for c in " ()") else address
    titled = f' "{attribute(title)}"' if title else ""
    said = " ".join([f".{css}"] * bool(css) + [f"rel={rel}"] * bool(rel))
    return f"[{words}]({target}{titled})" + (f"{{: {said} }}" if said else "")


def front_matter(values: Mapping[str, str | tuple[str, ...] | Mapping[str, str]]) -> str:
    """Write front matter; Material prints it raw, so every value is escaped for HTML first."""
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, tuple):
            lines.append(f"{key}: [{', '.join(_scalar(_html(one)) for one in value)}]")
        elif isinstance(value, Mapping):
            pairs = (f"{_scalar(_html(k))}: {_scalar(_html(v))}" for k, v in value.items())
            lines.append(f"{key}: {{{', '.join(pairs)}}}")
        else:
            lines.append(f"{key}: {_scalar(_html(value))}")
    return "\n".join([*lines, "---", ""])


def _scalar(value: str) -> str:
    """Write a YAML scalar in double quotes; what YAML takes for a line end is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    for character in "\x85\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _html(value: str) -> str:
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        value = value.replace(character, reference)
    return value.replace("'", "&#39;").replace("{", "&#123;")
