"""How the edition is cited: patterns in four formats, which the theme fills for each page.

A pattern names what only the page knows: ⟨title⟩, ⟨at⟩ (the place on the page), ⟨url⟩, ⟨key⟩, and
the day of the build, ⟨date⟩, ⟨year⟩, ⟨iso⟩. ⟨i⟩ and ⟨/i⟩ enclose what is set in italic.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from build_tools.model.records import Edition

TEX = {ord(sign): f"\\{sign}" for sign in "&%$#_{}"} | {
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}


def citation_patterns(edition: Edition) -> dict[str, str]:
    """Return the patterns by format, escaped for HTML."""
    described = edition.description
    whole = ": ".join(part for part in (described.title, described.subtitle) if part)
    people = [edition.contributors[name] for name in described.editors]
    patterns = {
        "chicago": _chicago(whole, _listed([one.name for one in people]), described.version),
        "mla": _mla(whole, _listed([one.name for one in people]), described.version),
        "bibtex": _bibtex(
            whole,
            " and ".join(
                f"{{{_tex(one.name)}}}" if one.kind == "corporate" else _tex(one.name)
                for one in people
            ),
            described.version,
        ),
        "ris": _ris(whole, [one.name for one in people], described.version),
    }
    return {name: html.escape(pattern) for name, pattern in patterns.items()}


def edition_data(edition: Edition) -> Mapping[str, str | Mapping[str, str]]:
    """Return what the theme says of the edition on every page, escaped for HTML."""
    described = edition.description
    return {
        "title": html.escape(described.title),
        "version": html.escape(described.version),
        "patterns": citation_patterns(edition),
    }


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _chicago(whole: str, editors: str, version: str) -> str:
    edited = f", ed. {editors}" if editors else ""
    return f"“⟨title⟩,” in ⟨i⟩{whole}⟨/i⟩{edited}, version {version} (⟨date⟩)⟨at⟩⟨url⟩."


def _mla(whole: str, editors: str, version: str) -> str:
    edited = f", edited by {editors}" if editors else ""
    return f"“⟨title⟩.” ⟨i⟩{whole}⟨/i⟩{edited}, version {version}, ⟨date⟩⟨at⟩⟨url⟩."


def _bibtex(whole: str, editors: str, version: str) -> str:
    fields = {"title": "⟨title⟩", "booktitle": _tex(whole), "editor": editors, "year": "⟨year⟩"}
    lines = [f"  {name:<9} = {{{value}}},\n" for name, value in fields.items() if value]
    note = f"  note      = {{Version {_tex(version)}, ⟨date⟩⟨at⟩}}\n"
    return "@incollection{⟨key⟩,\n" + "".join(lines) + "⟨url⟩" + note + "}"


def _ris(whole: str, editors: Sequence[str], version: str) -> str:
    lines = ["TY  - CHAP", "TI  - ⟨title⟩", f"T2  - {whole}"]
    lines += [f"A2  - {name}" for name in editors]
    lines += ["PY  - ⟨year⟩", "DA  - ⟨iso⟩/", f"ET  - {version}"]
    return "\n".join(lines) + "\n⟨at⟩⟨url⟩ER  - "


def _tex(words: str) -> str:
    return words.translate(TEX)
