"""The table of the constants: whole, its origins those of the code, readable by a machine."""

from html.parser import HTMLParser

import engramlab as el
from engramlab.ensemble import COURSE, TUNED, WEAK
from engramlab.ensemble._constants import MEANING


class Cells(HTMLParser):
    """The texts of a table by kind of cell, and the scope of its headers."""

    def __init__(self):
        super().__init__()
        self.found, self.scopes, self.inside = [], [], None

    def handle_starttag(self, tag, attrs):
        if tag in ("caption", "th", "td"):
            self.inside = tag
            self.found.append([tag, ""])
            self.scopes += [value for name, value in attrs if name == "scope"]

    def handle_data(self, data):
        if self.inside:
            self.found[-1][1] += data


def test_every_constant_is_in_it_with_its_origin():
    table = el.ensemble_table()
    names = [name for name, *_ in table.rows]
    capture = [f"capture.{part}" for part in COURSE.capture._fields]
    assert names == [*(each for each in COURSE._fields if each != "capture"), *capture, "WEAK"]
    assert table.tuned == (*TUNED, "WEAK")
    origins = {name: origin for name, _, origin, _ in table.rows}
    assert {origins[name] for name in capture} == {"published"}
    assert set(MEANING) == set(COURSE._fields)
    assert len({meaning for *_, meaning in table.rows}) == len(table.rows)
    assert table.rows[-1][1] == f"{WEAK:g}"


def test_the_text_marks_what_was_tuned():
    lines = repr(el.ensemble_table()).splitlines()
    starred = {line.split()[1] for line in lines if line.startswith("*")}
    assert starred == {*TUNED, "WEAK"}
    assert max(map(len, lines)) <= 110


def test_a_screen_reader_finds_caption_headers_and_origins():
    cells = Cells()
    cells.feed(el.ensemble_table()._repr_html_())
    kinds = [kind for kind, _ in cells.found]
    n = len(el.ensemble_table().rows)
    assert kinds[0] == "caption"
    assert cells.scopes == ["col"] * 4 + ["row"] * n
    assert [text for kind, text in cells.found if kind == "td"].count("tuned") == len(TUNED) + 1


def test_another_set_shows_its_values():
    rows = el.ensemble_table(COURSE._replace(inhibition=9.5)).rows
    assert ("inhibition", "9.5") in [row[:2] for row in rows]
