"""Which words of a block link to a term or an entry: the first of each, the longest wins."""

from __future__ import annotations

from build_tools.model.bound import BoundBlock
from build_tools.model.folding import is_word
from build_tools.model.prose import Paragraph, words
from build_tools.model.records import Edition, Entry, Term
from build_tools.model.woven import LinkTo
from build_tools.weave.segments import LinkedRange

LONGEST_TITLE = 120
"""Characters of a definition that a tooltip shows."""


def links(bound: BoundBlock, edition: Edition) -> tuple[LinkedRange, ...]:
    """Choose the links of a block; ranges never overlap, a term wins over an equal name."""
    silent = {(e.start, e.end) for e in bound.expansions if not edition.terms[e.term].link}
    candidates = [
        LinkedRange(
            e.start, e.end, LinkTo(f"term:{e.term}", _term_title(edition.terms[e.term], e.form))
        )
        for e in bound.expansions
        if edition.terms[e.term].link
    ]
    candidates += [
        LinkedRange(m.start, m.end, LinkTo(m.ref, _entry_title(edition.entries[m.ref])))
        for m in bound.mentions
        if (m.start, m.end) not in silent and m.ref in edition.entries
    ]
    longest = sorted(
        candidates, key=lambda c: (c.start - c.end, not c.link.ref.startswith("term:"))
    )
    chosen: list[LinkedRange] = []
    for candidate in longest:
        if not any(c.start < candidate.end and candidate.start < c.end for c in chosen):
            chosen.append(candidate)
    seen: set[str] = set()
    first: list[LinkedRange] = []
    for candidate in sorted(chosen, key=lambda c: c.start):
        if candidate.link.ref not in seen:
            seen.add(candidate.link.ref)
            first.append(candidate)
    return tuple(first)


def _term_title(term: Term, form: str) -> str:
    """Return the expansion; of a term without one in words, what the glossary says first."""
    expansion = next((f.expansion for f in term.forms if f.form == form), "")
    if any(is_word(character) for character in expansion):
        return expansion
    said = next((words(b.content) for b in term.body.blocks if isinstance(b, Paragraph)), "")
    first = said.split(". ")[0].strip().rstrip(".")
    return (
        first
        if len(first) <= LONGEST_TITLE
        else f"{first[:LONGEST_TITLE].rsplit(' ', 1)[0]} \u2026"
    )


def _entry_title(entry: Entry) -> str:
    return entry.display
