"""The task centre 流程中心: the box, the open task, and acting on it."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.records import pick


@dataclass
class TaskCentre:
    """我的待办, 我发起的, 我处理的, 抄送我的."""

    page: Page

    @property
    def pane(self) -> Locator:
        """What is open at the right."""
        return self.page.get_by_role("region", name="待办详情")

    @property
    def title(self) -> Locator:
        """The title of what is open."""
        return self.pane.get_by_role("heading", level=2)

    @property
    def story(self) -> Locator:
        """The timeline of what is open."""
        return self.pane.get_by_role("list").last

    def card(self, title: str) -> Locator:
        """A card of the box."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_role("button")).filter(has_text=title)

    def open(self, title: str) -> None:
        """Opens a card."""
        self.card(title).get_by_role("button").first.click()
        expect(self.title).to_have_text(title)

    def say(self, comment: str) -> None:
        """Writes the comment."""
        self.pane.get_by_label("意见", exact=True).fill(comment)

    def act(self, button: str) -> None:
        """A button of the bar."""
        self.pane.get_by_role("button", name=button, exact=True).click()

    def more(self, entry: str) -> None:
        """An entry of the menu behind the three dots."""
        self.pane.get_by_role("button", name="更多").click()
        self.page.get_by_role("menuitem", name=entry).click()

    def give_back(self, node: str, comment: str) -> None:
        """Returns the task to a node, with a word."""
        self.act("退回")
        dialog = self.page.get_by_role("dialog", name="退回到哪里？")
        pick(self.page, dialog.get_by_label("退回到"), node)
        dialog.get_by_label("意见", exact=True).fill(comment)
        dialog.get_by_role("button", name="退回", exact=True).click()
