"""The short way through the framework for the requests that make up nearly all of the traffic 直路.

FastAPI walks from an address to a handler through every router and every pattern, solves dependencies of all kinds and
changes threads twice, once to call the handler and once to check its answer. Our handlers need none of it: path
parameters, at most one JSON body, one answer of a known shape. `Signposts` finds the route by method and depth;
`Straight` reads, calls and writes in one turn of one thread. Whatever is out of the ordinary goes the framework's own
way, which also says what is wrong with bad input, so that there is one answer to it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.routing import Match, Route
from starlette.types import Message, Receive, Scope, Send

THREADS = ThreadPoolExecutor(40, thread_name_prefix="request")
JSON = (b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8")
KIND = (b"content-type", b"application/json")
PLAIN = (None, 200, 201)


class Unusual(Exception):
    """The framework shall have a look at the request; nothing has been done yet."""


class Signposts:
    """Stands before a router: the routes that may be meant, by method and number of slashes, in their order."""

    def __init__(self, router: APIRouter) -> None:
        self.router = router

    @cached_property
    def _routes(self) -> Mapping[tuple[str, int], Sequence[Route]]:
        found: dict[tuple[str, int], list[Route]] = defaultdict(list)
        for route in self.router.routes:
            if isinstance(route, Route) and ":path}" not in route.path:
                for method in route.methods or ():
                    found[method, route.path.count("/")].append(route)
        return found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to its route; to the router when there is none."""
        if scope["type"] == "http":
            for route in self._routes.get((scope["method"], scope["path"].count("/")), ()):
                match, child = route.matches(scope)
                if match is Match.FULL:
                    scope.update(child, router=self.router)
                    await route.handle(scope, receive, send)
                    return
        await self.router.app(scope, receive, send)


class Straight(APIRoute):
    """A route that takes the short way if its handler allows it, and the request is an ordinary one."""

    @cached_property
    def short(self) -> bool:
        """Whether there is nothing that only the framework could do."""
        needs, body = self.dependant, self.body_field
        form = body is not None and (self._embed_body_fields or isinstance(body.field_info, Form))
        others = needs.header_params or needs.cookie_params or needs.dependencies or form
        plain = self.response_field is not None and self.status_code in PLAIN
        return plain and not others and not asyncio.iscoroutinefunction(self.endpoint)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request."""
        if not self.short or scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        body = await _read(receive) if self.body_field is not None else b""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Response] = loop.create_future()
        THREADS.submit(self._work, loop, waiting, Request(scope, receive), body)
        try:
            answer = await waiting
        except Unusual:
            await super().handle(scope, _once_more(body, receive), send)
            return
        await answer(scope, receive, send)

    def _work(self, loop: Any, waiting: "asyncio.Future[Response]", request: Request, body: bytes) -> None:
        """In a thread of its own; what comes of it is told to the loop."""
        answer, error = None, None
        try:
            answer = self._answer(request, body)
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed: the server has stopped, and nobody waits any more
            loop.call_soon_threadsafe(_told, waiting, answer, error)

    def _answer(self, request: Request, body: bytes) -> Response:
        given = self._given(request, body)
        request._body = body
        response = Response()
        del response.headers["content-length"]
        needs = self.dependant
        given[needs.request_param_name or "_request"] = request
        given[needs.response_param_name or "_response"] = response
        answer = self.endpoint(**given)
        return answer if isinstance(answer, Response) else self._written(answer, response)

    def _given(self, request: Request, body: bytes) -> dict[str, Any]:
        """The handler's arguments; raises `Unusual` when anything is wrong with them."""
        given: dict[str, Any] = {}
        for field in self.dependant.path_params:
            given[field.name] = _valid(field, request.path_params.get(field.alias))
        for field in self.dependant.query_params:
            if request.scope["query_string"] or field.field_info.is_required():
                raise Unusual
            given[field.name] = field.get_default()
        if self.body_field is not None:
            if _header(request.scope, b"content-type") not in JSON:
                raise Unusual
            try:
                sent = json.loads(body)
            except (ValueError, RecursionError):
                raise Unusual from None
            given[self.body_field.name] = _valid(self.body_field, sent)
        return given

    def _written(self, answer: Any, response: Response) -> Response:
        field = self.response_field
        assert field is not None
        value, errors = field.validate(answer, {}, loc=("response",))
        if errors:
            raise ValueError(f"{self.path} answers what it did not promise: {errors}")
        response.body = field.serialize_json(value)
        response.status_code = self.status_code or response.status_code or 200
        response.raw_headers += [KIND, (b"content-length", str(len(response.body)).encode())]
        return response


def _told(waiting: "asyncio.Future[Response]", answer: Response | None, error: BaseException | None) -> None:
    if waiting.done():
        return
    if error is not None:
        waiting.set_exception(error)
    elif answer is not None:
        waiting.set_result(answer)


def _valid(field: Any, sent: Any) -> Any:
    value, errors = field.validate(sent, {}, loc=())
    if errors:
        raise Unusual
    return value


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"").lower()


async def _read(receive: Receive) -> bytes:
    """The whole body; the guard has seen to it that it is not too long."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _once_more(body: bytes, receive: Receive) -> Receive:
    """A body that has been read, to be read again."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
