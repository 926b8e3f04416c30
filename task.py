"""The tasks of this project; needs nothing but Python 3.11 and the package registry.

    python3 task.py            lint, types and tests
    python3 task.py demo       install, then compare the bundled example
    python3 task.py test       install, then run the tests (more words go to pytest)
    python3 task.py lint       ruff, mypy and the generated docs
    python3 task.py golden     renew the golden dossier and what the docs show of it
    python3 task.py docs       renew what the docs generate: schema, command reference
    python3 task.py floors     hold the quality on ../shared/data to its floors
    python3 task.py bench      measure speed and memory

Everything is installed into .venv beside this file, once, and again when pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
DATA = HOME.parent / "shared" / "data"


def install(*, develop: bool) -> None:
    """Make .venv and install the project into it, unless that is done already."""
    project = (HOME / "pyproject.toml").read_bytes()
    stamp = VENV / ("develop.stamp" if develop else "run.stamp")
    wanted = hashlib.sha256(project).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up .venv (once; takes a minute or two) ...", flush=True)
    if not (VENV / "pyvenv.cfg").exists():
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError:
            sys.exit(
                "Python cannot make a virtual environment; on Debian: apt install python3-venv"
            )
    pip = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if develop:
        # --group needs pip 25.1
        run(*pip, "--upgrade", "pip>=25.1")
        extras, group = f"{HOME}[desk,mcp,spark]", f"{HOME / 'pyproject.toml'}:dev"
        run(*pip, "--editable", extras, "--group", group)
    else:
        run(*pip, "--editable", str(HOME))
    stamp.write_text(wanted)


def run(*command: str) -> None:
    """Run a command here; stop with its exit code where it fails."""
    done = subprocess.run(command, cwd=HOME, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def tool(name: str, *words: str) -> None:
    """Run a tool of the virtual environment."""
    run(str(BIN / "python"), "-m", name, *words)


def demo(*words: str) -> None:
    """Compare the bundled example."""
    install(develop=False)
    run(str(BIN / "retold"), "demo", *words)


def test(*words: str) -> None:
    """Run the tests on all cores."""
    install(develop=True)
    tool("pytest", *(words or ("-q", "-n", "auto")))


def lint(*_: str) -> None:
    """Check style, types and generated docs."""
    install(develop=True)
    tool("ruff", "check", ".")
    tool("ruff", "format", "--check", ".")
    tool("mypy")
    tool("tools.docs", "--check")


def golden(*_: str) -> None:
    """Renew the golden dossier and what the docs show of it."""
    install(develop=True)
    tool("tools.golden")


def docs(*_: str) -> None:
    """Renew generated docs."""
    install(develop=True)
    tool("tools.docs")


def floors(*words: str) -> None:
    """Hold the quality to its floors."""
    install(develop=True)
    tool("eval", "--floors", str(DATA), *words)


def bench(*words: str) -> None:
    """Measure speed and memory."""
    install(develop=True)
    tool("bench", *words)


def everything(*_: str) -> None:
    """Lint and test."""
    lint()
    test()


TASKS = {t.__name__: t for t in (demo, test, lint, golden, docs, floors, bench)}

if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    if asked and asked not in TASKS:
        sys.exit(__doc__)
    TASKS.get(asked, everything)(*sys.argv[2:])
