"""The same experiment over many seeds and over a grid of parameters."""

import inspect
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from engramlab._blas import one_thread
from engramlab._checks import whole

BACKENDS = ("threading", "loky")
Point = dict[str, Any]


def sweep(
    function: Callable[..., Any],
    *,
    seeds: int = 20,
    grid: Mapping[str, Iterable[Any]] | None = None,
    n_jobs: int | None = None,
    backend: str = "threading",
    progress: bool = True,
    seed: int = 0,
) -> NDArray[Any]:
    """Run `function(rng=..., **point)` at each point of a grid, with each of several seeds.

    Run k gets the generator `default_rng([seed, k])` at every point of the grid: the arms of a
    comparison are paired, and no result depends on the number of workers.

    Parameters
    ----------
    function : callable
        Takes `rng` (a numpy Generator) and one argument for each name of the grid; returns a number
        or an array, of the same shape in every run.
    seeds : int
        How many runs at each point.
    grid : mapping of str to iterable, optional
        The values of each argument, e.g. `{"load": [0.05, 0.1], "n_neurons": [250, 500]}`; each
        value meets each other. Without a grid `function(rng=...)` is run.
    n_jobs : int, optional
        Workers. Default: those of a surrounding `joblib.parallel_config`, else one for each core.
    backend : {"threading", "loky"}
        Threads, since the kernels let each other run. "loky" starts processes; a function defined
        in a notebook is slow there, one from a module is not. Inside
        `joblib.parallel_config(backend="dask")` the default uses that cluster.
    progress : bool
        Whether to draw a bar, in a notebook or on the error stream of a terminal.
    seed : int
        Another value gives an independent set of runs.

    Returns
    -------
    ndarray of shape (*lengths of the grid, seeds, *shape of one result)

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above, or the results are not numbers of one shape.
    RuntimeError
        If a run fails: names the point, the run and its generator; the cause is attached.

    Examples
    --------
    >>> def doubled(rng, x):
    ...     return 2 * x
    >>> sweep(doubled, seeds=3, grid={"x": [1, 5]}, progress=False).tolist()
    [[2, 2, 2], [10, 10, 10]]
    """
    if not callable(function):
        raise TypeError(f"function is {function!r}; give a function that takes rng=")
    n_seeds = whole("seeds", seeds, least=1)
    first = whole("seed", seed, least=0)
    if backend not in BACKENDS:
        raise ValueError(f"backend is {backend!r}; give one of {', '.join(map(repr, BACKENDS))}")
    axes = _axes(grid)
    points = [dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values())]
    _fits(function, points[0])
    runs = [(point, k) for point in points for k in range(n_seeds)]
    with (
        one_thread()
    ):  # held throughout: a BLAS that wakes between runs spins on the workers' cores
        results = _run_all(function, first, runs, _workers(n_jobs), backend, progress)
    stacked = _stack(results, runs)
    return stacked.reshape(*map(len, axes.values()), n_seeds, *stacked.shape[1:])


def _axes(grid: Mapping[str, Iterable[Any]] | None) -> dict[str, Sequence[Any]]:
    """Return the grid with each axis as a list."""
    if grid is None:
        return {}
    if not isinstance(grid, Mapping):
        raise TypeError(f"grid is {grid!r}; give a dict such as {{'load': [0.05, 0.1]}}")
    axes: dict[str, Sequence[Any]] = {}
    for name, values in grid.items():
        if not isinstance(name, str) or name == "rng":
            raise ValueError(f"grid has the name {name!r}; give names of arguments other than rng")
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise TypeError(f"grid[{name!r}] is {values!r}; give a list of values")
        axes[name] = list(values)
        if not axes[name]:
            raise ValueError(f"grid[{name!r}] is empty; give at least one value")
    return axes


def _fits(function: Callable[..., Any], point: Point) -> None:
    """Refuse a function that cannot be called as the sweep calls it, before any work is done."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some compiled functions do not tell
        return
    try:
        signature.bind(rng=None, **point)
    except TypeError as error:
        asked = ", ".join(["rng=...", *(f"{name}=..." for name in point)])
        raise TypeError(
            f"function {_name(function)}{signature} cannot be called with ({asked}): {error}; "
            "give it rng and one argument for each name of the grid"
        ) from error


def _workers(n_jobs: int | None) -> int:
    """Return how many workers: asked for, or of the surrounding configuration, or all cores."""
    from joblib.parallel import get_active_backend

    if n_jobs is None:
        configured = get_active_backend()[1]
        return -1 if configured is None else int(configured)
    if isinstance(n_jobs, bool) or not isinstance(n_jobs, (int, np.integer)) or n_jobs == 0:
        raise ValueError(f"n_jobs is {n_jobs!r}; give 1 or more, or -1 for all cores")
    return int(n_jobs)


def _run_all(
    function: Callable[..., Any],
    first: int,
    runs: list[tuple[Point, int]],
    n_jobs: int,
    backend: str,
    progress: bool,
) -> list[NDArray[Any]]:
    """Return the results in the order of `runs`."""
    from joblib import Parallel, delayed

    # A preference gives way to `joblib.parallel_config(backend=...)`; a backend by name does not.
    chosen = {"prefer": "threads"} if backend == "threading" else {"backend": backend}
    parallel = Parallel(
        n_jobs=n_jobs, return_as="generator" if progress else "list", max_nbytes=None, **chosen
    )
    finished = parallel(delayed(_run)(function, first, k, point) for point, k in runs)
    return list(_bar(finished, len(runs)) if progress else finished)


def _run(function: Callable[..., Any], first: int, k: int, point: Point) -> NDArray[Any]:
    """Do one run, in whichever process it is."""
    try:
        with one_thread():
            return np.asarray(function(rng=np.random.default_rng([first, k]), **point))
    except Exception as error:
        raise RuntimeError(
            f"{_name(function)} failed at {_where(point, k)}, "
            f"rng=np.random.default_rng([{first}, {k}]): {type(error).__name__}: {error}"
        ) from error


def _stack(results: list[NDArray[Any]], runs: list[tuple[Point, int]]) -> NDArray[Any]:
    """Return the results as one array; refuse what is not numbers of one shape."""
    for result, (point, k) in zip(results, runs, strict=True):
        if result.dtype.kind not in "biufc":
            raise TypeError(
                f"the result at {_where(point, k)} is no number ({result.dtype}); "
                "return a number or an array of numbers"
            )
        if result.shape != results[0].shape:
            raise ValueError(
                f"the result at {_where(point, k)} has shape {result.shape}, the first "
                f"{results[0].shape}; return the same shape in every run"
            )
    return np.stack(results)


def _bar(finished: Iterable[Any], total: int) -> Iterator[Any]:
    """Yield what `finished` yields under a bar that goes away when done; quiet where nobody looks.

    In a terminal the bar stands on the error stream. In a notebook it is one line of plain text,
    emptied at the end, since a widget would leave a broken place in the saved copy.
    """
    from tqdm import tqdm

    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if getattr(shell, "kernel", None) is None:
        # disable=None: off unless the error stream is a terminal.
        yield from tqdm(finished, total=total, unit="run", leave=False, disable=None)
        return
    with tqdm(finished, total=total, unit="run", leave=False, file=_Line(shell), ncols=80) as bar:
        yield from bar


class _Line:
    """A line of a notebook's output that is written over, for `tqdm` to write to."""

    def __init__(self, shell: Any) -> None:
        self._publish = shell.display_pub.publish
        self._place = {"display_id": f"engramlab-{uuid4().hex}"}
        self._shown = False

    def write(self, text: str) -> None:
        """Show `text` in the place of what stood there."""
        line = text.replace("\r", "").strip()
        if line or self._shown:
            self._publish({"text/plain": line}, transient=self._place, update=self._shown)
            self._shown = True

    def flush(self) -> None:
        """Do nothing: each line is shown at once."""


def _where(point: Point, k: int) -> str:
    """Describe one run."""
    return ", ".join([*(f"{name}={value!r}" for name, value in point.items()), f"seed {k}"])


def _name(function: Callable[..., Any]) -> str:
    """Return a function's name, also of partials and objects."""
    return str(getattr(function, "__name__", None) or repr(function))
