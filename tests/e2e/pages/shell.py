"""The frame around every page 应用框架: the menu, the persona switch, messages."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import APP


@dataclass
class Shell:
    """What a signed-in person sees around an app's pages on a desk."""

    page: Page

    @property
    def menu(self) -> Locator:
        """The tree at the left."""
        return self.page.get_by_role("navigation", name="菜单")

    def go(self, path: str) -> None:
        """A place of the app by its address, e.g. `form/customer`."""
        self.page.goto(f"/app/{APP}/{path}")

    def open(self, name: str) -> None:
        """A place by its word in the menu."""
        self.menu.get_by_role("link", name=name, exact=True).click()

    def play(self, name: str) -> None:
        """See with another member's eyes."""
        self.page.get_by_test_id("persona").click()
        self.page.get_by_role("menuitem").filter(has_text=name).click()
        expect(self.page.get_by_test_id("persona")).to_contain_text(name)

    def says(self, words: str) -> None:
        """A message with these words is shown."""
        expect(self.message(words)).to_be_visible()

    def message(self, words: str) -> Locator:
        """The message at the foot of the page with these words."""
        return self.page.locator("[role=status], [role=alert]").filter(has_text=words).last

    def account(self, entry: str) -> None:
        """An entry of the account menu."""
        self.page.get_by_role("button", name="账号菜单").click()
        self.page.get_by_role("menuitem", name=entry).click()
