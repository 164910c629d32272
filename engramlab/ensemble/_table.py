"""The one set of constants as a table to print: value, meaning, and which were set by hand."""

from dataclasses import dataclass
from html import escape

from engramlab.ensemble._cells import checked
from engramlab.ensemble._constants import COURSE, MEANING, TUNED, WEAK, EnsembleConstants

_HEADINGS = ("name", "value", "origin", "meaning")
_CAPTURE = {
    "tau_early_hours": "hours in which the early part of a change fades",
    "threshold_tag": "early part above which a synapse has its tag",
    "threshold_protein": "early part above which a cell makes proteins",
    "tau_protein_hours": "hours in which proteins come and go",
    "tau_build_hours": "hours in which proteins build the late part",
    "late_up": "late part that a strengthened synapse reaches",
    "late_down": "late part that a weakened synapse reaches",
    "tau_late_hours": "hours in which the late part fades; inf: it stays",
}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class EnsembleTable:
    """Every constant of the ensemble; shown as text by `print`, as a table by a notebook.

    Attributes
    ----------
    rows : tuple of tuple of four str
        Name, value, origin ("tuned", "ours" or "published") and meaning.
    """

    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def tuned(self) -> tuple[str, ...]:
        """Names of the constants that were moved by hand until known results came out."""
        return tuple(name for name, _, origin, _ in self.rows if origin == "tuned")

    def __repr__(self) -> str:
        """Return the table as text, a star before what was tuned."""
        lines = [
            (("* " if origin == "tuned" else "  ") + name, value, origin, meaning)
            for name, value, origin, meaning in (_HEADINGS, *self.rows)
        ]
        wide = [max(len(line[k]) for line in lines) for k in range(3)]
        return "\n".join(
            "  ".join([*(line[k].ljust(wide[k]) for k in range(3)), line[3]]) for line in lines
        )

    def _repr_html_(self) -> str:
        """Return the table for a notebook: the origin is said in words."""
        head = "".join(f'<th scope="col" style="text-align:left">{each}</th>' for each in _HEADINGS)
        body = ""
        for name, *others in self.rows:
            word = "<strong>tuned</strong>" if others[1] == "tuned" else others[1]
            cells = [escape(others[0]), word, escape(others[2])]
            body += f'<tr><th scope="row" style="text-align:left"><code>{escape(name)}</code></th>'
            body += "".join(f'<td style="text-align:left">{each}</td>' for each in cells) + "</tr>"
        return (
            '<table><caption style="text-align:left">Constants of the ensemble; '
            f"{len(self.tuned)} of {len(self.rows)} were tuned by hand</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def ensemble_table(constants: EnsembleConstants = COURSE) -> EnsembleTable:
    """Return the constants of the ensemble as a table: value, origin, meaning.

    Parameters
    ----------
    constants : EnsembleConstants
        `COURSE`, the set of every lesson, or that set with some values replaced.

    Returns
    -------
    EnsembleTable
        `.tuned` names what was set by hand until known results came out.

    Raises
    ------
    TypeError, ValueError
        If `constants` is no such set or a value is out of its range.

    See Also
    --------
    robustness_table : what becomes of each effect when such a value is turned. Lesson 05.

    Examples
    --------
    >>> table = ensemble_table()
    >>> "gate_offline" in table.tuned, "p_contact" in table.tuned
    (True, False)
    >>> table.rows[0]
    ('n_cells', '400', 'ours', 'cells of the ensemble: enough for an engram of 40')
    """
    rows = []
    for name, value in checked(constants)._asdict().items():
        if name == "capture":
            rows += [
                (f"capture.{part}", f"{number:.4g}", "published", _CAPTURE[part])
                for part, number in value._asdict().items()
            ]
        else:
            origin = "tuned" if name in TUNED else "ours"
            rows.append((name, f"{value:g}", origin, MEANING[name]))
    rows.append(("WEAK", f"{WEAK:g}", "tuned", "share of the way to its limit after a weak shock"))
    return EnsembleTable(rows=tuple(rows))
