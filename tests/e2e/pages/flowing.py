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

    def places(self) -> dict[str, tuple[float, float]]:
        """Where every card stands on the drawing."""
        return {
            str(id): self.place(str(id)) for id in self.nodes.evaluate_all("all => all.map(one => one.dataset.node)")
        }

    def find(self, words: str) -> None:
        """Looks for a node by its words and goes to the first."""
        self.page.keyboard.press("Control+f")
        box = self.page.get_by_role("textbox", name="查找节点")
        box.fill(words)
        box.press("Enter")
        expect(box).to_have_count(0)

    def see(self, id: str) -> None:
        """Brings a card and its neighbours near, as a person does who looks for it."""
        self.page.keyboard.press("Escape")
        self.find(self.node(id).locator("[title]").first.get_attribute("title") or id)
        still(self.node(id))

    def choose_line(self, name: str) -> None:
        """Clicks a line."""
        self.page.locator(f".react-flow__edge[data-id='{name}']").dispatch_event("click")

    def leads(self, name: str, words: str) -> None:
        """Between which cards a line runs."""
        expect(self.page.locator(f".react-flow__edge[data-id='{name}']")).to_have_attribute("aria-label", words)

    def draw(self, source: str, target: str) -> None:
        """Drags from the lower edge of a card to another card."""
        handle = self.node(source).locator(".react-flow__handle-bottom")
        self._drag(middle(handle), inside(self.node(target)))

    def lead(self, line: str, target: str) -> None:
        """Drags the arrow of a line to another card."""
        self._drag(
            middle(self.page.locator(f".react-flow__edge[data-id='{line}'] .react-flow__edgeupdater")),
            inside(self.node(target)),
        )

    def _drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()


def middle(place: Locator) -> tuple[float, float]:
    """The middle of something, on the screen."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def inside(card: Locator) -> tuple[float, float]:
    """A place on a card that is far from its edges' handles."""
    box = card.bounding_box()
    assert box is not None
    return box["x"] + box["width"] - 20, box["y"] + box["height"] - 12


def still(place: Locator) -> None:
    """Waits until something does not move any more."""
    place.evaluate(
        """each => new Promise(done => {
            let [before, same] = ['', 0]
            const look = () => {
                const { x, y, width } = each.getBoundingClientRect()
                const now = `${x},${y},${width}`
                same = now === before ? same + 1 : 0
                before = now
                same > 20 ? done() : requestAnimationFrame(look)
            }
            look()
        })"""
    )
