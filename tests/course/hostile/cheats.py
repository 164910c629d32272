"""Classes 20 and 21: answers that change what they are given, or are learnt by heart."""

import hashlib
import textwrap

import numpy as np

from engramlab.course import checks
from engramlab.course.answers import references
from engramlab.course.checks._asks import Ask
from engramlab.course.grading import results
from hostile.cases import HEAD, REFERENCE, Case, before, indented, inside, notebook

RIGHT = textwrap.dedent("    X =" + REFERENCE.partition("    X =")[2])


def cases(_target):
    """Return the cases of these classes."""
    return [*_changes(), *_tables()]


def _changes():
    hide = "import gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == 'Notebook':\n"
    hide += "        kept = []\n        received = thing.received\n"
    hide += "        thing.received = lambda a: kept.append(a.copy()) or received(a)\n"
    hide += "        thing.sent = lambda a: kept[-1]\n"
    recall = references("08")["recall"]
    return [
        Case(
            name="changes its argument, answers right",
            kind=20,
            content=inside(RIGHT.replace("return W", "patterns *= -1\nreturn W")),
            expected="wrong",
        ),
        Case(
            name="changes its argument and restores it",
            kind=20,
            content=inside(
                "patterns *= -1\n" + RIGHT.replace("return W", "patterns *= -1\nreturn W")
            ),
        ),
        Case(
            name="gives its argument another shape",
            kind=20,
            content=inside(RIGHT.replace("return W", "patterns.shape = -1, 1\nreturn W")),
            expected="wrong",
        ),
        Case(
            name="wipes out the weights",
            kind=20,
            content=notebook(
                recall=recall.replace("    return state,", "    W[:] = 0\n    return state,")
            ),
            item="recall",
            expected="wrong",
        ),
        Case(
            name="changes its argument and hides it",
            kind=20,
            content=before(
                hide, HEAD + indented(RIGHT.replace("return W", "patterns *= -1\nreturn W"))
            ),
            expected=("right", "wrong", "crashed"),
            status="gc",
            others="",
        ),
    ]


class Recorder(Ask):
    """Answers right and keeps what it was asked."""

    def __init__(self, item, answer):
        super().__init__(item.signature)
        self.answer = answer
        self.seen = []

    def call(self, arguments):
        self.seen.append(digest(arguments[0]))
        return self.answer(*arguments), arguments


def digest(patterns):
    """Return a short hash of what was asked."""
    return hashlib.sha256(patterns.tobytes()).hexdigest()[:16]


def learnt(class_key):
    """Return the hashes of what a class is asked."""
    item = checks.item("08", "hebbian_weights")
    names = {"np": np}
    exec(REFERENCE, names)
    recorder = Recorder(item, names["hebbian_weights"])
    item.judge(recorder, results.seed_of("08", item.name, class_key))
    assert recorder.seen
    return recorder.seen


def _tables():
    known = f"import hashlib\nKNOWN = {learnt('')!r}\n"
    asked = "seen = hashlib.sha256(patterns.tobytes()).hexdigest()[:16]\n"
    return [
        Case(
            name="the numbers of an example",
            kind=21,
            content=inside("return np.array([[0, 1 / 3], [1 / 3, 0]])"),
            expected="wrong",
        ),
        Case(
            name="right for small networks only",
            kind=21,
            content=inside("if patterns.shape[1] > 12:\n    return np.zeros((2, 2))\n" + RIGHT),
            expected="wrong",
        ),
        Case(
            name="right the first time only",
            kind=21,
            content=before(
                "calls = []",
                HEAD + indented("calls.append(1)\nif len(calls) > 1:\n    return 0\n" + RIGHT),
            ),
            expected="wrong",
        ),
        Case(
            name="knows another class's questions",
            kind=21,
            content=before(
                known, HEAD + indented(asked + "if seen not in KNOWN:\n    return 0\n" + RIGHT)
            ),
            expected="wrong",
            status="hashlib",
        ),
    ]
