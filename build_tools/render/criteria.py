"""The criteria of reviewers, and who answers each: the edition's data, or what the tool is.

They are put in our own words, after the catalogue of RIDE (version 1.1), the principles of The
Endings Project (2.2.1), the minimum standards of the Association for Documentary Editing, the
guiding questions of the MLA's Committee on Scholarly Editions, FAIR and CELL; the last group is
what this kind of edition asks of itself. Where the tool cannot do a thing yet, the answer is no.
"""

from __future__ import annotations

from build_tools.render import judges
from build_tools.render.addresses import (
    CHRONOLOGY,
    CONTENTS,
    CONTRIBUTORS,
    CONVENTIONS,
    DOWNLOADS,
    GLOSSARY,
    MESSAGES,
    PROOF,
)
from build_tools.render.verdicts import (
    NO,
    PARTLY,
    YES,
    Criterion,
    Judge,
    always,
    at_document,
    check,
    page,
)

RIDE, ENDINGS, ADE = "RIDE criteria 1.1", "Endings principles 2.2.1", "ADE minimum standards"
MLA, FAIR, OWN = "MLA guiding questions", "FAIR and CELL", "What this kind of edition asks"

_CONTENTS, _SIGNS = page("contents", CONTENTS), page("conventions", CONVENTIONS)
_DOWNLOADS, _MESSAGES = page("downloads", DOWNLOADS), page("messages", MESSAGES)
_PROVED = (page("proof", PROOF), check("text-differs"))

_RIDE: tuple[tuple[str, str, Judge], ...] = (
    ("K1.2", "Can it be described as a bibliographic item?", judges.citable),
    ("K1.4", "Are all contributors named?", judges.contributors),
    ("K1.5", "Can somebody be reached?", judges.contact),
    ("K2.1", "Is the choice of the documents explained?", lambda f: judges.told(f, "introduction")),
    ("K2.2", "Are earlier editions named and used?", judges.earlier),
    ("K3.1", "Are aims and methods told?", judges.method),
    ("K3.5", "Is it said for whom, and what type of edition it is?", lambda f: judges.told(
        f, "method", "introduction")),
    ("K3.5", "Is the transmission examined?", judges.transmission),
    ("K3.5", "Are hands and writing annotated?", judges.hands),
    ("K3.6", "Are there variants, emendations and commentary?", judges.apparatus),
    ("K3.6", "Are text forms offered beside each other?", always(
        YES, "as transcribed, reading, expanded, and beside images or drawings of the pages",
        page("conventions", CONVENTIONS, "views"))),
    ("K3.7", "Is the data model named, reasoned and a standard one?", always(
        PARTLY, "a closed set of marks, each mapped to a TEI element; no TEI is made", _SIGNS)),
    ("K4.5", "Is the text transcribed whole?", judges.full_transcription),
    ("K4.5", "Is the text proofread?", judges.proofread),
    ("K4.5", "Are there images, and good ones?", judges.images),
    ("K4.5", "Do notes speak of unclear passages?", judges.unclear_passages),
    ("K4.5", "Is there a bibliography?", judges.bibliography),
    ("K4.5", "Are there links to what lies beyond?", judges.identifiers),
    ("K4.5", "Are there indices and visualisations?", always(
        PARTLY, "registers, glossary and chronology; neither map nor graph",
        page("chronology", CHRONOLOGY), page("glossary", GLOSSARY))),
    ("K4.3", "Can one browse by structure, page, document, date, person and place?", always(
        YES, "contents, pages of each document, chronology and registers with the places that "
        "name an entry", _CONTENTS, page("chronology", CHRONOLOGY))),
    ("K4.4", "Is there simple and advanced search, with help?", always(
        PARTLY, "words, beginnings of words, phrases, exclusion, in every form of the text; no "
        "signs for any letter, and no fields", _CONTENTS)),
    ("K4.8", "Are citations proposed for the whole and for parts?", at_document(
        YES, "each page proposes four forms, with version and day, and names the paragraph or note "
        "that was followed", "document")),
    ("K4.8", "Have parts persistent identifiers?", always(
        PARTLY, "paragraphs, notes and entries have addresses that are not given a second time; no "
        "DOI, no handle", check("id-retired"))),
    ("K4.9", "Are there interfaces, and is the raw data there to be taken?", always(
        PARTLY, "transcription, witnesses and supplied words as files; notes and registers are "
        "not, and there is no interface", _DOWNLOADS)),
    ("K4.11", "Are there further forms: mobile, PDF, EPUB?", always(
        PARTLY, "pages for small screens and for paper, and a folder for use without a network; "
        "no PDF, no EPUB", _CONTENTS)),
    ("K4.12", "Has each part its basic data?", at_document(
        PARTLY, "each document, each datum with its source; pages have none", "document")),
    ("K4.13", "Is it open, under a licence that is named?", judges.licence),
    ("K4.13", "Does an institution keep it, and are rights told?", judges.rights),
    ("K4.15", "Are there help texts and an introduction?", judges.introduction),
    ("K4.16", "Is the data archived, and is it told whether the edition is complete?", always(
        NO, "no archive is on record that keeps it, and nothing says whether it is complete")),
)  # fmt: skip

_ENDINGS: tuple[tuple[str, str, Judge], ...] = (
    ("1.1–1.3", "Open formats, versions, continual validation?", judges.kept_open),
    ("2.1–2.2", "Do data model and rights ship with the product?", always(
        YES, "conventions are made from the tool's own tables; the licence stands with the "
        "downloads", _SIGNS, _DOWNLOADS)),
    ("3.1", "Are inputs and outputs validated, and does an error stop the build?", always(
        YES, "every message but the warnings stops it; the last good site stands", _MESSAGES,
        *_PROVED)),
    ("3.2", "Is everything built again on a change?", always(
        PARTLY, "a fresh checkout builds all of it; a later build keeps what has not changed",
        *_PROVED)),
    ("4.1–4.3", "No server software, no boutique technology, no external services?", always(
        PARTLY, "static pages that fetch nothing from elsewhere; the theme brings scripts of its "
        "own", check("request-external"))),
    ("4.4", "No query strings, one simple address for each entity?", always(
        PARTLY, "each document and essay has its page, entries and notes a place on one; a view "
        "may stand behind a question mark", check("link-broken"))),
    ("4.5", "Is a documented copy of the source data in the site?", always(
        PARTLY, "of the texts, not of notes and registers", _DOWNLOADS)),
    ("4.6", "Does every page carry what it needs?", at_document(
        YES, "its whole text with its notes; only images and the search are loaded apart",
        "document")),
    ("4.7", "Does it work without scripts and styles?", at_document(
        YES, "without scripts all views stand, without styles the reading text does; notes are "
        "links", "document")),
    ("5.1", "Are releases planned, and is there no rolling release?", always(
        PARTLY, "a version is on every page; when a site is published no build can tell",
        _CONTENTS)),
    ("5.2", "Is a release coherent, consistent and complete?", always(
        PARTLY, "nothing is published while one link, name or passage leads nowhere; whether it is "
        "complete no check can tell",
        check("link-broken"), check("anchor-not-found"), check("publisher-failed"))),
    ("5.3", "Are version and day of the build on every page?", at_document(
        YES, "at the foot of each", "document")),
    ("5.4", "Is it told how to cite a page?", at_document(
        YES, "the menu Cite of each page", "document")),
    ("5.5", "Do addresses last, or lead on?", always(
        PARTLY, "that of a paragraph that was given up is not given again, and leads to where "
        "the page says what stands in its place; pages that are taken away leave nothing",
        check("id-retired"))),
)  # fmt: skip

_ADE: tuple[tuple[str, str, Judge], ...] = (
    ("", "Rigorous text, annotation and an account of practice?", judges.accounted),
    ("", "Is the transcription proofread?", judges.proofread),
    ("", "Are the conventions applied consistently?", always(
        YES, "the signs are a closed set, and no other is let through", check("mark-unknown"),
        check("kind-unknown"), check("attribute-invalid"))),
    ("", "Are editors' insertions clearly apart from the original?", always(
        YES, "corrections are records of their own, shown by a letter; supplied words stand in "
        "brackets, and only in one view", page("conventions", CONVENTIONS, "views"),
        check("expansion-differs"))),
    ("", "Are images legible, and changes of them told?", judges.images),
    ("", "Is the text encoded?", always(
        PARTLY, "in marks of its own with their TEI names; no TEI is made", _SIGNS)),
    ("", "Is there a format for the archive?", always(
        PARTLY, "plain text in UTF-8; no TEI and no archival PDF", _DOWNLOADS)),
)  # fmt: skip

_MLA: tuple[tuple[str, str, Judge], ...] = (
    ("", "Was no material missed?", judges.witnesses),
    ("", "Was every transcription compared with the original, or an image?",
        judges.against_original),
    ("", "If not, does the edition say so?", at_document(
        YES, "the row Proof at the head of each document, made from the record", "document")),
    ("", "Has somebody other than the transcriber checked it?", judges.second_reader),
    ("", "Was a sample checked for accuracy, and the result told?", always(
        NO, "no count of errors in a sample is on record")),
    ("", "Is there a textual essay: principles, provenance, description?", judges.transmission),
    ("", "Where TEI conformance is claimed, does it validate?", always(
        NO, "none is claimed, because no TEI is made")),
    ("", "Do text and apparatus agree?", always(
        YES, "each reading is looked for where it is said to be", check("variant-differs"),
        check("emendation-no-effect"), check("variant-outside-coverage"))),
)  # fmt: skip

_FAIR: tuple[tuple[str, str, Judge], ...] = (
    ("F1", "Persistent identifiers for edition, document and passage?", always(
        PARTLY, "addresses within the site are stable; no DOI", check("id-retired"))),
    ("I2", "Shared vocabularies?", judges.vocabularies),
    ("I3", "Links that say in data what they mean?", always(
        NO, "links say it in words; there are no linked data, no IIIF, no web annotations")),
    ("R1", "Licence and provenance?", always(
        PARTLY, "notes, corrections, variants and essays name author, licence and day, or the "
        "build stops; terms and entries are not signed",
        page("contributors", CONTRIBUTORS), check("author-unknown"), check("key-missing"))),
    ("CELL", "Can all parts be referred to directly?", at_document(
        YES, "each paragraph, note, page and entry has an address", "document")),
    ("CELL", "Can texts be compared?", judges.earlier),
    ("CELL", "Is it made to last?", always(
        PARTLY, "static files that need no server; no archive keeps them", _CONTENTS)),
)  # fmt: skip

_OWN: tuple[tuple[str, str, Judge], ...] = (
    ("1", "Has each insertion, deletion and doubtful reading its hand, without colour alone?",
        judges.hands),
    ("2", "Does a statement the build checks tell who transcribed and who checked each page?",
        judges.two_persons),
    ("3", "Is there a citation for page, line and note, with the version?", at_document(
        PARTLY, "for page, paragraph and note; lines have no address", "document")),
    ("4", "Has every claim of a note its source and author?", judges.sourced),
    ("5", "Is every abbreviation explained, or said not to be?", judges.abbreviations),
    ("6", "No note without its passage, no entry without a mention, no dead link?", always(
        YES, "each is an error", check("anchor-not-found"), check("entry-unmentioned"),
        check("link-broken"))),
    ("6", "Has each image of a page words for those who do not see it?", at_document(
        PARTLY, "each has; they name the page, and the text stands beside it", "document")),
    ("7", "Valid TEI with its schema, by page and whole?", always(NO, "no TEI is made")),
    ("8", "Does it open from a folder, with search?", always(
        YES, "the command edition build --offline makes it, and its texts are compared too",
        check("text-differs"))),
    ("9", "Can text and notes be read without scripts?", at_document(
        YES, "all of them stand in the page", "document", "ed.notes")),
    ("10", "Is there a way by keyboard from the text to a note and back?", at_document(
        YES, "each sign is a link, and each note leads back", "document", "ed.notes")),
    ("11", "Are licence and rights stated for each image?", judges.image_rights),
    ("12", "Are version and changes on every page?", at_document(
        PARTLY, "the version and the day are; the list of changes is not", "document")),
)  # fmt: skip

CRITERIA: tuple[Criterion, ...] = tuple(
    Criterion(group, *row)
    for group, rows in (
        (RIDE, _RIDE), (ENDINGS, _ENDINGS), (ADE, _ADE), (MLA, _MLA), (FAIR, _FAIR), (OWN, _OWN),
    )
    for row in rows
)  # fmt: skip
