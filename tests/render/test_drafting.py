"""The data of the drafting panel: safe as a script, and the model's own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from build_tools.model.folding import FOLDS
from build_tools.model.records import NOTE_KINDS, STANDINGS, Edition
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree
from build_tools.render.drafting import drafting_script, forge_of
from tests.copies import SOUND
from tests.read.memory import EDITION, MemoryTree


@pytest.fixture(scope="module")
def edition() -> Edition:
    found, problems = read_edition(MemoryTree(EDITION))
    assert problems == ()
    assert found is not None
    return found


def data(edition: Edition) -> dict[str, Any]:
    script = drafting_script(edition).decode()
    found: dict[str, Any] = json.loads(script.split("data = ", 1)[1].rstrip(";\n"))
    return found


def test_the_rules_are_those_of_the_model(edition: Edition) -> None:
    found = data(edition)
    assert found["kinds"] == list(NOTE_KINDS)
    assert found["standings"] == list(STANDINGS)
    assert set(found["agrees"]) < set(STANDINGS)
    assert set(found["doubt"].values()) <= {*NOTE_KINDS, *STANDINGS}
    assert found["folding"]["folds"] == FOLDS
    assert found["sources"] == [["minutes", "Minutes", "Minutes"]]


def test_what_a_link_may_name_is_what_there_is() -> None:
    edition, _ = read_edition(FolderTree(SOUND))
    assert edition is not None
    found = data(edition)
    assert {"person:reader", "place:nowhere", "term:ott", "essay:about"} <= set(found["links"])
    assert len(found["links"]) == sum(map(len, (edition.entries, edition.terms, edition.essays)))
    assert found["documents"] == ["bilingual", "letter", "names"]


def test_no_words_of_an_edition_are_code(edition: Edition) -> None:
    title = '</script><!-- \u2028"; alert(1); "'
    spoilt = replace(edition, description=replace(edition.description, title=title))
    script = drafting_script(spoilt).decode()
    assert not set("<>&\u2028\u2029") & set(script)
    assert data(spoilt)["edition"] == title


@pytest.mark.parametrize(
    ("repository", "told", "forge"),
    [
        ("", "", ""),
        ("https://github.com/a/b", "", "github"),
        ("https://www.github.com/a/b", "", "github"),
        ("https://codeberg.org/a/b", "", "forgejo"),
        ("https://gitlab.com/a/b", "", "gitlab"),
        ("https://git.example.org/a/b", "", ""),
        ("https://git.example.org/a/b", "gitea", "gitea"),
        ("https://github.com.example.org/a/b", "", ""),
    ],
)
def test_a_forge_is_known_by_its_address_or_named(
    edition: Edition, repository: str, told: str, forge: str
) -> None:
    described = replace(edition.description, repository=repository, forge=told)
    assert forge_of(described) == forge
    given = data(replace(edition, description=replace(described, repository=f"{repository}.git")))
    assert given["repository"] == repository


def test_says_first_what_works_without_it(edition: Edition) -> None:
    assert drafting_script(edition).decode().startswith("/* Without this script the page is ")
