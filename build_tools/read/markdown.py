"""The Markdown of prose: CommonMark, with rules of our own for citations and for what is refused.

What is refused becomes a token of type ``refused`` that says why; its words are still read, so that
one run finds everything. ``meta["at"]`` of a token is the offset at which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, emphasis, html_inline, image
from markdown_it.rules_inline import entity as entity_rule
from markdown_it.rules_inline import link as link_rule

from build_tools.model.nearest import clipped
from build_tools.read.ids import ID

Rule = Callable[[StateInline, bool], bool]

CITATION = re.compile(r"\[@([^\[\]]*)\]")
CITE = "write [@source-id] or [@source-id, p. 3]; for several sources, one after the other"
_WRITE_LINK = "write [words](https://…)"


@cache
def parser() -> MarkdownIt:
    """Return the parser; it holds no state between two texts."""
    markdown = _Markdown("commonmark")
    markdown.disable(["html_block", "reference", "fragments_join", "text_join"])
    markdown.enable("table")  # to be refused, not to be read as words
    rules = markdown.inline.ruler
    rules.at("emphasis", _emphasis)
    rules.at("backticks", _code)
    rules.at("image", _image)
    rules.at("entity", _entity)
    rules.at("link", _link)
    rules.at("html_inline", _angle)
    rules.at("autolink", _angle)
    rules.before("link", "citation", _citation)
    rules.before("link", "bare", _bare)
    return markdown


class _Markdown(MarkdownIt):
    """Leaves every address as it is: which ones are allowed is decided afterwards."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


def _refuse(state: StateInline, start: int, code: str, message: str, hint: str) -> None:
    token = state.push("refused", "", 0)
    token.meta = {
        "at": start,
        "length": state.pos - start,
        "code": code,
        "message": message,
        "hint": hint,
    }


def _bare(state: StateInline, silent: bool) -> bool:
    """Refuse ``{`` and ``[^``: in other tools they make attributes, macros and footnotes."""
    start = state.pos
    sign = next((each for each in ("{", "[^") if state.src.startswith(each, start)), "")
    if not sign or start + len(sign) > state.posMax:
        return False
    state.pos += len(sign)
    if not silent:
        _refuse(
            state,
            start,
            "markup-refused",
            f"here stands {sign}, which begins no markup of this edition",
            f"write \\{sign} if the sign itself is meant"
            + ("; a note cannot have notes" if sign == "[^" else ""),
        )
        state.pending += sign
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("[@", start) or start + 2 > state.posMax:
        return False
    found = CITATION.match(state.src, start, state.posMax)
    state.pos = found.end() if found else start + 2
    if not silent:
        source, locator = _cited(found[1]) if found else ("", "")
        if not source:
            words = clipped(state.src[start : state.pos])
            _refuse(state, start, "markup-refused", f'"{words}" is not a citation', CITE)
        else:
            token = state.push("citation", "", 0)
            token.meta = {"at": start, "length": state.pos - start}
            token.info, token.content = source, locator
    return True


def _cited(words: str) -> tuple[str, str]:
    """Divide the words of a citation into source and locator; no source where it is none."""
    source, comma, locator = words.partition(",")
    locator = " ".join(locator.split())
    if not ID.fullmatch(source) or (comma and not locator) or any(c in locator for c in "<{@"):
        return "", ""
    return source, locator


def _link(state: StateInline, silent: bool) -> bool:
    start, count = state.pos, len(state.tokens)
    if link_rule(state, silent):
        for token in state.tokens[count:]:
            if token.type == "link_open":
                token.meta = {"at": start, "length": state.pos - start}
        return True
    if silent or state.src[start] != "[":
        return False
    _refuse_broken_link(state, start)
    return False


def _refuse_broken_link(state: StateInline, start: int) -> None:
    """Refuse what looks like a link and would be printed as it stands."""
    label = state.md.helpers.parseLinkLabel
    end = label(state, start, True)
    nested = end < 0
    if nested:
        end = label(state, start, False)
    if end < 0 or not state.src.startswith("](", end) or end + 2 > state.posMax:
        return
    state.pos = end + 2
    if nested:
        message = "a citation or a link stands in the words of a link"
        _refuse(state, start, "markup-refused", message, "put it after the link")
    else:
        message = "here the address of a link begins, and it does not end as one"
        hint = "it has no spaces and ends with ); write \\[ if a bracket is meant"
        _refuse(state, end + 1, "link-unsafe", message, hint)
    state.pos = start


def _angle(state: StateInline, silent: bool) -> bool:
    """Refuse ``<``: an address between angle brackets, a tag, or the sign alone."""
    start = state.pos
    if state.src[start] != "<":
        return False
    if autolink(state, True):
        code, message, hint = (
            "markup-refused",
            "an address stands between < and >",
            _WRITE_LINK,
        )
    else:
        if not html_inline(state, True):
            state.pos = start + 1
        code, message, hint = (
            "html-refused",
            f'"{clipped(state.src[start : state.pos])}" is HTML, or looks like it',
            "write *words* for italics, **words** for bold, and \\< for the sign itself",
        )
    if not silent:
        _refuse(state, start, code, message, hint)
    return True


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not image(state, True):
        return False
    if not silent:
        _refuse(
            state,
            start,
            "markup-refused",
            "an image stands in the text",
            "images of pages belong to facsimiles/; a text can only link to one",
        )
    return True


def _code(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "`" or not backtick(state, True):
        return False
    run = len(state.src) - start - len(state.src[start : state.posMax].lstrip("`"))
    run -= len(state.src) - state.posMax
    if state.pos - start == run:  # not closed: the signs are words
        if not silent:
            state.pending += state.src[start : state.pos]
    elif not silent:
        _refuse(
            state,
            start,
            "markup-refused",
            "words stand between backticks",
            "use quotation marks, or *words* for italics; write \\` for the sign itself",
        )
    return True


def _entity(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not entity_rule(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta = {"at": start, "length": state.pos - start}
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not emphasis.tokenize(state, silent):
        return False
    signs = state.tokens[start - state.pos :]
    for offset, token in enumerate(signs):
        token.meta = {"at": start + offset, "length": 1}
    return True
