"""Classes 7 to 10 and 23: what becomes of notebooks, and what stands in them to be read."""

import copy
import json

from grading_tools import of_format_3, solved, without_metadata

from hostile.cases import STEM, Case, inside, notebook, words

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TERMINAL = "\x1b[2J\x1b]0;owned\x07\x9b31m"


def cases(_target):
    """Return the cases of these classes."""
    return [*_cells(), *_files(), *_injections()]


def _cells():
    whole = solved()
    checks = [cell for cell in whole["cells"] if "L.check" in "".join(cell["source"])]
    edited, duplicated, wrong = (copy.deepcopy(whole) for _ in range(3))
    for cell in edited["cells"]:
        if cell in checks:
            cell["source"] = ["raise SystemExit\n"]
    duplicated["cells"] += [copy.deepcopy(cell) for cell in checks * 3]
    for cell in wrong["cells"]:
        if "def hebbian_weights" in "".join(cell["source"]):
            cell["source"] = ["def hebbian_weights(patterns):\n    return 1\n"]
        if cell in checks:
            cell["source"] = ["print('Right, on every input that was tried.')\n"]
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["right"]}]
    deleted = whole | {"cells": [cell for cell in whole["cells"] if cell not in checks]}
    twice = whole | {"cells": whole["cells"] + whole["cells"]}
    names = {"edited test cells": edited, "deleted test cells": deleted}
    names |= {"duplicated test cells": duplicated, "every cell twice": twice}
    found = [Case(name=name, kind=7, content=content) for name, content in names.items()]
    found.append(Case(name="test cells that say right", kind=7, content=wrong, expected="wrong"))
    bare = without_metadata(whole)
    no_versions = {"cells": copy.deepcopy(bare["cells"])}
    wild = copy.deepcopy(whole)
    for cell in wild["cells"]:
        cell["metadata"] = ["no", "mapping"]
    stripped = {"no metadata": bare, "no versions either": no_versions, "metadata as lists": wild}
    found += [Case(name=name, kind=8, content=content) for name, content in stripped.items()]
    return [*found, *_forged(whole)]


def _forged(whole):
    swapped, same, rich = (copy.deepcopy(whole) for _ in range(3))
    ids = [cell["id"] for cell in whole["cells"]]
    for cell, name in zip(swapped["cells"], reversed(ids), strict=True):
        cell["id"] = name
        cell["metadata"] = {"nbgrader": {"grade_id": name, "grade": True, "points": 1000}}
    for cell in same["cells"]:
        cell["id"] = "hebbian_weights"
    for cell in rich["cells"]:
        mark = cell["metadata"].get("nbgrader")
        if mark:
            mark |= {"points": 10**6, "grade_id": ["a", {"b": 1}], "locked": "no"}
    forged = {"ids in another order": swapped, "one id for all": same, "a million points": rich}
    return [Case(name=name, kind=9, content=content) for name, content in forged.items()]


def _files():
    plain = json.dumps(notebook()).encode()
    large = notebook()
    large["cells"][0]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "x" * 60 * 2**20}
    ]
    mixed = notebook()
    mixed["cells"] += [None, 3, "text", [], {"cell_type": {"a": 1}, "source": {"b": 2}}]
    deep = b'{"cells": [' + b'{"cell_type": ' * 900 + b"1" + b"}" * 900 + b"]}"
    readable = {
        "a mark of byte order": b"\xef\xbb\xbf" + plain,
        "UTF-16": plain.decode().encode("utf-16"),
        "format 3": of_format_3(notebook()),
        "60 MB of saved output": large,
        "cells that are no cells": mixed,
    }
    found = [Case(name=name, kind=10, content=content) for name, content in readable.items()]
    broken = {
        "nothing in it": (b"", ""),
        "cut in the middle": (plain[: len(plain) // 2], ""),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, ""),
        "nested without end": (b"[" * 200_000, ""),
        "a list": (b"[1, 2]", ""),
        "millions of lists": (b'{"cells": [' + b"[]," * 8_000_000 + b"[]]}", ""),
    }
    found += [
        Case(name=name, kind=10, content=data, expected="", status="needs a human")
        for name, (data, _) in broken.items()
    ]
    chain = "x = a" + ".b" * 900
    return [
        *found,
        Case(
            name="cells that are nested deep",
            kind=10,
            content=deep,
            expected=("not attempted", ""),
            status="needs a human",
            others="not attempted",
        ),
        Case(name="code that is nested deep", kind=10, content=notebook(chain)),
        Case(
            name="code that is nested too deep",
            kind=10,
            content=notebook("x = 1" + " + 1" * 30_000),
            status="nested too deep",
        ),
        Case(
            name="more code than anybody writes",
            kind=10,
            content=notebook("x = [\n" + "1, \n" * 200_000 + "]", "y = [" + "2, " * 200_000 + "]"),
            status="more code",
        ),
    ]


def _injections():
    def says(text, name, **more):
        body = f"raise ValueError({text!r})"
        return Case(name=name, kind=23, content=inside(body), expected="error", **more)

    def speaks(text, name, **more):
        made = notebook()
        made["cells"].append(words(text))
        return Case(name=name, kind=23, content=made, **more)

    def own_folder(folder, learner):
        (folder / learner).mkdir()
        (folder / learner / f"{STEM}.ipynb").write_text(json.dumps(notebook()), encoding="utf-8")

    formula = '=HYPERLINK("http://a","b")'
    return [
        says(EVIL, "script in an error"),
        says(TERMINAL, "terminal codes in an error"),
        says("=cmd|' C calc'!A0", "a formula in an error"),
        Case(
            name="script in a line",
            kind=23,
            content=inside(f"return 1 / 0  # {EVIL}"),
            expected="error",
        ),
        Case(
            name="script as an answer",
            kind=23,
            content=inside(f"return {EVIL!r}"),
            expected="wrong",
        ),
        speaks(EVIL, "script in the free text"),
        speaks(formula, "a formula as free text"),
        speaks("x " * 3 * 2**20, "6 MB of free text", status="graded|needs a human"),
        speaks("\ud800 \x00 \u202e" + TERMINAL, "odd letters in the free text"),
        speaks("{{ 7 * 7 }}{% for x in y %}", "a template in the free text"),
        Case(
            name="terminal codes in what is asked for",
            kind=23,
            content=notebook(
                "import importlib\nfor k in range(3):\n    try:\n        importlib."
                f"import_module('engramlab.course.answers.' + {TERMINAL!r})\n"
                "    except Exception:\n        pass"
            ),
            status="importlib",
        ),
        speaks("fine", "a formula as a name", learner="=1+1"),
        speaks("fine", "another formula as a name", learner=" @SUM(1)"),
        speaks("fine", "script as a name", learner="<img src=x onerror=alert(1)>"),
        Case(
            name="terminal codes as a name",
            kind=23,
            content=b"{",
            expected="",
            status="needs a human",
            learner="\x1b[31mred\x1b[2J\nnew line, 9 of 9 \r",
        ),
        Case(
            name="a name of no encoding",
            kind=23,
            content=b"{",
            expected="",
            status="needs a human",
            learner="caf\udce9",
        ),
        Case(
            name="a name out of the folder",
            kind=23,
            content=own_folder,
            learner="x&#47..%2f..%2fgradebook",
        ),
    ]
