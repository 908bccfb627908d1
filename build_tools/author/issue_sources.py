"""The sources that an issue names: those of the edition, and those it describes as new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from build_tools.author.ids import derived_id
from build_tools.author.issue_fields import OF_A_SOURCE
from build_tools.author.issue_text import IssueText
from build_tools.author.values import Value
from build_tools.model.problem import Problem
from build_tools.model.records import SOURCE_TYPES, Source

CITED = re.compile(r"\[@(?P<id>[^\],]+)(?:,\s*(?P<locator>[^\]]+))?\]")
LISTED = re.compile(r"(?P<title>.+?)\s*\[(?P<id>[a-z][a-z0-9-]*)\](?:,?\s*(?P<locator>.+))?")
BULLET = re.compile(r"[-*•]\s+")
KEYS = {label.casefold(): key for key, label in OF_A_SOURCE.items()} | {
    key.casefold(): key for key in OF_A_SOURCE
}
NEEDED = ("type", "title", "title-short")


def cited_sources(issue: IssueText, sources: Mapping[str, Source]) -> Iterator[tuple[int, Value]]:
    """Yield the sources of the edition that an issue names, one a line, each with its line."""
    answer = issue.answers.get("sources")
    for number, line in enumerate(answer.lines if answer else (), answer.first if answer else 0):
        words = BULLET.sub("", line.strip(), count=1)
        if words:
            name, locator = _named(words, sources)
            yield number, {"source": name, "locator": locator} if locator else name


def _named(words: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Find a source by id, by citation, as the panel lists it, or by its title."""
    found = CITED.fullmatch(words) or LISTED.fullmatch(words)
    if found:
        return found["id"].strip(), (found["locator"] or "").strip()
    by_title = {
        title.casefold(): name
        for name, one in sources.items()
        for title in (one.fields.get("title", ""), one.fields.get("title-short", ""), name)
        if title
    }
    # A title may hold commas, a locator as well: the longest title that is one counts.
    parts = words.split(",")
    for end in range(len(parts), 0, -1):
        name = by_title.get(",".join(parts[:end]).strip().casefold(), "")
        if name:
            return name, ",".join(parts[end:]).strip()
    name, _, locator = words.partition(",")
    return name.strip(), locator.strip()


def new_sources(issue: IssueText) -> Iterator[tuple[int, Value]]:
    """Yield the sources that an issue describes, each with the line that it begins in.

    An empty line stands between two of them.
    """
    answer = issue.answers.get("new")
    groups: list[dict[str, tuple[str, int]]] = [{}]
    before = len(issue.problems)
    for number, line in enumerate(answer.lines if answer else (), answer.first if answer else 0):
        words = BULLET.sub("", line.strip(), count=1)
        if not words:
            groups.append({})
            continue
        label, colon, value = (part.strip() for part in words.partition(":"))
        key = KEYS.get(label.casefold(), "") if colon else ""
        if not key:
            issue.problems.append(_not_said(issue, number, label if colon else ""))
        elif key in groups[-1]:
            message = f'"{label}" is said of this source twice'
            hint = "leave an empty line before the next source"
            issue.problems.append(Problem("key-duplicate", issue.place(number), message, hint))
        elif value:
            groups[-1][key] = (value, number)
    if len(issue.problems) > before:
        # What is missing may stand in the very line that was not understood.
        return
    taken: list[str] = []
    for group in groups:
        if group and _is_whole(issue, group):
            first = min(number for _, number in group.values())
            yield first, _described({key: value for key, (value, _) in group.items()}, taken)


def _not_said(issue: IssueText, number: int, label: str) -> Problem:
    message = (
        f'"{label}" is nothing that is said of a source'
        if label
        else ("this line does not say what it tells of the source")
    )
    hint = f"begin every line with one of: {', '.join(f'{one}:' for one in OF_A_SOURCE.values())}"
    return Problem("key-unknown", issue.place(number), message, hint)


def _is_whole(issue: IssueText, group: Mapping[str, tuple[str, int]]) -> bool:
    first = min(number for _, number in group.values())
    for key in NEEDED:
        if key not in group:
            message = f'of this source the "{OF_A_SOURCE[key]}" is not said'
            hint = f"add a line   {OF_A_SOURCE[key]}: …"
            issue.problems.append(Problem("key-missing", issue.place(first), message, hint))
    kind, number = group.get("type", ("", 0))
    if kind and kind.casefold() not in SOURCE_TYPES:
        message = f'"{kind}" is no kind of source'
        hint = f"write one of {', '.join(SOURCE_TYPES)}"
        issue.problems.append(Problem("value-invalid", issue.place(number), message, hint))
    return all(key in group for key in NEEDED)


def _described(said: Mapping[str, str], taken: list[str]) -> Value:
    name = derived_id(said["title-short"], "source", taken)
    taken.append(name)
    fields: dict[str, Value] = {"id": name}
    for key in OF_A_SOURCE:
        if key == "author" and key in said:
            fields[key] = [_person(one) for one in said[key].split(";") if one.strip()]
        elif key == "type":
            fields[key] = said[key].casefold()
        elif key in said and key != "locator":
            fields[key] = said[key]
    item: dict[str, Value] = {"locator": said["locator"]} if "locator" in said else {}
    return {**item, "new": fields}


def _person(name: str) -> Value:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": name.strip()}
