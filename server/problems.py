"""From what went wrong to `application/problem+json` (RFC 9457): the only file that knows status codes 错误应答."""

import json
import logging
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from builder.problem import (
    Conflict,
    Forbidden,
    Invalid,
    Missing,
    Problem,
    Refusal,
    TooMany,
    Unauthenticated,
    sentence,
)

log = logging.getLogger("qiaoban")

STATUS: Mapping[type[Refusal], int] = {
    Invalid: 422,
    Forbidden: 403,
    Missing: 404,
    Conflict: 409,
    TooMany: 429,
    Unauthenticated: 401,
}
CODES = {400: "bad_json", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "media_type"}
MEDIA = "application/problem+json"
SHAPES = {
    "missing": "shape_missing",
    "extra_forbidden": "shape_unknown",
    "string_too_long": "text_too_long",
    "too_long": "shape_too_long",
    "json_invalid": "bad_json",
}


class ProblemOut(BaseModel):
    """One thing that is wrong."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
    code: str = Field(examples=["must_be_number"])
    path: list[str | int] = Field(examples=[["values", "amount"]])
    detail: str = Field(examples=["请输入数字"])
    params: dict[str, Any] = {}


class ProblemDocument(BaseModel):
    """`application/problem+json` (RFC 9457): a stable code, a path and a sentence in the asker's language."""

    model_config = ConfigDict(extra="forbid")
    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    path: list[str | int] = []
    problems: list[ProblemOut] = []
    extra: dict[str, Any] = {}


PROBLEMS: dict[int | str, dict[str, Any]] = {422: {"model": ProblemDocument, "description": "A problem document."}}
"""What every route may answer instead, as the API's document says it."""


def install(app: FastAPI) -> None:
    """Make every failure of the app answer as a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RecursionError, _too_deep)
    app.add_exception_handler(UnicodeEncodeError, _no_text)
    app.add_exception_handler(TimeoutError, _busy)
    app.add_exception_handler(Exception, _broken)


def document(
    status: int, problems: Sequence[Problem], language: str, extra: Mapping[str, Any] | None = None
) -> JSONResponse:
    """The answer for one problem or more; the first gives the code and the sentence."""
    listed = [_listed(problem, language) for problem in problems]
    first = listed[0]
    body = {
        "type": "about:blank",
        "title": sentence(f"http_{status}", language, {}),
        "status": status,
        "code": first["code"],
        "detail": first["detail"],
        "path": first["path"],
        "problems": listed,
        "extra": dict(extra or {}),
    }
    return Document(body, status)


class Document(JSONResponse):
    """JSON that can always be sent: surrogates stay escaped, numbers that JSON lacks become words."""

    media_type = MEDIA

    def render(self, content: Any) -> bytes:
        """The document in ASCII."""
        try:
            return json.dumps(content, separators=(",", ":"), allow_nan=False).encode()
        except ValueError:
            return json.dumps(_finite(content), separators=(",", ":")).encode()


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value


def _listed(problem: Problem, language: str) -> dict[str, Any]:
    params = {
        key: value if isinstance(value, str | int | float | bool) else str(value)
        for key, value in problem.params.items()
    }
    return {"code": problem.code, "path": list(problem.path), "detail": problem.sentence(language), "params": params}


def language_of(request: Request) -> str:
    """The language the asker wants: `zh-CN` or `en`, by Accept-Language."""
    wanted = request.headers.get("accept-language", "")
    for part in wanted.split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return "zh-CN"


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 422)
    return document(status, error.problems, language_of(request), error.extra)


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    problems = [_shape_problem(found) for found in error.errors()[:50]]
    return document(422, problems or [Problem("bad_json")], language_of(request))


def _shape_problem(found: Mapping[str, Any]) -> Problem:
    path = tuple(step for step in found.get("loc", ()) if step not in ("body", "query", "path"))
    context = {key: value for key, value in (found.get("ctx") or {}).items() if isinstance(value, str | int | float)}
    code = SHAPES.get(str(found.get("type")), "shape_wrong")
    params = {**context, "field": ".".join(str(step) for step in path), "detail": str(found.get("msg", ""))[:200]}
    if "max_length" in context:
        params["limit"] = context["max_length"]
    return Problem(code, path, params)


async def _too_deep(request: Request, error: Exception) -> JSONResponse:
    """Only what was sent nests without end: everything of our own is bounded."""
    return document(422, [Problem("too_deep")], language_of(request))


async def _no_text(request: Request, error: Exception) -> JSONResponse:
    """Half a character, which JSON can spell: what was stored has none, so it was sent, where a text was meant."""
    return document(422, [Problem("bad_text")], language_of(request))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "http_error")
    return document(error.status_code, [Problem(code)], language_of(request))


async def _busy(request: Request, error: Exception) -> JSONResponse:
    """Another writer held the database for too long, or it has no place left; nothing was done."""
    log.warning("too busy for %s %s", request.method, request.url.path)
    return document(503, [Problem("retry_later")], language_of(request))


async def _broken(request: Request, error: Exception) -> JSONResponse:
    log.exception("unexpected failure at %s %s", request.method, request.url.path, exc_info=error)
    return document(500, [Problem("broken")], language_of(request))
