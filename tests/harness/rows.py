"""Rows of the same words, one after another: which of them is which cannot be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.harness.corrections import Char, Paper, sentences_of, words_of

Span = tuple[int, int]


def in_order(old: Mapping[str, list[Char]], paper: Paper) -> None:
    """Let a row that is as long as before, and of the same words, be the same in order.

    "very very" in which one was taken out and typed again is "very very" as before.
    """
    for cut in (sentences_of, words_of):
        new_rows = list(_rows(dict(paper.blocks), cut))
        for words, row in _rows(old, cut):
            serials = {serial for member in row for _, serial in member}
            for other, members in new_rows:
                own = {serial for member in members for _, serial in member}
                standing = {s for _, chars in paper.blocks for _, s in chars} & serials
                if words == other and len(row) == len(members) and standing and standing <= own:
                    _renumber(paper, members, row)
                    break


def _rows(
    blocks: Mapping[str, list[Char]], cut: Callable[[list[Char]], list[Span]]
) -> Iterator[tuple[str, list[list[Char]]]]:
    for chars in blocks.values():
        row: list[list[Char]] = []
        for start, end in [*cut(chars), (0, 0)]:
            member = chars[start:end]
            if row and _words(member) != _words(row[0]):
                if len(row) > 1:
                    yield _words(row[0]), row
                row = []
            row.append(member)


def _words(chars: list[Char]) -> str:
    return "".join(character for character, _ in chars)


def _renumber(paper: Paper, members: list[list[Char]], row: list[list[Char]]) -> None:
    given = {
        new[1]: old[1]
        for member, one in zip(members, row, strict=True)
        for new, old in zip(member, one, strict=True)
    }
    for _, chars in paper.blocks:
        chars[:] = [(character, given.get(serial, serial)) for character, serial in chars]
