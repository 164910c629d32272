"""The answers that the tests give to each lesson's items: references and named wrong answers.

The wrong answers of lesson NN stand in `wrong_answers_NN.py` as source text: in `WRONG_ANSWERS`, by
item and by the name that the check gives back, and further ones in `EXTRA` as (item, name, source).
"""

import linecache
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from engramlab.course import checks
from engramlab.course.answers import reference


def wrong_answers(lesson):
    """Return the wrong answers of a lesson by item and name; none if nobody has written any."""
    return _kept(lesson, "WRONG_ANSWERS", {})


def extra(lesson):
    """Return further wrong answers of a lesson: more faces of a misconception, or nameless ones."""
    return _kept(lesson, "EXTRA", [])


def _kept(lesson, name, nothing):
    module = f"wrong_answers_{lesson}"
    return getattr(import_module(module), name, nothing) if find_spec(module) else nothing


def function_of(source, name, file="<answer>"):
    """Run source text as the learner's cell and return one function of it."""
    names = {"np": np}
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), names)
    return names[name]


def right_source(lesson, name):
    """Return the source of the right answer to an item."""
    return checks.item(lesson, name).solution or reference(lesson, name)


def right(lesson, name):
    """Return the right answer to an item, made anew."""
    return function_of(right_source(lesson, name), checks.item(lesson, name).function)
