"""Routes whose handlers are handed their asker within one transaction 门口.

A handler names what it needs by type (`Visitor`, `Asker` or `Gate`); the door opens the transaction, finds out who
asks, calls the handler and commits, all in one thread and before the answer leaves.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from fastapi import APIRouter, Request, Response

from runtime.gate import Gate
from server import wiring
from server.asker import Asker, Visitor
from server.problems import PROBLEMS
from server.straight import Straight

SUPPLIED = (Visitor, Asker, Gate)


class Door(APIRouter):
    """An APIRouter whose handlers run inside `wiring.enter`. `reads=True` marks a POST that writes
    nothing, or reads a file for long and then writes briefly in a transaction of its own."""

    def __init__(self, prefix: str = "", **options: Any) -> None:
        super().__init__(prefix=f"/api{prefix}", route_class=Straight, responses=PROBLEMS, **options)

    def post(self, path: str, *, reads: bool = False, **options: Any) -> Callable[..., Any]:
        """As APIRouter.post."""
        register = super().post(path, **options)
        return _opening(register, writes=not reads)

    def get(self, path: str, **options: Any) -> Callable[..., Any]:
        """As APIRouter.get; the transaction only reads."""
        register = super().get(path, **options)
        return _opening(register, writes=False)

    def put(self, path: str, **options: Any) -> Callable[..., Any]:
        """As APIRouter.put."""
        register = super().put(path, **options)
        return _opening(register, writes=True)

    def patch(self, path: str, **options: Any) -> Callable[..., Any]:
        """As APIRouter.patch."""
        register = super().patch(path, **options)
        return _opening(register, writes=True)

    def delete(self, path: str, *, reads: bool = False, **options: Any) -> Callable[..., Any]:
        """As APIRouter.delete."""
        register = super().delete(path, **options)
        return _opening(register, writes=not reads)


def _opening(register: Callable[..., Any], writes: bool) -> Callable[..., Any]:
    """A decorator that registers the endpoint opened, and leaves it as it was for who calls it directly."""

    def decorate(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        register(opened(endpoint, writes))
        return endpoint

    return decorate


def opened(endpoint: Callable[..., Any], writes: bool) -> Callable[..., Any]:
    """The endpoint with its asker supplied: what FastAPI sees has `request` and `response` in the asker's place."""
    signature = inspect.signature(endpoint)
    wanted = [
        (name, parameter.annotation)
        for name, parameter in signature.parameters.items()
        if parameter.annotation in SUPPLIED
    ]
    name, kind = wanted[0]

    @wraps(endpoint)
    def within(_request: Request, _response: Response, **given: Any) -> Any:
        return wiring.enter(_request, _response, kind, writes, lambda supply: endpoint(**given, **{name: supply}))

    kept = [parameter for key, parameter in signature.parameters.items() if key != name]
    outer = [
        inspect.Parameter("_request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("_response", inspect.Parameter.KEYWORD_ONLY, annotation=Response),
    ]
    keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in kept]
    within.__signature__ = signature.replace(parameters=[*outer, *keyword])  # type: ignore[attr-defined]
    return within
