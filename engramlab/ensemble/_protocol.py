"""An experiment written as a list of steps, run on the ensemble: see `_steps` for the steps."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, mask
from engramlab._types import CourseError, Rng, generator
from engramlab.ensemble._constants import COURSE, STRONG, WEAK
from engramlab.ensemble._contexts import random_contexts
from engramlab.ensemble._controls import as_many_others
from engramlab.ensemble._ensemble import Ensemble
from engramlab.ensemble._results import Reactivation
from engramlab.ensemble._steps import GROUP, Step, check_protocol, is_context_name, show

Mask = NDArray[np.bool_]


def run_protocol(
    steps: Any,
    *,
    ensemble: Ensemble | None = None,
    contexts: Mapping[str, ArrayLike] | None = None,
    label_efficiency: float = 0.5,
    label_background: float = 0.05,
    rng: Rng,
) -> tuple[Reactivation, ...]:
    """Run an experiment that is written down as data, and return what each reading gives.

    The whole list is checked before the first step is run. Each step draws from a stream of its
    own, made from `rng`, from what is done and from how many times it was done before. So two arms
    with one `rng` share the animal, its contexts, its drift and its labels, and differ only by the
    steps in which they differ.

    Parameters
    ----------
    steps : list of tuples
        See `check_protocol`. The clock moves in "wait" only. A weak shock is a shock with strength
        0.43; the bouts of one "replay" come at one moment and reactivate all engrams encoded so far
        together. Random cells stay the same as long as the group that they are matched to does;
        they are taken from the cells alive, without the group and, for the labelled cells and the
        engram, without the cells that were active when it was made.
    ensemble : Ensemble, optional
        The animal at the start; by default a new one with the settings of the course.
    contexts : mapping from str to array_like of bool of shape (n_inputs,), optional
        Contexts of your own, such as similar ones; every other name gets a random one.
    label_efficiency : float
        Share of the active cells that a label catches.
    label_background : float
        Share of the other cells that it catches too.
    rng : int or numpy.random.Generator
        Draws everything; a Generator is moved on by one draw.

    Returns
    -------
    tuple of Reactivation
        One for each "recall", "light" and "silence", in order.

    Raises
    ------
    CourseError
        If a step is unknown or impossible: its number counted from 1, what came, what would be
        right.
    TypeError, ValueError
        If another argument is wrong.

    See Also
    --------
    check_protocol : the steps. engramlab.plots.timeline : the picture. Lessons 07 and 11.

    Examples
    --------
    >>> trained = [("encode", "A", "shock"), ("wait", 24), ("recall", "A"), ("recall", "C")]
    >>> in_a, in_c = run_protocol(trained, rng=1)
    >>> in_a.drive > 1 > in_c.drive
    True
    """
    checked = check_protocol(steps)
    run = _Run(
        ensemble,
        contexts,
        fraction("label_efficiency", label_efficiency),
        fraction("label_background", label_background),
        rng,
    )
    for number, step in enumerate(checked, start=1):
        try:
            run.do(step)
        except (ValueError, TypeError) as error:
            came = show(steps[number - 1])
            raise CourseError(f"step {number} is {came}, which cannot be done: {error}") from error
    return tuple(run.readings)


def _own_contexts(contexts: Any, n_inputs: int) -> dict[str, ArrayLike]:
    """Return the contexts that were given, each checked."""
    if contexts is None:
        return {}
    if not isinstance(contexts, Mapping):
        raise TypeError(f"contexts is {type(contexts).__name__}; give a dict from the name of "
                        "a context to its mask")  # fmt: skip
    for name in contexts:
        if not is_context_name(name):
            raise ValueError(
                f"contexts has the name {show(name)}; give one to twelve letters or digits that "
                "are no other word of the protocol, such as 'A'"
            )
    return {
        name: mask(f"contexts[{name!r}]", value, n=n_inputs, what="input", some=True)
        for name, value in contexts.items()
    }


class _Run:
    """An animal in the middle of a protocol."""

    def __init__(
        self,
        ensemble: Ensemble | None,
        contexts: Mapping[str, ArrayLike] | None,
        efficiency: float,
        background: float,
        rng: Rng,
    ) -> None:
        if ensemble is not None and not isinstance(ensemble, Ensemble):
            raise TypeError(f"ensemble is {type(ensemble).__name__}; give an Ensemble, or leave it "
                            "out for a new one")  # fmt: skip
        self.root = [int(word) for word in generator(rng).integers(0, 2**32, size=4)]
        self.times: Counter[str] = Counter()
        self.animal = ensemble or Ensemble.build(constants=COURSE, rng=self.stream("animal"))
        self.contexts = _own_contexts(contexts, self.animal.baseline.shape[1])
        self.label = efficiency, background
        self.waiting: set[str] = set()
        self.engrams: dict[str, Mask] = {}
        none = np.zeros(self.animal.n_cells, dtype=np.bool_)
        self.groups = {"labelled": none, "engram": none, "creb": none}
        self.left_out = dict(self.groups)  # who may not be among the random cells of a group
        self.others: dict[str, tuple[Mask, Mask]] = {}
        self.readings: list[Reactivation] = []

    def stream(self, *what: str) -> np.random.Generator:
        """Return the random numbers for doing something for the first, second, ... time."""
        key = "/".join(what)
        self.times[key] += 1
        words = int.from_bytes(key.encode(), "big")
        return np.random.default_rng([*self.root, words, self.times[key]])

    def do(self, step: Step) -> None:
        """Do one step."""
        kind, amount = step.kind, step.amount or 0.0
        if step.context is not None and kind != "label":
            self.meet(step, step.context)
            return
        cells = None if step.who is None else self.cells(step)
        match kind:
            case "label":
                self.waiting.add(step.context or "")
            case "wait":
                self.animal = self.animal.advance(
                    amount, protein_synthesis=not step.drug, rng=self.stream(kind)
                )
            case "creb":
                self.animal = self.animal.overexpress_creb(amount, rng=self.stream(kind))
                self.groups["creb"] = self.left_out["creb"] = self.animal.creb
            case "novelty" if not step.drug:  # the drug blocks the proteins that novelty makes
                self.animal = self.animal.novelty()
            case "remodel":
                self.animal = self.animal.remodel(amount, rng=self.stream(kind))
            case "replay":
                for _ in range(int(amount)):
                    self.animal = self.animal.coreactivate(
                        list(self.engrams.values()), rng=self.stream(kind)
                    )
            case "ablate" | "depress" | "potentiate":
                self.animal = getattr(self.animal, kind)(cells)

    def meet(self, step: Step, name: str) -> None:
        """Put the animal into a context: it learns, or it is read out; cells may be labelled."""
        context = self.context(name)
        cells = None if step.who is None else self.cells(step)
        if step.kind == "encode":
            self.animal, active = self.animal.encode(
                context,
                shock=step.how != "neutral",
                strength=WEAK if step.how == "weak" else STRONG,
                light=cells,
                rng=self.stream("encode", name),
            )
            self.engrams[name] = active
            self.groups["engram"] = self.left_out["engram"] = active
        else:
            reading = self.animal.recall(
                context,
                light=cells if step.kind == "light" else None,
                silence=cells if step.kind == "silence" else None,
            )
            self.readings.append(reading)
            active = reading.active
        if name in self.waiting:
            self.waiting.remove(name)
            efficiency, background = self.label
            caught = self.animal.label(
                active, efficiency=efficiency, background=background, rng=self.stream("label", name)
            )
            self.groups["labelled"] = self.groups["labelled"] | caught
            self.left_out["labelled"] = self.left_out["labelled"] | caught | active

    def context(self, name: str) -> ArrayLike:
        """Return the context of a name; a new name gets one."""
        if name not in self.contexts:
            constants = self.animal.constants
            self.contexts[name] = random_contexts(
                1,
                n_inputs=constants.n_inputs,
                n_active=constants.n_active,
                rng=self.stream("context", name),
            )[0]
        return self.contexts[name]

    def cells(self, step: Step) -> Mask:
        """Return the cells that a step takes; refuse a group of which no cell is alive."""
        found = self.group(step)
        if not found.any():
            raise ValueError(f"the group {step.who!r} holds no cell, so nothing is there to "
                             f"{step.kind}; label at a higher efficiency")  # fmt: skip
        if not self.animal.alive[found].any():
            raise ValueError(f"no cell of the group {step.who!r} is alive; {step.kind} it before "
                             "it is ablated, or name another group")  # fmt: skip
        return found

    def group(self, step: Step) -> Mask:
        """Return a group by its name; random cells stay the same while all of them are alive."""
        if step.like is None:
            return self.groups[step.who or ""]
        group = self.groups[step.like]
        before, others = self.others.get(step.like, (None, None))
        known = others is not None and before is not None and np.array_equal(before, group)
        if others is None or not known or not self.animal.alive[others].all():
            pool = self.animal.alive & ~(self.left_out[step.like] | group)
            if group.sum() > pool.sum():
                raise ValueError(f"random cells are as many as {GROUP[step.like]}, "
                                 f"{int(group.sum())}, and only {int(pool.sum())} other cells are "
                                 "left; name a smaller group")  # fmt: skip
            others = as_many_others(group, among=pool, rng=self.stream("random", step.like))
            self.others[step.like] = group, others
        return others
