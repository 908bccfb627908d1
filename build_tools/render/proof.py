"""What of the texts is proved: by every build, and by people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.dates import parse_date
from build_tools.model.proof import STALE, STATES, YES, Ledger, ledger
from build_tools.model.records import Edition, Proof
from build_tools.model.transcription import received
from build_tools.render.addresses import PROOF, SCORECARD, document_page, relative
from build_tools.render.markdown import front_matter, link, text
from build_tools.render.tables import table

COLUMNS = {
    "transcribed": "transcribed",
    "collated": "collated",
    "image": "seen in an image",
    "second": "second reader",
}
PAST = {
    "transcribed": "transcribed",
    "collated": "collated",
    "image": "checked against an image",
    "second": "read by a second person",
}
DONE = {
    "transcribed": "transcribed from {}",
    "collated": "collated with {}",
    "image": "checked against an image",
    "second": "read by a second person",
}
NOT_DONE = {
    "transcribed": "not signed as transcribed",
    "collated": "not collated",
    "image": "not checked against an image",
    "second": "not read by a second person",
}


LEAD = (
    "Before a site replaces the last one, the texts are read back from its finished pages by "
    "code that shares nothing with the code that made them, and compared character by "
    "character with the sources named here. One letter that differs stops the build. "
    "What people have verified is told apart from that: where nobody has signed for it, the "
    "answer is no, and where the text has changed since, the signature counts no more."
)


def proof_words(bound: BoundDocument) -> str:
    """Say in a sentence what people have verified of a document, and what they have not."""
    book = ledger(bound)
    parts = [_state_words(state, book, bound) for state in STATES]
    stale = [
        f"{PAST[state]} ({_listed(found)})"
        for state in STATES
        if (found := _pages_that(STALE, state, book))
    ]
    if stale:
        parts.append(f"changed since it was {' and '.join(stale)}")
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def _state_words(state: str, book: Ledger, bound: BoundDocument) -> str:
    pages = _pages_that(YES, state, book)
    if not pages:
        return NOT_DONE[state]
    found = [book.answer(page, state).proof for page in pages]
    sigla = dict.fromkeys(_siglum(proof) for proof in found if proof)
    words = DONE[state].format(" and ".join(filter(None, sigla)) or "its witness")
    if state == "collated" and any(_is_known_in_part(siglum, bound) for siglum in sigla):
        words += " where the two can be compared"
    return words if pages == book.pages() else f"{words} ({_listed(pages)})"


def _pages_that(says: str, state: str, book: Ledger) -> tuple[str, ...]:
    return tuple(page for page in book.pages() if book.answer(page, state).says == says)


def _siglum(proof: Proof) -> str:
    """Return with what it was compared: the words before the first comma."""
    return proof.against.partition(",")[0].strip()


def _listed(pages: Sequence[str]) -> str:
    """Write scopes together: ``pages 1 and 2``."""
    names = [page.removeprefix("page ") for page in pages]
    if len(names) == 1:
        return pages[0]
    return f"pages {', '.join(names[:-1])} and {names[-1]}"


def proof_markdown(bound: BoundEdition, files: Mapping[str, bytes]) -> str:
    """Return the page of proof: what every build compares, and what people have verified."""
    head = front_matter({"title": "Proof", "hide": ("navigation",)})
    lead = text(f"{LEAD} How the edition stands against the criteria of reviewers: ")
    lead += link("scorecard", relative(PROOF, SCORECARD)) + "."
    sections = [_proof(document, bound.edition, files) for document in bound.documents.values()]
    return "\n\n".join([head, "# Proof", lead, *sections]) + "\n"


def _proof(bound: BoundDocument, edition: Edition, files: Mapping[str, bytes]) -> str:
    document = bound.document
    description = document.description
    folder = f"edition/documents/{document.id}/"
    title = link(text(description.title), relative(PROOF, document_page(document.id)))
    lines = [f"## {text(description.title)} {{: #document-{document.id} }}", title]
    lines.append("### Compared by every build")
    items = [_claim(bound)]
    for name, data in sorted(files.items()):
        if name.startswith(folder):
            digest = hashlib.sha256(data).hexdigest()
            items.append(f"- {text(name.removeprefix(folder))}&#58; sha256 {text(digest)}")
    lines.append("\n".join(items))
    lines.append("### Signed for")
    lines.extend(_states(bound, edition))
    return "\n\n".join(lines)


def _claim(bound: BoundDocument) -> str:
    description = bound.document.description
    blocks = bound.blocks.values()
    base = sum(len(one.block.base) for one in blocks)
    reading = sum(len(one.reading.text) for one in blocks if one.block.group == "text")
    spelled = bound.document.witness_texts.get(description.basis)
    words = f"the page as transcribed shows {base:,} characters of {len(bound.blocks)} blocks"
    if spelled is not None:
        count = sum(
            len(r.text) for r in received(bound.document.transcription, description.notation)
        )
        words += f"; spelled out they are witness {description.basis}, {count:,} characters"
    words += f"; the reading text of the blocks of text has {reading:,} characters"
    return "- " + text(words)


def _states(bound: BoundDocument, edition: Edition) -> Iterator[str]:
    book = ledger(bound)
    rows = [
        (
            text(scope.removeprefix("page ")),
            *(text(_cell(scope, state, book, bound)) for state in STATES),
        )
        for scope in book.pages()
    ]
    yield table(("page", *(text(COLUMNS[state]) for state in STATES)), rows, row_heads=True)
    records = [f"- {_record(one, book, edition)}" for one in book.records]
    if records:
        yield "\n".join(records)
    yield text(_notes_words(book))


def _cell(scope: str, state: str, book: Ledger, bound: BoundDocument) -> str:
    """Answer for a page; what was collated with a witness known in part was so in part."""
    answer = book.answer(scope, state)
    if answer.says == YES and state == "collated" and answer.proof:
        return "in part" if _is_known_in_part(_siglum(answer.proof), bound) else YES
    return answer.says


def _is_known_in_part(siglum: str, bound: BoundDocument) -> bool:
    witnesses = bound.document.description.witnesses
    return any(witness.covers for witness in witnesses if witness.siglum == siglum)


def _record(proof: Proof, book: Ledger, edition: Edition) -> str:
    """Say who has put what on record, of what and when; and whether it has gone stale."""
    by = edition.contributors.get(proof.by)
    parts = [
        f"{proof.scope}, {PAST[proof.state]}",
        f"against {proof.against}" if proof.against else "",
        by.name if by else proof.by,
        parse_date(proof.on).words,
        "" if book.fits(proof) else "stale: the text has changed since",
    ]
    return text("; ".join(part for part in parts if part))


def _notes_words(book: Ledger) -> str:
    notes = book.notes()
    read = book.count(notes, "second")
    if not notes:
        return "There are no notes."
    kept = f"Of {len(notes)} notes, emendations and variants" if len(notes) > 1 else "Of one note"
    return f"{kept}, {read or 'none'} {'have' if read > 1 else 'has'} been read by a second person."
