"""The anchor rules, once, as data: the browser runs the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.anchors import Quotation
from build_tools.model.base import Block
from build_tools.model.bound import Anchor
from build_tools.model.records import Target

CASES = json.loads((Path(__file__).parents[1] / "anchor-cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["title"]))
def test_every_case_comes_out_as_written(case: dict[str, Any]) -> None:
    blocks = {name: Block(name, "p", base, (), (), (), ()) for name, base in case["blocks"].items()}
    target = case["target"]
    quotation = Quotation(target.get("exact"), target.get("prefix", ""), target.get("suffix", ""))
    around = Surroundings("d", blocks, (), {})
    found = resolve(Target(block=target["block"], quotation=quotation), around)
    if isinstance(found, Anchor):
        came: dict[str, Any] = {"state": "ok", "start": found.start, "end": found.end}
    else:
        came = {"state": found.code.removeprefix("anchor-")}
    assert came == case["result"]


def test_every_state_has_a_case() -> None:
    assert {case["result"]["state"] for case in CASES} == {
        "ok",
        "ambiguous",
        "not-found",
        "wrong-block",
        "partial-word",
        "context-changed",
        "crosses-block",
        "block-unknown",
    }
