"""Classes 13 to 16, 18 and 19: ways out of the process, and into the grader's."""

import json
import re
import textwrap

from hostile.cases import HEAD, REFERENCE, STEM, Case, before, inside, notebook

HELPERS = """
import os
def everywhere(data):
    for descriptor in range(3, 30):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
def frame(data):
    return len(data).to_bytes(8, "little") + data
def message(value):
    from engramlab.course import wire
    return frame(wire.encode(value))
"""
CALL = '{"callback": "recall", "arguments": (), "keywords": {}}'
IN_A_CALL = {
    "noise on every descriptor": "everywhere(b'x' * 64)\nreturn 1",
    "an answer before its own": "n = patterns.shape[1]\n"
    "everywhere(message({'ok': True, 'returned': np.zeros((n, n)), 'after': (patterns,)}))\n"
    "return 1",
    "a message without end": "everywhere((2**62).to_bytes(8, 'little'))\nreturn 1",
    "half a message": "everywhere((10**4).to_bytes(8, 'little') + b'm')\nreturn 1",
    "a million Generators": "one = b'r' + b'i\\x01\\x01' * 4\n"
    "everywhere(frame(b'l' + (10**6).to_bytes(8, 'little') + one * 10**6))\nreturn 1",
    "ten million Nones": "n = 10**7\n"
    "everywhere(frame(b'l' + n.to_bytes(8, 'little') + b'N' * n))\nreturn 1",
    "a flood of large messages": "data = message(np.zeros(10**6))\nwhile True:\n"
    "    everywhere(data)",
    "calls back unasked": f"everywhere(message({CALL}))\nreturn 1",
    "closes every descriptor": "os.closerange(0, 100)\nreturn 1",
    "an answer without its parts": "everywhere(message({'ok': True}))\nreturn 1",
}
SHADOWS = {
    "numpy beside the notebook": {"numpy.py": "raise SystemExit", "math.py": "1 / 0"},
    "the package beside the notebook": {
        "engramlab/__init__.py": "raise SystemExit",
        "engramlab/course/checks/__init__.py": "graded = lambda *a: ()",
    },
    "settings of Python and Jupyter": {
        "sitecustomize.py": "raise SystemExit",
        "usercustomize.py": "raise SystemExit",
        ".ipython/profile_default/startup/00.py": "raise SystemExit",
        "jupyter_server_config.py": "raise SystemExit",
        "pyvenv.cfg": "home = /nowhere",
    },
}


def cases(target):
    """Return the cases of these classes."""
    return [
        *_writes(target),
        *_network(target),
        *_links(target),
        *_shadows(),
        *_pickles(),
        *_replies(),
    ]


def _writes(target):
    aims = {
        "the gradebook": [target.out, target.out / "gradebook.csv", target.out / "results"],
        "others' work": [target.submissions, target.submissions / "honest.ipynb"],
        "solutions and checks": [
            target.solutions / f"{STEM}.ipynb",
            target.package / "course" / "checks" / "__init__.py",
            target.package / "course" / "wire.py",
        ],
        "the home and its neighbours": [
            target.secret,
            target.secret.parent / "new",
            target.submissions.parent / "new",
        ],
    }
    found = []
    for name, paths in aims.items():
        source = f"""
            import os, shutil
            for path in {[str(path) for path in paths]!r}:
                for attack in (
                    lambda: os.makedirs(path),
                    lambda: open(path, "a").write("x"),
                    lambda: open(path + "/x", "w").write("x"),
                    lambda: os.chmod(path, 0),
                    lambda: os.rename(path, path + "2"),
                    lambda: os.remove(path),
                    lambda: shutil.rmtree(path),
                ):
                    try:
                        attack()
                    except OSError:
                        pass
            """
        found.append(
            Case(name=f"writes to {name}", kind=13, content=before(source), status="shutil")
        )
    return found


def _network(target):
    attacks = {
        "calls a listener": "socket.create_connection(({host}, {port}), 2)",
        "sends a datagram": "socket.socket(2, 2).sendto(b'x', ({host}, {port}))",
        "calls a socket without a file": "socket.socket(1, 1).connect(f'\\0engramlab-{port}')",
        "asks for a name": "socket.getaddrinfo('example.org', 80)",
        "loads a page": "__import__('urllib.request').request.urlopen("
        "'http://127.0.0.1:{port}/', timeout=2)",
    }
    found = []
    for name, attack in attacks.items():
        attack = attack.replace("{port}", str(target.port)).replace("{host}", "host")
        source = f"""
            import socket
            for host in ("127.0.0.1", {target.address!r}):
                try:
                    {attack}
                except OSError:
                    pass
            """
        found.append(Case(name=name, kind=14, content=before(source), status="socket"))
    return found


def _links(target):
    def to(aim):
        return lambda folder, learner: (folder / f"{learner}.ipynb").symlink_to(aim)

    def within(folder, learner):
        (folder / learner).mkdir()
        (folder / learner / f"{STEM}.ipynb").symlink_to(folder / "honest.ipynb")

    def whole(folder, learner):
        (folder / learner).symlink_to(target.solutions, target_is_directory=True)

    def deeper(folder, learner):
        (folder / learner).mkdir()
        (folder / learner / "work").symlink_to(target.solutions, target_is_directory=True)

    made = {
        "a link to another's work": to("honest.ipynb"),
        "a link to the solutions": to(target.solutions / f"{STEM}.ipynb"),
        "a link to nowhere": to("/nowhere"),
        "a link in a folder": within,
        "a folder that is a link": whole,
        "a link to a folder of notebooks": deeper,
    }
    return [
        Case(name=name, kind=15, content=content, expected="", status="link|no notebook")
        for name, content in made.items()
    ]


def _shadows():
    def beside(files):
        def write(folder, learner):
            for name, text in files.items():
                path = folder / learner / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            made = folder / learner / f"{STEM}.ipynb"
            made.write_text(json.dumps(notebook()), encoding="utf-8")

        return write

    found = [Case(name=name, kind=16, content=beside(files)) for name, files in SHADOWS.items()]
    written = """
        for name in ("numpy", "engramlab", "struct", "fractions"):
            with open(f"{name}.py", "w") as file:
                file.write("raise SystemExit")
        import fractions, sys
        sys.path.insert(0, "")
        """
    return [
        *found,
        Case(name="modules made on the way", kind=16, content=before(written), status="open"),
    ]


def _pickles():
    run = "class Run:\n    def __reduce__(self):\n        return (print, ('x',))\n"
    bodies = {
        "a pickle as an answer": "import pickle\n" + run + "return pickle.dumps(Run())",
        "an object that unpickles": run + "return Run()",
        "an array of objects": run + "return np.array([[Run()]])",
    }
    found = [
        Case(
            name=name,
            kind=18,
            content=inside(body),
            expected="wrong",
            status="pickle" if "import pickle" in body else "__reduce__",
        )
        for name, body in bodies.items()
    ]
    sent = HELPERS + "import pickle\n" + textwrap.indent(run, "")
    sent += HEAD + "    data = pickle.dumps(Run())\n    everywhere(frame(data))\n    return 1\n"
    saved = "np.save('/tmp/x.npy', np.array([print], dtype=object))\n"
    saved += "np.load('/tmp/x.npy', allow_pickle=True)"
    return [
        *found,
        Case(
            name="a pickle as a message",
            kind=18,
            content=notebook(hebbian_weights=sent),
            expected="crashed",
            status="pickle",
        ),
        Case(name="a pickle in a file", kind=18, content=before(saved), status="allow_pickle"),
    ]


def _replies():
    found = [
        Case(
            name=name,
            kind=19,
            content=notebook(hebbian_weights=HELPERS + HEAD + textwrap.indent(body, "    ")),
            expected=("crashed", "timeout") if re.match("a flood|half", name) else "crashed",
            status="os",
        )
        for name, body in IN_A_CALL.items()
    ]
    curve = "def completion_curve(W, patterns, cues, recall, rng):\n"
    told = "{'ok': True, 'names': ['recall'], 'borrowing': [], 'refused': []}"
    calls = {
        "a flood of callbacks": f"    data = message({CALL})\n    while True:\n"
        "        everywhere(data)\n",
        "work without end for the grader": "    W = np.triu(np.ones((300, 300))) - np.tril(W)\n"
        "    return recall(W, cues[0, 0], rng, 10**15)\n",
        "callbacks without end": "    while True:\n        try:\n"
        "            recall(W, cues[0, 0], rng, 9)\n        except Exception:\n            pass\n",
    }
    found += [
        Case(
            name=name,
            kind=19,
            content=notebook(completion_curve=HELPERS + curve + body),
            item="completion_curve",
            expected=("timeout", "crashed", "error"),
            status="os",
        )
        for name, body in calls.items()
    ]
    ahead = f"{HELPERS}for k in range(40):\n    everywhere(message({told}))\n"
    return [
        *found,
        Case(name="answers to all to come", kind=19, content=before(ahead), status="os"),
        Case(
            name="takes the questions away",
            kind=19,
            content=before(
                "import os\nfor d in range(3, 9):\n    try:\n        os.read(d, 10**7)\n"
                "    except OSError:\n        pass"
            ),
            status="os.read",
        ),
        Case(
            name="text that looks like a verdict",
            kind=19,
            content=notebook(
                hebbian_weights=REFERENCE.replace(
                    "    X = ", "    print('{\"ok\": true}')\n    X = "
                )
            ),
        ),
    ]
