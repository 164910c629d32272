"""What stands in the notebook: `L = el.lesson("08")`, with its predictions, checks, hints and quiz.

Everything that `L` shows is a panel; nothing that goes wrong in the course itself reaches a learner
as a traceback. While a notebook is graded, `L` does nothing.
"""

from typing import Any

from engramlab.tutor._guard import CheckFailed, Inert, Missing, grading, nbgrader, show

__all__ = ["CheckFailed", "lesson"]


def lesson(number: str | int) -> Any:
    """Open a lesson: the learner's object `L`.

    Parameters
    ----------
    number : str or int
        As "08", or the stem "08_pattern_completion".

    Returns
    -------
    Lesson
        With `warm_up`, `predict`, `check`, `hint`, `scaffold`, `solution`, `quiz`, `references` and
        `summary`. An object that does nothing while the course's grader runs
        (``ENGRAMLAB_GRADING=1``); one that says what is wrong if there is no such lesson.
    """
    if grading():
        return Inert()
    from engramlab._types import CourseError
    from engramlab.course import syllabus
    from engramlab.tutor._cards import sentence
    from engramlab.tutor._guard import fault
    from engramlab.tutor._lesson import Lesson

    try:
        row = syllabus.find(number)
        if not row.ready:
            ready = ", ".join(each.number for each in syllabus.LESSONS if each.ready)
            raise CourseError(f"Lesson {row.stem} is still to come. Ready now: {ready}.")
        opened = Lesson(row)
    except Exception as error:
        missing = Missing(fault(error))
        if not nbgrader():
            show(sentence(repr(missing), kind="elab-fault"))
        return missing
    opened._welcome()
    return opened
