"""Glossary, registers, chronology and sources: one page each, every entry with its mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.model.records import REGISTERS, Entry, Term
from build_tools.model.woven import WovenEdition
from build_tools.render.addresses import (
    CHRONOLOGY,
    GLOSSARY,
    SOURCES,
    document_page,
    page_of,
    relative,
)
from build_tools.render.backlinks import Backlinks, mentioned_in, named_in
from build_tools.render.chronology import Moment, chronology
from build_tools.render.markdown import element, front_matter, link, text
from build_tools.render.prose import Setting, further_sources, prose
from build_tools.render.sources import full

TITLES: Mapping[str, str] = {
    "person": "Persons",
    "place": "Places",
    "organisation": "Organisations",
    "event": "Chronology",
    "thing": "Things",
}

IDENTIFIERS: Mapping[str, tuple[str, str]] = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "lcnaf": ("Library of Congress", "https://id.loc.gov/authorities/names/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
}
"""Authority files with an address for their numbers; any other is shown as a bare number."""


BLOCK = {"markdown": "block"}


@dataclass(frozen=True)
class Register:
    """What the register pages are made from."""

    woven: WovenEdition
    back: Backlinks
    textual: frozenset[str]

    def setting(self, page: str) -> Setting:
        """Return the setting of prose on a page."""
        return Setting(page, self.woven.bound.edition, self.textual)


def register_pages(register: Register) -> dict[str, str]:
    """Return the pages of glossary, registers, chronology and sources, by path."""
    pages = {GLOSSARY: _glossary(register), SOURCES: _sources(register)}
    for kind in REGISTERS:
        page = page_of(kind, "")[0]
        pages[page] = _chronology(register) if kind == "event" else _entries(register, kind)
    return pages


def _page(title: str, lead: str, sections: Iterable[str]) -> str:
    head = front_matter({"title": title, "hide": ("navigation",)})
    return "\n\n".join([head, f"# {text(title)}", text(lead), *sections]) + "\n"


def _section(words: str, anchor: str, *parts: str) -> str:
    return "\n\n".join(
        part for part in (f"## {text(words, starts_block=True)} {{: #{anchor} }}", *parts) if part
    )


FEW = 4
"""How many places are listed openly; a longer list opens when it is asked for."""


def _mentions(lines: str, title: str = "Named in") -> str:
    """Return the places that name an entry; many of them must not drown the page."""
    if not lines:
        return ""
    count = len(lines.split("\n"))
    if count <= FEW:
        head = element("p", {"class": "ed-named", "markdown": "span"}, text(title))
        return element("div", {"class": "ed-places", **BLOCK}, f"\n\n{head}\n\n{lines}\n\n")
    summary = element("summary", {"markdown": "span"}, text(f"{title} {count} places"))
    return element("details", {"class": "ed-places", **BLOCK}, f"\n{summary}\n\n{lines}\n\n")


def _glossary(register: Register) -> str:
    edition = register.woven.bound.edition
    terms = sorted(edition.terms.values(), key=lambda term: (term.term.casefold(), term.id))
    return _page(
        "Glossary",
        "Abbreviations and turns of phrase of the documents, with what they stand for.",
        (_term(term, register) for term in terms),
    )


def _term(term: Term, register: Register) -> str:
    forms = [
        f"{text(form.form)} = {text(form.expansion)}" if form.expansion else text(form.form)
        for form in term.forms
        if form.form != term.term or form.expansion
    ]
    listed = (
        element("p", {"class": "ed-forms", "markdown": "span"}, "; ".join(forms)) if forms else ""
    )
    refers = ""
    if term.refers:
        entry = register.woven.bound.edition.entries[term.refers]
        page, fragment = page_of(entry.register, entry.id)
        refers = f"See {link(text(entry.display), relative(GLOSSARY, page, fragment))}."
    return _section(
        term.term,
        term.id,
        listed,
        prose(term.body, register.setting(GLOSSARY)),
        _sourced(term, register.setting(GLOSSARY)),
        refers,
        _standing(term.standing),
        _mentions(mentioned_in(f"term:{term.id}", GLOSSARY, register.woven, register.back)),
    )


def _sourced(record: Term | Entry, setting: Setting) -> str:
    further = further_sources(record.body, record.sources, setting)
    words = f"Sources&#58; {further}"
    return element("p", {"class": "ed-meta", "markdown": "span"}, words) if further else ""


def _standing(standing: str) -> str:
    if not standing or standing == "fact":
        return ""
    return element("p", {"class": "ed-meta", "markdown": "span"}, text(f"Standing: {standing}"))


def _entries(register: Register, kind: str) -> str:
    page = page_of(kind, "")[0]
    entries = sorted(
        (e for e in register.woven.bound.edition.entries.values() if e.register == kind),
        key=lambda entry: (entry.name.casefold(), entry.id),
    )
    lead = f"{TITLES[kind]} named in the documents or in the notes."
    return _page(TITLES[kind], lead, (_entry(entry, page, register) for entry in entries))


def _entry(entry: Entry, page: str, register: Register) -> str:
    when = ""
    if entry.date:
        when = element("p", {"class": "ed-when", "markdown": "span"}, text(entry.date.words))
    return _section(entry.name, entry.id, when, *_account(entry, page, register))


def _account(entry: Entry, page: str, register: Register) -> tuple[str, ...]:
    """Return what is said of an entry below its heading."""
    return (
        prose(entry.body, register.setting(page)),
        _sourced(entry, register.setting(page)),
        _standing(entry.standing),
        _identifiers(entry.identifiers),
        _mentions(mentioned_in(entry.ref, page, register.woven, register.back)),
    )


def _identifiers(identifiers: Mapping[str, str]) -> str:
    if not identifiers:
        return ""
    shown = []
    for name, number in identifiers.items():
        label, pattern = IDENTIFIERS.get(name, (name.upper(), ""))
        words = text(f"{label} {number}")
        shown.append(link(words, pattern.format(number)) if pattern else words)
    return element("p", {"class": "ed-identifiers", "markdown": "span"}, "; ".join(shown))


def _chronology(register: Register) -> str:
    """Return the events in order of time, the documents among them."""
    edition = register.woven.bound.edition
    moments = [
        Moment(
            entry.date,
            entry.time,
            entry.id,
            entry.display,
            _account(entry, CHRONOLOGY, register),
        )
        for entry in edition.entries.values()
        if entry.register == "event" and entry.date
    ]
    for document in edition.documents.values():
        description = document.description
        if description.date is None:
            continue
        title = link(text(description.title), relative(CHRONOLOGY, document_page(document.id)))
        moments.append(
            Moment(
                description.date,
                description.time,
                f"document-{document.id}",
                description.title,
                (f"{title}&#58; {text(description.heading)}",),
                is_document=True,
            )
        )
    return _page(
        TITLES["event"],
        "Events of the documents and notes in the order of time; hours are local. "
        "Of one day, what has no hour stands first.",
        chronology(moments),
    )


def _sources(register: Register) -> str:
    sources = sorted(
        register.woven.bound.edition.sources.values(),
        key=lambda s: (_title(s.fields).casefold(), s.id),
    )
    sections = []
    for source in sources:
        read = source.fields.get("read", "")
        sections.append(
            _section(
                _title(source.fields),
                source.id,
                full(source),
                text(f"Read for this edition: {read}.") if read else "",
                _mentions(
                    "\n".join(named_in(f"source:{source.id}", SOURCES, register.back)), "Cited in"
                ),
            )
        )
    return _page("Sources", "What the notes cite, and how much of it was read.", sections)


def _title(fields: Mapping[str, str]) -> str:
    return fields.get("title-short") or fields["title"]
