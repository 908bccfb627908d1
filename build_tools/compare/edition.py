"""The comparison of two states of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from build_tools.compare.records import held, moved, reviewed, written
from build_tools.compare.words import differences
from build_tools.model.bound import BoundDocument, BoundEdition
from build_tools.model.prose import Prose
from build_tools.model.records import Cited, Contributor, Edition, Entry, Essay, Source, Term
from build_tools.model.review import (
    CHANGED,
    NEW,
    REMOVED,
    Altered,
    Review,
    Reviewed,
    ReviewedDocument,
)
from build_tools.model.woven import WovenDocument

Shared: TypeAlias = Term | Entry | Source | Contributor | Essay
Woven: TypeAlias = Mapping[str, WovenDocument]


def compare(
    old: BoundEdition, new: BoundEdition, woven: tuple[Woven, Woven], files: Sequence[Altered]
) -> Review:
    """Compare two states; ``woven`` has the documents of both that can be woven.

    ``files`` are the paths that changed; those that are told as records are left out.
    """
    names = [*new.documents, *(name for name in old.documents if name not in new.documents)]
    editions = (old.edition, new.edition)
    documents = [
        _document(name, old.documents.get(name), new.documents.get(name), woven, editions)
        for name in names
    ]
    changed = tuple(one for one in documents if one is not None)
    shared = tuple(_shared(old.edition, new.edition))
    told = {one.place.file for document in changed for one in document.records}
    told |= {one.place.file for one in shared}
    moved_files = _files_of_moved(changed, new)
    rest = [one for one in files if one.what not in told | moved_files]
    return Review(changed, shared, tuple(rest))


def _files_of_moved(changed: Sequence[ReviewedDocument], new: BoundEdition) -> set[str]:
    return {
        one.record.place.file
        for document in changed
        if document.id in new.documents
        for name, one in held(new.documents[document.id]).items()
        if name in {each.what for each in document.moved}
    }


def _document(
    name: str,
    old: BoundDocument | None,
    new: BoundDocument | None,
    woven: tuple[Woven, Woven],
    editions: tuple[Edition, Edition],
) -> ReviewedDocument | None:
    if new is None:
        assert old is not None
        return ReviewedDocument(name, old.document.description.title, REMOVED)
    title = new.document.description.title
    if old is None:
        records = tuple(reviewed({}, held(new), editions))
        return ReviewedDocument(name, title, NEW, records)
    before, after = held(old), held(new)
    one = ReviewedDocument(
        name,
        title,
        CHANGED,
        tuple(reviewed(before, after, editions)),
        tuple(moved(before, after)),
        tuple(_numbers(woven[0].get(name), woven[1].get(name))),
        tuple(_texts(old, new)),
    )
    return one if one.records or one.moved or one.numbers or one.texts else None


# texts


def _texts(old: BoundDocument, new: BoundDocument) -> Iterator[Altered]:
    """Yield what blocks say now that said something else, as transcribed and as read."""
    for name in [*new.blocks, *(name for name in old.blocks if name not in new.blocks)]:
        one, two = old.blocks.get(name), new.blocks.get(name)
        base = _different(one.block.base if one else "", two.block.base if two else "")
        reading = _different(one.reading.text if one else "", two.reading.text if two else "")
        if base == reading:
            yield from (Altered(f"block {name}", *pair) for pair in base)
        else:
            yield from (Altered(f"block {name}, as transcribed", *pair) for pair in base)
            yield from (Altered(f"block {name}, as read", *pair) for pair in reading)


def _different(old: str, new: str) -> list[tuple[str, str]]:
    return list(differences(old, new)) if old != new else []


# figures and letters


def _numbers(old: WovenDocument | None, new: WovenDocument | None) -> Iterator[Altered]:
    """Yield the runs of notes that have other figures or letters than they had."""
    if old is None or new is None:
        return
    yield from _runs("figure", _numbered(old.commentary), _numbered(new.commentary))
    yield from _runs("letter", old.letters, new.letters)


def _numbered(names: Sequence[str]) -> dict[str, str]:
    return {name: str(number) for number, name in enumerate(names, 1)}


def _runs(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Altered]:
    """Join neighbours that moved by as much into one; signs are in their order."""
    was, now = list(old), list(new)
    at = {name: place for place, name in enumerate(now)}
    run: list[tuple[int, int]] = []
    for pair in [*((i, at[name]) for i, name in enumerate(was) if name in at), (-9, -9)]:
        if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
            (one, two), (last, end) = run[0], run[-1]
            before, after = _span(list(old.values()), one, last), _span([*new.values()], two, end)
            if before != after:
                yield Altered(what, before, after)
            run = []
        run.append(pair)


def _span(signs: list[str], first: int, last: int) -> str:
    return signs[first] if first == last else f"{signs[first]} to {signs[last]}"


# what the documents share


def _shared(old: Edition, new: Edition) -> Iterator[Reviewed]:
    pairs: tuple[tuple[str, Mapping[str, Shared], Mapping[str, Shared]], ...] = (
        ("term", old.terms, new.terms),
        ("", old.entries, new.entries),
        ("source", old.sources, new.sources),
        ("contributor", old.contributors, new.contributors),
        ("essay", old.essays, new.essays),
    )
    for kind, before, after in pairs:
        for name, one in after.items():
            was = before.get(name)
            if was != one:
                yield _one(CHANGED if was else NEW, _record(kind, name), one, was)
        for name, gone in before.items():
            if name not in after:
                yield _one(REMOVED, _record(kind, name), gone)


def _record(kind: str, name: str) -> str:
    """Return what a record is called; the name of an entry has its kind in it."""
    return f"{kind} {name}" if kind else name.replace(":", " ", 1)


def _one(state: str, record: str, one: Shared, was: Shared | None = None) -> Reviewed:
    body = getattr(one, "body", None)
    return Reviewed(
        state,
        record,
        _label(one),
        one.place,
        tuple(_facts(one)),
        body=body,
        cited=_cited(one, record),
        altered=tuple(_altered(was, one)) if was else (),
    )


def _label(one: Shared) -> str:
    match one:
        case Term():
            return one.term
        case Source():
            return one.fields.get("title-short") or one.fields.get("title", "")
        case Essay():
            return one.title
    return one.name


def _cited(one: Shared, record: str) -> tuple[Cited, ...]:
    """Return what a record cites; of a source that is itself, to be shown in full."""
    if isinstance(one, Source):
        return (Cited(one.id, "", one.place),)
    if isinstance(one, Contributor):
        return ()
    in_prose = [Cited(c.source, c.locator, c.place) for c in one.body.citations()]
    return tuple(dict.fromkeys([*in_prose, *one.sources]))


def _facts(one: Shared) -> Iterator[str]:
    if isinstance(one, Term | Entry):
        yield from (f"{f.form} = {f.expansion}" if f.expansion else f.form for f in one.forms)
    if isinstance(one, Entry) and one.date:
        yield one.date.words
    if isinstance(one, Contributor):
        yield from (part for part in (one.kind, one.orcid, one.role, one.url) if part)


def _altered(was: Shared, one: Shared) -> Iterator[Altered]:
    before, after = _fields(was), _fields(one)
    for key in dict.fromkeys([*before, *after]):
        if before.get(key, "") != after.get(key, ""):
            yield Altered(key, before.get(key, ""), after.get(key, ""))
    bodies = [getattr(each, "body", None) for each in (was, one)]
    texts = [written(body) if isinstance(body, Prose) else "" for body in bodies]
    yield from (Altered("text", *pair) for pair in differences(*texts))


def _fields(one: Shared) -> dict[str, str]:
    if isinstance(one, Source):
        names = {
            role: "; ".join(n.literal or f"{n.given} {n.family}".strip() for n in people)
            for role, people in one.names.items()
        }
        return {**one.fields, **names}
    fields = {"name": _label(one), "forms": "; ".join(_facts(one))}
    for key in ("standing", "display", "author", "date", "time", "role", "url", "refers"):
        value = getattr(one, key, "")
        fields[key] = value if isinstance(value, str) else getattr(value, "words", "")
    return fields
