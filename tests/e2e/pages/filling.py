"""A form on a page of its own 填写页: what is typed, and the ways from step to step."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.api import APP, Api


def with_skin(api: Api, form: str, **skin: Any) -> None:
    """The form in another skin, published; `rules` and `checks` beside it."""
    draft = api.get(f"/api/apps/{APP}/draft")
    value = draft["parts"][f"forms/{form}"]
    rules = skin.pop("rules", value.get("rules", []))
    checks = skin.pop("checks", value.get("checks", []))
    body = {
        "value": {**value, "skin": skin, "rules": rules, "checks": checks},
        "base": draft["hashes"][f"forms/{form}"],
    }
    saved = api.put(f"/api/apps/{APP}/draft/forms/{form}", body)
    api.post(f"/api/apps/{APP}/publish", {"message": "", "revision": saved["revision"]})


@dataclass
class FillPage:
    """One step of it, or all."""

    page: Page

    @property
    def progress(self) -> Locator:
        """How far one is."""
        return self.page.get_by_role("progressbar", name="填写进度")

    def is_at(self, step: int, of: int) -> None:
        """Step so many of so many."""
        expect(self.progress).to_have_attribute("aria-valuenow", str(step))
        expect(self.progress).to_have_attribute("aria-valuemax", str(of))

    def next(self) -> None:
        """Onwards, once what was filled in is judged."""
        button = self.page.get_by_role("button", name="下一步")
        button.click()
        expect(button.or_(self.page.get_by_role("button", name="提交")).first).to_be_enabled()

    def choose(self, field: str, option: str) -> None:
        """Of a list that opens."""
        self.page.get_by_role("combobox", name=field, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()
