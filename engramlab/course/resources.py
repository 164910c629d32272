"""Where the course's own notebooks lie: inside the installed package, or in the repository."""

from pathlib import Path

from engramlab._types import CourseError

PACKAGE = Path(__file__).resolve().parents[1]
KINDS = ("lessons", "exercises")


def _resolve(kind: str) -> Path:
    """Return the folder of one kind of notebook: the package's data first, then the repository.

    The wheel carries the notebooks as package data; an editable install does not, and there the
    repository's own folder stands beside the package.
    """
    inside = PACKAGE / "data" / "course" / kind
    if any(inside.glob("*.ipynb")):
        return inside
    repository = PACKAGE.parent
    if (repository / "pyproject.toml").is_file() and (repository / kind).is_dir():
        return repository / kind
    if inside.is_dir():
        return inside
    raise CourseError(
        f"This installation of engramlab has no {kind}: {inside} is missing. "
        "Install it again with `pip install --force-reinstall engramlab`."
    )


def lessons_folder() -> Path:
    """Return the folder that holds the pristine lessons.

    Raises
    ------
    CourseError
        If the installation is broken and has none.
    """
    return _resolve("lessons")


def exercises_folder() -> Path:
    """Return the folder that holds the pristine exercises.

    Raises
    ------
    CourseError
        If the installation is broken and has none.
    """
    return _resolve("exercises")


def sources() -> dict[str, Path]:
    """Return both folders by the name that they have in a workspace."""
    return {"lessons": lessons_folder(), "exercises": exercises_folder()}
