"""The forms of the forges ask what the panel asks, in the same words, and can be imported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.author.issue_fields import (
    CONSENT,
    EMENDATION,
    ERROR,
    FIELDS,
    NOTE,
    OF_A_SOURCE,
    IssueField,
)
from build_tools.author.issue_text import read_issue
from build_tools.model.kinds import CERTAINTIES
from build_tools.model.records import EVIDENCE, FAULTS, NOTE_KINDS, STANDINGS
from build_tools.read.edition import read_edition
from build_tools.read.tree import FolderTree

ROOT = Path(__file__).resolve().parents[2]
FORMS = {
    NOTE: "Suggest a note",
    EMENDATION: "Propose an emendation",
    ERROR: "Report an error in the transcription",
}
CLOSED = {
    "kind": NOTE_KINDS,
    "standing": STANDINGS,
    "certainty": CERTAINTIES,
    "evidence": EVIDENCE,
    "fault": FAULTS,
}
PRESET = {"certainty": 1}
"""The panel presets it too: what nobody has thought about is not put into the text by itself."""
THEME = ROOT / "build_tools" / "theme"
PANEL = "".join(one.read_text(encoding="utf-8") for one in THEME.rglob("*form.js"))


def fields_of(form: str) -> list[IssueField]:
    return [one for one in FIELDS if form in one.forms]


def github(form: str) -> dict[str, Any]:
    file = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{form}.yml"
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("form", list(FORMS))
def test_github_asks_for_the_fields_in_their_order(form: str) -> None:
    asked = [one for one in github(form)["body"] if one["type"] != "markdown"]
    assert [one["id"] for one in asked] == [one.id for one in fields_of(form)]
    assert [one["attributes"]["label"] for one in asked] == [one.label for one in fields_of(form)]
    assert github(form)["name"] == FORMS[form]
    for one, field in zip(asked, fields_of(form), strict=True):
        ways = ["checkboxes"] if field.id == "agreed" else ["input", "textarea", "dropdown"]
        assert one["type"] in ways
        if field.id in CLOSED:
            assert one["type"] == "dropdown"
            assert one["attributes"]["options"] == list(CLOSED[field.id])
            assert one["attributes"].get("default") == PRESET.get(field.id)
        if field.id == "agreed":
            assert one["attributes"]["options"] == [{"label": CONSENT, "required": True}]
        else:
            assert one.get("validations", {}).get("required", False) is field.needed, field.id


@pytest.mark.parametrize("form", list(FORMS))
def test_gitlab_has_the_same_headings_and_the_empty_form_is_told_to_be_empty(form: str) -> None:
    file = ROOT / ".gitlab" / "issue_templates" / f"{FORMS[form]}.md"
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == [one.label for one in fields_of(form)]
    read = read_issue("i", text)
    assert not read.problems
    said = {name: answer.text for name, answer in read.answers.items() if answer.lines}
    assert said == {
        "document": "usun-1158",
        "license": "CC-BY-4.0",
        "agreed": f"- [ ] {CONSENT}",
    }
    for name, values in CLOSED.items():
        if name in read.answers and name != "standing":
            assert f"<!-- One of: {', '.join(values)}." in text


def test_the_words_are_those_of_the_panel() -> None:
    shared = [
        one.label for one in FIELDS if one.id not in {"document", "exact", "prefix", "suffix"}
    ]
    shared = [one for one in shared if one not in {"Sources of the edition", "Yours to give"}]
    for words in (*shared, *FORMS.values(), CONSENT, *OF_A_SOURCE.values()):
        if words == "Sources that are not listed":
            words = "A source that is not listed"
        assert f'"{words}' in PANEL, words


def test_what_is_filled_in_beforehand_is_true_of_the_edition() -> None:
    edition, _ = read_edition(FolderTree(ROOT))
    assert edition is not None
    for form in FORMS:
        given = {
            one["id"]: one["attributes"]["value"]
            for one in github(form)["body"]
            if one["type"] != "markdown" and "value" in one["attributes"]
        }
        assert given["document"] in edition.documents
        assert given["license"] == edition.description.license
