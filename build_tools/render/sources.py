"""Sources set as references: a full form for the list, a short one for notes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from build_tools.model.dates import parse_date
from build_tools.model.records import PersonName, Source
from build_tools.render.markdown import link, text


def short(source: Source) -> str:
    """Return the short form, as Markdown."""
    return text(source.fields.get("title-short") or source.fields["title"])


def full(source: Source) -> str:
    """Return the reference in full, as Markdown.

    The pattern is that of the Chicago notes: authors, title, the work it stands in, edition
    facts, archive, address.
    """
    fields = source.fields
    parts = [
        _names(source.names.get("author", ())),
        _title(fields),
        _container(fields),
        _edited(source),
        _imprint(fields),
        _archive(fields),
    ]
    reference = ", ".join(part for part in parts if part)
    if reference:
        reference = reference.rstrip(".") + "."
    if fields.get("note"):
        reference += " " + text(fields["note"].rstrip(".") + ".")
    if fields.get("URL"):
        reference += " " + link(text(fields["URL"]), fields["URL"])
        if fields.get("accessed"):
            reference += f" {text('(accessed ' + parse_date(fields['accessed']).words + ')')}"
    if fields.get("DOI"):
        reference += " " + link(text(f"doi:{fields['DOI']}"), f"https://doi.org/{fields['DOI']}")
    return reference


SPAN_OF_PAGES = re.compile(r"\b(\d+|[ivxlcdm]+) ?- ?(\d+|[ivxlcdm]+)\b")
SEVERAL = re.compile("[,;&\u2013]")
WHOLE = ("book", "collection", "thesis", "report", "dataset", "software", "webpage")


def _title(fields: Mapping[str, str]) -> str:
    title = text(fields["title"])
    whole = fields.get("type") in WHOLE and not fields.get("container-title")
    return f"*{title}*" if whole else f"\u201c{title}\u201d"


def _container(fields: Mapping[str, str]) -> str:
    container = fields.get("container-title", "")
    parts = [f"*{text(container)}*"] if container else []
    if fields.get("collection-title"):
        parts.append(f"*{text(fields['collection-title'])}*")
    if fields.get("volume"):
        parts.append(text(f"vol. {fields['volume']}"))
    if fields.get("number"):
        name = "document" if fields.get("type") in ("chapter", "document") else "no."
        parts.append(text(f"{name} {fields['number']}"))
    if fields.get("page"):
        parts.append(text(_pages(fields["page"])))
    return ", ".join(parts)


def _pages(pages: str) -> str:
    """Write page numbers: ``p. 10`` for one, ``pp. 10–12`` for several."""
    ranged = SPAN_OF_PAGES.sub("\\1\u2013\\2", pages)
    return f"pp. {ranged}" if ranged != pages or SEVERAL.search(pages) else f"p. {pages}"


def _edited(source: Source) -> str:
    parts = []
    if source.names.get("editor"):
        parts.append(f"ed. {_names(source.names['editor'])}")
    if source.names.get("translator"):
        parts.append(f"trans. {_names(source.names['translator'])}")
    return ", ".join(parts)


def _imprint(fields: Mapping[str, str]) -> str:
    place = fields.get("publisher-place", "")
    publisher = fields.get("publisher", "")
    imprint = f"{place}: {publisher}" if place and publisher else place or publisher
    issued = parse_date(fields["issued"]).words if fields.get("issued") else ""
    return text(", ".join(part for part in (imprint, issued) if part))


def _archive(fields: Mapping[str, str]) -> str:
    return text(
        ", ".join(p for p in (fields.get("archive", ""), fields.get("archive_location", "")) if p)
    )


def _names(names: tuple[PersonName, ...]) -> str:
    written = [text(n.literal or f"{n.given} {n.family}".strip()) for n in names]
    if len(written) > 1:
        return ", ".join(written[:-1]) + " and " + written[-1]
    return "".join(written)
