"""What a moved slider costs the kernel: the panel against a figure drawn anew, in one run."""

import io
import itertools
import statistics
import time

import pytest
import speed_tools
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import engramlab as el
from engramlab.widgets import EXHIBITS
from engramlab.widgets._panel import SLOW

pytestmark = pytest.mark.speed

STEPS = range(20, 60, 2)


def milliseconds(step):
    step(21)
    taken = []
    for cue in STEPS:
        begin = time.perf_counter()
        step(cue)
        taken.append(1000 * (time.perf_counter() - begin))
    return statistics.median(taken)


def plain():
    """A cell as others write it: a new figure with tight bounding box at each step."""
    patterns = el.embed(el.digit_patterns(range(5)), n_neurons=400, rng=1)
    network = el.Hopfield.store(patterns)

    def step(cue):
        start = el.partial_cue(patterns[3], cue / 100, rng=2)
        run = network.recall(start, rng=3)
        sweeps, overlaps = el.overlap_course(run, patterns)
        figure = Figure(figsize=(7.6, 3.9))
        FigureCanvasAgg(figure)
        left, middle, right = figure.subplots(1, 3)
        left.imshow(start[:64].reshape(8, 8))
        middle.imshow(run.final[:64].reshape(8, 8))
        right.plot(sweeps, overlaps.T)
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")

    return step


def test_a_step_of_the_panel_costs_a_fraction_of_a_new_figure(record_property):
    panel = el.widgets.pattern_completion()
    panel._bundle(200, fast=False)  # the fine picture, which stands when a slider begins to move

    def step(cue):
        panel.set(cue=cue)
        panel._bundle(100, fast=True)

    ours, theirs = milliseconds(step), milliseconds(plain())
    whole = milliseconds(lambda cue: (panel._stage._backgrounds.clear(), step(cue)))
    said = (
        f"one step of the slider: panel {ours:.1f} ms, all of it redrawn {whole:.1f} ms, a new "
        f"figure {theirs:.1f} ms; ratio {ours / theirs:.2f}"
    )
    record_property("say", said)
    print(said)
    assert ours < 0.4 * theirs


@pytest.mark.parametrize("name", sorted(EXHIBITS))
def test_drawing_a_step_of_any_widget_costs_a_fraction_of_drawing_it_anew(name, record_property):
    """Without the model, which is the same in both; its own time is told beside the ratio."""
    exhibit = EXHIBITS[name]()
    first = {name: control.value for name, control in exhibit.controls.items()}
    control, kind = next(iter(exhibit.controls.items()))
    settings = [first | {control: end} for end in kind.ends]
    results = [exhibit.model(**setting) for setting in settings]
    model = statistics.median(
        speed_tools.seconds(lambda setting=setting: exhibit.model(**setting))
        for setting in settings * 3
    )
    panel, turns = exhibit.panel(), itertools.cycle(results)
    panel._bundle(200, fast=False)

    def ours():
        panel._stage.show(next(turns))
        panel._bundle(100, fast=True)

    def anew():
        scene = exhibit.scene()
        scene.update(next(turns))
        scene.figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")

    ratio = speed_tools.ratio(anew, ours, calls=4)
    waits = "computes at rest" if model > SLOW else "computes at each step"
    said = f"{name}: drawn anew {ratio:.1f} times as slow; model {1000 * model:.1f} ms, {waits}"
    record_property("say", said)
    print(said)
    assert ratio > 1 / 0.4
