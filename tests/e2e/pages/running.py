"""A running workflow as its people see it 流程操作: made by the API, acted upon on the screen."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.records import pick
from tests.e2e.pages.shell import Shell

DAYS = {"signed_on": "2026-11-23", "start_on": "2026-12-01", "end_on": "2027-11-30"}


def contracts(api: Api, *names: str, price: str = "9000") -> list[str]:
    """Contracts of 销售小王 in approval; their ids."""
    api.play("销售小王")
    product, customer = (api.records(form, limit=1)[0]["id"] for form in ("product", "customer"))
    line = {"product": product, "price": price, "quantity": "1", "discount": "1"}
    shared = {"customer": customer, "owner": api.member("销售小王"), "lines": [line], **DAYS}
    return [str(api.create("contract", {"name": name, **shared})["id"]) for name in names]


def changed(api: Api, node: str, **settings: Any) -> None:
    """The contract's workflow with other settings at a node ("": its own), published without its saved cases."""
    api.play("陈总")
    draft = api.get(f"/api/apps/{APP}/draft")
    cases = {"value": None, "base": draft["hashes"]["checks/contract"]}
    api.put(f"/api/apps/{APP}/draft/checks/contract", cases)
    flow = draft["parts"]["workflows/contract"]
    (flow["nodes"][node] if node else flow).update(settings)
    body = {"value": flow, "base": draft["hashes"]["workflows/contract"]}
    revision = api.put(f"/api/apps/{APP}/draft/workflows/contract", body)["revision"]
    api.post(f"/api/apps/{APP}/publish", {"message": "改流程", "revision": revision})


def answer(api: Api, who: str, record: str, action: str) -> None:
    """Somebody answers his task on a contract."""
    api.play(who)
    card = next(one for one in api.get("/api/tasks/boxes/todo")["cards"] if one["record"] == record)
    api.post(f"/api/tasks/{card['id']}/act", {"action": action, "comment": "看过了"})


def flow_of(api: Api, record: str) -> dict[str, Any]:
    """Where a contract's workflow stands."""
    found: dict[str, Any] = api.get(f"/api/apps/{APP}/forms/contract/records/{record}/flow")
    return found


@dataclass
class Running:
    """The flow tab of a contract's drawer."""

    page: Page

    def open(self, record: str) -> None:
        """Goes there."""
        Shell(self.page).go(f"form/contract?record={record}&tab=flow")
        expect(self.root.get_by_role("region", name="流程图")).to_be_visible()

    @property
    def root(self) -> Locator:
        """The drawer."""
        return self.page.get_by_role("dialog").filter(has=self.page.get_by_role("heading", level=2)).first

    def intervene(self, entry: str) -> Locator:
        """The administrator's dialog for an entry of his menu."""
        self.root.get_by_role("button", name="管理员操作").click()
        self.page.get_by_role("menuitem", name=entry).click()
        return self.page.get_by_role("dialog", name=entry)

    def send(self, entry: str, label: str, choice: str) -> None:
        """An intervention at a node."""
        dialog = self.intervene(entry)
        pick(self.page, dialog.get_by_label(label), choice)
        dialog.get_by_role("button", name=entry).click()

    def surely(self, deed: str) -> None:
        """A deed that asks once more."""
        self.root.get_by_role("button", name=deed, exact=True).click()
        self.page.locator(".ant-modal").get_by_role("button", name=deed).click()
