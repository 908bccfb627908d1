"""The apparatus of a document: witnesses, collation, emendations, changes shown by the witness."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.model.base import Block
from build_tools.model.bound import BoundDocument, BoundEmendation, BoundVariant
from build_tools.model.records import Target, Witness
from build_tools.model.woven import WovenDocument
from build_tools.render.addresses import apparatus_page, document_page, note_fragment, relative
from build_tools.render.backlinks import block_name
from build_tools.render.markdown import element, front_matter, link, text
from build_tools.render.prose import Setting, cited, prose

CHANGES = {"add": "inserted", "del": "deleted"}


def apparatus_markdown(woven: WovenDocument, setting: Setting) -> str:
    """Return the page of a document's apparatus."""
    bound = woven.bound
    description = bound.document.description
    page = apparatus_page(bound.id)
    text_page = relative(page, document_page(bound.id))
    sections = [
        front_matter({"title": f"Apparatus: {description.title}", "hide": ("navigation",)}),
        f"# Apparatus: {text(description.title)}",
        f"To the text&#58; {link(text(description.heading), text_page)}.",
        "## Witnesses {: #ed.witnesses }",
        *(_witness(witness, bound, setting) for witness in description.witnesses),
        *_collation(woven, setting),
        *_emendations(woven, setting),
        *_changes(bound, page),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _witness(witness: Witness, bound: BoundDocument, setting: Setting) -> str:
    basis = witness.siglum == bound.document.description.basis
    words = f"{witness.title}. {witness.description}".strip().rstrip(".") + "."
    parts = [f"<strong>{text(witness.siglum)}</strong> {text(words)}"]
    if basis:
        parts.append("It is the basis of the transcription.")
    if witness.covers:
        first, last = witness.covers
        parts.append(
            text(
                f"Known from {_place(first, bound)} to {_place(last, bound)}. "
                "Nothing is said of the rest, and no silence means agreement there."
            )
        )
    if witness.source:
        parts.append(cited(witness.source, "", setting))
    return " ".join(parts)


def _place(target: Target, bound: BoundDocument) -> str:
    words = target.quotation.exact if target.quotation else ""
    name = block_name(bound.blocks[target.block].block)
    return f"\u201c{words}\u201d in {name}" if words else name


def _collation(woven: WovenDocument, setting: Setting) -> Iterator[str]:
    """Yield the variants of further witnesses, the substantive apart from the accidental."""
    variants = woven.bound.variants
    described = woven.bound.document.description
    others = [w.siglum for w in described.witnesses if w.siglum != described.basis]
    if not others:
        return
    yield "## Collation {: #ed.collation }"
    if not variants:
        yield "No further witness has been collated."
        return
    yield text(
        f"Readings of {', '.join(dict.fromkeys(v.variant.witness for v in variants))} "
        f"that differ from {described.basis}, in the order of the text."
    )
    for kind, title in (("substantive", "Substantive"), ("accidental", "Accidental")):
        chosen = [v for v in variants if v.variant.variant_class == kind]
        if chosen:
            yield f"### {title} {{: #ed.{kind} }}"
            yield _listed(woven, chosen, lambda one: _variant(one, woven, setting))


def _listed(
    woven: WovenDocument,
    records: list[BoundVariant] | list[BoundEmendation],
    write: Callable[..., str],
) -> str:
    order = list(woven.letters)
    ordered = sorted(records, key=lambda one: order.index(_id(one)))
    return "\n\n".join(write(one) for one in ordered)


def _id(record: BoundVariant | BoundEmendation) -> str:
    return record.variant.id if isinstance(record, BoundVariant) else record.emendation.id


def _variant(bound: BoundVariant, woven: WovenDocument, setting: Setting) -> str:
    anchor, variant = bound.anchor, bound.variant
    block = woven.bound.blocks[anchor.block].block
    lemma = block.base[anchor.start : anchor.end]
    reading = text(variant.reading) if variant.reading else "<em>omitted</em>"
    basis = woven.bound.document.description.basis
    words = f"{text(lemma)}\\] {text(basis)}" if lemma else f"not in {text(basis)}"
    head = f"{_where(block, variant.id, setting)} {words} \u00b7 {reading} {text(variant.witness)}"
    return _entry(head, prose(variant.body, setting))


def _where(block: Block, record: str, setting: Setting) -> str:
    document = setting.page.split("/")[1]
    address = relative(setting.page, document_page(document), note_fragment(record, textual=True))
    return link(text(block_name(block)), address)


def _entry(head: str, body: str) -> str:
    opening = element("p", {"class": "ed-entry", "markdown": "span"}, head)
    return element("div", {"class": "ed-app", "markdown": "block"}, f"\n\n{opening}\n\n{body}\n\n")


def _emendations(woven: WovenDocument, setting: Setting) -> Iterator[str]:
    bound = woven.bound.emendations
    for applied, title, anchor in (
        (True, "Emendations in the reading text", "ed.emendations"),
        (False, "Emendations proposed, not in the text", "ed.proposed"),
    ):
        chosen = [one for one in bound if one.applied == applied]
        if chosen:
            yield f"## {title} {{: #{anchor} }}"
            yield _listed(woven, chosen, lambda one: _emendation(one, woven, setting))


def _emendation(bound: BoundEmendation, woven: WovenDocument, setting: Setting) -> str:
    basis = woven.bound.document.description.basis
    lines = []
    for name, change in bound.changes:
        block = woven.bound.blocks[name].block
        witness = block.base[change.start : change.end]
        reading = text(change.reading) if change.reading else "<em>left out</em>"
        shown = text(f"{witness} {basis}") if witness else text(f"not in {basis}")
        lines.append(f"{_where(block, bound.emendation.id, setting)} {reading}\\] {shown}")
    record = bound.emendation
    meta = text(f"certainty {record.certainty}, {record.evidence} evidence, fault: {record.fault}")
    return _entry("; ".join(lines) + f" ({meta})", prose(record.body, setting))


def _changes(bound: BoundDocument, page: str) -> Iterator[str]:
    """Yield the list of what the witness itself deletes and inserts."""
    items = []
    for one in bound.blocks.values():
        block = one.block
        for span in block.marks:
            if span.mark.name in ("add", "del"):
                words = block.base[span.start : span.end]
                where = link(
                    text(block_name(block)), relative(page, document_page(bound.id), block.id)
                )
                placed = f" ({span.mark.get('place')})" if span.mark.get("place") else ""
                inferred = ", inferred by the editor" if span.mark.get("inferred") else ""
                told = text(f"{CHANGES[span.mark.name]}{placed}{inferred}")
                items.append(f"- {where} {text(words)}&#58; {told}")
    if items:
        yield "## Deletions and insertions of the witness {: #ed.changes }"
        yield "\n".join(items)
