"""Finds, or on Debian installs, a Chromium and a Chinese font for the browser tests (浏览器与中文字体)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = {"chromium": "chromium", "font": "fonts-noto-cjk"}


def find_chromium() -> str | None:
    """The path of a Chromium-like browser: QIAOBAN_CHROMIUM, then the PATH, then the usual places of a Mac."""
    if named := os.environ.get("QIAOBAN_CHROMIUM"):
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *PLACES) if path and Path(path).exists()), None)


def has_chinese_font() -> bool:
    """Whether Chinese will be drawn as Chinese and not as boxes."""
    if sys.platform == "darwin":
        return True
    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())
    patterns = ("**/*CJK*", "**/wqy*", "**/*SourceHan*", "**/DroidSansFallback*")
    return any(next(Path("/usr/share/fonts").glob(pattern), None) for pattern in patterns)


def missing() -> list[str]:
    """The Debian packages that would fill what is not there."""
    packages = [] if find_chromium() else [PACKAGES["chromium"]]
    return packages if has_chinese_font() else [*packages, PACKAGES["font"]]


def install(packages: list[str]) -> None:
    """Asks Debian for the packages, or ends with a sentence that says what a person has to do."""
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            f"The browser tests need {' and '.join(packages)}. As root, run: {command}\n"
            "If you have another Chromium or Chrome, set QIAOBAN_CHROMIUM to its path."
        )
    print(f"Installing {' and '.join(packages)} for the browser tests", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    if subprocess.run([*command.split(), "-qq"], env=environment, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"`{command}` failed; the lines above say why.")


def main() -> None:
    """Sees to it that a browser and a font are there."""
    if packages := missing():
        install(packages)
    if left := missing():
        sys.exit(f"Still not found after installing: {', '.join(left)}. Set QIAOBAN_CHROMIUM to a Chromium's path.")


if __name__ == "__main__":
    main()
