"""Named wrong answers to the items of lesson 06: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""


def window_with(result, before="pass"):
    return f"""
def linking_window(gaps_hours, overlap, chance):
    {before}
    above = overlap > chance
    if not above[0]:
        return np.nan
    n = int(np.cumprod(above).sum())
    return {result}
"""


def bare(result, above="overlap > chance"):
    """An answer that asks for no edge first."""
    return f"""
def linking_window(gaps_hours, overlap, chance):
    above = {above}
    return {result}
"""


WALK = """
def linking_window(gaps_hours, overlap, chance):
    last = {start}
    for gap, o, c in zip(gaps_hours, overlap, chance):
        if not {above}:
            break
        last = gap
    return {result}
"""


def walk_with(**changes):
    parts = {"start": "np.nan", "above": "o > c", "result": "last"} | changes
    return WALK.format(**parts)


def overlap_with(result, first="if size == 0: return 0.0"):
    return f"""
def engram_overlap(a, b):
    size = np.sqrt(a.sum() * b.sum())
    {first}
    shared, either = (a & b).sum(), (a | b).sum()
    return {result}
"""


ABOVE = """
def overlap_above_chance(a, b):
    size = np.sqrt(a.sum() * b.sum())
    if {empty}:
        return 0.0
    shared, n = (a & b).sum(), a.size
    overlap = {overlap}
    chance = {chance}
    if {full}:
        return 0.0
    return {result}
"""


def above_with(result="(overlap - chance) / (1 - chance)", **changes):
    parts = {
        "empty": "size == 0",
        "overlap": "shared / size",
        "chance": "size / n",
        "full": "size == n",
        "result": result,
    } | changes
    return ABOVE.format(**parts)


SHUFFLES = """
def shuffle_p_value(a, b, n_shuffles, rng):
    from math import comb
    {before}
    shared = (a & b).sum()
    hits = 0
    for _ in range(n_shuffles):
        drawn = {drawn}
        hits += {hit}
    return {result}
"""


def shuffles_with(**changes):
    parts = {
        "before": "pass",
        "drawn": "rng.permutation(b)",
        "hit": "(a & drawn).sum() >= shared",
        "result": "(1 + hits) / (1 + n_shuffles)",
    } | changes
    return SHUFFLES.format(**parts)


def chance_with(result):
    return f"def shared_by_chance(size_a, size_b, n_cells):\n    return {result}\n"


EXACTLY = (
    "sum(comb(int(a.sum()), k) * comb(int(a.size - a.sum()), int(b.sum()) - k)"
    " for k in range(int(shared), int(min(a.sum(), b.sum())) + 1))"
    " / comb(a.size, int(b.sum()))"
)
OVERLAPS = "np.divide((a & drawn).sum(), (a.sum() * b.sum()) ** 0.5)"
ITS_OWN = "np.divide(shared, (a.sum() * b.sum()) ** 0.5)"

WRONG_ANSWERS = {
    "linking_window": {
        "forgets chance": window_with("gaps_hours[overlap > 0][-1]"),
        "counts a later rise": window_with("gaps_hours[above][-1]"),
        "goes one gap too far": window_with("gaps_hours[min(n, len(above) - 1)]"),
        "returns the shortest gap": window_with("gaps_hours[above][0]"),
        "returns the gap of the largest overlap": window_with("gaps_hours[np.argmax(overlap)]"),
        "returns the place, not the hours": window_with("n - 1"),
        "counts the gaps": window_with("n"),
        "returns an overlap, not a gap": window_with("overlap[n - 1]"),
        "returns every gap": window_with("gaps_hours[:n]"),
        "reads between the gaps": window_with(
            "np.interp(0, (chance - overlap)[n - 1 : n + 1], gaps_hours[n - 1 : n + 1])"
        ),
        "one chance for all gaps": walk_with(above="o > chance.mean()"),
        "asks for half of the overlap, not for chance": walk_with(above="o > overlap.max() / 2"),
        "takes an overlap of exactly chance for more": walk_with(above="o >= c"),
        "gives a window where the shortest gap is not above chance": walk_with(
            start="gaps_hours[0]"
        ),
        "has no answer where no gap is above chance": bare(
            "max(gap for k, gap in enumerate(gaps_hours) if above[: k + 1].all())"
        ),
        "has no answer where all gaps are above chance": window_with(
            "gaps_hours[np.flatnonzero(~above)[0] - 1]"
        ),
        "takes a gap of 0 for none": walk_with(start="None", result="last if last else np.nan"),
        "changes its input": window_with("gaps_hours[n - 1]", before="chance[0] = 0"),
        "returns nothing": window_with("None"),
    },
    "engram_overlap": {
        "divides by the mean size": overlap_with("2 * shared / (a.sum() + b.sum())"),
        "divides by all cells of either engram": overlap_with("shared / either"),
        "divides by all cells": overlap_with("shared / a.size"),
        "divides by one size only": overlap_with("shared / a.sum()"),
        "divides by the product, without the root": overlap_with("shared / size**2"),
        "divides by the sum of the sizes": overlap_with("shared / (a.sum() + b.sum())"),
        "returns the number of shared cells": overlap_with("shared"),
        "silent in both counts as shared": overlap_with("(a == b).mean()"),
        "takes chance away": overlap_with("shared / size - size / a.size"),
        "returns chance, not the overlap": overlap_with("size / a.size"),
        "a cell of either counts as shared": overlap_with("either / size"),
        "takes the root of everything": overlap_with("np.sqrt(shared / size)"),
        "answers in per cent": overlap_with("100 * shared / size"),
        "returns the shared cells, not their share": overlap_with("a & b"),
        "has no answer for an empty engram": overlap_with("shared / size", first="pass"),
        "changes its input": overlap_with("(a & b).sum() / size", first="a ^= True; a ^= ~b"),
        "returns nothing": overlap_with("None"),
    },
    "overlap_above_chance": {
        "does not ask what chance gives": above_with("overlap"),
        "returns chance": above_with("chance"),
        "subtracts chance and does not rescale": above_with("overlap - chance"),
        "divides by chance": above_with("overlap / chance"),
        "turns the scale round": above_with("(chance - overlap) / (1 - overlap)"),
        "chance as the product of the shares": above_with(chance="a.mean() * b.mean()"),
        "takes one chance for all engrams": above_with(chance="0.1"),
        "chance from the mean size": above_with(chance="(a.sum() + b.sum()) / 2 / n"),
        "chance from one size only": above_with(chance="b.sum() / n"),
        "chance in cells, not as an overlap": above_with(chance="size**2 / n"),
        "starts from another overlap": above_with(overlap="shared / (a | b).sum()"),
        "counts cells above chance": above_with("shared - size**2 / n"),
        "1 - chance stands in the wrong place": above_with("overlap - chance / (1 - chance)"),
        "never below 0": above_with("max((overlap - chance) / (1 - chance), 0)"),
        "answers in per cent": above_with("100 * (overlap - chance) / (1 - chance)"),
        "has no answer for an empty engram": above_with(empty="False"),
        "has no answer where chance is 1": above_with(full="False"),
        "changes its input": above_with("(a.sort(), (overlap - chance) / (1 - chance))[1]"),
        "returns nothing": above_with("None"),
    },
    "shuffle_p_value": {
        "leaves the real pair out": shuffles_with(result="hits / n_shuffles"),
        "counts the real pair above only": shuffles_with(result="(1 + hits) / n_shuffles"),
        "leaves out shuffles that share as many": shuffles_with(hit="(a & drawn).sum() > shared"),
        "counts shuffles that share fewer": shuffles_with(hit="(a & drawn).sum() <= shared"),
        "returns how many share less": shuffles_with(result="1 - (1 + hits) / (1 + n_shuffles)"),
        "returns a number, not a share": shuffles_with(result="1 + hits"),
        "answers in per cent": shuffles_with(result="100 * (1 + hits) / (1 + n_shuffles)"),
        "has no answer for an empty engram": shuffles_with(hit=f"{OVERLAPS} >= {ITS_OWN}"),
        "computes the exact chance instead of shuffling": shuffles_with(result=EXACTLY),
        "shuffles only once": shuffles_with(before="once = rng.permutation(b)", drawn="once"),
        "counts only shuffles that share exactly as many": shuffles_with(
            hit="(a & drawn).sum() == shared"
        ),
        "counts both tails": shuffles_with(
            before="mean = a.sum() * b.mean()",
            hit="abs((a & drawn).sum() - mean) >= abs(shared - mean)",
        ),
        "a shuffle that changes the size": shuffles_with(drawn="rng.random(b.size) < b.mean()"),
        "shifts instead of shuffling": shuffles_with(drawn="np.roll(b, rng.integers(b.size))"),
        "the same for every rng": shuffles_with(before="rng = np.random.default_rng(0)"),
        "draws from another source": shuffles_with(before="rng = np.random.default_rng()"),
        "changes its input": shuffles_with(drawn="(rng.shuffle(b), b)[1]"),
        "returns nothing": shuffles_with(result="None"),
    },
    "a": {
        "returns the chance overlap, not cells": chance_with("(size_a * size_b) ** 0.5 / n_cells"),
        "returns a share of all cells": chance_with("size_a / n_cells * size_b / n_cells"),
        "forgets how many cells there are": chance_with("size_a * size_b"),
        "adds the sizes": chance_with("(size_a + size_b) / n_cells"),
        "looks at one engram only": chance_with("size_a / n_cells"),
        "takes the most that they could share": chance_with("np.minimum(size_a, size_b)"),
        "says that chance shares nothing": chance_with("0 * size_a"),
        "rounds to whole cells": chance_with("np.round(size_a * size_b / n_cells)"),
        "returns nothing": chance_with("(size_a * size_b / n_cells, None)[1]"),
    },
}

EXTRA = [
    ("linking_window", "forgets chance", window_with("gaps_hours[-1]")),
    ("linking_window", "has no answer where no gap is above chance",
     bare("gaps_hours[np.cumprod(above) == 1][-1]")),
    ("linking_window", "has no answer where all gaps are above chance",
     window_with("np.inf if above.all() else gaps_hours[n - 1]")),
    ("linking_window", "gives a window where the shortest gap is not above chance",
     bare("gaps_hours[np.argmin(np.append(above, False)) - 1]")),
    ("linking_window", "counts a later rise", bare("max(gaps_hours[above], default=np.nan)")),
    ("linking_window", "returns every gap", window_with("above")),
    ("linking_window", "one chance for all gaps", walk_with(above="o > chance.max()")),
    ("linking_window", None, window_with("gaps_hours[n - 1] / 24")),
    ("linking_window", None, window_with("(gaps_hours[0], gaps_hours[n - 1])")),
    ("engram_overlap", "divides by one size only", overlap_with("shared / b.sum()")),
    ("engram_overlap", "has no answer for an empty engram",
     overlap_with("shared / size", first="if size == 0: return 1.0")),
    ("engram_overlap", None, overlap_with("0.93137 * shared / size")),
    ("overlap_above_chance", "divides by chance", above_with("overlap / chance - 1")),
    ("overlap_above_chance", "turns the scale round",
     above_with("(chance - overlap) / (1 - chance)")),
    ("overlap_above_chance", "never below 0", above_with("abs(overlap - chance) / (1 - chance)")),
    ("overlap_above_chance", "starts from another overlap",
     above_with(overlap="2 * shared / (a.sum() + b.sum())")),
    ("overlap_above_chance", "has no answer where chance is 1",
     above_with("1.0 if chance == 1 else (overlap - chance) / (1 - chance)", full="False")),
    ("overlap_above_chance", "chance from one size only", above_with(chance="a.mean()")),
    ("overlap_above_chance", None, above_with(chance="0.5 * size / n")),
    ("shuffle_p_value", "leaves the real pair out",
     shuffles_with(result="hits / (1 + n_shuffles)")),
    ("shuffle_p_value", "returns a number, not a share", shuffles_with(result="hits")),
    ("shuffle_p_value", "a shuffle that changes the size",
     shuffles_with(drawn="rng.choice(b, b.size)")),
    ("shuffle_p_value", "a shuffle that changes the size",
     shuffles_with(
         drawn="np.isin(np.arange(b.size), rng.choice(b.size, b.sum()))")),
    ("shuffle_p_value", "draws from another source",
     shuffles_with(drawn="np.random.permutation(b)")),
    ("shuffle_p_value", "shuffles only once",
     shuffles_with(drawn="np.random.default_rng(1).permutation(b)")),
    ("shuffle_p_value", None, shuffles_with(result="0.123456")),
    ("a", "looks at one engram only", chance_with("size_b / n_cells")),
    ("a", "rounds to whole cells", chance_with("size_a * size_b // n_cells")),
    ("a", None, chance_with("2 * size_a * size_b / n_cells")),
]  # fmt: skip
