"""The live preview: an edit shows once, a problem shows with its remedy, Ctrl-C ends it."""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from build_tools.publish.preview import Preview, preview_server, snapshot
from tests.copies import sound_copy

TOP = Path(__file__).resolve().parents[1]
NOTE = "edition/documents/letter/notes/quickly.md"
PAGE = "edition/letter/"
PATIENCE = 40.0
"""Seconds after which something that should happen has not."""


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


class Served:
    """``edition serve``, run as a person runs it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "build_tools", "--root", str(root), "serve", "--port", "0"],
            cwd=TOP,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        self.address = self.wait_for(r"(http://127\.0\.0\.1:\d+/)")

    def _listen(self, out: IO[str]) -> None:
        for line in out:
            self._lines.put(line)

    def wait_for(self, pattern: str, seconds: float = PATIENCE) -> str:
        """Wait for a line and return it, or the first group of the pattern."""
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"nothing like {pattern} was said: {self.said}")
            self.said.append(line)
            if found := re.search(pattern, line):
                return found[found.re.groups]

    def builds(self, seconds: float) -> int:
        """Count what is built within some seconds."""
        end = time.monotonic() + seconds
        number = 0
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            self.said.append(line)
            number += bool(re.search("^Built at|found\\.$", line))
        return number

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(sound_copy(tmp_path / "letters"))
    yield served
    served.process.kill()
    served.process.wait()


def test_an_edit_shows_once_and_a_problem_with_its_remedy(served: Served) -> None:
    served.wait_for("^Built at")
    assert served.builds(2) == 0, "the first build starts no second one"
    # An edit shows, and is built once.
    assert "A new word." not in fetch(served.address + PAGE)[1]
    file = served.root / NOTE
    file.write_text(f"{file.read_text()}A new word.\n")
    served.wait_for("^Built at")
    assert "A new word." in fetch(served.address + PAGE)[1]
    assert served.builds(3) == 0, "one edit is one build"
    # A problem shows as a page, with what would mend it, at every address.
    served.edit(NOTE, 'exact: "quickly"', 'exact: "quikly"')
    served.wait_for("found")
    for path in ("", PAGE, "edition/names/"):
        status, page = fetch(served.address + path)
        assert status == 200
        assert "error[anchor-not-found]" in page
        assert "did you mean" in page
        assert "/.edition/reload.js" in page
    assert (served.root / "site" / PAGE / "index.html").is_file(), "the last good site stands"
    # The page returns when it is mended.
    served.edit(NOTE, 'exact: "quikly"', 'exact: "quickly"')
    served.wait_for("^Built at")
    assert "A new word." in fetch(served.address + PAGE)[1]
    assert served.builds(2) == 0


def test_what_is_saved_while_it_builds_is_not_missed(served: Served) -> None:
    served.wait_for("^Built at")
    file = served.root / NOTE
    words = file.read_text()
    for number in range(6):
        # A build of these texts takes longer than this: some of these land in the middle of one.
        file.write_text(f"{words}Word number {number}.\n")
        time.sleep(0.25)
    end = time.monotonic() + PATIENCE
    while "Word number 5." not in fetch(served.address + PAGE)[1]:
        assert time.monotonic() < end, served.said
        time.sleep(0.2)
    served.builds(2)
    assert served.builds(1.5) == 0


def test_a_browser_that_waits_is_told_of_the_next_build(served: Served) -> None:
    served.wait_for("^Built at")
    told = re.search(r'data-build="(\d+)"', fetch(served.address)[1])
    assert told
    answers: list[str] = []
    question = f"{served.address}.edition/wait?{told[1]}"
    waiting = threading.Thread(target=lambda: answers.append(fetch(question)[1]))
    waiting.start()
    time.sleep(0.5)
    assert not answers
    served.edit(NOTE, "label:", "label: ")
    waiting.join(PATIENCE)
    assert answers == [str(int(told[1]) + 1)]


@pytest.mark.skipif(os.name == "nt", reason="there Ctrl-C cannot be sent to one program")
@pytest.mark.parametrize("moment", ["waiting", "building"])
def test_control_c_ends_it(served: Served, moment: str) -> None:
    if moment == "waiting":
        served.wait_for("^Built at")
        # A browser that holds a question open does not hold up the end.
        threading.Thread(target=wait_in_vain, args=(served.address,), daemon=True).start()
        time.sleep(0.5)
    else:
        time.sleep(0.4)
    served.process.send_signal(signal.SIGINT)
    # Where the signal meets a text that is being run as code, Python ends by the signal itself.
    assert served.process.wait(10) in (0, -signal.SIGINT)
    time.sleep(0.2)
    served.builds(0.2)
    said = "".join(served.said)
    assert "Traceback" not in said
    assert "Stopped." in said


def wait_in_vain(address: str) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        fetch(f"{address}.edition/wait?1")


# The server by itself


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "folder").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_text("<html><body>Home</body></html>")
    (site / "folder/index.html").write_text("<p>No body")
    (site / "style.css").write_text("p {}")
    (tmp_path / "secret.txt").write_text("secret")
    return site


@pytest.fixture
def preview() -> Preview:
    return Preview()


@pytest.fixture
def address(site: Path, preview: Preview) -> Iterator[str]:
    server = preview_server(site, preview, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_pages_look_again_and_files_are_as_they_are(address: str, preview: Preview) -> None:
    preview.show("")
    home = fetch(address)[1]
    assert home == (
        '<html><body>Home<script src="/.edition/reload.js" data-build="1"></script></body></html>'
    )
    assert "reload.js" in fetch(address + "folder/")[1]
    assert fetch(address + "style.css") == (200, "p {}")
    with urllib.request.urlopen(address + "style.css") as answer:
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["nowhere/", "nowhere.html", "empty/", "folder/x/index.html"])
def test_a_page_that_is_not_there_looks_again(address: str, preview: Preview, path: str) -> None:
    status, page = fetch(address + path)
    assert status == 404
    assert "being built" in page or path == "empty/"
    preview.show("")
    status, page = fetch(address + path)
    assert status == 404
    assert "There is no such page" in page
    assert 'data-build="1"' in page


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt"])
def test_nothing_outside_the_site_is_sent(address: str, path: str) -> None:
    status, page = fetch(address + path)
    assert status == 404
    assert "secret" not in page.replace("secret.txt", "")


def test_a_report_is_text_on_its_page(address: str, preview: Preview) -> None:
    preview.show("error: <script>alert(1)</script> {braces} & more")
    page = fetch(address + "folder/")[1]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {braces} &amp; more" in page
    assert "<h1>The edition has problems</h1>" in page
    assert fetch(address + "style.css")[1] == "p {}"
    preview.show("")
    assert "Home" in fetch(address)[1]


def test_the_look_at_the_files_leaves_out_what_is_made(tmp_path: Path) -> None:
    root = tmp_path / ".hidden" / "letters"
    for name in ("edition/a.md", "edition/.b.swp", "edition/.x/c.md", "docs/d.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "docs/edition").mkdir()
    (root / "docs/edition/e.md").write_text("made")
    (root / "mkdocs.yml").write_text("")
    folders = (root / "edition", root / "docs", root / "mkdocs.yml", root / "absent")
    seen = snapshot(folders, without=root / "docs/edition")
    assert {file.relative_to(root).as_posix() for file in seen} == {
        "edition/a.md",
        "docs/d.md",
        "mkdocs.yml",
    }
    (root / "docs/d.md").unlink()
    assert snapshot(folders, without=root / "docs/edition") != seen
