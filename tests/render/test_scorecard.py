"""Every question of the scorecard has an answer, every answer its evidence, and none flatters."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools import pipeline
from build_tools.model.bound import BoundEdition
from build_tools.model.codes import CODES
from build_tools.model.proof import STATES, hashes
from build_tools.model.records import Proof
from build_tools.read.tree import FolderTree
from build_tools.render.criteria import ADE, CRITERIA, ENDINGS, FAIR, MLA, OWN, RIDE
from build_tools.render.proof import proof_words
from build_tools.render.scorecard import answers, scorecard_markdown
from build_tools.render.verdicts import NO, PARTLY, YES, Facts
from tests.copies import SOUND

PROJECT = Path(__file__).resolve().parents[2]
EDITIONS = {"the telegram": PROJECT, "the sound edition": SOUND}


def bound_of(root: Path) -> BoundEdition:
    bound, _ = pipeline.bind_tree(FolderTree(root))
    assert bound is not None
    return bound


@pytest.fixture(scope="module", params=EDITIONS)
def root(request: pytest.FixtureRequest) -> Path:
    return EDITIONS[request.param]


@pytest.fixture(scope="module")
def bound(root: Path) -> BoundEdition:
    return bound_of(root)


@pytest.fixture(scope="module")
def made(root: Path, bound: BoundEdition) -> dict[str, bytes]:
    return pipeline.make_pages(FolderTree(root), bound)[1]


def test_every_criterion_has_an_answer_with_its_reason(bound: BoundEdition) -> None:
    found = answers(bound)
    assert [criterion for criterion, _ in found] == list(CRITERIA)
    for criterion, verdict in found:
        assert verdict.says in (YES, PARTLY, NO), criterion.asks
        assert verdict.why.strip(), criterion.asks
        assert verdict.evidence or verdict.says == NO, criterion.asks


def test_every_list_of_criteria_is_asked() -> None:
    groups = list(dict.fromkeys(criterion.group for criterion in CRITERIA))
    assert groups == [RIDE, ENDINGS, ADE, MLA, FAIR, OWN]
    asked = {criterion.ref for criterion in CRITERIA if criterion.group == OWN}
    assert asked == {str(number) for number in range(1, 13)}


def test_all_evidence_is_there(bound: BoundEdition, made: dict[str, bytes]) -> None:
    for criterion, verdict in answers(bound):
        for one in verdict.evidence:
            assert bool(one.code) != bool(one.page), criterion.asks
            if one.code:
                assert one.code in CODES, criterion.asks
                continue
            assert one.page in made, criterion.asks
            words = made[one.page].decode()
            anchors = {f"{{: #{one.fragment} }}", f'id="{one.fragment}"', heading(one.fragment)}
            assert not one.fragment or any(a in words for a in anchors), criterion.asks


def heading(fragment: str) -> str:
    return f"\n## {fragment.capitalize()}\n"


def test_the_page_is_made_and_linked(made: dict[str, bytes], bound: BoundEdition) -> None:
    page = made["edition/scorecard.md"].decode()
    assert page == scorecard_markdown(bound)
    assert page.count("<tr ") == len(CRITERIA) + len({c.group for c in CRITERIA})
    for other in ("edition/index.md", "edition/proof.md"):
        assert "(scorecard.md)" in made[other].decode()


def test_what_does_not_exist_is_no(bound: BoundEdition) -> None:
    said = {criterion.asks: verdict.says for criterion, verdict in answers(bound)}
    for asks in (
        "Valid TEI with its schema, by page and whole?",
        "Are licence and rights stated for each image?",
        "Links that say in data what they mean?",
        "Is the data archived, and is it told whether the edition is complete?",
        "Has somebody other than the transcriber checked it?",
    ):
        assert said[asks] == NO, asks


def signed(bound: BoundEdition, *states: str) -> BoundEdition:
    """Sign for every page of every document."""
    documents = {}
    for name, one in bound.documents.items():
        proofs = tuple(
            Proof(
                "document", state, "editors", "2026-11-24", "X", now, one.document.description.place
            )
            for state in states
            for now in (hashes(one)["document"],)
        )
        described = replace(one.document.description, proof=proofs)
        documents[name] = replace(one, document=replace(one.document, description=described))
    return replace(bound, documents=documents)


def test_answers_follow_the_states_of_proof(bound: BoundEdition) -> None:
    asks = "Does a statement the build checks tell who transcribed and who checked each page?"

    def says(states: tuple[str, ...]) -> str:
        found = answers(signed(bound, *states))
        return next(v.says for criterion, v in found if criterion.asks == asks)

    assert says(()) == NO
    assert says(("transcribed",)) == PARTLY
    assert says(STATES) == YES
    assert Facts(signed(bound, "image")).pages_in("image")[0] > 0


def test_the_head_says_what_was_not_done(bound: BoundEdition) -> None:
    for one in signed(bound).documents.values():
        assert proof_words(one) == (
            "Not signed as transcribed; not collated; not checked against an image; "
            "not read by a second person."
        )
    for one in signed(bound, *STATES).documents.values():
        words = proof_words(one)
        assert words.startswith("Transcribed from X; collated with X")
        assert "not" not in words


def test_the_head_names_the_pages_where_not_all_are_signed() -> None:
    letter = bound_of(SOUND).documents["letter"]
    assert proof_words(letter) == (
        "Transcribed from A (page 1); not collated; not checked against an image; "
        "not read by a second person."
    )


def test_a_changed_text_is_said_to_have_changed() -> None:
    letter = bound_of(SOUND).documents["letter"]
    own = letter.document
    stale = tuple(replace(one, sha256="") for one in own.description.proof)
    changed = replace(own, description=replace(own.description, proof=stale))
    words = proof_words(replace(letter, document=changed))
    assert words.startswith("Not signed as transcribed; ")
    assert words.endswith("; changed since it was transcribed (page 1).")
    assert not re.search(r"\btranscribed from A\b", words)
