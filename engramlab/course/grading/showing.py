"""Foreign text made fit to be shown: control characters are seen, not obeyed; all is bounded."""

import re
import unicodedata

_JOINERS = "\u200c\u200d\u00ad"  # some scripts and emoji need them; they hide nothing
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def visible(text: str) -> str:
    """Return `text` with terminal escapes, bidi controls and the like written out.

    Examples
    --------
    >>> print(visible("red \x1b[31m, turned \u202e round"))
    red \\x1b[31m, turned \\u202e round
    """
    if text.isascii() and not _HIDDEN.search(text):
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(letter: str) -> str:
    hidden = _HIDDEN.match(letter) or (
        unicodedata.category(letter) in ("Cf", "Cs") and letter not in _JOINERS
    )
    if not hidden:
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def cut(text: str, longest: int) -> str:
    """Return `text` as `visible` shows it, with a word on how much was cut beyond `longest`."""
    shown = visible(text[:longest])
    return shown if len(text) <= longest else f"{shown} … cut, {len(text):,} characters in all"


def one_row(text: str, longest: int = 300) -> str:
    """Return `text` for one line of a terminal or a cell: visible, cut, without line ends."""
    return " ".join(cut(text, longest).split())


def counted(number: int, what: str) -> str:
    """Return a number with what it counts, in the singular or the plural.

    Examples
    --------
    >>> counted(1, "row"), counted(2, "free text")
    ('1 row', '2 free texts')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"
