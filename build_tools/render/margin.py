"""The margin: one line a note, set beside the line of its marker by the style sheet.

The notes themselves stand at the foot, in full; a line of the margin leads there, and where there
is a script the note opens in its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.model.woven import (
    COMMENTARY,
    SHOWN_FORM,
    SHOWN_PAPER,
    TEXTUAL,
    Marker,
    WovenDocument,
)
from build_tools.render.fragment import MarkerNames
from build_tools.render.markdown import element, text

BLOCK = {"markdown": "block"}
SPAN = {"markdown": "span"}


def margin(woven: WovenDocument, names: MarkerNames) -> str:
    """Return the lines of both series; each view shows one of them, or none."""
    figures = {note: str(n) for n, note in enumerate(woven.commentary, 1)}
    labels = {one.note.id: one.note.label for one in woven.bound.notes}
    places = _places(woven)
    parts = (
        _series("n", COMMENTARY, figures, labels, places),
        _series("t", TEXTUAL, woven.letters, names.labels, places),
    )
    return "\n\n".join(part for part in parts if part)


def _series(
    short: str,
    series: str,
    signs: Mapping[str, str],
    labels: Mapping[str, str],
    places: Mapping[Marker, str],
) -> str:
    """Return the lines of a series in the order in which its own view shows the markers."""
    lines = []
    numbered = list(enumerate(signs.items(), 1))
    if series == COMMENTARY:
        # The reading view shows the fields of the form after the text.
        numbered.sort(key=lambda one: places.get(Marker(series, one[1][0])) == SHOWN_FORM)
    for line, (number, (note, sign)) in enumerate(numbered, 1):
        css = f"ed-stub ed-b{short}{number} ed-c{line}"
        if places.get(Marker(series, note)) == SHOWN_PAPER:
            css += " ed-stub--wit"
        target = f"{'fn' if series == COMMENTARY else 'tn'}:{note}"
        words = element("span", {"class": "ed-sign"}, text(sign)) + " " + text(labels[note])
        leads = element("a", {"href": f"#{target}", "tabindex": "-1", "aria-hidden": "true"}, words)
        lines.append(element("div", {"class": css, "data-note": target, **SPAN}, leads))
    if not lines:
        return ""
    inner = "\n\n".join(lines)
    css = f"ed-margin ed-margin--{short}"
    return element("div", {"class": css, "data-search-exclude": True, **BLOCK}, f"\n\n{inner}\n\n")


def _places(woven: WovenDocument) -> dict[Marker, str]:
    """Say how the block is shown that each marker stands in; those outside blocks are left out."""
    return {
        piece: block.shown
        for block in woven.blocks.values()
        for part in block.fragments
        for piece in part.pieces
        if isinstance(piece, Marker)
    }
