"""Corrections by the thousand: every anchor carried, and judged."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from build_tools.model.carry import ASK, LOST, Carried, Carrier, Where
from build_tools.model.rows import tokens
from tests.harness.best_match import best_match
from tests.harness.corrections import correct
from tests.harness.oracle import Judge
from tests.harness.paper import Paper
from tests.harness.texts import random_text

PASSAGES, POINTS, BLOCKS = 12, 2, 1
WRONG = "silently wrong"
LEFT = "lost, though something of it is left"


@dataclass(frozen=True)
class Carrying:
    """A passage, or a whole block, of a text that was corrected."""

    seed: str
    done: tuple[str, ...]
    old: Mapping[str, str]
    new: Mapping[str, str]
    was: Where


@dataclass(frozen=True)
class Wrong:
    """A passage carried to a place that is not its own."""

    what: Carrying
    now: Where
    state: str


@dataclass
class Score:
    """How many anchors came to what, ours and the best match's."""

    corrections: int = 0
    anchors: int = 0
    ours: Counter[str] = field(default_factory=Counter)
    best: Counter[str] = field(default_factory=Counter)
    by_change: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def anchors(dice: random.Random, texts: Mapping[str, str]) -> Iterator[Where]:
    """Choose passages of whole words, and points; words said more than once come often."""
    every = [
        (name, start, end, key)
        for name, base in texts.items()
        for key, start, end in tokens(base)
        if key[:1].isalnum()
    ]
    often = Counter(key for _, _, _, key in every)
    repeated = [at for at, (_, _, _, key) in enumerate(every) if often[key] > 1]
    for _ in range(PASSAGES):
        first = dice.choice(repeated) if repeated and dice.random() < 0.4 else None
        first = dice.randrange(len(every)) if first is None else first
        last = min(len(every) - 1, first + dice.choice((0, 0, 0, 1, 1, 2, 3, 4, 6, 10, 20)))
        while every[last][0] != every[first][0]:
            last -= 1
        yield _with_signs(dice, texts, Where(every[first][0], every[first][1], every[last][2]))
    for _ in range(POINTS):
        name, start, end, _ = dice.choice(every)
        at = dice.choice((start, end))
        yield Where(name, at, at)


def _with_signs(dice: random.Random, texts: Mapping[str, str], where: Where) -> Where:
    """Take in, now and then, the signs that stand close to a passage."""
    base, start, end = texts[where.block], where.start, where.end
    if dice.random() < 0.2:
        while end < len(base) and _is_sign(base[end]):
            end += 1
    if dice.random() < 0.1:
        while start and _is_sign(base[start - 1]):
            start -= 1
    return Where(where.block, start, end)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def one(seed: str, score: Score) -> None:
    """Make one text, correct it, carry its anchors, judge them."""
    dice = random.Random(seed)
    old = random_text(dice)
    paper = Paper.of(old)
    before = paper.state().blocks
    chosen = list(anchors(dice, old))
    whole = random.Random(f"{seed} blocks").choices(list(old), k=BLOCKS)
    done = correct(dice, paper)
    new = paper.texts()
    judge = Judge.of(before, paper)
    carrier = Carrier(old, new)
    score.corrections += 1
    for was in chosen:
        carried = carrier.passage(was.block, was.start, was.end)
        _judge(Carrying(seed, done, old, new, was), carried, judge.is_right, judge, score)
    for name in whole:
        was = Where(name, 0, len(old[name]))
        carried = carrier.block(name)
        _judge(Carrying(seed, done, old, new, was), carried, judge.is_same_block, judge, score)


def _judge(
    what: Carrying,
    carried: Carried,
    is_right: Callable[[Where, Where], bool],
    judge: Judge,
    score: Score,
) -> None:
    score.anchors += 1
    state, was, done = carried.state, what.was, what.done
    if carried.now is not None and not is_right(was, carried.now):
        state = WRONG
        score.wrong.append(Wrong(what, carried.now, carried.state))
    if state == LOST and judge.survivors(was):
        state = LEFT
    if len(done) == 1:
        counts = score.by_change.setdefault(done[0], Counter())
        counts.update({"all": 1, ASK: state == ASK})
    score.ours[state] += 1
    score.best[_rival(what, is_right)] += 1


def _rival(what: Carrying, is_right: Callable[[Where, Where], bool]) -> str:
    now = best_match(what.old, what.new, what.was)
    if now is None:
        return LOST
    if not is_right(what.was, now):
        return WRONG
    was = what.was
    same = what.old[was.block][was.start : was.end] == what.new[now.block][now.start : now.end]
    if not same:
        return "rewritten"
    return "unchanged" if was == now else "moved"
