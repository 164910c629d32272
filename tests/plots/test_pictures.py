"""Every picture: words legible and apart, a true text alternative, no trace in rcParams."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from picture_tools import crossings, faults, pixels_of
from PIL import Image

import engramlab as el
from engramlab import plots
from engramlab.plots._completion import state_at
from engramlab.plots._pictures import picture_pixels

LOADS = np.arange(0.04, 0.2401, 0.01)
CLIFF = 1 / (1 + np.exp((LOADS - 0.173) / 0.013))
TICKS = {0.05: "0.05", 0.10: "0.10", 0.15: "0.15", 0.20: "0.20"}


def digits(n=5):
    return el.embed(el.digit_patterns(range(n)), n_neurons=400, rng=1)


def run(kept=0.3, n=5, target=3):
    patterns = digits(n)
    cue = el.partial_cue(patterns[target], kept, rng=2)
    return patterns, el.Hopfield.store(patterns).recall(cue, rng=3)


def reveal(guess, **more):
    setting = {
        "key": "b",
        "belief": "A full memory loses a little of everything, as a crowded shelf.",
        "title": "You: it fades gently. The network: it falls off a cliff",
        "subtitle": "lesson 08, prediction 3, locked in at “fairly sure” (80 %)",
        "x_title": "load (memories stored per unit)",
        "y_title": "share recalled",
        "x_ticks": TICKS,
        "band": (np.clip(CLIFF - 0.1, 0, 1), np.clip(CLIFF + 0.1, 0, 1)),
        "band_words": "band: 18 of 20 networks",
    }
    return plots.prediction_reveal(LOADS, CLIFF, guess, **setting | more)


def completion():
    patterns, recall = run()
    return plots.completion(recall, patterns=patterns, target=3, name="3", title="A title",
                            subtitle="what was done")  # fmt: skip


def recall_picture(kept):
    patterns, recall = run(kept)
    return plots.recall(recall, target=patterns[3], patterns=patterns)


def blackout(**more):
    rng = np.random.default_rng(1)
    networks = np.clip(CLIFF[:, None] + rng.normal(0, 0.03, (LOADS.size, 20)), 0, 1)
    return plots.blackout(LOADS, networks, **more)


def options():
    curves = [CLIFF, np.linspace(1, 0.4, LOADS.size), np.ones(LOADS.size), CLIFF * 0.5]
    texts = ["holds, then falls", "fades gently, a little of everything", "never", "a half"]
    return plots.option_strip(LOADS, curves, texts=texts, x_title="load (memories per unit)",
                              y_title="share recalled",
                              x_ticks={0.05: "0.05", 0.2: "0.20"})  # fmt: skip


PICTURES = {
    "completion": completion,
    "recall": lambda: recall_picture(0.3),
    "recall from nothing": lambda: recall_picture(0.0),
    "recall from all": lambda: recall_picture(1.0),
    "blackout": lambda: blackout(title="A title", subtitle="what was done"),
    "blackout with humps": lambda: blackout(
        overlaps=np.r_[np.full(70, 0.98), np.linspace(0.2, 0.6, 30)],
        overlaps_title="at load 0.15 (2,000 units):\ntwo humps", load=0.16),
    "options": options,
    "reveal": lambda: reveal(np.linspace(1, 0.38, LOADS.size)),
    "reveal, equal ends": lambda: reveal(CLIFF * 0.5),
    "reveal, right": lambda: reveal(CLIFF, right=True),
    "reveal, high": lambda: reveal(np.ones(LOADS.size)),
    "hero": plots.hero,
    "timing window": lambda: plots.timing_window(
        [-33.7, 0.0, 16.8], [-0.18, 0.0, 0.22], 0.6, 0.5, 16.8, 33.7),
    "robustness": plots.robustness_map,
    "robustness, titled": lambda: plots.robustness_map(title="A title", subtitle="how many"),
}  # fmt: skip


@pytest.fixture(scope="module", params=PICTURES)
def picture(request):
    return PICTURES[request.param]()


def test_words_are_legible_inside_and_apart(picture):
    assert faults(picture) + crossings(picture) == []


def test_it_shows_itself_with_its_text_alternative(picture):
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.alt != ""
    assert f'width="{plots._axes.width_px(picture)}"' in bundle["text/html"]
    pixels = pixels_of(bundle["text/html"])
    assert pixels.shape[1] == 2 * plots._axes.width_px(picture)
    assert tuple(pixels[0, 0]) == (255, 255, 255)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 8


def test_a_fault_in_the_words_is_found():
    figure = plots.new_picture(200, 100)
    figure.text(0.9, 0.5, "leaves the figure", fontsize=10)
    figure.text(0.1, 0.5, "one upon", fontsize=8)
    figure.text(0.1, 0.5, "the other", fontsize=10)
    said = " ".join(faults(figure))
    assert "leaves the figure" in said
    assert "8" in said
    assert "lies on" in said


def test_a_line_a_mark_and_a_ghost_under_words_are_found():
    figure = plots.new_picture(400, 300)
    ax = plots.ax_px(figure, 0, 0, 400, 300)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.plot((0.1, 0.4), (0.8, 0.8), lw=0.7)
    ax.text(0.1, 0.79, "a line")
    ax.plot([0.15], [0.5], "o", ms=8)
    ax.text(0.1, 0.5, "a mark")
    plots._axes.ghost_lines(ax, [0.1, 0.4], [0.2, 0.2])
    ax.text(0.1, 0.22, "a ghost")
    ax.text(0.6, 0.5, "nothing")
    said = " ".join(crossings(figure))
    assert "a line" in said
    assert "a mark" in said
    assert "a ghost" in said
    assert "nothing" not in said


@pytest.mark.parametrize(
    ("value", "said"), [(-0.0349, "−0.03"), (-0.001, "0.00"), (1, "1.00"), (0.555, "0.56")]
)
def test_a_number_for_people_has_a_true_minus_and_no_minus_zero(value, said):
    assert plots._axes.number(value) == said


def test_lines_are_broken_at_a_width_and_no_word_is_lost():
    words = "completed as before, or lost in the end"
    lines = plots._axes.wrap_px(words, 120)
    assert " ".join(lines) == words
    assert max(plots._axes.length_px(line, 10) for line in lines) <= 120
    assert len(lines) > 1


@pytest.mark.parametrize("name", PICTURES)
def test_settings_of_matplotlib_are_left_alone(name):
    before = dict(mpl.rcParams)
    PICTURES[name]().png(100)
    assert dict(mpl.rcParams) == before


def test_an_equal_picture_is_equal_to_the_pixel():
    assert completion().png(100) == completion().png(100)


def test_encode_keeps_white_and_shrinks():
    pixels = plots.render(completion(), 200)
    small, fast = plots.encode(pixels), plots._axes.pack(plots._axes.indexed(pixels), fast=True)
    plain = io.BytesIO()
    Image.fromarray(pixels[..., :3]).save(plain, format="PNG")
    assert len(small) <= len(fast) < len(plain.getvalue())
    for data in (small, fast):
        back = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
        assert tuple(back[0, 0]) == (255, 255, 255)
        assert np.abs(back - pixels[..., :3]).mean() < 2


@pytest.mark.parametrize(("width", "least"), [(760, 390), (120, 120)])
def test_a_picture_shrinks_with_the_page_as_far_as_its_words_are_legible(width, least):
    html = plots.image_html(b"x", alt="a", width=width)
    assert f"max-width: 100%; min-width: {least}px; height: auto" in html


def test_alt_is_escaped():
    html = plots.image_html(b"x", alt='a "quoted" <b> & c', width=10)
    assert 'alt="a &quot;quoted&quot; &lt;b&gt; &amp; c"' in html


def test_the_alternative_of_a_completion_counts_from_the_data():
    patterns, recall = run()
    picture = plots.completion(recall, patterns=patterns, target=3, name="3")
    right = int((recall.final == patterns[3]).sum())
    start = int((recall.cue == patterns[3]).sum())
    assert f"{right} of 400 units right (from {start} at the start)" in picture.alt
    assert f"overlap {el.overlap(recall.final, patterns[3]):.2f}" in picture.alt


def test_recall_draws_the_course_of_each_memory():
    patterns, recall = run()
    figure = plots.recall(recall, target=patterns[3], patterns=patterns)
    axes = figure.axes[0]
    line = max(axes.lines, key=lambda one: one.get_linewidth())
    assert line.get_ydata()[0] == pytest.approx(el.overlap(recall.cue, patterns[3]))
    assert line.get_ydata()[-1] == pytest.approx(el.overlap(recall.final, patterns[3]))
    assert len(axes.collections[0].get_segments()) == len(patterns) - 1


def test_recall_draws_on_given_axes():
    patterns, recall = run()
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    assert plots.recall(recall, target=patterns[3], ax=axes) is figure
    assert axes.lines


def test_state_at_replays_the_flips():
    patterns, recall = run()
    assert (state_at(recall, 0) == recall.cue).all()
    assert (state_at(recall, recall.n_sweeps) == recall.final).all()
    half = state_at(recall, 0.5)
    assert el.overlap(recall.cue, patterns[3]) < el.overlap(half, patterns[3]) < 1


def test_cells_of_a_picture_have_their_form():
    values = np.array([1, -1, 1, -1])
    known = np.array([True, True, False, False])
    pixels = picture_pixels(values, shape=(2, 2), role="cue", known=known, cell=10)
    assert pixels.shape == (40, 40, 4)

    def middle(row, column):
        return "#{:02X}{:02X}{:02X}".format(*pixels[20 * row + 9, 20 * column + 9, :3])

    assert middle(0, 0) == el.look.ROLE["cue"]
    assert middle(0, 1) == el.look.ROLE["off"]
    assert middle(1, 0) == middle(1, 1) == el.look.ROLE["paper"]
    edge = "#{:02X}{:02X}{:02X}".format(*pixels[0, 9, :3])
    assert edge == el.look.ROLE["cue_edge"]


def test_a_picture_fits_100_and_200_dpi_cell_by_cell():
    picture = completion()
    fine, coarse = plots.render(picture, 200), plots.render(picture, 100)
    top, left = el.look.SIZE["axes_top"], el.look.SIZE["left"]
    box = fine[2 * top : 2 * top + 224, 2 * left : 2 * left + 224]
    assert (coarse[top : top + 112, left : left + 110] == box[::2, ::2][:, :110]).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.recall(run()[1], target=np.ones(7)), "target has shape (7,)"),
        (lambda: plots.recall(run()[1], target=digits()[0], patterns=np.ones((2, 3))),
         "patterns has shape (2, 3)"),
        (lambda: plots.blackout(LOADS, CLIFF), "recalled has shape"),
        (lambda: plots.option_strip(LOADS, [CLIFF]), "1 curves"),
        (lambda: plots.option_strip(LOADS, [CLIFF, CLIFF[:3]]), "curve b has shape (3,)"),
        (lambda: picture_pixels(np.ones(3), shape=(2, 2)), "needs one row of at least 4"),
    ],
)  # fmt: skip
def test_bad_input_says_what_would_be_right(call, words):
    with pytest.raises(ValueError, match=r".+") as caught:
        call()
    assert words in str(caught.value)


def test_hero_says_only_what_the_network_did():
    told = plots._hero.story()
    assert (told.recalled == told.engram).all()
    assert told.given.sum() == 6
    assert (told.given <= told.engram).all()
    chosen = told.excitability[told.engram].mean()
    assert chosen > told.excitability[~told.engram].mean() + 0.2
    assert "17 of 17 come back" in plots.hero().alt


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.recall(3, target=np.ones(400)), "run is int; give what Hopfield.recall"),
        (lambda: plots.recall(None, target=[1]), "run is NoneType; give what Hopfield.recall"),
        (lambda: plots.completion(3, patterns=np.ones((1, 64))), "run is int; give what Hopfield"),
        (lambda: plots.recall(run()[1], target=run()[0][0], ax="x"), "ax is 'x'; give axes of"),
    ],
)
def test_what_is_no_run_and_what_are_no_axes_are_named(call, words):
    with pytest.raises(TypeError, match=words):
        call()
