"""The designers 设计器: palette, canvas, properties, publishing."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.shell import Shell


@dataclass
class Designer:
    """What the form and the workflow designer share."""

    page: Page

    @property
    def properties(self) -> Locator:
        """The pane at the right."""
        return self.page.get_by_role("complementary", name="属性")

    def add(self, piece: str) -> None:
        """Clicks a piece of the palette."""
        palette = self.page.get_by_role("complementary", name="字段", exact=True)
        palette.get_by_role("button", name=piece, exact=True).click()

    def saved(self) -> None:
        """The draft has been kept."""
        expect(self.page.locator("[data-state=saved]")).to_contain_text("草稿已保存")

    def publish(self, message: str, *changes: str) -> None:
        """Publishes after reading the changes in words."""
        self.page.get_by_role("main").get_by_role("button", name="发布", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        for words in changes:
            expect(dialog).to_contain_text(words)
        dialog.locator("textarea").first.fill(message)
        dialog.get_by_role("button", name="发布", exact=True).click()
        Shell(self.page).says("已发布版本")
