"""What a refresh or a reset of the workspace did, in the learner's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one refresh or reset did, by paths relative to the workspace.

    Parameters
    ----------
    added, refreshed, deleted : tuple of str
        Copied for the first time; replaced since untouched; left away since the learner deleted it.
    beside : tuple of (str, str)
        The learner's notebook and, beside it, the course's new version.
    aside : tuple of (str, str)
        The notebook that was reset and where the learner's copy lies now.
    notes : tuple of str
        Further sentences for the learner.
    """

    added: tuple[str, ...] = ()
    refreshed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return one line for each thing that a learner should know."""
        lines = list(self.notes)
        if self.added:
            lines.append(f"New: {_some(self.added)}.")
        if self.refreshed:
            lines.append(f"Updated, since you had not changed them: {_some(self.refreshed)}.")
        lines += [
            f"{mine} holds your work and stays; the course's new version lies beside it as {new}."
            for mine, new in self.beside
        ]
        lines += [
            f"Your {mine} lies now beside the fresh one as {kept}." for mine, kept in self.aside
        ]
        return lines


class Log:
    """Collects what a refresh does."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.refreshed: list[str] = []
        self.deleted: list[str] = []
        self.beside: list[tuple[str, str]] = []
        self.aside: list[tuple[str, str]] = []
        self.notes: list[str] = []

    def changes(self, notes: tuple[str, ...]) -> Changes:
        return Changes(
            added=tuple(self.added),
            refreshed=tuple(self.refreshed),
            deleted=tuple(self.deleted),
            beside=tuple(self.beside),
            aside=tuple(self.aside),
            notes=(*notes, *self.notes),
        )


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more"
