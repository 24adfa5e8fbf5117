"""Gap policy of serial numbers 断号: fifty writers, some refused; no number twice, no gap where none is allowed."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.server.site import Person, Site
from tests.server.team import bearer
from tests.server.test_races import at_once, twins

CROWD = 50
POLICIES = ["gapless", "fast"]


def numbered(person: Person, policy: str) -> None:
    """Publish a form whose records are numbered under the policy and have a unique code."""
    fields = [
        {"id": "title", "type": "text", "label": "Title", "required": True},
        {"id": "code", "type": "text", "label": "Code", "unique": True},
        {"id": "no", "type": "serial", "label": "No", "prefix": "N", "digits": 3, "start": 1, "gap_policy": policy},
    ]
    value = {"id": "thing", "name": "Thing", "title": "title", "fields": fields}
    draft = person.ask("PUT", "/api/apps/crm/draft/forms/thing", {"value": value, "base": ""})
    person.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)


def create(person: Person, place: int) -> int:
    """One of five has no title, two of five want the same code: the status."""
    values = {"title": "" if place % 5 == 0 else f"T{place}", "code": "same" if place % 5 == 1 else f"c{place}"}
    answer = person.client.post(person.records("thing"), json={"values": values})
    return answer.status_code


def counts(person: Person) -> list[int]:
    """The counts of all numbers, in order."""
    page = person.list("thing", limit=200)["records"]
    return sorted(int(one["values"]["no"].removeprefix("N-")) for one in page)


@pytest.mark.parametrize("policy", POLICIES)
def test_fifty_writers_get_a_number_each_whoever_is_refused(any_site: Site, policy: str) -> None:
    """Under both policies no number comes twice; gapless ones stand without a gap after all refusals."""
    ann = any_site.owner()
    numbered(ann, policy)
    crowd = twins(bearer(ann)[0], CROWD)
    statuses = Counter(at_once([partial(create, person, place) for place, person in enumerate(crowd)]))
    assert statuses[201] == 31
    assert statuses[201] + statuses[409] + statuses[422] == CROWD
    found = counts(ann)
    assert len(found) == len(set(found)) == 31
    if policy == "gapless":
        assert found == list(range(1, 32))


def test_a_file_that_brings_numbers_and_writers_who_draw_never_share_one(any_site: Site, tmp_path: Path) -> None:
    """The import waits for who has drawn, and the counter goes on behind what it brought."""
    ann = any_site.owner()
    numbered(ann, "fast")
    file = tmp_path / "things.csv"
    file.write_text("No,Title\n" + "".join(f"N-{count:03},B{count}\n" for count in range(1, 21)))
    crowd = twins(bearer(ann)[0], 8)

    def write(person: Person, place: int) -> Any:
        return [create(person, 100 * place + turn * 5 + 2) for turn in range(1, 6)]

    at_once([partial(ann.bring, "thing", file, {"No": "no", "Title": "title"}), *(
        partial(write, person, place) for place, person in enumerate(crowd, 1))])  # fmt: skip
    found = counts(ann)
    assert len(found) == len(set(found)) >= 40
