"""What a notebook reaches for beyond its own code, read from the code without running it.

Nothing here costs a point: what it finds is for a human to look at.
"""

import dis
import gc
import inspect
import sys
from collections import deque
from collections.abc import Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from engramlab.course.closing import within

MANY = 10_000
"""Objects behind one function that are looked at."""
PLAIN = (type(None), bool, int, float, complex, str, bytes)


def mentions(function: Any, modules: tuple[str, ...]) -> bool:
    """Return whether a function, or one of its notebook that it calls, uses some modules.

    What counts is the object behind a name: a variable of the notebook may be called as it likes.
    Bound methods, partials, closures, defaults and classes of the notebook are looked into, the
    nearest first. Behind which more lies than can be looked at may use them too.
    """
    seen: dict[int, Any] = {}
    waiting = deque([function])
    while waiting:
        thing = waiting.popleft()
        if id(thing) in seen or type(thing) in PLAIN:
            continue
        seen[id(thing)] = thing
        if within(_origin(thing), modules) or len(seen) > MANY:
            return True
        waiting.extend(_parts(thing))
    return False


def _origin(thing: Any) -> Any:
    """Return the name of a module, or of the module in which a thing or its class was defined."""
    if _is_a(thing, ModuleType):
        return thing.__name__
    if _is_a(thing, FunctionType):
        return thing.__module__
    if _is_a(thing, type):
        return type.__getattribute__(thing, "__dict__").get("__module__")
    return inspect.getattr_static(thing, "__module__", None)


def _parts(thing: Any) -> list[Any]:
    """Return what an object of the notebook is made of and refers to."""
    if _is_a(thing, MethodType):
        return [thing.__func__, thing.__self__]
    if _is_a(thing, FunctionType):
        return _of_function(thing) if _is_notebooks(thing) else []
    if _is_a(thing, type):
        members = type.__getattribute__(thing, "__dict__")
        return list(members.values()) if _origin(thing) == "__main__" else []
    if _is_a(thing, (ModuleType, CodeType)):
        return []
    if _is_a(thing, np.ndarray):  # numpy shows the collector no objects
        return _first(thing.ravel().tolist() if thing.dtype.hasobject else [])
    return _first(gc.get_referents(thing))


def _first(things: list[Any]) -> list[Any]:
    """Return the things that may hide something, one more at most than are looked at."""
    return [thing for thing in things if type(thing) not in PLAIN][: MANY + 1]


def _is_a(thing: Any, kind: Any) -> bool:
    """Return whether a thing is of a type, whatever it says of itself."""
    return issubclass(type(thing), kind)


def _is_notebooks(function: FunctionType) -> bool:
    """Return whether a function was written in a cell; libraries have files."""
    own = function.__globals__.get("__name__") == "__main__"
    return own or not function.__code__.co_filename.endswith(".py")


def _of_function(function: FunctionType) -> list[Any]:
    inside = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            inside[name] = cell.cell_contents
        except ValueError:  # a cell that is still empty
            continue
    found = list(_referred(function.__code__, function.__globals__, inside))
    found += [*inside.values(), *(function.__defaults__ or ())]
    return [*found, *(function.__kwdefaults__ or {}).values(), vars(function).get("__wrapped__")]


def _referred(code: CodeType, names: dict[str, Any], known: dict[str, Any]) -> Iterator[Any]:
    """Give the objects behind the names of some code, and behind attributes of modules.

    `known` holds what local names stand for, where that can be told: imports and assignments.
    """
    known = dict(known)
    chain: Any = None
    imported: Any = None
    for step in dis.get_instructions(code):
        verb, name = step.opname, step.argval
        if verb in ("LOAD_GLOBAL", "LOAD_NAME"):
            chain = names.get(name)
        elif verb == "IMPORT_NAME":
            chain = imported = sys.modules.get(name) or ModuleType(name)
        elif verb == "IMPORT_FROM":
            chain = _member(imported, name)
        elif verb in ("LOAD_ATTR", "LOAD_METHOD"):
            chain = _member(chain, name)
        elif verb.startswith(("STORE_FAST", "STORE_DEREF")) and isinstance(name, str):
            known[name] = chain
        elif verb.startswith(("LOAD_FAST", "LOAD_DEREF")) and isinstance(name, str):
            chain = known.get(name)
        else:
            chain = None
        if chain is not None:
            yield chain
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _referred(constant, names, known)


def _member(owner: Any, name: str) -> Any:
    """Return what an attribute of a module or a class stands for, without running anything."""
    if isinstance(owner, type):
        return inspect.getattr_static(owner, name, None)
    if not isinstance(owner, ModuleType):
        return None
    if owner.__name__ == "engramlab":
        import engramlab

        if name in engramlab._NAMES:
            return ModuleType(f"engramlab.{engramlab._NAMES[name]}")
    return vars(owner).get(name) or sys.modules.get(f"{owner.__name__}.{name}")
