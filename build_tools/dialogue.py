"""`edition new` at the terminal: options and questions for every kind of record.

At a terminal a person is asked for what was not given, and may leave every question open; a
program is asked nothing. What is open stands in the record as open, and is told.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from build_tools import pipeline
from build_tools.desk import (
    UNFILLED,
    Desk,
    DeskError,
    Proposal,
    apply,
    blocks_reading,
    blocks_with,
)
from build_tools.model.bound import BoundEdition
from build_tools.model.nearest import did_you_mean
from build_tools.model.problem import Problem
from build_tools.questions import KINDS, TEXT, WHOLE, Kind, Question, draft, questions
from build_tools.terminal import root_of, tell

SOUND, PROBLEMS = 0, 1

Given = dict[str, list[str]]
"""Answers by the names of their questions."""

PASSAGE = ("block", "exact", "prefix", "suffix", "page", WHOLE)
"""Questions about the place in the text; they come first, and are checked before others come."""

UNASKED = frozenset({"license", "date", "order"})
"""Questions whose usual answer is taken without asking; an option can say otherwise."""

LITERAL = frozenset({"reading", TEXT})
"""Answers that are kept with every space."""


def new_commands() -> Iterator[click.Command]:
    """Yield one command for every kind of record."""
    for kind in KINDS.values():
        yield _command(kind)


def _command(kind: Kind) -> click.Command:
    @click.pass_context
    def make(context: click.Context, /, **options: object) -> int:
        return _new(root_of(context), kind, options)

    parameters: list[click.Parameter] = []
    if kind.in_document:
        parameters.append(_option("document", "The document, by the name of its folder."))
    parameters += [_option_of(question) for question in questions(kind)]
    if kind.has_text:
        parameters.append(_option(TEXT, 'The text of the record; "-" takes it from the input.'))
    parameters.append(_option("id", "The name of the file. Without it, one is derived."))
    asking = "Ask for what is not given (at a terminal, unless told otherwise)."
    parameters.append(click.Option(["--ask/--no-ask"], default=None, help=asking))
    return click.Command(kind.name, params=parameters, callback=make, help=kind.says)


def _option(name: str, says: str, **more: object) -> click.Option:
    written = f"--{name.lower().replace('_', '-')}"
    return click.Option([written, _parameter(name)], help=says, **more)  # type: ignore[arg-type]


def _parameter(name: str) -> str:
    """Return the name by which click hands over an option: a name of Python."""
    return f"answer_{name.lower().replace('-', '_')}"


def _option_of(question: Question) -> click.Option:
    says = f"{question.says[0].upper()}{question.says[1:]}."
    if question.name == WHOLE:
        return _option(WHOLE, says, is_flag=True)
    kind = click.Choice(question.choices) if question.choices else str
    return _option(question.name, says, type=kind, multiple=question.many)


def _new(root: Path, kind: Kind, options: dict[str, object]) -> int:
    wished = options.pop("ask")
    is_asking = sys.stdin.isatty() if wished is None else bool(wished)
    desk = Desk(root, pipeline.bind_tree)
    if desk.bound is None:
        tell(root, desk.problems)
        return PROBLEMS
    name = _one(options, "id")
    document = _document(kind, desk.bound, _one(options, "document"), is_asking)
    given = _given(kind, options)
    session = _Session(desk, kind, document, given, name)
    if is_asking:
        session.ask()
    elif kind.quotes and (several := session.find_block()):
        named = ", ".join(several)
        raise click.UsageError(f"these words stand in {named}: name one of them by --block")
    for key, value in session.defaults().items():
        given.setdefault(key, [value])
    return _finish(root, session.proposal(), is_asking)


def _one(options: dict[str, object], name: str) -> str:
    value = options.get(_parameter(name))
    return _cleaned(name, str(value)) if value else ""


def _given(kind: Kind, options: dict[str, object]) -> Given:
    """Return the answers that were given as options; an empty one counts where it may."""
    given: Given = {}
    for question in questions(kind):
        value = options.get(_parameter(question.name))
        values = list(value) if isinstance(value, tuple) else [value]
        answers = [_cleaned(question.name, str(one)) for one in values if one is not None]
        if question.name == WHOLE:
            answers = ["true"] if value else []
        if any(answers) or (answers and question.may_be_empty):
            given[question.name] = answers
    text = options.get(_parameter(TEXT))
    if text is not None:
        given[TEXT] = [_cleaned(TEXT, sys.stdin.read() if text == "-" else str(text))]
    return given


def _cleaned(name: str, answer: str) -> str:
    """Return an answer as a source has it: in Unicode form NFC, on one line, without stray ends."""
    try:
        answer.encode()
    except UnicodeEncodeError:
        raise DeskError(f'The answer to "{name}" is not Unicode text.') from None
    answer = unicodedata.normalize("NFC", answer)
    return answer if name in LITERAL else re.sub("[ \t\r\n]+", " ", answer).strip(" ")


def _document(kind: Kind, bound: BoundEdition, wished: str, is_asking: bool) -> str:
    """Return the id of the document that the record belongs to; empty for other kinds."""
    if not kind.in_document:
        return ""
    known = list(bound.documents)
    if not known:
        raise click.UsageError("the edition has no document yet")
    if not wished and len(known) == 1:
        return known[0]
    if not wished and is_asking:
        wished = click.prompt("Document", type=click.Choice(known))
    if not wished:
        raise click.UsageError(f"name the document by --document: {', '.join(known)}")
    if wished not in known:
        others = f"the documents are {', '.join(known)}"
        hint = did_you_mean(wished, known, others)
        raise click.UsageError(f'there is no document "{wished}": {hint}')
    return wished


class _Session:
    """One record in the making: what has been answered so far."""

    def __init__(self, desk: Desk, kind: Kind, document: str, given: Given, name: str) -> None:
        assert desk.bound is not None
        self.desk, self.kind, self.document = desk, kind, document
        self.bound, self.given, self.name = desk.bound, given, name

    def proposal(self) -> Proposal:
        """Return the record as it is now, judged."""
        record = draft(self.kind, self.document, self.given, self.name)
        return self.desk.propose(record, self.kind.neighbours(self.document))

    def defaults(self) -> dict[str, str]:
        """Return what stands in a record where nothing else was said."""
        found: dict[str, str] = {}
        edition, keys = self.bound.edition, self.kind.record.keys
        if {"author", "license", "date"} <= set(keys):
            found["license"] = edition.description.license
            found["date"] = datetime.now().astimezone().date().isoformat()
            # With one contributor it is clear who signs; with several nobody signs by default.
            if len(edition.contributors) == 1:
                found["author"] = next(iter(edition.contributors))
        if "order" in keys:
            found["order"] = str(max((one.order for one in edition.essays.values()), default=0) + 1)
        return {key: value for key, value in found.items() if value}

    def find_block(self) -> tuple[str, ...]:
        """Fill in the block of the quoted words; where they stand in several, return these.

        Where they stand in none, one is named nevertheless, so that the answer is that of
        `edition check`: it knows what is read there, and what is most alike.
        """
        words = self.given.get("exact")
        if not words or set(self.given) & {"block", "page", WHOLE}:
            return ()
        found = blocks_with(self.bound.documents[self.document], words[0])
        if len(found) > 1:
            return found
        if found:
            click.echo(f"The passage is in {found[0]}.")
        self.given["block"] = [found[0] if found else self._any_block(words[0])]
        return ()

    def _any_block(self, words: str) -> str:
        document = self.bound.documents[self.document]
        return next(iter([*blocks_reading(document, words), *document.blocks]), "p1")

    def ask(self) -> None:
        """Ask for what is not answered yet."""
        click.echo("Press Enter to leave a question open.")
        if self.kind.quotes:
            self._ask_passage()
        defaults = self.defaults()
        for question in questions(self.kind):
            name = question.name
            is_answered = name in self.given or (name in UNASKED and name in defaults)
            is_wanted = question.required or name in self.kind.extras
            if is_wanted and not is_answered and name not in PASSAGE:
                self._ask(question, defaults.get(name, ""))
        if self.kind.has_text and TEXT not in self.given:
            self._ask_text()

    def _ask(self, question: Question, default: str = "") -> None:
        answers: list[str] = []
        while answer := self._answer(question, default if not answers else ""):
            answers.append(answer)
            if not question.many:
                break
            if question.name == "form" and "expansion" in self.kind.extras:
                self._ask_expansion(len(answers))
        if question.may_be_empty and answers == ['""']:
            answers = [""]
        if answers:
            self.given[question.name] = answers

    def _ask_expansion(self, number: int) -> None:
        says = "what the expanded view prints in its place"
        answers = self.given.setdefault("expansion", [])
        answers.extend([""] * (number - 1 - len(answers)))
        answers.append(self._answer(Question("expansion", says), ""))

    def _answer(self, question: Question, default: str) -> str:
        says = question.says
        if question.choices:
            says = f"{says}: {', '.join(question.choices)}"
        elif question.may_be_empty and '""' not in says:
            says = f'{says}; "" for nothing'
        prompt = f"{question.name.capitalize()} ({says})"
        while True:
            answer = click.prompt(prompt, default=default, show_default=bool(default))
            answer = _cleaned(question.name, answer)
            if not answer or not question.choices or answer in question.choices:
                return answer
            click.echo(f'"{answer}" is none of them.')

    def _ask_text(self) -> None:
        click.echo("Text (the record itself, in sentences; an empty line ends it)")
        lines: list[str] = []
        while line := click.prompt("", default="", show_default=False, prompt_suffix="> "):
            lines.append(line)
        if lines:
            self.given[TEXT] = [_cleaned(TEXT, "\n".join(lines))]

    def _ask_passage(self) -> None:
        """Ask for the passage until it stands in the text, as a build would look for it."""
        asked = {question.name: question for question in questions(self.kind)}
        while True:
            if not set(self.given) & set(PASSAGE):
                self._ask(asked["exact"])
            if several := self.find_block():
                click.echo(f"These words stand in {', '.join(several)}.")
            if not set(self.given) & {"block", "page", WHOLE}:
                self._ask(asked["block"])
            faults = self._faults_of_passage()
            if not faults:
                return
            tell(self.desk.root, faults, self._written())
            self._ask_again([fault.code for fault in faults], asked)

    def _ask_again(self, codes: Sequence[str], asked: dict[str, Question]) -> None:
        """Take back what cannot be; where the words stand twice, ask for those around them."""
        kept = ("block", "exact") if codes == ["anchor-ambiguous"] else ()
        for name in PASSAGE:
            if name not in kept:
                self.given.pop(name, None)
        for name in ("prefix", "suffix") if kept else ():
            if "prefix" not in self.given:
                self._ask(asked[name])
        if kept and not {"prefix", "suffix"} & set(self.given):
            del self.given["exact"], self.given["block"]

    def _faults_of_passage(self) -> list[Problem]:
        proposal = self.proposal()
        return [
            problem
            for problem in proposal.wrong
            if problem.place.file == proposal.edit.path
            and problem.code.startswith(("anchor-", "block-", "page-"))
        ]

    def _written(self) -> dict[str, bytes]:
        edit = self.proposal().edit
        return {edit.path: edit.new}


def _finish(root: Path, proposal: Proposal, is_asking: bool) -> int:
    """Write the record, unless something in it is wrong; say what is still to be done."""
    edit = proposal.edit
    text = edit.new.decode()
    lines = text.split("\n")
    if proposal.wrong:
        tell(root, proposal.wrong, {edit.path: edit.new})
        click.echo("Nothing was written.", err=True)
        if is_asking:
            # What somebody has typed must not be lost with it.
            click.echo(f"{edit.path} would have been:\n\n{text}")
        return PROBLEMS
    apply(root, [edit])
    click.echo(f"Written: {edit.path}")
    if not proposal.open:
        return SOUND
    is_unfilled = any(problem.code in UNFILLED for problem in proposal.open)
    click.echo("Still to fill in:" if is_unfilled else "Still to do:")
    for problem in proposal.open:
        click.echo(f"  {_open(lines, problem)}")
    return PROBLEMS


def _open(lines: Sequence[str], problem: Problem) -> str:
    """Say what is to be done: what the line itself says, or else the problem."""
    line = problem.place.line
    if not line:
        return f"{problem.message}; {problem.hint}"
    key, mark, says = lines[line - 1].strip().removeprefix("- ").partition("  # ")
    told = f"{key.partition(':')[0]}: {says}" if mark else f"{problem.message}; {problem.hint}"
    return f"line {line}: {told}"
