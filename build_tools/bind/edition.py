"""Binding an edition: texts first, then emendations, then everything that stands on them."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.bind.emendations import bind_emendations, readings
from build_tools.bind.expansion import expanded_text, misplaced, supplied_words
from build_tools.bind.forms import Index, expansions, index_of, mentions
from build_tools.bind.references import reference_problems
from build_tools.bind.structure import page_names, structure_problems
from build_tools.bind.variants import bind_variants
from build_tools.bind.witnesses import witness_problems
from build_tools.model.base import Block, blocks
from build_tools.model.bound import Anchor, BoundBlock, BoundDocument, BoundEdition, BoundNote
from build_tools.model.edits import final
from build_tools.model.problem import Problem
from build_tools.model.records import Document, Edition, Entry, Note, Override, Term
from build_tools.model.spread import Watch


def bind_edition(
    edition: Edition, watch: Watch | None = None
) -> tuple[BoundEdition, tuple[Problem, ...]]:
    """Resolve everything in the edition; what cannot be resolved is left out and is a problem.

    ``watch`` is told how many documents are done.
    """
    terms, term_problems = index_of(edition.terms.values(), possessive=False)
    entries, entry_problems = index_of(edition.entries.values(), possessive=True)
    problems = [*term_problems, *entry_problems]
    all_blocks: dict[str, dict[str, Block]] = {}
    documents: dict[str, BoundDocument] = {}
    for document in sorted(edition.documents.values(), key=_order):
        found = {block.id: block for block in blocks(document.transcription)}
        all_blocks[document.id] = found
        bound, faults = _bind_document(document, found, edition, terms, entries)
        documents[document.id] = bound
        problems.extend(faults)
        if watch is not None:
            watch(len(documents), len(edition.documents))
    problems.extend(reference_problems(edition, all_blocks))
    return BoundEdition(edition, documents), tuple(problems)


def _order(document: Document) -> tuple[tuple[int, int, int], str, str]:
    date = document.description.date
    return date.sort_key if date else (0, 0, 0), document.description.time, document.id


def _bind_document(
    document: Document,
    found: dict[str, Block],
    edition: Edition,
    terms: Index[Term],
    entries: Index[Entry],
) -> tuple[BoundDocument, tuple[Problem, ...]]:
    description = document.description
    problems = [*witness_problems(document), *structure_problems(document, found)]
    around = Surroundings(document.id, found, page_names(document), description.retired)
    emended = bind_emendations(document.emendations, description.apply, around)
    read = readings(found, emended.emendations)
    problems.extend((*emended.problems, *read.problems))
    texts, doubtful = read.texts, emended.doubtful | read.doubtful
    around = Surroundings(document.id, found, around.pages, description.retired, texts)
    notes, faults = _notes(document.notes, around)
    problems.extend(faults)
    variants, faults = bind_variants(document, around)
    problems.extend(faults)
    overrides, faults = _overrides(description.mentions, around)
    problems.extend(faults)
    supplied, faults = supplied_words(document.expanded, texts, document.id, doubtful)
    problems.extend(faults)
    bound_blocks: dict[str, BoundBlock] = {}
    for block in found.values():
        reading = texts[block.id]
        words = supplied.get(block.id, ())
        terms_found = expansions(reading.text, terms)
        own = [(o, anchor) for o, anchor in overrides if anchor.block == block.id]
        faults = misplaced(block.id, terms_found, words, block)
        problems.extend(faults)
        bound_blocks[block.id] = BoundBlock(
            block,
            final(block),
            reading,
            terms_found,
            mentions(reading, entries, own, terms_found, edition),
            words,
            "" if faults else expanded_text(reading.text, terms_found, words),
        )
    return (
        BoundDocument(
            document, bound_blocks, notes, emended.emendations, variants, overrides, doubtful
        ),
        tuple(problems),
    )


def _notes(
    notes: Iterable[Note], around: Surroundings
) -> tuple[tuple[BoundNote, ...], tuple[Problem, ...]]:
    bound: list[BoundNote] = []
    problems: list[Problem] = []
    for note in notes:
        resolved = [resolve(target, around) for target in note.targets]
        faults = [one for one in resolved if isinstance(one, Problem)]
        problems.extend(faults)
        if not faults:
            bound.append(BoundNote(note, tuple(a for a in resolved if isinstance(a, Anchor))))
    return tuple(bound), tuple(problems)


def _overrides(
    overrides: Iterable[Override], around: Surroundings
) -> tuple[tuple[tuple[Override, Anchor], ...], tuple[Problem, ...]]:
    bound: list[tuple[Override, Anchor]] = []
    problems: list[Problem] = []
    for override in overrides:
        anchor = resolve(override.target, around)
        if isinstance(anchor, Problem):
            problems.append(anchor)
        else:
            bound.append((override, anchor))
    return tuple(bound), tuple(problems)
