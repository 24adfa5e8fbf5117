"""Measures pages in a real browser 页面测速: fill pages on a slow phone, and the designer with 500 fields.

`python -m bench.pages` prints a table and adds a line to var/pages.jsonl. Every figure is the median of several rounds
and stands beside a baseline of the same run, because other people may use the machine as well.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from bench import machine
from scripts.browser import find_chromium

CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update")  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 3}
DESK = {"viewport": {"width": 1440, "height": 900}}
SLOWER = 4
LINE = {"offline": False, "latency": 85, "downloadThroughput": 9_000_000 / 8, "uploadThroughput": 3_000_000 / 8}
"""A usual 4G: 9 Mbit/s down, 3 up, 85 ms there and back."""
MEDIA = ("image/", "font/", "audio/", "video/")
FIELDS = 500
TARGETS = {"paint_ms": 2000.0, "weight_kb": 200.0, "open_ms": 1000.0, "frame_ms": 16.0}

READY = """() => new Promise((done) => {
  const look = () => {
    const box = document.querySelector('[data-record-form] input:not([disabled])');
    if (box) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    else requestAnimationFrame(look);
  };
  look();
})"""
DRAWN = """(count) => new Promise((done) => {
  const look = () => {
    const cards = document.querySelectorAll('[data-field]').length;
    if (cards >= count) requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    else requestAnimationFrame(look);
  };
  look();
})"""
WORK = """() => { const begun = performance.now(); let sum = 0;
  for (let at = 0; at < 2e7; at += 1) sum += at % 7;
  return sum > 0 ? performance.now() - begun : 0; }"""
FRAMES = """() => { window.frames_ = []; let last = performance.now(); window.watching_ = true;
  const look = (now) => {
    window.frames_.push(now - last);
    last = now;
    if (window.watching_) requestAnimationFrame(look);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(look); }); }"""


def main() -> None:
    """Measure both, tell, keep."""
    asked = _arguments()
    line: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": machine.cores(), "load": machine.load(),
        "note": asked.note,
    }  # fmt: skip
    with _site(asked.web) as address, _browser() as browser:
        owner = _owner(browser, address)
        if "fill" in asked.only:
            line["fill"] = _fill_pages(browser, owner, address, asked.rounds)
        if "designer" in asked.only:
            line["designer"] = _designer(owner, address, asked.rounds)
    _tell(line)
    written = Path("var/pages.jsonl")
    written.parent.mkdir(exist_ok=True)
    with written.open("a") as lines:
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _arguments() -> argparse.Namespace:
    known = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    known.add_argument("--rounds", type=int, default=5)
    known.add_argument("--only", action="append", choices=["fill", "designer"], default=[])
    known.add_argument("--web", default="web/dist", help="the built front end")
    known.add_argument("--note", default="", help="kept with the figures")
    asked = known.parse_args()
    asked.only = asked.only or ["fill", "designer"]
    return asked


@contextmanager
def _site(web: str) -> Iterator[str]:
    """The product with this front end, on an SQLite file of its own."""
    with tempfile.TemporaryDirectory(prefix="qiaoban-pages-") as folder:
        home = Path(folder)
        with machine.database("sqlite", home) as url:
            settings = {
                "QIAOBAN_DATABASE_URL": url,
                "QIAOBAN_HOME": str(home / "home"),
                "QIAOBAN_WEB": str(Path(web).resolve()),
            }
            command = [str(Path(sys.executable).with_name("qiaoban")), "serve"]
            with machine.running(command, settings, "/api/health", home / "product.log") as server:
                yield f"http://127.0.0.1:{server.port}"


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM))
        try:
            yield browser
        finally:
            browser.close()


def _owner(browser: Browser, address: str) -> BrowserContext:
    """Somebody who may do everything, in a workspace with the CRM."""
    context = browser.new_context(locale="zh-CN", **DESK)
    person = {"name": "Bench", "email": "pages@example.com", "password": "a long way to go", "template": "crm"}
    _sent(context, "POST", f"{address}/api/signup", person)
    return context


def _sent(context: BrowserContext, method: str, address: str, body: Any) -> Any:
    answer = context.request.fetch(address, method=method, data=body, headers={"X-Requested-With": "qiaoban"})
    if not answer.ok:
        raise RuntimeError(f"{method} {address}: {answer.status} {answer.text()[:500]}")
    return answer.json()


# Fill pages


def _fill_pages(browser: Browser, owner: BrowserContext, address: str, rounds: int) -> dict[str, Any]:
    """A public link and a member's page, each opened with nothing in store."""
    terms = {"fields": ["company", "contact_name", "mobile", "email", "source", "need", "industry"]}
    link = _sent(owner, "POST", f"{address}/api/apps/crm/forms/lead/links", {"kind": "fill", "terms": terms})
    pages = {"public link": (f"/p/{link['token']}", False), "member": ("/fill/crm/opportunity", True)}
    found: dict[str, Any] = {}
    for name, (path, signed) in pages.items():
        state = owner.storage_state() if signed else None
        told = [_first_paint(browser, state, address + path) for _ in range(rounds)]
        found[name] = {key: statistics.median(one[key] for one in told) for key in told[0]}
    return found


def _first_paint(browser: Browser, state: Any, address: str) -> dict[str, float]:
    context = browser.new_context(locale="zh-CN", storage_state=state, **PHONE)
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        baseline = _slow(page, wire)
        weighed = _weigh(wire)
        page.goto(address, wait_until="commit")
        paint = float(page.evaluate(READY))
        page.wait_for_load_state("networkidle")
        return {"paint_ms": paint, "weight_kb": weighed() / 1000, "baseline_ms": baseline}
    finally:
        context.close()


def _slow(page: Page, wire: CDPSession) -> float:
    """The phone's processor and line; answers how long a fixed piece of work takes on it."""
    wire.send("Network.enable")
    wire.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "gzip"}})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    wire.send("Network.emulateNetworkConditions", LINE)
    return float(page.evaluate(WORK))


def _weigh(wire: CDPSession) -> Callable[[], float]:
    """Bytes on the line from now on, but for pictures and the like."""
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["response"].get("mimeType", "")

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    wire.on("Network.responseReceived", answered)
    wire.on("Network.loadingFinished", finished)
    return lambda: sum(size for id, size in sizes.items() if not kinds.get(id, "").startswith(MEDIA))


# The designer


def _designer(owner: BrowserContext, address: str, rounds: int) -> dict[str, Any]:
    """A form of ten fields, then one of 500: opened with the scripts in store, and a field dragged over others."""
    found: dict[str, Any] = {}
    for count in (10, FIELDS):
        _draw(owner, address, f"big_{count}", count)
        page = owner.new_page()
        opened = [_opened(page, f"{address}/app/crm/design/form/big_{count}", count) for _ in range(rounds + 1)][1:]
        dragged = [_dragged(page, owner.new_cdp_session(page)) for _ in range(rounds)]
        page.close()
        found[str(count)] = {
            "open_ms": statistics.median(opened),
            **{key: statistics.median(one[key] for one in dragged) for key in dragged[0]},
        }
    return found


TYPES: tuple[dict[str, Any], ...] = (
    {"type": "text"}, {"type": "number"}, {"type": "date"}, {"type": "longtext"}, {"type": "member"},
    {"type": "choice", "options": [{"id": "a", "label": "甲"}, {"id": "b", "label": "乙"}]},
    {"type": "rating"}, {"type": "boolean"}, {"type": "attachment"}, {"type": "mobile"},
)  # fmt: skip


def _draw(owner: BrowserContext, address: str, id: str, count: int) -> None:
    fields = [{"id": f"f_{at}", "label": f"字段 {at}", **TYPES[at % len(TYPES)]} for at in range(count)]
    form = {"id": id, "name": f"{count} 个字段", "fields": fields}
    _sent(owner, "PUT", f"{address}/api/apps/crm/draft/forms/{id}", {"value": form, "base": ""})


def _opened(page: Page, address: str, count: int) -> float:
    page.goto(address, wait_until="commit")
    return float(page.evaluate(DRAWN, min(count, 10)))


def _dragged(page: Page, wire: CDPSession) -> dict[str, float]:
    """The third field carried over its neighbours and back: what the page does for each frame meanwhile."""
    cards = page.locator("main [data-field]")
    start = cards.nth(2).bounding_box()
    end = cards.nth(9).bounding_box()
    if start is None or end is None:
        raise RuntimeError("the canvas has no cards to drag")
    wire.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.mouse.move(start["x"] + 30, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    before = _busy(wire)
    page.evaluate(FRAMES)
    for turn in range(4):
        to = end if turn % 2 == 0 else start
        page.mouse.move(to["x"] + 60, to["y"] + 20, steps=30)
        time.sleep(0.05)
    frames = page.evaluate("() => { window.watching_ = false; return window.frames_ }")
    after = _busy(wire)
    page.keyboard.press("Escape")
    page.mouse.up()
    ordered = sorted(frames)
    return {
        "frame_ms": (after - before) * 1000 / max(1, len(frames)),
        "delta_ms": statistics.median(frames),
        "delta_p95_ms": ordered[int(len(ordered) * 0.95) - 1],
        "frames": float(len(frames)),
    }


def _busy(wire: CDPSession) -> float:
    """How long the page's own thread has worked, in seconds."""
    told = wire.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))


def _tell(line: dict[str, Any]) -> None:
    print(f"load {line['load']:.1f} on {line['cores']} cores")
    for name, found in line.get("fill", {}).items():
        print(f"fill page, {name}: " + _words(found))
    for count, found in line.get("designer", {}).items():
        print(f"designer, {count} fields: " + _words(found))


def _words(found: dict[str, float]) -> str:
    def said(key: str, value: float) -> str:
        limit = TARGETS.get(key)
        return f"{key} {value:.1f}" + (f" (≤ {limit:.0f}: {'yes' if value <= limit else 'NO'})" if limit else "")

    return ", ".join(said(key, value) for key, value in found.items())


if __name__ == "__main__":
    main()
