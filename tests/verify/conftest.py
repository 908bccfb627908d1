"""A small finished site, written by hand to the contract, and what it must show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.verify.compare import verify_site
from build_tools.verify.expected import ExpectedBlock, ExpectedDocument, Shown

FIXTURES = Path(__file__).parent / "fixtures"
PAGE = "edition/letter/index.html"
SOURCE = "edition/documents/letter/transcription.txt"
NOTATION = {"add": "^{%}", "del": "~~%~~"}


def _block(line: int, id: str, shown: Shown, *texts: str) -> ExpectedBlock:  # noqa: A002
    base, reading, expanded = texts if len(texts) == 3 else texts * 3
    return ExpectedBlock(id, base, reading, expanded, Place(SOURCE, line, 1), shown)


BLOCKS = (
    _block(2, "number-1", "line", "0074"),
    _block(
        4,
        "p1",
        "text",
        "1. Sov ships left/ Monday Tuesday with the ca-rgo of the Caba line and agreement was […]"
        " reached very\u00a0late.",
        "1. Sov ships left Tuesday with the cargo of the Cuba line and agreement was […]"
        " reached very\u00a0late.",
        "1. [The] Soviet ships left Tuesday with the cargo of the Cuba line and agreement was […]"
        " reached very\u00a0late.",
    ),
    _block(7, "catch", "paper", "agreement"),
    _block(
        9,
        "drafting",
        "form",
        "Drafted: Dept AB/cd",
        "Drafted: Dept AB/cd",
        "Drafted: Department AB/cd",
    ),
    _block(13, "class-2", "paper", "SECRET NO", "SECRET", "SECRET"),
    _block(
        18,
        "p2",
        "text",
        "2. They said QUOTE yes not at all, Sovv & others did agree.",
        "2. They said QUOTE yes, Sov & others agree.",
        "2. They said QUOTE yes, Soviets & others agree.",
    ),
)


class Site:
    """A copy of the sound site that a test may break."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.document = ExpectedDocument(
            "letter",
            PAGE,
            SOURCE,
            "edition/documents/letter/witness/T.txt",
            (FIXTURES / "letter.txt").read_text(encoding="utf-8"),
            NOTATION,
            BLOCKS,
        )

    def replace(self, old: str, new: str, file: str = PAGE, times: int = 1) -> int:
        """Replace words in a file, and return the line on which they stood."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == times, f"{old} stands {text.count(old)} times in {file}"
        (self.root / file).write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def verify(self) -> tuple[Problem, ...]:
        return verify_site(self.root, (self.document,))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    shutil.copytree(FIXTURES / "site", tmp_path / "site")
    return Site(tmp_path / "site")
