"""Writes the three lock files from pyproject.toml, free of any machine's own index or path (锁定依赖)."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
]
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--group", "dev", "--constraint", "requirements.lock"],
    "requirements-node.lock": None,
}


def foreign_lines(lock: str) -> list[str]:
    """Lines that name an index, a file or an address: they would tie the lock to one machine."""
    return [line for line in lock.splitlines() if "://" in line or line.startswith(("-", "/", "."))]


def main() -> None:
    """Compiles every lock file anew, and refuses one that depends on this machine."""
    if shutil.which("uv") is None:
        sys.exit("uv is needed to write the lock files: pip install uv")
    for name, options in LOCKS.items():
        sources = ["--group", "pyproject.toml:node"] if options is None else ["pyproject.toml", *options]
        subprocess.run([*COMPILE, *sources, "--output-file", name, *sys.argv[1:]], cwd=ROOT, check=True)
        if foreign := foreign_lines((ROOT / name).read_text(encoding="utf-8")):
            sys.exit(f"{name} names something that only this machine has: {foreign[0]}")
        print(f"{name} written")


if __name__ == "__main__":
    main()
