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
        self.piece(piece).click()

    @property
    def canvas(self) -> Locator:
        """The form as it is drawn."""
        return self.page.get_by_role("main")

    def card(self, label: str) -> Locator:
        """A field on the canvas."""
        return self.canvas.get_by_role("group", name=label, exact=True)

    @property
    def fields(self) -> Locator:
        """All fields on the canvas, columns among them."""
        return self.canvas.locator("[data-field]")

    @property
    def chosen(self) -> Locator:
        """Those that are selected."""
        return self.canvas.locator("[data-selected=true]")

    def piece(self, name: str) -> Locator:
        """A piece of the palette."""
        palette = self.page.get_by_role("complementary", name="字段", exact=True)
        return palette.get_by_role("button", name=name, exact=True)

    def form_panel(self, name: str) -> Locator:
        """A panel of the form's own properties, opened."""
        self.properties.get_by_role("tab", name="表单属性").click()
        head = self.properties.get_by_role("button", name=name)
        if head.get_attribute("aria-expanded") != "true":
            head.click()
        return self.properties.locator(".ant-collapse-item-active").filter(
            has=self.page.get_by_role("button", name=name)
        )

    def relabel(self, label: str, other: str) -> None:
        """Gives a field another title."""
        self.card(label).click()
        title = self.properties.get_by_label("标题", exact=True)
        title.fill(other)
        title.press("Tab")
        expect(self.card(other)).to_be_visible()

    def undo(self) -> None:
        """One step back, by the button."""
        self.canvas.get_by_role("button", name="撤销 (Ctrl+Z)").click()

    def redo(self) -> None:
        """One step forward, by the button."""
        self.canvas.get_by_role("button", name="重做 (Ctrl+Shift+Z)").click()

    def drag(self, piece: Locator, target: Locator, across: float = 0.5, down: float = 0.5) -> Locator:
        """Carries a piece over a target and holds it there; what shows where it would stand. `drop` lets go."""
        piece.hover()
        self.page.mouse.down()
        box = target.bounding_box()
        assert box is not None
        place = box["x"] + box["width"] * across, box["y"] + box["height"] * down
        self.page.mouse.move(place[0] - 6, place[1] - 6, steps=6)
        self.page.mouse.move(*place, steps=3)
        return self.page.locator("[data-edge], [data-over=true]")

    def drop(self) -> None:
        """Lets go of what is dragged."""
        self.page.mouse.up()

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
