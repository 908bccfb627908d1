"""What is known of a site that was proved, kept from one build to the next."""

from __future__ import annotations

from pathlib import Path

from build_tools.publish import held
from build_tools.publish.incremental import STATES, TOOL, versions
from build_tools.publish.look import tool_digest
from build_tools.verify.proved import Known, as_json, from_json


def recall(root: Path, name: str) -> Known:
    """Read what is known of the last site; what another version has proved does not count."""
    try:
        prover, known = held.read(_file(root, name), _parsed)
    except FileNotFoundError:
        return Known()
    return known if prover == _prover() else Known()


def keep(root: Path, name: str, known: Known) -> None:
    """Write what is known of a site, for the next build."""
    value = (_prover(), known)
    held.write(_file(root, name), value, lambda kept: f"{kept[0]}\n{as_json(kept[1])}")


def _file(root: Path, name: str) -> Path:
    return root / STATES / f"proved-{name}.json"


def _prover() -> str:
    return f"{tool_digest(TOOL)} {versions()!r}"


def _parsed(text: str) -> tuple[str, Known]:
    prover, _, data = text.partition("\n")
    return prover, from_json(data)
