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
    fractions functools heapq io itertools json logging math matplotlib numbers numpy operator os
    pprint random re scipy statistics string sys textwrap time tqdm typing warnings __future__
"""
_MODULES = frozenset(_IN_MODULES.split())
"""What an answer may import; of some of them only a part."""
_OF_SYS = "argv byteorder executable exit float_info getsizeof maxsize "
_OF_SYS += "platform stderr stdout version version_info"
_OF_LOGGING = (
    "CRITICAL DEBUG ERROR INFO WARNING basicConfig critical debug disable error exception "
)
_OF_LOGGING += "getLogger info log warning"
_PARTS = {
    "dataclasses": frozenset({"asdict", "astuple", "dataclass", "field", "replace"}),
    "io": frozenset({"BytesIO", "StringIO"}),
    "logging": frozenset(_OF_LOGGING.split()),
    "os": frozenset({"path", "environ", "getcwd", "listdir", "sep", "linesep", "cpu_count"}),
    "sys": frozenset(_OF_SYS.split()),
    "IPython": frozenset({"display", "get_ipython"}),
}
_IN_STARS = """
    cmath collections engramlab itertools math matplotlib.pylab matplotlib.pyplot numpy numpy.linalg
    numpy.random random statistics
"""
_STARS = frozenset(_IN_STARS.split())
"""Modules of which an answer may import all names at once."""
_IN_NAMES = """
    breakpoint compile delattr eval exec getattr globals locals open setattr vars __builtins__
    __import__ __loader__ __spec__
"""
_NAMES = frozenset(_IN_NAMES.split())
_WRITTEN = frozenset(
    {"__annotations__", "__builtins__", "__class__", "__module__", "__name__", "__qualname__"}
)
_IN_ATTRIBUTES = """
    Formatter ForwardRef NpzFile ag_code ag_frame attrgetter builtins codecs course cr_code cr_frame
    ctypes ctypeslib entry_point eval exec f2py f_back f_builtins f_code f_globals f_locals fromfile
    gc get_type_hints gi_code gi_frame import_item importlib inspect jit kernels linecache
    make_dataclass marshal measure memmap meta_path methodcaller modules multiprocessing njit npyio
    numba open os overloads pickle py_func read_array read_pickle rundocs runpy runstring safe_eval
    setprofile settrace singledispatch singledispatchmethod socket subprocess sys tb_frame tb_next
    threading tofile __annotations__ __base__ __bases__ __builtins__ __cause__ __closure__ __code__
    __context__ __dataclass_fields__ __defaults__ __dict__ __func__ __getattr__ __getattribute__
    __globals__ __import__ __kwdefaults__ __loader__ __module__ __mro__ __path__ __reduce__
    __reduce_ex__ __self__ __setattr__ __spec__ __subclasses__ __traceback__ __wrapped__
"""
_ATTRIBUTES = frozenset(_IN_ATTRIBUTES.split())
_KEYWORDS = frozenset({"allow_pickle"})
_OWNERS = frozenset({"self", "cls"})
_HARMLESS = frozenset({"_asdict", "_fields", "_replace"})
_LOADERS = frozenset({"numpy.load"})
_STAR = "*"
_BY_NAME = "module://"
"""How matplotlib is told to import a module by its name."""


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
            for node in ast.walk(tree_of(source)):
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
            yield from _of_module("." * node.level + f"{node.module or ''}.{alias.name}")
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
        if node.value.id in short:
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            short |= dict.fromkeys(names, short[node.value.id])
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node, short)
    elif isinstance(node, ast.Name):
        closed = _NAMES if isinstance(node.ctx, ast.Load) else _WRITTEN
        if node.id in closed or (_STAR in short and node.id in _ATTRIBUTES.difference(short)):
            yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        if node.name in _ATTRIBUTES and node.name.startswith("__"):
            yield node.name
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            yield from _of_call(node.func, node.args)
        yield from _of_loading(node, short)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _BY_NAME in node.value:
            yield _BY_NAME
    elif isinstance(node, ast.MatchClass):
        yield from _ATTRIBUTES.intersection(node.kwd_attrs)
    elif isinstance(node, ast.keyword) and node.arg in _KEYWORDS:
        yield str(node.arg)


def _of_module(name: str) -> Iterator[str]:
    head, *rest = name.split(".")
    allowed = _PARTS.get(head)
    if head not in _MODULES or (allowed and rest and rest[0] not in allowed):
        yield name.removesuffix(".*")
        return
    is_star = rest[-1:] == [_STAR] and name.removesuffix(".*") not in _STARS
    is_private = any(part.startswith("_") for part in rest)
    if is_star or is_private or name in _LOADERS or _ATTRIBUTES.intersection(rest):
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
    elif f"{short.get(_head(node), '')}.{node.attr}" in _LOADERS:
        yield f"{short[_head(node)]}.{node.attr}"
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


def _of_loading(node: ast.Call, short: dict[str, str]) -> Iterator[str]:
    """Let a plain `np.load(path)` pass; give one that may be told to read more than numbers."""
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    if isinstance(function, ast.Name) and short.get(function.id, function.id) in (
        *_LOADERS,
        *({"load"} if _STAR in short else ()),
    ):
        name = "load"
    if name == "load":
        plain = len(node.args) == 1 and not isinstance(node.args[0], ast.Starred)
        if not plain or any(keyword.arg is None for keyword in node.keywords):
            yield "load with more than a path"
        elif isinstance(function, ast.Attribute):
            function.attr = ""
    by_name = [each for each in node.args if not isinstance(each, (ast.Name, ast.Attribute))]
    if isinstance(function, ast.Name) and function.id == "help" and by_name:
        yield "help with a text"


def tree_of(source: str) -> ast.Module:
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
