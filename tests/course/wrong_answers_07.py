"""Named wrong answers to the items of lesson 07: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""

TABLE = """
def necessity_sufficiency(table, half):
    {before}
    get = {get}
    place, silenced, new, lit = [get(arm) for arm in ("place", "silenced", "new place", "lit")]
    others_silenced, others_lit = get("others silenced"), get("others lit")
    necessary = {necessary}
    sufficient = {sufficient}
    return {result}
"""

CONTROL = """
def matched_control(engram, rng):
    {before}
    n = int(np.sum(engram))
    others = {others}
    drawn = {drawn}
    control = np.zeros(engram.size, dtype=bool)
    control[drawn] = True
    return {result}
"""

PROTOCOL = """
def label_and_reactivate(home, elsewhere, wait_hours):
    label = {label}
    shock = {shock}
    rest = {rest}
    light, control, dark = {light}, {control}, {dark}
    return {result}
"""

KNOBS = """
def knobs_that_break(rows, words):
    {before}
    found = {{}}
    for effect, knob, lower, higher in rows:
        {each}
        {start}
        if {counts}:
            {add}
    return {result}
"""


def table_with(**changes):
    parts = {
        "before": "pass",
        "get": "lambda arm: table.get(arm, np.nan)",
        "necessary": "place >= half and silenced < half and others_silenced >= half",
        "sufficient": "new < half and lit >= half and others_lit < half",
        "result": "necessary, sufficient",
    } | changes
    return TABLE.format(**parts)


def control_with(**changes):
    parts = {
        "before": "pass",
        "others": "np.flatnonzero(~engram)",
        "drawn": "rng.choice(others, n, replace=False)",
        "result": "control",
    } | changes
    return CONTROL.format(**parts)


def protocol_with(**changes):
    parts = {
        "label": '("label", home)',
        "shock": '("encode", home, "shock")',
        "rest": '("wait", wait_hours)',
        "light": '("light", "labelled", elsewhere)',
        "control": '("light", "random", elsewhere)',
        "dark": '("recall", elsewhere)',
        "result": "[label, shock, rest, light, control, dark]",
    } | changes
    return PROTOCOL.format(**parts)


def knobs_with(**changes):
    parts = {
        "before": "pass",
        "each": "pass",
        "start": "found.setdefault(effect, [])",
        "counts": "lower in words or higher in words",
        "add": "found[effect].append(knob)",
        "result": "found",
    } | changes
    return KNOBS.format(**parts)


def purity_with(result):
    return f"""
def label_purity(engram_size, n_cells, efficiency, background):
    hits = efficiency * engram_size
    wrong = background * (n_cells - engram_size)
    return {result}
"""


UNCHECKED = "rng.permutation(others)[:n]"

WRONG_ANSWERS = {
    "necessity_sufficiency": {
        "swaps the two": table_with(result="sufficient, necessary"),
        "takes the two for one": table_with(result="[necessary and sufficient] * 2"),
        "takes one for the opposite of the other": table_with(result="necessary, not necessary"),
        "turns silence round": table_with(necessary="silenced >= half"),
        "leaves out both controls": table_with(
            necessary="place >= half and silenced < half",
            sufficient="new < half and lit >= half",
        ),
        "leaves out the control of silence": table_with(necessary="silenced < half <= place"),
        "leaves out the control of light": table_with(sufficient="new < half <= lit"),
        "leaves out natural recall": table_with(necessary="silenced < half <= others_silenced"),
        "leaves out the new place without light": table_with(sufficient="others_lit < half <= lit"),
        "looks at the controls only": table_with(
            necessary="others_silenced >= half", sufficient="others_lit < half"
        ),
        "compares arms instead of asking for half": table_with(
            necessary="silenced < place and silenced < others_silenced",
            sufficient="lit > new and lit > others_lit",
        ),
        "uses a half of its own": table_with(before="half = 0.8"),
        "a drive of exactly half does not recall": table_with(
            necessary="place > half and silenced <= half and others_silenced > half",
            sufficient="new <= half and lit > half and others_lit <= half",
        ),
        "takes a missing arm for a passed test": table_with(
            get='lambda arm: table.get(arm, 9 if arm in ("place", "others silenced", "lit") else 0)'
        ),
        "takes one missing arm to settle both": table_with(
            result="(necessary, sufficient) if len(table) == 6 else (False, False)"
        ),
        "stops where an arm is missing": table_with(get="table.__getitem__"),
        "changes its input": table_with(before='table["place"] = 0.0'),
        "returns nothing": table_with(result="print(end='')"),
    },
    "matched_control": {
        "may take cells of the engram": control_with(others="np.arange(engram.size)"),
        "takes all other cells": control_with(drawn="others"),
        "returns the engram itself": control_with(result="engram"),
        "draws some cells twice": control_with(
            before="if 2 * np.sum(engram) > engram.size: raise ValueError",
            drawn="rng.choice(others, n)",
        ),
        "as many on average only": control_with(
            before="if 2 * np.sum(engram) > engram.size: raise ValueError",
            drawn="others[rng.random(others.size) < n / others.size + 0.3]",
        ),
        "returns places, not a mask": control_with(result="drawn"),
        "goes by place, not at random": control_with(drawn="others[:n]"),
        "the same for every rng": control_with(before="rng = np.random.default_rng(0)"),
        "draws from another source": control_with(before="rng = np.random.default_rng()"),
        "says nothing where too few are left": control_with(drawn=UNCHECKED),
        "stops with another error": control_with(before="assert 2 * engram.sum() <= engram.size"),
        "refuses though enough are left": control_with(
            before="if 2 * engram.sum() >= engram.size: raise ValueError('too few')"
        ),
        "has no answer for an engram without cells": control_with(
            before="if not engram.any(): raise ValueError('no cell')"
        ),
        "calls the package's own model": (
            "import engramlab as el\n"
            "def matched_control(engram, rng):\n    return el.as_many_others(engram, rng=rng)\n"
        ),
        "changes its input": control_with(result="control", before="engram[0] = not engram[0]"),
        "returns nothing": control_with(result="print(end='')"),
    },
    "label_and_reactivate": {
        "no cell is labelled": protocol_with(result="[shock, rest, light, control, dark]"),
        "labels after the shock": protocol_with(
            result="[shock, label, rest, light, control, dark]"
        ),
        "labels in another place": protocol_with(label='("label", elsewhere)'),
        "labels a visit without a shock": protocol_with(
            result='[label, ("recall", home), shock, rest, light, control, dark]'
        ),
        "lights cells that nobody can find": protocol_with(
            light='("light", "engram", elsewhere)', result="[shock, rest, light, control, dark]"
        ),
        "light before the shock": protocol_with(
            result="[label, light, shock, rest, control, dark]"
        ),
        "does not use the names that are given": protocol_with(
            label='("label", "A")', shock='("encode", "A", "shock")'
        ),
        "swaps the places": protocol_with(
            label='("label", elsewhere)',
            shock='("encode", elsewhere, "shock")',
            light='("light", "labelled", home)',
        ),
        "no strong shock": protocol_with(shock='("encode", home, "weak")'),
        "something happens in the new place": protocol_with(
            result='[("encode", elsewhere, "neutral"), label, shock, rest, light, control, dark]'
        ),
        "does something else to the animal": protocol_with(
            result='[label, shock, ("drug", "on"), rest, light, control, dark]'
        ),
        "reads at once": protocol_with(result="[label, shock, light, control, dark]"),
        "counts days": protocol_with(rest='("wait", wait_hours / 24)'),
        "counts minutes": protocol_with(rest='("wait", 60 * wait_hours)'),
        "reads at another time": protocol_with(rest='("wait", 24)'),
        "no light on the labelled cells": protocol_with(
            result='[label, shock, rest, ("recall", home), control, dark]'
        ),
        "light in the place of the shock": protocol_with(light='("light", "labelled", home)'),
        "silences instead of lighting": protocol_with(
            light='("silence", "labelled", home)', control='("silence", "random", home)'
        ),
        "no control cells": protocol_with(result="[label, shock, rest, light, dark]"),
        "control light in the place of the shock": protocol_with(
            control='("light", "random", home)'
        ),
        "the new place is never read without light": protocol_with(
            result="[label, shock, rest, light, control]"
        ),
        "natural recall for the arm without light": protocol_with(dark='("recall", home)'),
        "returns nothing": protocol_with(result="print(end='')"),
    },
    "knobs_that_break": {
        "asks for both turns": knobs_with(counts="lower in words and higher in words"),
        "looks at one turn only": knobs_with(counts="lower in words"),
        "leaves out effects that nothing breaks": knobs_with(
            start="pass", add="found.setdefault(effect, []).append(knob)"
        ),
        "lists the knobs that break nothing": knobs_with(
            counts="lower not in words and higher not in words"
        ),
        "goes by knob, not by effect": knobs_with(each="effect, knob = knob, effect"),
        "counts instead of naming": knobs_with(result="{e: len(k) for e, k in found.items()}"),
        "does not use the words that are given": knobs_with(counts='"fails" in (lower, higher)'),
        "names a knob twice": knobs_with(
            counts="True", add="found[effect] += [knob] * ((lower in words) + (higher in words))"
        ),
        "keeps one knob of each effect": knobs_with(add="found[effect] = [knob]"),
        "expects the rows of an effect together": knobs_with(
            before="last = None",
            start="found[effect] = [] if effect != last else found[effect]; last = effect",
        ),
        "changes its input": knobs_with(before="rows = rows; rows.sort()"),
        "returns nothing": knobs_with(result="print(end='')"),
    },
    "a": {
        "says which share of the engram is labelled": purity_with("efficiency"),
        "forgets that the others are many": purity_with("efficiency / (efficiency + background)"),
        "counts the engram among the others": purity_with("hits / (hits + background * n_cells)"),
        "says which share is labelled by mistake": purity_with("wrong / (hits + wrong)"),
        "says how many, not which share": purity_with("hits"),
        "says which share of all cells is labelled": purity_with("(hits + wrong) / n_cells"),
        "divides by all cells, not by the labelled": purity_with("hits / n_cells"),
        "compares the two kinds of labelled cells": purity_with(
            "hits / wrong if np.all(wrong) else 1.0"
        ),
        "takes every labelled cell for a cell of the engram": purity_with("1.0 + 0 * hits"),
    },
}

GROUPED = """
from itertools import groupby


def knobs_that_break(rows, words):
    return {
        effect: [knob for _, knob, *both in some if set(both) & set(words)]
        for effect, some in groupby(rows, key=lambda row: row[0])
    }
"""

EXTRA = [
    ("necessity_sufficiency", "takes the two for one", table_with(
        result="(necessary or sufficient,) * 2")),
    ("necessity_sufficiency", "takes the two for one", table_with(result="necessary, necessary")),
    ("necessity_sufficiency", "takes one for the opposite of the other", table_with(
        result="not sufficient, sufficient")),
    ("necessity_sufficiency", "leaves out both controls", table_with(
        necessary="silenced < half", sufficient="lit >= half")),
    ("necessity_sufficiency", "compares arms instead of asking for half", table_with(
        necessary="silenced < others_silenced", sufficient="lit > others_lit")),
    ("necessity_sufficiency", "compares arms instead of asking for half", table_with(
        necessary="silenced < place", sufficient="lit > new")),
    ("necessity_sufficiency", "uses a half of its own", table_with(before="half = 1")),
    ("necessity_sufficiency", "takes a missing arm for a passed test", table_with(
        necessary="not place < half and not silenced >= half and not others_silenced < half",
        sufficient="not new >= half and not lit < half and not others_lit >= half")),
    ("necessity_sufficiency", "takes a missing arm for a passed test", table_with(
        get="lambda arm: table.get(arm, 0.0)")),
    ("necessity_sufficiency", "stops where an arm is missing", table_with(
        get="lambda arm: table.get(arm)")),
    ("necessity_sufficiency", "a drive of exactly half does not recall", table_with(
        sufficient="new < half < lit and others_lit < half")),
    ("necessity_sufficiency", None, table_with(result="False, False")),
    ("necessity_sufficiency", None, table_with(result="True, True")),
    ("necessity_sufficiency", None, table_with(result="necessary")),
    ("necessity_sufficiency", None, table_with(
        result="{'necessary': necessary, 'sufficient': sufficient}")),
    ("necessity_sufficiency", None, table_with(result="place - silenced, lit - new")),
    ("matched_control", "may take cells of the engram", control_with(
        result="rng.permutation(engram)")),
    ("matched_control", "goes by place, not at random", control_with(
        drawn="others[len(others) - n:]")),
    ("matched_control", "goes by place, not at random", control_with(
        drawn="np.roll(others, rng.integers(4))[:n]")),
    ("matched_control", "draws some cells twice", control_with(drawn="rng.choice(others, n)")),
    ("matched_control", "draws from another source", control_with(
        drawn="np.random.choice(others, n, replace=False)")),
    ("matched_control", "says nothing where too few are left", control_with(
        drawn="rng.choice(others, min(n, others.size), replace=False)")),
    ("matched_control", "says nothing where too few are left", control_with(
        before="if 2 * engram.sum() > engram.size: return None")),
    ("matched_control", "says nothing where too few are left", control_with(
        before="if 2 * engram.sum() > engram.size: return 'too few cells'")),
    ("matched_control", "stops with another error", control_with(
        before="if 2 * engram.sum() > engram.size: raise NotImplementedError()"
    )),
    ("matched_control", "stops with another error", control_with(
        drawn="[others[k] for k in rng.permutation(max(n, others.size))[:n]]")),
    ("matched_control", "has no answer for an engram without cells", control_with(
        before="1 // engram.sum() if not engram.any() else 0; assert engram.any()")),
    ("matched_control", None, control_with(result="0 * control")),
    ("matched_control", None, control_with(result="0.5 * control")),
    ("matched_control", None, control_with(result="[control, control]")),
    ("label_and_reactivate", "labels after the shock", protocol_with(
        result='[shock, rest, label, ("recall", home), light, control, dark]')),
    ("label_and_reactivate", "lights cells that nobody can find", protocol_with(
        light='("light", "engram", elsewhere)')),
    ("label_and_reactivate", "lights cells that nobody can find", protocol_with(
        control='("light", "engram", elsewhere)')),
    ("label_and_reactivate", "light before the shock", protocol_with(
        result="[light, label, shock, rest, light, control, dark]")),
    ("label_and_reactivate", "does not use the names that are given", protocol_with(
        dark='("recall", "A")')),
    ("label_and_reactivate", "no strong shock", protocol_with(shock='("encode", home)')),
    ("label_and_reactivate", "no strong shock", protocol_with(shock='("encode", home, "neutral")')),
    ("label_and_reactivate", "something happens in the new place", protocol_with(
        result='[label, shock, ("encode", elsewhere), rest, light, control, dark]')),
    ("label_and_reactivate", "does something else to the animal", protocol_with(
        result="[label, shock, shock, rest, light, control, dark]")),
    ("label_and_reactivate", "does something else to the animal", protocol_with(
        result='[("creb", 0.15), label, shock, rest, light, control, dark]')),
    ("label_and_reactivate", "does something else to the animal", protocol_with(
        result='[label, shock, rest, light, control, dark, ("silence", "labelled", home)]')),
    ("label_and_reactivate", "reads at once", protocol_with(
        result="[rest, label, shock, light, control, dark]")),
    ("label_and_reactivate", "reads at another time", protocol_with(
        result="[label, shock, rest, light, rest, control, dark]")),
    ("label_and_reactivate", "reads at another time", protocol_with(
        result='[label, shock, dark, rest, light, control]')),
    ("label_and_reactivate", "no light on the labelled cells", protocol_with(
        result='[label, shock, rest, ("recall", home)]')),
    ("label_and_reactivate", "no control cells", protocol_with(
        result="[label, shock, rest, light]")),
    ("label_and_reactivate", "no control cells", protocol_with(control='("recall", home)')),
    ("label_and_reactivate", None, protocol_with(result="[]")),
    ("label_and_reactivate", None, protocol_with(result="label")),
    ("label_and_reactivate", None, protocol_with(result='{"lit": [label, shock, rest, light]}')),
    ("label_and_reactivate", None, protocol_with(rest='("wait", str(wait_hours))')),
    ("label_and_reactivate", None, protocol_with(rest='("wait", -1)')),
    ("label_and_reactivate", None, protocol_with(rest='("pause", wait_hours)')),
    ("label_and_reactivate", "no strong shock", protocol_with(
        result="[label, dark, rest]", dark='("recall", home)')),
    ("label_and_reactivate", None, protocol_with(result="[label, rest]")),
    ("label_and_reactivate", None, protocol_with(result="[rest] * 300")),
    ("knobs_that_break", "looks at one turn only", knobs_with(counts="higher in words")),
    ("knobs_that_break", "lists the knobs that break nothing", knobs_with(
        counts="lower not in words or higher not in words")),
    ("knobs_that_break", "does not use the words that are given", knobs_with(
        before='words = ("close", "fails")')),
    ("knobs_that_break", "keeps one knob of each effect", knobs_with(
        start="found.setdefault(effect, [])", add="found[effect] = found[effect] or [knob]")),
    ("knobs_that_break", "expects the rows of an effect together", GROUPED),
    ("knobs_that_break", None, knobs_with(result="list(found.items())")),
    ("knobs_that_break", None, knobs_with(result="{}")),
    ("knobs_that_break", None, knobs_with(add="found[effect].append((knob, lower, higher))")),
    ("knobs_that_break", None, knobs_with(result="{e: ', '.join(k) for e, k in found.items()}")),
    ("a", "forgets that the others are many", purity_with("1 - background + 0 * efficiency")),
    ("a", "says how many, not which share", purity_with("hits + wrong")),
    ("a", None, purity_with("np.mean(hits / (hits + wrong)) / 2")),
]  # fmt: skip
