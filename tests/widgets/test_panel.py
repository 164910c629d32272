"""The panel: what moves is drawn, read and shown; faults are told; nothing is left behind."""

import asyncio
import json
import re
import subprocess
import sys
import threading
from types import SimpleNamespace

import ipywidgets
import matplotlib as mpl
import numpy as np
import pytest
from picture_tools import pixels_of

from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import ghost_lines
from engramlab.widgets import Choice, Scene, Slider, _panel, explore


class Wave(Scene):
    """A sine wave: the smallest scene."""

    def __init__(self):
        with style():
            self.figure = new_picture(300, 150)
            self.ax = ax_px(self.figure, 40, 30, 240, 90)
            dress(self.ax, x=(0, 1), y=(-1, 1))
            (self.line,) = self.ax.plot([], [], zorder=5)  # above the spines, as when blitted

    def update(self, result):
        self.line.set_data(result.x, result.y)
        return [self.line]

    def freeze(self):
        return ghost_lines(self.ax, *self.line.get_data())


def wave(turns, kind="sine"):
    if turns == 13:
        raise RuntimeError("thirteen <turns> are too many")
    x = np.linspace(0, 1, 50)
    y = np.sin(2 * np.pi * turns * x) if kind == "sine" else np.sign(np.sin(2 * np.pi * turns * x))
    return SimpleNamespace(turns=turns, kind=kind, x=x, y=y)


def words(result):
    return f"{result.turns} turns of a {result.kind} wave: highest {result.y.max():.2f}"


def panel(model=wave, **more):
    controls = {
        "turns": Slider(label="Turns", low=0, high=20, value=3, unit="in a second"),
        "kind": Choice(label="Kind", options=("sine", "square"), value="sine"),
    }
    return explore(model, Wave(), words, question="How does it swing?", **(controls | more))


@pytest.fixture
def shown(monkeypatch):
    """What a front end would get: the first outputs, then each update."""
    got = SimpleNamespace(first=[], updates=[])

    class Handle:
        def display(self, bundle, raw):
            assert raw
            got.first.append(bundle)

        def update(self, bundle, raw):
            assert raw
            got.updates.append(bundle)

    notebook = SimpleNamespace(
        DisplayHandle=Handle, display=lambda bundle, **_: got.first.append(bundle)
    )
    monkeypatch.setattr(_panel, "_notebook", notebook)
    return got


def test_the_controls_are_plain_ipywidgets_with_name_value_and_unit():
    one = panel()
    assert isinstance(one.controls["turns"], ipywidgets.IntSlider)
    assert one.controls["turns"].description == "Turns"
    assert one.controls["turns"].readout
    assert isinstance(one.controls["kind"], ipywidgets.Dropdown)
    rows = one.top.children[1:-1]
    assert "in a second" in rows[0].children[1].value
    heading = one.top.children[0].value
    assert "How does it swing?" in heading
    assert 'role="heading"' in heading


def test_moving_a_control_moves_picture_reading_and_alternative():
    one = panel()
    before = one.png()
    one.controls["turns"].value = 4
    assert one.params == {"turns": 4, "kind": "sine"}
    assert one.reading == one.alt == words(wave(4))
    assert one.reading in one.live.value
    assert 'role="status"' in one.live.value
    assert one.png() != before


def test_reset_restores_everything_in_one_drawing():
    one = panel()
    first = one.png()
    calls = []
    inner = one._model
    one.set(turns=7, kind="square")
    one._model = lambda **params: (calls.append(params), inner(**params))[1]
    one.reset_button.click()
    assert calls == [{"turns": 3, "kind": "sine"}]
    assert one.params == {"turns": 3, "kind": "sine"}
    assert one.png() == first


def test_freeze_leaves_a_ghost_and_unfreeze_takes_it_away():
    one = panel()
    plain = one.png()
    one.freeze_button.click()
    assert one.freeze_button.description == "Unfreeze"
    assert one.png() != plain  # the ghost stands behind the line
    one.set(turns=5)
    assert one.alt == f"{words(wave(5))}; frozen: {words(wave(3))}"
    assert f"frozen: {words(wave(3))}" in one.live.value
    one.freeze_button.click()
    assert one.freeze_button.description == "Freeze and compare"
    assert one.alt == words(wave(5))
    one.set(turns=3)
    assert one.png() == plain


@pytest.mark.parametrize("dpi", [100, 200])
def test_the_quick_path_draws_what_a_full_draw_draws(dpi):
    one = panel()
    one._stage.pixels(dpi)  # keeps the background
    one.set(turns=6)
    quick = one._stage.pixels(dpi).astype(int)
    one._stage._backgrounds.clear()
    full = one._stage.pixels(dpi).astype(int)
    assert quick.shape == (150 * dpi // 100, 300 * dpi // 100, 4)
    assert (quick == full).all()
    scene = Wave()
    scene.update(wave(6))
    canvas = scene.figure.canvas
    with style():
        scene.figure.set_dpi(dpi)
        canvas.draw()
    at_once = np.asarray(canvas.buffer_rgba()).astype(int)
    assert np.abs(quick - at_once).max() <= 1


def test_a_fault_is_shown_and_kept_and_the_panel_lives_on():
    one = panel()
    one.set(turns=13)
    assert isinstance(one.error, RuntimeError)
    assert "RuntimeError: thirteen &lt;turns&gt; are too many" in one.live.value
    assert "engramlab-fault" in one.live.value
    assert one.reading == words(wave(3))  # still the last true one
    one.set(turns=2)
    assert one.error is None
    assert "engramlab-fault" not in one.live.value
    assert one.reading == words(wave(2))


def test_a_fault_in_the_first_picture_is_raised():
    with pytest.raises(RuntimeError, match="thirteen"):
        panel(turns=Slider(label="Turns", low=0, high=20, value=13))


def test_the_cell_gets_controls_picture_and_reading(shown):
    one = panel()
    one._ipython_display_()
    top, picture, live = shown.first
    assert top[_panel._VIEW]["model_id"] == one.top.model_id
    assert top["text/plain"] == "How does it swing?"
    assert live[_panel._VIEW]["model_id"] == one.live.model_id
    assert set(picture) == {"text/html", "text/plain"}
    assert picture["text/plain"] == one.alt
    assert f'alt="{one.alt}"' in picture["text/html"]
    assert 'width="300" height="150"' in picture["text/html"]
    assert pixels_of(picture["text/html"]).shape == (300, 600, 3)


def test_without_an_event_loop_each_move_sends_one_sharp_picture(shown):
    one = panel()
    one._ipython_display_()
    one.set(turns=8)
    assert [pixels_of(each["text/html"]).shape for each in shown.updates] == [(300, 600, 3)]
    assert shown.updates[0]["text/plain"] == words(wave(8))


def test_under_an_event_loop_a_coarse_picture_now_and_a_sharp_one_at_rest(shown):
    async def drag():
        one = panel()
        one._ipython_display_()
        for turns in range(4, 9):
            one.set(turns=turns)
        moving = len(shown.updates)
        await asyncio.sleep(_panel._SHARPEN + 0.5)
        return moving

    assert asyncio.run(drag()) == 5
    shapes = [pixels_of(each["text/html"]).shape for each in shown.updates]
    assert shapes == [(150, 300, 3)] * 5 + [(300, 600, 3)]
    assert shown.updates[-1]["text/plain"] == words(wave(8))


@pytest.mark.usefixtures("shown")
def test_a_slow_model_waits_for_the_control_to_rest():
    calls = []

    def slow(turns, kind):
        calls.append(turns)
        return wave(turns, kind)

    async def drag():
        one = panel(slow)
        one._ipython_display_()
        one._seconds = 2 * _panel.SLOW
        for turns in range(4, 9):
            one.set(turns=turns)
        said, ran = one.live.value, list(calls)
        await asyncio.sleep(_panel._REST + 0.5)
        return one, said, ran

    one, said, ran = asyncio.run(drag())
    assert "computing" in said
    assert ran == [3]
    assert calls == [3, 8]
    assert one.reading == words(wave(8))
    assert "computing" not in one.live.value


def test_a_move_that_a_reset_has_overtaken_is_put_back(shown):
    """ipywidgets holds the second of two quick moves back but sends the click at once."""

    async def drag():
        one = panel()
        one._ipython_display_()
        one.controls["turns"].value = 4
        one.reset_button.click()
        one.controls["turns"].value = 9  # made before the click, arrives after it
        late = one.params["turns"], one.controls["turns"].value, one.reading
        await asyncio.sleep(_panel._OVERTAKEN + _panel._SHARPEN + 0.3)
        sent = shown.updates[-1]["text/plain"]
        one.controls["turns"].value = 9  # made after the Reset
        return late, sent, one

    late, sent, one = asyncio.run(drag())
    assert late == (3, 3, words(wave(3)))
    assert sent == words(wave(3))
    assert one.reading == words(wave(9))


@pytest.mark.usefixtures("shown")
def test_after_a_reset_the_panel_can_be_moved_in_code_at_once():
    async def move():
        one = panel()
        one._ipython_display_()
        one.reset()
        one.set(turns=5)
        one.controls["turns"].value = 6
        return one

    assert asyncio.run(move()).reading == words(wave(6))


@pytest.mark.usefixtures("shown")
def test_the_ghost_is_the_setting_that_is_named_frozen():
    async def drag(slow):
        one = panel()
        one._ipython_display_()
        one._seconds = 2 * _panel.SLOW if slow else 0.0
        one.controls["turns"].value = 4
        one.freeze_button.click()
        one.controls["turns"].value = 9  # overtaken by the click
        one.flush()
        return one

    for slow in (False, True):
        one = asyncio.run(drag(slow))
        band, core = one._stage._ghosts
        for line in (band, core):
            assert line.get_ydata() == pytest.approx(wave(4).y)
        assert one.frozen == words(wave(4))
        assert one.alt == f"{words(wave(9))}; frozen: {words(wave(4))}"


def test_the_reading_has_its_room_from_the_start():
    one = panel()
    room = re.findall(r"min-height: (\d+)px", one.live.value)
    one.freeze()
    one.set(turns=5)
    assert re.findall(r"min-height: (\d+)px", one.live.value) == room == ["44"]


def test_flush_does_at_once_what_waits(shown):
    async def drag():
        one = panel()
        one._ipython_display_()
        one._seconds = 1.0
        one.set(turns=9)
        one.flush()
        return one

    assert asyncio.run(drag()).reading == words(wave(9))
    assert shown.updates


def test_moves_from_many_threads_leave_one_true_picture():
    one = panel()
    before = dict(mpl.rcParams)

    def move(start):
        for k in range(10):
            one._moved()
            one.set(turns=(start + k) % 12)

    threads = [threading.Thread(target=move, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.set(turns=6)
    one._moved()
    assert one.error is None
    assert one.reading == words(wave(6))
    alone = panel()
    alone.set(turns=6)
    assert one.png() == alone.png()
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Slider(label="x", low=0, high=1, value=2), "not between its ends"),
        (lambda: Choice(label="x", options=("a",), value="b"), "none of 'a'"),
        (lambda: explore(wave, Wave(), words, question="?"), "one to three controls"),
        (lambda: panel().set(speed=1), "no control 'speed'; there are turns, kind"),
    ],
)
def test_bad_input_says_what_would_be_right(make, said):
    with pytest.raises(ValueError, match=said):
        make()


def test_importing_and_viewing_needs_no_pyplot_and_changes_no_setting():
    code = (  # dict.items, since asking rcParams for its backend imports pyplot
        "import matplotlib as m, json, sys; before = dict(dict.items(m.rcParams));"
        "import engramlab as el; el.widgets.view('letter'); el.widgets.letter().png();"
        "print(json.dumps([dict(dict.items(m.rcParams)) == before,"
        "                  'matplotlib.pyplot' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, False]
