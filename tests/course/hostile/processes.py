"""Classes 1 to 3: loops, floods, exits."""

from hostile.cases import REFERENCE, Case, before, inside, notebook

ENDLESS = {
    "loops in the function": "while True:\n    pass",
    "swallows every interrupt": """
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
        """,
    "ignores every signal": """
        import signal, time
        for number in signal.valid_signals():
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            time.sleep(1)
        """,
    "sleeps with all doors closed": "import time\ntime.sleep(10**6)",
}
FLOODS = {
    "memory": "kept = []\nwhile True:\n    kept.append(np.ones(10**7))",
    "one large array": "return np.ones(4 * 10**10)",
    "forks": "import os\nwhile True:\n    os.fork()",
    "forks that wait": """
        import os, time
        for k in range(10**6):
            if os.fork() == 0:
                time.sleep(600)
        """,
    "threads": """
        import threading, time
        while True:
            threading.Thread(target=time.sleep, args=(600,)).start()
        """,
    "many files": """
        for k in range(10**6):
            open(f"/tmp/{k}", "wb").write(b"x" * 10**7)
        """,
    "one large file": """
        with open("/tmp/x", "wb") as file:
            while True:
                file.write(b"x" * 10**7)
        """,
    "descriptors": "kept = []\nwhile True:\n    kept.append(open('/dev/null'))",
    "empty files": "for k in range(10**7):\n    open(f'/tmp/{k}', 'wb').close()",
}
EXITS = {
    "sys.exit": ("import sys\nsys.exit(0)", "error", "graded"),
    "os._exit": ("import os\nos._exit(0)", "crashed", "os._exit"),
    "kills itself": ("import os\nos.kill(os.getpid(), 9)", "crashed", "os.kill"),
    "kills everyone": (
        "import os\nos.kill(1, 9)\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)\nreturn 1",
        ("error", "crashed"),
        "os.kill",
    ),
    "stops itself": ("import os\nos.kill(os.getpid(), 19)", "timeout", "os.kill"),
    "reads address 0": ("import ctypes\nctypes.string_at(0)", "crashed", "ctypes"),
    "calls itself": ("return hebbian_weights(patterns)", "error", "graded"),
    "calls itself without limit": (
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "def deeper(n):\n    return [deeper(n + 1)]\nreturn deeper(0)",
        ("crashed", "error", "timeout"),
        "sys.setrecursionlimit",
    ),
    "leaves a process behind": (
        "import subprocess\nsubprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "raise ValueError",
        "error",
        "subprocess",
    ),
    "raises what cannot be shown": (
        "class Bad(Exception):\n    def __str__(self):\n        raise ValueError\nraise Bad",
        "error",
        "graded",
    ),
}


def cases(target):
    """Return the cases of these classes."""
    found = [
        Case(name=name, kind=1, content=inside(body), expected="timeout", status=status)
        for (name, body), status in zip(
            ENDLESS.items(), ("graded", "graded", "signal", "graded"), strict=True
        )
    ]
    found += [
        Case(
            name="loops at top level, where an answer stands",
            kind=1,
            content=notebook(hebbian_weights=f"{REFERENCE}\nwhile True:\n    pass"),
            expected="timeout",
        ),
        Case(
            name="loops at top level in a cell of its own",
            kind=1,
            content=before("while True:\n    try:\n        pass\n    except BaseException: pass"),
        ),
        Case(
            name="a thread that never ends",
            kind=1,
            content=before("""
                import threading, time
                threading.Thread(target=time.sleep, args=(10**6,)).start()
                """),
            status="threading",
        ),
    ]
    stopped = ("error", "crashed", "timeout")
    found += [
        Case(
            name=f"flood of {name}",
            kind=2,
            content=inside(body),
            expected=stopped,
            status="graded|open|fork|threading",
        )
        for name, body in FLOODS.items()
    ]
    found += [
        Case(name="flood of text", kind=2, content=before("print('x' * 10**8)")),
        Case(
            name="flood of text from the answer",
            kind=2,
            content=inside("""
                for k in range(2000):
                    print("x" * 10**4)
                X = patterns.astype(float)
                W = X.T @ X / X.shape[1]
                np.fill_diagonal(W, 0)
                return W
                """),
        ),
        Case(
            name="flood as an answer",
            kind=2,
            content=inside("return np.zeros((4000, 4000))"),
            expected="wrong",
        ),
        Case(
            name="flood of lists as an answer",
            kind=2,
            content=inside("return [[0] * 1000] * 1000"),
            expected="wrong",
        ),
    ]
    found += [
        Case(name=name, kind=3, content=inside(body), expected=expected, status=status)
        for name, (body, expected, status) in EXITS.items()
    ]
    found += [
        Case(
            name="leaves at top level",
            kind=3,
            content=before("import os\nos._exit(1)"),
            status="os._exit",
        ),
        Case(name="says exit()", kind=3, content=notebook(hebbian_weights=f"{REFERENCE}\nexit()")),
        Case(
            name="kills the grader by its number",
            kind=3,
            content=before(
                f"import os\nfor number in (9, 15):\n    try:\n"
                f"        os.kill({target.parent}, number)\n"
                "    except OSError:\n        pass"
            ),
            status="os.kill",
        ),
    ]
    return found
