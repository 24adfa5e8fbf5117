"""The front end's files 页面文件: packed when the browser unpacks them, and never anything beside them."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.app import make_app
from server.settings import Settings

PAGE = "<!doctype html><title>Qiaoban</title>"
SCRIPT = "console.log('巧板')".encode() * 99


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    """A browser before a small build."""
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text(PAGE)
    (web / "assets" / "a.js").write_bytes(SCRIPT)
    (web / "assets" / "a.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "secret.txt").write_text("secret")
    app = make_app(Settings(home=tmp_path / "home", web=web, worker_in_server=False))
    client = TestClient(app)
    yield client
    client.close()
    app.state.wired.engine.dispose()


def test_a_script_comes_packed_to_whom_unpacks_it(browser: TestClient) -> None:
    """The same bytes, fewer on the way, kept for good."""
    answer = browser.get("/assets/a.js", headers={"accept-encoding": "gzip, deflate"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert int(answer.headers["content-length"]) < len(SCRIPT)
    assert answer.content == SCRIPT


def test_a_script_comes_as_it_is_to_whom_does_not(browser: TestClient) -> None:
    """Caches are told that it depends."""
    answer = browser.get("/assets/a.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


@pytest.mark.parametrize("path", ["/", "/app/crm/form/customer", "/..%2fsecret.txt", "/%2e%2e/secret.txt"])
def test_every_other_address_is_the_page(browser: TestClient, path: str) -> None:
    """Also an address that tries to leave the folder."""
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["cache-control"] == "no-cache"


def test_a_part_of_an_older_build_is_missing(browser: TestClient) -> None:
    """It must not be answered with the page."""
    assert browser.get("/assets/gone.js").status_code == 404
