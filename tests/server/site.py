"""A whole server in the test's own process: the real application on a real database, asked over HTTP."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from server import operating, timing, worker
from server.app import make_app
from server.settings import Settings
from server.wiring import Wired

DATA = Path(__file__).parents[1] / "data"


@dataclass
class Site:
    """The application, and how visitors come to it."""

    app: FastAPI
    clients: list[TestClient] = field(default_factory=list)

    @property
    def wired(self) -> Wired:
        """The process's own things."""
        wired: Wired = self.app.state.wired
        return wired

    def visitor(self, language: str = "en") -> "Person":
        """Somebody with a browser of his own who has not signed in."""
        client = TestClient(self.app, headers={"accept-language": language})
        self.clients.append(client)
        return Person(self, client)

    def trial(self, language: str = "en") -> "Person":
        """Somebody who has just clicked "try it"."""
        person = self.visitor(language)
        person.post("/api/trial", {"language": language}, status=201)
        return person

    def owner(self, email: str = "ann@example.com", samples: bool = False) -> "Person":
        """Somebody who has signed up, with a CRM of his own."""
        person = self.visitor()
        body = {"name": "Ann", "email": email, "password": "correct horse", "template": "crm", "samples": samples}
        person.post("/api/signup", body, status=201)
        return person

    def work(self) -> None:
        """Let the worker do everything that is due."""
        while timing.work(self.wired) + worker.work(self.wired, "test"):
            pass


@dataclass
class Person:
    """Somebody with a browser."""

    site: Site
    client: TestClient

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any) -> Any:
        """The answer's JSON; fails with the whole answer when the status is another."""
        sent = {"json": body} if body is not None else {}
        answer = self.client.request(method, path, **sent, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if "json" in answer.headers.get("content-type", "") else answer

    def get(self, path: str, status: int = 200) -> Any:
        """GET."""
        return self.ask("GET", path, status=status)

    def post(self, path: str, body: Any = None, status: int = 200, **more: Any) -> Any:
        """POST; without a body an empty object."""
        return self.ask("POST", path, {} if body is None and not more else body, status=status, **more)

    def records(self, form: str) -> str:
        """The address of a form's records."""
        return f"/api/apps/crm/forms/{form}/records"

    def add(self, form: str, status: int = 201, **values: Any) -> Any:
        """Add a record."""
        return self.post(self.records(form), {"values": values}, status)

    def edit(self, form: str, id: str, before: dict[str, Any], status: int = 200, **values: Any) -> Any:
        """Change a record, having seen `before`."""
        return self.ask("PATCH", f"{self.records(form)}/{id}", {"values": values, "before": before}, status=status)

    def list(self, form: str, status: int = 200, **asked: Any) -> Any:
        """A page of records."""
        return self.post(f"{self.records(form)}/query", asked, status)

    def play(self, name: str) -> "Person":
        """In a trial: act as the member called so."""
        people = self.get("/api/session")["personas"]
        wanted = next(person["id"] for person in people if person["name"] == name)
        self.post("/api/session/persona", {"member": wanted})
        return self

    def bring(self, form: str, file: Path, columns: dict[str, str], **how: Any) -> dict[str, Any]:
        """Import a file through the wizard's own calls: headings → fields; answers verdict and progress."""
        with file.open("rb") as content:
            read = self.post(f"/api/apps/crm/forms/{form}/imports", files={"file": (file.name, content)}, status=201)
        chosen = {str(one["index"]): columns.get(one["heading"], one["guess"]) for one in read["columns"]}
        mapping = {
            "sheet": read["sheet"],
            "header_row": read["header_row"],
            "encoding": read["encoding"],
            "delimiter": read["delimiter"],
            "columns": {index: path for index, path in chosen.items() if path},
            **how,
        }
        verdict = self.post(f"/api/imports/{read['id']}/check", mapping)
        self.post(f"/api/imports/{read['id']}/start", mapping)
        self.site.work()
        return {"id": read["id"], "read": read, "verdict": verdict, "progress": self.get(f"/api/imports/{read['id']}")}


def open_site(home: Path, url: str = "") -> Site:
    """A site with an empty database."""
    settings = Settings(
        home=home, database_url=url, worker_in_server=False, trials_per_address=1000, sign_ins_per_minute=1000
    )
    operating.migrate(settings)
    return Site(make_app(settings))
