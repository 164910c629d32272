"""Class 22, by text that is run: another Python is started in ways that are hard to read."""

from hostile.cases import HEAD, REFERENCE, Case, before

PAY = "(lambda p: (__import__('subprocess').run([__import__('sys').executable, '-ISc', '1']), "
PAY += "__import__('__main__').own(p))[1])"
OWN = REFERENCE.replace("hebbian_weights", "own")
PICKLE = "np.savetxt('p.pkl', ['cbuiltins\\neval\\n(V' + PAY + '\\ntR.'], fmt='%s', newline='', "
PICKLE += "encoding='utf8')\n"
MODULE = "np.savetxt('NAME.py', ['import numpy', 'q = numpy.random.q = ' + PAY], fmt='%s')\n"
MINE = MODULE.replace("NAME", "mine")
HERE = "import sys\nsys.path.insert(0, '.')\n"
PLOT = "import matplotlib.pyplot as plt\n"
IS_RUN = "try:\n    {}\nexcept Exception:\n    pass\nq = np.random.q"
LIES = """
class Text(str):
    n = 0
    def isidentifier(self):
        return True
    def __format__(self, spec):
        Text.n += 1
        return "x: found.append(" + PAY + "), y" if Text.n == 1 else "x"
try:
    make_dataclass("X", [(Text("x"), int)], namespace={"__module__": "__main__"})
except Exception:
    pass
q = found[0]
"""

BY_TEXT = {  # what makes the function q; the teacher is told of it
    "a pickle by position": PICKLE + "q = np.load('p.pkl', None, True)",
    "a pickle by parts of a word": PICKLE + "q = np.load('p.pkl', **{'allow_' + 'pickle': True})",
    "a pickle by a partial": "import functools\n"
    + PICKLE
    + "q = functools.partial(np.load, mmap_mode=None)('p.pkl', **dict([('allow_' + 'pickle', 1)]))",
    "a pickle by another name": PICKLE
    + "for load in [np.load]:\n    q = load('p.pkl', None, True)",
    "all names of typing": "from typing import *\ndef f(x: PAY): ...\nq = get_type_hints(f)['x']",
    "all names of operator": "from operator import *\n"
    "q = attrgetter('eval')(attrgetter('ma.core.builtins')(np))(PAY)",
    "all names of string": "from string import *\n"
    "q = Formatter().get_field('0.ma.core.builtins.eval', [np], {})[0](PAY)",
    "all names of functools": "from functools import *\nfound = []\n"
    "@singledispatch\ndef f(x): ...\ntry:\n    @f.register\n"
    "    def g(x: 'found.append(' + PAY + ')'): ...\nexcept TypeError:\n    pass\nq = found[0]",
    "all names of numpy.testing": "from numpy.testing import *\n"
    "names = {'PAY': PAY}\nrunstring('q = eval(PAY)', names)\nq = names['q']",
    "a field of a dataclass": "import dataclasses\nfrom dataclasses import *\nfound = []" + LIES,
    "a module of its own": MODULE.replace("NAME", "statistics") + HERE + "from statistics import q",
    "a longer path of numpy": MINE + "np.__path__.append('.')\nfrom numpy.mine import q",
    "a window of its own": MINE
    + HERE
    + PLOT
    + IS_RUN.format("plt.switch_backend('module://mine')"),
    "a picture's writer": MINE
    + HERE
    + PLOT
    + IS_RUN.format("plt.figure().savefig('a.png', backend='mod' + 'ule://mine')"),
    "help": MINE + HERE + IS_RUN.format("help('mine')"),
}


def cases(_target):
    """Return the cases of this way into class 22."""
    return [
        Case(
            name=f"runs text by {name}",
            kind=22,
            content=before(f"{OWN}\nPAY = {PAY!r}\n{source}", HEAD + "    return q(patterns)\n"),
            expected="right",
            status="the notebook uses ",
        )
        for name, source in BY_TEXT.items()
    ]
