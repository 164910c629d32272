"""Named wrong answers to the check of lesson 00: each is exactly one misconception."""


def _n_wrong(line):
    return f"def n_wrong(state, memory):\n    return {line}\n"


WRONG_ANSWERS = {
    "a": {
        "counts the units that agree": _n_wrong("np.sum(state == memory)"),
        "returns a share": _n_wrong("np.mean(state != memory)"),
        "adds up the differences": _n_wrong("np.sum(np.abs(state - memory))"),
        "counts one kind of error": _n_wrong("np.sum(state < memory)"),
        "lets errors cancel": _n_wrong("np.sum(state - memory)"),
        "answers for each unit": _n_wrong("state != memory"),
    }
}
