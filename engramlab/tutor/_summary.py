"""The end of a lesson: predictions against outcomes, one number, the way on; and the sources."""

import re
from collections.abc import Sequence
from typing import Any

from engramlab.course import claims
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, Prediction, brier
from engramlab.tutor._cards import Card, escape, table

Record = dict[str, Any]


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


def calibration(records: Sequence[Record], predictions: Sequence[Prediction]) -> float | None:
    """Return the Brier score over the predictions that were scored, None if there is none."""
    pairs = []
    for prediction in predictions:
        record = latest(records, prediction) or {}
        sure, right = record.get("confidence"), record.get("right")
        if isinstance(sure, (int, float)) and isinstance(right, bool):
            pairs.append((float(sure), right))
    return brier([sure for sure, _ in pairs], [right for _, right in pairs])


def summary_card(
    records: Sequence[Record], predictions: Sequence[Prediction], exercise: str | None
) -> Card:
    """Show one row a prediction, the calibration, and the way to the exercise."""
    rows = [_row(prediction, latest(records, prediction)) for prediction in predictions]
    head = ("prediction", "you", "the network", "outcome")
    html, text = table(head, rows, "Your predictions against what happened")
    score = calibration(records, predictions)
    if score is None:
        said = "Calibration: none yet, since no prediction with a confidence was locked in."
    else:
        said = (
            f"Calibration: {score:.2f} (0 is perfect; “50 %” every time would give 0.25; "
            "lower is better)."
        )
    html += f"<p>{escape(said)}</p>"
    text += f"\n{said}"
    if exercise is not None:
        path = f"../exercises/{exercise}.ipynb"
        html += f'<p>Next: the exercise, <a href="{escape(path)}">{escape(exercise)}</a>.</p>'
        text += f"\nNext: the exercise, {path}"
    return Card(html, text, kind="elab-plain")


def _row(prediction: Prediction, record: Record | None) -> tuple[str, str, str, str]:
    title = f"{prediction.id[-1]}. {prediction.title}"
    if record is None:
        return title, "skipped", "not shown", "– skipped"
    truth = prediction.option(prediction.answer).text
    number = prediction.pictures().number if prediction.number is not None else None
    if number is not None:
        truth = f"{number:.2g}, {truth}"
    if record.get("answer") == NO_IDEA:
        return title, NO_IDEA, truth, "– not scored"
    chosen = prediction.option(str(record["answer"])).text
    if isinstance(record.get("guess"), (int, float)):
        chosen = f"{record['guess']:.2g}, {chosen}"
    sure = next((w for w, v in CONFIDENCE.items() if v == record.get("confidence")), "")
    outcome = "● as predicted" if record.get("right") else "○ otherwise"
    if isinstance(record.get("score"), (int, float)):
        outcome += f" (score {record['score']:.2f})"
    elif not record.get("right") and record.get("answer") == prediction.answer:
        outcome = "○ other reason"
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
