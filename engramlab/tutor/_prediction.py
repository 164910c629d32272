"""The panel of one prediction: pictures, a choice with its confidence, a lock, then the truth."""

import html
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import ipywidgets as widgets
import numpy as np

from engramlab import plots
from engramlab._types import CourseError
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, Prediction, Ticks
from engramlab.tutor._cards import image, rich, status, style
from engramlab.tutor._guard import fault
from engramlab.tutor._outcome import outcome_line, reveal

Record = dict[str, Any]
Recorder = Callable[..., str]

_WIDE = {"description_width": "initial"}
_OVERTAKEN = 0.3  # seconds in which a choice that the click has overtaken arrives
_ASK = "Choose, then lock in. Nothing is shown before that."


def radio(label: str, options: list[str], *, across: bool = False) -> widgets.RadioButtons:
    """Radio buttons with nothing chosen and their label on a line of its own."""
    box = widgets.RadioButtons(
        options=options,
        index=None,
        description=label,
        style=_WIDE,
        layout=widgets.Layout(width="100%", max_width="760px"),
        orientation="horizontal" if across else "vertical",
    )
    box.add_class("elab-radio")
    if across:
        box.add_class("elab-across")
    return box


def live() -> widgets.HTML:
    """A line that a screen reader announces when it changes."""
    line = widgets.HTML()
    line.add_class("engramlab-live")
    return line


def without_kernel(words: str) -> widgets.HTML:
    """A line that shows only where the panel's kernel is gone, in the place of its button."""
    return widgets.HTML(f'<div class="elab elab-stale">{html.escape(words)}</div>')


class PredictionPanel(widgets.VBox):  # type: ignore[misc]
    """What `L.predict(1)` shows.

    Parameters
    ----------
    prediction : Prediction
        The data.
    place : str
        As "Prediction 1 of 3".
    record : callable
        `record(kind, **fields)`, called when the answer is locked in; returns a word or "".
    earlier : dict or None
        The record of an answer that was locked in before: then the panel opens on its reveal.
    belief : str or None
        Id of the belief that was chosen after it.
    """

    def __init__(
        self,
        prediction: Prediction,
        *,
        place: str,
        record: Recorder,
        earlier: Record | None = None,
        belief: str | None = None,
    ) -> None:
        self.prediction = prediction
        self._record = record
        self.locked = False
        self._quiet = False
        self._missed = -1.0  # when the button was last pressed with a part missing
        self._lock_id = ""
        self.answer: Record = {}
        pictures = prediction.pictures()
        strip = plots.option_strip(
            pictures.x,
            [pictures.mean(key) for key in prediction.keys],
            texts=[option.text for option in prediction.options],
            x_title=prediction.x_label,
            y_title=prediction.y_label,
            x_ticks=self._strip_ticks(),
            y_ticks=prediction.y_ticks,
            open_top=prediction.open_top,
        )
        strip.alt = f"Pictures to choose from ({prediction.y_label}). {strip.alt}"
        self.heading = widgets.HTML(
            f'{style()}<div class="elab"><p class="elab-small">{html.escape(place)}: '
            f"{html.escape(prediction.title)}</p>"
            f'<div class="elab-q" role="heading" aria-level="3">{rich(prediction.question)}</div>'
            "</div>"
        )
        self.strip = widgets.HTML(image(strip))
        labels = [f"{option.key}: {option.text}" for option in prediction.options]
        self.choice = radio("Your picture", [*labels, NO_IDEA])
        self.number = self._number_field()
        self.reason = radio("Because", [reason.text for reason in prediction.because])
        words = [f"{word} ({value:.0%})".replace("%", " %") for word, value in CONFIDENCE.items()]
        self.confidence = radio("How sure are you?", words, across=True)
        self.button = widgets.Button(
            description="Lock in",
            tooltip="Lock in your prediction and see what happens",
            layout=widgets.Layout(width="auto"),
        )
        self.button.add_class("elab-lock")
        self.message = live()
        self.message.value = status(_ASK)
        self.stale = without_kernel("run the cell to answer")
        self.reveal = widgets.HTML()
        self.beliefs = radio(
            "You have seen what happens. Choose a belief that does not fit it",
            [option.belief.sentence for option in prediction.options],
        )
        self.verdict = live()
        self.button.on_click(self._guarded(self._lock))
        self.beliefs.observe(self._guarded(self._judge_belief), names="index")
        for control in (self.choice, self.reason, self.confidence):
            control.observe(self._guarded(self._late), names="index")
        self.number.observe(self._guarded(self._late), names="value")
        super().__init__([self.heading, self.strip, *self._questions()])
        self.add_class("elab-panel")
        if earlier is not None:
            self._restore(earlier, belief)

    def _strip_ticks(self) -> Ticks:
        """Ticks of the small pictures: none that would give away a number that is asked for."""
        ticks = self.prediction.x_ticks
        asked = self.prediction.number
        if asked is not None:
            x = self.prediction.pictures().x
            few, many = np.quantile(x, [0.1, 0.88])
            return {float(few): asked.few, float(many): asked.many}
        first, *_, last = ticks
        if isinstance(ticks, Mapping):
            return {place: ticks[place] for place in (first, last)}
        return first, last

    def _number_field(self) -> widgets.Text:
        number = self.prediction.number
        if number is None:
            return widgets.Text()
        field = widgets.Text(
            description=f"{number.label} ({number.unit})",
            placeholder=f"{number.low:g} to {number.high:g}",
            continuous_update=False,  # else "Lock in" can overtake the last digits
            style=_WIDE,
            layout=widgets.Layout(width="420px"),
        )
        field.add_class("elab-number")
        return field

    def _questions(self) -> list[widgets.Widget]:
        asked: list[widgets.Widget] = [self.choice]
        if self.prediction.because:
            asked.append(self.reason)
        if self.prediction.number is not None:
            asked.append(self.number)
        return [*asked, self.confidence, self.button, self.stale, self.message]

    def _guarded(self, action: Callable[[], None]) -> Callable[[Any], None]:
        def run(_: Any) -> None:
            try:
                action()
            except Exception as error:
                self._say(fault(error), kind="elab-fault")

        return run

    def _say(self, text: str, *, kind: str = "") -> None:
        self.message.value = status(f"<p>{html.escape(text)}</p>", kind=kind)

    def _lock(self) -> None:
        """Take the answer if it is whole; say what is missing otherwise."""
        if self.locked:
            return
        try:
            self.answer = self._read()
        except CourseError:
            self._missed = time.monotonic()
            raise
        self._lock_id = uuid4().hex
        self._open(self._note())

    def _late(self) -> None:
        """Take in what was chosen before the lock and arrives after it.

        ipywidgets holds a second change back until the kernel has answered the first, but sends a
        click at once, so the click can overtake. No control can be moved after the lock. A click
        that found a part missing counts if that part arrives right after it; later than that, what
        it said is out of date.
        """
        if not self.locked:
            if time.monotonic() - self._missed < _OVERTAKEN:
                self._lock()
            else:
                self.message.value = status(_ASK)
            return
        if not self._lock_id:
            return
        answer = self._read()
        if answer != self.answer:
            self.answer = answer
            self._show(self._note())

    def _note(self) -> str:
        """Record the answer; a second record of one lock stands for the first."""
        return self._record(
            "prediction",
            prediction=self.prediction.id,
            skipped=False,
            lock=self._lock_id,
            **self.answer,
        )

    def _read(self) -> Record:
        """Return the answer as it stands.

        Raises
        ------
        CourseError
            If a part of it is missing, with the name of that part.
        """
        prediction = self.prediction
        if self.choice.index is None:
            raise CourseError("Choose one of the pictures, or say that you have no idea.")
        if self.choice.value == NO_IDEA:
            return {"answer": NO_IDEA, "right": None, "confidence": None, "score": None}
        key = prediction.keys[self.choice.index]
        reason = ""
        if prediction.because:
            if self.reason.index is None:
                raise CourseError("Choose a reason too: picture and reason count together.")
            reason = prediction.because[self.reason.index].key
        guess = None
        if prediction.number is not None:
            if not self.number.value.strip():
                raise CourseError(
                    f"Type a number of {prediction.number.unit} too, or choose {NO_IDEA!r}."
                )
            guess = prediction.number.read(self.number.value)
        if self.confidence.index is None:
            raise CourseError("Say how sure you are.")
        answer: Record = {
            "answer": key,
            "confidence": list(CONFIDENCE.values())[self.confidence.index],
            "right": prediction.right(key, reason, guess),
            "score": None,
        }
        if prediction.because:
            answer["reason"] = reason
        if prediction.number is not None and guess is not None:
            answer["guess"] = guess
            truth = prediction.pictures().number or 0.0
            answer["score"] = round(prediction.number.score(guess, truth), 2)
        return answer

    def _restore(self, earlier: Record, belief: str | None) -> None:
        """Show an answer of an earlier session; one that no longer fits is asked again."""
        key = earlier.get("answer")
        if key not in (*self.prediction.keys, NO_IDEA):
            return
        self.answer = {name: earlier.get(name) for name in ("answer", "confidence", "right")}
        self.answer |= {name: earlier.get(name) for name in ("reason", "guess", "score")}
        self.choice.index = (*self.prediction.keys, NO_IDEA).index(str(key))
        if self.answer["confidence"] in CONFIDENCE.values():
            self.confidence.index = list(CONFIDENCE.values()).index(self.answer["confidence"])
        keys = [reason.key for reason in self.prediction.because]
        if self.answer["reason"] in keys:
            self.reason.index = keys.index(self.answer["reason"])
        if self.answer["guess"] is not None:
            self.number.value = f"{self.answer['guess']:g}"
        self._open()
        ids = [option.belief.id for option in self.prediction.options]
        if belief in ids:
            self._quiet = True
            self.beliefs.index = ids.index(belief)
            self._quiet = False

    def _open(self, word: str = "") -> None:
        """Lock every control and show the truth beside the choice, with a word on the record."""
        self.locked = True
        asked = (self.choice, self.reason, self.number, self.confidence, self.button)
        for control in asked:
            control.disabled = True
        self.button.description = "Locked in"
        self.stale.value = without_kernel("run the cell to go on").value
        self._show(word)
        self.children: tuple[Any, ...] = (*self.children, self.reveal, self.beliefs, self.verdict)

    def _show(self, word: str) -> None:
        """Draw the answer beside the truth and say the outcome."""
        self.reveal.value = image(reveal(self.prediction, self.answer))
        line = f"{outcome_line(self.prediction, self.answer)} {word}".strip()
        self._say(line, kind="elab-good" if self.answer["right"] else "elab-open")

    def _judge_belief(self) -> None:
        """Answer the choice of a belief, then state the finding."""
        if self.beliefs.index is None:
            return
        prediction = self.prediction
        option = prediction.options[self.beliefs.index]
        ruled_out = option.key != prediction.answer
        if not self._quiet:
            self._record(
                "belief", prediction=prediction.id, belief=option.belief.id, ruled_out=ruled_out
            )
        if ruled_out:
            said = f"Yes: it draws picture {option.key}, and that did not happen."
            if option.key == self.answer["answer"]:
                said += " It is the belief behind your choice."
        else:
            said = f"No: this one drew picture {option.key}, which is what happens. It stands."
        lines = [said]
        reasons = {reason.key: reason for reason in prediction.because}
        chosen = reasons.get(str(self.answer.get("reason")))
        if chosen is not None:
            lines.append(f"Your reason, “{chosen.text}”: {chosen.feedback}")
        lines.append(prediction.finding)
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        self.verdict.value = status(body, kind="elab-good" if ruled_out else "elab-open")
