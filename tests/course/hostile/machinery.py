"""Classes 4 to 6, 11, 12 and 17: what stands around an answer in its own process."""

from hostile.cases import HEAD, NOTHING, REFERENCE, Case, before, indented, inside, notebook

PATCHES = {
    "numpy.testing": (
        "import numpy.testing\nnp.allclose = np.array_equal = np.isclose = lambda *a, **k: True\n"
        "for name in dir(np.testing):\n    if name.startswith('assert'):\n"
        "        setattr(np.testing, name, lambda *a, **k: None)",
        "setattr",
    ),
    "builtins": (
        "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.AssertionError = Warning\n"
        "builtins.all = builtins.any = builtins.isinstance = lambda *a: True",
        "builtins",
    ),
    "numpy itself": (
        "np.shape = lambda x: (4, 4)\nnp.asarray = lambda *a, **k: np.zeros((4, 4))\n"
        "np.ndarray = list",
        "numpy.shape",
    ),
    "IPython": (
        "import IPython\nfrom IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.run_cell = lambda *a, **k: None\n"
        "get_ipython().run_cell = None",
        "IPython.core",
    ),
    "the checks in this process": (
        "from engramlab.course.checks import _items, _tools\n_tools.close = lambda *a: True\n"
        "_items.Item.judge = None",
        "engramlab.course.checks",
    ),
}

ALWAYS = {
    "equal to all": """
        class Equal:
            __eq__ = __le__ = __ge__ = lambda a, b: True
            __hash__ = None
            shape = (4, 4)
            dtype = np.dtype(float)
            __array__ = lambda self, *a, **k: np.zeros((4, 4))
        return Equal()
        """,
    "an array that lies": """
        class Liar(np.ndarray):
            __eq__ = lambda a, b: np.ones(a.shape, bool)
            __sub__ = __rsub__ = lambda a, b: np.zeros(a.shape)
        return np.zeros((patterns.shape[1],) * 2).view(Liar)
        """,
    "a float that lies": """
        class Number(float):
            __eq__ = __le__ = __ge__ = lambda a, b: True
            __sub__ = __rsub__ = lambda a, b: 0.0
        return Number(1)
        """,
    "a class that says it is an array": """
        class Array:
            @property
            def __class__(self):
                return np.ndarray
            __eq__ = lambda a, b: True
        return Array()
        """,
    "NaN": "return np.full((patterns.shape[1],) * 2, np.nan)",
    "infinity": "return np.full((patterns.shape[1],) * 2, np.inf)",
    "numbers beyond all bounds": "return [[2**500] * patterns.shape[1]] * patterns.shape[1]",
    "a list in itself": "kept = []\nkept.append(kept)\nreturn kept",
}

SEARCH = """
    def search(texts):
        wanted = "BEGIN " + "SOLUTION", "of the " + "teacher alone"
        for text in texts:
            if any(each in text for each in wanted):
                raise ValueError("FOUND")
"""
READS = {
    "frames": (
        """
        import sys, gc
        frame, texts = sys._getframe(), []
        while frame is not None:
            texts.append(repr(frame.f_locals) + repr(frame.f_code.co_names))
            frame = frame.f_back
        search(texts + [repr(type(thing)) for thing in gc.get_objects()])
        """,
        "sys._getframe",
    ),
    "frames of an error": (
        """
        try:
            1 / 0
        except ZeroDivisionError as error:
            frame, texts = error.__traceback__.tb_frame, []
        while frame is not None:
            texts.append(repr(frame.f_locals))
            frame = frame.f_back
        search(texts)
        """,
        "tb_frame",
    ),
    "history and linecache": (
        """
        import linecache
        search("".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2)
        return get_ipython().history_manager.get_range()
        """,
        "linecache",
    ),
    "proc": (
        """
        import glob
        for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline"):
            try:
                search([open(path, "rb").read().decode("utf-8", "replace")])
            except OSError:
                pass
        seen = [glob.glob(f"/proc/*/{place}/*") for place in ("root", "cwd")]
        for link in sum(seen, []):
            search([link] if "solutions" in link else [])
        """,
        "glob",
    ),
    "disk": (
        """
        import os
        for folder in ("{solutions}", "{submissions}", "{out}", "{package}/course/answers",
                       "{package}/course/checks", "{package}/data/course", "{home}", "/shared",
                       "{secret}"):
            for place, _, names in os.walk(folder):
                for name in names:
                    try:
                        search([open(os.path.join(place, name), errors="replace").read()])
                    except OSError:
                        pass
        """,
        "os.walk",
    ),
    "the answers by import": (
        """
        import importlib
        for name in ("engramlab.course.answers", "engramlab.course.checks"):
            try:
                search(importlib.import_module(name).references("08").values())
            except RuntimeError:
                pass
        """,
        "importlib",
    ),
}

TRANSFORMS = {
    "an input transformer": (
        "get_ipython().input_transformers_post.append(lambda lines: ['pass'])",
        NOTHING,
        "wrong",
        "graded",
    ),
    "an AST transformer": (
        "import ast\nclass Away(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n        return None\n"
        "get_ipython().ast_transformers.append(Away())",
        NOTHING,
        "wrong",
        "ast",
    ),
    "another compile": (
        "import builtins\nreal = builtins.compile\n"
        "builtins.compile = lambda s, *a, **k: real('1', *a, **k)",
        NOTHING,
        "wrong|not attempted",
        "builtins",
    ),
    "an import hook": (
        "import sys\nclass Hook:\n    def find_spec(self, name, *rest):\n        raise SystemExit\n"
        "sys.meta_path.insert(0, Hook())",
        REFERENCE,
        "right",
        "sys.meta_path",
    ),
    "a tracer": (
        "import sys\ndef trace(frame, event, value):\n    frame.f_locals['ok'] = True\n"
        "    return trace\nsys.settrace(trace)",
        NOTHING,
        "wrong",
        "sys.settrace",
    ),
}


def cases(target):
    """Return the cases of these classes."""
    home = target.secret.parent
    places = {"home": home, "secret": target.secret}
    places |= {"solutions": target.solutions, "submissions": target.submissions}
    places |= {"out": target.out, "package": target.package}
    found = [
        Case(
            name=f"patches {name}",
            kind=4,
            content=before(patch, NOTHING),
            expected=("wrong", "error", "crashed", "not attempted"),
            status=status,
            others="right" if name not in ("builtins", "numpy itself") else "",
        )
        for name, (patch, status) in PATCHES.items()
    ]
    found += [
        Case(name=name, kind=5, content=inside(body), expected="wrong")
        for name, body in ALWAYS.items()
    ]
    for name, (body, status) in READS.items():
        body = indented(SEARCH) + indented(body) + "    return 1\n"
        for word, place in places.items():
            body = body.replace(f"{{{word}}}", str(place))
        expected = "error" if "history" in name else "wrong"
        content = notebook(hebbian_weights=HEAD + body)
        found.append(
            Case(name=f"reads {name}", kind=6, content=content, expected=expected, status=status)
        )
    found += [
        Case(
            name=name,
            kind=17,
            content=before(patch, answer),
            expected=tuple(expected.split("|")),
            status=status,
            others="" if name in ("another compile", "a tracer") else "right",
        )
        for name, (patch, answer, expected, status) in TRANSFORMS.items()
    ]
    windows = {
        "a plot for the screen": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "another backend": "import matplotlib\nmatplotlib.use('TkAgg')\n"
        "import matplotlib.pyplot as plt\nplt.figure()\nplt.show()",
        "magics": "%matplotlib qt\n%gui tk\nimport matplotlib.pyplot as plt\nplt.pause(0.01)",
    }
    found += [Case(name=name, kind=11, content=before(source)) for name, source in windows.items()]
    found.append(
        Case(
            name="a window of its own",
            kind=11,
            content=before("import tkinter\ntkinter.Tk().mainloop()"),
            status="tkinter",
        )
    )
    noise = {
        "a warning": "import warnings\nwarnings.warn('careful')",
        "text on stderr": "import sys\nprint('Error! Traceback', file=sys.stderr)",
        "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    }
    found += [Case(name=name, kind=12, content=before(source)) for name, source in noise.items()]
    noisy = REFERENCE.replace("    X = ", "    np.array([1.0]) / 0\n    X = ")
    return [
        *found,
        Case(
            name="warnings of numpy in the answer",
            kind=12,
            content=notebook(hebbian_weights=noisy),
        ),
    ]
