"""The panel finds a passage as the build does: the cases of both, and texts at random."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from build_tools.bind.anchors import Surroundings, resolve
from build_tools.model.anchors import Quotation
from build_tools.model.base import Block
from build_tools.model.bound import Anchor
from build_tools.model.folding import cuts_word
from build_tools.model.records import Target
from tests.browser.conftest import ROOT
from tests.browser.opening import panel_knows, scripted

pytestmark = pytest.mark.browser

CASES = ROOT / "tests" / "anchor-cases.json"
# Offsets of strings as JavaScript counts them, and code points, as Python does.
COUNT = """
const points = (text, at) => [...text.slice(0, at)].length;
const units = (text, at) => [...text].slice(0, at).join("").length;
"""
FOUND = f"""
cases => {{
  {COUNT}
  return cases.map(({{ blocks, target }}) => {{
    const base = blocks[target.block] || "";
    return places(base, target).map(one =>
      [points(base, one.start), points(base, one.end)]);
  }});
}}
"""
QUOTE = f"""
cases => {{
  {COUNT}
  return cases.map(([base, start, end]) => {{
    const range = snapped(base, {{ start: units(base, start), end: units(base, end) }});
    return range && [points(base, range.start), points(base, range.end),
      quotation({{ id: "p1", base }}, range)];
  }});
}}
"""

PIECES = (
    *("as", "is", "US", "Sov", "a", "I", "don't", "don\u2019t", "well-known", "well\u2013known"),
    *(
        "\u201cno\u201d",
        '"no"',
        "co\u00adop",
        "coop",
        "e\u0301t\u00e9",
        "\u0928\u092e",
        "\U00020000",
    ),
    *(
        "\U0001d49c\U0001d49d",
        "\u4e2d\u6587",
        "\u0e20\u0e32\u0e29\u0e32",
        "\u05e9\u05b8",
        "1.",
        "[\u2026]",
    ),
)
GAPS = (" ", " ", " ", "\u00a0", "", ", ")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with scripted(browser) as opened:
        yield opened


def cases() -> list[dict[str, Any]]:
    found: Any = json.loads(CASES.read_text(encoding="utf-8"))
    return list(found["cases"] if isinstance(found, dict) else found)


def agrees(expected: dict[str, Any], found: list[list[int]]) -> bool:
    """Tell whether the panel finds one place where the build does, many where that asks."""
    if expected["state"] == "ok":
        return found == [[expected["start"], expected["end"]]]
    return len(found) > 1 if expected["state"] == "ambiguous" else found == []


def test_every_case_comes_out_as_the_build_has_it(page: Page) -> None:
    """Points between words, and whole blocks, are quoted by no words: the panel finds words."""
    ours = [case for case in cases() if "exact" in case["target"]]
    assert len(ours) > 25
    for case, found in zip(ours, page.evaluate(panel_knows(FOUND), ours), strict=True):
        assert agrees(case["result"], found), (case["title"], found)


SELECTED = f"""
({{ bases, from, to }}) => {{
  {COUNT}
  const text = document.createElement("div");
  text.className = "ed-text";
  document.body.replaceChildren(text);
  for (const [id, base] of Object.entries(bases)) {{
    const part = document.createElement("p"), marker = document.createElement("sup");
    part.className = "ed-block";
    Object.assign(part.dataset, {{ block: id, frag: 1 }});
    marker.append("7");
    /* A marker stands in the middle of the words, as on the page. */
    const middle = units(base, Math.floor([...base].length / 2));
    part.append(base.slice(0, middle), marker, base.slice(middle));
    text.append(part);
  }}
  blocks = readBlocks();
  const point = ([id, at], isEnd) => {{
    const [first, last] = blocks.find(one => one.id === id).pieces.map(one => one.node);
    const offset = units(first.data + last.data, at), rest = offset - first.data.length;
    return rest > 0 || (rest === 0 && !isEnd) ? [last, rest] : [first, offset];
  }};
  getSelection().setBaseAndExtent(...point(from, false), ...point(to, true));
  const {{ why, block, start, end }} = chosen(getSelection().getRangeAt(0));
  return why ? {{ why }} : {{
    block: block.id, start: points(block.base, start), end: points(block.base, end),
    target: quotation(block, {{ start, end }})
  }};
}}
"""
NOT_SELECTED = {
    "not-found": "words that stand nowhere cannot be selected",
    "context-changed": "whoever selects words selects them with those that stand around them",
    "block-unknown": "what is selected stands in a block that is there",
}
"""States that no selection on a page can come to, and why. Nor can a point between words."""


def selections(case: dict[str, Any]) -> list[tuple[list[Any], list[Any]]]:
    """Return the selections that a case is about: each from a place in a block to another."""
    blocks, name, result = case["blocks"], case["target"]["block"], case["result"]
    exact = case["target"]["exact"]
    if result["state"] == "ok":
        return [([name, result["start"]], [name, result["end"]])]
    if result["state"] == "crosses-block":
        first, last = exact.split(" ")
        (one, base), (other, _) = blocks.items()
        return [([one, len(base) - len(first)], [other, len(last)])]
    return [
        ([one, at], [one, at + len(exact)])
        for one, base in blocks.items()
        for at in range(len(base))
        if base.startswith(exact, at)
    ]


def test_every_case_that_a_selection_can_make_is_selected_on_a_page(page: Page) -> None:
    made = [
        (case, start, end)
        for case in cases()
        if "exact" in case["target"] and case["result"]["state"] not in NOT_SELECTED
        for start, end in selections(case)
    ]
    assert len({case["title"] for case, _, _ in made}) >= 25
    select = panel_knows(SELECTED)
    for case, start, end in made:
        given = {"bases": case["blocks"], "from": start, "to": end}
        found, title = page.evaluate(select, given), case["title"]
        state, exact = case["result"]["state"], case["target"]["exact"]
        if state == "crosses-block":
            assert "one paragraph" in found["why"], title
            continue
        place = {"state": "ok", "start": found["start"], "end": found["end"]}
        assert judged(found["target"], case["blocks"]) == place, (title, found)
        if state == "partial-word":
            assert len(found["target"]["exact"]) > len(exact), title
        else:
            assert [found["block"], found["start"]] == start, title
            assert [found["block"], found["end"]] == end, title
        assert (found["block"] != case["target"]["block"]) == (state == "wrong-block"), title


def block(name: str, base: str) -> Block:
    return Block(name, "p", base, (), (), (), ())


def judged(target: dict[str, str], blocks: dict[str, str]) -> dict[str, Any]:
    """Judge a target as the build does."""
    quotation = Quotation(target.get("exact"), target.get("prefix", ""), target.get("suffix", ""))
    around = Surroundings("d", {name: block(name, base) for name, base in blocks.items()}, (), {})
    found = resolve(Target(block=target["block"], quotation=quotation), around)
    if isinstance(found, Anchor):
        return {"state": "ok", "start": found.start, "end": found.end}
    return {"state": found.code.removeprefix("anchor-")}


def text(chance: random.Random, count: int) -> str:
    words = [chance.choice(PIECES) + chance.choice(GAPS) for _ in range(count)]
    return "".join(words).strip(" ")


def part(chance: random.Random, words: str) -> str:
    start = chance.randrange(len(words) + 1)
    return words[start : start + chance.choice((1, 2, 3, 5, 8, 13))]


def random_case(chance: random.Random) -> dict[str, Any]:
    blocks = {f"p{number}": text(chance, chance.randrange(1, 14)) for number in range(1, 4)}
    base = blocks[chance.choice(("p1", "p1", "p2"))]
    start = chance.randrange(len(base))
    end = min(len(base), start + chance.choice((1, 2, 3, 5, 8)))
    target = {"block": "p1", "exact": base[start:end]}
    if chance.random() < 0.15:
        joined = f"{blocks['p1']} {blocks['p2']}"
        target["exact"] = joined[max(0, len(blocks["p1"]) - 3) :][:7]
    if chance.random() < 0.4:
        target["prefix"] = chance.choice((base[max(0, start - 5) : start], part(chance, base)))
    if chance.random() < 0.4:
        target["suffix"] = chance.choice((base[end : end + 5], part(chance, base)))
    return {"blocks": blocks, "target": {key: value for key, value in target.items() if value}}


def test_texts_at_random_are_judged_alike(page: Page) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    ours = [one for one in (random_case(chance) for _ in range(1500)) if "exact" in one["target"]]
    for case, found in zip(ours, page.evaluate(panel_knows(FOUND), ours), strict=True):
        assert agrees(judged(case["target"], case["blocks"]), found), (seed, case, found)


def test_what_the_panel_quotes_the_build_finds_there_and_nowhere_else(page: Page) -> None:
    seed = random.randrange(1 << 30)
    chance = random.Random(seed)
    ours: list[tuple[str, int, int]] = []
    for _ in range(600):
        base = text(chance, chance.randrange(1, 20))
        start = chance.randrange(len(base))
        ours.append((base, start, min(len(base), start + chance.choice((1, 2, 4, 9)))))
    for (base, start, end), found in zip(
        ours, page.evaluate(panel_knows(QUOTE), ours), strict=True
    ):
        if found is None:
            assert not base[start:end].strip(" \u00a0\u00ad")
            continue
        first, last, target = found
        assert not cuts_word(base, first), (seed, base)
        assert not cuts_word(base, last), (seed, base)
        assert target is not None, (seed, base, start, end)
        assert judged(target, {"p1": base}) == {"state": "ok", "start": first, "end": last}
