"""The demonstration edition: sound at any size, the same for the same number."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.author.demo import LANGUAGES, NOTES, WORDS, demo_files
from build_tools.read.tree import FolderTree
from build_tools.weave import weave_edition
from tests.copies import run

PROJECT = Path(__file__).resolve().parents[2]
SITE = (
    "site_name: A\nnav:\n  - Home: index.md\n  - About:\n      - One: about/one.md\nplugins: {}\n"
)

DIGEST = """
import hashlib
from build_tools.author.demo import demo_files
files = demo_files(5, "site_name: A")
print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())
"""


@pytest.mark.parametrize("documents", [1, 2, LANGUAGES * 2])
def test_it_is_sound(tmp_path: Path, documents: int, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "demo"
    assert run(tmp_path, "demo", "--documents", str(documents), str(folder)) == 0
    capsys.readouterr()
    assert run(folder, "check") == 0
    assert "No problems found" in capsys.readouterr().out


def test_its_documents_have_the_size_of_a_page_or_two(tmp_path: Path) -> None:
    pipeline.demonstration(tmp_path, LANGUAGES)
    bound, problems = pipeline.bind_tree(FolderTree(tmp_path))
    assert bound is not None
    assert problems == ()
    for document in weave_edition(bound).documents.values():
        text = "".join(block.bound.block.base for block in document.blocks.values())
        assert len(document.bound.notes) == NOTES
        assert 1_200 < len(text) < 8_000


def test_a_page_has_about_thirty_links_in_its_text(tmp_path: Path) -> None:
    pipeline.demonstration(tmp_path, LANGUAGES * 3)
    bound, _ = pipeline.bind_tree(FolderTree(tmp_path))
    assert bound is not None
    counts = [
        len(
            {
                (block.bound.block.id, link.ref)
                for block in document.blocks.values()
                for fragment in block.fragments
                for piece in fragment.pieces
                if (link := getattr(piece, "link", None))
            }
        )
        for document in weave_edition(bound).documents.values()
    ]
    assert 26 <= sum(counts) / len(counts) <= 34
    assert min(counts) >= 10


def test_its_english_is_that_of_the_document_it_is_taken_from() -> None:
    witness = (PROJECT / "edition/documents/usun-1158/witness/T.txt").read_text()
    stock = " ".join(re.sub("~~[^~]+~~", "", witness).split())
    words = json.loads(WORDS.read_text())
    (english,) = (one for one in words["languages"] if one["code"] == "en")
    assert [one for one in english["sentences"] if one.rstrip(".:") not in stock] == []
    (document,) = (
        text.decode()
        for path, text in demo_files(1, SITE).items()
        if path.endswith("transcription.txt")
    )
    said = " ".join(document.split())
    assert sum(one in said for one in english["sentences"]) > len(english["sentences"]) / 3


def test_its_documents_are_counted_as_one_counts() -> None:
    files = demo_files(24, SITE)
    heads = [
        re.findall("heading: The (.*) of", text.decode())[0]
        for path, text in sorted(files.items())
        if path.endswith("document.yml")
    ]
    assert heads[:4] == ["1st", "2nd", "3rd", "4th"]
    assert heads[10:13] == ["11th", "12th", "13th"]
    assert heads[20:24] == ["21st", "22nd", "23rd", "24th"]


def test_more_documents_keep_the_texts_of_fewer() -> None:
    few, many = demo_files(3, SITE), demo_files(12, SITE)
    assert few.items() <= many.items()


def test_the_same_number_gives_the_same_files_anywhere() -> None:
    files = demo_files(5, "site_name: A")
    here = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here


def test_the_publishers_file_is_the_tools_own_without_its_pages() -> None:
    site = demo_files(1, SITE)["mkdocs.yml"].decode()
    assert site == 'site_name: "Demonstration edition"\nnav:\n  - Home: index.md\nplugins: {}\n'


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run(tmp_path, "demo", str(tmp_path)) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
