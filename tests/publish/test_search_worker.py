"""The worker of the search, run by itself: what is passed over is only what cannot be a hit."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from build_tools.publish.scripts import node

WORKER = Path(__file__).parents[2] / "build_tools/theme/assets/search.js"

RUN = """
const fs = require("fs"), vm = require("vm");
const given = JSON.parse(fs.readFileSync(0, "utf8"));
let hear, heard = () => {};
const scope = {
  addEventListener: (_, listener) => { hear = (data) => listener({ data }); },
  postMessage: (said) => heard(said),
  location: { href: "https://example.org/assets/search.js" },
};
const fetch = async (address) => {
  const answer = given.answers ? given.answers.shift() : "pages";
  if (answer === "lost") throw new TypeError("Failed to fetch");
  if (answer === "index") return { ok: true, json: async () => ({ docs: ["search/part-2"] }) };
  return { ok: answer === "pages", status: 404, json: async () => given.pages };
};
vm.runInNewContext(fs.readFileSync(given.worker, "utf8"), { self: scope, fetch });
const ask = (type, data) => new Promise((done) => { heard = done; hear({ type, data }); });
(async () => {
  await ask(0, { docs: ["search/part-1"] });
  const found = {};
  for (const query of given.queries) {
    const answer = await ask(2, query);
    const places = answer.data.items.flat().map((one) => one.location);
    found[query] = places.filter((one) => one.includes("#") || one === "");
  }
  console.log(JSON.stringify(found));
})();
"""

TEXTS = {
    "dots": "The U.S.A. and the O.A.S. agree",
    "sharp": "An der Straße",
    "accents": "Café Zürich",
    "sigma": "ΟΔΟΣ και δρόμος",
    "one-letter": "a \ufb01eld of grain",
    "unspaced": "第二次会议",
    "phrase": "aerial surveillance must continue",
    "apart": "surveillance from the air is aerial",
}
FOUND = {
    "usa": ["dots"],
    "oas agree": ["dots"],
    "U.S.A.": ["dots"],
    "strasse": ["sharp"],
    "cafe zur": ["accents"],
    "οδος": ["sigma"],
    "δρομοσ": [],
    "δρομος": ["sigma"],
    "field": ["one-letter"],
    "二次": ["unspaced"],
    '"aerial surveillance"': ["phrase"],
    "aerial -must": ["apart"],
    "eillance": [],
    "viewed": [],
    "soviets meet": ["views"],
    "sovs meet": ["views"],
}


def searched(given: dict[str, object]) -> dict[str, list[str]]:
    program = node()
    if not program:
        pytest.skip("Node.js is not installed")
    given |= {"worker": str(WORKER)}
    done = subprocess.run(
        [program, "-e", RUN], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {
        query: sorted(place.partition("#")[2] for place in places)
        for query, places in json.loads(done.stdout).items()
    }


def test_no_text_that_has_the_words_is_passed_over() -> None:
    entries: list[object] = [[name, "¶", text] for name, text in TEXTS.items()]
    entries.append(["views", "¶", ["the ", [3, "Sovs"], [4, "Soviets"], " meet"]])
    pages = [["a/", "A", entries]]
    assert searched({"pages": pages, "queries": list(FOUND)}) == FOUND


@pytest.mark.parametrize(
    ("answers", "first", "then"),
    [
        (["lost", "lost", "pages"], [""], ["p1"]),
        (["gone", "gone", "pages"], [""], ["p1"]),
        # Published anew since the page was opened: the parts have other names.
        (["gone", "index", "pages"], ["p1"], ["p1"]),
        (["gone", "index", "gone", "pages"], [""], ["p1"]),
    ],
)
def test_texts_that_do_not_come_are_not_taken_for_texts_without_the_words(
    answers: list[str], first: list[str], then: list[str]
) -> None:
    pages = [["a/", "A", [["p1", "¶ 1", "Words"]]]]
    given = {"pages": pages, "queries": ["word", "words"], "answers": answers}
    assert searched(given) == {"word": first, "words": then}
