"""Lesson 11's checks: any right way of writing an answer is right, and the package's own is not."""

import numpy as np
import pytest
from answer_tools import function_of
from wrong_answers_11 import (
    protocol_with,
    reading,
    recovery_with,
    remodel_with,
    silent_with,
    table_with,
)

from engramlab.course import checks
from engramlab.course.checks import Outcome

SEEDS, A_FEW = range(25), range(6)  # a protocol is run on animals: a few seeds do

VARIANTS = [
    ("engram_synapse_table", table_with()),
    ("engram_synapse_table", table_with(part="part[part == part]", mean="np.mean(part)")),
    ("engram_synapse_table", table_with(result="table.tolist()")),
    ("engram_synapse_table", table_with(
        part="late[np.ix_(cells, inputs)]", some="np.isfinite(part).any()",
        mean="np.nanmean(part)")),
    (
        "engram_synapse_table",
        """
def engram_synapse_table(late, cue, engram):
    there = ~np.isnan(late)
    table = []
    for inputs in (cue, ~cue):
        kinds = [there & inputs & cells[:, None] for cells in (engram, ~engram)]
        table.append([late[kind].mean() if kind.any() else np.nan for kind in kinds])
    return np.array(table)
""",
    ),
    (
        "engram_synapse_table",
        """
def engram_synapse_table(late, cue, engram):
    inputs = np.array([cue, ~cue]).astype(float)
    cells = np.array([engram, ~engram]).astype(float)
    sums = inputs @ np.nan_to_num(late).T @ cells.T
    counts = inputs @ (~np.isnan(late)).T.astype(float) @ cells.T
    return np.where(counts > 0, sums / np.where(counts > 0, counts, 1), np.nan)
""",
    ),
    ("remodel", remodel_with()),
    ("remodel", remodel_with(new="structure * 1.0")),
    ("remodel", remodel_with(n="int(min(np.rint(fraction * len(there)), len(free)))")),
    (
        "remodel",
        remodel_with(gone="rng.permutation(there)[:n]", come="rng.permutation(free)[:n]"),
    ),
    (
        "remodel",
        """
def remodel(structure, fraction, rng):
    n_inputs, there = structure.shape[1], structure.sum(axis=1)
    n = np.minimum(np.rint(fraction * there), n_inputs - there)[:, None]
    order = np.argsort(rng.random(structure.shape) + ~structure, axis=1)
    rank = np.argsort(order, axis=1)
    old = rank < n
    return structure & ~old | (~structure & (rank >= there[:, None]) &
                               (rank < there[:, None] + n))
""",
    ),
    (
        "remodel",
        """
def remodel(structure, fraction, rng):
    rows = []
    for row in structure.tolist():
        there = [i for i, x in enumerate(row) if x]
        free = [i for i, x in enumerate(row) if not x]
        n = min(round(fraction * len(there)), len(free))
        stay = set(rng.permutation(there)[n:]) | set(rng.permutation(free)[:n])
        rows.append([i in stay for i in range(len(row))])
    return np.array(rows)
""",
    ),
    ("silent_engram_protocol", protocol_with()),
    ("silent_engram_protocol", protocol_with(
        drug='[label, shock, ("drug", "on"), rest, ("drug", "off"), *read]')),
    ("silent_engram_protocol", protocol_with(
        drug='[label, shock, ("drug", "on"), ("wait", 6), ("drug", "off"), '
        '("wait", read_hours - 6), *read]')),
    ("silent_engram_protocol", protocol_with(
        saline='[["wait", 5], ["label", home], ["encode", home, "shock"], rest, *read]')),
    ("silent_engram_protocol", protocol_with(
        drug='[label, shock, ("wait", 0), ("drug", "on"), ("wait", 1), '
        '("wait", read_hours - 1), *read[::-1]]').replace("read[::-1]", "read[1:], read[0]")),
    ("silent_engram_protocol", protocol_with(
        result='{"drug": drug, "saline": saline, "naive": [("recall", home)]}')),
    ("silent_engram_protocol", reading(
        '("recall", elsewhere), ("recall", home), ("light", "labelled", elsewhere), '
        '("light", "random", elsewhere), ("light", "labelled", home)')),
    ("recovery_by_light", recovery_with("(lit - n) / lost")),
    ("recovery_by_light", recovery_with("1 - (n[0] - lit) / lost")),
    ("recovery_by_light", recovery_with("list((lit - n) / lost)")),
    (
        "recovery_by_light",
        """
def recovery_by_light(natural, light):
    shares = []
    for here, lit in zip(natural, light):
        lost = natural[0].mean() - here.mean()
        shares.append((lit.mean() - here.mean()) / lost if lost > 0 else np.nan)
    return shares
""",
    ),
    ("a", silent_with("(natural < half) & (light >= half)")),
    ("a", silent_with("(natural < half) * (light >= half)")),
    ("a", silent_with("np.logical_and(natural < half, half <= light)")),
    ("a", silent_with("np.where(natural < half, light >= half, False)")),
    ("a", silent_with("~((natural >= half) | (light < half)) if np.ndim(light) else "
                      "natural < half <= light")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("11", name)
    for seed in A_FEW if name == "silent_engram_protocol" else SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


@pytest.mark.filterwarnings("ignore:Mean of empty slice")
@pytest.mark.parametrize("mean", ["np.nanmean(part)", "part[~np.isnan(part)].mean()"])
def test_a_mean_of_nothing_that_is_nan_is_right(mean):
    item = checks.item("11", "engram_synapse_table")
    source = table_with(part="part", some="True", mean=mean)
    verdict = item.check(function_of(source, item.function), seed=3)
    assert verdict.outcome is Outcome.RIGHT, verdict.message


def test_the_packages_own_ensemble_does_not_pass_for_an_answer():
    own = {
        "engram_synapse_table": """
import engramlab as el
def engram_synapse_table(late, cue, engram):
    return el.engram_synapses(rng=1)
""",
        "remodel": """
import engramlab as el
START = el.Ensemble.build(rng=1)
def remodel(structure, fraction, rng):
    return START.remodel(fraction, rng=rng).baseline > 0
""",
        "recovery_by_light": """
import engramlab as el
def recovery_by_light(natural, light):
    return el.remodelled(rng=1)[:, 1, 0]
""",
    }
    for name, source in own.items():
        verdict = checks.item("11", name).check(function_of(source, name), seed=1)
        assert verdict.misconception == "calls the package's own model", name


def test_the_protocol_may_be_tried_on_the_packages_model():
    """Item 3 asks for an experiment: trying it on the model is the point."""
    source = "import engramlab as el\n" + protocol_with(
        result='{"saline": saline, "drug": drug} if el.run_protocol(drug, rng=1) else None'
    )
    item = checks.item("11", "silent_engram_protocol")
    verdict = item.check(function_of(source, item.function), seed=1)
    assert verdict.outcome is Outcome.RIGHT, verdict.message


@pytest.mark.parametrize("hours", [2, 3, 6, 12])
def test_a_drug_for_hours_is_enough(hours):
    drug = (
        f'[label, shock, ("drug", "on"), ("wait", {hours}), ("drug", "off"), '
        f'("wait", read_hours - {hours}), *read]'
    )
    item = checks.item("11", "silent_engram_protocol")
    for seed in A_FEW:
        verdict = item.check(function_of(protocol_with(drug=drug), item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, verdict.message


@pytest.mark.parametrize("hours", [0.1, 0.5, 1])
def test_a_drug_too_short_says_what_the_place_gives(hours):
    drug = (
        f'[label, shock, ("drug", "on"), ("wait", {hours}), ("drug", "off"), '
        f'("wait", read_hours - {hours}), *read]'
    )
    item = checks.item("11", "silent_engram_protocol")
    for seed in A_FEW:
        verdict = item.check(function_of(protocol_with(drug=drug), item.function), seed=seed)
        assert verdict.misconception == "the drug ends too soon"
        assert "In 6 animals the place gives a mean drive of" in verdict.message


def test_what_the_messages_say():
    def message(name, source, seed=3):
        return checks.item("11", name).check(function_of(source, name), seed=seed)

    late = message("silent_engram_protocol", protocol_with(
        drug='[label, shock, ("wait", 2), ("drug", "on"), ("wait", read_hours - 2), *read]'
    ))  # fmt: skip
    assert late.message == "In the arm 'drug' the drug comes 2 h after the shock."
    bad = message("silent_engram_protocol", protocol_with(rest='("wait", -1)'))
    assert "In the arm 'saline', step 3 is ('wait', -1)" in bad.message
    control = message("silent_engram_protocol", reading(
        '("recall", home), ("light", "labelled", elsewhere)'
    ))  # fmt: skip
    assert "there is no ('light', 'random', " in control.message
    table = message("engram_synapse_table", table_with(part="part"))
    assert "np.nanmean" in table.hint
    grown = message("remodel", remodel_with(gone="[]"))
    assert "Their number should stay." in grown.message
    written = message("remodel", remodel_with(new="structure"))
    assert "`new = structure.copy()`" in written.message
    verdict = checks.item("11", "a").check(
        function_of(silent_with("natural < half and light >= half"), "is_silent"), seed=1
    )
    assert verdict.outcome is Outcome.ERROR
    assert "without `if`" in verdict.hint


def test_a_right_remodelling_is_never_called_unfair():
    """The check of fair draws leaves six standard deviations: over 100 seeds none goes wrong."""
    item = checks.item("11", "remodel")
    function = function_of(remodel_with(), "remodel")
    outcomes = [item.check(function, seed=seed).outcome for seed in range(100)]
    assert np.all([outcome is Outcome.RIGHT for outcome in outcomes])
