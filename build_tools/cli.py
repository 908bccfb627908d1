"""The command line: with `terminal` and `dialogue` the only room that prints or exits.

Exit codes: 0 sound (warnings may stand); 1 problems in the edition; 2 misuse, or a folder, disk or
port that does not let the command do its work; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import io
import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from build_tools import pipeline, rebuild, review
from build_tools.desk import Desk, DeskError, apply
from build_tools.dialogue import new_commands
from build_tools.offices import COMMANDS
from build_tools.pipeline import OFFLINE, WEB, Outcome
from build_tools.publish.lock import alone_in
from build_tools.publish.preview import Preview, preview_server
from build_tools.publish.processes import collect_rarely
from build_tools.read.tree import TreeError, changed_files
from build_tools.report.carried import as_carried, as_carried_summary
from build_tools.report.github import as_github
from build_tools.report.machine import as_json
from build_tools.report.review import as_markdown, as_text, left_out_as_markdown
from build_tools.terminal import line_reader, progress, root_of, said, summarise, tell, told

SOUND, PROBLEMS, MISUSE, STOPPED = 0, 1, 2, 130

NOT_CARRIED = (
    "Records would be about other words than those they were written for. Carry their passages "
    "where the texts are as they are here, by edition reanchor with the same --from, and commit "
    "what it changes."
)

LOOK_EVERY = 0.3
"""Seconds between two looks at the files, while a preview is served."""

P = ParamSpec("P")


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        result = edition.main(args=list(argv), prog_name="edition", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return MISUSE
    except click.Abort:
        click.echo("Stopped.", err=True)
        return STOPPED
    except (TreeError, DeskError) as fault:
        click.echo(f"edition: {fault}", err=True)
        return MISUSE
    except OSError as fault:
        click.echo(f"edition: {said(fault)}", err=True)
        return MISUSE
    return int(result or SOUND)


def main() -> None:
    """Run the command given on the command line, and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or file that cannot hold a letter gets a ? in its place, not a failure.
            stream.reconfigure(errors="replace")
    collect_rarely()
    sys.exit(run(sys.argv[1:]))


def in_edition(command: Callable[Concatenate[Path, P], int]) -> Callable[P, int]:
    """Give a command the folder that holds the edition."""

    @wraps(command)
    def found(*args: P.args, **kwargs: P.kwargs) -> int:
        return command(root_of(click.get_current_context()), *args, **kwargs)

    return found


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
    """Check an edition, weave it and publish it.

    An edition is a folder of plain files, edition/. "edition check" tells what is wrong in them,
    "edition serve" shows how they will look, "edition build" makes the site, "edition new" begins
    a note or another record. To learn more of one of them: edition check --help.
    """
    context.obj = root.resolve()


@edition.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json", "github"]),
    default="human",
    help="For people (the default), for programs, or as annotations of a pull request on GitHub.",
)
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add all problems to this file, as Markdown ($GITHUB_STEP_SUMMARY on GitHub).",
)
@click.option(
    "--since",
    metavar="REV",
    help="With the format github: what stands in files changed since this revision comes first.",
)
@in_edition
def check(root: Path, form: str, summary: Path | None, since: str | None) -> int:
    """Look for problems in the edition, and write nothing.

    Every problem is told with its file, its line and what would mend it. Warnings may stand.
    """
    with progress() as bars:
        outcome = pipeline.check(root, bars)
    if summary is not None:
        summarise(root, summary, outcome.problems)
    if form == "json":
        click.echo(as_json(outcome.problems))
        return _code(outcome)
    tell(root, outcome.problems)
    if form == "github" and outcome.problems:
        changed = changed_files(root, since) if since else ()
        click.echo(as_github(outcome.problems, _in_repository(root), changed))
    elif not outcome.problems:
        click.echo("No problems found.")
    return _code(outcome)


def _in_repository(root: Path) -> str:
    """Return the path of the root as GitHub sees it: from the top of the repository."""
    top = os.environ.get("GITHUB_WORKSPACE") or Path.cwd()
    path = Path(os.path.relpath(root, top)).as_posix()
    return "" if path == "." or path.startswith("..") else path


@edition.command()
@in_edition
def pages(root: Path) -> int:
    """Write the Markdown pages into docs/edition/, and make no site of them.

    For those who publish with MkDocs themselves.
    """
    with alone_in(root, click.echo), progress() as bars:
        outcome = pipeline.pages(root, click.echo, bars=bars)
    tell(root, outcome.problems)
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
@in_edition
def build(root: Path, offline: bool, both: bool) -> int:
    """Check the edition, make its site, and prove that the site shows its texts.

    The web site is put into site/. With --offline a site for use without a network is put into
    site-offline/, to be opened by double click, and as one file to pass on into dist/. Until a new
    site has been proved, the last good one stands.
    """
    names = (WEB, OFFLINE) if both else (OFFLINE,) if offline else (WEB,)
    with progress() as bars:
        outcome = rebuild.build(root, click.echo, names, bars)
    tell(root, outcome.problems)
    if WEB in (site.name for site in outcome.sites):
        click.echo(f"\nThe site is in {root / WEB}\nTo look at it: {_serve_command(root)}")
    if outcome.archive:
        index = root / OFFLINE / "index.html"
        click.echo(f"\nThe offline site is in {root / OFFLINE}")
        click.echo(f"To look at it, open {index.as_uri()}")
        click.echo(f"To pass it on: {outcome.archive}")
    return _code(outcome)


def _serve_command(root: Path) -> str:
    """Return the command that shows the site, as it can be typed where this one was."""
    if root == Path.cwd() and (root / "Makefile").is_file():
        return "make serve"
    command = shlex.quote(sys.argv[0]) if Path(sys.argv[0]).name == "edition" else "edition"
    return f"{command} --root {shlex.quote(str(root))} serve"


@edition.command()
@in_edition
def verify(root: Path) -> int:
    """Read the texts back from the finished sites and compare them with the sources.

    Every site that is there is read, site/ and site-offline/.
    """
    with progress() as bars:
        outcome = pipeline.verify(root, bars)
    tell(root, outcome.problems)
    if outcome.is_sound:
        named = " and ".join(f"{site.name}/" for site in outcome.sites)
        click.echo(f"Every text in {named} is the text of its source.")
    return _code(outcome)


@edition.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The number at the end of the address; take another when one is in use.",
)
@in_edition
def serve(root: Path, port: int) -> int:
    """Show the site in a browser, and build it again at every change.

    Save a file under edition/ or docs/, and pages that are open show the change. A problem is
    shown as a page, with what would mend it. Ctrl-C ends it.
    """
    preview = Preview()
    try:
        server = preview_server(root / WEB, preview, port)
    except OSError as fault:
        raise click.UsageError(
            f"port {port} cannot be used ({fault.strerror}): give another --port"
        ) from fault
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    address = f"http://127.0.0.1:{server.server_port}/"
    click.echo(f"The preview is at {address}  (stop it with Ctrl-C)")
    try:
        # Before there is a second thread, work is shared out among processes; who asks now waits.
        seen = pipeline.sources(root)
        _show(root, preview)
        serving.start()
        _build_at_every_change(root, preview, seen)
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    finally:
        if serving.is_alive():
            server.shutdown()
        server.server_close()
    return SOUND


def _build_at_every_change(
    root: Path, preview: Preview, seen: Mapping[Path, tuple[int, int]]
) -> None:
    while True:
        time.sleep(LOOK_EVERY)
        # The look comes before the build: what is saved while it runs differs from it afterwards.
        now = pipeline.sources(root)
        if now != seen:
            seen = now
            _show(root, preview)


def _show(root: Path, preview: Preview) -> None:
    is_sound, words = _built(root)
    preview.show("" if is_sound else words)
    if words:
        click.echo(words)
    if is_sound:
        click.echo(f"Built at {datetime.now().astimezone():%H:%M:%S}.")


def _built(root: Path) -> tuple[bool, str]:
    """Build once; whatever a person can do wrong meanwhile is told, and the preview goes on."""
    try:
        with alone_in(root, click.echo), progress() as bars:
            outcome = rebuild.build(root, lambda line: None, bars=bars)
    except TreeError as fault:
        return False, str(fault)
    except OSError as fault:
        return False, said(fault)
    return outcome.is_sound, told(root, outcome.problems) if outcome.problems else ""


@edition.group()
def new() -> None:
    """Begin a note or another record.

    At a terminal you are asked for what it needs. What you leave open stands in the file as open,
    and you are told where. A passage that you quote is looked for at once, and nothing is written
    while it is not found.
    """


for one in new_commands():
    new.add_command(one)


@edition.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_edition
def adopt(root: Path, file: Path) -> int:
    """Make records of what the file of a newcomer brings.

    A note or emendation may describe its author and new sources itself. They get files of their
    own under contributors/ and sources/, and the note then names them. A file from elsewhere, as
    it came by mail, is put where its second line says that it belongs.
    """
    edits = Desk(root, pipeline.bind_tree).adopt(file)
    apply(root, edits)
    for edit in edits:
        click.echo(f"{'Changed' if edit.old else 'Written'}: {edit.path}")
    if not edits:
        click.echo("It brings nothing that has no file of its own.")
    return SOUND


for command in COMMANDS:
    edition.add_command(command)


@edition.command()
@click.option(
    "--from",
    "revisions",
    required=True,
    multiple=True,
    metavar="REV",
    help="The state before the texts were corrected: a commit, a tag or a branch of git. "
    "After a merge both states that were merged, the one with the older notes first.",
)
@click.option(
    "--as-it-is",
    multiple=True,
    metavar="ID",
    help="A record that you have looked at, and that is right as it stands. More of the words "
    "around it are quoted then, so that nobody is asked again. May be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would become of them.")
@click.option(
    "--check",
    "is_check",
    is_flag=True,
    help="Only tell, and fail if anything would have to be changed or decided.",
)
@click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --check: what makes it fail is added to this file, as Markdown.",
)
@in_edition
def reanchor(
    root: Path,
    revisions: tuple[str, ...],
    as_it_is: tuple[str, ...],
    dry_run: bool,
    is_check: bool,
    summary: Path | None,
) -> int:
    """Carry the passages of all records through a correction of the texts.

    Correct a transcription first, then run this before anything else. What moved or was rewritten
    is shown, old and new. A passage that is lost, or that may stand in several places, is for you
    to decide: until then nothing is written. A target that you changed yourself is left as it is.
    """
    if summary is not None and not is_check:
        raise click.UsageError("--summary goes with --check")
    found = review.carrying(root, revisions, as_it_is, is_check=is_check)
    done = found.done
    for why in found.unread:
        click.echo(f"Nothing is carried from there: {why}", err=True)
    carried = as_carried(done.fates, done.renamed) if done is not None else ""
    if carried:
        click.echo(carried)
    tell(root, found.problems)
    if is_check:
        return _checked(root, found, carried, summary)
    if found.problems or done is None:
        click.echo("Nothing was written.", err=True)
        return PROBLEMS
    if not dry_run:
        apply(root, done.edits)
    for edit in done.edits:
        click.echo(f"{'Would be changed' if dry_run else 'Changed'}: {edit.path}")
    return SOUND


def _checked(root: Path, found: review.Carrying, carried: str, summary: Path | None) -> int:
    """Say whether every record means what it meant, and what to do if one does not."""
    if not found.problems and found.done is not None and not found.done.edits:
        return SOUND
    if found.done is not None:
        changes = "".join(f"Would be changed: {edit.path}\n" for edit in found.done.edits)
        click.echo(f"{changes}{NOT_CARRIED}", err=True)
    if summary is not None:
        problems = told(root, found.problems) if found.problems else ""
        with summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(as_carried_summary(carried, problems, NOT_CARRIED))
    return PROBLEMS


@edition.command()
@click.argument("revision", metavar="REV")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="For the terminal (the default), or for the summary of a run on a forge.",
)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pages that change into this file, to be opened in a browser anywhere.",
)
@in_edition
def diff(root: Path, revision: str, form: str, page: Path | None) -> int:
    """Show what has changed in the edition since a revision, as a reviewer needs it.

    Every new or changed record is shown with its passage in its sentence, what it says, its
    sources in full and the records that are like it; then what else moved. New or changed records
    with problems are shown as they stand in their files, and left out of the rest.
    """
    found = review.compared(root, revision)
    tell(root, found.problems)
    if found.review is None or found.voice is None:
        click.echo("Mend these first; then what has changed can be shown.", err=True)
        return PROBLEMS
    if form == "markdown":
        first = left_out_as_markdown(found.left_out, found.problems, line_reader(root, {}))
        shown = as_markdown(found.review, found.voice, first)
    else:
        shown = as_text(found.review, found.voice, found.left_out)
    click.echo(shown, nl=False)
    if page is not None:
        page.write_bytes(review.preview(root, revision, found))
        click.echo(f"The preview is in {page}", err=True)
    return PROBLEMS if found.problems else SOUND


@edition.command()
@click.option(
    "--documents",
    type=click.IntRange(1, 100_000),
    default=10,
    show_default=True,
    help="How many documents it is to have.",
)
@click.argument("folder", type=click.Path(path_type=Path))
def demo(documents: int, folder: Path) -> int:
    """Write an edition that means nothing into a new folder, to try the builder out.

    The same number gives the same files. Afterwards: edition --root FOLDER build.
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} is not empty; name a new folder")
    written = pipeline.demonstration(folder, documents)
    click.echo(f"{written} files written. To build them: edition --root {folder} build")
    return SOUND


def _code(outcome: Outcome) -> int:
    return SOUND if outcome.is_sound else PROBLEMS
