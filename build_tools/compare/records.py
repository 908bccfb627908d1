"""Records of one document: which are new, changed or removed, and whose passages moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from build_tools.compare.alike import About, alike
from build_tools.compare.words import differences, in_sentence
from build_tools.model.bound import Anchor, BoundDocument
from build_tools.model.prose import (
    Citation,
    Emphasis,
    Heading,
    Link,
    Listing,
    Paragraph,
    Prose,
    ProseBlock,
    Quote,
    Reference,
    Span,
    Words,
)
from build_tools.model.records import Cited, Edition, Emendation, Note, Variant
from build_tools.model.review import CHANGED, NEW, REMOVED, Altered, Quoted, Reviewed

Record: TypeAlias = Note | Emendation | Variant


@dataclass(frozen=True)
class Held:
    """A record with its anchors and what it reads at them."""

    record: Record
    anchors: tuple[Anchor, ...]
    reads: tuple[str, ...]
    bound: BoundDocument

    @property
    def name(self) -> str:
        """Its kind and id."""
        return f"{type(self.record).__name__.lower()} {self.record.id}"

    def passages(self) -> tuple[Quoted, ...]:
        """Return its passages in their sentences."""
        return tuple(_quoted(anchor, self.bound) for anchor in self.anchors)


def held(bound: BoundDocument) -> dict[str, Held]:
    """Return the records of a document by kind and id; computed variants are nobody's."""
    found = [
        *(Held(one.note, one.anchors, (), bound) for one in bound.notes),
        *(
            Held(
                one.emendation, one.anchors, tuple(c.reading for c in one.emendation.changes), bound
            )
            for one in bound.emendations
        ),
        *(
            Held(one.variant, (one.anchor,), (one.variant.reading,), bound)
            for one in bound.variants
            if not one.variant.is_computed
        ),
    ]
    return {one.name: one for one in found}


def reviewed(
    old: Mapping[str, Held], new: Mapping[str, Held], editions: tuple[Edition, Edition]
) -> Iterator[Reviewed]:
    """Yield the records that are new, changed or removed, in the order of the new state.

    ``editions`` are the old state and the new.
    """
    every = [about(one) for one in new.values()]
    for name, one in new.items():
        was = old.get(name)
        if was is not None and _said(was.record) == _said(one.record):
            continue
        record = one.record
        yield Reviewed(
            CHANGED if was else NEW,
            name,
            record.label,
            record.place,
            tuple(_facts(record, editions[1])),
            one.passages(),
            one.reads,
            record.body,
            cited(record),
            tuple(_altered(was, one)) if was else (),
            tuple(alike(about(one), every)),
        )
    for name, one in old.items():
        if name not in new:
            yield Reviewed(
                REMOVED,
                name,
                one.record.label,
                one.record.place,
                tuple(_facts(one.record, editions[0])),
                one.passages(),
                one.reads,
                one.record.body,
                cited(one.record),
            )


def moved(old: Mapping[str, Held], new: Mapping[str, Held]) -> Iterator[Altered]:
    """Yield the passages that are not where they were, or do not say what they said.

    One whose target is as it was is told if no word beside it is the same: it may be another.
    """
    for name, one in new.items():
        was = old.get(name)
        if was is None:
            continue
        before, after = was.passages(), one.passages()
        is_aimed_anew = [a.target for a in was.anchors] != [a.target for a in one.anchors]
        if before != after and (is_aimed_anew or any(map(_is_elsewhere, before, after))):
            yield Altered(name, _told(before), _told(after))


def _is_elsewhere(was: Quoted, now: Quoted) -> bool:
    if was == now or not (was.before + was.after and now.before + now.after):
        return False
    beside = [(one.before.split()[-1:], one.after.split()[:1]) for one in (was, now)]
    return all(one != other or not one for one, other in zip(*beside, strict=True))


def about(one: Held) -> About:
    """Return what likeness is told by."""
    return About(one.name, one.record.label, one.anchors, said(one.record.body))


def cited(record: Record) -> tuple[Cited, ...]:
    """Return what a record cites: in its prose, in order, and then in its head."""
    in_prose = [Cited(c.source, c.locator, c.place) for c in record.body.citations()]
    return tuple(dict.fromkeys([*in_prose, *record.sources]))


def said(body: Prose) -> str:
    """Return the plain words of a body, without citations."""
    return "".join(span.text for span in body.spans() if isinstance(span, Words))


def written(body: Prose) -> str:
    """Return a body on one line, much as it is written: to be compared.

    What a link leads to, what is set apart and how, and what is cited are part of it.
    """
    return " \u00b6 ".join(map(_block, body.blocks))


def _block(block: ProseBlock) -> str:
    match block:
        case Paragraph(content):
            return _spans(content)
        case Heading(content, level):
            return f"{'#' * level} {_spans(content)}"
        case Quote(content):
            return f"> {written(Prose(content))}"
        case Listing(items, ordered):
            sign = "1." if ordered else "-"
            return " ".join(f"{sign} {written(Prose(item))}" for item in items)


def _spans(content: Sequence[Span]) -> str:
    return "".join(map(_span, content))


def _span(span: Span) -> str:
    match span:
        case Words():
            return " \\ " if span.breaks else span.text
        case Emphasis(content, strong):
            sign = "**" if strong else "*"
            return f"{sign}{_spans(content)}{sign}"
        case Link(content, target):
            return f"[{_spans(content)}]({target})"
        case Reference(content, kind, name):
            return f"[{_spans(content)}]({kind}:{name})"
        case Citation(source, locator):
            return f"[@{', '.join(part for part in (source, locator) if part)}]"


def _said(record: Record) -> Record:
    """Return a record without what tells where it stands in the text, and of which bytes it is."""
    if isinstance(record, Note):
        return replace(record, targets=(), digest="")
    if isinstance(record, Variant):
        return replace(record, target=replace(record.target, block="", quotation=None), digest="")
    return replace(
        record,
        changes=tuple(
            replace(one, target=replace(one.target, block="", quotation=None))
            for one in record.changes
        ),
        digest="",
    )


def _facts(record: Record, edition: Edition) -> Iterator[str]:
    if isinstance(record, Note):
        yield from (record.kind, record.standing)
    elif isinstance(record, Emendation):
        yield from (f"certainty {record.certainty}", f"{record.evidence} evidence")
        yield f"fault of the {record.fault}"
    else:
        yield from (f"witness {record.witness}", record.variant_class)
    author = edition.contributors.get(record.author)
    yield f"by {author.name if author else record.author}"
    yield record.license
    yield record.date
    if isinstance(record, Note) and record.reviewer:
        yield f"reviewed by {record.reviewer}"
    elif isinstance(record, Note) and record.status:
        yield record.status


def _altered(was: Held, one: Held) -> Iterator[Altered]:
    old, new = was.record, one.record
    keys = ("label", "kind", "standing", "certainty", "evidence", "fault", "witness", "reading")
    for key in (*keys, "variant_class", "author", "license", "date", "status", "reviewer"):
        before, after = getattr(old, key, ""), getattr(new, key, "")
        if before != after:
            yield Altered(key.removeprefix("variant_"), before, after)
    if isinstance(new, Emendation) and was.reads != one.reads:
        yield Altered("reading", "; ".join(was.reads), "; ".join(one.reads))
    if was.passages() != one.passages():
        yield Altered("passage", _told(was.passages()), _told(one.passages()))
    for before, after in differences(written(old.body), written(new.body)):
        yield Altered("text", before, after)
    before, after = (", ".join(_source(c) for c in cited(each)) for each in (old, new))
    if before != after:
        yield Altered("sources", before, after)


def _source(one: Cited) -> str:
    return f"{one.source} {one.locator}".strip()


def _told(passages: tuple[Quoted, ...]) -> str:
    return "; ".join(f"{one.block}: {one.before}|{one.words}|{one.after}" for one in passages)


def _quoted(anchor: Anchor, bound: BoundDocument) -> Quoted:
    if anchor.whole == "document":
        return Quoted("", "", "the document as a whole", "")
    if anchor.whole == "page":
        return Quoted("", "", f"page {anchor.target.page}", "")
    base = bound.blocks[anchor.block].block.base
    if anchor.whole:
        return Quoted(anchor.block, "", base, "")
    return Quoted(anchor.block, *in_sentence(base, anchor.start, anchor.end))
