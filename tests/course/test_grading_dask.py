"""`engramlab grade --dask ADDRESS`: the same results from a cluster, and a word when it fails."""

import contextlib
import signal
import socket
import subprocess
import sys
import time

import pytest
from grading_run_tools import count, mixed_class, start, surroundings_of, wait_for
from grading_tools import contents, exercise, grade, write_class

from engramlab._types import CourseError
from engramlab.course.grading import batch, workers


def test_without_distributed_the_command_that_installs_it_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"pip install 'engramlab\[dask\]'"):
        grade(tmp_path, {"ada": exercise()}, dask="tcp://127.0.0.1:1")
    assert not (tmp_path / "out").exists()


@contextlib.contextmanager
def running(tmp_path, n_workers, **variables):
    """Run a scheduler and its workers, as a teacher starts them; give its address and them."""
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    processes = []
    try:
        for name, *words in (scheduler, *[worker] * n_workers):
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{name}", *words],
                env=surroundings_of(tmp_path) | variables,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=tmp_path,
            )
            processes.append(process)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers: its address, and the workers."""
    with running(tmp_path, 2) as (address, both):
        yield address, both


def refusal(tmp_path, address, **options):
    """Return what `grade` says when it refuses, and how long it took."""
    began = time.monotonic()
    with pytest.raises(CourseError) as refused:
        grade(tmp_path, {"ada": exercise()}, dask=address, **options)
    return str(refused.value), time.monotonic() - began


@pytest.mark.full
def test_where_nobody_answers_it_says_so(tmp_path, record_property):
    pytest.importorskip("distributed")
    for address in ("tcp://127.0.0.1:9", "nowhere at all", "tcp://"):
        said, seconds = refusal(tmp_path, address)
        assert said.startswith(f"No Dask scheduler answers at {address!r}")
        assert "\n" not in said
        record_property("say", f"{address!r} was refused after {seconds:.1f} s: {said}")
    assert not (tmp_path / "out").exists()


@pytest.mark.full
@pytest.mark.sandbox
def test_a_cluster_gives_the_same_bytes_as_this_machine(tmp_path, cluster, record_property):
    address, _ = cluster
    folder = write_class(tmp_path / "class", mixed_class(12) | {"broken": b"{"})
    took = {}
    for name, options in (("here", {"jobs": 2}), ("there", {"dask": address})):
        began = time.monotonic()
        assert batch.run(folder, tmp_path / name, exercise="08", **options) == 0
        took[name] = time.monotonic() - began
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert len(contents(tmp_path / "there")) > 26
    record_property("say", f"13 submissions, 2 workers each: {took}")


@pytest.mark.full
@pytest.mark.sandbox
def test_a_worker_that_dies_costs_nothing(tmp_path, cluster):
    address, (first, _) = cluster
    folder = write_class(tmp_path / "class", mixed_class(10))
    assert batch.run(folder, tmp_path / "here", exercise="08", jobs=2) == 0
    process = start(tmp_path, folder, tmp_path / "there", "--dask", address)
    assert wait_for(lambda: count(tmp_path / "there") >= 2)
    first.kill()
    said, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "10 submissions, 0 of them for a human" in said
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.full
def test_when_all_workers_die_what_is_there_is_kept(tmp_path, cluster, monkeypatch):
    address, both = cluster
    monkeypatch.setattr(workers, "SILENT_S", -110.0)  # of the 120 s of a submission
    kept = []
    keep = batch.results.keep

    def then_none(out, result):
        path = keep(out, result)
        kept.append(path)
        if len(kept) == 2:
            for process in both:
                process.kill()
        return path

    monkeypatch.setattr(batch.results, "keep", then_none)
    with pytest.raises(CourseError) as stopped:
        grade(tmp_path, mixed_class(12), dask=address)
    assert str(stopped.value).startswith(f"The Dask cluster at {address} gives no more results")
    assert f" {len(kept)} of 12 graded are kept; the same command goes on" in str(stopped.value)
    assert count(tmp_path / "out") == len(kept)
    monkeypatch.undo()
    assert len(grade(tmp_path, {}, jobs=2)) == 12


@pytest.mark.full
def test_a_stopped_run_on_a_cluster_says_so(tmp_path, cluster):
    address, _ = cluster
    folder = write_class(tmp_path / "class", mixed_class(12))
    process = start(tmp_path, folder, tmp_path / "out", "--unsafe", "--dask", address)
    assert wait_for(lambda: count(tmp_path / "out") >= 2)
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=30)
    assert (said, process.returncode) == ("", 1)
    assert errors == (
        f"engramlab: Stopped. {count(tmp_path / 'out')} of 12 graded are kept; the same command "
        "goes on from there.\n"
    )


@pytest.mark.full
def test_a_worker_without_a_sandbox_is_refused(tmp_path):
    with running(tmp_path, 1, PATH="/nowhere") as (address, _):
        said, _ = refusal(tmp_path, address, unsafe=False)
    assert said.startswith("The worker tcp://127.0.0.1:")
    assert "bubblewrap is not installed" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.full
def test_a_scheduler_without_workers_is_refused(tmp_path):
    with running(tmp_path, 0) as (address, _):
        said, _ = refusal(tmp_path, address)
    assert said.startswith(f"The Dask scheduler at {address} has no workers that answer.")
