"""Ids for new records, derived from what the record is called."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection

LONGEST = 40
"""Characters of a derived id; a longer one ends after a whole word."""

DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
"""Names that Windows keeps for devices: no file there can be called so."""

LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
"""Latin letters that are not a plain letter with an accent."""


def derived_id(called: str, kind: str, taken: Collection[str]) -> str:
    """Return an id that nothing has yet: ``Bohr, Niels H. D.`` becomes ``bohr-niels-h-d``.

    Where nothing of the name can stand in an id, the kind of the record is used.
    """
    plain = unicodedata.normalize("NFKD", called.casefold().translate(LETTERS))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    name = _cut("-".join(re.findall(r"[a-z0-9]+", letters.replace("'", "").replace("’", ""))))
    if not name or name[0].isdigit() or name in DEVICES:
        name = f"{kind}-{name}".rstrip("-")
    taken = {one.casefold() for one in taken}
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([name], numbered) if one not in taken)


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
