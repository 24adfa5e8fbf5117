"""The list of a form's records and the drawer of one 数据列表与抽屉: where things are, and what can be done."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


def pick(page: Page, box: Locator, option: str, search: str = "") -> None:
    """Takes an option of a select by its words; a long list is searched first."""
    box.click()
    page.keyboard.type(search)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option").filter(has_text=option).first.click()


@dataclass
class RecordList:
    """A list on a desk."""

    page: Page

    @property
    def rows(self) -> Locator:
        """The rows without the heads."""
        return self.page.get_by_role("table", name="数据").locator("[data-record]")

    def row(self, title: str) -> Locator:
        """The row that holds these words."""
        return self.rows.filter(has_text=title).first

    def counts(self, total: int) -> None:
        """The foot says so many."""
        expect(self.page.get_by_text(f"共 {total:,} 条", exact=True)).to_be_visible()

    def search(self, words: str) -> None:
        """Quick search."""
        self.page.get_by_label("快速搜索").fill(words)

    def button(self, name: str) -> Locator:
        """A button of the bar."""
        return self.page.get_by_role("toolbar", name="列表工具").get_by_role("button", name=name, exact=True)

    def more(self, entry: str) -> None:
        """An entry of the menu behind the three dots."""
        self.button("更多").click()
        self.page.get_by_role("menuitem", name=entry).click()

    def open(self, title: str) -> "Drawer":
        """The drawer of a record."""
        self.row(title).click()
        drawer = Drawer(self.page)
        expect(drawer.title).to_contain_text(title)
        return drawer

    def add(self) -> "Drawer":
        """The drawer of a record to be."""
        self.button("添加").click()
        drawer = Drawer(self.page)
        expect(drawer.title).to_contain_text("新建")
        return drawer

    def column(self, field: str) -> Locator:
        """The head of a column."""
        return self.page.get_by_role("columnheader").filter(has=self.page.get_by_title(field, exact=True))

    def filter(self) -> "Filter":
        """The filter builder, opened."""
        self.button("筛选").click()
        return Filter(self.page)


@dataclass
class Filter:
    """The popup in which conditions are built."""

    page: Page

    @property
    def popup(self) -> Locator:
        """What opens under the button."""
        return self.page.locator(".ant-popover:visible").filter(has_text="添加条件")

    def condition(self, field: str, operator: str, operand: str) -> None:
        """One more condition over a field with options."""
        self.popup.get_by_role("button", name="添加条件", exact=True).last.click()
        pick(self.page, self.popup.get_by_label("字段").last, field)
        pick(self.page, self.popup.get_by_label("条件", exact=True).last, operator)
        pick(self.page, self.popup.get_by_label(field, exact=True).last, operand)
        self.page.keyboard.press("Escape")

    def close(self) -> None:
        """Back to the list."""
        self.page.get_by_role("heading", level=1).click()


@dataclass
class Drawer:
    """One record, read or typed."""

    page: Page

    @property
    def root(self) -> Locator:
        """The drawer on top."""
        return self.page.get_by_role("dialog").filter(has=self.page.get_by_role("heading", level=2)).last

    @property
    def title(self) -> Locator:
        """Its heading."""
        return self.root.get_by_role("heading", level=2)

    def field(self, label: str) -> Locator:
        """The place of a field with its label, value and problem."""
        words = self.page.get_by_text(re.compile(rf"^\*?{re.escape(label)}$"))
        return self.root.locator("[data-field]").filter(has=words).first

    def box(self, label: str) -> Locator:
        """The input of a field."""
        return self.field(label).locator("input, textarea").first

    def fill(self, label: str, text: str) -> None:
        """Types into a field."""
        self.box(label).fill(text)
        self.box(label).press("Tab")

    def choose(self, label: str, option: str) -> None:
        """Takes an option of a field."""
        pick(self.page, self.field(label).locator(".ant-select").first, option)

    def click(self, button: str) -> None:
        """A button of the drawer."""
        self.root.get_by_role("button", name=button, exact=True).click()

    def more(self, entry: str) -> None:
        """An entry of the menu behind the three dots."""
        self.click("更多")
        self.page.get_by_role("menuitem", name=entry).click()

    def tab(self, name: str) -> None:
        """One of its pages."""
        self.root.get_by_role("tab", name=name).click()

    def close(self) -> None:
        """Back to the list."""
        self.click("关闭")
        expect(self.page.get_by_role("dialog")).to_have_count(0)
