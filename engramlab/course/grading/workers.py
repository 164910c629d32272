"""Who marks the submissions: threads of this process, or the workers of a Dask cluster.

Both go through joblib and call the same function, `marking.mark`. Each result comes back as soon as
it is there, in whatever order.
"""

import contextlib
import multiprocessing
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.grading import marking
from engramlab.course.grading.caches import LONGEST_S
from engramlab.course.grading.marking import Task, Terms
from engramlab.course.grading.results import Result
from engramlab.course.grading.sandbox import PREFIX
from engramlab.course.grading.stopping import Stoppable
from engramlab.course.versions import COURSE_VERSION

Marked = tuple[Result, str]
Crew = Callable[[Iterable[Task]], contextlib.AbstractContextManager[Iterator[Marked]]]
"""Marks tasks: within the context the results come one by one; what still runs ends with it."""

CONNECT_S = 10
SILENT_S = 120.0
"""How much longer than the longest submission a cluster may say nothing."""
WITHOUT_DASK = (
    "--dask needs the package distributed, which is not installed. To install it: "
    "pip install 'engramlab[dask]'"
)


@contextlib.contextmanager
def local(terms: Terms, jobs: int) -> Iterator[Crew]:
    """Give a crew of threads; each waits for a learner's process.

    Raises
    ------
    CourseError
        If there is no sandbox here and the run is not meant to be without one.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX) as cache:
        launcher = marking.launcher_of(terms, Path(cache))

        @contextlib.contextmanager
        def crew(tasks: Iterable[Task]) -> Iterator[Iterator[Marked]]:
            leash = Stoppable(launcher)

            def mark(task: Task) -> Marked:
                with leash.at_work():
                    return marking.mark(task, leash)

            with _marked(mark, tasks, n_jobs=jobs) as finished:
                try:
                    yield finished
                finally:
                    leash.stop()

        yield crew


@contextlib.contextmanager
def cluster(address: str, terms: Terms, jobs: int | None) -> Iterator[Crew]:
    """Give the workers of a Dask cluster as a crew.

    Parameters
    ----------
    address : str
        Of its scheduler, such as "tcp://10.0.0.5:8786".
    terms : Terms
        What holds for the run.
    jobs : int, optional
        Submissions at a time; by default what the workers take.

    Raises
    ------
    CourseError
        If `distributed` is not installed, nobody answers at the address, or a worker has another
        engramlab or no sandbox.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise CourseError(WITHOUT_DASK) from None
    from joblib import parallel_config

    try:
        client = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # a time-out is an OSError
        raise CourseError(
            f"No Dask scheduler answers at {address!r} ({_first_line(error)}). --dask takes the "
            "address that `dask scheduler` prints, such as tcp://10.0.0.5:8786."
        ) from None
    longest = terms.limits.submission_s + SILENT_S

    @contextlib.contextmanager
    def crew(tasks: Iterable[Task]) -> Iterator[Iterator[Marked]]:
        ahead = {} if jobs is None else {"pre_dispatch": jobs}
        with (
            parallel_config(backend="dask", client=client, wait_for_workers_timeout=CONNECT_S),
            _marked(marking.mark, tasks, n_jobs=-1, timeout=longest, **ahead) as finished,
        ):
            yield _answering(finished, address)

    with client:
        _refuse_unfit(client, address, terms)
        yield crew


@contextlib.contextmanager
def _marked(
    mark: Callable[[Task], Marked], tasks: Iterable[Task], **options: Any
) -> Iterator[Iterator[Marked]]:
    """Give the results of `mark` as they come, from threads where no other backend is set."""
    from joblib import Parallel, delayed

    # One at a time, and in any order, so that what is done is kept at once.
    parallel = Parallel(
        prefer="threads", return_as="generator_unordered", batch_size=1, max_nbytes=None, **options
    )
    finished = parallel(delayed(mark)(task) for task in tasks)
    try:
        yield finished
    finally:
        with warnings.catch_warnings():  # that not all was asked for is meant
            warnings.simplefilter("ignore")
            finished.close()


def _answering(finished: Iterator[Marked], address: str) -> Iterator[Marked]:
    """Give the results, and put into words when the cluster gives none any more."""
    try:
        yield from finished
    except CourseError:
        raise
    except (TimeoutError, multiprocessing.TimeoutError):
        raise CourseError(
            f"The Dask cluster at {address} gives no more results; its workers may be gone."
        ) from None
    except Exception as error:
        raise CourseError(
            f"The Dask cluster at {address} failed ({type(error).__name__}: {_first_line(error)})."
        ) from error


def _refuse_unfit(client: Any, address: str, terms: Terms) -> None:
    """Refuse a cluster without workers, or with one that cannot mark as this machine would."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
        asked = {
            worker: client.submit(fitness, terms, workers=[worker], pure=False)
            for worker in client.ncores()
        }
        told = {worker: answer.result(timeout=LONGEST_S) for worker, answer in asked.items()}
    except TimeoutError:
        raise CourseError(
            f"The Dask scheduler at {address} has no workers that answer. Start one with "
            f"`dask worker {address}` where engramlab is installed."
        ) from None
    except Exception as error:
        raise CourseError(
            f"The workers of {address} cannot load engramlab {COURSE_VERSION} "
            f"({type(error).__name__}: {_first_line(error)}). Install it where they run."
        ) from None
    for worker, (version, fault) in sorted(told.items()):
        if version != COURSE_VERSION:
            raise CourseError(
                f"The worker {worker} has engramlab {version}, this machine {COURSE_VERSION}. "
                "Install the same version on both."
            )
        if fault:
            raise CourseError(f"The worker {worker} cannot grade: {fault}")


def fitness(terms: Terms) -> tuple[str, str]:
    """Return the version of engramlab in this process, and why it cannot mark, "" if it can."""
    try:
        marking.own_launcher(terms)
    except CourseError as error:
        return COURSE_VERSION, str(error)
    return COURSE_VERSION, ""


def _first_line(error: BaseException) -> str:
    """Return what an error says, in one line."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__
