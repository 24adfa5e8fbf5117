"""A real server and a real browser for the journeys (浏览器测试): every journey starts here."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from scripts.browser import find_chromium
from tests.e2e.pages.api import OVERTAKEN

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "var" / "shots"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
# Chromium in a container has no sandbox, no graphics card and no business with the outside world.
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
REFUSED = re.compile(r"Failed to load resource: .* 40[34] ")
PATIENCE_IN_TENTHS = 600
# All journeys come from one address, one after another.
PATIENT = {"TRIALS_PER_ADDRESS": "100000", "SIGN_INS_PER_MINUTE": "100000"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder, so that `-m 'not e2e'` leaves the browser alone."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Starts the machine's own Chromium, since nothing downloads one for us."""
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("No Chromium found: run `make browser`, or set QIAOBAN_CHROMIUM to the path of one.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(CHROMIUM)}


@dataclass
class Server:
    """A running `qiaoban serve` with a database of its own; `address` is where it listens."""

    folder: Path
    environment: dict[str, str]
    address: str
    process: subprocess.Popen[bytes]

    def log(self) -> str:
        """What the server has said so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def wait_until_ready(self) -> None:
        """Returns once /api/health answers; a server that dies or stays silent fails with its own words."""
        for _ in range(PATIENCE_IN_TENTHS):
            if is_healthy(self.address):
                return
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"The server ended with code {self.process.returncode}:\n{self.log()}")
        pytest.fail(f"The server did not answer on {self.address}:\n{self.log()}")

    def stop(self) -> None:
        """Asks the server to end, and sees to it that it does."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def is_healthy(address: str) -> bool:
    """Whether a server at this address says that it can work."""
    try:
        return httpx2.get(f"{address}/api/health", timeout=2, trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, **settings: str) -> Server:
    """Starts `qiaoban serve` in a folder of its own; settings are QIAOBAN_ names without the prefix."""
    port = free_port()
    given = {"HOME": str(folder), **PATIENT, **settings}
    own = {f"QIAOBAN_{name}": value for name, value in given.items()}
    environment = {**os.environ, **own, "QIAOBAN_HOST": "127.0.0.1", "QIAOBAN_PORT": str(port)}
    with (folder / "server.log").open("wb") as log:
        command = [str(Path(sys.executable).with_name("qiaoban")), "serve"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    return Server(folder, environment, f"http://127.0.0.1:{port}", process)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that the journeys of this worker share."""
    built = Path(os.environ.get("QIAOBAN_TEST_WEB", ROOT / "web" / "dist"))
    if not (built / "index.html").exists():
        pytest.fail("The front end is not built: run `make test`, or `npm run build` in web/.")
    running = start(tmp_path_factory.mktemp("server"), WEB=str(built))
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


@dataclass
class Console:
    """What a page complained about; a journey that ends with complaints it did not expect has failed."""

    expected: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def expect(self, pattern: str) -> None:
        """Allows complaints that match this pattern, as when a journey provokes a conflict on purpose."""
        self.expected.append(pattern)

    def listen(self, page: Page) -> None:
        """Hears every error of this page from now on."""
        page.on("console", self.hear)
        page.on("framenavigated", lambda frame: OVERTAKEN.discard(page) if frame == page.main_frame else None)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def hear(self, message: ConsoleMessage) -> None:
        """Keeps a message if it is an error, with the address it came from."""
        overtaken = message.page in OVERTAKEN and REFUSED.search(message.text) is not None
        if message.type == "error" and not overtaken:
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def surprises(self) -> list[str]:
        """The complaints that nobody expected."""
        return [each for each in self.complaints if not any(re.search(pattern, each) for pattern in self.expected)]


@pytest.fixture
def console() -> Iterator[Console]:
    """The ear on every page of this journey; use `console.expect(pattern)` for an error that is meant to happen."""
    ear = Console()
    yield ear
    assert not ear.surprises(), "The browser's console had errors"


Visit = Callable[..., Page]


@pytest.fixture
def visit(server: Server, console: Console, new_context: Callable[..., BrowserContext]) -> Visit:
    """Opens a page in a browser of its own: `visit(screen="phone", locale="en-US")`. No cookie is shared."""

    def open_page(screen: str = "desktop", locale: str = "zh-CN", address: str = "") -> Page:
        context = new_context(
            **SCREENS[screen],
            locale=locale,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            base_url=address or server.address,
        )
        context.set_default_timeout(8_000)
        context.on("page", console.listen)
        return context.new_page()

    return open_page


@pytest.fixture
def desktop(visit: Visit) -> Page:
    """A page on a desk, in Chinese."""
    return visit("desktop")


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A page on a phone, in Chinese."""
    return visit("phone")


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    """Keeps a picture of a page in var/shots, to be looked at: `shoot(page, "records-zh-desktop")`."""

    def keep(page: Page, name: str, whole: bool = False) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{name}.png"
        page.evaluate("document.fonts.ready")
        page.screenshot(path=path, full_page=whole, animations="disabled")
        return path

    return keep
