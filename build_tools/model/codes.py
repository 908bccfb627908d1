"""The codes of problems: one table, from which the page of messages is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Code:
    """A code: what it means and how it is mended, said to a historian, with an example."""

    name: str
    means: str
    mend: str
    example: str = ""
    severity: str = ERROR


_CODES = (
    Code(
        "file-missing",
        "A file that the edition needs is not there.",
        "Put the file where the message says, or take its name out of document.yml.",
        'file: "witness/T.txt"      (and there is no such file)',
    ),
    Code(
        "file-unknown",
        "A file under edition/ is none of the kinds that belong there.",
        "Move the file to where its kind belongs, or take it out of edition/.",
        "edition/notes/four-days.md      (notes stand under documents/<document>/notes/)",
    ),
    Code(
        "path-refused",
        "A path leads out of the edition, or is a link.",
        "Name a file inside the document's own folder, and no link.",
        'file: "../other/T.txt"',
    ),
    Code(
        "encoding-invalid",
        "A file is not UTF-8 text.",
        "Open the file in an editor and save it as UTF-8.",
        "(a file saved by an old editor as Windows-1252: its é is no UTF-8)",
    ),
    Code(
        "character-invalid",
        "A file holds a control character, or is not in Unicode form NFC.",
        "Type the character again; the message names it and its place.",
        "(an e followed by U+0301, where é should stand)",
    ),
    Code(
        "yaml-invalid",
        "The head of a record cannot be read.",
        "Put the value in double quotes.",
        "label: Rilke: the letter",
    ),
    Code(
        "key-unknown",
        "A record has a key that does not belong there.",
        "Write the key as the message lists it.",
        'lable: "Four days"',
    ),
    Code(
        "key-missing",
        "A record lacks a key that it needs.",
        "Add the key; the message says what it holds.",
        "(a note without kind:)",
    ),
    Code(
        "key-duplicate",
        "A key is given twice.",
        "Keep one of the two.",
        'kind: "context"\nkind: "textual"',
    ),
    Code(
        "value-invalid",
        "The value of a key is not one of those it may have.",
        "Use one of the values that the message lists.",
        'kind: "comment"',
    ),
    Code(
        "markup-invalid",
        "A line or a brace of the transcription cannot be understood.",
        "Write a brace or backslash of the text as \\{, \\} or \\\\.",
        "@p\nwords } of the text",
    ),
    Code(
        "text-outside-block",
        "Words of the transcription stand in no block.",
        "Open a block above the words: @p and an id.",
        "@page 2\nWords that follow at once.",
    ),
    Code(
        "kind-unknown",
        "There is no such kind of block.",
        "Use a kind from the page of conventions.",
        "@paragraph p1",
    ),
    Code(
        "mark-unknown",
        "There is no such mark.",
        "Use a mark from the page of conventions.",
        "{deleted: very}",
    ),
    Code(
        "mark-unclosed",
        "A mark is opened and not closed.",
        "Close the mark with } where it ends.",
        "The {del: very last word",
    ),
    Code(
        "mark-misplaced",
        "A mark stands where it may not stand.",
        "Put only what the mark may hold into it.",
        "{subst: was {del: prescribed}}",
    ),
    Code(
        "attribute-invalid",
        "An attribute does not belong there, or has a value it may not have.",
        "Use an attribute and a value that the message lists.",
        "{add place=over: word}",
    ),
    Code(
        "id-invalid",
        "An id is not made of small letters, digits and hyphens.",
        "Use small letters, digits and hyphens, and begin with a letter.",
        "@p Point_1",
    ),
    Code(
        "id-duplicate",
        "Two things have the same id.",
        "Give one of the two an id that was never used.",
        "@p p1\n...\n@p p1",
    ),
    Code(
        "id-retired",
        "An id that was given up is used again, or leads nowhere.",
        "Give the block an id that was never used.",
        'retired:\n  p1: "opening"      (and a block p1 stands in the transcription)',
    ),
    Code(
        "page-unknown",
        "A page is named that the document does not have.",
        "List every page under pages: in document.yml.",
        'target:\n  page: "4"',
    ),
    Code(
        "image-missing",
        "An image of a page is named that is not there.",
        "Put the image where the message says, or take its name out of document.yml.",
        'image: "facsimiles/p1.jpg"      (and there is no such file)',
    ),
    Code(
        "image-invalid",
        "A file named as the image of a page is no image that browsers show.",
        "Save the image as PNG, JPEG, WebP or GIF.",
        'image: "facsimiles/p1.png"      (and the file is a PDF)',
    ),
    Code(
        "hand-unknown",
        "A hand is named that document.yml does not declare.",
        "Declare the hand under hands: in document.yml.",
        "{add hand=clerk: word}",
    ),
    Code(
        "note-empty",
        "A record has no text.",
        "Write the note below the second line of three hyphens.",
        '---\nlabel: "Four days"\n---\n(and no words)',
    ),
    Code(
        "html-refused",
        "HTML in the text of a record.",
        "Write the words without tags; *emphasis* and **strong** are there.",
        "A <b>bold</b> word.",
    ),
    Code(
        "markup-refused",
        "Markup in the text of a record that is not in the small set allowed.",
        "Use paragraphs, emphasis, links, lists and quotations only.",
        "![a picture](picture.png)",
    ),
    Code(
        "link-unsafe",
        "A link that is not a plain web or mail address.",
        "Link to an address that begins with https:// or mailto:, or inside the edition.",
        "[here](javascript:alert(1))",
    ),
    Code(
        "link-broken",
        "A link names something the edition does not have.",
        "Link to something that exists; the message names what is near.",
        "[Goethe](person:goeth)",
    ),
    Code(
        "witness-differs",
        "The transcription does not spell out its witness.",
        "Mend the transcription. What is wrong in the witness becomes an emendation.",
        '(the transcription has "the" where the witness has "teh")',
    ),
    Code(
        "witness-unknown",
        "A witness is named that document.yml does not describe.",
        "Use a siglum that document.yml describes.",
        'witness: "G"',
    ),
    Code(
        "witness-changed",
        "The file of a witness is not the one whose hash is on record.",
        "Restore the file of the witness; or, if the change is meant, record the new hash.",
        "(somebody has corrected witness/A.txt by hand)",
    ),
    Code(
        "expansion-differs",
        "expanded.txt, without its brackets, is not the reading text.",
        "In expanded.txt only add words in square brackets.",
        "[The] Department regrets      (the reading text has Dept)",
    ),
    Code(
        "block-unknown",
        "A block is named that the document does not have.",
        "Name a block of the transcription; the message lists what is near.",
        'block: "p55"',
    ),
    Code(
        "anchor-not-found",
        "The passage quoted is not in the document.",
        'Copy the words from the view "as transcribed".',
        'exact: "harbour mastr"',
    ),
    Code(
        "anchor-ambiguous",
        "The passage quoted occurs more than once.",
        "Give the words before or after as prefix: or suffix:.",
        'exact: "US"',
    ),
    Code(
        "anchor-wrong-block",
        "The passage quoted is in another block.",
        "Name the block in which the passage stands.",
        'block: "p5"\nexact: "harbour master"      (it stands in p6)',
    ),
    Code(
        "anchor-partial-word",
        "The passage quoted begins or ends inside a word.",
        "Quote whole words.",
        'exact: "harb"',
    ),
    Code(
        "anchor-context-changed",
        "The words before or after the passage are not those given.",
        "Look whether the passage is still the one meant, then correct prefix: and suffix:.",
        'exact: "harbour master"\nprefix: "the Chairman that"',
    ),
    Code(
        "anchor-crosses-block",
        "The passage quoted runs over the end of a block.",
        "Give a list of targets, one for each block.",
        'exact: "does not recur. 2. Although four days"',
    ),
    Code(
        "emendation-overlap",
        "Two applied emendations change the same words.",
        "Make one record of both, or give one of them a lower certainty.",
        '(one emendation reads "in haste", another "hurry", for the same words)',
    ),
    Code(
        "emendation-crosses-mark",
        "An emendation covers part of a mark and words outside it.",
        "Emend the whole mark, or words inside or outside it.",
        'exact: "President manifestly"      (only manifestly is deleted)',
    ),
    Code(
        "emendation-no-effect",
        "An emendation changes nothing that is read.",
        "Say in a note what you think of the words.",
        'exact: "Paris"\nreading: "Paris"',
    ),
    Code(
        "emendation-spacing",
        "An emendation leaves two spaces, or one at the edge of a block.",
        "Give the reading no spaces at its ends.",
        'reading: " Paris "',
    ),
    Code(
        "variant-outside-coverage",
        "A variant lies outside what is known of its witness.",
        "Say nothing of a witness where it is not known.",
        "(a variant in p9 of a witness that ends in p6)",
    ),
    Code(
        "variant-differs",
        "A variant is on record that the text of its witness does not have.",
        "Mend the record, or the text of the witness.",
        'reading: "bloe"      (and the witness has "blue")',
    ),
    Code(
        "source-unknown",
        "A source is cited that the edition does not have.",
        "Cite a source of sources/, or add its file there.",
        "[@smith-1901-a]",
    ),
    Code(
        "author-unknown",
        "A record is signed by nobody in contributors/.",
        "Sign with the id of a file in contributors/.",
        'author: "anonymous"',
    ),
    Code(
        "entry-unknown",
        "A register entry or term is named that the edition does not have.",
        "Name an entry of a register: its register, a colon, its id.",
        'refers: "org:un"',
    ),
    Code(
        "form-ambiguous",
        "Two entries claim the same form.",
        "Leave the form to one entry, and name the passages of the other in document.yml.",
        '(two persons have the form "Smith")',
    ),
    Code(
        "abbreviation-unresolved",
        "Something that looks like an abbreviation is not explained.",
        "Add the form to a term of the glossary, or to the ignored ones with a reason.",
        "(ICRC stands in the text, and no term has it)",
    ),
    Code(
        "ignore-unused",
        "An abbreviation is ignored that does not occur.",
        "Take the form off the list.",
        'ignore:\n  "T-8": "a shelf-mark"      (and no T-8 in the text)',
    ),
    Code(
        "source-uncited",
        "A source is kept that nothing cites.",
        "Cite it where it is used, or take the file away.",
        "sources/smith-1901.yml      (and no [@smith-1901])",
    ),
    Code(
        "entry-unmentioned",
        "A register entry is kept that no text, note or essay names.",
        "Give it a form that stands in a text, link to it in a note, or take the file away.",
        "persons/smith.md      (and no Smith in text or notes)",
    ),
    Code(
        "term-unused",
        "A term is kept that stands in no text, and that no note or essay names.",
        "Write its forms as they stand in the reading text, or take the file away.",
        "glossary/recd.md      (and no recd in the text)",
    ),
    Code(
        "note-unsourced",
        "A note states a fact and names no source.",
        "Cite the source, or give the note another standing.",
        'standing: "fact"      (and no [@source])',
    ),
    Code(
        "standing-hedged",
        "A note has the standing fact and hedges.",
        "State it as a fact, or give the note the standing inference or conjecture.",
        'standing: "fact"      (and the note says "perhaps")',
    ),
    Code(
        "standing-unsaid",
        "A note has the standing conjecture or unverified, and its words do not say so.",
        "Say in the note that it is a conjecture, or what has not been verified.",
        'standing: "conjecture"      (and the note says "He means Paris.")',
    ),
    Code(
        "licence-differs",
        "A record is given under another licence than the edition.",
        "Write the licence of the edition, where its author agrees; else leave it and be warned.",
        'license: "CC0-1.0"      (and edition.yml says CC-BY-4.0)',
        WARNING,
    ),
    Code(
        "prose-repeats",
        "Two notes of a document share a sentence.",
        "Say it once, and link to the other note.",
        '(two notes say "The office was closed on Mondays and had no clerk.")',
    ),
    Code(
        "date-outside-event",
        "A link to an event gives a day on which the event was not.",
        "Correct the date, or link to the right event.",
        "[30 October](event:founding)      (and the event is dated 31 October)",
    ),
    Code(
        "proof-stale",
        "A text has changed since a state of proof was put on record, or the record names no hash.",
        "Look at the text again; then write the hash that the message tells, and the day.",
        'sha256: "0f3c…"      (and the page has had a letter changed since)',
        WARNING,
    ),
    Code(
        "page-not-ours",
        "A file stands where a page is to be written, and is not ours.",
        "Move the file out of docs/edition/: everything there is made by the builder.",
        "docs/edition/letter/index.md      (changed by hand)",
    ),
    Code(
        "publisher-failed",
        "MkDocs could not make the site, or warned.",
        "Read what MkDocs says; it is most often a link in docs/ or a line of mkdocs.yml.",
        "[the letter](edition/leter/index.md)      (in docs/index.md)",
    ),
    Code(
        "text-differs",
        "A finished page does not show the text of its source.",
        "Report this as a fault of the tool: a finished page must show its source's words.",
        "(one letter of a finished page was changed)",
    ),
    Code(
        "request-external",
        "A finished page fetches something from another site.",
        "Take the address out of mkdocs.yml or the theme: the site asks nothing of others.",
    ),
)

CODES: Mapping[str, Code] = MappingProxyType({code.name: code for code in _CODES})
