"""Named wrong answers to the items of lesson 11: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""

TABLE = """
def engram_synapse_table(late, cue, engram):
    table = np.full((2, 2), np.nan)
    for row, inputs in enumerate([cue, ~cue]):
        for column, cells in enumerate([engram, ~engram]):
            part = late[cells][:, inputs]
            part = {part}
            if {some}:
                table[row, column] = {mean}
    return {result}
"""

REMODEL = """
def remodel(structure, fraction, rng):
    {before}
    new = {new}
    for cell, row in enumerate(structure):
        there, free = {there}, {free}
        n = {n}
        {draw}
        new[cell, {gone}] = False
        new[cell, {come}] = True
    return {result}
"""

PROTOCOL = """
def silent_engram_protocol(home, elsewhere, read_hours):
    label = {label}
    shock = {shock}
    rest = {rest}
    read = {read}
    saline = {saline}
    drug = {drug}
    return {result}
"""


def table_with(**changes):
    parts = {
        "part": "part[~np.isnan(part)]",
        "some": "part.size > 0",
        "mean": "part.mean()",
        "result": "table",
    } | changes
    return TABLE.format(**parts)


def remodel_with(**changes):
    parts = {
        "before": "pass",
        "new": "structure.copy()",
        "there": "np.flatnonzero(row)",
        "free": "np.flatnonzero(~row)",
        "n": "min(round(fraction * there.size), free.size)",
        "draw": "pass",
        "gone": "rng.choice(there, n, replace=False)",
        "come": "rng.choice(free, n, replace=False)",
        "result": "new",
    } | changes
    return REMODEL.format(**parts)


def protocol_with(**changes):
    parts = {
        "label": '("label", home)',
        "shock": '("encode", home, "shock")',
        "rest": '("wait", read_hours)',
        "read": '[("recall", home), ("light", "labelled", elsewhere), '
        '("light", "random", elsewhere)]',
        "saline": "[label, shock, rest, *read]",
        "drug": '[label, shock, ("drug", "on"), rest, *read]',
        "result": '{"saline": saline, "drug": drug}',
    } | changes
    return PROTOCOL.format(**parts)


def recovery_with(result, lost="np.where(n[0] > n, n[0] - n, np.nan)"):
    return f"""
def recovery_by_light(natural, light):
    n, lit = natural.mean(axis=1), light.mean(axis=1)
    lost = {lost}
    return {result}
"""


def silent_with(result):
    return f"def is_silent(natural, light, half):\n    return {result}\n"


def reading(steps):
    """Return the protocol with other read-outs."""
    return protocol_with(read=f"[{steps}]")


ALIKE = "gone = rng.choice(there, n, replace=False); come = rng.choice(free, n, replace=False)"
CHANCE = """
def remodel(structure, fraction, rng):
    new = structure.copy()
    for cell, row in enumerate(structure):
        there, free = np.flatnonzero(row), np.flatnonzero(~row)
        gone = there[rng.random(there.size) < fraction][:free.size]
        new[cell, gone] = False
        new[cell, rng.choice(free, gone.size, replace=False)] = True
    return new
"""
BY_INPUT = "np.array([rng.permutation(column) for column in structure.T]).T"
OVER_ALL = """
def remodel(structure, fraction, rng):
    new, ranks = structure.copy(), np.argsort(rng.random(structure.shape)[structure])
    gone = np.zeros(structure.sum(), dtype=bool)
    gone[ranks[:round(fraction * structure.sum())]] = True
    new[structure] = ~gone
    for cell, row in enumerate(structure):
        free = np.flatnonzero(~row)
        n = min(row.sum() - new[cell].sum(), free.size)
        new[cell, rng.choice(free, n, replace=False)] = True
    return new
"""
FALLS_BACK = """
def remodel(structure, fraction, rng):
    new = structure.copy()
    for cell, row in enumerate(structure):
        there = np.flatnonzero(row)
        n = min(round(fraction * there.size), (~row).sum())
        new[cell, rng.choice(there, n, replace=False)] = False
        new[cell, rng.choice(np.flatnonzero(~new[cell]), n, replace=False)] = True
    return new
"""

WRONG_ANSWERS = {
    "engram_synapse_table": {
        "rows and columns exchanged": table_with(result="table.T"),
        "False comes first": table_with(result="table[::-1, ::-1]"),
        "counts missing contacts as 0": table_with(part="np.nan_to_num(part)"),
        "adds up instead of averaging": table_with(mean="part.sum()"),
        "counts the contacts": table_with(mean="part.size"),
        "averages cells, not contacts": table_with(
            part="late[cells][:, inputs]; part = part[~np.isnan(part).all(axis=1)]",
            mean="np.nanmean(part, axis=1).mean()",
        ),
        "drops the sign": table_with(mean="abs(part).mean()"),
        "takes all for the others": table_with().replace(
            "enumerate([cue, ~cue])", "enumerate([cue, cue | ~cue])"
        ),
        "divides by all contacts": table_with(mean="part.sum() / np.isfinite(late).sum()"),
        "four numbers in a row": table_with(result="table.ravel()"),
        "one mean for all": table_with(result="table[0, 0]"),
        "a missing contact spoils the mean": table_with(part="part"),
        "a number for a kind that does not exist": table_with(result="np.nan_to_num(table)"),
        "has no answer where a kind does not exist": table_with(
            some="True", mean="sum(part) / len(part.tolist())"
        ).replace("sum(part) /", "sum(part.tolist()) /"),
        "changes its input": table_with(part="part; late[np.isnan(late)] = 0"),
        "returns nothing": table_with(result="print(end='')"),
    },
    "remodel": {
        "cuts contacts and makes none": remodel_with(come="[]"),
        "makes contacts and cuts none": remodel_with(gone="[]"),
        "keeps the contacts of each input, not of each cell": (
            f"def remodel(structure, fraction, rng):\n    return {BY_INPUT}\n"
        ),
        "the number of contacts changes": remodel_with(come="rng.choice(free, n)"),
        "returns only the new contacts": remodel_with(result="new & ~structure"),
        "nothing moves": remodel_with(result="structure.copy()"),
        "rounds down": remodel_with(n="min(int(fraction * there.size), free.size)"),
        "rounds up": remodel_with(n="min(int(np.ceil(fraction * there.size)), free.size)"),
        "a share of all inputs": remodel_with(
            n="min(round(fraction * row.size), free.size, there.size)"
        ),
        "the share stays instead of moving": remodel_with(
            n="min(there.size - round(fraction * there.size), free.size)"
        ),
        "as many in each cell": remodel_with(
            n="min(round(fraction * structure.sum() / len(structure)), free.size, there.size)"
        ),
        "lands where a contact was": FALLS_BACK,
        "each contact moves with a chance": CHANCE,
        "a share over all cells together": OVER_ALL,
        "the same for every rng": remodel_with(before="rng = np.random.default_rng(0)"),
        "draws from another source": remodel_with(before="rng = np.random.default_rng()"),
        "the same draw in every cell": remodel_with(
            before="seed = int(rng.integers(2**32))", draw="rng = np.random.default_rng(seed)"
        ),
        "goes by place, not at random": remodel_with(come="free[:n]"),
        "has no answer where few inputs are free": remodel_with(n="round(fraction * there.size)"),
        "changes its input": remodel_with(new="structure"),
        "returns nothing": remodel_with(result="print(end='')"),
    },
    "silent_engram_protocol": {
        "an arm is missing": protocol_with(result='{"drug": drug}'),
        "no cell is labelled": protocol_with(label='("wait", 0)'),
        "labels after the shock": protocol_with(
            saline="[shock, label, rest, *read]", drug='[shock, ("drug", "on"), label, rest, *read]'
        ),
        "labels in another place": protocol_with(label='("label", elsewhere)'),
        "lights cells that nobody can find": protocol_with(
            label='("wait", 0)',
            read='[("recall", home), ("light", "engram", elsewhere), '
            '("light", "random", elsewhere)]',
        ),
        "does not use the names that are given": protocol_with(
            label='("label", "A"); home, elsewhere = "A", "C"'
        ),
        "swaps the places": protocol_with(
            label='("label", elsewhere); home, elsewhere = elsewhere, home'
        ),
        "no strong shock": protocol_with(shock='("encode", home)'),
        "does something else to the animal": protocol_with(
            drug='[label, shock, ("drug", "on"), rest, ("potentiate", "labelled"), *read]'
        ),
        "counts days": protocol_with(rest='("wait", read_hours / 24)'),
        "counts minutes": protocol_with(rest='("wait", 60 * read_hours)'),
        "reads at another time": protocol_with(rest='("wait", 24)'),
        "does not ask the place itself": reading(
            '("light", "labelled", elsewhere), ("light", "random", elsewhere)'
        ),
        "no light on the labelled cells": reading('("recall", home), ("light", "random", home)'),
        "light in the place of the shock": reading(
            '("recall", home), ("light", "labelled", home), ("light", "random", home)'
        ),
        "silences instead of lighting": reading(
            '("recall", home), ("silence", "labelled", elsewhere)'
        ),
        "no control cells": reading('("recall", home), ("light", "labelled", elsewhere)'),
        "control light in the place of the shock": reading(
            '("recall", home), ("light", "labelled", elsewhere), ("light", "random", home)'
        ),
        "no drug in its arm": protocol_with(drug="saline"),
        "the drug in both arms": protocol_with(saline="drug_of(label)").replace(
            "drug_of(label)", '[label, shock, ("drug", "on"), rest, *read]'
        ),
        "the drug before the shock": protocol_with(
            drug='[label, ("drug", "on"), shock, rest, *read]'
        ),
        "the drug too late": protocol_with(
            drug='[label, shock, ("wait", 2), ("drug", "on"), ("wait", read_hours - 2), *read]'
        ),
        "the drug ends too soon": protocol_with(
            drug='[label, shock, ("drug", "on"), ("wait", 0.5), ("drug", "off"), '
            '("wait", read_hours - 0.5), *read]'
        ),
        "returns nothing": protocol_with(result="print(end='')"),
    },
    "recovery_by_light": {
        "divides what light gives by the first day": recovery_with("lit / n[0]"),
        "divides what light adds by the first day": recovery_with("(lit - n) / n[0]"),
        "compares light with the place": recovery_with("lit / n"),
        "returns a drive, not a share": recovery_with("lit - n"),
        "returns what is lost": recovery_with("lost / n[0]"),
        "turns the sign": recovery_with("(n - lit) / lost"),
        "turns the fraction round": recovery_with("lost / (lit - n)"),
        "returns what is not recovered": recovery_with("1 - (lit - n) / lost"),
        "takes light of the first day as the start": recovery_with("(lit - n) / (lit[0] - n)"),
        "a mean of shares": recovery_with(
            "((light - natural) / np.where(natural[0] != natural, natural[0] - natural, np.nan))"
            ".mean(axis=1)"
        ),
        "keeps the share between 0 and 1": recovery_with("np.clip((lit - n) / lost, 0, 1)"),
        "one share for each animal": recovery_with(
            "(light - natural) / np.where(natural[0] != natural, natural[0] - natural, np.nan)"
        ),
        "in per cent": recovery_with("100 * (lit - n) / lost"),
        "leaves the first day out": recovery_with("((lit - n) / lost)[1:]"),
        "a number where nothing is lost": recovery_with("np.nan_to_num((lit - n) / lost)"),
        "changes its input": recovery_with("(lit - n) / lost").replace(
            "lost =", "natural -= 1; lost ="
        ),
        "returns nothing": recovery_with("print(end='')"),
    },
    "a": {
        "only asks whether light gives more": silent_with("natural < light"),
        "only asks whether the place fails": silent_with("natural < half"),
        "only asks whether light succeeds": silent_with("light >= half"),
        "turns the two round": silent_with("(light < half) & (natural >= half)"),
        "either is enough": silent_with("(natural < half) | (light >= half)"),
        "calls a lost memory silent": silent_with("(natural < half) & (light < half)"),
        "says how much, not whether": silent_with("light - natural"),
        "one answer for all animals": silent_with("np.any((natural < half) & (light >= half))"),
        "a drive of exactly half counts as recall": silent_with(
            "(natural <= half) & (light >= half)"
        ),
    },
}

EXTRA = [
    ("engram_synapse_table", "False comes first", table_with(result="table[:, ::-1]")),
    ("engram_synapse_table", "a missing contact spoils the mean", table_with(
        part="late[cells][:, inputs]", some="True", mean="part.sum() / max(part.size, 1)")),
    ("engram_synapse_table", "takes all for the others", table_with().replace(
        "enumerate([engram, ~engram])", "enumerate([engram, engram | ~engram])")),
    ("engram_synapse_table", "a number for a kind that does not exist", table_with(
        some="True", mean="part.sum() / max(part.size, 1)")),
    ("engram_synapse_table", None, table_with(mean="np.median(part)")),
    ("engram_synapse_table", None, table_with(result="table.tolist() + [[0, 0]]")),
    ("remodel", "the number of contacts changes", remodel_with(come="rng.choice(row.size, n)")),
    ("remodel", "goes by place, not at random", remodel_with(gone="there[:n]")),
    ("remodel", "goes by place, not at random", remodel_with(gone="there[-n:] if n else []")),
    ("remodel", "the same for every rng", remodel_with(gone="there[:n]", come="free[:n]")),
    ("remodel", "the same draw in every cell", remodel_with(
        before="order = rng.permutation(structure.shape[1])",
        gone="order[row[order]][:n]", come="order[~row[order]][:n]")),
    ("remodel", None, remodel_with(result="new.sum(axis=1)")),
    ("remodel", None, remodel_with(result="new * 2")),
    ("silent_engram_protocol", "an arm is missing", protocol_with(result='{"saline": saline}')),
    ("silent_engram_protocol", "the drug too late", protocol_with(
        drug='[label, shock, ("wait", 0.1), ("drug", "on"), ("wait", read_hours - 0.1), *read]')),
    ("silent_engram_protocol", "the drug ends too soon", protocol_with(
        drug='[label, shock, ("drug", "on"), ("drug", "off"), rest, *read]')),
    ("silent_engram_protocol", "no strong shock",
     protocol_with(shock='("encode", home, "weak")')),
    ("silent_engram_protocol", "does something else to the animal", protocol_with(
        saline='[label, shock, ("novelty",), rest, *read]')),
    ("silent_engram_protocol", "does something else to the animal", protocol_with(
        saline="[label, shock, shock, rest, *read]")),
    ("silent_engram_protocol", "reads at another time", protocol_with(
        saline='[label, ("recall", home), shock, rest, *read]')),
    ("silent_engram_protocol", "reads at another time", protocol_with(
        saline='[label, shock, ("recall", home), rest, *read]')),
    ("silent_engram_protocol", "labels after the shock", protocol_with(
        saline="[shock, rest, label, *read]")),
    ("silent_engram_protocol", "swaps the places", reading(
        '("recall", elsewhere), ("light", "labelled", elsewhere), '
        '("light", "random", elsewhere)')),
    ("silent_engram_protocol", "no control cells", protocol_with(
        drug='[label, shock, ("drug", "on"), rest, *read[:2]]')),
    ("silent_engram_protocol", None, protocol_with(result="[saline, drug]")),
    ("silent_engram_protocol", None, protocol_with(drug="[]")),
    ("silent_engram_protocol", None, protocol_with(drug='"label, shock"')),
    ("silent_engram_protocol", None, protocol_with(rest='("wait", -1)')),
    ("silent_engram_protocol", None, protocol_with(saline='[label, shock, ("dark",), *read]')),
    ("silent_engram_protocol", None, protocol_with(saline='[("wait", 1)] * 1000')),
    ("recovery_by_light", "a number where nothing is lost", recovery_with(
        "np.where(n < n[0], (lit - n) / lost, 1)")),
    ("recovery_by_light", "compares light with the place", recovery_with("(lit - n) / n")),
    ("recovery_by_light", "keeps the share between 0 and 1", recovery_with(
        "np.minimum((lit - n) / lost, 1)")),
    ("recovery_by_light", "keeps the share between 0 and 1", recovery_with(
        "np.maximum((lit - n) / lost, 0)")),
    ("recovery_by_light", None, recovery_with("0 * lit")),
    ("recovery_by_light", None, recovery_with("((lit - n) / lost).mean()")),
    ("a", None, silent_with("natural == natural")),
    ("a", "one answer for all animals", silent_with(
        "((natural < half) & (light >= half)).sum()")),
    ("a", "a drive of exactly half counts as recall", silent_with(
        "(natural < half) & (light > half)")),
]  # fmt: skip
