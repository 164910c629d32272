"""`sweep`: shapes, paired generators, the same at any number of workers, errors that say where."""

import os
import subprocess
import sys
import threading
from functools import partial

import joblib
import numpy as np
import pytest
import sweep_runs

import engramlab as el

quiet = partial(el.sweep, progress=False)


def test_the_shape_is_grid_then_seeds_then_result():
    result = quiet(sweep_runs.draw_two, seeds=4, grid={"a": [1, 2, 3], "b": (10, 20)})
    assert result.shape == (3, 2, 4, 3)
    assert (result[1, :, :, 0] == 2).all()
    assert (result[:, 1, :, 1] == 20).all()
    assert quiet(sweep_runs.draw, seeds=5).shape == (5,)
    assert quiet(sweep_runs.draw, grid={}, seeds=1).shape == (1,)


def test_the_generator_is_the_same_at_every_point_and_other_for_every_seed():
    result = quiet(sweep_runs.draw, seeds=6, grid={"scale": [1, 10, 100]})
    assert np.allclose(result, result[0] * np.array([[1], [10], [100]]))
    assert len(set(result[0])) == 6
    wanted = [np.random.default_rng([0, k]).random() for k in range(6)]
    assert result[0].tolist() == wanted
    more = quiet(sweep_runs.draw, seeds=8)
    assert np.array_equal(more[:6], result[0])  # more seeds change none of the first
    assert not np.isin(quiet(sweep_runs.draw, seeds=6, seed=1), result).any()


def test_any_number_of_workers_and_processes_give_the_same():
    grid = {"load": [0.05, 0.15, 0.25]}
    one = quiet(sweep_runs.recalled, seeds=5, grid=grid, n_jobs=1)
    assert one.min() < one.max()
    for n_jobs in (2, 3, -1, None):
        assert np.array_equal(quiet(sweep_runs.recalled, seeds=5, grid=grid, n_jobs=n_jobs), one)
    processes = quiet(sweep_runs.recalled, seeds=5, grid=grid, n_jobs=2, backend="loky")
    assert np.array_equal(processes, one)


def test_threads_by_default_and_processes_when_asked():
    threads = quiet(sweep_runs.worker, seeds=8, n_jobs=2)
    assert set(threads[:, 0]) == {os.getpid()}
    assert threading.get_ident() not in threads[:, 1]
    processes = quiet(sweep_runs.worker, seeds=4, n_jobs=2, backend="loky")
    assert os.getpid() not in processes[:, 0]


def test_a_surrounding_configuration_takes_over():
    """So a Dask cluster does, with no change in a lesson's code; here it is another backend."""
    with joblib.parallel_config(backend="loky", n_jobs=2):
        assert os.getpid() not in quiet(sweep_runs.worker, seeds=4)[:, 0]
    with joblib.parallel_config(backend="threading", n_jobs=1):
        assert set(quiet(sweep_runs.worker, seeds=4)[:, 1]) == {threading.get_ident()}


@pytest.mark.parametrize(
    "keywords", [{"n_jobs": 1}, {"n_jobs": 2}, {"n_jobs": 2, "backend": "loky"}]
)
@pytest.mark.parametrize("progress", [False, True])
def test_an_error_names_the_point_the_seed_and_the_way_to_repeat_it(keywords, progress):
    with pytest.raises(
        RuntimeError,
        match=(
            r"fails failed at load=0.2, seed 0, rng=np.random.default_rng\(\[7, 0\]\): "
            "ZeroDivisionError: no memory left"
        ),
    ) as caught:
        el.sweep(
            sweep_runs.fails,
            seeds=1,
            grid={"load": [0.1, 0.2]},
            seed=7,
            progress=progress,
            **keywords,
        )
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(
    ("keywords", "error", "words"),
    [
        ({"function": 3}, TypeError, "function is 3; give a function that takes rng="),
        ({"function": np.ones}, TypeError, "cannot be called with"),
        (
            {"function": lambda seed: seed},
            TypeError,
            r"<lambda>\(seed\) cannot be called with \(rng=",
        ),
        ({"grid": {"load": [1]}}, TypeError, r"draw\(.*\) cannot be called with \(rng=..., load="),
        ({"grid": [1, 2]}, TypeError, r"grid is \[1, 2\]; give a dict"),
        ({"grid": {"scale": []}}, ValueError, r"grid\['scale'\] is empty"),
        ({"grid": {"scale": 3}}, TypeError, r"grid\['scale'\] is 3; give a list"),
        ({"grid": {"scale": "ab"}}, TypeError, r"grid\['scale'\] is 'ab'; give a list"),
        ({"grid": {"rng": [1]}}, ValueError, "grid has the name 'rng'"),
        ({"grid": {1: [1]}}, ValueError, "grid has the name 1"),
        ({"seeds": 0}, ValueError, "seeds is 0; give a whole number, 1 or more"),
        ({"seeds": 2.5}, TypeError, "seeds is 2.5"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"n_jobs": 0}, ValueError, "n_jobs is 0; give 1 or more"),
        ({"n_jobs": "all"}, ValueError, "n_jobs is 'all'"),
        ({"backend": "dask"}, ValueError, "backend is 'dask'; give one of 'threading', 'loky'"),
    ],
)
def test_faults_are_named_before_any_work(keywords, error, words):
    arguments = {"function": sweep_runs.draw} | keywords
    function = arguments.pop("function")
    with pytest.raises(error, match=words):
        quiet(function, **arguments)


def test_results_that_do_not_stack_are_named():
    with pytest.raises(ValueError, match=r"at size=3, seed 0 has shape \(3,\), the first \(2,\)"):
        quiet(sweep_runs.uneven, seeds=2, grid={"size": [2, 3]})
    with pytest.raises(TypeError, match=r"result at seed 0 is no number \(object\)"):
        quiet(lambda rng: {"a": rng}, seeds=2)
    with pytest.raises(TypeError, match="is no number"):
        quiet(lambda rng: [rng], seeds=2)


def test_functions_of_any_kind_are_run():
    assert quiet(partial(sweep_runs.draw, scale=2), seeds=2).shape == (2,)
    assert quiet(lambda rng: rng.random() < 0.5, seeds=3).dtype == bool
    assert quiet(
        lambda rng, **point: point["x"] + rng.integers(1), seeds=1, grid={"x": [4]}
    ).tolist() == [[4]]


def test_no_bar_where_nobody_watches(capfd):
    el.sweep(sweep_runs.draw, seeds=3)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a thing of Unix")
def test_a_bar_on_the_error_stream_of_a_terminal(tmp_path):
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.set_blocking(ours, False)
    code = "import engramlab as el; print(el.sweep(lambda rng: 1, seeds=3, n_jobs=1).sum())"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        cwd=tmp_path,
    )
    drawn = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert done.stdout == b"3\n"
    assert "0/3" in drawn
    assert "Traceback" not in drawn


def test_a_bar_in_a_notebook_is_a_line_of_text_that_ends_empty():
    """No red text of the error stream, no warning, no widget that is broken when reopened."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    book = nbformat.v4.new_notebook()
    code = """
import warnings; warnings.simplefilter("error")
import engramlab as el
shown = []
publish = get_ipython().display_pub.publish
def watched(data, **keywords):
    shown.append(data["text/plain"])
    publish(data, **keywords)
get_ipython().display_pub.publish = watched
total = el.sweep(lambda rng: 1, seeds=3, n_jobs=2).sum()
print(total, "0/3" in shown[0], len(shown) > 1)
"""
    book.cells = [nbformat.v4.new_code_cell(code)]
    nbclient.NotebookClient(book, timeout=60, kernel_name="python3").execute()
    outputs = {output.output_type: output for output in book.cells[0].outputs}
    assert outputs["stream"].name == "stdout"
    assert outputs["stream"].text == "3 True True\n"
    assert outputs["display_data"].data == {"text/plain": ""}
    assert len(book.cells[0].outputs) == 2
