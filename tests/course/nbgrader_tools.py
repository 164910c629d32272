"""Running nbgrader itself in the tests: its commands, and a course with a released exercise."""

import json
import os
import subprocess
import sys
from pathlib import Path

from engramlab.course import checks
from engramlab.course.grading import export


def call(folder, *arguments):
    """Run one nbgrader command in a course folder and return what it prints."""
    tools = Path(sys.executable).parent  # nbgrader calls alembic by its bare name
    changes = {"HOME": str(folder), "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def export_course(folder):
    """Write our solved notebooks as nbgrader's source tree."""
    assert export.run("nbgrader", folder) == 0
    return folder


def release(folder, lesson):
    """Let nbgrader make the exercise of a lesson."""
    call(folder, "generate_assignment", checks.lessons()[lesson])


def hand_in(folder, lesson, learners):
    """Put each learner's notebook where nbgrader collects it."""
    stem = checks.lessons()[lesson]
    for learner, notebook in learners.items():
        path = folder / "submitted" / learner / stem / f"{stem}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
