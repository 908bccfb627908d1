"""What the panel knows with which a reader drafts a note: the rules of the check, as data.

The values, the folding and the sources are those of the model, so that the panel and the build
cannot differ. They are one classic script an edition, fetched when the panel is first opened: a
script from the site's own folder runs under the strictest policy and from a folder on a disk,
where a page cannot fetch data, and it outlives the pages that take each other's place.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from build_tools.model.folding import FOLDS, IGNORED, SPACES, UNSPACED
from build_tools.model.kinds import CERTAINTIES
from build_tools.model.records import (
    EVIDENCE,
    FAULTS,
    NOTE_KINDS,
    SOURCE_TYPES,
    STANDINGS,
    Edition,
    EditionDescription,
)
from build_tools.model.standings import ADMISSIONS, DOUBT, HEDGES, UNCHECKED, UNVERIFIED

DRAFTING = "edition/drafting.js"

HOSTS = {
    "github.com": "github",
    "codeberg.org": "forgejo",
    "gitea.com": "gitea",
    "gitlab.com": "gitlab",
}
"""Forges that are known by their address; any other is named in edition.yml."""

UNSAFE = re.compile("[<>&\u2028\u2029]")
"""Characters that no reader of the file, browser or person, may take for something else."""


def drafting_script(edition: Edition) -> bytes:
    """Return the script that hands the panel its data, under the panel's one name."""
    data = json.dumps(_data(edition), ensure_ascii=False, separators=(",", ":"))
    safe = UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", data)
    return (
        "/* Without this script the page is complete; with it the panel Suggest a note knows this "
        "edition. Made by the builder. */\n"
        "window.editionDrafting = window.editionDrafting || {};\n"
        f"window.editionDrafting.data = {safe};\n"
    ).encode()


def _data(edition: Edition) -> dict[str, object]:
    description = edition.description
    language = description.language[:2]
    return {
        "edition": description.title,
        "license": description.license,
        "repository": _repository(description),
        "forge": forge_of(description),
        "branch": description.branch,
        "kinds": NOTE_KINDS,
        "standings": STANDINGS,
        "certainties": CERTAINTIES,
        "evidence": EVIDENCE,
        "faults": FAULTS,
        "types": SOURCE_TYPES,
        "links": _linked(edition),
        "documents": list(edition.documents),
        "agrees": _agrees(description.language),
        "doubt": DOUBT,
        "unchecked": UNCHECKED.get(language, ""),
        "unverified": UNVERIFIED[language].pattern if language in UNVERIFIED else "",
        "sources": [
            (one.id, one.fields.get("title-short", ""), one.fields.get("title", ""))
            for one in edition.sources.values()
        ],
        "folding": {
            "spaces": "".join(sorted(SPACES)),
            "ignored": "".join(sorted(IGNORED)),
            "folds": FOLDS,
            "unspaced": "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED),
        },
    }


def _linked(edition: Edition) -> list[str]:
    """Return what a link may name, apart from sources and what stands in documents."""
    return [
        *edition.entries,
        *(f"term:{name}" for name in edition.terms),
        *(f"essay:{name}" for name in edition.essays),
    ]


def _agrees(language: str) -> dict[str, dict[str, str | bool]]:
    """Return by standing what the words of a note must or must not say, and what it must name."""
    hedges, admissions = HEDGES.get(language[:2]), ADMISSIONS.get(language[:2])
    says: dict[str, str | bool] = {"says": admissions.pattern} if admissions else {}
    never: dict[str, str | bool] = {"never": hedges.pattern} if hedges else {}
    return {"fact": {"sourced": True, **never}, "conjecture": says, "unverified": says}


def _repository(description: EditionDescription) -> str:
    return description.repository.rstrip("/").removesuffix(".git")


def forge_of(description: EditionDescription) -> str:
    """Return the kind of forge that keeps the edition; empty where it is not known."""
    if description.forge or not description.repository:
        return description.forge
    host = urlsplit(description.repository).hostname or ""
    return HOSTS.get(host.removeprefix("www."), "")
