"""The conventions of the edition, made from the tables of blocks, marks and codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_tools.model.codes import CODES, ERROR
from build_tools.model.kinds import BLOCKS, FIELD, FURNITURE, MARKS, TEXT
from build_tools.model.records import EVIDENCE, FAULTS, NOTE_KINDS, STANDINGS, VARIANT_CLASSES
from build_tools.render.markdown import element, front_matter, text
from build_tools.render.tables import table

GROUPS = {
    TEXT: "Text: shown in every view, collated with other witnesses",
    FIELD: "Fields of a form: in place as transcribed; in a table after the text when reading",
    FURNITURE: "What surrounds the text: the head as one line when reading, the rest only "
    "as transcribed",
}

SHOWN = {
    "add": ("raised, in an ins element", "in the text"),
    "del": ("struck, in a del element", "left out"),
    "subst": ("deletion and insertion, side by side", "the insertion"),
    "caret": ("the sign", "left out"),
    "label": ("as it stands", "as it stands"),
    "unclear": ("marked with a dotted line, and said", "as it stands"),
    "gap": ("[\u2026]", "[\u2026]"),
    "underline": ("underlined", "as it stands"),
    "lang": ("as it stands, its language told to screen readers", "as it stands"),
    "wordbreak": ("hyphen and line end", "the word joined"),
}

VIEWS = (
    ("Reading", "the text with the emendations in it, deletions left out"),
    ("As transcribed", "what the basis witness has, deletions, insertions and form in place"),
    (
        "Expanded",
        "the reading text with abbreviations expanded (supplied letters in italic) "
        "and left-out words supplied in square brackets",
    ),
    ("With facsimile", "as transcribed, page by page beside the image of the page"),
)

STANDING_MEANS = {
    "fact": "a source that is named says it",
    "inference": "follows from sources, but no source says it",
    "conjecture": "a guess, said to be one",
    "unverified": "no source has been found that confirms it",
}


def conventions_markdown() -> str:
    """Return the page of conventions."""
    blocks = [
        part
        for group, title in GROUPS.items()
        for part in (
            f"### {title}",
            _table(
                ("kind", "what it is", "TEI"),
                [(f"@{k.name}", k.says, k.tei) for k in BLOCKS.values() if k.group == group],
            ),
        )
    ]
    marks = [(f"{{{k.name}}}", k.says, *SHOWN[k.name], k.tei) for k in MARKS.values()]
    parts = [
        front_matter({"title": "Conventions", "hide": ("navigation",)}),
        "# Conventions",
        "How the transcription is written, what each view shows, and how firmly a note speaks.",
        "## Views",
        _table(("view", "what it shows"), VIEWS),
        "## Blocks",
        *blocks,
        "## Marks",
        _table(("mark", "what it is", "as transcribed", "reading", "TEI"), marks),
        "## Notes",
        text("Figures mark the commentary, letters the notes on the text itself."),
        text(f"Kinds of notes: {', '.join(NOTE_KINDS)}."),
        "### Standing",
        _table(("standing", "means"), [(s, STANDING_MEANS[s]) for s in STANDINGS]),
        "### Emendations and variants",
        text(
            f"Evidence of an emendation: {', '.join(EVIDENCE)}. Whose fault it mends: "
            f"{', '.join(FAULTS)}. Classes of variants: {', '.join(VARIANT_CLASSES)}."
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return table([text(cell) for cell in head], ([text(cell) for cell in row] for row in rows))


def messages_markdown() -> str:
    """Return the page of messages: every code, what it means, an example, how to mend it."""
    sections = []
    for code in CODES.values():
        example = ""
        if code.example:
            lines = "<br>".join(f"<code>{text(line)}</code>" for line in code.example.split("\n"))
            lines = f"Example&#58;<br>{lines}"
            example = element("p", {"class": "ed-example", "markdown": "span"}, lines)
        sections.append(
            "\n\n".join(
                part
                for part in (
                    f"## {text(code.name)} {{: #{code.name} }}",
                    text(code.means if code.severity == ERROR else f"A warning. {code.means}"),
                    example,
                    f"<strong>To mend it&#58;</strong> {text(code.mend)}",
                )
                if part
            )
        )
    head = front_matter({"title": "Messages", "hide": ("navigation",)})
    lead = text(
        "What the check says, and what to do. Every message names file, line and column. "
        "While one stands that is not a warning, nothing is written and the last good site is "
        "untouched."
    )
    return "\n\n".join([head, "# Messages", lead, *sections]) + "\n"
