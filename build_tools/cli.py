"""The command line: the only room that prints or exits.

Exit codes: 0 sound, 1 problems in the edition, 2 misuse.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import click

from build_tools import pipeline
from build_tools.pipeline import OFFLINE, WEB, Outcome
from build_tools.publish.preview import Preview, preview_server
from build_tools.read.tree import TreeError
from build_tools.report.machine import as_json
from build_tools.report.people import report

SOUND, PROBLEMS, MISUSE = 0, 1, 2

LOOK_EVERY = 0.3
"""Seconds between two looks at the files, while a preview is served."""


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        result = edition.main(args=list(argv), prog_name="edition", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return MISUSE
    except click.Abort:
        click.echo("Stopped.", err=True)
        return MISUSE
    except TreeError as fault:
        click.echo(f"edition: {fault}", err=True)
        return MISUSE
    return int(result or SOUND)


def main() -> None:
    """Run the command given on the command line, and exit."""
    sys.exit(run(sys.argv[1:]))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that holds edition/ (default: this one).",
)
@click.version_option(package_name="edition-compiler", prog_name="edition")
@click.pass_context
def edition(context: click.Context, root: Path) -> None:
    """Check an edition, weave it and publish it."""
    root = root.resolve()
    if not (root / "edition").is_dir():
        raise click.UsageError(
            f"there is no folder edition/ in {root}; name the right one by --root"
        )
    context.obj = root


@edition.command()
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.pass_obj
def check(root: Path, form: str) -> int:
    """Look for problems, and write nothing."""
    outcome = pipeline.check(root)
    if form == "json":
        click.echo(as_json(outcome.problems))
    elif outcome.problems:
        _tell(root, outcome)
    else:
        click.echo("No problems found.")
    return _code(outcome)


@edition.command()
@click.pass_obj
def pages(root: Path) -> int:
    """Write the Markdown pages into docs/edition/."""
    outcome = pipeline.pages(root)
    _tell(root, outcome)
    if outcome.written:
        written = outcome.written
        click.echo(
            f"{len(written.written)} pages written, {len(written.kept)} unchanged, "
            f"{len(written.removed)} removed."
        )
    return _code(outcome)


@edition.command()
@click.option("--offline", is_flag=True, help="Make the folder and the zip for use offline.")
@click.option("--all", "both", is_flag=True, help="Make the web site and the offline one.")
@click.pass_obj
def build(root: Path, offline: bool, both: bool) -> int:
    """Check the edition, make its site, and prove that the site shows its texts.

    The web site is put into site/; with --offline, a site for use without a network is put into
    site-offline/ and, as one file to pass on, into dist/. Until a new site has been proved, the
    last good one stands.
    """
    names = (WEB, OFFLINE) if both else (OFFLINE,) if offline else (WEB,)
    outcome = pipeline.build(root, click.echo, names)
    _tell(root, outcome)
    if WEB in (site.name for site in outcome.sites):
        click.echo(f"\nThe site is in {root / WEB}\nTo look at it: edition serve")
    if outcome.archive:
        index = root / OFFLINE / "index.html"
        click.echo(
            f"\nThe offline site is in {root / OFFLINE}\nTo look at it, open {index.as_uri()}"
        )
        click.echo(f"To pass it on: {outcome.archive}")
    return _code(outcome)


@edition.command()
@click.pass_obj
def verify(root: Path) -> int:
    """Read the texts back from the finished sites and compare them with the sources."""
    outcome = pipeline.verify(root)
    _tell(root, outcome)
    if outcome.is_sound:
        named = " and ".join(f"{site.name}/" for site in outcome.sites)
        click.echo(f"Every text in {named} is the text of its source.")
    return _code(outcome)


@edition.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.pass_obj
def serve(root: Path, port: int) -> int:
    """Show the site in a browser, and build it again at every change under edition/ and docs/."""
    preview = Preview()
    try:
        server = preview_server(root / "site", preview, port)
    except OSError as fault:
        raise click.UsageError(
            f"port {port} cannot be used ({fault.strerror}): give another --port"
        ) from fault
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"The preview is at http://127.0.0.1:{server.server_port}/  (stop it with Ctrl-C)")
    try:
        _build_at_every_change(root, preview)
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        server.shutdown()
    return SOUND


def _build_at_every_change(root: Path, preview: Preview) -> None:
    seen: Mapping[Path, tuple[int, int]] = {}
    while True:
        now = pipeline.sources(root)
        if now != seen:
            seen = now
            outcome = pipeline.build(root, lambda line: None)
            words = report(outcome.problems, _line_reader(root)) if outcome.problems else ""
            preview.show("" if outcome.is_sound else words)
            click.echo(words or f"Built at {datetime.now().astimezone():%H:%M:%S}.")
        time.sleep(LOOK_EVERY)


def _tell(root: Path, outcome: Outcome) -> None:
    if not outcome.problems:
        return
    click.echo(report(outcome.problems, _line_reader(root)), err=True)


def _code(outcome: Outcome) -> int:
    return SOUND if outcome.is_sound else PROBLEMS


def _line_reader(root: Path) -> Callable[[str, int], str | None]:
    """Return a reader of the lines of the edition's files; each file is read once."""

    @cache
    def lines(file: str) -> list[str]:
        path = root / file
        if not path.is_file():
            return []
        return path.read_text(encoding="utf-8", errors="replace").split("\n")

    def line_of(file: str, line: int) -> str | None:
        found = lines(file)
        return found[line - 1] if 0 < line <= len(found) else None

    return line_of
