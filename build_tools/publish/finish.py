"""What is done to the pages that MkDocs has made: the security policy, and our search."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_tools.model.place import Place
from build_tools.model.problem import Problem
from build_tools.publish.policy import (
    MISSING_PAGE,
    THEME_VERSION,
    inline_scripts,
    policy,
    script_hash,
    with_policy,
)
from build_tools.publish.search import worker_address, worker_of

PAGE_ENDINGS = (".html", ".htm")


def finish_pages(
    stage: Path, pages: Iterable[str] | None = None, *, site_url: str = "", guarded: bool = True
) -> tuple[Problem, ...]:
    """Finish the pages of a site, or those named: each is read and written once.

    ``guarded``: with the security policy. A site opened from a folder has none, because its search
    needs a script that is written into the page.
    """
    worker = worker_of(stage)
    ours = worker_address(stage) if worker else ""
    problems: tuple[Problem, ...] = ()
    for name in html_files(stage) if pages is None else pages:
        file = stage / name
        markup = before = file.read_bytes().decode(errors="surrogateescape")
        if worker:
            markup = markup.replace(worker, ours)
        if guarded:
            if name == MISSING_PAGE:
                problems = _unknown_scripts(markup, site_url)
            markup = with_policy(markup, policy(name, site_url=site_url))
        if markup != before:
            file.write_bytes(markup.encode(errors="surrogateescape"))
    return problems


def html_files(stage: Path) -> Iterator[str]:
    """Yield the pages of a site by their paths."""
    for folder, folders, names in os.walk(stage):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(PAGE_ENDINGS):
                yield (Path(folder) / name).relative_to(stage).as_posix()


def _unknown_scripts(markup: str, site_url: str) -> tuple[Problem, ...]:
    """Look at the one page that holds nothing but the theme: the policy must know its scripts."""
    allowed = policy(MISSING_PAGE, site_url=site_url)
    return tuple(
        Problem(
            "publisher-failed",
            Place("mkdocs.yml"),
            f"the theme writes a script into the pages that the security policy does not allow "
            f"({script_hash(script)})",
            f"use mkdocs-material {THEME_VERSION}, and none of its features that add scripts "
            "(analytics, consent, versions, announcements that can be closed)",
        )
        for script in inline_scripts(markup)
        if script_hash(script) not in allowed
    )
