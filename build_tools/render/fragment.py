"""A woven fragment as one line of Markdown: flat spans, marks inside them, markers between."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from build_tools.model.base import MarkSpan, needs_caret
from build_tools.model.languages import turned
from build_tools.model.woven import (
    COMMENTARY,
    EVERYWHERE,
    EXPANDED,
    READING,
    TRANSCRIBED,
    LineBreak,
    Marker,
    Piece,
    Segment,
)
from build_tools.render.addresses import page_of, relative
from build_tools.render.markdown import element, empty_element, link, text

CLASSES: Mapping[frozenset[str], str] = {
    frozenset({TRANSCRIBED, READING, EXPANDED}): "",
    frozenset({TRANSCRIBED}): "ed-wit",
    frozenset({READING, EXPANDED}): "ed-read",
    frozenset({TRANSCRIBED, READING}): "ed-ab",
    frozenset({READING}): "ed-read ed-ab",
}
"""The class of a segment by the views that show it; the views' style rules are made for these."""

ONLY_EXPANDED = {"expansion": "ed-ex", "supplied": "ed-sup"}

MARK_ELEMENTS: Mapping[str, tuple[str, str]] = {
    "add": ("ins", "ed-add"),
    "del": ("del", "ed-del"),
    "subst": ("span", "ed-subst"),
    "caret": ("span", "ed-caret"),
    "label": ("span", "ed-label"),
    "unclear": ("span", "ed-unclear"),
    "gap": ("span", "ed-gap"),
    "underline": ("u", "ed-underline"),
    "lang": ("span", "ed-lang"),
    "wordbreak": ("span", "ed-wordbreak"),
}


@dataclass(frozen=True)
class MarkerNames:
    """What a marker is called: the letter of a textual note, the label spoken for either."""

    letters: Mapping[str, str]
    labels: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What a note on the text is, where it is an emendation or a variant."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """What the entries of the glossary are called."""

    def said(self, note: str) -> str:
        """Return what a screen reader says for a letter."""
        kind = self.kinds.get(note)
        name = f"Textual note {self.letters[note]}" + (f", {kind}" if kind else "")
        return f"{name}: {self.labels[note]}"

    def place(self, note: str) -> str:
        """Return the class that ties a letter to its line in the margin; see `margin`."""
        number = 0
        for letter in self.letters[note]:
            number = number * 26 + ord(letter) - ord("a") + 1
        return f"ed-mt{number}"


@dataclass(frozen=True)
class Setting:
    """The page a fragment is set on, its block's marks, and the names of markers."""

    page: str
    marks: Sequence[MarkSpan]
    names: MarkerNames
    again: bool = False
    """Whether the markers stand on the page already (the form table repeats its fields)."""
    language: str = ""
    """The language of the block, as its tag."""


SAID: Mapping[str, str] = {"add": "inserted", "del": "deleted", "unclear": "unclear"}
"""What a screen reader is told before the words of a mark that is seen only."""


def fragment(pieces: Iterable[Piece], setting: Setting) -> str:
    """Set all pieces of a fragment, with what is said aloud where a mark begins and ends."""
    pieces = tuple(pieces)
    begins, ends = _edges(pieces, setting)
    return "".join(
        begins.get(index, "") + _piece(piece, setting) + ends.get(index, "")
        for index, piece in enumerate(pieces)
    )


def _edges(pieces: Sequence[Piece], setting: Setting) -> tuple[dict[int, str], dict[int, str]]:
    """Say of each mark with a sign before which piece it begins and after which it ends."""
    found: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        if isinstance(piece, Segment) and piece.text and TRANSCRIBED in piece.shown:
            for number in piece.marks:
                if setting.marks[number].mark.name in SAID:
                    found.setdefault(number, []).append(index)
    begins: dict[int, str] = {}
    ends: dict[int, str] = {}
    for number, indices in found.items():
        mark, first = setting.marks[number].mark, pieces[indices[0]]
        word = SAID[mark.name] + (" as inferred" if mark.get("inferred") else "")
        # What is in doubt is so in every view; an insertion or deletion is shown by two only.
        read = mark.name == "unclear" and isinstance(first, Segment) and READING in first.shown
        begins[indices[0]] = begins.get(indices[0], "") + _said(f"[{word}:", hidden=not read)
        ends[indices[-1]] = _said("]", hidden=not read) + ends.get(indices[-1], "")
    return begins, ends


def _said(words: str, *, hidden: bool) -> str:
    """Write words for screen readers; where hidden, only the views of the witness say them."""
    spaced = f"{text(words)}&#32;" if words.endswith(":") else text(words)
    return element(
        "span", {"class": "ed-said", "hidden": hidden, "data-search-exclude": True}, spaced
    )


def anchored(block: str, label: str, pieces: Sequence[Piece], setting: Setting) -> str:
    """Set the first fragment of a block with its permalink: its own numeral, or else a sign."""
    address = {"class": "ed-perma", "href": f"#{block}", "aria-label": label}
    first = pieces[0] if pieces else None
    if isinstance(first, Segment) and _is_numeral(first, setting):
        return element("a", address, _piece(first, setting)) + fragment(pieces[1:], setting)
    # The sign is drawn by the style sheet: words here would be words of the document.
    return element("a", address, "") + fragment(pieces, setting)


def _is_numeral(segment: Segment, setting: Setting) -> bool:
    names = [setting.marks[number].mark.name for number in segment.marks]
    plain = not segment.link and not segment.notes and segment.shown == EVERYWHERE
    return plain and names == ["label"] and segment.start == 0


def readable(pieces: Iterable[Piece], setting: Setting) -> str:
    """Set only what the reading and the expanded view show, with the markers."""
    return "".join(
        _piece(piece, setting)
        for piece in pieces
        if isinstance(piece, Marker)
        or (isinstance(piece, Segment) and piece.shown & {READING, EXPANDED})
    )


def _piece(piece: Piece, setting: Setting) -> str:
    if isinstance(piece, Marker):
        return marker(piece, setting.names, again=setting.again)
    if isinstance(piece, LineBreak):
        return empty_element("br", {"class": "ed-lb", "hidden": True}) * (1 + piece.blank)
    return _segment(piece, setting)


def marker(piece: Marker, names: MarkerNames, *, again: bool = False) -> str:
    """Set a marker: a Markdown footnote for commentary, a letter for the text."""
    if piece.series == COMMENTARY:
        return f"[^{piece.id}]"
    anchor = element(
        "a",
        {
            "class": "ed-letter",
            "href": f"#tn:{piece.id}",
            "aria-label": names.said(piece.id),
        },
        names.letters[piece.id],
    )
    anchor_id = f"tnref{'2' if again else ''}:{piece.id}"
    return element(
        "sup",
        {
            "class": f"ed-ref ed-ref--t {names.place(piece.id)}",
            "id": anchor_id,
            "data-search-exclude": True,
        },
        anchor,
    )


def _segment(segment: Segment, setting: Setting) -> str:
    css = ONLY_EXPANDED.get(segment.kind) or CLASSES[segment.shown]
    hidden = READING not in segment.shown
    words = _edge_spaces(_linked(segment, setting))
    for number in reversed(segment.marks):
        words = _marked(setting.marks[number], words, setting)
    if segment.notes:
        css = f"{css} ed-lemma".strip()
    if not css:
        return words
    return element(
        "span",
        {
            "class": css,
            # What the editors supply is seen by italics and brackets, and heard by this.
            "role": "insertion" if segment.kind in ONLY_EXPANDED else "",
            "title": "" if segment.link else _trace(segment, setting),
            "data-notes": " ".join(segment.notes),
            "hidden": hidden,
            "data-search-exclude": hidden,
        },
        words,
    )


def _linked(segment: Segment, setting: Setting) -> str:
    """Set the words, as a link where they are one; spaces at its edges stand outside it."""
    expands = segment.kind == "expansion"
    core = segment.text if expands else segment.text.strip(" ")
    words = _letters(segment) if expands else text(core)
    if segment.link is None or not core:
        return words if expands else text(segment.text)
    page, anchor = page_of(*segment.link.ref.split(":", 1))
    kind = "ed-term" if segment.link.ref.startswith("term:") else "ed-name"
    # A misreading of the witness is no name of the entry, and search engines are told so.
    rel = "nofollow" if segment.kind == "witness" and READING not in segment.shown else ""
    address = relative(setting.page, page, anchor)
    title = _trace(segment, setting) or segment.link.title
    words = link(words, address, title=title, css=kind, rel=rel)
    if expands:
        return words
    before = " " * (len(segment.text) - len(segment.text.lstrip(" ")))
    return before + words + " " * (len(segment.text) - len(before) - len(core))


def _edge_spaces(words: str) -> str:
    """Write spaces at the edges as references: Markdown strips them at the ends of a block."""
    if words.startswith(" "):
        words = "&#32;" + words[1:]
    return words[:-1] + "&#32;" if words.endswith(" ") else words


def _marked(span: MarkSpan, words: str, setting: Setting) -> str:
    name, css = MARK_ELEMENTS[span.mark.name]
    if needs_caret(span.mark, setting.marks):
        css += " ed-add--caret"
    return element(name, {"class": css, **_mark_attributes(span, setting.language)}, words)


def _mark_attributes(span: MarkSpan, language: str) -> dict[str, str]:
    mark = span.mark
    attributes = {"data-mark": str(span.number)}
    for key in ("place", "inferred", "hand", "reason", "unit", "quantity", "rend"):
        if mark.get(key):
            attributes[f"data-{key}"] = mark.get(key)
    if mark.name == "lang" and mark.get("code"):
        attributes["lang"] = mark.get("code")
        attributes["dir"] = turned(mark.get("code"), language)
    return attributes


def _trace(segment: Segment, setting: Setting) -> str:
    """Say where words come from that only the expanded view has; nothing of any others."""
    if segment.kind == "supplied":
        return "Supplied by the editors, not in the text"
    if segment.kind != "expansion":
        return ""
    term = setting.names.terms.get(segment.term, segment.term)
    return (
        f"\u201c{segment.form}\u201d in the text, expanded by the glossary under \u201c{term}\u201d"
    )


def _letters(segment: Segment) -> str:
    """Set the letters an expansion supplies in italic: all where the form is no part of it."""
    kept = _kept(segment.form, segment.text)
    parts = itertools.groupby(zip(segment.text, kept, strict=True), key=lambda one: one[1])
    out = []
    for is_kept, run in parts:
        words = text("".join(character for character, _ in run))
        out.append(words if is_kept else f"<i>{words}</i>")
    return "".join(out)


NEW_RUN, OTHER_CASE = 1, 3
"""What letters cost that are supplied in one more place, and a letter that changes its case."""


def _kept(form: str, expansion: str) -> list[bool]:
    """Tell of each character whether the form has it; of none where they do not all occur.

    Points and spaces of the form are no letters of the word. Of several ways the one is taken that
    supplies letters in the fewest places, and least changes small letters for capitals.
    """
    letters = [character for character in form if character.isalnum()]
    best: dict[tuple[int, bool], tuple[int, tuple[bool, ...]]] = {(0, True): (0, ())}
    for character in expansion:
        ways: dict[tuple[int, bool], tuple[int, tuple[bool, ...]]] = {}
        for (at, was_kept), (cost, kept) in best.items():
            steps = [(at, False, cost + NEW_RUN * was_kept)]
            if at < len(letters) and character.casefold() == letters[at].casefold():
                steps.append((at + 1, True, cost + OTHER_CASE * (character != letters[at])))
            for to, keeps, price in steps:
                if (to, keeps) not in ways or price < ways[to, keeps][0]:
                    ways[to, keeps] = price, (*kept, keeps)
        best = ways
    whole = [best[len(letters), keeps] for keeps in (True, False) if (len(letters), keeps) in best]
    return list(min(whole)[1]) if letters and whole else [False] * len(expansion)
