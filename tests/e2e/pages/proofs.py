"""The proofs of a workflow 验证: simulation, saved cases, migration."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.records import pick


@dataclass
class Simulation:
    """The panel beside the canvas in which a workflow is tried."""

    page: Page

    def begin(self, who: str, **values: str) -> None:
        """Choose who submits, and what."""
        pick(
            self.page, self.page.locator(".ant-select").filter(has=self.page.locator("#try-initiator")), who, search=who
        )
        for field, value in values.items():
            self.page.locator(f"#try-{field}").fill(value)
            self.page.locator(f"#try-{field}").blur()

    def offer(self, who: str) -> Locator:
        """What this person could do next."""
        return self.page.get_by_role("region", name=f"以 {who} 的身份")

    def act(self, who: str, deed: str) -> None:
        """Let somebody who is asked do something."""
        self.offer(who).get_by_role("button", name=deed, exact=True).click()

    def step(self, number: int) -> Locator:
        """One step of the walk."""
        return self.page.get_by_role("listitem").filter(has=self.page.locator("[class*=stepNumber]")).nth(number - 1)

    def shows(self, number: int, words: str) -> None:
        """The step says this."""
        expect(self.step(number)).to_contain_text(words)

    def asks(self, node: str, words: str) -> None:
        """The node on the canvas is lit, with who is asked."""
        expect(self.page.locator(f'.react-flow__node[data-id="{node}"]')).to_contain_text(words)

    def keep(self, name: str) -> None:
        """Keep the walk as a case."""
        self.page.get_by_role("button", name="保存为用例").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("用例名称").fill(name)
        dialog.get_by_role("button", name="保 存").or_(dialog.get_by_role("button", name="保存", exact=True)).click()


@dataclass
class Migration:
    """The drawer that moves running instances to the newest version."""

    page: Page

    @property
    def root(self) -> Locator:
        """The drawer."""
        return self.page.get_by_role("dialog").filter(has_text="流程迁移到")

    def becomes(self, node: str, target: str) -> None:
        """Say what a node becomes."""
        box = self.page.get_by_role("combobox", name=f"「{node}」对应的新节点")
        pick(self.page, self.root.locator(".ant-select").filter(has=box), target)

    def row(self, words: str) -> Locator:
        """One instance in the preview."""
        return self.root.get_by_role("row").filter(has_text=words)

    def move(self, count: int) -> None:
        """Move them, after the question."""
        self.root.get_by_role("button", name=f"迁移 {count} 个流程").click()
        self.page.locator(".ant-modal").get_by_role("button", name=f"迁移 {count} 个流程").click()

    def undo(self) -> None:
        """Take it back."""
        self.root.get_by_role("button", name="撤销迁移").click()
