"""Named wrong answers to the items of lesson 12: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""

WIDTH = """
def generalisation_width(similarity, drive):
    if {nothing}:
        return {none}
    half = {half}
    kept = similarity[{reached}]
    return {result}
"""

REPLAY = """
def replay(w, pattern, active, eta):
    taught = {taught}
    share = {share}
    moved = {moved}
    return {result}
"""

HALVES = """
def dissociation(hpc_off, ctx_off):
    young = {young}
    old = {old}
    return {result}
"""

STORES = """
def two_store_month(replays, eta, tau_days):
    hippocampus, cortex = [1.0], [0.0]
    kept = {kept}
    for n in {nights}:
        h, c = hippocampus[-1], cortex[-1]
        {before}
        for replay in range({n}):
            gain = {gain}
            c = c + gain
            {inner}
        hippocampus.append({h})
        cortex.append({c})
    return {result}
"""


def width_with(**changes):
    parts = {
        "nothing": "drive[-1] == 0",
        "none": "np.nan",
        "half": "drive[-1] / 2",
        "reached": "drive >= half",
        "result": "1 - kept.min()",
    } | changes
    return WIDTH.format(**parts)


def replay_with(**changes):
    parts = {
        "taught": "np.outer(active, pattern)",
        "share": "eta[:, None]",
        "moved": "w + share * (1 - w)",
        "result": "np.where(taught, moved, w)",
    } | changes
    return REPLAY.format(**parts)


def halves_with(**changes):
    parts = {
        "young": "np.mean(ctx_off[:, 0]) - np.mean(hpc_off[:, 0])",
        "old": "np.mean(hpc_off[:, 1]) - np.mean(ctx_off[:, 1])",
        "result": "min(young, old)",
    } | changes
    return HALVES.format(**parts)


def stores_with(**changes):
    parts = {
        "kept": "np.exp(-1 / tau_days)",
        "nights": "replays",
        "before": "pass",
        "n": "n",
        "gain": "eta * h * (1 - c)",
        "inner": "pass",
        "h": "h * kept",
        "c": "c",
        "result": "np.array([hippocampus, cortex])",
    } | changes
    return STORES.format(**parts)


def early_with(result):
    return f"def early_after(eta, n_replays):\n    return {result}\n"


UP_TO_A_DIP = "1 - similarity[np.flatnonzero(drive < half)[-1] + 1]"

WALKS_DOWN = """
def generalisation_width(similarity, drive):
    if drive[-1] == 0:
        return np.nan
    i = len(drive) - 1
    while i > 0 and drive[i - 1] >= drive[-1] / 2:
        i -= 1
    return 1 - similarity[i]
"""

CROSSING = """
def generalisation_width(similarity, drive):
    if drive[-1] == 0:
        return np.nan
    half = drive[-1] / 2
    i = int(np.argmax(drive >= half))
    if i == 0:
        return 1.0
    return 1 - np.interp(half, drive[i - 1 : i + 1], similarity[i - 1 : i + 1])
"""

WRITES = """
def replay(w, pattern, active, eta):
    taught = np.outer(active, pattern)
    w[taught] += (eta[:, None] * (1 - w))[taught]
    return w
"""

WRONG_ANSWERS = {
    "generalisation_width": {
        "returns the similarity, not the width": width_with(result="kept.min()"),
        "half of the largest drive": width_with(half="drive.max() / 2"),
        "reads between the places": CROSSING,
        "takes the drive nearest to half": width_with(
            result="1 - similarity[np.abs(drive - half).argmin()]"
        ),
        "takes the places that fall short": width_with(reached="drive < half"),
        "takes the largest similarity, not the smallest": width_with(result="1 - kept.max()"),
        "counts the places": width_with(result="kept.size"),
        "returns the place in the array": width_with(result="np.argmax(drive >= half)"),
        "half way from the drive of a strange place": width_with(half="(drive[0] + drive[-1]) / 2"),
        "half is half of a full engram": width_with(half="0.5"),
        "returns every place": width_with(result="1 - kept"),
        "returns a drive": width_with(result="drive[np.argmax(drive >= half)]"),
        "lets nothing fall by half": width_with(half="drive[-1]"),
        "takes the sign the wrong way round": width_with(result="kept.min() - 1"),
        "stops at the first place that falls short": WALKS_DOWN,
        "leaves out a drive of exactly one half": width_with(reached="drive > half"),
        "gives a width where nothing comes back": width_with(nothing="False"),
        "changes its input": width_with(half="drive[-1] / 2; similarity[0] = 0.5"),
        "returns nothing": width_with(result="print(end='')"),
    },
    "replay": {
        "every cell learns": replay_with(taught="np.tile(pattern, (len(w), 1))"),
        "every unit comes back": replay_with(taught="np.tile(active, (w.shape[1], 1)).T"),
        "every synapse learns": replay_with(result="moved"),
        "learns where either is on": replay_with(taught="active[:, None] | pattern"),
        "learns where nothing is on": replay_with(taught="~np.outer(active, pattern)"),
        "adds eta, whatever is there": replay_with(moved="w + share"),
        "takes a share of what is there": replay_with(moved="w + share * w"),
        "moves the other way": replay_with(moved="w - share * (1 - w)"),
        "learns at once": replay_with(moved="1.0"),
        "sets what is taught to eta": replay_with(moved="share * (1 - w)"),
        "weakens what is not taught": replay_with(result="w + share * (taught - w)"),
        "weakens units that did not come back": replay_with(
            result="np.where(active[:, None], w + share * (pattern - w), w)"
        ),
        "weakens cells that were silent": replay_with(
            result="np.where(pattern, w + share * (active[:, None] - w), w)"
        ),
        "returns only the change": replay_with(result="taught * share * (1 - w)"),
        "returns only what was taught": replay_with(result="moved[taught]"),
        "one eta for all cells": replay_with(share="eta.mean()"),
        "replays more than once": replay_with(
            moved="w + share * (1 - w); moved = moved + share * (1 - moved)"
        ),
        "forgets what the cell has learned": replay_with(result="np.where(taught, share, 0.0)"),
        "exchanges cells and units": replay_with(taught="np.outer(pattern, active)"),
        "eta belongs to the units": replay_with(share="eta"),
        "changes its input": WRITES,
        "returns nothing": replay_with(result="print(end='')"),
    },
    "dissociation": {
        "looks at the young memory only": halves_with(result="young"),
        "looks at the old memory only": halves_with(result="old"),
        "takes the stronger half": halves_with(result="max(young, old)"),
        "adds the two halves": halves_with(result="young + old"),
        "averages the two halves": halves_with(result="(young + old) / 2"),
        "multiplies the two halves": halves_with(result="young * old"),
        "turns the differences round": halves_with(result="min(-young, -old)"),
        "the same difference on both days": halves_with(
            old="np.mean(ctx_off[:, 1]) - np.mean(hpc_off[:, 1])"
        ),
        "compares days, not regions": halves_with(
            young="np.mean(hpc_off[:, 1]) - np.mean(hpc_off[:, 0])",
            old="np.mean(ctx_off[:, 0]) - np.mean(ctx_off[:, 1])",
        ),
        "drops the sign": halves_with(result="min(abs(young), abs(old))"),
        "cuts off at zero": halves_with(result="max(min(young, old), 0)"),
        "takes rows for days": halves_with(
            young="np.mean(ctx_off[0]) - np.mean(hpc_off[0])",
            old="np.mean(hpc_off[1]) - np.mean(ctx_off[1])",
        ),
        "chooses the half in each animal": halves_with(
            young="ctx_off[:, 0] - hpc_off[:, 0]",
            old="hpc_off[:, 1] - ctx_off[:, 1]",
            result="np.mean(np.minimum(young, old))",
        ),
        "takes the most extreme animal": halves_with(
            young="ctx_off[:, 0] - hpc_off[:, 0]",
            old="hpc_off[:, 1] - ctx_off[:, 1]",
            result="min(young.min(), old.min())",
        ),
        "takes medians": halves_with(
            young="np.median(ctx_off[:, 0]) - np.median(hpc_off[:, 0])",
            old="np.median(hpc_off[:, 1]) - np.median(ctx_off[:, 1])",
        ),
        "adds animals up": halves_with(
            young="np.sum(ctx_off[:, 0]) - np.sum(hpc_off[:, 0])",
            old="np.sum(hpc_off[:, 1]) - np.sum(ctx_off[:, 1])",
        ),
        "returns both halves": halves_with(result="young, old"),
        "says whether, not how much": halves_with(result="young > 0 and old > 0"),
        "changes its input": halves_with(result="hpc_off.fill(0) or min(young, old)"),
        "returns nothing": halves_with(result="print(end='')"),
    },
    "two_store_month": {
        "fades before the replays": stores_with(before="h = h * kept", h="h"),
        "the cortex learns without the hippocampus": stores_with(gain="eta * (1 - c)"),
        "one replay a night": stores_with(n="min(n, 1)"),
        "adds the replays of a night in one go": stores_with(
            n="min(n, 1)", gain="n * eta * h * (1 - c)"
        ),
        "the same number every night": stores_with(n="replays[0]"),
        "moves the memory instead of copying it": stores_with(inner="h = h - gain"),
        "the cortex fades too": stores_with(c="c * kept"),
        "the hippocampus does not fade": stores_with(h="h"),
        "adds eta, however much is there": stores_with(gain="eta * h"),
        "takes tau for a half-life": stores_with(kept="0.5 ** (1 / tau_days)"),
        "loses 1 / tau each day": stores_with(kept="1 - 1 / tau_days"),
        "leaves out day 0": stores_with(result="np.array([hippocampus, cortex])[:, 1:]"),
        "stops a day early": stores_with(nights="replays[:-1]"),
        "the cortex stands first": stores_with(result="np.array([cortex, hippocampus])"),
        "one row for each day": stores_with(result="np.array([hippocampus, cortex]).T"),
        "returns the last day only": stores_with(result="np.array([hippocampus[-1], cortex[-1]])"),
        "returns the sum of the two": stores_with(result="np.array(hippocampus) + cortex"),
        "returns one store only": stores_with(result="np.array(cortex)"),
        "changes its input": stores_with(before="replays[0] = 0"),
        "returns nothing": stores_with(result="print(end='')"),
    },
    "a": {
        "adds the same each time": early_with("eta * n_replays"),
        "multiplies the shares": early_with("eta**n_replays"),
        "returns what is left": early_with("(1 - eta) ** n_replays"),
        "counts one replay": early_with("eta + 0 * n_replays"),
        "counts one replay too many or too few": early_with("1 - (1 - eta) ** (n_replays - 1)"),
        "takes an exponential for the share": early_with("1 - np.exp(-eta * n_replays)"),
        "one number for all synapses": early_with("np.mean(1 - (1 - eta) ** n_replays)"),
        "returns nothing": early_with("print(end='')"),
    },
}

EXTRA = [
    ("generalisation_width", "reads between the places",
     CROSSING.replace("return 1 - np", "return np")),
    ("generalisation_width", "stops at the first place that falls short",
     width_with(nothing="drive[-1] == 0 or not (drive < drive[-1] / 2).any()",
                none="np.nan if drive[-1] == 0 else 1 - similarity[0]", result=UP_TO_A_DIP)),
    ("generalisation_width", "counts the places", width_with(result="np.mean(drive >= half)")),
    ("generalisation_width", "returns every place", width_with(result="kept")),
    ("generalisation_width", "returns every place", width_with(result="list(1 - kept)")),
    ("generalisation_width", "takes the places that fall short",
     width_with(reached="drive < half", result="1 - kept.max()")),
    ("generalisation_width", "gives a width where nothing comes back", width_with(none="0.0")),
    ("generalisation_width", "gives a width where nothing comes back",
     width_with(nothing="False", reached="drive > 0.5 * drive[-1] - 1e-12")),
    ("generalisation_width", None, width_with(result="kept.min() / 2")),
    ("generalisation_width", None, width_with(result="np.nan")),
    ("generalisation_width", None, width_with(result="(kept.min(), 1.0)")),
    ("replay", "adds eta, whatever is there", replay_with(moved="np.minimum(w + share, 1)")),
    ("replay", "moves the other way", replay_with(moved="w - share * w")),
    ("replay", "learns at once", replay_with(result="np.maximum(w, taught)")),
    ("replay", "sets what is taught to eta", replay_with(moved="share")),
    ("replay", "returns only what was taught", replay_with(result="np.where(taught, moved, 0)")),
    ("replay", "returns only what was taught", replay_with(result="taught * moved")),
    ("replay", "one eta for all cells", replay_with(share="eta[0]")),
    ("replay", "replays more than once", replay_with(moved="1 - (1 - w) * (1 - share) ** 3")),
    ("replay", "exchanges cells and units",
     replay_with(taught="np.outer(pattern, active)", share="eta")),
    ("replay", "returns only the change", replay_with(result="np.where(taught, moved, w) - w")),
    ("replay", None, replay_with(moved="w + share * (1 - w) / 2")),
    ("replay", None, replay_with(result="np.where(taught, moved, w).sum()")),
    ("replay", None, replay_with(result="w @ pattern")),
    ("dissociation", "turns the differences round", halves_with(result="-min(young, old)")),
    ("dissociation", "turns the differences round", halves_with(result="-max(young, old)")),
    ("dissociation", "returns both halves", halves_with(result="np.array([old, young])")),
    ("dissociation", "the same difference on both days", halves_with(result="min(-young, old)")),
    ("dissociation", "chooses the half in each animal", halves_with(
        young="ctx_off[:, 0] - hpc_off[:, 0]", old="hpc_off[:, 1] - ctx_off[:, 1]",
        result="np.minimum(young, old)")),
    ("dissociation", "takes medians", halves_with(
        young="np.median(ctx_off[:, 0] - hpc_off[:, 0])",
        old="np.median(hpc_off[:, 1] - ctx_off[:, 1])")),
    ("dissociation", "says whether, not how much", halves_with(result="min(young, old) > 0")),
    ("dissociation", None, halves_with(result="min(young, old) / 2")),
    ("dissociation", None, halves_with(result="np.nan")),
    ("dissociation", None, halves_with(result="'double' if young > 0 < old else 'single'")),
    ("two_store_month", "moves the memory instead of copying it",
     stores_with(inner="h = h - gain", h="h")),
    ("two_store_month", "adds eta, however much is there",
     stores_with(gain="min(eta * h, 1 - c)")),
    ("two_store_month", "returns one store only", stores_with(result="np.array(hippocampus)")),
    ("two_store_month", "stops a day early",
     stores_with(result="np.array([hippocampus, cortex])[:, :-1]")),
    ("two_store_month", None, stores_with(gain="eta * h * (1 - c) / 2")),
    ("two_store_month", None, stores_with(kept="np.exp(-tau_days)")),
    ("two_store_month", None, stores_with(result="cortex[-1]")),
    ("a", "adds the same each time", early_with("np.minimum(eta * n_replays, 1)")),
    ("a", "multiplies the shares", early_with("1 - eta**n_replays")),
    ("a", "counts one replay too many or too few", early_with("1 - (1 - eta) ** (n_replays + 1)")),
    ("a", "one number for all synapses", early_with("sum(1 - (1 - eta) ** n_replays)")),
    ("a", None, early_with("eta / n_replays")),
]  # fmt: skip
