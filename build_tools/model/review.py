"""What a branch changes in an edition, as a reviewer wants to see it."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model.place import Place
from build_tools.model.prose import Prose
from build_tools.model.records import Cited

NEW, CHANGED, REMOVED = "new", "changed", "removed"


@dataclass(frozen=True)
class Quoted:
    """A passage in its sentence; ``words`` is empty for a point.

    ``block`` is empty for a whole page or document, which ``words`` then names.
    """

    block: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Altered:
    """Something that said one thing and says another; ``what`` names it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Alike:
    """Another record of the document that is about the same words, or says nearly the same."""

    record: str
    label: str
    why: str


@dataclass(frozen=True)
class Reviewed:
    """A record that is new, changed or removed.

    ``record`` is its kind and id, ``facts`` what its head says, ``reads`` what an emendation or a
    variant reads. Of a changed record ``altered`` has what it said before.
    """

    state: str
    record: str
    label: str
    place: Place
    facts: tuple[str, ...] = ()
    passages: tuple[Quoted, ...] = ()
    reads: tuple[str, ...] = ()
    body: Prose | None = None
    cited: tuple[Cited, ...] = ()
    altered: tuple[Altered, ...] = ()
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True)
class ReviewedDocument:
    """What changes in one document.

    ``moved`` has the passages of records that are otherwise as they were, ``numbers`` the figures
    and letters of notes that others have now, ``texts`` what the blocks say.
    """

    id: str
    title: str
    state: str
    records: tuple[Reviewed, ...] = ()
    moved: tuple[Altered, ...] = ()
    numbers: tuple[Altered, ...] = ()
    texts: tuple[Altered, ...] = ()


@dataclass(frozen=True)
class Review:
    """What changes in the edition: documents, and records that all of them share."""

    documents: tuple[ReviewedDocument, ...]
    shared: tuple[Reviewed, ...]
    files: tuple[Altered, ...] = ()
    """Other files that are not as they were; ``what`` is the path, ``after`` the state."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.documents or self.shared or self.files)
