"""What a locked prediction shows: the answer beside the truth, as a picture and in one line."""

from typing import Any

from engramlab import plots
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, Number, Prediction

Record = dict[str, Any]

_LONGEST = 66  # letters of a title that surely stand in one line


def reveal(prediction: Prediction, answer: Record) -> plots.Picture:
    """Draw the learner's picture beside what happens.

    Parameters
    ----------
    prediction : Prediction
        The data.
    answer : dict
        The record of the answer: `answer`, `confidence`, `right`, and `guess` if a number was
        asked for.
    """
    pictures = prediction.pictures()
    unknown = answer["answer"] == NO_IDEA
    key = prediction.answer if unknown else str(answer["answer"])
    option = prediction.option(key)
    title = _title(prediction, answer, with_numbers=True)
    if len(title) > _LONGEST:
        title = _title(prediction, answer, with_numbers=False)
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
        y_ticks=prediction.y_ticks,
        band=pictures.band(prediction.answer),
        band_words=f"band: 18 of {prediction.n_seeds} {prediction.runs}",
        model=prediction.model,
        open_top=prediction.open_top,
        right=bool(answer["right"]) if prediction.number else key == prediction.answer,
    )


def _title(prediction: Prediction, answer: Record, *, with_numbers: bool) -> str:
    """Say what was chosen and what happens, in the words of the options."""
    found, guess = prediction.pictures().number, answer.get("guess")
    theirs = prediction.option(prediction.answer).text
    model = prediction.model[:1].upper() + prediction.model[1:]
    if answer["answer"] == NO_IDEA:
        return f"{model}: {theirs}."
    yours = prediction.option(str(answer["answer"])).text
    if with_numbers and found is not None and guess is not None:
        yours += f" at {said(float(guess))}"
        theirs += f" at {said(found)}"
    if yours == theirs:
        return f"You and {prediction.model}: {theirs}."
    return f"You: {yours}. {model}: {theirs}."


def said(number: float) -> str:
    """Write a number with two figures, and never with an exponent.

    Examples
    --------
    >>> said(0.1734), said(1083.0), said(2.0)
    ('0.17', '1100', '2')
    """
    return f"{float(f'{number:.2g}'):g}" if abs(number) < 1e5 else f"{float(f'{number:.2g}'):.0f}"


def outcome_line(prediction: Prediction, answer: Record) -> str:
    """Say in one line what was right; the picture says the rest."""
    if answer["answer"] == NO_IDEA:
        return "No idea is an honest answer, and it is not scored. Now look."
    truth = prediction.option(prediction.answer)
    number, found = prediction.number, prediction.pictures().number
    if number is not None and found is not None:
        shape = f"Shape: as predicted, {truth.text}."
        if answer["answer"] != prediction.answer:
            shape = f"Shape: you chose {answer['answer']}; what happens is {truth.key}: "
            shape += f"{truth.text}."
        guess = float(answer["guess"] or 0)
        told = f"you {said(guess)} {number.unit}, {prediction.n_seeds} {prediction.runs} "
        told += f"{said(found)}; {distance(number, guess, found)}"
        score = float(answer["score"] or 0)
        return f"{shape} Number: {told}. Score by distance: {score:.2f} of 1."
    if answer["answer"] != prediction.answer:
        return f"You chose {answer['answer']}; what happens is {truth.key}: {truth.text}."
    if not answer["right"]:
        return f"Picture {truth.key} is what happens; the reason is another one."
    return f"As you predicted: {truth.key}, {truth.text}."


def distance(number: Number, guess: float, found: float) -> str:
    """Say how far a number is off, and whether that is near enough to count as right."""
    if guess <= 0 or found <= 0:
        return "that is not near enough"
    ratio = max(guess / found, found / guess)
    off = f"{100 * (ratio - 1):.0f} %" if ratio < 1.995 else f"a factor of {said(ratio)}"
    if number.hit(guess, found):
        return f"off by {off}, which counts as right"
    near = f"{100 * (number.near - 1):.0f} %" if number.near < 2 else f"a factor of {number.near:g}"
    return f"off by {off}; up to {near} counts as right"
