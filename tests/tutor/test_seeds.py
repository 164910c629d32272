"""A check may ask the questions of an earlier one again."""

import numpy as np
from tutor_tools import Stage, words

from engramlab.course import progress
from engramlab.course.answers import reference

RIGHT = {}
exec(reference("08", "hebbian_weights"), {"np": np}, RIGHT)


def test_a_seed_asks_the_questions_of_the_feedback_again(stage: Stage):
    L = stage.lesson()
    asked = []

    def hebbian_weights(patterns):
        asked.append(patterns.tobytes())
        return RIGHT["hebbian_weights"](patterns)

    for seed in (7, np.int64(7), None, 8):
        L.check("hebbian_weights", hebbian_weights, seed=seed)
    each = len(asked) // 4
    rounds = [asked[k * each : (k + 1) * each] for k in range(4)]
    assert rounds[0] == rounds[1]
    assert rounds[0] not in rounds[2:]
    assert "these again with seed=8" in words(stage.last)
    kept = [each for each in progress.read(stage.folder.parent, "08") if each["kind"] == "check"]
    assert [each["seed"] for each in kept][::3] == [7, 8]
    for rubbish in ("7", -1, 1.5, True):
        assert L.check("hebbian_weights", hebbian_weights, seed=rubbish) is None
        assert "is no seed; give the whole number" in words(stage.last)
