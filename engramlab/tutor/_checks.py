"""Checks, hints, scaffolds and solutions as panels."""

import ast
from operator import index
from typing import Any

import numpy as np

from engramlab._types import CourseError
from engramlab.course.checks import Item, Verdict
from engramlab.tutor._cards import Card, listing, outcome, sentence


def verdict_card(item: Item, verdict: Verdict) -> Card:
    """Show a verdict: outcome, what was asked and returned, the misconception and its hint."""
    lines = [verdict.message]
    if verdict.asked:
        lines.append(f"asked: {verdict.asked}")
    if verdict.returned:
        lines.append(f"returned: {verdict.returned}")
    if verdict.misconception:
        lines.append(f"Known mistake: {verdict.misconception.strip().rstrip('.')}.")
    if verdict.hint:
        lines.append(verdict.hint)
    note = f"seed {verdict.seed}: fresh inputs at every check, these again with seed={verdict.seed}"
    return outcome(str(verdict.outcome), item.title, lines, code=verdict.line or "", note=note)


def seed_of(seed: Any) -> int | None:
    """Return the seed of a check as an int, or None for fresh questions.

    Raises
    ------
    CourseError
        If it is no whole number of at least 0.
    """
    if seed is None:
        return None
    try:
        whole = index(seed)
    except TypeError:
        whole = -1
    if whole < 0 or isinstance(seed, (bool, np.bool_)):
        raise CourseError(
            f"{describe(seed)} is no seed; give the whole number that a check or your feedback "
            "prints, such as seed=7"
        )
    return whole


def one_line(verdict: Verdict) -> str:
    """Return a verdict in one line, for nbgrader's runs."""
    parts = [verdict.item, str(verdict.outcome), verdict.message]
    if verdict.misconception:
        parts.append(verdict.misconception)
    if verdict.line:
        parts.append(verdict.line)
    return " ".join(": ".join(parts).split())


def hint_card(item: Item, count: int) -> Card:
    """Show the first hint, then the second, then the way to the scaffold."""
    if count < len(item.hints):
        text = item.hints[count]
        return sentence(f"Hint {count + 1} of {len(item.hints)}: {text}", kind="elab-plain")
    return sentence(
        f'Both hints are above. L.scaffold("{item.name}") gives the lines of an answer to put in '
        "order.",
        kind="elab-plain",
    )


def answer_source(lesson: str, item: Item) -> str:
    """Return the reference answer's source.

    Raises
    ------
    CourseError
        If this version of the course has none for the item.
    """
    if item.solution is not None:
        return item.solution.strip("\n")
    from engramlab.course.answers import reference

    return str(reference(lesson, item.name)).strip("\n")


def scaffold_lines(source: str, function: str) -> tuple[str, list[str]]:
    """Split an answer into its head and the lines of its body, each without its indentation.

    Parameters
    ----------
    source : str
        Python source that defines `function`.
    function : str
        Its name.

    Returns
    -------
    head : str
        The `def` line, or the imports and that line.
    lines : list of str
        The lines of the body in their right order, without docstring, comments and blank lines.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CourseError(f"the answer to {function} cannot be read ({error.msg})") from error
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            body = node.body[1:] if ast.get_docstring(node) else node.body
            text = source.splitlines()
            head = "\n".join(text[node.lineno - 1 : node.body[0].lineno - 1])
            kept = text[body[0].lineno - 1 : node.end_lineno] if body else []
            lines = [line.strip() for line in kept]
            return head, [line for line in lines if line and not line.startswith("#")]
    raise CourseError(f"the answer has no function {function}")


def scaffold_card(item: Item, source: str) -> Card:
    """Show the lines of an answer in an order fixed by the item's name, never the right one.

    An answer of one line is not shown: there is nothing to put in order.
    """
    head, lines = scaffold_lines(source, item.function)
    if len(lines) == 1:
        return sentence(
            f"The answer to {item.function} is one line, so there is nothing to put in order. "
            f'Read both hints again; L.solution("{item.name}") shows the line.',
            kind="elab-plain",
        )
    order = shuffled_order(len(lines), item.name)
    mixed = "\n".join(lines[k] for k in order)
    return listing(
        f"The lines of {item.function}, out of order and without their indentation",
        f"{head}\n\n{mixed}",
        note="Put them in order under the first line, indent those that belong to a loop or an "
        f'if, run the cell, then L.check("{item.name}").',
    )


def shuffled_order(n_lines: int, name: str) -> list[int]:
    """Return an order of `n_lines` lines, the same for the same name, different from 0, 1, 2 ..."""
    rng = np.random.default_rng(sum(ord(letter) * 31**k for k, letter in enumerate(name[:6])))
    order = list(range(n_lines))
    for _ in range(20):
        mixed = [int(k) for k in rng.permutation(n_lines)]
        if mixed != order:
            return mixed
    return order[::-1]


def solution_card(item: Item, source: str) -> Card:
    """Show the reference answer."""
    return listing(
        f"One answer to {item.function}",
        source,
        note="Marked as seen. Close it, write your own from memory, then check that one.",
    )


def describe(value: Any) -> str:
    """Name a wrong argument in a sentence, short and on one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else f"{text[:37]}..."
