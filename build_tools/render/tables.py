"""Tables of the generated pages; their cells are Markdown already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_tools.render.markdown import element

BLOCK = {"markdown": "block"}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, row_heads: bool = False) -> str:
    """Set a table; with ``row_heads`` the first cell of each row names the row."""
    lines = [_row([_cell(cell, "col") for cell in head])]
    for first, *rest in rows:
        cells = [_cell(first, "row" if row_heads else ""), *(_cell(cell, "") for cell in rest)]
        lines.append(_row(cells))
    return element("table", {"class": "ed-table", **BLOCK}, "\n" + "\n".join(lines) + "\n")


def _row(cells: Sequence[str]) -> str:
    return element("tr", BLOCK, "".join(cells))


def _cell(words: str, scope: str) -> str:
    return element("th" if scope else "td", {"scope": scope, "markdown": "span"}, words)
