"""Every way of breaking the text of a page is found, at its place, in words that help."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from build_tools.model.problem import Problem
    from tests.verify.conftest import Site


class Break(NamedTuple):
    """Words replaced on the page, and part of each message that must be given for it."""

    old: str
    new: str
    says: tuple[str, ...]


P1, P2 = "block p1 of letter, ", "block p2 of letter, "
FORM, PAPER = "block drafting of letter, ", "block class-2 of letter, "
HERE, READ, FULL = "as transcribed", "in reading", "expanded"
EVERYWHERE = "as transcribed, in reading and expanded, "
READ_AND_FULL = "in reading and expanded, "
WITNESS = "spelled out as its witness"

LETTERS = {
    "a letter every view shows": Break("with the ca", "wiht the ca", (P1 + EVERYWHERE,)),
    "a letter of the first numeral": Break(">1.<", ">l.<", (P1 + EVERYWHERE,)),
    "a letter of the witness only": Break(">Caba<", ">Cuba<", (P1 + HERE,)),
    "an emended letter": Break(">Cuba<", ">Caba<", (P1 + READ_AND_FULL,)),
    "an emended letter that is expanded": Break(
        ">Sov</span><span class", ">Sow</span><span class", (P2 + READ,)
    ),
    "a letter of an expansion": Break(">Sov<i>iets</i>", ">Sov<i>iet</i>", (P2 + FULL,)),
    "a letter of supplied words": Break("[The] ", "[A] ", (P1 + FULL,)),
    "a letter of a deletion": Break(">Monday<", ">Mondav<", (P1 + HERE,)),
    "a letter of an insertion": Break("</span>Tuesday<", "</span>Tuesdav<", (P1 + EVERYWHERE,)),
    "the hyphen of a divided word": Break(">-<", ">=<", (P1 + HERE,)),
    "a letter of a continuation": Break("agreement was", "agreememt was", (P1 + EVERYWHERE,)),
    "a space that does not break": Break("very&#160;late", "very late", (P1 + HERE,)),
    "a letter of the form in its place": Break(
        "Drafted: <br",
        "Draftet: <br",
        (FORM + EVERYWHERE,),
    ),
    "a letter that no view shows": Break(
        ">Department</span> <span", ">Departmemt</span> <span", (FORM + FULL,)
    ),
    "a letter of the form's copy": Break(
        "</span> AB/cd<sup",
        "</span> AB/dc<sup",
        (FORM + READ_AND_FULL,),
    ),
    "a letter of furniture": Break("SECRET", "SECRETE", (PAPER + HERE,)),
    "a gap left out": Break(">[…]<", "><", (P1 + EVERYWHERE,)),
    "the space between two fragments": Break(" line and </p>", " line and</p>", (P1 + EVERYWHERE,)),
    "a Cyrillic letter": Break(" left<", " l\u0435ft<", (P1 + EVERYWHERE,)),
    "a space without width": Break(" left<", " le\u200bft<", (P1 + EVERYWHERE,)),
    "an apostrophe made curly": Break("agree.", "agree’", (P2 + EVERYWHERE,)),
}

SIGNS = {
    "a deletion that is none": Break(
        '<del class="ed-del" data-mark="3">Monday</del>', "<b>Monday</b>", (WITNESS,)
    ),
    "an insertion made a deletion": Break(
        '<ins class="ed-add" data-mark="4" data-place="above">'
        '<span class="ed-said">inserted: </span>Tuesday</ins>',
        '<del class="ed-del" data-mark="4">Tuesday</del>',
        (WITNESS,),
    ),
    "an inferred insertion given a sign": Break(' data-inferred="high"', "", (WITNESS,)),
    "an inferred deletion given a sign": Break(' data-inferred="low"', "", (WITNESS,)),
    "a sign taken for inferred": Break(
        'data-mark="4" data-place="above"', 'data-mark="4" data-inferred="high"', (WITNESS,)
    ),
    "one deletion made two": Break(
        '<del class="ed-del" data-mark="2"><u class="ed-underline" data-mark="3">all',
        '<del class="ed-del" data-mark="7"><u class="ed-underline" data-mark="3">all',
        (WITNESS,),
    ),
    "a line end lost after a hyphen": Break(
        '-</span></span><br class="ed-lb" hidden>', "-</span></span>", (WITNESS,)
    ),
}

HIDDEN = {
    "words of the witness not hidden": Break(
        '<span class="ed-wit" hidden>Caba', '<span class="ed-wit">Caba', ('"Caba" lacks',)
    ),
    "an expansion not hidden": Break(
        '<span class="ed-ex" hidden>Sov<i>iets',
        '<span class="ed-ex">Sov<i>iets',
        ('"Soviets" lacks',),
    ),
    "supplied words not hidden": Break(
        '<span class="ed-sup" hidden>', '<span class="ed-sup">', ('"[The]" lacks',)
    ),
    "emended words hidden": Break(
        '<span class="ed-read">Cuba', '<span class="ed-read" hidden>Cuba', ('"Cuba" has',)
    ),
    "an abbreviation hidden": Break(
        '<span class="ed-read ed-ab">', '<span class="ed-read ed-ab" hidden>', ('"Sov" has',)
    ),
    "words of every view hidden": Break(
        '<span class="ed-unclear" ', '<span class="ed-unclear" hidden ', ('"others" has',)
    ),
    "a line end not hidden": Break(
        '</ins> <br class="ed-lb" hidden>', '</ins> <br class="ed-lb">', ("lacks the attribute",)
    ),
    "a line break of no source": Break("They said", "They<br> said", ("a line break that is no",)),
    "a paragraph hidden": Break(
        'id="p2" data-block', 'hidden id="p2" data-block', ("fragment 1 of block p2 has the",)
    ),
    "a catchword not hidden": Break(
        'data-shown="paper" hidden>agreement',
        'data-shown="paper">agreement',
        ("block catch lacks",),
    ),
    "a page hidden": Break(
        'id="page.2"', 'id="page.2" hidden', ("block p2 stands in something hidden",)
    ),
    "a marker hidden": Break(
        'id="tnref:cuba"', 'id="tnref:cuba" hidden', ("marker of a note is hidden",)
    ),
    "classes that say nothing": Break(
        '"ed-read ed-ab"', '"ed-wit ed-ab"', ("classes ed-ab ed-wit", P2 + HERE)
    ),
    "a class lost": Break('<span class="ed-read">Cuba', "<span>Cuba", (P1 + HERE,)),
    "spans of two views inside each other": Break(
        ">Caba</span>", ">Ca<span class='ed-ab'>ba</span></span>", ("a span of one view stands in",)
    ),
}

ORDER = {
    "a number that falls": Break(
        'data-seq="9"', 'data-seq="7"', ("block p2 of letter stands out of",)
    ),
    "a number given twice": Break(
        'data-seq="9"', 'data-seq="8"', ("stands out of order: 8 after 8",)
    ),
    "no number": Break('data-seq="9"', "", ('data-seq of block p2 is ""',)),
    "a fragment wrongly counted": Break(
        'id="p1.2" data-block="p1" data-kind="p" data-frag="2"',
        'id="p1.3" data-block="p1" data-kind="p" data-frag="3"',
        ("fragment 3 of block p1 of letter is number 2",),
    ),
    "an id that links do not find": Break(
        'id="p2" data-block', 'id="p-2" data-block', ('has the id "p-2", not "p2"',)
    ),
    "a block named otherwise": Break(
        'data-block="p2"', 'data-block="p3"', ("has no block p3", "block p2 of letter is not on")
    ),
    "a block shown otherwise": Break(
        'data-seq="9" data-shown="text"',
        'data-seq="9" data-shown="line"',
        ('data-shown="line", not',),
    ),
    "a copy of no field": Break(
        'data-copy="drafting"', 'data-copy="class-2"', ('copies "class-2"', "missing in the form")
    ),
    "words outside a block": Break(
        '<div class="ed-pb">p. 2</div>',
        '<div class="ed-pb">p. 2</div>Yes',
        ('outside a block: "Yes"',),
    ),
    "words outside a block, deeper": Break(
        '<div class="ed-pb">p. 2</div>', "<p><b>Yes</b></p>", ('outside a block: "Yes"',)
    ),
    "another document": Break('data-document="letter"', 'data-document="x"', ('it shows "x"',)),
    "a mark without number": Break(' data-mark="3">Monday', ">Monday", ("<del> has no data-mark",)),
}


def _check(site: Site, broken: Break, *, exact_line: bool = True) -> tuple[Problem, ...]:
    line = site.replace(broken.old, broken.new)
    problems = site.verify()
    messages = [problem.message for problem in problems]
    for says in broken.says:
        assert any(says in message for message in messages), messages
    assert {problem.code for problem in problems} <= {"text-differs", "link-broken"}
    assert {problem.place.file for problem in problems if problem.code == "text-differs"} == {
        site.document.page
    }
    if exact_line:
        assert any(problem.place.line == line for problem in problems), problems
    return problems


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_is_proved(site: Site, name: str) -> None:
    # The texts of a block are told at the line where its first fragment begins.
    later = name in ("a letter of a continuation", "a space that does not break", "a gap left out")
    problems = _check(site, LETTERS[name], exact_line=not later)
    assert len(problems) == 1, "one letter, one problem"


@pytest.mark.parametrize("name", SIGNS)
def test_each_sign_of_the_witness_is_proved(site: Site, name: str) -> None:
    problems = _check(site, SIGNS[name], exact_line=False)
    assert len(problems) == 1


@pytest.mark.parametrize("name", HIDDEN)
def test_class_and_hidden_attribute_must_agree(site: Site, name: str) -> None:
    _check(site, HIDDEN[name], exact_line=name not in ("a class lost", "a page hidden"))


@pytest.mark.parametrize("name", ORDER)
def test_order_and_names_of_blocks_are_proved(site: Site, name: str) -> None:
    _check(site, ORDER[name], exact_line=name != "words outside a block, deeper")


def test_difference_says_where_and_shows_both_sides(site: Site) -> None:
    site.replace(">Cuba<", ">Cubba<")
    found = next(p for p in site.verify() if "in reading" in p.message)
    assert found.message == (
        "block p1 of letter, in reading and expanded, differs at character 52: "
        'the page has "…ith the cargo of the Cubba line and agreement wa…", '
        'the source "…ith the cargo of the Cuba line and agreement was…" ("b" for "a")'
    )
    assert found.hint == "its source is edition/documents/letter/transcription.txt:4:1"


def test_difference_names_what_the_eye_does_not_see(site: Site) -> None:
    site.replace(" left<", " l\u0435\u200bft<")
    found = next(p for p in site.verify() if "in reading" in p.message)
    assert '("е" (U+0435 CYRILLIC SMALL LETTER IE) for "e")' in found.message
    assert "l\u0435<U+200B>ft/ Monday" in found.message
    site.replace("very&#160;late", "very late")
    site.replace(" l\u0435\u200bft<", " left<")
    found = next(p for p in site.verify() if "in reading" in p.message)
    assert "(a space for U+00A0 NO-BREAK SPACE)" in found.message


def test_what_differs_otherwise_in_another_view_is_told_too(site: Site) -> None:
    site.replace(">Caba<", ">Cuba<")
    site.replace("[The] ", "[A] ")
    (problem,) = site.verify()
    assert problem.message.startswith("block p1 of letter, as transcribed, differs at ")
    (expanded,) = problem.closest
    assert expanded.startswith("expanded, differs at character 5: the page has ")


def test_two_fragments_exchanged(site: Site) -> None:
    text = (site.root / site.document.page).read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(text) if 'id="catch"' in line)
    text[at], text[at + 1] = text[at + 1], text[at]
    (site.root / site.document.page).write_text("\n".join(text), encoding="utf-8")
    (problem,) = site.verify()
    assert "block catch of letter stands out of order: 3 after 4" in problem.message
    assert problem.place.line == at + 2


def test_block_missing_and_block_twice(site: Site) -> None:
    text = (site.root / site.document.page).read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(text) if 'id="p2"' in line)
    line = text.pop(at)
    (site.root / site.document.page).write_text("\n".join(text), encoding="utf-8")
    messages = [problem.message for problem in site.verify()]
    assert "block p2 of letter is not on the page" in messages
    text[at:at] = [line, line.replace('data-seq="9"', 'data-seq="10"')]
    (site.root / site.document.page).write_text("\n".join(text), encoding="utf-8")
    messages = [problem.message for problem in site.verify()]
    assert "fragment 1 of block p2 of letter stands twice" in messages


def test_block_outside_the_text_or_in_another(site: Site) -> None:
    text = (site.root / site.document.page).read_text(encoding="utf-8")
    stray = '<p id="p9" data-block="p9" data-frag="1" data-seq="99" data-shown="text">Yes</p>'
    broken = text.replace('<h2 id="ed.notes">', stray + '<h2 id="ed.notes">')
    (site.root / site.document.page).write_text(broken, encoding="utf-8")
    messages = [problem.message for problem in site.verify()]
    assert "letter: fragment 1 of block p9 stands outside the text" in messages
    inside = stray.replace("<p", "<span").replace("</p", "</span")
    broken = text.replace("They said", f"They said{inside}")
    (site.root / site.document.page).write_text(broken, encoding="utf-8")
    messages = [problem.message for problem in site.verify()]
    assert "letter: fragment 1 of block p9 stands in another block" in messages


def test_cell_of_the_form_twice(site: Site) -> None:
    text = (site.root / site.document.page).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "data-copy" in line)
    again = row.replace("fnref2:", "fnref3:")
    (site.root / site.document.page).write_text(text.replace(row, row + again), encoding="utf-8")
    (problem,) = site.verify()
    assert problem.message == "block drafting of letter stands in the form twice"
