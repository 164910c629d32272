"""The twenty-one lessons: their order, their questions, what each needs, and three named paths."""

from dataclasses import dataclass

from engramlab._types import CourseError


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson of the course.

    Parameters
    ----------
    number : str
        Two digits, "00" to "20".
    stem : str
        The file name without its ending; the same in lessons, exercises, solutions and checks.
    title, question, part : str
        What the table of lessons shows.
    needs : tuple of str
        Numbers of the lessons that come first.
    helps : tuple of str
        Numbers of the lessons that make this one easier but are not needed.
    level : int
        1 to 3; 3 is where a second-year student meets the hardest mathematics.
    minutes, exercise_minutes : int
        Estimated minutes of the core and of the exercise (0 if the lesson has no exercise).
    ready : bool
        Whether the lesson is part of this version of the course.
    """

    number: str
    stem: str
    title: str
    question: str
    part: str
    needs: tuple[str, ...]
    level: int
    helps: tuple[str, ...] = ()
    minutes: int = 40
    exercise_minutes: int = 30
    ready: bool = False

    @property
    def has_exercise(self) -> bool:
        """Whether the lesson comes with an exercise notebook."""
        return self.exercise_minutes > 0


def _lesson(
    stem: str,
    title: str,
    part: str,
    level: int,
    needs: str,
    question: str,
    *,
    helps: str = "",
    minutes: int = 40,
    exercise_minutes: int = 30,
    ready: bool = False,
) -> Lesson:
    return Lesson(
        number=stem[:2],
        stem=stem,
        title=title,
        question=question,
        part=part,
        needs=tuple(needs.split()),
        helps=tuple(helps.split()),
        level=level,
        minutes=minutes,
        exercise_minutes=exercise_minutes,
        ready=ready,
    )


_START = "Start"
_ENCODING = "Encoding"
_ALLOCATION = "Allocation"
_COMPLETION = "Pattern completion"
_FORGETTING = "Forgetting"
_MACHINES = "Machines"

LESSONS: tuple[Lesson, ...] = (
    _lesson(
        "00_start",
        "Start here",
        _START,
        1,
        "",
        "What is a memory made of?",
        minutes=20,
        exercise_minutes=0,
        ready=True,
    ),
    _lesson(
        "01_ltp_ltd",
        "LTP and LTD",
        _ENCODING,
        1,
        "00",
        "When does a synapse strengthen, and when does it weaken?",
        ready=True,
    ),
    _lesson(
        "02_spike_timing",
        "Spike timing",
        _ENCODING,
        3,
        "01",
        "Does the order of two spikes decide?",
        ready=True,
    ),
    _lesson(
        "03_tagging_capture",
        "Tagging and capture",
        _ENCODING,
        2,
        "01",
        "Why does a weak event last if something strong happens close in time?",
        ready=True,
    ),
    _lesson(
        "04_cell_assembly",
        "Cell assembly",
        _ENCODING,
        3,
        "01",
        "Can cells that fire together complete each other?",
        helps="02",
    ),
    _lesson(
        "05_allocation",
        "Allocation",
        _ALLOCATION,
        1,
        "00",
        "Which neurons get the memory?",
        ready=True,
    ),
    _lesson(
        "06_linking",
        "Linking",
        _ALLOCATION,
        2,
        "05",
        "Why do two events of one afternoon become linked?",
        ready=True,
    ),
    _lesson(
        "07_engram_cells",
        "Engram cells",
        _ALLOCATION,
        2,
        "05",
        "What proves that a cell holds a memory?",
        ready=True,
    ),
    _lesson(
        "08_pattern_completion",
        "Pattern completion",
        _COMPLETION,
        1,
        "00",
        "How can a fragment bring back the whole?",
        ready=True,
    ),
    _lesson(
        "09_separation_completion",
        "Separation and completion",
        _COMPLETION,
        2,
        "08",
        "How are similar memories kept apart?",
    ),
    _lesson(
        "10_context",
        "Context",
        _COMPLETION,
        2,
        "08",
        "How can one cue mean two things?",
    ),
    _lesson(
        "11_silent_engrams",
        "Silent engrams",
        _FORGETTING,
        2,
        "03 07",
        "When recall fails, is the memory gone?",
        ready=True,
    ),
    _lesson(
        "12_consolidation",
        "Consolidation",
        _FORGETTING,
        2,
        "07",
        "Does the memory move?",
        helps="11",
        ready=True,
    ),
    _lesson(
        "13_reconsolidation",
        "Reconsolidation",
        _FORGETTING,
        2,
        "08 11",
        "What happens to a memory when it is recalled?",
    ),
    _lesson(
        "14_forgetting",
        "Forgetting",
        _FORGETTING,
        1,
        "08",
        "Why must a memory system forget?",
    ),
    _lesson(
        "15_lasting_synapses",
        "Lasting synapses",
        _FORGETTING,
        3,
        "14",
        "How can a synapse learn fast and forget slowly?",
    ),
    _lesson(
        "16_catastrophic_forgetting",
        "Catastrophic forgetting",
        _MACHINES,
        2,
        "14",
        "Why does a network forget its first task?",
    ),
    _lesson(
        "17_replay",
        "Replay",
        _MACHINES,
        2,
        "16",
        "What does replay buy?",
        helps="12",
    ),
    _lesson(
        "18_allocation_in_machines",
        "Allocation in machines",
        _MACHINES,
        3,
        "03 05 16",
        "Can allocation teach a network to keep?",
    ),
    _lesson(
        "19_memory_networks",
        "Memory networks",
        _MACHINES,
        2,
        "08",
        "Is attention a memory?",
    ),
    _lesson(
        "20_useful_forgetting",
        "Useful forgetting",
        _MACHINES,
        2,
        "14",
        "How much forgetting is best?",
    ),
)

PATHS: dict[str, tuple[str, ...]] = {
    "Taster": ("00", "08"),
    "Engrams in a week": ("00", "01", "03", "05", "07", "08", "11", "14"),
    "For machine learners": ("00", "01", "03", "05", "08", "14", "16", "17", "18", "19", "20"),
}


def find(lesson: str | int) -> Lesson:
    """Return the lesson with this number ("08", "8", 8) or stem ("08_pattern_completion").

    Raises
    ------
    CourseError
        If the course has no such lesson; the message lists those that exist.

    Examples
    --------
    >>> find("8").stem
    '08_pattern_completion'
    """
    asked = str(lesson).strip()
    number = asked.zfill(2) if asked.isdigit() else asked
    for candidate in LESSONS:
        if number in (candidate.number, candidate.stem):
            return candidate
    ready = ", ".join(one.number for one in LESSONS if one.ready)
    raise CourseError(
        f"The course has no lesson {asked!r}. Its lessons are {LESSONS[0].number} to "
        f"{LESSONS[-1].number}; ready in this version: {ready}."
    )
