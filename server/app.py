"""The application 应用入口: routes, problems, limits of size, security headers, and the web's files."""

import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from fastapi import FastAPI, Request, Response

from builder.problem import Problem, missing
from builder.schemas import schemas
from server import captcha_page, events, manual, pages, problems, worker
from server.guard import Guard
from server.problems import PROBLEMS
from server.settings import Settings
from server.straight import Signposts
from server.wiring import Wired, wire

log = logging.getLogger("qiaoban")

ROUTES = (
    "records", "tasks", "session", "passwords", "people", "forms", "drafts", "views", "public", "dashboards", "notices",
    "design", "operations", "whom", "regions", "centre", "flow_proofs", "files", "imports", "flow_history",
    "flow_analysis", "flow_migration", "retyping", "facts", "aggregates",
    "form_events", "services", "previews",
)  # fmt: skip
WARM = "crm"
"""The template that is read before the first visitor asks for it."""
ABOUT = """The API of Qiaoban 巧板. Sign in by cookie, or send `Authorization: Bearer qb_…` with an API token of
a member; every call goes through that member's rights. Errors are `application/problem+json`: a stable `code`,
a `path` into what was sent, and a sentence in the language of `Accept-Language` (zh-CN or en). Numbers are
decimal texts; instants are UTC. A write with an `Idempotency-Key` header may be repeated safely."""


def make_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings (by default from the environment)."""
    wired = wire(settings or Settings())
    app = FastAPI(
        title="Qiaoban 巧板", version="0.1.0", description=ABOUT, lifespan=_alive, openapi_url="/api/openapi.json",
        docs_url=None, redoc_url=None, responses=PROBLEMS,
    )  # fmt: skip
    app.state.wired = wired
    problems.install(app)
    app.add_middleware(Guard)
    for name in ROUTES:
        app.router.routes += import_module(f"server.routes.{name}").router.routes
    app.include_router(events.router, prefix="/api")
    app.router.middleware_stack = Signposts(app.router)
    manual.install(app)
    _plain_routes(app)
    captcha_page.install(app)
    pages.install(app)
    return app


@asynccontextmanager
async def _alive(app: FastAPI) -> AsyncIterator[None]:
    wired: Wired = app.state.wired
    stop = worker.start_thread(wired) if wired.settings.worker_in_server else None
    poller = events.start(wired)
    threading.Thread(target=wired.template, args=(WARM,), name="warm", daemon=True).start()
    gc.collect()
    gc.freeze()  # what was imported stays; the collector need not look at it again and again
    gc.set_threshold(10_000, 50, 50)  # rows by the thousand are no garbage: a quarter of an import's time was this
    yield
    poller.stop()
    if stop is not None:
        stop()
    wired.engine.dispose()


def _plain_routes(app: FastAPI) -> None:
    """Health, schemas, and the API's last word."""

    @app.get("/api/health", tags=["health"])
    def health() -> dict[str, str]:
        """Whether the server answers."""
        return {"status": "ok"}

    @app.get("/schemas/{name}.json", include_in_schema=False)
    def schema(name: str) -> dict[str, Any]:
        """The JSON Schema of an artefact of the template format."""
        found = schemas()
        if name not in found:
            raise missing("not_found")
        return found[name]

    @app.get("/api/{rest:path}", include_in_schema=False)
    def nothing(request: Request, rest: str) -> Response:
        """No such route."""
        return problems.document(404, [Problem("not_found")], problems.language_of(request))
