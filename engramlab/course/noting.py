"""What a notebook does while it runs that no answer needs, noted by Python's own audit events.

It is a second line behind `reaching`: code may spell what it does in ways that no reader finds, but
then it starts a program, unpickles or runs text all the same. A hook cannot be taken off again, and
what it notes lies in no attribute. It costs no point, is for a human to look at, and is no proof.
"""

import os
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from engramlab.course import cells

MOST_NOTES = 10
_OWN = ("f_code",)
"""What the hook itself reads, which is an event too."""
_IN_PROGRAMS = """
    os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile os.system pty.spawn
    subprocess.Popen
"""
_PROGRAMS = frozenset(_IN_PROGRAMS.split())
_IN_DIRECT = """
    code.__new__ ctypes.call_function ctypes.cdata ctypes.dlopen ctypes.dlsym ctypes.string_at
    gc.get_objects gc.get_referents gc.get_referrers marshal.loads object.__getattr__
    object.__setattr__ sys._current_frames sys.addaudithook sys.setprofile sys.settrace
"""
_DIRECT = frozenset(_IN_DIRECT.split())
"""Events that libraries may raise, and cells may not."""
_WATCHED = _PROGRAMS | _DIRECT | {"exec", "import", "pickle.find_class"}
_CODE = frozenset({"__import__", "compile", "eval", "exec", "getattr", "open"})
_IN_SYSTEMS = "code importlib nt operator os posix pty runpy subprocess sys"
_SYSTEMS = frozenset(_IN_SYSTEMS.split())
"""Modules of which no stored data is made."""

_BETWEEN = ("ctypes/__init__.py", "os.py", "pickle.py", "subprocess.py")
_IN_STARTERS = "ctypes/util.py joblib/ matplotlib/font_manager.py multiprocessing/ platform.py"
_MAY_START = tuple(_IN_STARTERS.split())
_MAY_UNPICKLE = ("joblib/", "multiprocessing/", "numba/")
_IN_RUNNERS = """
    IPython/ bdb.py cProfile.py code.py doctest.py numpy/testing/ pdb.py profile.py runpy.py scipy/
    timeit.py trace.py typing.py
"""
_RUNNERS = tuple(_IN_RUNNERS.split())
"""Where libraries run text that they are handed; others run text of their own, such as classes."""


def begin() -> Callable[[], list[str]]:
    """Note from now on what this process does, and return a function that gives the notes.

    The notes are names such as ``subprocess.Popen``, in order, `MOST_NOTES` at most.
    """
    libraries = _libraries()
    notes: set[str] = set()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _WATCHED or arguments[1:] == _OWN or len(notes) >= MOST_NOTES:
            return
        notes.update(_noted(event, arguments, libraries))

    sys.addaudithook(hook)
    return lambda: sorted(notes)


def _noted(event: str, arguments: tuple[Any, ...], libraries: tuple[str, ...]) -> Iterator[str]:
    """Give the name of what an event means, if no answer needs it."""
    caller = _place(sys._getframe().f_back, libraries)
    if event == "exec":
        name = arguments[0].co_filename
        if not caller:
            yield "exec"
        elif name.startswith((*libraries, cells.FILE)):
            return
        elif not name.startswith("<"):
            yield f"code in {Path(name).name[:40]}"
        elif caller.startswith(_RUNNERS):
            yield "code made of text"
    elif event == "import":
        if isinstance(arguments[1], str) and not arguments[1].startswith(libraries):
            yield f"code in {Path(arguments[1]).name[:40]}"
    elif event == "pickle.find_class":
        module, name = arguments
        strange = name in _CODE or module.partition(".")[0] in _SYSTEMS
        if strange or not caller.startswith(_MAY_UNPICKLE):
            yield event
    elif event in _DIRECT:
        if not caller:
            yield f"{arguments[1]}" if event.startswith("object.") else event
    elif not caller.startswith(_MAY_START):
        yield event


def _place(frame: FrameType | None, libraries: tuple[str, ...]) -> str:
    """Return the file in a library that a frame, or the one that called it, runs; "" for others.

    Files that stand between a caller and the system, and this one, are passed over.
    """
    while frame is not None:
        name = frame.f_code.co_filename
        start = next((start for start in libraries if name.startswith(start)), None)
        if start is None:
            return ""
        inside = name.removeprefix(start).replace(os.sep, "/")
        if inside not in _BETWEEN and name != __file__:
            return inside or name
        frame = frame.f_back
    return ""


def _libraries() -> tuple[str, ...]:
    """Return how the names of files begin that no notebook wrote, the longest first."""
    paths = sysconfig.get_paths()
    folders = {Path(paths[kind]) for kind in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {Path(os.__file__).parent, Path(__file__).parents[1]}
    folders |= {folder.resolve() for folder in folders}
    starts = [str(folder) + os.sep for folder in folders]
    return (*sorted(starts, key=len, reverse=True), "<frozen ")
