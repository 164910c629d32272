"""What the teacher reads and fills in: the gradebook, the learners' pages, the marking sheet."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engramlab.course.checks import Item
from engramlab.course.grading import feedback, gradebook, marks
from engramlab.course.grading.marks import Marks
from engramlab.course.grading.results import Result
from engramlab.course.grading.showing import counted, one_row


def write(out: Path, kept: list[Result], items: tuple[Item, ...]) -> Marks:
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

    Returns
    -------
    Marks
        Where each learner stands.
    """
    if not kept:
        return Marks(standings={}, problems=(), rows={})
    merged = marks.merge(out, kept, items, update=True)
    gradebook.write(out, kept, items, merged.standings)
    feedback.write_free_texts(out, kept, merged)
    for result in kept:
        feedback.write(out, result, items, merged.standings[result["learner"]])
    return merged


def sentences(out: Path, merged: Marks) -> Iterator[str]:
    """Give what the teacher should know of the entries, and what is still to be entered.

    Parameters
    ----------
    out : Path
        Where the books lie.
    merged : Marks
        What `write` returned.
    """
    yield from merged.problems
    standings = merged.standings
    texts = Counter(standing.text for standing in standings.values())
    waiting = texts[marks.OPEN] + texts[marks.CHANGED]
    if waiting:
        yield (
            f"{counted(waiting, 'free text')} to mark: read {out / 'free_text.html'}, enter the "
            f"points in {out / marks.FREE_TEXT}."
        )
    unread = [name for name, standing in standings.items() if standing.text == marks.UNREAD]
    if unread:
        names = one_row(", ".join(unread), 2000)
        yield (
            f"{counted(len(unread), 'free text')} could not be read, and the final total is blank "
            f"until you enter points in {out / marks.FREE_TEXT}: {names}."
        )
    hands = sum(standing.is_open for standing in standings.values())
    if hands:
        yield f"{hands} to settle by hand: enter points or {marks.KEEP} in {out / marks.BY_HAND}."
