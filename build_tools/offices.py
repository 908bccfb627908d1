"""Commands of the editors' office: what comes in by an issue, what goes out as a release."""

from __future__ import annotations

from pathlib import Path

import click

from build_tools import pipeline
from build_tools.desk import Desk, apply
from build_tools.intake import import_issue, text_of
from build_tools.terminal import root_of, tell

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
