"""A problem is a value: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model.codes import CODES
from build_tools.model.place import Place


@dataclass(frozen=True)
class Problem:
    """One thing wrong in the edition, told to the person who can mend it.

    ``message`` says in one sentence what is wrong, ``hint`` what to do about it; ``closest``
    lists the nearest right things, best first. ``code`` is one of :data:`CODES`.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    closest: tuple[str, ...] = ()
    about: str = ""
    """A file or folder it rests on beside the file of its place; see `model.cascades`."""

    def __post_init__(self) -> None:
        """Refuse a code that the table does not know: a fault of ours, so it raises KeyError."""
        CODES[self.code]

    @property
    def severity(self) -> str:
        """``error`` stops the build, ``warning`` does not."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.severity == "error"
