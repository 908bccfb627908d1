"""The scorecard: how the edition stands against the criteria of those who review editions."""

from __future__ import annotations

import itertools
from collections import Counter

from build_tools.model.bound import BoundEdition
from build_tools.render.addresses import MESSAGES, PROOF, SCORECARD, relative
from build_tools.render.criteria import CRITERIA
from build_tools.render.markdown import front_matter, link, text
from build_tools.render.tables import table
from build_tools.render.verdicts import NO, PARTLY, YES, Criterion, Evidence, Facts, Verdict


def answers(bound: BoundEdition) -> tuple[tuple[Criterion, Verdict], ...]:
    """Answer every criterion for an edition."""
    facts = Facts(bound)
    return tuple((criterion, criterion.judge(facts)) for criterion in CRITERIA)


def scorecard_markdown(bound: BoundEdition) -> str:
    """Return the page of the scorecard."""
    found = answers(bound)
    counts = Counter(verdict.says for _, verdict in found)
    total = ", ".join(f"{says} {counts[says]}" for says in (YES, PARTLY, NO))
    lead = text(
        "What reviewers of editions ask, in our words, and what can be answered from the data of "
        "this edition or from what the tool does. No person has filled it in. An answer that needs "
        "a reader's judgement is at most partly; what does not exist yet is no. Where "
        "there is something to look up, it is named: a page, or a check that every build runs. "
    )
    lead += f"{text('What people have verified is told on the page of')} "
    lead += link("proof", relative(SCORECARD, PROOF)) + "."
    sections = [
        f"## {text(group)}\n\n{_table(list(rows))}"
        for group, rows in itertools.groupby(found, key=lambda one: one[0].group)
    ]
    head = front_matter({"title": "Scorecard", "hide": ("navigation",)})
    asked = text(f"Of {len(found)} questions: {total}.")
    return "\n\n".join([head, "# Scorecard", lead, asked, *sections]) + "\n"


def _table(rows: list[tuple[Criterion, Verdict]]) -> str:
    """Set question and answer side by side: two columns are read on a narrow screen as well."""
    return table(
        ("question", "answer"),
        (
            (text(" ".join(part for part in (one.ref, one.asks) if part)), _answer(verdict))
            for one, verdict in rows
        ),
        row_heads=True,
    )


def _answer(verdict: Verdict) -> str:
    why = text(f"{verdict.why[:1].upper()}{verdict.why[1:]}.")
    evidence = ", ".join(evidence_link(one) for one in verdict.evidence)
    answer = f"<strong>{text(verdict.says.capitalize())}.</strong> {why}"
    return f"{answer} See {evidence}." if evidence else answer


def evidence_link(evidence: Evidence) -> str:
    """Set where an answer can be looked up, as a link."""
    if evidence.code:
        words = f"check {evidence.code}"
        return link(text(words), relative(SCORECARD, MESSAGES, evidence.code))
    return link(text(evidence.words), relative(SCORECARD, evidence.page, evidence.fragment))
