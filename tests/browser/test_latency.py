"""How long a learner waits for the picture after a key: the panel against a plain `interact` cell.

Speed is noisy, so the ratio of one run is printed and kept, and only a loose bound is asserted.
"""

import json
import statistics

import nbformat
import pytest
from panel_tools import panel

pytestmark = pytest.mark.browser

STEPS = 20
AIM = 0.4
REST = 200  # ms between two steps, so that neither arm pays for the step before

PANEL = "import engramlab as el\nel.widgets.pattern_completion()"
PLAIN = """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, interact

patterns = el.embed(el.digit_patterns(range(5)), n_neurons=400, rng=1)
network = el.Hopfield.store(patterns)

def draw(cue):
    start = el.partial_cue(patterns[3], cue / 100, rng=2)
    run = network.recall(start, rng=3)
    sweeps, overlaps = el.overlap_course(run, patterns)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(7.6, 3.9))
    left.imshow(start[:64].reshape(8, 8))
    middle.imshow(run.final[:64].reshape(8, 8))
    right.plot(sweeps, overlaps.T)
    plt.show()

interact(draw, cue=IntSlider(value=30, min=0, max=100, step=1))
None
"""

# From the key going down to the first frame in which another picture stands, decoded and painted.
STEP = """([out, slider]) => new Promise((done, fail) => {
  const source = () => { const img = out.querySelector('img'); return img ? img.src : ''; };
  const before = source();
  let pressed = null;
  slider.addEventListener('keydown', () => { pressed = performance.now(); },
                          {capture: true, once: true});
  const give_up = () => { seen.disconnect(); fail(new Error('no other picture')); };
  const timer = setTimeout(give_up, 30000);
  const seen = new MutationObserver(() => {
    const now = source();
    if (!now || now === before || pressed === null) return;
    seen.disconnect();
    clearTimeout(timer);
    const img = out.querySelector('img');
    const painted = new MessageChannel();
    painted.port1.onmessage = () => done(performance.now() - pressed);
    img.decode().catch(() => null).then(
      () => requestAnimationFrame(() => painted.port2.postMessage(null)));
  });
  seen.observe(out, {subtree: true, childList: true, attributes: true, attributeFilter: ['src']});
  slider.focus();
  globalThis.readyForKey = true;
})"""


@pytest.fixture(scope="module")
def notebook(learner, lab):
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell(PANEL, id="panel"),
        nbformat.v4.new_code_cell(PLAIN, id="plain"),
    ]
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, lab.folder / "latency.ipynb")
    opened = learner.open("latency.ipynb")
    opened.run_all()
    assert opened.errors() == []
    return opened


def waits(notebook, cell):
    """Return the milliseconds of each of 20 steps to the right, the first two left out."""
    page = notebook.page
    out = notebook.go_to(cell)
    out.locator("img").first.wait_for()
    slider = out.get_by_role("slider").first
    handles = [out.element_handle(), slider.element_handle()]
    times = []
    for step in range(STEPS + 2):
        key = "ArrowRight" if step % 10 < 5 else "ArrowLeft"
        page.evaluate("globalThis.readyForKey = false")
        page.evaluate(
            f"([out, slider]) => {{ globalThis.step = ({STEP})([out, slider]); }}", handles
        )
        page.wait_for_function("globalThis.readyForKey")
        page.keyboard.press(key)
        times.append(page.evaluate("globalThis.step"))
        if cell == "panel":
            panel(notebook, cell).settled()  # the sharp picture is not part of the next step
        page.wait_for_timeout(REST)
    return times[2:]


def test_panel_answers_sooner_than_a_plain_interact_cell(notebook, pictures, record_property):
    ours, plain = waits(notebook, "panel"), waits(notebook, "plain")
    ratio = statistics.median(ours) / statistics.median(plain)
    kept = {"ratio": ratio, "aim": AIM, "panel_ms": ours, "interact_ms": plain}
    (pictures / "latency.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    record_property(
        "say",  # in the closing lines of the run
        f"latency: panel {statistics.median(ours):.0f} ms, interact "
        f"{statistics.median(plain):.0f} ms, ratio {ratio:.2f} (aim {AIM})",
    )
    assert ratio < 1
