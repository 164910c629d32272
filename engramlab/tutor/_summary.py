"""The end of a lesson: predictions against outcomes, one number, the way on; and the sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engramlab.course import claims
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, Prediction, brier
from engramlab.tutor._cards import Card, escape, table
from engramlab.tutor._outcome import said

Record = dict[str, Any]

ENOUGH = 5
"""Predictions from which on confidence against outcome is told: fewer say little."""


def latest(records: Sequence[Record], prediction: Prediction) -> Record | None:
    """Return the answer that was locked in for a prediction, None if it was not.

    The first lock counts: a second notebook of the same lesson cannot change it. Of several records
    of one lock the last one counts. An answer that the prediction no longer has, after an update of
    the course, does not count.
    """
    answers = (*prediction.keys, NO_IDEA)
    found: Record | None = None
    for record in records:
        locked = record.get("kind") == "prediction" and record.get("prediction") == prediction.id
        valid = locked and not record.get("skipped") and record.get("answer") in answers
        same = found is not None and record.get("lock") and record["lock"] == found.get("lock")
        if valid and (found is None or same):
            found = record
    return found


def latest_belief(records: Sequence[Record], prediction: Prediction) -> str | None:
    """Return the id of the belief that was chosen last after a prediction, None if none was."""
    chosen = [
        record.get("belief")
        for record in records
        if record.get("kind") == "belief" and record.get("prediction") == prediction.id
    ]
    return str(chosen[-1]) if chosen else None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sureness:
    """Confidence against outcome, over the predictions that were scored.

    Attributes
    ----------
    n, n_right : int
        How many were scored, and how many of these were right.
    mean : float
        Mean confidence, 0 to 1.
    score : float
        The Brier score: mean squared distance between confidence and outcome.
    """

    n: int
    n_right: int
    mean: float
    score: float

    def sentence(self) -> str:
        """Say it in words; with fewer than five predictions, only what is to come."""
        if self.n < ENOUGH:
            return (
                f"After five predictions ({self.n} so far, over all lessons) this line says how "
                "well you know what you know."
            )
        return (
            f"How well you know what you know: in {self.n} predictions, over all lessons, you were "
            f"{100 * self.mean:.0f} % sure on average, and right in {self.n_right} "
            f"({100 * self.n_right / self.n:.0f} %). Taken one by one: {self.score:.2f}, where 0 "
            "is perfect and saying 50 % every time gives 0.25."
        )


def sureness(records: Sequence[Record], predictions: Sequence[Prediction]) -> Sureness:
    """Return confidence against outcome over the predictions that were scored."""
    pairs = []
    for prediction in predictions:
        record = latest(records, prediction) or {}
        sure, right = record.get("confidence"), record.get("right")
        if isinstance(sure, (int, float)) and isinstance(right, bool):
            pairs.append((float(sure), right))
    confidences, outcomes = [sure for sure, _ in pairs], [right for _, right in pairs]
    return Sureness(
        n=len(pairs),
        n_right=sum(outcomes),
        mean=sum(confidences) / max(len(confidences), 1),
        score=brier(confidences, outcomes) or 0.0,
    )


def summary_card(
    records: Sequence[Record],
    predictions: Sequence[Prediction],
    way_on: tuple[str, str] | None,
    *,
    sure: Sureness,
) -> Card:
    """Show one row a prediction, confidence against outcome, and what comes next and where."""
    rows = [_row(prediction, latest(records, prediction)) for prediction in predictions]
    head = ("prediction", "you", "what happened", "outcome")
    html, text = table(head, rows, "Your predictions against what happened")
    line = sure.sentence()
    html += f"<p>{escape(line)}</p>"
    text += f"\n{line}"
    if way_on is not None:
        what, path = way_on
        stem = path.rpartition("/")[2].removesuffix(".ipynb")
        html += f'<p>Next: {escape(what)}, <a href="{escape(path)}">{escape(stem)}</a>.</p>'
        text += f"\nNext: {what}, {path}"
    return Card(html, text, kind="elab-plain")


def _row(prediction: Prediction, record: Record | None) -> tuple[str, str, str, str]:
    title = f"{prediction.id[-1]}. {prediction.title}"
    if record is None:
        return title, "skipped", "not shown", "– skipped"
    truth = prediction.option(prediction.answer).text
    number = prediction.pictures().number if prediction.number is not None else None
    unit = prediction.number.unit if prediction.number is not None else ""
    if number is not None:
        truth = f"{said(number)} {unit}, {truth}"
    if record.get("answer") == NO_IDEA:
        return title, NO_IDEA, truth, "– not scored"
    chosen = prediction.option(str(record["answer"])).text
    if isinstance(record.get("guess"), (int, float)):
        chosen = f"{said(float(record['guess']))} {unit}, {chosen}"
    sure = next((w for w, v in CONFIDENCE.items() if v == record.get("confidence")), "")
    outcome = "● as predicted" if record.get("right") else "○ otherwise"
    if number is not None and not record.get("right"):
        guess = record.get("guess")
        if record.get("answer") == prediction.answer:
            outcome = "○ right shape, other number"
        elif isinstance(guess, (int, float)) and prediction.near(guess):
            outcome = "○ right number, other shape"
    elif not record.get("right") and record.get("answer") == prediction.answer:
        outcome = "○ other reason"
    if isinstance(record.get("score"), (int, float)):
        outcome += f" (score {record['score']:.2f})"
    return title, f"{chosen} ({sure})" if sure else chosen, truth, outcome


def references_card(ids: Sequence[str]) -> Card:
    """List the sources of the quoted rows, one line a source, with the ids that rest on it."""
    known = {row.id: row for row in claims.claims()}
    sources: dict[str, list[str]] = {}
    marks: dict[str, set[str]] = {}
    for claim_id in ids:
        row = known.get(claim_id)
        if row is not None:
            sources.setdefault(row.reference, []).append(claim_id)
            marks.setdefault(row.reference, set()).add(row.known)
    published = [ref for ref in sources if not ref.startswith("engramlab,")]
    ours = [
        claim_id for ref, found in sources.items() if ref not in published for claim_id in found
    ]
    html = '<p class="elab-word">Sources of this lesson</p><ul>'
    lines = ["Sources of this lesson"]
    for reference in sorted(published):
        mark = " (quoted at second hand)" if "secondary" in marks[reference] else ""
        html += f"<li>{_linked(reference)} [{_ids(sources[reference])}]{mark}</li>"
        lines.append(f"- {reference} [{', '.join(sources[reference])}]{mark}")
    html += "</ul>"
    if ours:
        said = "Measured by the course's own models, and by its tests again: "
        html += f'<p class="elab-small">{escape(said)}{_ids(ours)}.</p>'
        lines.append(f"{said}{', '.join(ours)}.")
    return Card(html, "\n".join(lines), kind="elab-plain")


def _linked(reference: str) -> str:
    """Escape a reference and turn its DOI address into a link; nothing is fetched."""
    return re.sub(r"https://doi\.org/\S+", r'<a href="\g<0>">\g<0></a>', escape(reference))


def _ids(found: Sequence[str]) -> str:
    """Claim ids as HTML, each unbroken at the end of a line."""
    return ", ".join(f'<span class="elab-id">{escape(each)}</span>' for each in found)
