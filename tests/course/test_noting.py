"""What a process does is noted by Python itself, whatever the spelling; honest work is not."""

import subprocess
import sys

import pytest

from engramlab.course.noting import MOST_NOTES

PROGRAM = """
import sys
from engramlab.course import child, noting
noted = noting.begin()
notebook = child.Notebook(None, noted)
notebook.names["name"] = lambda *parts: "".join(parts)
for number, source in enumerate(sys.argv[1:]):
    print(notebook.cell({"number": number, "source": source}), file=sys.stderr)
    print("NOTED", *noted(), sep="|")
"""
SAVE = "import numpy as np\nnp.savetxt('mine.py', ['q = 1'], fmt='%s')\n"
FROM_HERE = SAVE + "import sys\nsys.path.insert(0, '')\n"
NOTED = {
    "subprocess.Popen": "import subprocess as s, sys\ns.run([sys.executable, '-c', '1'])",
    "os.system": "import os\ngetattr(os, name('sys', 'tem'))('true')",
    "os.fork": "import os\nif not os.fork():\n    os._exit(0)\nos.wait()",
    "os.posix_spawn": "import os, sys\nos.posix_spawn(sys.executable, ['p', '-c', '1'], {})",
    "exec": "import builtins\nq = getattr(builtins, name('ev', 'al'))('1')",
    "code made of text": "import typing\ndef f(x: '1'): ...\ntyping.get_type_hints(f)",
    "code in mine.py": FROM_HERE + "import mine",
    "pickle.find_class": "import pickle\npickle.loads(b'cbuiltins\\neval\\n.')",
    "ctypes.dlopen": "import ctypes\nctypes.CDLL(None)",
    "sys.setprofile": "import sys\nsys.setprofile(None)",
    "gc.get_objects": "import gc\ngc.get_objects()",
    "__code__": "def f(): ...\ngetattr(f, name('__co', 'de__'))",
}
HONEST = [
    "import matplotlib.pyplot as plt\nfigure = plt.figure()\nfigure.savefig('a.png')",
    "import numpy as np\nnp.save('x.npy', np.eye(2))\nnp.load('x.npy')\nnp.random.default_rng(1)",
    "import json, logging, re, platform\nplatform.platform()",
    "from dataclasses import dataclass\nfrom collections import namedtuple\nfrom typing import "
    "NamedTuple\n@dataclass\nclass A:\n    x: int = 3\nnamedtuple('P', 'a b')(1, 2)\n"
    "class B(NamedTuple):\n    x: int\nimport copy\ncopy.deepcopy([A(), B(1)])",
    "import functools\n@functools.lru_cache\n@functools.wraps(print)\ndef f(x):\n    yield x\nf(1)",
    "import engramlab as el\nel.Hopfield.store(el.random_patterns(2, n_neurons=9, rng=1))\n"
    "L = el.lesson('08')\nL.check('recall', lambda *a: 1)",
    "from numba import njit\n@njit\ndef f(x):\n    return x + 1\nf(1)",
]


def notes(folder, cells):
    """Return what is noted after each cell, all run in one process of their own."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *cells],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    lines = [line.split("|") for line in done.stdout.splitlines()]
    return [set(line[1:]) for line in lines if line[0] == "NOTED"], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_what_no_answer_does_is_noted(tmp_path):
    for first in range(0, len(NOTED), MOST_NOTES // 2):
        part = list(NOTED)[first : first + MOST_NOTES // 2]
        lines, said = notes(tmp_path, [NOTED[name] for name in part])
        assert all(name in line for name, line in zip(part, lines, strict=True)), (lines, said)


def test_honest_work_is_not_noted(tmp_path):
    lines, said = notes(tmp_path, HONEST)
    assert lines == [set()] * len(HONEST), said
