"""The transcription against its witness: equal up to blank lines at both ends."""

from __future__ import annotations

import bisect
import hashlib
import itertools
import unicodedata
from collections.abc import Iterator

from build_tools.model.nearest import did_you_mean
from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.model.records import Document, Witness
from build_tools.model.transcription import Run, received

CONTEXT = 30


def witness_problems(document: Document) -> Iterator[Problem]:
    """Yield what is wrong with the witnesses: hashes, the basis, the text spelled out."""
    description = document.description
    sigla = [witness.siglum for witness in description.witnesses]
    for witness in description.witnesses:
        if sigla.count(witness.siglum) > 1:
            yield Problem(
                "id-duplicate",
                witness.place,
                f'the siglum "{witness.siglum}" is given to more than one witness',
                "give each witness its own siglum",
            )
        yield from _hash_problems(document, witness)
    if description.basis and description.basis not in sigla:
        yield Problem(
            "witness-unknown",
            description.basis_place,
            f'basis names the witness "{description.basis}", which is not under witnesses:',
            did_you_mean(description.basis, sigla, "the sigla are " + (", ".join(sigla) or "none")),
        )
    elif description.basis in document.witness_texts:
        yield from _differences(document, document.witness_texts[description.basis])


def _hash_problems(document: Document, witness: Witness) -> Iterator[Problem]:
    text = document.witness_texts.get(witness.siglum)
    if text is None or not witness.sha256:
        return
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != witness.sha256:
        yield Problem(
            "witness-changed",
            witness.place,
            f"{witness.file} is not the file whose sha256 is on record for {witness.siglum}",
            f'restore the file; or, if the change is meant, write   sha256: "{found}"',
        )


def _differences(document: Document, witness: str) -> Iterator[Problem]:
    runs = received(document.transcription, document.description.notation)
    spelled = "".join(run.text for run in runs)
    witness = witness.replace("\r\n", "\n")
    lead = len(spelled) - len(_without_blank_lines_before(spelled))
    ours = _without_blank_lines(spelled)
    theirs = _without_blank_lines(witness)
    if ours == theirs:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
        min(len(ours), len(theirs)),
    )
    siglum = document.description.basis
    yield Problem(
        "witness-differs",
        _place(runs, lead + at, document),
        f"the transcription departs from witness {siglum} here",
        f"mend the transcription; what is thought wrong in {siglum} becomes an emendation, "
        "never a change of the transcription",
        (
            f"the transcription has   {_around(ours, at)}",
            f"witness {siglum} has   {_around(theirs, at)}",
        ),
    )


def _without_blank_lines_before(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(itertools.dropwhile(lambda line: not line.strip(), lines))


def _without_blank_lines(text: str) -> str:
    text = _without_blank_lines_before(text)
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _around(text: str, at: int) -> str:
    """Show the words around an offset, the place marked by ‸ and the invisible named."""
    before = text[max(0, at - CONTEXT) : at]
    after = text[at : at + CONTEXT]
    cut = "\u2026" if at > CONTEXT else "", "\u2026" if at + CONTEXT < len(text) else ""
    shown = f"{cut[0]}{_visible(before)}\u2038{_visible(after)}{cut[1]}"
    if at >= len(text):
        return shown + "(end)"
    named = "a line end" if text[at] == "\n" else "a control character"
    name = unicodedata.name(text[at], named).lower()
    return shown if text[at].isascii() and text[at].isprintable() else f"{shown}   ({name})"


def _visible(text: str) -> str:
    return text.replace("\n", "\u21b5").replace("\t", "\u2192")


def _place(runs: tuple[Run, ...], at: int, document: Document) -> Place:
    starts = list(itertools.accumulate((len(run.text) for run in runs), initial=0))
    if not runs:
        return Place(document.description.place.file)
    index = min(bisect.bisect_right(starts, at) - 1, len(runs) - 1)
    run = runs[index]
    before = run.text[: at - starts[index]]
    line = run.place.line + before.count("\n")
    column = len(before) - before.rfind("\n") if "\n" in before else run.place.column + len(before)
    return Place(run.place.file, line, column)
