"""The two series of notes: figures for commentary, letters for the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from build_tools.model.bound import Anchor, BoundDocument, BoundEmendation, BoundNote, BoundVariant
from build_tools.model.records import Cited, Emendation, Note, Variant
from build_tools.model.woven import WovenDocument
from build_tools.render.fragment import MarkerNames
from build_tools.render.markdown import element, text
from build_tools.render.prose import Setting, further_sources, person_link, prose

SPAN = {"markdown": "span"}
BLOCK = {"markdown": "block"}


@dataclass(frozen=True)
class Notes:
    """What the notes of a page are set from."""

    woven: WovenDocument
    setting: Setting
    names: MarkerNames


def labels(bound: BoundDocument) -> Mapping[str, str]:
    """Return the short label of every note, emendation and variant."""
    return {
        **{one.note.id: one.note.label for one in bound.notes},
        **{one.emendation.id: one.emendation.label for one in bound.emendations},
        **{one.variant.id: one.variant.label for one in bound.variants},
    }


def kinds(bound: BoundDocument) -> Mapping[str, str]:
    """Return of each emendation and variant what it is, in a word."""
    return {
        **{one.emendation.id: "emendation" for one in bound.emendations},
        **{one.variant.id: "variant" for one in bound.variants},
    }


def commentary(notes: Notes) -> str:
    """Return the footnote definitions in the order of their figures."""
    by_id = {one.note.id: one for one in notes.woven.bound.notes}
    return "\n\n".join(_footnote(by_id[name], notes) for name in notes.woven.commentary)


def _footnote(bound: BoundNote, notes: Notes) -> str:
    note = bound.note
    # Strong, and not a span: the extension that makes footnotes notes reads their label there.
    opening = f"**{text(note.label)}** {_lemma(bound.anchors, notes)}".rstrip()
    body = prose(note.body, notes.setting, "    ")
    own = _permalink(f"fn:{note.id}", note.label)
    meta = f"    {_meta(note, notes.setting)} {own}\n    {{: .ed-meta }}"
    return f"[^{note.id}]: {opening}\n\n{body}\n\n{meta}"


def _permalink(identifier: str, label: str) -> str:
    """Return the link of a note to itself: its address, which can be copied and sent.

    The sign is drawn by the style sheet: it is no word of the note.
    """
    attributes = {
        "class": "ed-permalink",
        "href": f"#{identifier}",
        "aria-label": f"Link to the note \u201c{label}\u201d",
    }
    return element("a", attributes, "")


def _lemma(anchors: tuple[Anchor, ...], notes: Notes) -> str:
    """Return the quoted words a note explains, with the lemma's bracket, or where it stands."""
    words = [
        notes.woven.bound.blocks[a.block].block.base[a.start : a.end]
        for a in anchors
        if a.block and not a.whole and a.start < a.end
    ]
    if not words:
        return ""
    shown = "; ".join(_shortened(one) for one in words)
    return element("span", {"class": "ed-note-lemma"}, text(f"{shown}]"))


def _shortened(words: str) -> str:
    """Leave out the middle of a long passage, between whole words where it has spaces."""
    if len(words) <= 60:
        return words
    head, tail = words[:30], words[-30:]
    head = head[: head.rfind(" ")] if " " in head.strip() else head
    tail = tail[tail.find(" ") :] if " " in tail.strip() else tail
    return f"{head.rstrip()} \u2026 {tail.lstrip()}"


def _meta(note: Note, setting: Setting) -> str:
    parts = [text(note.kind.capitalize()), text(note.standing), person_link(note.author, setting)]
    if note.reviewer:
        parts.append(f"reviewed by {person_link(note.reviewer, setting)}")
    elif note.status:
        parts.append(text(note.status))
    return text(" \u00b7 ").join(parts) + _further(note, note.sources, setting)


def _further(
    record: Note | Emendation | Variant, sources: tuple[Cited, ...], setting: Setting
) -> str:
    further = further_sources(record.body, sources, setting)
    return text(" \u00b7 ") + further if further else ""


def letters(notes: Notes) -> str:
    """Return the list of notes on the text, in the order of their letters."""
    bound = notes.woven.bound
    items: dict[str, tuple[str, Note | Emendation | Variant]] = {}
    named = labels(bound)
    for note in bound.notes:
        items[note.note.id] = (_note_head(note, notes), note.note)
    for emendation in bound.emendations:
        items[emendation.emendation.id] = (
            _emendation_head(emendation, notes),
            emendation.emendation,
        )
    for variant in bound.variants:
        items[variant.variant.id] = (_variant_head(variant, notes), variant.variant)
    written = [
        _item(name, letter, *items[name], named[name], notes)
        for name, letter in notes.woven.letters.items()
    ]
    if not written:
        return ""
    inner = "\n".join(written)
    heading = "### The text {: #ed.letters }"
    return heading + "\n\n" + element("ol", {"class": "ed-letters", **BLOCK}, f"\n{inner}\n")


def _item(
    name: str, letter: str, head: str, record: Note | Emendation | Variant, label: str, notes: Notes
) -> str:
    back = element(
        "a",
        {
            "class": "ed-back",
            "href": f"#tnref:{name}",
            "aria-label": f"Back to {letter} in the text",
        },
        letter,
    )
    opening = element("p", {"class": "ed-note-head", **SPAN}, f"{back} {head}")
    body = prose(record.body, notes.setting)
    said = (
        _meta(record, notes.setting)
        if isinstance(record, Note)
        else _textual_meta(record, notes.setting)
    )
    own = _permalink(f"tn:{name}", label)
    meta = element("p", {"class": "ed-meta", **SPAN}, f"{said} {own}")
    return element(
        "li",
        {"class": "ed-note ed-note--t", "id": f"tn:{name}", "tabindex": "-1", **BLOCK},
        f"\n\n{opening}\n\n{body}\n\n{meta}\n\n",
    )


def _note_head(bound: BoundNote, notes: Notes) -> str:
    label = element("span", {"class": "ed-note-label"}, text(bound.note.label))
    return f"{label} {_lemma(bound.anchors, notes)}".rstrip()


def _emendation_head(bound: BoundEmendation, notes: Notes) -> str:
    siglum = notes.woven.bound.document.description.basis
    changes = []
    for block, change in bound.changes:
        witness = notes.woven.bound.blocks[block].block.base[change.start : change.end]
        if not witness:
            changes.append(f"{change.reading}] not in {siglum}")
        elif not change.reading:
            changes.append(f"left out] {siglum}: {witness}")
        else:
            changes.append(f"{change.reading}] {siglum}: {witness}")
    state = "" if bound.applied else " (proposed, not in the text)"
    lemma = element("span", {"class": "ed-note-lemma"}, text("; ".join(changes)))
    return lemma + text(state)


def _variant_head(bound: BoundVariant, notes: Notes) -> str:
    words = _lemma((bound.anchor,), notes)
    reading = bound.variant.reading
    shown = text(reading) if reading else "<em>omitted</em>"
    return f"{words} {text(bound.variant.witness)}&#58; {shown}"


def _textual_meta(record: Emendation | Variant, setting: Setting) -> str:
    author = person_link(record.author, setting) if record.author else text("collation")
    if isinstance(record, Emendation):
        parts = [
            "Emendation",
            f"certainty {record.certainty}",
            f"{record.evidence} evidence",
            f"fault of the {record.fault}" if record.fault != "unknown" else "fault unknown",
        ]
    else:
        parts = ["Variant", record.variant_class]
    told = [*(text(part) for part in parts), author]
    return text(" \u00b7 ").join(told) + _further(record, record.sources, setting)
