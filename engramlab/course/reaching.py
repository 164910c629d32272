"""What the cells of a notebook reach for that no answer needs, read without running them.

A learner's process is theirs alone: code in it may change whatever the grader put there, also what
tells the grader of borrowed work. So a notebook that uses more than an answer needs, such as other
programs, files, frames or the course's own modules, is for a human to look at. It costs no point.
"""

import ast
import warnings
from collections.abc import Iterator

from engramlab.course.cells import without_magics, without_whole_cell_magic
from engramlab.course.faults import shorten

MOST_CODE = 2**20
"""Characters of code that are read; more is for a human."""
MOST_NAMES = 8
LONGEST_NAME = 60

_IN_MODULES = """
    IPython abc bisect cmath collections contextlib copy dataclasses datetime decimal engramlab enum
    fractions functools heapq itertools math matplotlib numbers numpy operator os pprint random re
    scipy statistics string sys textwrap time tqdm typing warnings __future__
"""
_MODULES = frozenset(_IN_MODULES.split())
"""What an answer may import; of some of them only a part."""
_OF_SYS = "argv byteorder executable exit float_info getsizeof maxsize path "
_OF_SYS += "platform stderr stdout version version_info"
_PARTS = {
    "os": frozenset({"path", "environ", "getcwd", "listdir", "sep", "linesep", "cpu_count"}),
    "sys": frozenset(_OF_SYS.split()),
    "IPython": frozenset({"display", "get_ipython"}),
}
_IN_NAMES = """
    breakpoint compile delattr eval exec getattr globals locals open setattr vars __builtins__
    __import__ __loader__ __spec__
"""
_NAMES = frozenset(_IN_NAMES.split())
_WRITTEN = frozenset({"__builtins__", "__class__", "__module__", "__name__", "__qualname__"})
_IN_ATTRIBUTES = """
    Formatter ForwardRef ag_code ag_frame attrgetter builtins codecs course cr_code cr_frame ctypes
    ctypeslib entry_point eval exec f2py f_back f_builtins f_code f_globals f_locals fromfile gc
    get_type_hints gi_code gi_frame import_item importlib inspect jit kernels linecache marshal
    measure memmap meta_path methodcaller modules multiprocessing njit numba open os overloads
    pickle py_func read_pickle rundocs runpy runstring safe_eval setprofile settrace singledispatch
    singledispatchmethod socket subprocess sys tb_frame tb_next threading tofile __base__ __bases__
    __builtins__ __cause__ __closure__ __code__ __context__ __defaults__ __dict__ __func__
    __getattr__ __getattribute__ __globals__ __import__ __kwdefaults__ __loader__ __module__ __mro__
    __reduce__ __reduce_ex__ __self__ __setattr__ __spec__ __subclasses__ __traceback__ __wrapped__
"""
_ATTRIBUTES = frozenset(_IN_ATTRIBUTES.split())
_KEYWORDS = frozenset({"allow_pickle"})
_OWNERS = frozenset({"self", "cls"})
_HARMLESS = frozenset({"_asdict", "_fields", "_replace"})


def starters(cells: list[str]) -> list[str]:
    """Return what in some cells no answer needs: names as they stand there, in order.

    Examples
    --------
    >>> starters(["import os as system", "system.popen('ls')", "'subprocess'"])
    ['os.popen']
    >>> starters(["import numpy as np", "np.zeros(3).sum()", "import threading"])
    ['threading']
    """
    if sum(map(len, cells)) > MOST_CODE:
        return ["more code than is looked through"]
    found: set[str] = set()
    short: dict[str, str] = {}
    for source in cells:
        try:
            tree = _tree(source)
            for node in ast.walk(tree):
                found |= {shorten(name, LONGEST_NAME) for name in _reached(node, short)}
        except (RecursionError, MemoryError):
            found.add("code that is nested too deep to be looked through")
    names = sorted(found)
    return [*names[:MOST_NAMES], "and more"] if len(names) > MOST_NAMES else names


def _reached(node: ast.AST, short: dict[str, str]) -> Iterator[str]:
    """Give what one piece of code reaches for; `short` learns and knows the names of modules."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            short[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
            yield from _of_module(alias.name)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            short[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            yield from _of_module("." * node.level + f"{node.module}.{alias.name}")
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
        if node.value.id in short:
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            short |= dict.fromkeys(names, short[node.value.id])
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, short)
    elif isinstance(node, ast.Name):
        closed = _NAMES if isinstance(node.ctx, ast.Load) else _WRITTEN
        if node.id in closed:
            yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        if node.name in _ATTRIBUTES and node.name.startswith("__"):
            yield node.name
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            yield from _of_call(node.func, node.args)
    elif isinstance(node, ast.MatchClass):
        yield from _ATTRIBUTES.intersection(node.kwd_attrs)
    elif isinstance(node, ast.keyword) and node.arg in _KEYWORDS:
        yield str(node.arg)


def _of_module(name: str) -> Iterator[str]:
    head, *rest = name.split(".")
    allowed = _PARTS.get(head)
    if head not in _MODULES or (allowed and rest and rest[0] not in allowed):
        yield name.removesuffix(".*")
    elif _ATTRIBUTES.intersection(rest) or any(part.startswith("_") for part in rest):
        yield name


def _of_attribute(node: ast.Attribute, short: dict[str, str]) -> Iterator[str]:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    known = short.get(owner, owner)
    allowed = _PARTS.get(known)
    if not isinstance(node.ctx, ast.Load) and _head(node) in short:
        yield f"{known}.{node.attr} = ...".lstrip(".")
    elif allowed is not None and owner in short:
        if node.attr not in allowed:
            yield f"{known}.{node.attr}"
    elif node.attr in _ATTRIBUTES or (_is_private(node.attr) and owner not in _OWNERS):
        yield f"{known}.{node.attr}".lstrip(".")


def _head(node: ast.AST) -> str:
    """Return the first name of a chain such as `np.random.seed`, "" if it begins otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in _HARMLESS


def _of_call(function: ast.Name, arguments: list[ast.expr]) -> Iterator[str]:
    """Let `getattr` pass where its name is written out and open; give `type` where it makes one."""
    if function.id == "type" and len(arguments) == 3:
        yield "type"
    name = arguments[1] if function.id == "getattr" and len(arguments) > 1 else None
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        function.id = ""
        if name.value in _ATTRIBUTES or name.value.startswith("_"):
            yield f"getattr {name.value!a}"


def _tree(source: str) -> ast.AST:
    """Read a cell; one that does not read as Python counts as empty, as it does when it is run."""
    source = without_whole_cell_magic(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (source, without_magics(source)):
            try:
                return ast.parse(text)
            except (SyntaxError, ValueError):
                continue
    return ast.Module(body=[], type_ignores=[])
