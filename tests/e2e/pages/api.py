"""The API as the browser's own session reaches it 接口: to prepare a journey, and to know what is true."""

from dataclasses import dataclass, field
from typing import Any, cast

from playwright.sync_api import APIResponse, Page

APP = "crm"
OVERTAKEN: set[Page] = set()
"""Pages whose person was changed behind their back: until they go elsewhere, they may ask for what is not his."""


@dataclass
class Api:
    """Requests with the cookie of `page`; what is refused fails the journey with the server's own words."""

    page: Page
    language: str = "zh-CN"
    session: dict[str, Any] = field(default_factory=dict)

    @property
    def _headers(self) -> dict[str, str]:
        return {"X-Requested-With": "qiaoban", "Accept-Language": self.language}

    def get(self, path: str) -> Any:
        """The answer of a GET."""
        return _body(self.page.request.get(path, headers=self._headers))

    def post(self, path: str, body: Any = None) -> Any:
        """The answer of a POST."""
        return _body(self.page.request.post(path, data=body or {}, headers=self._headers))

    def put(self, path: str, body: Any) -> Any:
        """The answer of a PUT."""
        return _body(self.page.request.put(path, data=body, headers=self._headers))

    def patch(self, path: str, body: Any) -> Any:
        """The answer of a PATCH."""
        return _body(self.page.request.patch(path, data=body, headers=self._headers))

    def start_trial(self) -> "Api":
        """A workspace of its own for this browser, as the landing page's button makes it."""
        self.session = self.post("/api/trial", {"language": self.language, "template": APP})
        return self

    def play(self, name: str) -> None:
        """Act as another member from now on; a page that stays open does not know it, see `OVERTAKEN`."""
        OVERTAKEN.add(self.page)
        self.session = self.post("/api/session/persona", {"member": self.member(name)})

    def member(self, name: str) -> str:
        """The id of a member of the trial by name."""
        return cast(str, next(one["id"] for one in self.session["personas"] if one["name"] == name))

    def create(self, form: str, values: dict[str, Any], submit: bool = True) -> dict[str, Any]:
        """A new record; `submit` starts its workflow."""
        body = {"values": values, "submit": submit}
        return cast(dict[str, Any], self.post(f"/api/apps/{APP}/forms/{form}/records", body))

    def records(self, form: str, **ask: Any) -> list[dict[str, Any]]:
        """Records of a form that answer a question."""
        return cast(list[dict[str, Any]], self.query(form, **ask)["records"])

    def query(self, form: str, **ask: Any) -> dict[str, Any]:
        """A page of records with its total."""
        return cast(dict[str, Any], self.post(f"/api/apps/{APP}/forms/{form}/records/query", ask))

    def total(self, form: str, **ask: Any) -> int:
        """How many records answer a question."""
        return cast(int, self.query(form, total=True, limit=1, **ask)["total"])

    def record(self, form: str, record: str) -> dict[str, Any]:
        """One record as it is now."""
        return cast(dict[str, Any], self.get(f"/api/apps/{APP}/forms/{form}/records/{record}"))


def _body(response: APIResponse) -> Any:
    assert response.ok, f"{response.status} {response.url}: {response.text()}"
    return response.json()
