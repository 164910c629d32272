"""What the grader reads out of a notebook's code: borrowed work, and what no answer needs."""

import functools
import types

import numba
import numpy as np
import pytest

import engramlab as el
from engramlab.course import cells
from engramlab.course.borrowing import mentions
from engramlab.course.reaching import MOST_NAMES, starters
from engramlab.course.rebinding import replaced
from engramlab.kernels.attractors import update_all

OWN_WORK = ("engramlab.attractors", "engramlab.kernels.attractors")

FINE = [
    "import numpy as np\nimport engramlab as el\nL = el.lesson('08')\nL.check('recall')",
    "import os\nprint(os.path.join('a', 'b'), os.getcwd())",
    "import sys\nprint('careful', file=sys.stderr)",
    "from collections import namedtuple\nnamedtuple('Point', 'x y')(1, 2)._replace(x=3)",
    "class Net:\n    def __init__(self):\n        self._w = 1",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1])",
    "getattr(np, 'zeros')(3)",
    "net = Net()\nnet.weights = 3",
    "'subprocess'  # exec",
    "this is no code",
    "from math import *\nfrom numpy import *\nfrom matplotlib.pyplot import *\nload('x.npy')",
    "import numpy as np\nnp.load('x.npy')['a']\nnp.load('x.npy', mmap_mode=None)\nnet.load = 0.1",
    "import engramlab as el\nel.ags_critical().load\nhelp(el.Hopfield)",
    "import json, logging, io\njson.dumps([1])\nlogging.info('x')\nio.StringIO()",
    "from dataclasses import dataclass\n@dataclass\nclass Net:\n    size: int = 3",
]
REACHES = {
    "os.popen": "import os as system\nsystem.popen('ls')",
    "os.system": "from os import system",
    "subprocess.run": "from subprocess import run",
    "importlib": "import importlib",
    "threading": "import threading",
    "exec": "exec('1')",
    "open": "open('x')",
    "getattr": "functools.reduce(getattr, names, el)",
    "getattr '__code__'": "getattr(f, '__code__')",
    "__func__": "match f:\n    case object(__func__=g):\n        pass",
    "numba.njit": "from numba import njit",
    "string.Formatter": "import string\nstring.Formatter().get_field('0.x', (f,), {})",
    "numpy.frombuffer = ...": "import numpy as np\nmine = np\nmine.frombuffer = reads",
    "sys.modules": "import sys\nsys.modules['numpy']",
    "numpy.os": "import numpy as np\nnp.os.system('ls')",
    "engramlab.course.closing": "from engramlab.course import closing",
    "engramlab.course": "import engramlab as el\nel.course.closing",
    "engramlab.kernels.attractors.a": "from engramlab.kernels.attractors import a",
    "tb_frame": "error.__traceback__.tb_frame",
    "f.__code__": "f.__code__.co_code",
    "__name__": "__name__ = 'numpy'",
    "__reduce__": "class Run:\n    def __reduce__(self):\n        return print, ()",
    "allow_pickle": "np.load('x', allow_pickle=True)",
    "load with more than a path": "import numpy as np\nnp.load('x', None, True)",
    "numpy.load": "import functools, numpy as np\nfunctools.partial(np.lib.load, mmap_mode=None)",
    "typing.*": "from typing import *",
    "functools.*": "from functools import *",
    "numpy.testing.*": "from numpy.testing import *",
    "dataclasses": "from dataclasses import *",
    "inspect": "from matplotlib.pyplot import *\ninspect.getsource(f)",
    "sys.path": "import sys\nsys.path.insert(0, '.')",
    "numpy.__path__": "import numpy as np\nnp.__path__.append('.')",
    "dataclasses.make_dataclass": "import dataclasses\ndataclasses.make_dataclass('X', ['y'])",
    "__annotations__": "class X:\n    __annotations__ = {'y': int}",
    "module://": "plt.switch_backend('module://mine')",
    "help with a text": "help('mine')",
    "io.open": "import io\nio.open('x')",
    "logging.config": "import logging.config",
    "type": "type('Net', (), {})",
    "L._lesson": "L._lesson",
    "code that is nested too deep to be looked through": "x = 1" + " + 1" * 30_000,
    "more code than is looked through": "x = 1\n" * 200_000,
}


@pytest.mark.parametrize("source", FINE)
def test_what_answers_are_made_of_is_not_pointed_out(source):
    assert starters([source]) == []


@pytest.mark.parametrize("name", REACHES)
def test_what_no_answer_needs_is_named(name):
    assert name in starters(["x = 1", REACHES[name]])


@pytest.mark.parametrize("link", [".b", ".b()", "[0]", " + a", "(0)"])
@pytest.mark.parametrize("length", [400, 3000, 100_000])
def test_no_code_is_too_deep_to_be_read(link, length):
    assert len(starters(["x = a" + link * length])) <= 1


def test_a_long_list_is_cut():
    named = starters(["\n".join(f"import unknown{k}" for k in range(100)), "import " + "x" * 900])
    assert len(named) == MOST_NAMES + 1
    assert max(map(len, named)) <= 60


HELPED = ["import numpy as np", "def help(a):\n    return np.mean(a)"]
HELPED += ["def answer(a):\n    return [help(each) for each in a]"]


@pytest.mark.parametrize(
    ("later", "names"),
    [
        ("help = 0.3", ["help"]),
        ("np = 5", ["np"]),
        ("for np in range(3): pass", ["np"]),
        ("del help", ["help"]),
        ("import math as help", ["help"]),
        ("def help(a):\n    return np.sum(a)", []),
        ("import numpy as np", []),
        ("a = each = other = 3\ndef show():\n    help = 3", []),
        ("[np for np in range(3)]", []),
        ("this is no code", []),
        ("x = 1" + " + 1" * 30_000, []),
    ],
)
def test_what_a_later_cell_replaces_is_named(later, names):
    assert replaced([*HELPED, later], "answer") == names


def of_a_notebook(source, **names):
    """Return the function `answer` that a notebook defines."""
    module = types.ModuleType("__main__")
    module.__dict__.update({"el": el, "np": np, "kernel": update_all, "numba": numba}, **names)
    exec(compile(source, f"{cells.FILE}0>", "exec"), module.__dict__)
    return module.__dict__["answer"]


BORROWS = {
    "by its name": "def answer(p):\n    return el.Hopfield.store(p)",
    "imported inside": "def answer(p):\n    from engramlab.attractors import Hopfield",
    "kept": "store = el.Hopfield.store\ndef answer(p):\n    return store(p)",
    "in a helper": "def help(p):\n    return el.Hopfield\ndef answer(p):\n    return help(p)",
    "in a closure": "def make(model=el.Hopfield):\n    def answer(p):\n        return model\n"
    "    return answer\nanswer = make()",
    "in a default": "def answer(p, model=el.Hopfield):\n    return p",
    "in an object": "class Box:\n    def __init__(self):\n        self.model = el.Hopfield\n"
    "    def __call__(self, p):\n        return self.model\nanswer = Box()",
    "vectorised": "many = np.vectorize(lambda p: el.Hopfield)\ndef answer(p):\n    return many(p)",
    "in an array": "box = np.array([el.Hopfield.store], dtype=object)\n"
    "def answer(p):\n    return box[0](p)",
    "behind many numbers": "box = [*range(20_000), el.Hopfield.store]\n"
    "def answer(p):\n    return box[-1](p)",
    "behind many objects": "box = [[k] for k in range(20_000)] + [[el.Hopfield.store]]\n"
    "def answer(p):\n    return box[-1][0](p)",
    "in a set": "box = {el.Hopfield}\ndef answer(p):\n    return box",
    "a compiled kernel": "def answer(p):\n    return kernel(p)",
    "a kernel compiled anew": "@numba.njit\ndef own(p):\n    return kernel(p)\n"
    "def answer(p):\n    return own(p)",
    "under another name": "__name__ = 'numpy'\ndef answer(p):\n    return el.Hopfield",
    "in a class that lies": "class Box:\n    __class__ = property(lambda self: int)\n"
    "    def __init__(self):\n        self.model = el.Hopfield\n"
    "box = Box()\ndef answer(p):\n    return box",
    "cached": "import functools\n@functools.lru_cache\ndef answer(p):\n    return el.Hopfield",
}


@pytest.mark.parametrize("name", BORROWS)
def test_borrowed_work_is_seen_wherever_it_is_kept(name):
    assert mentions(of_a_notebook(BORROWS[name]), OWN_WORK)


def test_own_work_is_no_borrowed_work():
    source = "table = {'a': np.zeros(3), 'b': [el.random_patterns]}\n"
    source += "box = list(range(20_000))\n"
    source += "def answer(p):\n    return np.vectorize(abs)(p) @ table['a'] + box[3]"
    assert not mentions(of_a_notebook(source), OWN_WORK)
    assert not mentions(functools.partial(of_a_notebook(source), 1), OWN_WORK)
