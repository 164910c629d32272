"""Names that a notebook gives away again: what a function uses, and a later cell replaces.

A learner who runs the cells one by one sees the function work before the later cell is run; the
grader asks it after the last one. Nothing is run here.
"""

import ast
import symtable
from collections.abc import Iterator

from engramlab.course.reaching import MOST_CODE, tree_of

_FIXED = ("a function", "a module", "another name's")
"""Kinds that are not meant to change."""
_OWN_NAMES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def replaced(cells: list[str], function: str) -> list[str]:
    """Return the names that a function uses and that a later cell makes something else, sorted.

    A function, class or module that becomes a value, or is deleted, counts, also where only a
    helper uses it; a value that becomes another value does not.

    Examples
    --------
    >>> cells = ["def overlap(a, b): return a @ b", "def curve(a): return overlap(a, a)"]
    >>> replaced([*cells, "overlap = 0.3"], "curve"), replaced(cells, "curve")
    (['overlap'], [])
    """
    if sum(map(len, cells)) > MOST_CODE:
        return []
    uses: dict[str, set[str]] = {}
    bound: dict[str, list[str]] = {}
    try:
        for tree in map(tree_of, cells):
            uses |= _uses(tree)
            for name, kind in _bound(tree.body):
                bound.setdefault(name, []).append(kind)
    except (RecursionError, MemoryError, SyntaxError, ValueError):
        return []
    seen: set[str] = set()
    waiting = {function}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= uses.get(name, set()) - seen
    return sorted(name for name in seen - {function} if _is_replaced(bound.get(name, [])))


def _is_replaced(kinds: list[str]) -> bool:
    """Return whether a name that stood for a fixed thing stands for one of another kind at last."""
    return any(kind in _FIXED and kind != kinds[-1] for kind in kinds)


def _uses(tree: ast.Module) -> dict[str, set[str]]:
    """Return the names of the notebook that each function of a cell uses."""
    table = symtable.symtable(ast.unparse(tree), "cell", "exec")
    return {part.get_name(): set(_globals(part)) for part in table.get_children()}


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for part in table.get_children():
        yield from _globals(part)


def _bound(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Give the names that a cell binds outside its functions, each with the kind of the thing."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name, "a function"
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], "a module"
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kinds = {ast.Lambda: "a function", ast.Attribute: "another name's"}
            yield node.targets[0].id, kinds.get(type(node.value), "a value")
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, "nothing" if isinstance(node.ctx, ast.Del) else "a value"
        elif not isinstance(node, _OWN_NAMES):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))
