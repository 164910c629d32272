"""Questions settled by "Check", with feedback on every answer: the warm-up and the exit quiz."""

import asyncio
import html
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from engramlab.course.quizzes import QuizItem
from engramlab.tutor._cards import rich, status, style
from engramlab.tutor._guard import fault
from engramlab.tutor._prediction import Recorder, live, radio, without_kernel

_OVERTAKEN = 0.150  # seconds in which a choice that the click has overtaken arrives


class Question(widgets.VBox):  # type: ignore[misc]
    """One question; "Check" gives the chosen answer its own word back, and the first one counts.

    Passing over the answers with the arrow keys settles nothing.
    """

    def __init__(
        self,
        item: QuizItem,
        *,
        number: int,
        of: int,
        part: str,
        record: Recorder,
        after: Callable[[], None],
    ) -> None:
        self.item = item
        self._part, self._record, self._after = part, record, after
        self.first: bool | None = None
        self.right = False  # as it stands now
        self.heading = widgets.HTML(
            f'{style()}<div class="elab"><p><span class="elab-word">{number} of {of}.</span> '
            f"{rich(item.question)}</p></div>"
        )
        self.choice = radio("Your answer", [option.text for option in item.options])
        self.button = widgets.Button(
            description=f"Check answer {number}",
            tooltip="Settle on the chosen answer and read what it says",
            layout=widgets.Layout(width="auto"),
        )
        self.button.add_class("elab-lock")
        self.feedback = live()
        self.button.on_click(self._check)
        self.choice.observe(self._forget, names="index")
        self.stale = without_kernel("run the cell to answer")
        super().__init__([self.heading, self.choice, self.button, self.stale, self.feedback])
        self.add_class("elab-question")

    def _check(self, _: Any) -> None:
        """Judge once every choice made before the click is here: a click can overtake a choice."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._answered()
        else:
            loop.call_later(_OVERTAKEN, self._answered)

    def _forget(self, _: Any) -> None:
        """Take back the word on another answer than the one that is chosen now."""
        self.feedback.value = ""

    def _answered(self) -> None:
        try:
            self._judge()
        except Exception as error:
            self.feedback.value = status(html.escape(fault(error)), kind="elab-fault")

    def _judge(self) -> None:
        if self.choice.index is None:
            self.feedback.value = status("<p>Choose an answer first.</p>", kind="elab-open")
            return
        option = self.item.options[self.choice.index]
        self.right = option.right
        word_on_record = ""
        if self.first is None:
            self.first = option.right
            word_on_record = self._record(
                "quiz",
                item=self.item.id,
                part=self._part,
                answer=option.text,
                right=option.right,
                belief=self.item.belief,
            )
        word, form = ("Right", "●") if option.right else ("Not this one", "○")
        self.feedback.value = status(
            f'<p><span class="elab-word"><span aria-hidden="true">{form}</span> {word}.</span> '
            f"{rich(option.feedback)} {html.escape(word_on_record)}</p>",
            kind="elab-good" if option.right else "elab-open",
        )
        self._after()


class QuizPanel(widgets.VBox):  # type: ignore[misc]
    """What `L.quiz()` and `L.warm_up()` show.

    Parameters
    ----------
    items : sequence of QuizItem
        The questions.
    title, part : str
        The heading; "exit" or "warm_up" for the record.
    record : callable
        As in `PredictionPanel`.
    ends : tuple of three str
        Said once every question has an answer: all right at the first try, some wrong, all
        corrected since.
    """

    def __init__(
        self,
        items: Sequence[QuizItem],
        *,
        title: str,
        part: str,
        record: Recorder,
        ends: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        self._ends = ends
        self.questions = [
            Question(item, number=k, of=len(items), part=part, record=record, after=self._tell)
            for k, item in enumerate(items, start=1)
        ]
        heading = widgets.HTML(
            f'{style()}<div class="elab"><div class="elab-q" role="heading" aria-level="3">'
            f"{html.escape(title)}</div></div>"
        )
        self.end = live()
        super().__init__([heading, *self.questions, self.end])
        self.add_class("elab-panel")
        self.add_class("elab-quiz")

    def _tell(self) -> None:
        """Once every question has an answer, say what to do next."""
        firsts = [question.first for question in self.questions]
        if None in firsts:
            return
        all_right, some_wrong, all_corrected = self._ends
        corrected = all(question.right for question in self.questions)
        words = all_right if all(firsts) else all_corrected if corrected else some_wrong
        if words:
            kind = "elab-open" if words == some_wrong else "elab-good"
            self.end.value = status(f"<p>{rich(words)}</p>", kind=kind)
