"""The theme's files, with the fonts, into ``.edition/theme``, where mkdocs.yml looks for them.

The folder is the builder's and holds nothing else. Fonts come from npm packages; where these are
not installed, the site is set in the fonts of the reader's system. Scripts are made small
(`publish.scripts`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.publish.files import remove_empty_folders, write_changed
from build_tools.publish.pages import Written
from build_tools.publish.scripts import served, smaller

THEME = Path(__file__).resolve().parent.parent / "theme"
TOOL = THEME.parent.parent
TARGET = Path(".edition", "theme")
SCRIPTS = Path(".edition", "state", "scripts.json")
"""What was made of the scripts, for the next time."""


@dataclass(frozen=True)
class Face:
    """One file of a font package, and what the style sheet calls it."""

    package: str
    file: str
    family: str
    weight: str
    style: str = "normal"
    preload: bool = False


SERIF = "@fontsource/source-serif-4"
SANS = "@fontsource-variable/source-sans-3"
TYPEWRITER = "@fontsource/courier-prime"

DATA = "partials/edition-data.html"
BESIDE = "assets/beside.css"
MOST_BESIDE = 300
"""How many notes of a series can stand beside the text; any more stand at the foot only."""

FACES = (
    Face(SERIF, "source-serif-4-latin-400-normal", "Source Serif 4", "400", preload=True),
    Face(SERIF, "source-serif-4-latin-400-italic", "Source Serif 4", "400", "italic"),
    Face(SERIF, "source-serif-4-latin-600-normal", "Source Serif 4", "600"),
    Face(SANS, "source-sans-3-latin-wght-normal", "Source Sans 3", "200 900", preload=True),
    Face(TYPEWRITER, "courier-prime-latin-400-normal", "Courier Prime", "400"),
)


def module_folders(root: Path) -> tuple[Path, ...]:
    """Give the folders in which packages of npm may lie: the edition's and the tool's."""
    return root / "node_modules", TOOL / "node_modules"


def copy_theme(
    root: Path,
    modules: Sequence[Path] | None = None,
    said: Mapping[str, str | Mapping[str, str]] | None = None,
) -> Written:
    """Make ``root/.edition/theme`` hold the theme and the fonts that are installed.

    ``modules`` are the ``node_modules`` folders to look in; without it those of the edition and
    of the tool. ``said`` is what every page says of the edition, escaped for HTML.
    """
    folders = module_folders(root) if modules is None else modules
    target = root / TARGET
    files = dict(served(dict(_theme_files()), smaller(folders), root / SCRIPTS))
    files |= dict(_font_files(folders)) | {BESIDE: _beside().encode()}
    if said is not None:
        files[DATA] = _data(said).encode()
    written: list[str] = []
    kept: list[str] = []
    for path, data in sorted(files.items()):
        (written if write_changed(target / path, data) else kept).append(path)
    removed = [path for path in _paths(target) if path not in files]
    for path in removed:
        (target / path).unlink()
    remove_empty_folders(target)
    return Written(tuple(written), tuple(kept), tuple(removed))


def _paths(folder: Path) -> list[str]:
    return sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    )


def _theme_files() -> Iterator[tuple[str, bytes]]:
    for path in _paths(THEME):
        if not path.endswith((".py", ".pyc")):
            yield path, (THEME / path).read_bytes()


def _font_files(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Give the fonts with their licences, the style sheet that declares them, and the preloads."""
    found = [(face, file) for face in FACES if (file := _font_file(face, folders)) is not None]
    for face, file in found:
        yield f"assets/fonts/{face.file}.woff2", file.read_bytes()
    for package in sorted({face.package for face, _ in found}):
        licence = next(
            f for f in (folder / package / "LICENSE" for folder in folders) if f.is_file()
        )
        yield f"assets/fonts/{package.rpartition('/')[2]}-LICENSE.txt", licence.read_bytes()
    rules = [_rule(face) for face, _ in found] or ["/* No fonts were installed. */\n"]
    yield "assets/fonts.css", "\n".join(rules).encode()
    preloads = [_preload(face) for face, _ in found if face.preload]
    yield "partials/edition-fonts.html", "".join(preloads).encode()


def _font_file(face: Face, folders: Sequence[Path]) -> Path | None:
    """Find a font that lies beside its licence; without the licence it may not be passed on."""
    for folder in folders:
        file = folder / face.package / "files" / f"{face.file}.woff2"
        if file.is_file() and (folder / face.package / "LICENSE").is_file():
            return file
    return None


def _rule(face: Face) -> str:
    return (
        "@font-face {\n"
        f'  font-family: "{face.family}";\n'
        f"  font-style: {face.style};\n"
        f"  font-weight: {face.weight};\n"
        "  font-display: swap;\n"
        f'  src: url("fonts/{face.file}.woff2") format("woff2");\n'
        "}\n"
    )


def _preload(face: Face) -> str:
    href = "{{ 'assets/fonts/" + face.file + ".woff2' | url }}"
    return f'<link rel="preload" href="{href}" as="font" type="font/woff2" crossorigin>\n'


def _data(said: Mapping[str, str | Mapping[str, str]]) -> str:
    """Write what the templates say of the edition: strings of JSON are strings of Jinja too."""
    lines = ["{#- Made by the builder: what the edition says of itself. -#}"]
    lines += [
        f"{{% set {name} = {json.dumps(value, ensure_ascii=False)} %}}"
        for name, value in said.items()
    ]
    return "\n".join(lines) + "\n"


def _beside() -> str:
    """Write the rules that set each note beside its marker, and below the note before it.

    There is one rule a note and not a style in the page, which the security policy forbids. A
    line of the margin begins where its marker's line does, or where the line before it ends.
    """
    rules = ["/* Made by the builder: lines of the margin beside their markers, by number. */"]
    for number in range(1, MOST_BESIDE + 1):
        for series in "nt":
            name = f"{series}{number}"
            rules.append(f".ed-m{name} {{ anchor-name: --m{name}; }}")
            rules.append(f".ed-b{name} {{ --ed-at: anchor(--m{name} top, 0px); }}")
        above = f", anchor(--c{number - 1} bottom, 0px)" if number > 1 else ""
        top = f"max(var(--ed-at) - 0.1rem{above})"
        rules.append(f".ed-c{number} {{ anchor-name: --c{number}; top: {top}; }}")
    return "\n".join(rules) + "\n"
