"""Closing some of the package's modules while a learner's own function is asked.

A closed function raises `UseYourOwn` by whatever name, bound method or partial it is reached, also
when the learner kept it before: its code is exchanged, not its name. Compiled kernels are closed in
numba's dispatcher. The instant check and the grader close the same things in the same way.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import CO_GENERATOR
from types import CodeType, FunctionType
from typing import Any

TEACHERS = ("engramlab.course.answers", "engramlab.course.checks")
"""Modules that no answer may use."""

_SENTENCE = "write the function yourself: {} is closed while it is checked"


class UseYourOwn(RuntimeError):
    """The package's own solution of an item was called while the item is checked."""


def refuse(label: str) -> None:
    """Raise `UseYourOwn` for one closed thing."""
    raise UseYourOwn(_SENTENCE.format(label))


def within(name: Any, modules: tuple[str, ...]) -> bool:
    """Return whether a dotted name is that of one of some modules, or lies in one."""
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


class NoImport:
    """Stands first among the import finders and refuses some modules, and what lies in them.

    Attributes
    ----------
    refused : list of str
        What was asked for, in order.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        self.modules = modules
        self.refused: list[str] = []

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> None:
        """Refuse a closed module; leave every other one to the finders behind."""
        if within(name, self.modules):
            self.refused.append(name)
            refuse(name)


class Closing:
    """A context in which some modules are closed: calling into them, or importing them, raises.

    Parameters
    ----------
    modules : tuple of str
        Dotted names; what lies in them is closed too.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        self.modules = modules
        self._finder = NoImport(modules)
        self._loaded = -1
        self._doors: list[tuple[FunctionType, CodeType, CodeType]] = []
        self._kernels: set[int] = set()
        self._gate: _Gate | None = None

    def __enter__(self) -> "Closing":
        if self._loaded != len(sys.modules):
            self._find()
        for function, _, closed in self._doors:
            function.__code__ = closed
        if self._kernels:
            self._gate = _Gate(self._kernels)
        sys.meta_path.insert(0, self._finder)
        return self

    def __exit__(self, *_error: object) -> None:
        sys.meta_path.remove(self._finder)
        if self._gate is not None:
            self._gate.remove()
            self._gate = None
        for function, code, _ in self._doors:
            function.__code__ = code

    def _find(self) -> None:
        """Look up what is to be closed in the modules that are loaded now."""
        self._loaded = len(sys.modules)
        found = {}
        for module in [m for name, m in sys.modules.items() if within(name, self.modules)]:
            for label, value in _members(module, self.modules):
                function = getattr(value, "py_func", value)
                if function is not value:
                    self._kernels.add(id(value))
                if isinstance(function, FunctionType):
                    code = function.__code__
                    found[id(function)] = (function, code, _refusing(code, label))
        self._doors = list(found.values())

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Open all again for a while, such as for a function of ours that the learner calls."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()

    def opening(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that may use what is closed, to be handed to the learner."""

        def opened(*arguments: Any, **keywords: Any) -> Any:
            with self.lifted():
                return function(*arguments, **keywords)

        return opened


class _Gate:
    """Closes compiled functions: numba calls them in C, where no code can be exchanged."""

    def __init__(self, kernels: set[int]) -> None:
        self._class: Any = import_module("numba.core.dispatcher").Dispatcher
        call = self._class.__call__

        def gate(kernel: Any, *arguments: Any, **keywords: Any) -> Any:
            if id(kernel) in kernels:
                refuse(kernel.__name__)
            return call(kernel, *arguments, **keywords)

        self._class.__call__ = gate

    def remove(self) -> None:
        """Let the compiled functions run again."""
        del self._class.__call__


def _members(module: Any, modules: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Give the functions and the public methods that some modules define, with their names."""
    for name, value in vars(module).items():
        if not within(getattr(value, "__module__", None), modules):
            continue
        if not isinstance(value, type):
            yield name, value
            continue
        for part, member in vars(value).items():
            if not part.startswith("_"):
                inner = getattr(member, "__func__", None) or getattr(member, "fget", None)
                yield f"{name}.{part}", inner or member


def refuse_caller() -> None:
    """Raise `UseYourOwn` for the function whose code this is called from."""
    refuse(sys._getframe(1).f_code.co_name)


def _refuse(*_arguments: Any, **_keywords: Any) -> None:
    from engramlab.course.closing import refuse_caller

    refuse_caller()


def _refuse_in_turn(*_arguments: Any, **_keywords: Any) -> Iterator[None]:
    from engramlab.course.closing import refuse_caller

    refuse_caller()
    yield


def _refusing(code: CodeType, label: str) -> CodeType:
    """Return code that refuses, in a form that a function with `code` may take.

    A generator refuses when its first value is asked for: Python wants code of the same kind.
    """
    template = _refuse_in_turn if code.co_flags & CO_GENERATOR else _refuse
    return template.__code__.replace(
        co_name=label, co_qualname=label, co_freevars=code.co_freevars, co_filename=code.co_filename
    )
