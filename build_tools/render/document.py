"""The page of a document: head, text in the order of the witness, form table, notes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.model.base import Block
from build_tools.model.languages import turned
from build_tools.model.records import Description, Document, HeadDatum
from build_tools.model.woven import (
    SHOWN_FORM,
    SHOWN_PAPER,
    SHOWN_TEXT,
    Marker,
    WovenBlock,
    WovenDocument,
    WovenFragment,
)
from build_tools.render.addresses import CONVENTIONS, PROOF, document_page, relative
from build_tools.render.backlinks import block_name
from build_tools.render.fragment import (
    MarkerNames,
    Setting,
    anchored,
    fragment,
    marker,
    readable,
)
from build_tools.render.margin import margin
from build_tools.render.markdown import element, empty_element, front_matter, link, text
from build_tools.render.notes import Notes, commentary, kinds, labels, letters
from build_tools.render.proof import proof_words
from build_tools.render.prose import Setting as ProseSetting
from build_tools.render.prose import cited

SPAN = {"markdown": "span"}
BLOCK = {"markdown": "block"}


@dataclass(frozen=True)
class Facsimile:
    """The image of a page as it is shown: its file beside the page, size in pixels, and words."""

    file: str
    width: int
    height: int
    alt: str
    caption: str


def document_markdown(
    woven: WovenDocument,
    prose: ProseSetting,
    facsimiles: dict[str, Facsimile],
    downloads: Mapping[str, str],
) -> str:
    """Return the Markdown page of a document.

    ``facsimiles`` is by page; ``downloads`` maps the names of files to their addresses.
    """
    document = woven.bound.document
    page = document_page(document.id)
    terms = {one.id: one.term for one in prose.edition.terms.values()}
    names = MarkerNames(woven.letters, labels(woven.bound), kinds(woven.bound), terms)
    notes = Notes(woven, prose, names)
    description = document.description
    parts = [
        front_matter(
            {
                "template": "edition-document.html",
                "title": f"{description.title}: {description.heading}",
                "cite": _cited_as(description),
                "downloads": downloads,
                "hide": ("navigation", "toc", "footer"),
            }
        ),
        f"# {text(description.heading, starts_block=True)}",
        _head(document, woven, names, prose),
        *_legends(page, has_commentary=bool(woven.bound.notes)),
        element(
            "div",
            {
                "class": "ed-text",
                "id": "ed.text",
                "data-document": document.id,
                "lang": description.language,
                "dir": turned(description.language, ""),
                **BLOCK,
            },
            "\n\n" + "\n\n".join(_pages(woven, names, page, facsimiles)) + "\n\n",
        ),
        _form(woven, names, page),
        margin(woven, names),
        "## Notes {: #ed.notes }",
        _key(description),
        element(
            "div",
            {"class": "ed-notes", **BLOCK},
            "\n\n///Footnotes Go Here///\n\n" + letters(notes) + "\n\n",
        ),
        *_given_up(woven),
        commentary(notes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _given_up(woven: WovenDocument) -> Iterator[str]:
    """Let an address that was given up lead to where it is said what stands in its place."""
    for old, new in woven.bound.document.description.retired.items():
        name = link(text(block_name(woven.bound.blocks[new].block)), f"#{new}")
        words = f"{text(f'The address {old} was given up. In its place stands ')}{name}{text('.')}"
        yield element("p", {"class": "ed-key ed-retired", "id": old, **SPAN}, words)


def _legends(page: str, *, has_commentary: bool) -> Iterator[str]:
    """Say of views what only they have or lack, in the view itself."""
    signs = link("Conventions", f"{relative(page, CONVENTIONS)}#views")
    yield element(
        "p",
        {"class": "ed-key ed-legend ed-legend--expanded", "hidden": True, **SPAN},
        text("Italic letters are supplied from the glossary, words in [brackets] by the editors. ")
        + signs,
    )
    if has_commentary:
        yield element(
            "p",
            {"class": "ed-key ed-legend ed-legend--transcribed", "hidden": True, **SPAN},
            text("The transcription as it was received. The commentary stands in other views. ")
            + signs,
        )


def _key(description: Description) -> str:
    """Say what the two series of signs are, and what the letters for witnesses stand for."""
    sigla = _sigla(description)
    words = "Figures lead to commentary, italic letters to notes on the text. "
    attributes = {"class": "ed-key", **SPAN}
    return element("p", attributes, text(words + (f"{sigla}." if sigla else "")))


def _sigla(description: Description) -> str:
    return "; ".join(
        f"{w.siglum}, {w.title[:1].lower()}{w.title[1:]}" for w in description.witnesses
    )


def _cited_as(description: Description) -> str:
    """Return what a citation calls the document; its dateline says what its date would."""
    when = description.dateline or (description.date.words if description.date else "")
    return ", ".join(part for part in (description.heading, description.title, when) if part)


def _head(document: Document, woven: WovenDocument, names: MarkerNames, prose: ProseSetting) -> str:
    description = document.description
    printed = "; ".join(cited(one.source, one.locator, prose) for one in description.printed)
    markers = "".join(marker(one, names) for one in woven.head_markers)
    kicker = element("span", {"class": "ed-kicker"}, text(description.title) + markers)
    data = [_row(text(d.label), _datum(d, prose)) for d in description.head]
    address = relative(prose.page, PROOF, f"document-{document.id}")
    signed = link(text("How it was proved"), address)
    account = [
        _row("Source", text(description.source)),
        _witnesses(description, prose),
        _row("Proof", f"{text(proof_words(woven.bound))} {signed}"),
    ]
    lines = [
        element(
            "p",
            {"class": "ed-kickers", **SPAN},
            kicker + (f" {printed}" if printed else ""),
        ),
        element("p", {"class": "ed-dateline", **SPAN}, text(description.dateline))
        if description.dateline
        else "",
        _listed("ed-data", data),
        _listed("ed-data ed-account", account),
    ]
    inner = "\n\n".join(line for line in lines if line)
    return element("div", {"class": "ed-head", **BLOCK}, f"\n\n{inner}\n\n")


def _listed(css: str, rows: list[str]) -> str:
    found = "\n".join(row for row in rows if row)
    return element("dl", {"class": css, **BLOCK}, f"\n{found}\n") if found else ""


def _row(label: str, value: str) -> str:
    return element("div", BLOCK, element("dt", SPAN, label) + element("dd", SPAN, value))


def _witnesses(description: Description, prose: ProseSetting) -> str:
    """Name the witnesses; what is to be said of each is folded, so that the text begins soon."""
    if not description.witnesses:
        return ""
    items = []
    for witness in description.witnesses:
        cite = f" {cited(witness.source, '', prose)}" if witness.source else ""
        said = f"{text(witness.description)}{cite}".strip()
        name = element("strong", {}, text(witness.siglum))
        items.append(element("li", SPAN, f"{name} {text(witness.title)}. {said}"))
    summary = element("summary", SPAN, text(_sigla(description)))
    folded = element("ul", BLOCK, "\n" + "\n".join(items) + "\n")
    details = element("details", {"class": "ed-witnesses", **BLOCK}, f"\n{summary}\n{folded}\n")
    return element(
        "div", BLOCK, element("dt", SPAN, "Witnesses") + element("dd", BLOCK, f"\n{details}\n")
    )


def _datum(datum: HeadDatum, prose: ProseSetting) -> str:
    """Set a datum of the head; what the basis does not show stands in brackets, with its source."""
    if datum.cited is None:
        return text(datum.value)
    certainty = f", {datum.certainty} certainty" if datum.certainty not in ("", "high") else ""
    cite = cited(datum.cited.source, datum.cited.locator, prose)
    return f"{text(f'[{datum.value}]')} {cite}{text(certainty)}"


def _pages(
    woven: WovenDocument, names: MarkerNames, page: str, facsimiles: dict[str, Facsimile]
) -> Iterator[str]:
    language = woven.bound.document.description.language
    found = sorted(
        ((f, block) for block in woven.blocks.values() for f in block.fragments),
        key=lambda pair: pair[0].span.seq,
    )
    for n, fragments in itertools.groupby(found, key=lambda pair: pair[0].span.page):
        inner = [_page_break(n, woven.page_markers.get(n, ()), names)] if n else []
        if n in facsimiles:
            inner.append(_figure(n, facsimiles[n]))
        lines = "\n\n".join(_fragment(f, block, names, page, language) for f, block in fragments)
        inner.append(element("div", {"class": "ed-run", **BLOCK}, f"\n\n{lines}\n\n"))
        attributes = {"class": "ed-page", "data-page": n, **BLOCK}
        yield element("div", attributes, "\n\n" + "\n\n".join(inner) + "\n\n")


def _page_break(n: str, markers: Iterable[Marker], names: MarkerNames) -> str:
    """Set the mark of a page; it has the page's address, since in reading a page has no box."""
    own = f"page.{n}"
    words = element("a", {"href": f"#{own}", "aria-label": f"Page {n}"}, text(f"p. {n}"))
    said = "".join(marker(one, names) for one in markers)
    return element("div", {"class": "ed-pb", "id": own, **SPAN}, words + said)


def _figure(n: str, facsimile: Facsimile) -> str:
    image = empty_element(
        "img",
        {
            "src": facsimile.file,
            "alt": facsimile.alt,
            "width": str(facsimile.width or ""),
            "height": str(facsimile.height or ""),
            "loading": "lazy",
        },
    )
    words = f"{text(facsimile.caption)} {link('Open large', facsimile.file)}"
    caption = element("figcaption", SPAN, words)
    return element(
        "figure",
        {"class": "ed-facs", "id": f"facs.{n}", "hidden": True, **BLOCK},
        f"\n\n{image}\n\n{caption}\n\n",
    )


def _fragment(
    part: WovenFragment, block: WovenBlock, names: MarkerNames, page: str, language: str
) -> str:
    """Set a fragment; ``language`` is that of the document."""
    span, own = part.span, block.bound.block
    first = span.number == 0
    css = f"ed-block ed-{own.kind}" + _continues(part, own)
    attributes: dict[str, str | bool] = {
        "class": css,
        "id": own.id if first else f"{own.id}.{span.number + 1}",
        "data-block": own.id,
        "data-kind": own.kind,
        "data-frag": str(span.number + 1),
        "data-seq": str(span.seq),
        "data-shown": block.shown,
        "data-role": own.get("role"),
        "data-place": own.get("place"),
        "data-hand": own.get("hand"),
        "data-inferred": span.fragment.get("inferred"),
        "data-joins": "yes" if len(own.fragments) > 1 else "",
        "lang": own.get("lang"),
        "dir": turned(own.get("lang"), language),
        "hidden": block.shown in (SHOWN_FORM, SHOWN_PAPER),
        **SPAN,
    }
    setting = Setting(page, own.marks, names, language=own.get("lang") or language)
    if first and block.shown == SHOWN_TEXT:
        name = block_name(own)
        label = f"Paragraph {name[2:]}" if name.startswith("\u00b6") else name.capitalize()
        return element("p", attributes, anchored(own.id, label, part.pieces, setting))
    return element("p", attributes, fragment(part.pieces, setting))


def _continues(part: WovenFragment, own: Block) -> str:
    """Return the classes of a further part: whether a page ends before it, or divides a word."""
    span = part.span
    if span.number == 0:
        return ""
    over = " ed-over" if own.fragments[span.number - 1].page != span.page else ""
    return " ed-cont" + over + (" ed-divided" if span.fragment.get("divided") else "")


ROLE_LABELS = {
    "drafting": "Drafting",
    "date": "Date",
    "approval": "Approval",
    "clearance": "Clearance",
    "reference": "Reference",
    "other": "Other",
}


def _form(woven: WovenDocument, names: MarkerNames, page: str) -> str:
    """Return the drafting and clearance table: the reading text of the form's fields."""
    fields = [b for b in woven.blocks.values() if b.shown == SHOWN_FORM]
    if not fields:
        return ""
    rows = []
    for block in fields:
        own = block.bound.block
        language = own.get("lang") or woven.bound.document.description.language
        setting = Setting(page, own.marks, names, again=True, language=language)
        words = "".join(readable(f.pieces, setting) for f in block.fragments)
        copied: dict[str, str | bool] = {
            "data-copy": own.id,
            "lang": language,
            "dir": turned(language, ""),
            **SPAN,
        }
        label = element("th", {"scope": "row", **SPAN}, ROLE_LABELS.get(own.get("role"), "Field"))
        rows.append(element("tr", BLOCK, label + element("td", copied, words)))
    caption = element("caption", SPAN, "Drafting and clearance, from the form")
    table = element("table", BLOCK, "\n" + "\n".join([caption, *rows]) + "\n")
    return element("div", {"class": "ed-form", **BLOCK}, f"\n\n{table}\n\n")
