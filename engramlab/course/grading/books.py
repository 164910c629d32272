"""What the teacher reads and fills in: the gradebook, the learners' pages, the marking sheet."""

from collections import Counter
from pathlib import Path

from engramlab.course.checks import Item
from engramlab.course.grading import feedback, gradebook, marks
from engramlab.course.grading.results import Result


def write(out: Path, kept: list[Result], items: tuple[Item, ...]) -> None:
    """Write the books from the results, with the teacher's own entries counted in.

    Parameters
    ----------
    out : Path
        Gets `gradebook.csv`, `feedback/`, `free_text.html`, and the two files in which the teacher
        enters points: `free_text.csv` and `by_hand.csv`. Entries there are kept.
    kept : list of Result
        All results, sorted by learner.
    items : tuple of Item
        The exercise's graded items.
    """
    if not kept:
        return
    merged = marks.merge(out, kept, items, update=True)
    gradebook.write(out, kept, items, merged.standings)
    feedback.write_free_texts(out, kept, merged)
    for result in kept:
        feedback.write(out, result, items, merged.standings[result["learner"]])
    for problem in merged.problems:
        print(problem)
    texts = Counter(standing.text for standing in merged.standings.values())
    waiting = texts[marks.OPEN] + texts[marks.CHANGED]
    if waiting:
        print(
            f"{waiting} free texts to mark: read {out / 'free_text.html'}, enter the points in "
            f"{out / marks.FREE_TEXT}."
        )
    hands = sum(standing.is_open for standing in merged.standings.values())
    if hands:
        print(f"{hands} to settle by hand: enter points or {marks.KEEP} in {out / marks.BY_HAND}.")
