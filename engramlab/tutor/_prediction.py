"""The panel of one prediction: pictures, a choice with its confidence, a lock, then the truth."""

import html
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import ipywidgets as widgets
import numpy as np

from engramlab import plots
from engramlab._types import CourseError
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, Prediction
from engramlab.tutor._cards import image, rich, status, style
from engramlab.tutor._guard import fault

Record = dict[str, Any]
Recorder = Callable[..., str]

_WIDE = {"description_width": "initial"}


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
    """

    def __init__(
        self,
        prediction: Prediction,
        *,
        place: str,
        record: Recorder,
        earlier: Record | None = None,
    ) -> None:
        self.prediction = prediction
        self._record = record
        self.locked = False
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
        self.message.value = status("Choose, then lock in. Nothing is shown before that.")
        self.reveal = widgets.HTML()
        self.beliefs = radio(
            "Which belief did this rule out?",
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
            self._restore(earlier)

    def _strip_ticks(self) -> dict[float, str]:
        """Ticks of the small pictures: none that would give away a number that is asked for."""
        ticks = self.prediction.x_ticks
        if self.prediction.number is not None:
            x = self.prediction.pictures().x
            few, many = np.quantile(x, [0.1, 0.88])
            return {float(few): "few", float(many): "many"}
        return {tick: f"{tick:g}" for tick in (ticks[0], ticks[-1])}

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
        return [*asked, self.confidence, self.button, self.message]

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
        self.answer = self._read()
        self._lock_id = uuid4().hex
        self._open(self._note())

    def _late(self) -> None:
        """Take in what was chosen before the lock and arrives after it.

        ipywidgets holds a second change back until the kernel has answered the first, but sends a
        click at once, so the click can overtake. No control can be moved after the lock.
        """
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

    def _restore(self, earlier: Record) -> None:
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

    def _open(self, word: str = "") -> None:
        """Lock every control and show the truth beside the choice, with a word on the record."""
        self.locked = True
        asked = (self.choice, self.reason, self.number, self.confidence, self.button)
        for control in asked:
            control.disabled = True
        self.button.description = "Locked in"
        self._show(word)
        self.children: tuple[Any, ...] = (*self.children, self.reveal, self.beliefs, self.verdict)

    def _show(self, word: str) -> None:
        """Draw the answer beside the truth and say the outcome."""
        self.reveal.value = image(self._picture())
        line = f"{self._line()} {word}".strip()
        self._say(line, kind="elab-good" if self.answer["right"] else "elab-open")

    def _picture(self) -> Any:
        prediction, answer = self.prediction, self.answer
        pictures = prediction.pictures()
        truth = prediction.option(prediction.answer)
        unknown = answer["answer"] == NO_IDEA
        key = prediction.answer if unknown else str(answer["answer"])
        option = prediction.option(key)
        yours, theirs = option.text, truth.text
        if pictures.number is not None and answer.get("guess") is not None:
            yours += f" at {float(answer['guess']):.2g}"
            theirs += f" at {pictures.number:.2g}"
        title = f"You: {yours}. The network: {theirs}."
        if unknown:
            title = f"The network: {theirs}."
        elif key == prediction.answer and yours == option.text:
            title = f"You and the network: {theirs}."
        sure = next((w for w, v in CONFIDENCE.items() if v == answer["confidence"]), NO_IDEA)
        level = f" ({answer['confidence']:.0%})".replace("%", " %") if sure != NO_IDEA else ""
        return plots.prediction_reveal(
            pictures.x,
            pictures.mean(prediction.answer),
            None if unknown else prediction.picked(key, answer.get("guess")),
            key=key,
            belief=option.belief.sentence,
            title=title,
            subtitle=f"lesson {prediction.lesson}, prediction {prediction.id[-1]}, "
            f"locked in at “{sure}”{level}",
            x_title=prediction.x_label,
            y_title=prediction.y_label,
            x_ticks=prediction.x_ticks,
            band=pictures.band(prediction.answer),
            band_words=f"band: 18 of {prediction.n_seeds} networks",
            right=bool(answer["right"]) if prediction.number else key == prediction.answer,
        )

    def _line(self) -> str:
        """The outcome in one line, in words; the picture says the rest."""
        prediction, answer = self.prediction, self.answer
        pictures = prediction.pictures()
        if answer["answer"] == NO_IDEA:
            return "No idea is an honest answer, and it is not scored. Now look."
        number = prediction.number
        if number is not None and pictures.number is not None:
            said = f"{float(answer['guess'] or 0):.2g}"
            return (
                f"You: {said} {number.unit}. {prediction.n_seeds} networks: "
                f"{pictures.number:.2g}. Score by distance: {float(answer['score'] or 0):.2f} of 1."
            )
        truth = prediction.option(prediction.answer)
        if answer["answer"] != prediction.answer:
            return f"You chose {answer['answer']}; what happens is {truth.key}: {truth.text}."
        if not answer["right"]:
            return f"Picture {truth.key} is what happens; the reason is another one."
        return f"As you predicted: {truth.key}, {truth.text}."

    def _judge_belief(self) -> None:
        """Answer the choice of a belief, then state the finding."""
        if self.beliefs.index is None:
            return
        prediction = self.prediction
        option = prediction.options[self.beliefs.index]
        ruled_out = option.key != prediction.answer
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
