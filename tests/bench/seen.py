"""What a reader and a writer wait for: the first hit of a search, an edit in the preview."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO

from playwright.sync_api import sync_playwright

from tests.browser.conftest import _launched, served

FIELD, LINK = ".md-search__input", ".md-search-result__link"


def first_hit(site: Path, words: str = "missiles") -> tuple[float, float]:
    """Return seconds to the first hit, and to that of a second search."""
    with sync_playwright() as playwright, served(site) as address:
        page = _launched(playwright).new_page()
        page.goto(address, wait_until="networkidle")
        return _seconds(page, "inspection"), _seconds(page, words)


def _seconds(page: object, words: str) -> float:
    field = page.locator(FIELD)  # type: ignore[attr-defined]
    field.click()
    field.fill("")
    field.press("Shift")
    page.wait_for_timeout(400)  # type: ignore[attr-defined]
    started = time.monotonic()
    field.fill(words)
    field.press("Shift")
    page.locator(LINK).first.wait_for(state="attached", timeout=120_000)  # type: ignore[attr-defined]
    return time.monotonic() - started


def edit_seen(root: Path, project: Path, number: int = 3) -> float:
    """Return seconds from saving a note to the page that has its new words, in the preview.

    Of three edits, one after the other, the middle: the first one finds nothing held.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "build_tools", "--root", str(root), "serve"]
    with subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        note = root / f"edition/documents/document-{number:04}/notes/note-03.md"
        address = f"http://127.0.0.1:{port}/edition/document-{number:04}/"
        try:
            return sorted(_edited(server.stdout, note, address) for _ in range(3))[1]
        finally:
            server.terminate()


def _edited(said: IO[str], note: Path, address: str) -> float:
    for line in said:
        if re.match("Built at", line):
            break
    words = f"Seen at {time.time_ns()}"
    note.write_text(f"{note.read_text()}\n{words}.\n")
    started = time.monotonic()
    while words not in urllib.request.urlopen(address).read().decode():
        if time.monotonic() - started > 300:
            raise TimeoutError("the edit did not show")
        time.sleep(0.02)
    return time.monotonic() - started
