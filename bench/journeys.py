"""What is promised in absolute terms: a template cloned, a task acted on, a file imported."""

import csv
import io
import time
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

from bench.client import Measured, Request, Step, Wire, measure
from bench.filling import customer_values
from bench.machine import Running

CONTRACTS = "/api/apps/crm/forms/contract/records"
COLUMNS = ("name", "level", "relation", "region", "industry", "phone", "revenue", "next_follow_up")


@dataclass
class Journeys:
    """The journeys over one server, told in milliseconds and rows a second."""

    server: Running
    floor: Running
    cookie: str
    run: str
    seconds: float

    def clone(self) -> dict[str, float]:
        """Try it: a workspace with people, the CRM and its samples; "in the server" is without an empty request."""
        trial = Request("POST", "/api/trial", {"language": "zh-CN"})
        first = measure(self.server.port, "", [[(trial,)]], 60)
        later = measure(self.server.port, "", [[(trial,)] * 8], self.seconds * 3)
        empty = measure(self.server.port, "", [[(Request("GET", "/api/health"),)] * 100], 2)
        inside = median(later.times) - median(empty.times)
        return {"first_ms": first.times[0] * 1000, "in_server_ms": inside * 1000}

    def tasks(self, clients: int, most: int = 40, alone: bool = False) -> Measured:
        """A manager approves, and has the next task on his screen; `alone`: only the first of these requests."""
        manager, tasks = self._manager_with_tasks(clients * most)
        shares = [tasks[place::clients] for place in range(clients)]
        steps: list[list[Step]] = [
            [
                _approval(mine) + (() if alone else (Request("GET", f"/api/tasks/{next}"),))
                for mine, next in pairwise(share)
            ]
            for share in shares
        ]
        return measure(self.server.port, manager, steps, self.seconds * 2)

    def _manager_with_tasks(self, wanted: int) -> tuple[str, list[str]]:
        """A trial in which the salesperson has submitted small contracts to his manager."""
        made = Wire(self.server.port).ask("POST", "/api/trial", {"language": "en"})
        wire = Wire(self.server.port, made.cookie)
        people = {one["name"]: one["id"] for one in made.json()["personas"]}
        seller = next(id for name, id in people.items() if name.startswith("Xiao Wang"))
        wire.ask("POST", "/api/session/persona", {"member": seller})
        customers = wire.ask("POST", "/api/apps/crm/forms/customer/records/query", {"limit": 1}).json()
        products = wire.ask("POST", "/api/apps/crm/forms/product/records/query", {"limit": 1}).json()
        ids = [
            wire.ask("POST", CONTRACTS, _contract(number, customers["records"][0]["id"], products["records"][0]["id"]))
            for number in range(wanted)
        ]
        flow = wire.ask("GET", f"{CONTRACTS}/{ids[0].json()['id']}/flow").json()
        waiting = next(entry for entry in flow["timeline"] if entry["state"] == "open")
        wire.ask("POST", "/api/session/persona", {"member": waiting["people"][0]})
        return made.cookie, self._todo(wire, wanted)

    def _todo(self, wire: Wire, wanted: int) -> list[str]:
        found: list[str] = []
        after = ""
        while len(found) < wanted:
            box = wire.ask("GET", f"/api/tasks/boxes/todo?limit=100&after={after}").json()
            found += [card["task"] for card in box["cards"] if card["title"].startswith("Bench")]
            after = box["next"]
            if not after:
                break
        return found

    def imported(self, rows: int) -> dict[str, float]:
        """A CSV of customers from the upload to "done"; beside it the floor: the same file in one INSERT."""
        wire, content = Wire(self.server.port, self.cookie), _csv(rows, self.run)
        begun = time.perf_counter()
        body, kind = _multipart(content)
        read = wire.ask("POST", "/api/apps/crm/forms/customer/imports", body, kind).json()
        columns = {str(one["index"]): one["guess"] for one in read["columns"]}
        mapping: dict[str, Any] = {"columns": columns, "sheet": read["sheet"], "header_row": read["header_row"]}
        mapping |= {"encoding": read["encoding"], "delimiter": read["delimiter"]}
        wire.ask("POST", f"/api/imports/{read['id']}/start", mapping)
        progress = self._until_done(wire, read["id"])
        taken = time.perf_counter() - begun
        if progress["created"] != rows:
            raise RuntimeError(f"the import kept {progress['created']} of {rows} rows: {progress}")
        begun = time.perf_counter()
        Wire(self.floor.port).ask("POST", "/import", _csv(rows, f"{self.run}-floor", ids=True), "text/csv")
        return {"rows_per_second": rows / taken, "floor_rows_per_second": rows / (time.perf_counter() - begun)}

    def _until_done(self, wire: Wire, id: str) -> dict[str, Any]:
        while True:
            progress: dict[str, Any] = wire.ask("GET", f"/api/imports/{id}").json()
            if progress["state"] not in ("queued", "running"):
                return progress
            time.sleep(0.05)


def _approval(task: str) -> Step:
    return (Request("POST", f"/api/tasks/{task}/act", {"action": "approve"}),)


def _contract(number: int, customer: str, product: str) -> dict[str, Any]:
    line = {"product": product, "price": "100", "quantity": "3"}
    dates = {"start_on": "2027-01-01", "end_on": "2027-12-31"}
    return {"values": {"name": f"Bench {number}", "customer": customer, "lines": [line], **dates}}


def _csv(rows: int, run: str, ids: bool = False) -> bytes:
    written = io.StringIO()
    columns = ["id", *COLUMNS] if ids else list(COLUMNS)
    writer = csv.DictWriter(written, columns, extrasaction="ignore")
    writer.writeheader()
    for number in range(rows):
        values = customer_values(number, Random(number), "")
        writer.writerow({**values, "name": f"{values['name']} {run}", "id": f"{run}-{number}"})
    return written.getvalue().encode()


def _multipart(content: bytes) -> tuple[bytes, str]:
    mark = "bench-boundary"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="customers.csv"\r\n'
    body = f"{head}Content-Type: text/csv\r\n\r\n".encode() + content + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"
