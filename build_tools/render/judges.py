"""Answers to reviewers' questions that follow from an edition's own data."""

from __future__ import annotations

from build_tools.model.bound import BoundDocument
from build_tools.render.addresses import (
    CONTENTS,
    CONTRIBUTORS,
    CONVENTIONS,
    PROOF,
    SOURCES,
    apparatus_page,
    page_of,
)
from build_tools.render.verdicts import (
    NO,
    PARTLY,
    YES,
    Evidence,
    Facts,
    Verdict,
    check,
    counted,
    document_of,
    essay_page,
    page,
    share,
)

PROOF_PAGE = page("proof", PROOF)


def citable(facts: Facts) -> Verdict:
    """Whether title, editors, version and address make it a bibliographic item."""
    described = facts.bound.edition.description
    lacks = [] if described.editors else ["no editors are named"]
    lacks += [] if described.site_url else ["no address of publication is on record"]
    why = f"version {described.version}, licence {described.license}"
    return Verdict(
        PARTLY if lacks else YES, "; ".join([why, *lacks]), (page("contents", CONTENTS),)
    )


def contributors(facts: Facts) -> Verdict:
    """Whether people are named, or only a body."""
    persons = sum(one.kind == "person" for one in facts.people)
    bodies = [one.name for one in facts.people if one.kind != "person"]
    says = share(persons, len(facts.people)) if persons else PARTLY if bodies else NO
    why = f"{counted(persons, 'person', 'persons')} named"
    if bodies:
        why += f"; signed by a body: {', '.join(bodies)}"
    return Verdict(says, why, (page("contributors", CONTRIBUTORS), check("author-unknown")))


def contact(facts: Facts) -> Verdict:
    """Whether a reader can reach somebody."""
    described = facts.bound.edition.description
    if described.repository:
        why = "each document takes suggestions, which go to the repository of the edition"
        return Verdict(YES, why, (document_of(facts, "document"),))
    if any(one.url or one.orcid for one in facts.people):
        why = "some contributors give an address; no repository is named"
        return Verdict(PARTLY, why, (page("contributors", CONTRIBUTORS),))
    return Verdict(NO, "neither a repository nor an address of a contributor is on record")


def told(facts: Facts, *words: str) -> Verdict:
    """Whether an essay is there that should tell it; no program reads whether it does."""
    essay = facts.essay(*words)
    if essay is None:
        return Verdict(NO, "no essay is there that would tell it")
    return Verdict(
        PARTLY, "an essay is there; whether it tells enough is for readers", (essay_page(essay),)
    )


def method(facts: Facts) -> Verdict:
    """Whether the editorial method is stated."""
    essay = facts.essay("method")
    signs = page("conventions", CONVENTIONS)
    if essay is None:
        return Verdict(PARTLY, "the signs are explained, the method is not", (signs,))
    return Verdict(YES, "the method has an essay, the signs a page", (essay_page(essay), signs))


def earlier(facts: Facts) -> Verdict:
    """Whether earlier editions are named, and compared."""
    named = [one for one in facts.documents if one.document.description.printed]
    compared = [one for one in named if one.variants]
    if not named:
        return Verdict(NO, "none is named")
    why = f"named for {len(named)} of {counted(len(facts.documents), 'document')}"
    why += f", compared for {len(compared)}"
    evidence = tuple(page("apparatus", apparatus_page(one.id)) for one in compared[:1])
    whole = [one for one in compared if not _is_in_part(one)]
    why += ", in part only" if len(whole) < len(compared) else ""
    says = YES if len(whole) == len(facts.documents) else PARTLY
    return Verdict(says, why, evidence or (document_of(facts, "document"),))


def _is_in_part(document: BoundDocument) -> bool:
    """Tell whether a further witness is known in part only."""
    return any(witness.covers for witness in document.document.description.witnesses)


def bibliography(facts: Facts) -> Verdict:
    """Whether the sources are listed."""
    sources = facts.bound.edition.sources.values()
    read = sum(bool(one.fields.get("read")) for one in sources)
    why = f"{counted(len(sources), 'source')}; for {read} it is told how much was read"
    return Verdict(YES if sources else NO, why, (page("sources", SOURCES), check("source-unknown")))


def unclear_passages(facts: Facts) -> Verdict:
    """Whether notes speak of the text itself."""
    textual = sum(note.kind == "textual" for note in facts.notes)
    why = f"{counted(textual, 'textual note')}"
    return Verdict(YES if textual else NO, why, (document_of(facts, "notes", "ed.notes"),))


def identifiers(facts: Facts) -> Verdict:
    """Whether persons and places are identified in authority files."""
    entries = facts.entries("person", "place", "organisation")
    known = sum(bool(one.identifiers) for one in entries)
    why = f"{known} of {len(entries)} persons, places and organisations have an identifier"
    return Verdict(share(known, len(entries)), why, (page("persons", page_of("person", "")[0]),))


def images(facts: Facts) -> Verdict:
    """Whether there are images; their quality no program tells."""
    there, pages = facts.images()
    why = f"{there} of {counted(pages, 'page')} have an image"
    if not there:
        return Verdict(NO, why)
    why += "; their quality, and what was changed in them, is not on record"
    return Verdict(PARTLY, why, (document_of(facts, "document"),))


def full_transcription(facts: Facts) -> Verdict:
    """Whether the text is whole, and proved against a witness given by its text."""
    proved = sum(
        one.document.description.basis in one.document.witness_texts for one in facts.documents
    )
    total = len(facts.documents)
    why = (
        f"the basis, not its paper, spelled out and compared, character by character: {proved} of "
    )
    why += counted(total, "document")
    says = YES if proved == total else PARTLY
    return Verdict(says, why, (PROOF_PAGE, check("witness-differs")))


def proofread(facts: Facts) -> Verdict:
    """How far people have verified the text."""
    second, total = facts.pages_in("second")
    signed, _ = facts.pages_in("transcribed")
    collated, _ = facts.pages_in("collated")
    why = f"of {counted(total, 'page')}: {signed} signed as transcribed, {collated} collated, "
    why += f"{second} read by a second person"
    says = YES if second == total else PARTLY if signed or collated or second else NO
    return Verdict(says, why, (PROOF_PAGE, check("proof-stale")))


def against_original(facts: Facts) -> Verdict:
    """Whether the text was compared with the original, or an image of it."""
    done, total = facts.pages_in("image")
    why = f"{done} of {counted(total, 'page')} checked against an image"
    return Verdict(share(done, total), why, (PROOF_PAGE,))


def second_reader(facts: Facts) -> Verdict:
    """Whether somebody else has read the text."""
    done, total = facts.pages_in("second")
    why = f"{done} of {counted(total, 'page')} read by a second person"
    return Verdict(share(done, total), why, (PROOF_PAGE,))


def witnesses(facts: Facts) -> Verdict:
    """Whether every witness is known and compared whole."""
    further = [
        witness
        for one in facts.documents
        for witness in one.document.description.witnesses
        if witness.siglum != one.document.description.basis
    ]
    if not further:
        return Verdict(NO, "no witness but the basis is named")
    part = sum(bool(witness.covers) for witness in further)
    why = f"{counted(len(further), 'further witness', 'further witnesses')}, {part} of them "
    why += "compared in part; whether others exist no program tells"
    return Verdict(PARTLY, why, (document_of(facts, "document"),))


def transmission(facts: Facts) -> Verdict:
    """Whether the witnesses are described."""
    described = [w for one in facts.documents for w in one.document.description.witnesses]
    known = sum(bool(w.description) for w in described)
    why = f"{known} of {counted(len(described), 'witness', 'witnesses')} described"
    essay = facts.essay("witness")
    evidence = [document_of(facts, "document"), *([essay_page(essay)] if essay else [])]
    says = share(known, len(described))
    why += "; how well, a reader has to judge" if says == YES else ""
    return Verdict(PARTLY if says == YES else says, why, tuple(evidence))


def hands(facts: Facts) -> Verdict:
    """Whether each insertion, deletion and doubtful reading has a hand that is known."""
    marks = list(facts.changes())
    if not marks:
        return Verdict(NO, "no insertion, deletion or doubtful reading is recorded")
    known = 0
    for mark, document in marks:
        media = {hand.id: hand.medium for hand in document.document.description.hands}
        known += media.get(mark.mark.get("hand"), "unknown") != "unknown"
    why = f"of {counted(len(marks), 'insertion, deletion or doubtful reading', MANY)}, "
    why += f"{known} in a hand whose medium is known"
    return Verdict(
        share(known, len(marks)), why, (document_of(facts, "document"), check("hand-unknown"))
    )


MANY = "insertions, deletions and doubtful readings"


def apparatus(facts: Facts) -> Verdict:
    """Whether there are variants, emendations and commentary."""
    counts = {
        "emendation": sum(len(one.emendations) for one in facts.documents),
        "variant": sum(len(one.variants) for one in facts.documents),
        "note": len(facts.notes),
    }
    why = ", ".join(counted(number, name) for name, number in counts.items())
    evidence: list[Evidence] = [document_of(facts, "notes", "ed.notes")]
    if facts.documents:
        evidence.append(page("apparatus", apparatus_page(facts.documents[0].id)))
    there = sum(bool(number) for number in counts.values())
    return Verdict(share(there, len(counts)), why, tuple(evidence))


def rights(facts: Facts) -> Verdict:
    """Whether a licence is named for the whole and for every record; nobody curates by data."""
    licensed = sum(bool(record.license) for record in facts.records)
    why = f"licence {facts.bound.edition.description.license}; "
    why += f"{licensed} of {len(facts.records)} notes, emendations and variants name their own"
    why += "; no institution that keeps the edition is on record"
    return Verdict(PARTLY, why, (page("contributors", CONTRIBUTORS), check("key-missing")))


def licence(facts: Facts) -> Verdict:
    """Whether everybody may read it, and a licence says what else they may."""
    why = f"free to read; licence {facts.bound.edition.description.license}"
    return Verdict(YES, why, (page("contents", CONTENTS),))


def introduction(facts: Facts) -> Verdict:
    """Whether there are help texts and an introduction."""
    essay = facts.essay("introduction")
    signs = page("conventions", CONVENTIONS)
    if essay is None:
        return Verdict(PARTLY, "the signs are explained; there is no introduction", (signs,))
    return Verdict(YES, "an introduction, and a page of conventions", (essay_page(essay), signs))


def kept_open(facts: Facts) -> Verdict:
    """Whether formats are open, versions kept, and everything validated all the time."""
    repository = facts.bound.edition.description.repository
    why = "plain text, YAML and Markdown, validated by every build; "
    why += "a repository is named" if repository else "no public repository is on record"
    return Verdict(
        YES if repository else PARTLY, why, (check("yaml-invalid"), check("markup-invalid"))
    )


def accounted(facts: Facts) -> Verdict:
    """Whether text, annotation and an account of practice come together."""
    parts = [bool(facts.documents), bool(facts.notes), facts.essay("method") is not None]
    why = "texts, notes and an essay on method" if all(parts) else "not all three are there: "
    if not all(parts):
        names = ("texts", "notes", "an essay on method")
        why += "missing " + ", ".join(n for n, there in zip(names, parts, strict=True) if not there)
    says = PARTLY if all(parts) else share(sum(parts), 3)
    why += "; how rigorous they are, a reader has to judge" if all(parts) else ""
    return Verdict(says, why, (document_of(facts, "document"),))


def vocabularies(facts: Facts) -> Verdict:
    """Whether entries use shared vocabularies."""
    used = sorted({name for e in facts.bound.edition.entries.values() for name in e.identifiers})
    if not used:
        return Verdict(NO, "no identifier of an authority file is on record, and no TEI is made")
    why = f"identifiers: {', '.join(used)}; neither TEI nor schema.org is made"
    return Verdict(PARTLY, why, (page("persons", page_of("person", "")[0]),))


def sourced(facts: Facts) -> Verdict:
    """Whether each statement of fact has source and author."""
    told_as_fact = [note for note in facts.notes if note.standing == "fact"]
    with_source = sum(bool(one.sources or one.body.citations()) for one in told_as_fact)
    why = f"{with_source} of {counted(len(told_as_fact), 'note')} of standing fact name a source; "
    why += "every note is signed. Notes are not divided into single claims"
    says = PARTLY if with_source else NO
    return Verdict(says, why, (document_of(facts, "notes", "ed.notes"), check("note-unsourced")))


def two_persons(facts: Facts) -> Verdict:
    """Whether a statement that the build checks tells who transcribed and who checked."""
    signed, total = facts.pages_in("transcribed")
    second, _ = facts.pages_in("second")
    why = f"every build compares the statement with the text: {signed} of {total} pages "
    why += f"transcribed, {second} read by a second person"
    says = YES if signed == second == total else PARTLY if signed or second else NO
    return Verdict(says, why, (PROOF_PAGE, check("proof-stale")))


def abbreviations(facts: Facts) -> Verdict:
    """Whether each abbreviation is explained or excused; the build fails else."""
    found = sum(len(block.expansions) for one in facts.documents for block in one.blocks.values())
    why = f"{counted(found, 'place')} explained; one that no term accounts for stops the build"
    return Verdict(YES, why, (check("abbreviation-unresolved"),))


def image_rights(facts: Facts) -> Verdict:
    """Whether licence and rights are stated for each image: there is no place for it yet."""
    there, _ = facts.images()
    why = "there is no image" if not there else "the rights of an image have no place in the data"
    return Verdict(NO, why)
