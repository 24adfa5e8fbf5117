"""What stands before every route 门卫: a limit on bodies, security headers. Plain ASGI, for it is on every path."""

from typing import Any, TypeVar

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.problem import Problem
from server import problems

Sent = TypeVar("Sent")
LARGEST_BODY = 12_000_000
LARGEST_UPLOAD = 105_000_000
LARGEST_FROM_STRANGERS = 21_000_000
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'wasm-unsafe-eval'; frame-src 'self' https:; "
    "connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
"""WebAssembly reads bar codes where the browser cannot; other sites are framed by forms, each in a sandbox."""
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
]


def without_nul(sent: Sent) -> Sent:
    """What was sent; raises `ValueError` for a text with a NUL, which databases refuse."""
    values = (value if isinstance(value, list) else (value,) for value in vars(sent).values())
    if any(isinstance(text, str) and "\x00" in text for listed in values for text in listed):
        raise ValueError("a text may hold no NUL character")
    return sent


class Guard:
    """Refuses bodies that are too large before they are read, bodies without a length, and addresses with a NUL."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            nowhere: Any = problems.document(404, [Problem("not_found")], problems.language_of(Request(scope)))
            await nowhere(scope, receive, send)
            return
        limit = _refused(scope)
        if limit:
            problem = Problem("body_too_large", (), {"limit": f"{limit // 1_000_000} MB"})
            answer: Any = problems.document(413, [problem], problems.language_of(Request(scope)))
            await answer(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in held)]
            await send(message)

        await self.app(scope, receive, with_headers)


def _refused(scope: Scope) -> int:
    """The limit that the request breaks; 0 when it breaks none."""
    if scope["method"] not in ("POST", "PUT", "PATCH"):
        return 0
    headers = Headers(scope=scope)
    limit = LARGEST_UPLOAD if headers.get("content-type", "").startswith("multipart/") else LARGEST_BODY
    limit = min(limit, LARGEST_FROM_STRANGERS) if scope["path"].startswith("/api/public/") else limit
    length = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
    return 0 if length.isdigit() and int(length) <= limit else limit
