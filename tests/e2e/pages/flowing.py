"""The workflow designer 流程设计器: canvas, cards, lines, problems."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.e2e.pages.designing import Designer


@dataclass
class Canvas(Designer):
    """A workflow as a drawing."""

    def node(self, id: str) -> Locator:
        """A card by its node's id."""
        return self.page.locator(f"[data-node={id}]")

    @property
    def nodes(self) -> Locator:
        """Every card."""
        return self.page.locator("[data-node]")

    def line(self, name: str) -> Locator:
        """A line's label, by `from/exit`."""
        return self.page.locator(f"[data-line='{name}']")

    def choose(self, id: str) -> None:
        """Clicks a card."""
        self.node(id).click()
        expect(self.node(id)).to_have_attribute("data-selected", "true")

    def insert(self, line: str, kind: str) -> None:
        """Puts a node of a kind into a line."""
        self.line(line).get_by_role("button").click()
        self.page.get_by_role("menuitem", name=kind).first.click()

    def cut(self, name: str) -> None:
        """Chooses a line and deletes it."""
        self.page.locator(f".react-flow__edge[data-id='{name}']").dispatch_event("click")
        self.page.keyboard.press("Delete")

    def place(self, id: str) -> tuple[float, float]:
        """Where a card stands on the drawing, whatever the view shows of it."""
        card = self.page.locator(f".react-flow__node[data-id={id}]")
        found = card.evaluate("each => new DOMMatrix(getComputedStyle(each).transform)")
        return found["e"], found["f"]

    def open(self, group: str) -> Locator:
        """Unfolds a group of settings."""
        fold = self.properties.locator("details", has=self.page.locator("summary", has_text=group))
        fold.locator("summary").first.click()
        return fold
