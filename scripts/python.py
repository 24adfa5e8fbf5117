"""Makes .venv hold exactly what a lock file says (准备 Python 环境); `python3 scripts/python.py run|dev`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
NEEDS_VENV = (
    "This Python cannot make a virtual environment. On Debian or Ubuntu run "
    "`apt-get install python3-venv` as root, then try again."
)


def main() -> None:
    """Installs the locked packages of one set, and this project itself without its dependencies."""
    if sys.version_info < (3, 11):  # noqa: UP036, this file also runs where it is too old
        sys.exit(
            f"Qiaoban needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try `make PYTHON=python3.12 run`."
        )
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if not PYTHON.exists():
        create()
    pip("--require-hashes", "--no-deps", "-r", str(ROOT / LOCKS[wanted]))
    pip("--no-deps", "-e", str(ROOT))
    (VENV / f"{wanted}.stamp").touch()


def create() -> None:
    """Makes the virtual environment, fetching Debian's missing half of `venv` when that is allowed."""
    print("Making a virtual environment in .venv", flush=True)
    if make_venv():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv"], check=False)
    if not make_venv():
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(NEEDS_VENV)


def make_venv() -> bool:
    """Whether `python -m venv` gave a working environment with pip in it."""
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True)
    return made.returncode == 0 and (VENV / "bin" / "pip").exists()


def pip(*arguments: str) -> None:
    """Runs pip inside the environment; its own progress is shown, its warnings about being root are not."""
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    print(f"pip install {' '.join(Path(each).name for each in arguments)}", flush=True)
    if subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False).returncode:
        sys.exit("pip could not install the packages; the lines above say why. Is PyPI (or your mirror) reachable?")


if __name__ == "__main__":
    main()
