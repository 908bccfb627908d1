"""The records historians write, one a file, as frozen data with their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.model.anchors import Quotation
from build_tools.model.dates import Date
from build_tools.model.place import Place
from build_tools.model.prose import Prose
from build_tools.model.transcription import Transcription

NOTE_KINDS = ("context", "identification", "textual", "cross-reference", "telegraphese")
STANDINGS = ("fact", "inference", "conjecture", "unverified")
EVIDENCE = ("internal", "external", "conjecture")
FAULTS = ("transcript", "typing", "drafting", "unknown")
FORGES = ("github", "forgejo", "gitea", "gitlab")
"""The kinds of places that keep repositories and take a prefilled file or issue."""
VARIANT_CLASSES = ("substantive", "accidental")
SOURCE_TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
    *("broadcast", "chapter", "classic", "collection", "dataset", "document", "entry"),
    *("entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing"),
    *("interview", "legal_case", "legislation", "manuscript", "map", "motion_picture"),
    *("musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
    *("review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
)
"""The types of CSL 1.0.2."""
REGISTERS = ("person", "place", "organisation", "event", "thing")
FOLDERS = {
    "person": "persons",
    "place": "places",
    "organisation": "organisations",
    "event": "events",
    "thing": "things",
}


@dataclass(frozen=True)
class Cited:
    """A source named in ``sources:`` or given for a datum of the head."""

    source: str
    locator: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Target:
    """What a record is about: a block, words in it, a point, a page or the document.

    Exactly one of ``block``, ``page`` and ``document`` is given. ``quotation`` is None for a whole
    block, page or document.
    """

    block: str = ""
    page: str = ""
    document: bool = False
    quotation: Quotation | None = None
    place: Place = field(default=Place(""), compare=False)
    quotation_place: Place = field(default=Place(""), compare=False)
    """Where ``exact`` stands (or ``prefix``, ``suffix`` for a point)."""


@dataclass(frozen=True)
class PersonName:
    """A name of a source's author: family and given, or literal."""

    family: str
    given: str
    literal: str


@dataclass(frozen=True)
class Source:
    """A source in the fields of CSL 1.0.2; ``fields`` holds the plain ones, ``names`` the lists."""

    id: str
    fields: Mapping[str, str]
    names: Mapping[str, tuple[PersonName, ...]]
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Contributor:
    """Who signs a record: a person, or a body such as the editors together."""

    id: str
    name: str
    kind: str
    orcid: str
    role: str
    url: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Brought:
    """What the file of a newcomer brings with it: who signs it, and sources the edition lacks.

    They count as records of the edition; `edition adopt` makes them files of their own.
    """

    author: Contributor | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Note:
    """A commentary or textual note."""

    id: str
    targets: tuple[Target, ...]
    label: str
    kind: str
    standing: str
    author: str
    license: str
    date: str
    sources: tuple[Cited, ...]
    status: str
    reviewer: str
    body: Prose
    place: Place = field(compare=False)
    brought: Brought = Brought()
    digest: str = ""
    """The SHA-256 hash of its file: a state of proof names it."""
    author_place: Place = field(default=Place(""), compare=False)
    license_place: Place = field(default=Place(""), compare=False)
    standing_place: Place = field(default=Place(""), compare=False)
    reviewer_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class EmendationChange:
    """One change an emendation makes: the words it replaces and what is read instead."""

    target: Target
    reading: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Emendation:
    """A correction of the text, signed and reasoned.

    ``certainty`` is empty where the file does not say it: then it is not applied.
    """

    id: str
    changes: tuple[EmendationChange, ...]
    label: str
    certainty: str
    evidence: str
    fault: str
    author: str
    license: str
    date: str
    sources: tuple[Cited, ...]
    body: Prose
    place: Place = field(compare=False)
    brought: Brought = Brought()
    digest: str = ""
    author_place: Place = field(default=Place(""), compare=False)
    license_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Variant:
    """A reading of a further witness, with a judgement."""

    id: str
    target: Target
    witness: str
    reading: str
    variant_class: str
    label: str
    author: str
    license: str
    date: str
    sources: tuple[Cited, ...]
    body: Prose
    place: Place = field(compare=False)
    is_computed: bool = False
    """Whether it was found by collation and nobody has judged it."""
    digest: str = ""
    author_place: Place = field(default=Place(""), compare=False)
    license_place: Place = field(default=Place(""), compare=False)
    witness_place: Place = field(default=Place(""), compare=False)
    reading_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Form:
    """A form as it stands in the reading text; ``joins`` is ``next``, ``previous`` or empty."""

    form: str
    expansion: str
    joins: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Term:
    """An entry of the glossary. ``refers`` is ``kind:id`` of a register entry, or empty."""

    id: str
    term: str
    forms: tuple[Form, ...]
    link: bool
    refers: str
    refers_place: Place = field(compare=False)
    standing: str
    sources: tuple[Cited, ...]
    body: Prose
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Entry:
    """An entry of a register; ``register`` is one of REGISTERS. ``time`` is local, ``HH:MM``."""

    id: str
    register: str
    name: str
    display: str
    forms: tuple[Form, ...]
    date: Date | None
    time: str
    standing: str
    identifiers: Mapping[str, str]
    sources: tuple[Cited, ...]
    body: Prose
    place: Place = field(compare=False)

    @property
    def ref(self) -> str:
        """``person:id``, as prose links write it."""
        return f"{self.register}:{self.id}"


@dataclass(frozen=True)
class Essay:
    """A piece of longer prose."""

    id: str
    title: str
    order: int
    author: str
    license: str
    date: str
    sources: tuple[Cited, ...]
    body: Prose
    place: Place = field(compare=False)
    author_place: Place = field(default=Place(""), compare=False)
    license_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class HeadDatum:
    """A row of the document's head: shown by ``block`` of the basis, or taken from a source."""

    label: str
    value: str
    block: str
    cited: Cited | None
    certainty: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Witness:
    """A witness: ``file`` for its text, or only a description. ``covers`` is (from, to) or None."""

    siglum: str
    title: str
    description: str
    file: str
    sha256: str
    source: str
    covers: tuple[Target, Target] | None
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Hand:
    """A hand of the document."""

    id: str
    medium: str
    description: str


@dataclass(frozen=True)
class PageImage:
    """A page of the document; ``image`` is a path in the document's folder, or empty."""

    n: str
    image: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Override:
    """Words that mean an entry where the forms do not tell, or ``none``."""

    target: Target
    ref: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Proof:
    """What was verified: ``scope``, ``state``, by whom, on what day, against what.

    ``sha256`` is the hash of the text that was looked at, by which the record goes stale.
    """

    scope: str
    state: str
    by: str
    on: str
    against: str
    sha256: str
    place: Place = field(compare=False)
    scope_place: Place = field(default=Place(""), compare=False)
    hash_place: Place = field(default=Place(""), compare=False)
    by_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Ignored:
    """A token that looks like an abbreviation and is none, with the reason."""

    form: str
    reason: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Description:
    """What ``document.yml`` says."""

    title: str
    heading: str
    kind: str
    language: str
    date: Date | None
    time: str
    dateline: str
    printed: tuple[Cited, ...]
    source: str
    head: tuple[HeadDatum, ...]
    witnesses: tuple[Witness, ...]
    basis: str
    notation: Mapping[str, str]
    hands: tuple[Hand, ...]
    lines: str
    pages: tuple[PageImage, ...]
    mentions: tuple[Override, ...]
    retired: Mapping[str, str]
    proof: tuple[Proof, ...]
    apply: str
    declared: tuple[Ignored, ...]
    ignored: tuple[Ignored, ...]
    place: Place = field(compare=False)
    basis_place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Document:
    """A document with all its records, as read."""

    id: str
    description: Description
    witness_texts: Mapping[str, str]
    """Siglum to the text of its file, line ends as in the file."""
    further: Mapping[str, Transcription]
    """Siglum to the transcription of a further witness that is given by its text."""
    transcription: Transcription
    expanded: Transcription | None
    notes: tuple[Note, ...]
    emendations: tuple[Emendation, ...]
    variants: tuple[Variant, ...]

    @property
    def records(self) -> tuple[Note | Emendation | Variant, ...]:
        """The notes, emendations and variants, which share one space of ids."""
        return (*self.notes, *self.emendations, *self.variants)

    @property
    def note_ids(self) -> frozenset[str]:
        """The ids of all of them."""
        return frozenset(record.id for record in self.records)


@dataclass(frozen=True)
class EditionDescription:
    """What ``edition.yml`` says."""

    title: str
    subtitle: str
    editors: tuple[str, ...]
    license: str
    site_url: str
    repository: str
    forge: str
    branch: str
    version: str
    language: str
    place: Place = field(compare=False)
    editors_places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Edition:
    """Everything under ``edition/``, as read; mappings are in order of id."""

    description: EditionDescription
    contributors: Mapping[str, Contributor]
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    entries: Mapping[str, Entry]
    """By ``kind:id``."""
    essays: Mapping[str, Essay]
    documents: Mapping[str, Document]
