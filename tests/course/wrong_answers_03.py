"""Named wrong answers to the items of lesson 03: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""

WINDOW = """
def rescue_window(gaps_hours, late, criterion):
    kept = {kept}
    if {never}:
        return {nothing}
    {before}
    return {result}
"""

CAPTURE = """
def capture(late, early, protein_integral, theta_tag, tau_hours):
    tagged = {tagged}
    goal = {goal}
    share = {share}
    return {result}
"""

ARMS = """
def late_after(weak, strong, read_hours):
    gap = {gap}
    rest = read_hours - gap
    arms = {{
        "rescued": {rescued},
        "control": {control},
        "drug": {drug},
    }}
    return {result}
"""


def window_with(**changes):
    parts = {
        "kept": "gaps_hours[late >= criterion]",
        "never": "kept.size == 0",
        "nothing": "np.nan, np.nan",
        "before": "pass",
        "result": "kept.min(), kept.max()",
    } | changes
    return WINDOW.format(**parts)


def capture_with(**changes):
    parts = {
        "tagged": "np.abs(early) > theta_tag",
        "goal": "np.where(early > 0, 1.0, -0.5)",
        "share": "1 - np.exp(-protein_integral / tau_hours)",
        "result": "np.where(tagged, late + share * (goal - late), late)",
    } | changes
    return CAPTURE.format(**parts)


def tag_with(result):
    return f"""
def tag_alive_hours(early, theta_tag, tau_hours):
    size = np.abs(early)
    hours = tau_hours * np.log(np.maximum(size, theta_tag) / theta_tag)
    return {result}
"""


def arms_with(**changes):
    parts = {
        "gap": "0.5",
        "rescued": '[("weak", weak), ("wait", gap), ("strong", strong), ("wait", rest)]',
        "control": '[("weak", weak), ("wait", read_hours)]',
        "drug": '[("weak", weak), ("drug", gap), ("strong", strong), ("drug", rest)]',
        "result": "arms",
    } | changes
    return ARMS.format(**parts)


def captured_with(result):
    return f"def is_captured(tag_ends, protein_starts):\n    return {result}\n"


GROWN = """i = j = int(np.argmax(late))
    while i > 0 and late[i - 1] >= criterion:
        i -= 1
    while j < len(late) - 1 and late[j + 1] >= criterion:
        j += 1"""

UP_TO_A_DIP = (
    "kept = gaps_hours[first : first + int(np.argmin(np.append(late[first:], -1) >= criterion))]"
)

STEPPED = """
def tag_alive_hours(early, theta_tag, tau_hours):
    size, hours = np.abs(early), np.zeros(len(early))
    while (size > theta_tag).any():
        hours += 0.001 * (size > theta_tag)
        size = size * np.exp(-0.001 / tau_hours)
    return hours
"""

WRONG_ANSWERS = {
    "rescue_window": {
        "the larger gap first": window_with(result="kept.max(), kept.min()"),
        "turns the sign of the gaps": window_with(result="-kept.max(), -kept.min()"),
        "loses the order of the two events": window_with(kept="abs(gaps_hours)[late >= criterion]"),
        "looks at one order only": window_with(
            kept="gaps_hours[(late >= criterion) & (gaps_hours > 0)]"
        ),
        "returns the places, not the hours": window_with(kept="np.flatnonzero(late >= criterion)"),
        "returns late parts, not gaps": window_with(kept="late[late >= criterion]"),
        "returns the width": window_with(result="kept.max() - kept.min()"),
        "returns the best gap": window_with(result="gaps_hours[np.argmax(late)]"),
        "takes the gaps that fall short": window_with(kept="gaps_hours[late < criterion]"),
        "returns every gap": window_with(result="kept"),
        "stops at the first gap that falls short": window_with(
            before="first = int(np.argmax(late >= criterion)); " + UP_TO_A_DIP
        ),
        "leaves out a late part of exactly the criterion": window_with(
            kept="gaps_hours[late > criterion]"
        ),
        "gives a window where nothing is rescued": window_with(nothing="0.0, 0.0"),
        "has no answer where nothing is rescued": window_with(never="False"),
        "takes a gap of 0 for none": window_with(never="not kept.any()"),
        "reads between the gaps": window_with(
            before="i, j = np.flatnonzero(late >= criterion)[[0, -1]]; "
            "i, j = max(i, 1), min(j, len(late) - 2)",
            result="np.interp(criterion, late[i - 1 : i + 1], gaps_hours[i - 1 : i + 1]), "
            "np.interp(-criterion, -late[j : j + 2], gaps_hours[j : j + 2])",
        ),
        "changes its input": window_with(
            kept="gaps_hours",
            never="late.max() < criterion",
            before="late[late < criterion] = np.nan; kept = gaps_hours[~np.isnan(late)]",
        ),
        "returns nothing": window_with(nothing="None", result="print(end='')"),
    },
    "capture": {
        "the tag is the memory": capture_with(share="1.0"),
        "captures without a tag": capture_with(tagged="True"),
        "captures at the untagged synapses": capture_with(tagged="np.abs(early) < theta_tag"),
        "proteins go only where they were made": capture_with(tagged="np.abs(early) > 0.5"),
        "lasting weakening becomes strengthening": capture_with(goal="1.0"),
        "exchanges the two goals": capture_with(goal="np.where(early > 0, -0.5, 1.0)"),
        "looks for the tag in the late part": capture_with(tagged="np.abs(late) > theta_tag"),
        "drops the sign of the late part": capture_with().replace(
            "tagged =", "late = np.abs(late)\n    tagged ="
        ),
        "takes the direction from the late part": capture_with(
            goal="np.where(late > 0, 1.0, -0.5)"
        ),
        "moves away from the goal": capture_with(
            result="np.where(tagged, late + share * (late - goal), late)"
        ),
        "divides tau by the proteins": capture_with(
            share="1 - np.exp(-tau_hours / protein_integral)"
        ),
        "changes nothing": capture_with(result="late"),
        "weakens as far as it strengthens": capture_with(goal="np.sign(early)"),
        "only strengthened synapses have a tag": capture_with(tagged="early > theta_tag"),
        "weakened synapses are tagged however small the change": capture_with(
            tagged="(early > theta_tag) | (early < 0)"
        ),
        "adds the goal instead of moving towards it": capture_with(
            result="np.where(tagged, late + share * goal, late)"
        ),
        "forgets the late part that is there": capture_with(
            result="np.where(tagged, share * goal, late)"
        ),
        "turns the exponential round": capture_with(share="np.exp(-protein_integral / tau_hours)"),
        "leaves out tau": capture_with(share="1 - np.exp(-protein_integral)"),
        "multiplies by tau": capture_with(share="1 - np.exp(-protein_integral * tau_hours)"),
        "moves in a straight line": capture_with(share="protein_integral / tau_hours"),
        "lets the sign of the exponent slip": capture_with(
            share="1 - np.exp(protein_integral / tau_hours)"
        ),
        "moves towards the early part": capture_with(goal="early"),
        "clears the synapses without a tag": capture_with(
            result="tagged * (late + share * (goal - late))"
        ),
        "returns only the change": capture_with(result="tagged * share * (goal - late)"),
        "returns only the tagged synapses": capture_with(
            result="(late + share * (goal - late))[tagged]"
        ),
        "a change of exactly the threshold is tagged": capture_with(
            tagged="np.abs(early) >= theta_tag"
        ),
        "changes its input": """
def capture(late, early, protein_integral, theta_tag, tau_hours):
    goal = np.where(early > 0, 1.0, -0.5)
    share = 1 - np.exp(-protein_integral / tau_hours)
    tagged = np.abs(early) > theta_tag
    late[tagged] += share * (goal - late)[tagged]
    return late
""",
        "returns nothing": capture_with().replace("return", "new ="),
    },
    "tag_alive_hours": {
        "negative hours": tag_with("tau_hours * np.log(size / theta_tag)"),
        "hours of a tag that never was": tag_with("abs(tau_hours * np.log(size / theta_tag))"),
        "uses another logarithm": tag_with("hours / np.log(10)"),
        "turns the ratio round": tag_with(
            "np.maximum(tau_hours * np.log(theta_tag / np.maximum(size, 1e-9)), 0)"
        ),
        "leaves out tau": tag_with("hours / tau_hours"),
        "divides by tau": tag_with("hours / tau_hours**2"),
        "answers in minutes": tag_with("60 * hours"),
        "fades in a straight line": tag_with(
            "np.where(size > theta_tag, tau_hours * (size - theta_tag), 0)"
        ),
        "every tag lasts equally long": tag_with("np.where(size > theta_tag, tau_hours, 0)"),
        "forgets the threshold": tag_with(
            "np.where(size > theta_tag, tau_hours * np.log(size), 0)"
        ),
        "one tag for the whole cell": tag_with("hours.max()"),
        "adds the hours up": tag_with("hours.sum()"),
        "says whether, not how long": tag_with("size > theta_tag"),
        "a weakened synapse has no tag": tag_with(
            "tau_hours * np.log(np.maximum(early, theta_tag) / theta_tag)"
        ),
        "only the tagged synapses": tag_with("hours[hours > 0]"),
        "keeps the sign of the early part": tag_with("np.sign(early) * hours"),
        "no number where there is no tag": tag_with("np.where(size > theta_tag, hours, np.nan)"),
        "counted in steps or rounded": tag_with("np.round(hours, 2)"),
        "has no number for a synapse at rest": tag_with(
            "np.log(size / theta_tag) * tau_hours * (size > theta_tag)"
        ),
        "returns nothing": tag_with("print(end='')"),
    },
    "late_after": {
        "an arm is missing": arms_with(result='{"rescued": arms["rescued"]}'),
        "both on one pathway": arms_with(
            rescued='[("weak", weak), ("wait", gap), ("strong", weak), ("wait", rest)]'
        ),
        "swaps the pathways": arms_with(
            rescued='[("weak", strong), ("wait", gap), ("strong", weak), ("wait", rest)]'
        ),
        "does not use the numbers that are given": arms_with(
            rescued='[("weak", 0), ("wait", gap), ("strong", 1), ("wait", rest)]'
        ),
        "both at once": arms_with(gap="0"),
        "strong before weak": arms_with(
            rescued='[("strong", strong), ("wait", gap), ("weak", weak), ("wait", rest)]'
        ),
        "waits too long": arms_with(gap="2.0"),
        "counts minutes": arms_with(gap="30.0; read_hours = 60 * read_hours"),
        "the drug is in the wrong arm": arms_with(
            rescued='[("weak", weak), ("drug", gap), ("strong", strong), ("drug", rest)]'
        ),
        "reads at another time": arms_with(
            rescued='[("weak", weak), ("wait", gap), ("strong", strong), ("wait", read_hours)]'
        ),
        "the control gets the strong stimulation": arms_with(
            control='[("strong", strong), ("wait", read_hours)]'
        ),
        "the control differs in more than one thing": arms_with(control='[("wait", read_hours)]'),
        "forgets the drug": arms_with(
            drug='[("weak", weak), ("wait", gap), ("strong", strong), ("wait", rest)]'
        ),
        "the drug arm differs in more than the drug": arms_with(
            drug='[("weak", weak), ("drug", read_hours)]'
        ),
        "the drug comes too late": arms_with(
            drug='[("weak", weak), ("wait", gap), ("strong", strong), ("wait", 2), '
            '("drug", rest - 2)]'
        ),
        "the drug ends too soon": arms_with(
            drug='[("weak", weak), ("drug", gap), ("strong", strong), ("wait", rest)]'
        ),
        "returns nothing": arms_with(result="print(end='')"),
    },
    "a": {
        "turns the comparison round": captured_with("tag_ends < protein_starts"),
        "a tag that ends as proteins come is in time": captured_with("tag_ends >= protein_starts"),
        "the tag alone is enough": captured_with("tag_ends > 0"),
        "says how much time is left, not whether": captured_with("tag_ends - protein_starts"),
        "one answer for all synapses": captured_with("np.any(tag_ends > protein_starts)"),
        "counts instead of saying for each": captured_with("np.sum(tag_ends > protein_starts)"),
        "never captures": captured_with("tag_ends != tag_ends"),
    },
}

EXTRA = [
    ("rescue_window", "looks at one order only",
     window_with(kept="gaps_hours[(late >= criterion) & (gaps_hours < 0)]")),
    ("rescue_window", "looks at one order only", window_with(result="0.0, kept.max()")),
    ("rescue_window", "turns the sign of the gaps", window_with(result="-kept.min(), -kept.max()")),
    ("rescue_window", "gives a window where nothing is rescued",
     window_with(nothing="gaps_hours[0], gaps_hours[-1]")),
    ("rescue_window", "returns every gap", window_with(result="list(kept)")),
    ("rescue_window", None, window_with(result="kept.mean(), kept.max()")),
    (
        "rescue_window",
        "takes the gaps that fall short",
        window_with(result="gaps_hours.min(), gaps_hours.max()"),
    ),
    ("rescue_window", "stops at the first gap that falls short",
     window_with(before=GROWN, result="gaps_hours[i], "
                 "gaps_hours[j]")),
    ("rescue_window", "has no answer where nothing is rescued",
     window_with(never="False", result="kept[0], kept[-1]")),
    ("rescue_window", "takes a gap of 0 for none",
     window_with(never="not any(kept)", result="min(kept), max(kept)")),
    ("rescue_window", "takes a gap of 0 for none", window_with(
        never="False", result="(kept.min() or np.nan, kept.max() or np.nan) if kept.size else "
        "(np.nan, np.nan)")),
    ("rescue_window", "gives a window where nothing is rescued", window_with(nothing="np.nan")),
    ("rescue_window", "gives a window where nothing is rescued",
     window_with(nothing="(None, None)")),
    ("rescue_window", None, window_with(result="None, None")),
    ("rescue_window", None, window_with(result="np.nan, np.nan")),
    ("rescue_window", None, window_with(kept="gaps_hours[late >= criterion / 2]")),
    ("rescue_window", None, window_with(kept="gaps_hours[late >= 0.1]")),
    ("capture", "the tag is the memory",
     capture_with(result="np.where(tagged, late + early, late)")),
    ("capture", "the tag is the memory", capture_with(result="np.where(tagged, early, late)")),
    ("capture", "proteins go only where they were made",
     capture_with(tagged="np.abs(early) == np.abs(early).max()")),
    ("capture", "weakens as far as it strengthens", capture_with(goal="np.sign(early) / 2")),
    ("capture", "moves in a straight line",
     capture_with(share="np.minimum(protein_integral / tau_hours, 1)")),
    ("capture", None, capture_with(share="1 - np.exp(-protein_integral / tau_hours / 2)")),
    ("capture", None, capture_with(goal="np.where(early > 0, 1.0, 0.0)")),
    ("capture", None, capture_with(tagged="np.abs(early) > 0.2")),
    ("capture", "lasting weakening becomes strengthening",
     capture_with(goal="np.where(early > 0, 1.0, 0.5)")),
    ("capture", "looks for the tag in the late part", capture_with(tagged="late > theta_tag")),
    ("capture", "drops the sign of the late part", capture_with(
        result="np.where(tagged, np.abs(late) + share * (goal - np.abs(late)), late)")),
    ("capture", "returns only the change",
     capture_with(result="np.where(tagged, share * (goal - late), late)")),
    ("capture", "drops the sign of the late part",
     capture_with(result="np.where(tagged, np.maximum(late, 0) + share * (goal - "
                                   "np.maximum(late, 0)), late)")),
    ("capture", None, capture_with(result="np.clip(early, -0.5, 1)")),
    ("tag_alive_hours", "uses another logarithm", tag_with("hours / np.log(2)")),
    ("tag_alive_hours", "fades in a straight line",
     tag_with("np.where(size > theta_tag, tau_hours * (1 - theta_tag / size), 0)")),
    ("tag_alive_hours", "one tag for the whole cell", tag_with("0 * hours + hours.max()")),
    ("tag_alive_hours", "forgets the threshold", tag_with("abs(tau_hours * np.log(size))")),
    ("tag_alive_hours", "a weakened synapse has no tag",
     tag_with("np.maximum(tau_hours * np.log(early / theta_tag), 0)")),
    ("tag_alive_hours", "a weakened synapse has no tag",
     tag_with("tau_hours * np.log(early / theta_tag)")),
    ("tag_alive_hours", "a weakened synapse has no tag",
     tag_with("[tau_hours * __import__('math').log(e / theta_tag) for e in early]")),
    ("tag_alive_hours", "has no number for a synapse at rest", tag_with(
        "[max(tau_hours * __import__('math').log(s / theta_tag), 0) for s in size.tolist()]")),
    ("tag_alive_hours", "has no number for a synapse at rest", tag_with(
        "[max(tau_hours * __import__('math').log(s / theta_tag), 0) for s in size]")),
    ("tag_alive_hours", "keeps the sign of the early part", tag_with(
        "np.sign(early) * tau_hours * np.log(np.maximum(size, 1e-12) / theta_tag)")),
    ("tag_alive_hours", "no number where there is no tag",
     tag_with("np.where(hours > 0, hours, np.inf)")),
    ("tag_alive_hours", "counted in steps or rounded", STEPPED),
    ("tag_alive_hours", "counted in steps or rounded", tag_with("np.round(hours, 1)")),
    ("tag_alive_hours", "counted in steps or rounded", tag_with("np.ceil(60 * hours) / 60")),
    ("tag_alive_hours", None, tag_with("hours * (size > 0.2)")),
    ("tag_alive_hours", None, tag_with("0 * hours")),
    ("tag_alive_hours", None, tag_with("tau_hours * np.exp(-size / theta_tag)")),
    ("tag_alive_hours", None, tag_with("np.sort(hours)")),
    ("tag_alive_hours", None, tag_with("size - theta_tag")),
    ("late_after", "an arm is missing",
     arms_with(result='{k: arms[k] for k in ("rescued", "control")}')),
    ("late_after", "the control differs in more than one thing",
     arms_with(control='[("weak", strong), ("wait", read_hours)]')),
    ("late_after", "the control differs in more than one thing",
     arms_with(control='[("weak", weak), ("drug", read_hours)]')),
    ("late_after", "the control gets the strong stimulation", arms_with(control="arms_of(weak)")
     .replace("    gap", "    arms_of = lambda w: [('weak', w), ('strong', strong)]\n    gap", 1)),
    ("late_after", "reads at another time", arms_with(control='[("weak", weak), ("wait", rest)]')),
    ("late_after", "reads at another time", arms_with(gap="0.5; read_hours = 8")),
    ("late_after", "the drug ends too soon", arms_with(
        drug='[("weak", weak), ("wait", gap), ("strong", strong), ("drug", 0.5), '
        '("wait", rest - 0.5)]')),
    ("late_after", "the drug arm differs in more than the drug", arms_with(
        drug='[("weak", weak), ("strong", strong), ("drug", read_hours)]')),
    ("late_after", "forgets the drug", arms_with(
        drug='[("drug", 0), ("weak", weak), ("wait", gap), ("strong", strong), ("wait", rest)]')),
    ("late_after", "waits too long", arms_with(gap="1.5")),
    ("late_after", "waits too long", arms_with(gap="6.0")),
    ("late_after", "counts minutes", arms_with(gap="30.0")),
    ("late_after", "counts minutes", arms_with(gap="15")),
    ("late_after", "both at once", arms_with(gap="0.05")),
    ("late_after", "does not use the numbers that are given", arms_with()
     .replace("    gap", "    weak, strong = 0, 1\n    gap", 1)),
    ("late_after", "does not use the numbers that are given", arms_with()
     .replace("    gap", "    weak, strong = 1, 0\n    gap", 1)),
    ("late_after", None, arms_with(rescued="[]")),
    ("late_after", None, arms_with(rescued='[("weak", weak), ("wait", read_hours)]')),
    ("late_after", None, arms_with(rescued='"weak, strong"')),
    ("late_after", None, arms_with(control='[("weak",), ("wait", read_hours)]')),
    ("late_after", None, arms_with(control='[("weak", 9), ("wait", read_hours)]')),
    ("late_after", None, arms_with(control='[("weak", weak), ("wait", -1)]')),
    ("late_after", None, arms_with(control='[("light", weak), ("wait", read_hours)]')),
    ("late_after", None, arms_with(control='[("weak", weak), ("wait", float("nan"))]')),
    ("late_after", None, arms_with(control='[("wait", 0.1)] * 1000')),
    ("late_after", None, arms_with(result="list(arms.values())")),
    ("a", "turns the comparison round", captured_with("tag_ends <= protein_starts")),
    ("a", "one answer for all synapses", captured_with("True")),
    ("a", None, captured_with("tag_ends + protein_starts")),
]  # fmt: skip
