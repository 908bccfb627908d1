"""Commands of the editors' office: what comes in by an issue, what goes out as a release."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools import pipeline, rebuild
from build_tools.desk import Desk, apply
from build_tools.intake import import_issue, text_of
from build_tools.pipeline import OFFLINE, WEB
from build_tools.publish.assemble import Assembly, assemble
from build_tools.publish.files import for_everybody
from build_tools.publish.lock import alone_in
from build_tools.publish.release import pack_release, site_name, wrong_tag
from build_tools.publish.site import epoch_of
from build_tools.read.edition import read_edition
from build_tools.read.tree import TOP, FolderTree
from build_tools.terminal import progress, root_of, tell

SOUND, PROBLEMS = 0, 1


@click.command("import-issue")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def import_issue_command(context: click.Context, file: Path) -> int:
    """Make the file of a note from the text of an issue form.

    FILE holds the text of the issue, as it was copied from the forge or came by mail. The headings
    of the form tell the fields; other headings are the contributor's own words. The note or
    emendation is written where it belongs, signed by the contributor, if the check accepts it;
    what is missing, unclear or wrong is told with the line of the issue.
    """
    root = root_of(context)
    text = text_of(file)
    desk = Desk(root, pipeline.bind_tree)
    intake = import_issue(desk, str(file), text)
    new = {str(file): text.encode()}
    if intake.edit is not None:
        new[intake.edit.path] = intake.edit.new
    tell(root, intake.problems, new)
    if intake.edit is None or not intake.is_sound:
        click.echo("Nothing was written.", err=True)
        return PROBLEMS
    apply(root, [intake.edit])
    click.echo(f"Written: {intake.edit.path}")
    click.echo(f"To make records of its author and new sources: edition adopt {intake.edit.path}")
    return SOUND


@click.command("release")
@click.option("--tag", help="The tag it is released by: v and the version. Looked at, if given.")
@click.pass_context
def release_command(context: click.Context, tag: str | None) -> int:
    """Make the files of a release: both sites, packed, and their checksums.

    They are put into dist/release/: the finished site, from which "edition assemble" makes it
    again later, and the offline edition. Nothing is packed unless both sites are proved.
    """
    root = root_of(context)
    described, problems = read_edition(FolderTree(root))
    if described is None:
        tell(root, problems)
        return PROBLEMS
    title, version = described.description.title, described.description.version
    wrong = wrong_tag(tag, version, f"{TOP}/edition.yml") if tag else ()
    if wrong:
        tell(root, wrong)
        return PROBLEMS
    folder = root / "dist" / "release"
    # Nobody may put another site in the place of the one that is packed.
    with alone_in(root, click.echo):
        with progress() as bars:
            outcome = rebuild.build(root, click.echo, (WEB, OFFLINE), bars)
        tell(root, outcome.problems)
        if not outcome.is_sound or outcome.archive is None:
            return PROBLEMS
        name = site_name(title, version)
        with for_everybody():
            faults = pack_release(root / WEB, outcome.archive, folder, name, epoch=epoch_of(root))
    tell(root, faults)
    if faults:
        return PROBLEMS
    for file in sorted(folder.iterdir()):
        click.echo(f"Written: {file.relative_to(root).as_posix()}")
    return SOUND


@click.command("assemble")
@click.argument("releases", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--next",
    "next_site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The finished site of the work that is not released; it is put under next/.",
)
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that is to hold all versions: a new one, or an empty one.",
)
@click.pass_context
def assemble_command(
    context: click.Context, releases: Path, next_site: Path | None, into: Path
) -> int:
    """Put all versions together in one folder, for a server to publish.

    RELEASES holds a folder for every release, called by its tag, with the files of "edition
    release" in it. The newest version stands at the root, every version under v/, and the site
    given by --next under next/. Checksums are compared; nothing is written unless all is sound.
    """
    root = root_of(context)
    if into.exists() and any(into.iterdir()):
        raise click.UsageError(f"{into} is not empty; name a new folder")
    described, problems = read_edition(FolderTree(root))
    if described is None:
        tell(root, problems)
        return PROBLEMS
    one = described.description
    faults = assemble(releases, into.absolute(), Assembly(one.title, one.site_url, next_site))
    tell(root, faults)
    if faults:
        return PROBLEMS
    click.echo(f"All versions are in {into}")
    return SOUND


COMMANDS = (import_issue_command, release_command, assemble_command)
