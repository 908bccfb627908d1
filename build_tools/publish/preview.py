"""A live preview: serves the site, shows problems as a page, and tells browsers to look again.

The server sends what the build left in ``site/``; every page it sends is given one script that
waits for the next build. Nothing is written.
"""

from __future__ import annotations

import html
import os
import stat
import sys
import threading
from collections.abc import Iterable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

WAIT = "/.edition/wait"
RELOAD = "/.edition/reload.js"
LONGEST_WAIT = 25.0
"""Seconds a browser's question is kept open before it is answered with "nothing new"."""

SCRIPT = f"""// Without this script the preview is the same; only it must be loaded again by hand.
(function () {{
  var seen = document.currentScript.getAttribute("data-build");
  function wait() {{
    fetch("{WAIT}?" + seen).then(function (answer) {{
      return answer.text();
    }}).then(function (now) {{
      if (now !== seen) {{ location.reload(); }} else {{ wait(); }}
    }}, function () {{ setTimeout(wait, 1000); }});
  }}
  wait();
}})();
"""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>
body {{{{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; color: #201e1a; background: #fdfcf9 }}}}
pre {{{{ white-space: pre-wrap; font: .9rem/1.5 "Courier New", monospace;
  border-left: 3px solid #8f2d1c; padding-left: 1rem }}}}
</style></head><body>
<h1>{title}</h1>
{body}
</body></html>
"""

PROBLEM_PAGE = PAGE.format(
    title="The edition has problems",
    body="<p>The last good site is untouched. Mend what is named here and save: this page looks "
    "again.</p>\n<pre>{report}</pre>",
)
ABSENT_PAGE = PAGE.format(
    title="There is no such page",
    body='<p>It may come with the next build. <a href="/">The first page</a></p>',
).format()
FIRST_PAGE = PAGE.format(
    title="The site is being built",
    body="<p>This page looks again when it is there.</p>",
).format()


class Preview:
    """What the server shows now: the number of the last build, and its report if it failed."""

    def __init__(self) -> None:
        """Begin before the first build."""
        self._changed = threading.Condition()
        self.build = 0
        self.report = ""

    def show(self, report: str) -> None:
        """Take a finished build: ``report`` is empty when it was sound."""
        with self._changed:
            self.build += 1
            self.report = report
            self._changed.notify_all()

    def wait(self, seen: str) -> int:
        """Wait until there is a build other than the one seen, or long enough."""
        with self._changed:
            self._changed.wait_for(lambda: str(self.build) != seen, LONGEST_WAIT)
            return self.build


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: object, preview: Preview, site: Path, **kwargs: object) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(site), **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == WAIT:
            self._send(str(self.preview.wait(urlsplit(self.path).query)), "text/plain")
        elif path == RELOAD:
            self._send(SCRIPT, "text/javascript")
        elif self.preview.report and self._is_page(path):
            self._send(self._live(PROBLEM_PAGE.format(report=html.escape(self.preview.report))))
        else:
            self._file(path)

    def _is_page(self, path: str) -> bool:
        return path.endswith(("/", ".html"))

    def _file(self, path: str) -> None:
        found = Path(self.translate_path(path))
        if path.endswith("/"):
            found = found / "index.html"
        if found.suffix == ".html":
            try:
                self._send(self._live(found.read_text(encoding="utf-8")))
            except OSError:
                # The page is not there, or not yet: while one site takes the place of another
                # there is none. The page that says so looks again after the next build.
                page = ABSENT_PAGE if self.preview.build else FIRST_PAGE
                self._send(self._live(page), status=404)
        else:
            super().do_GET()

    def _live(self, page: str) -> str:
        script = f'<script src="{RELOAD}" data-build="{self.preview.build}"></script>'
        before, tag, after = page.rpartition("</body>")
        return f"{before}{script}{tag}{after}" if tag else page + script

    def _send(self, text: str, kind: str = "text/html", *, status: int = 200) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        """Let browsers keep nothing: a style or an image may be another after the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keep the terminal for the builds."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows this would let two previews have one port.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over what goes wrong when a browser hangs up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def preview_server(site: Path, preview: Preview, port: int) -> ThreadingHTTPServer:
    """Make the server, on this machine only; it is started by ``serve_forever``."""
    return _Server(("127.0.0.1", port), partial(_Handler, preview=preview, site=site))


def snapshot(folders: Iterable[Path], without: Path) -> Mapping[Path, tuple[int, int]]:
    """Return time and size of every file a build reads, to see whether one has changed.

    ``without`` is the generated folder: a build that watched what it writes would never end.
    """
    seen: dict[Path, tuple[int, int]] = {}
    for top in folders:
        if top.is_file():
            state = top.stat()
            seen[top] = (state.st_mtime_ns, state.st_size)
        else:
            _see(os.fspath(top), os.fspath(without), seen)
    return seen


def _see(folder: str, without: str, seen: dict[Path, tuple[int, int]]) -> None:
    """Look into a folder, not through links: it is done several times a second."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if entry.path != without:
                    _see(entry.path, without, seen)
                continue
            state = entry.stat()
        except OSError:
            continue
        if stat.S_ISREG(state.st_mode):
            seen[Path(entry.path)] = (state.st_mtime_ns, state.st_size)
