"""A folder of types, found by file name: the only dynamic import in the house 类型登记."""

import importlib
import inspect
import pkgutil
from functools import cache
from typing import TypeVar

T = TypeVar("T")


@cache
def load(package: str, base: type[T]) -> dict[str, type[T]]:
    """The subclass of `base` that each module of `package` defines, keyed by the module's name.

    Raises `LookupError` for a module without exactly one.
    """
    found: dict[str, type[T]] = {}
    for entry in pkgutil.iter_modules(importlib.import_module(package).__path__):
        module = importlib.import_module(f"{package}.{entry.name}")
        own = [
            thing
            for _, thing in inspect.getmembers(module, inspect.isclass)
            if issubclass(thing, base) and thing.__module__ == module.__name__
        ]
        if len(own) != 1:
            raise LookupError(f"{module.__name__} must define one {base.__name__}, found {len(own)}")
        found[entry.name] = own[0]
    return found
