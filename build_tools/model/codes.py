"""The codes of problems: one table, from which the page of messages is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Code:
    """A code with what it means, said to a historian."""

    name: str
    means: str
    severity: str = ERROR


CODES: Mapping[str, Code] = MappingProxyType(
    {
        code.name: code
        for code in (
            # files
            Code("file-missing", "A file that the edition needs is not there."),
            Code("file-unknown", "A file under edition/ is none of the kinds that belong there."),
            Code("path-refused", "A path leads out of the edition, or is a link."),
            Code("encoding-invalid", "A file is not UTF-8 text."),
            Code(
                "character-invalid",
                "A file holds a control character, or is not in Unicode form NFC.",
            ),
            # front matter and YAML
            Code("yaml-invalid", "The head of a record cannot be read."),
            Code("key-unknown", "A record has a key that does not belong there."),
            Code("key-missing", "A record lacks a key that it needs."),
            Code("key-duplicate", "A key is given twice."),
            Code("value-invalid", "The value of a key is not one of those it may have."),
            # transcription
            Code("markup-invalid", "A line or a brace of the transcription cannot be understood."),
            Code("text-outside-block", "Words of the transcription stand in no block."),
            Code("kind-unknown", "There is no such kind of block."),
            Code("mark-unknown", "There is no such mark."),
            Code("mark-unclosed", "A mark is opened and not closed."),
            Code("mark-misplaced", "A mark stands where it may not stand."),
            Code(
                "attribute-invalid",
                "An attribute does not belong there, or has a value it may not have.",
            ),
            Code("id-invalid", "An id is not made of small letters, digits and hyphens."),
            Code("id-duplicate", "Two things have the same id."),
            Code("id-retired", "An id that was given up is used again, or leads nowhere."),
            Code("page-unknown", "A page is named that the document does not have."),
            Code("hand-unknown", "A hand is named that document.yml does not declare."),
            # prose
            Code("note-empty", "A record has no text."),
            Code("html-refused", "HTML in the text of a record."),
            Code(
                "markup-refused",
                "Markup in the text of a record that is not in the small set allowed.",
            ),
            Code("link-unsafe", "A link that is not a plain web or mail address."),
            Code("link-broken", "A link names something the edition does not have."),
            # texts
            Code("witness-differs", "The transcription does not spell out its witness."),
            Code("witness-unknown", "A witness is named that document.yml does not describe."),
            Code(
                "witness-changed", "The file of a witness is not the one whose hash is on record."
            ),
            Code(
                "expansion-differs", "expanded.txt, without its brackets, is not the reading text."
            ),
            # anchors
            Code("block-unknown", "A block is named that the document does not have."),
            Code("anchor-not-found", "The passage quoted is not in the document."),
            Code("anchor-ambiguous", "The passage quoted occurs more than once."),
            Code("anchor-wrong-block", "The passage quoted is in another block."),
            Code("anchor-partial-word", "The passage quoted begins or ends inside a word."),
            Code(
                "anchor-context-changed",
                "The words before or after the passage are not those given.",
            ),
            Code("anchor-crosses-block", "The passage quoted runs over the end of a block."),
            # emendations and variants
            Code("emendation-overlap", "Two applied emendations change the same words."),
            Code(
                "emendation-crosses-mark",
                "An emendation covers part of a mark and words outside it.",
            ),
            Code("emendation-no-effect", "An emendation changes nothing that is read."),
            Code(
                "emendation-spacing",
                "An emendation leaves two spaces, or one at the edge of a block.",
            ),
            Code(
                "variant-outside-coverage", "A variant lies outside what is known of its witness."
            ),
            # records that name each other
            Code("source-unknown", "A source is cited that the edition does not have."),
            Code("author-unknown", "A record is signed by nobody in contributors/."),
            Code(
                "entry-unknown", "A register entry or term is named that the edition does not have."
            ),
            Code("form-ambiguous", "Two entries claim the same form."),
            Code(
                "abbreviation-unresolved",
                "Something that looks like an abbreviation is not explained.",
            ),
            Code("ignore-unused", "An abbreviation is ignored that does not occur."),
            # publishing
            Code("page-not-ours", "A file stands where a page is to be written, and is not ours."),
            Code("publisher-failed", "MkDocs could not make the site, or warned."),
            Code("text-differs", "A finished page does not show the text of its source."),
            Code("request-external", "A finished page fetches something from another site."),
        )
    }
)
