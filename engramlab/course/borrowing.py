"""What a notebook reaches for beyond its own code, read from the code without running it.

Nothing here costs a point: what it finds is for a human to look at.
"""

import ast
import dis
import functools
import inspect
import sys
import warnings
from collections.abc import Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from engramlab.course.cells import without_magics, without_whole_cell_magic
from engramlab.course.closing import TEACHERS, within

MANY = 10_000
"""Objects behind one function that are looked at."""

_CLOSED = ("subprocess", "importlib", "multiprocessing", "runpy", "__import__", *TEACHERS)
_OF_OS = ("os.system", "os.popen", "os.exec", "os.spawn", "os.posix_spawn", "os.fork")


def mentions(function: Any, modules: tuple[str, ...]) -> bool:
    """Return whether a function, or one of its notebook that it calls, uses some modules.

    What counts is the object behind a name: a variable of the notebook may be called as it likes.
    Bound methods, partials, closures, defaults and classes of the notebook are looked into.
    """
    seen: dict[int, Any] = {}
    waiting = [function]
    while waiting and len(seen) < MANY:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if within(_origin(thing), modules):
            return True
        waiting += _parts(thing)
    return False


def _origin(thing: Any) -> Any:
    """Return the name of a module, or of the module in which a thing or its class was defined."""
    if isinstance(thing, ModuleType):
        return thing.__name__
    if isinstance(thing, FunctionType):
        return thing.__module__
    if isinstance(thing, type):
        return vars(thing).get("__module__")
    return inspect.getattr_static(thing, "__module__", None)


def _parts(thing: Any) -> list[Any]:
    """Return what an object of the notebook is made of and refers to."""
    if isinstance(thing, MethodType):
        return [thing.__func__, thing.__self__]
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args, *thing.keywords.values()]
    if isinstance(thing, (staticmethod, classmethod)):
        return [thing.__func__]
    if isinstance(thing, property):
        return [thing.fget]
    if type(thing) in (list, tuple):
        return list(thing[:MANY])
    if type(thing) is dict:
        return list(thing.values())[:MANY]
    if isinstance(thing, FunctionType):
        return _of_function(thing) if _is_notebooks(thing.__globals__.get("__name__")) else []
    if isinstance(thing, type):
        return list(vars(thing).values()) if _is_notebooks(_origin(thing)) else []
    if _is_notebooks(_origin(type(thing))) and hasattr(type(thing), "__dict__"):
        held = inspect.getattr_static(thing, "__dict__", {})
        return [type(thing), held if type(held) is dict else None]
    return [inspect.getattr_static(thing, "py_func", None)]  # of a compiled function


def _is_notebooks(module: Any) -> bool:
    return bool(module == "__main__")


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


def starters(cells: list[str]) -> list[str]:
    """Return what in some cells starts other programs, imports by the back door or is a teacher's.

    Examples
    --------
    >>> starters(["import os as system", "system.popen('ls')", "'subprocess'"])
    ['os.popen']
    """
    used: set[str] = set()
    short: dict[str, str] = {}
    for node in (node for source in cells for node in ast.walk(_tree(source))):
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
            short |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            used |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, (ast.Attribute, ast.Name)):
            head, dot, rest = ast.unparse(node).partition(".")
            used.add(short.get(head, head) + dot + rest)
    found = {each for each in used if within(each, _CLOSED) or each.startswith(_OF_OS)}
    return sorted(each for each in found if each.rpartition(".")[0] not in found)


def _tree(source: str) -> ast.AST:
    """Read a cell; one that does not read as Python counts as empty."""
    source = without_whole_cell_magic(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (source, without_magics(source)):
            try:
                return ast.parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
    return ast.Module(body=[], type_ignores=[])
