"""The import wizard 导入向导: drop a file, map, check, run."""

import base64
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.records import pick

DROP = """([name, text, type]) => {
  const held = new DataTransfer()
  held.items.add(new File([text], name, { type }))
  const list = document.querySelector('main h1').closest('main').firstElementChild
  for (const kind of ['dragover', 'drop'])
    list.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }))
}"""


DROP_BYTES = """([name, base64, type]) => {
  const held = new DataTransfer()
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  held.items.add(new File([bytes], name, { type }))
  const list = document.querySelector('main h1').closest('main').firstElementChild
  for (const kind of ['dragover', 'drop'])
    list.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }))
}"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Wizard:
    """The dialog that turns a file into records."""

    page: Page

    @property
    def root(self) -> Locator:
        """The dialog."""
        return self.page.get_by_role("dialog").filter(has_text="字段映射")

    def drop(self, path: Path) -> None:
        """Drops a file on the list."""
        self.page.evaluate(DROP, [path.name, path.read_text(encoding="utf-8"), "text/csv"])
        expect(self.root.get_by_text(f"{path.name} · 共")).to_be_visible()

    def drop_book(self, name: str, content: bytes) -> None:
        """Drops a workbook on the list."""
        self.page.evaluate(DROP_BYTES, [name, base64.b64encode(content).decode(), XLSX])
        expect(self.root.get_by_text(f"{name} · 共")).to_be_visible()

    def map(self, heading: str, field: str) -> None:
        """Sends a column to a field."""
        pick(self.page, self.root.get_by_label(f"“{heading}”导入到"), field, search=field)

    def goes_to(self, heading: str, field: str) -> None:
        """The wizard has guessed this field."""
        column = self.root.get_by_role("columnheader").filter(has_text=heading)
        expect(column.locator(".ant-select")).to_contain_text(field)

    def check(self) -> None:
        """To the verdict."""
        self.click("下一步：校验")

    def figure(self, label: str, value: int) -> None:
        """A number of the verdict or the result."""
        expect(self.root.get_by_text(label, exact=True).locator("..")).to_contain_text(f"{value:,}")

    def trouble(self, value: str) -> Locator:
        """The line about a value that cannot be read."""
        return (
            self.root.locator("div")
            .filter(has=self.page.get_by_role("button", name="留空"))
            .filter(has_text=value)
            .last
        )

    def click(self, button: str) -> None:
        """A button of the dialog."""
        self.root.get_by_role("button", name=button).last.click()

    def start(self, rows: int) -> None:
        """Writes so many rows and waits for the end."""
        self.click(f"开始导入 {rows} 行")
        expect(self.root.get_by_text("导入完成")).to_be_visible(timeout=20_000)
