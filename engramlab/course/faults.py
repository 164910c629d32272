"""Where a learner's own code went wrong: one line of theirs, and no stack of ours."""

import dis
import linecache
import re
from collections.abc import Callable
from types import CodeType, TracebackType

LONGEST = 300
LONGEST_SENT = 5000
"""What a learner's process sends of an error: the grader takes paths out before it cuts."""


def one_line(error: BaseException, longest: int = LONGEST) -> str:
    """Return an error as one short line, such as ``ValueError: shapes do not match``."""
    text = " ".join(str(error).split())
    name = type(error).__name__
    return shorten(f"{name}: {text}" if text else name, longest)


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return `text`, cut with three dots when it is longer than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


def learner_line(trace: TracebackType | None, is_theirs: Callable[[str], bool]) -> str | None:
    """Return the deepest line of the learner's code in a traceback.

    Parameters
    ----------
    trace : traceback or None
        The traceback of the error.
    is_theirs : function
        Says of a file name whether it holds the learner's code.

    Returns
    -------
    str or None
        ``line 3: return patern.T``, or None when no frame of the traceback is the learner's.
    """
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if is_theirs(name):
            text = linecache.getline(name, trace.tb_lineno, trace.tb_frame.f_globals).strip()
            found = (
                f"line {trace.tb_lineno}: {shorten(text)}" if text else f"line {trace.tb_lineno}"
            )
        trace = trace.tb_next
    return found


def kinds_of(error: BaseException) -> list[str]:
    """Return the name of an error's class, and of those that it is made from."""
    return [kind.__name__ for kind in type(error).__mro__]


_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+")


def without_addresses(text: str) -> str:
    """Return `text` without addresses in memory, which differ from run to run."""
    return _ADDRESS.sub("0x...", text)


def does_nothing(function: object) -> bool:
    """Return whether a function is an untouched stub: its body is `...`, `pass` or a docstring.

    Examples
    --------
    >>> def stub(x):
    ...     ...
    >>> does_nothing(stub), does_nothing(lambda x: x)
    (True, False)
    """
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP")]
    silent = {"LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    return len(steps) <= 2 and all(
        step.opname in silent and (step.opname == "RETURN_VALUE" or step.argval is None)
        for step in steps
    )
