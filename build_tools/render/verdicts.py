"""What the scorecard's answers are made of: verdicts, their evidence, and facts of the edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from build_tools.model.base import MarkSpan
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.proof import YES as PROVED
from build_tools.model.proof import Ledger, ledger
from build_tools.model.records import Contributor, Emendation, Entry, Essay, Note, Variant
from build_tools.render.addresses import CONTENTS, document_page, page_of

YES, PARTLY, NO = "yes", "partly", "no"


@dataclass(frozen=True)
class Evidence:
    """Where an answer can be looked up: a generated page, or a check by its code."""

    words: str
    page: str = ""
    fragment: str = ""
    code: str = ""


@dataclass(frozen=True)
class Verdict:
    """An answer with its reason; it has evidence, unless it is no."""

    says: str
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Facts:
    """The bound edition, asked in the terms of the criteria."""

    bound: BoundEdition

    @property
    def documents(self) -> tuple[BoundDocument, ...]:
        """The documents in order."""
        return tuple(self.bound.documents.values())

    @property
    def ledgers(self) -> tuple[Ledger, ...]:
        """The states of proof of each document."""
        return tuple(ledger(document) for document in self.documents)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note."""
        return tuple(one.note for document in self.documents for one in document.notes)

    @property
    def records(self) -> tuple[Note | Emendation | Variant, ...]:
        """Every note, emendation and variant that somebody wrote."""
        return tuple(record for document in self.documents for record in document.document.records)

    @property
    def people(self) -> tuple[Contributor, ...]:
        """Everybody who is named."""
        return tuple(self.bound.edition.contributors.values())

    def pages_in(self, state: str) -> tuple[int, int]:
        """Return how many pages are in a state of proof, and of how many."""
        done = total = 0
        for book in self.ledgers:
            pages = book.pages()
            done += sum(book.answer(page, state).says == PROVED for page in pages)
            total += len(pages)
        return done, total

    def images(self) -> tuple[int, int]:
        """Return how many pages have an image, and of how many."""
        pages = [page for one in self.documents for page in one.document.description.pages]
        return sum(bool(page.image) for page in pages), len(pages)

    def essay(self, *words: str) -> Essay | None:
        """Return the first essay whose title has one of the words."""
        essays = sorted(self.bound.edition.essays.values(), key=lambda one: (one.order, one.id))
        return next((one for one in essays if any(w in one.title.lower() for w in words)), None)

    def entries(self, *registers: str) -> tuple[Entry, ...]:
        """Return the entries of some registers."""
        return tuple(e for e in self.bound.edition.entries.values() if e.register in registers)

    def changes(self) -> Iterator[tuple[MarkSpan, BoundDocument]]:
        """Yield every insertion, deletion and doubtful reading with its document."""
        for document in self.documents:
            for one in document.blocks.values():
                for mark in one.block.marks:
                    if mark.mark.name in ("add", "del", "unclear", "gap"):
                        yield mark, document


Judge = Callable[[Facts], Verdict]


@dataclass(frozen=True)
class Criterion:
    """What a reviewer asks: where the question comes from, the question, and who answers it."""

    group: str
    ref: str
    asks: str
    judge: Judge


def page(words: str, address: str, fragment: str = "") -> Evidence:
    """Point to a generated page."""
    return Evidence(words, address, fragment)


def check(code: str) -> Evidence:
    """Point to a check that every build runs, by the code of its message."""
    return Evidence(code, code=code)


def essay_page(essay: Essay) -> Evidence:
    """Point to an essay."""
    return Evidence(essay.title, page_of("essay", essay.id)[0])


def document_of(facts: Facts, words: str, fragment: str = "") -> Evidence:
    """Point to the page of the first document, or to the contents where there is none."""
    if not facts.documents:
        return Evidence(words, CONTENTS)
    return Evidence(words, document_page(facts.documents[0].id), fragment)


def always(says: str, why: str, *evidence: Evidence) -> Judge:
    """Answer for a property of the tool, which is the same for every edition."""
    return lambda facts: Verdict(says, why, evidence)


def at_document(says: str, why: str, words: str, fragment: str = "") -> Judge:
    """Answer for a property of the tool that the page of any document shows."""
    return lambda facts: Verdict(says, why, (document_of(facts, words, fragment),))


def share(done: int, total: int) -> str:
    """Answer yes for all, no for none, partly between them."""
    return NO if not done else YES if done == total else PARTLY


def counted(number: int, name: str, many: str = "") -> str:
    """Write a number with its noun."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {many or name + 's'}"
