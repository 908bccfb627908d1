"""What may stand in a text, once, as data: the panel judges the same cases in a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.read.tree import FolderTree
from tests.copies import sound_copy

CASES: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "prose-cases.json").read_text(encoding="utf-8")
)
NOTES = "edition/documents/letter/notes/"
NOTE = """---
target:
  block: "p5"
label: "A case"
kind: "context"
standing: "inference"
author: "editors"
license: "CC-BY-4.0"
date: "2026-11-24"
---
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """Put every case into a note of its own, all at once; return what is said of each file."""
    root = sound_copy(tmp_path_factory.mktemp("prose"))
    for number, case in enumerate(CASES):
        (root / NOTES / f"case-{number}.md").write_text(f"{NOTE}{case['text']}\n", encoding="utf-8")
    said: dict[str, list[str]] = {}
    _, problems = pipeline.bind_tree(FolderTree(root))
    for problem in problems:
        said.setdefault(problem.place.file, []).append(f"{problem.code}: {problem.message}")
    return said


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["title"] for case in CASES])
def test_a_text_passes_or_is_refused(number: int, told: Mapping[str, list[str]]) -> None:
    said = told.get(f"{NOTES}case-{number}.md", [])
    assert bool(said) == ("says" in CASES[number]), said


def test_the_cases_are_the_only_thing_wrong(told: Mapping[str, list[str]]) -> None:
    assert all(file.startswith(f"{NOTES}case-") for file in told)
