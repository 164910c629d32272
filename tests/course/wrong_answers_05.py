"""Named wrong answers to the items of lesson 05: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""


def ratio_with(result, before="pass"):
    return f"""
def recruitment_ratio(engram, treated):
    {before}
    mine, others = engram[treated].mean(), engram[~treated].mean()
    inside = (engram & treated).sum()
    return {result}
"""


ALLOCATE = """
def allocate(drive, inhibition):
    n = len(drive)
    order = {order}
    wins = {wins}
    k = {k}
    active = np.zeros(n, dtype=bool)
    active[order[:k]] = True
    return {result}
"""


def allocate_with(**changes):
    parts = {
        "order": 'np.argsort(-drive, kind="stable")',
        "wins": "drive[order] > inhibition * np.arange(1, n + 1) / n",
        "k": "wins.sum()",
        "result": "active",
    } | changes
    return ALLOCATE.format(**parts)


def masked(threshold, sign=">"):
    """An answer that sets a threshold and asks which drives are above it."""
    return f"def allocate(drive, inhibition):\n    return drive {sign} {threshold}\n"


def paired_with(result, before="pass"):
    return f"""
def paired_effect(treated, control):
    {before}
    each = treated - control
    n = len(each)
    return {result}
"""


SIZE = """
def mean_field_size(inhibition, mean, sd):
    from statistics import NormalDist
    drives = {drives}
    low, high = 0.0, 1.0
    for _ in range({rounds}):
        share = (low + high) / 2
        above = {above}
        low, high = (share, high) if above > share else (low, share)
    return {result}
"""


AGAIN = """
def mean_field_size(inhibition, mean, sd):
    from statistics import NormalDist
    share = 0.1
    for _ in range(1001):
        share = 1 - NormalDist(mean, sd).cdf(inhibition * share)
    return share
"""


def size_with(**changes):
    parts = {
        "drives": "NormalDist(mean, sd)",
        "rounds": "40",
        "above": "1 - drives.cdf(inhibition * share)",
        "result": "share",
    } | changes
    return SIZE.format(**parts)


def threshold_with(result):
    return f"def threshold_of(active, inhibition):\n    return {result}\n"


ERROR = "each.std(ddof=1) / n**0.5"

WRONG_ANSWERS = {
    "recruitment_ratio": {
        "counts cells instead of shares": ratio_with("inside / (engram & ~treated).sum()"),
        "asks how much of the engram is treated": ratio_with("inside / engram.sum()"),
        "looks at the treated cells alone": ratio_with("mine"),
        "turns the ratio round": ratio_with("others / mine"),
        "compares with all cells, the treated among them": ratio_with("mine / engram.mean()"),
        "subtracts instead of dividing": ratio_with("mine - others"),
        "odds instead of shares": ratio_with("mine / (1 - mine) / (others / (1 - others))"),
        "answers in per cent": ratio_with("100 * mine / others"),
        "has no answer where none of the others joined": ratio_with("float(mine) / float(others)"),
        "changes its input": ratio_with(
            "mine / others", before="treated &= True; engram[0] ^= True"
        ),
        "returns nothing": ratio_with("None"),
    },
    "allocate": {
        "takes the inhibition for the threshold": masked("inhibition"),
        "counts cells instead of the share": allocate_with(
            wins="drive[order] > inhibition * np.arange(1, n + 1)"
        ),
        "the threshold follows the drive, not the active cells": masked(
            "inhibition * drive.mean()"
        ),
        "takes one cell more than the threshold allows": allocate_with(k="wins.sum() + 1"),
        "leaves the last winner out": allocate_with(k="max(wins.sum() - 1, 0)"),
        "asks once and does not wait for the crossing": masked("0"),
        "commands a number of winners": allocate_with(k="round(0.1 * n)"),
        "the weakest cells win": allocate_with(
            wins="np.sort(drive)[::-1] > inhibition * np.arange(1, n + 1) / n",
            order="np.argsort(drive)",
        ),
        "returns the losers": allocate_with(result="~active"),
        "returns the mask in the order of drive": allocate_with(result="wins"),
        "returns indices, not a mask": allocate_with(result="np.flatnonzero(active)"),
        "returns the threshold": allocate_with(result="inhibition * k / n"),
        "returns the number of winners": allocate_with(result="k"),
        "returns drives, not a mask": allocate_with(result="drive * active"),
        "takes all cells of equal drive": allocate_with(
            result="drive >= drive[order[k - 1]] if k else active"
        ),
        "of equal cells the last comes first": allocate_with(
            order='np.argsort(drive, kind="stable")[::-1]'
        ),
        "takes a cell that is just at the threshold": allocate_with(
            wins="drive[order] >= inhibition * np.arange(1, n + 1) / n"
        ),
        "has no answer where no cell wins": allocate_with(k="np.flatnonzero(wins).max() + 1"),
        "has no answer where all cells win": allocate_with(
            k="next(i for i in range(n) if not wins[i])"
        ),
        "changes its input": allocate_with(result="(drive.sort(), active)[1]"),
        "returns nothing": allocate_with(result="None"),
    },
    "paired_effect": {
        "turns the difference round": paired_with(f"(-each.mean(), {ERROR})"),
        "ignores that each animal is its own control": paired_with(
            "(each.mean(), ((treated.var(ddof=1) + control.var(ddof=1)) / n) ** 0.5)"
        ),
        "loses the pairs by sorting": paired_with(
            f"(each.mean(), {ERROR})",
            before="treated, control = np.sort(treated), np.sort(control)",
        ),
        "gives the spread of animals, not the error of the mean": paired_with(
            "(each.mean(), each.std(ddof=1))"
        ),
        "divides by n, not by n - 1": paired_with("(each.mean(), each.std() / n**0.5)"),
        "divides by n, not by its root": paired_with("(each.mean(), each.std(ddof=1) / n)"),
        "takes variances for errors": paired_with("(each.mean(), each.var(ddof=1) / n)"),
        "exchanges the two numbers": paired_with(f"({ERROR}, each.mean())"),
        "a ratio, not a difference": paired_with(f"(each.mean(), {ERROR})").replace(
            "treated - control", "treated / control"
        ),
        "takes the median": paired_with(f"(np.median(each), {ERROR})"),
        "returns the mean alone": paired_with("each.mean()"),
        "returns one difference for each animal": paired_with("each"),
        "forgets the control": paired_with(f"(each.mean(), {ERROR})").replace(
            "treated - control", "treated + 0"
        ),
        "changes its input": paired_with(f"(each.mean(), {ERROR})", before="treated -= 1"),
        "returns nothing": paired_with("None"),
    },
    "mean_field_size": {
        "returns the threshold": size_with(result="inhibition * share"),
        "returns the losers": size_with(result="1 - share"),
        "takes the inhibition for the threshold": size_with(result="1 - drives.cdf(inhibition)"),
        "asks once and does not wait for the crossing": size_with(result="1 - drives.cdf(0)"),
        "asks again and again, and swings": AGAIN,
        "takes the variance for the standard deviation": size_with(
            drives="NormalDist(mean, sd**2)"
        ),
        "forgets the mean of the drives": size_with(drives="NormalDist(0, sd)"),
        "forgets the spread of the drives": size_with(drives="NormalDist(mean, 1)"),
        "answers in per cent": size_with(result="100 * share"),
        "close, but stopped too soon": size_with(rounds="8"),
        "returns nothing": size_with(result="None"),
    },
    "a": {
        "counts cells instead of the share": threshold_with("inhibition * np.sum(active)"),
        "divides by the share": threshold_with("inhibition / np.mean(active)"),
        "turns the division round": threshold_with("np.mean(active) / inhibition"),
        "takes the silent cells": threshold_with("inhibition * np.mean(~active)"),
        "forgets the inhibition": threshold_with("np.mean(active)"),
        "the threshold does not feel the cells": threshold_with("inhibition"),
        "one threshold for each cell": threshold_with("inhibition * active"),
        "returns nothing": threshold_with("print(end='')"),
    },
}

EXTRA = [
    ("recruitment_ratio", "has no answer where none of the others joined",
     ratio_with("mine / others if others else np.nan")),
    ("recruitment_ratio", "has no answer where none of the others joined",
     ratio_with("mine / max(others, 1e-9)")),
    ("recruitment_ratio", None, ratio_with("mine * others")),
    ("recruitment_ratio", None, ratio_with("[mine, others]")),
    ("allocate", None, masked("np.median(drive)")),
    ("allocate", None, masked("drive.min() - 1")),
    ("allocate", None, allocate_with(result="np.ones(3, dtype=bool)")),
    ("allocate", "asks once and does not wait for the crossing",
     masked("inhibition * (drive > drive.mean()).mean()")),
    ("allocate", "returns indices, not a mask", allocate_with(result="order[:k]")),
    ("allocate", "returns drives, not a mask", allocate_with(result="drive[active]")),
    ("allocate", "returns the number of winners", allocate_with(result="k / n")),
    ("paired_effect", None, paired_with("(each.mean(), 0.0)")),
    ("paired_effect", None, paired_with("each.mean(), each.std(), n")),
    ("mean_field_size", None, size_with(result="0.5")),
    ("a", None, threshold_with("inhibition + np.mean(active)")),
]  # fmt: skip
