"""A tree that lies nowhere, and the small edition that the tests spoil."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.model.problem import Problem

RECORD = 'author: "editors"\nlicense: "CC-BY-4.0"\ndate: "2026-11-24"\n'

EDITION = {
    "edition.yml": (
        'title: "Minutes"\neditors: ["editors"]\nlicense: "CC-BY-4.0"\n'
        'version: "1"\nlanguage: "en"\n'
    ),
    "contributors/editors.yml": 'name: "The editors"\nkind: "corporate"\n',
    "sources/minutes.yml": 'type: "book"\ntitle: "Minutes"\ntitle-short: "Minutes"\n',
    "glossary/rpt.md": '---\nterm: "RPT"\nforms:\n  - "RPT"\n---\nRepeat.\n',
    "registers/persons/clerk.md": '---\nname: "Clerk"\n---\nUnknown.\n',
    "registers/events/vote.md": '---\nname: "Vote"\ndate: "1912"\n---\nA vote.\n',
    "essays/method.md": f'---\ntitle: "Method"\norder: "1"\n{RECORD}---\n## Texts\n\nWords.\n',
    "documents/letter/document.yml": (
        'title: "A letter"\nheading: "To the clerk"\nkind: "letter"\nlanguage: "en"\ndate: "1912"\n'
        'dateline: "Spring 1912"\nsource: "From A."\nhead: []\n'
        'witnesses: [{siglum: "A", title: "The letter", file: "witness/A.txt"}]\n'
        'basis: "A"\nnotation: {}\nlines: "paper"\npages: [{n: "1"}]\napply: "high"\n'
    ),
    "documents/letter/transcription.txt": "@page 1\n@p p1\nDear Sir, RPT.\n",
    "documents/letter/expanded.txt": "@p p1\nDear Sir, [I] RPT.\n",
    "documents/letter/witness/A.txt": "Dear Sir, RPT.\r\n",
    "documents/letter/notes/sir.md": (
        f'---\ntarget: {{block: "p1", exact: "Sir"}}\nlabel: "Sir"\nkind: "context"\n'
        f'standing: "fact"\n{RECORD}---\nThe clerk.\n'
    ),
    "documents/letter/emendations/sir.md": (
        '---\nchanges: [{block: "p1", exact: "Sir", reading: "Sirs"}]\nlabel: "Sirs"\n'
        f'certainty: "low"\nevidence: "internal"\nfault: "unknown"\n{RECORD}---\nPerhaps.\n'
    ),
    "documents/letter/variants/sir.md": (
        '---\ntarget: {block: "p1", exact: "Sir"}\nwitness: "B"\nreading: "sir"\n'
        f'class: "accidental"\nlabel: "sir"\n{RECORD}---\nSmall in B.\n'
    ),
    "documents/letter/facsimiles/any/thing.bin": "",
}
"""A sound edition; paths are those under ``edition/``."""


class MemoryTree:
    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            f"edition/{path}": data.encode() if isinstance(data, str) else data
            for path, data in files.items()
        }

    def files(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def read(self, path: str) -> bytes:
        assert "/facsimiles/any/" not in path, "images that nobody names are not read"
        return self._files[path]

    def problems(self) -> tuple[Problem, ...]:
        return ()
