"""The pages: safe whatever a learner returned, bounded, and with points that add up."""

import re
from html.parser import HTMLParser

import pytest
from marks_tools import ITEMS, fill, keep, points, result

from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import feedback, marks, results
from engramlab.course.grading.showing import cut, one_row, visible

EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>&lt;{{ 7 * 7 }}"
    "\x1b[31m\x1b]0;title\x07\u202eright\u2066\u200b\x00\x9b\u2028 </style></section>"
)
ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong", "small"}
ALLOWED |= {"section", "span", "dl", "dt", "dd", "code", "ul", "ol", "li", "footer"}


class Parts(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open, self.words = set(), set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words += data


def hostile(words, learner="eve"):
    """Return a result in which every field that a learner has a hand in holds the words."""
    made = result(learner, text=words, reasons=[words])
    for verdict in made["items"]:
        verdict |= {"outcome": "error", "message": words, "line": words, "hint": words}
        verdict |= {"asked": words, "returned": words, "misconception": words}
    return made


def pages(out, made, comment):
    """Return both kinds of page, with the teacher's comment and reason."""
    keep(out, made)
    points(out / "free_text.csv", made["learner"], "1", "0", "1", "1", comment=comment)
    fill(out / "by_hand.csv", made["learner"], points="ok", reason=comment)
    keep(out, made)
    return [
        (out / "feedback" / f"{made['learner']}.html").read_text(encoding="utf-8"),
        (out / "free_text.html").read_text(encoding="utf-8"),
    ]


def test_hostile_words_are_shown_and_nothing_else(tmp_path):
    for text in pages(tmp_path, hostile(EVIL), EVIL):
        parts = Parts(text)
        assert parts.open == []
        assert parts.tags <= ALLOWED
        assert parts.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class",
                                    "aria-hidden"}  # fmt: skip
        assert "<script>alert(1)</script>" in parts.words
        assert "{{ 7 * 7 }}" in parts.words
        assert r"\x1b[31m" in parts.words
        assert r"\u202eright" in parts.words
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2066]", text)
        assert "default-src 'none'" in text
        assert not re.search(r"url\(|@import|https?:", text)


def test_a_hostile_name_is_shown_too(tmp_path):
    name = "<b>&\u202eeve"
    text, sheet = pages(tmp_path, hostile("x", learner=name), "")
    for page in (text, sheet):
        assert r"<b>&\u202eeve" in Parts(page).words
        assert "b" not in Parts(page).tags


def test_pages_are_bounded_whatever_was_returned(tmp_path, record_property):
    text, sheet = pages(tmp_path, hostile("'<\u202e" * 40_000), '"' * 30_000)
    size = len(text.encode())
    assert size < 1_000_000
    assert len(sheet.encode()) < 1_000_000
    assert "… cut, 120,000 characters in all" in Parts(text).words
    record_property("say", f"largest feedback page: {size / 1e6:.2f} MB")


@pytest.mark.parametrize("lines", ["1111", "0000", "1010"])
def test_points_add_up_and_the_rubric_says_which(tmp_path, lines):
    made = result("ada", right=("recall", "pseudo_inverse_weights"))
    keep(tmp_path, made)
    points(tmp_path / "free_text.csv", "ada", *lines, comment="Well said.")
    keep(tmp_path, made)
    words = " ".join(
        Parts((tmp_path / "feedback/ada.html").read_text(encoding="utf-8")).words.split()
    )
    mine = lines.count("1")
    assert f"{4 + 2 + mine} of 13 points" in words
    assert f"4 of 9 for the functions, {mine} of 4 for your own words, 2 on top" in words
    assert words.count(" 1 of 1 ") == mine
    assert words.count(" 0 of 1 ") == 4 - mine
    assert "Well said." in words
    assert "Your teacher adds" not in words


def test_what_is_open_is_said_to_be_open():
    made = result("ada", reasons=["recall calls the package's own model"])
    words = Parts(feedback.page(made, ITEMS)).words
    assert "Your teacher will look at this by hand" in words
    assert "Not final yet." in words
    assert "Your teacher adds the points" in words
    assert "of 13" not in words


def test_nothing_handed_in_and_nothing_read():
    assert (
        "In your own words: not attempted"
        in Parts(feedback.page(result("a", text=""), ITEMS)).words
    )
    unread = Parts(feedback.page(result("a", items=(), text="", reasons=["x"]), ITEMS)).words
    assert "No text was found in the notebook. Your teacher will look." in unread
    assert "not attempted" not in unread


def test_points_by_hand_stand_on_the_page(tmp_path):
    made = result("ben", items=(), text="", reasons=["not JSON"])
    keep(tmp_path, made)
    fill(tmp_path / "by_hand.csv", "ben", points="7", reason="Seen <on> paper.")
    keep(tmp_path, made)
    words = Parts((tmp_path / "feedback/ben.html").read_text(encoding="utf-8")).words
    assert "gives 7 points for the functions" in words
    assert "Seen <on> paper." in words


def test_no_solution_and_no_source_of_a_check():
    for item in ITEMS:
        text = feedback.page(result("ada", right=()), ITEMS)
        assert item.examine.__name__ not in text


def test_the_marking_page_lists_a_class_once(tmp_path):
    keep(tmp_path, *(result(f"learner {k:03}", text=f"Text {k:03}.") for k in range(300)))
    text = (tmp_path / "free_text.html").read_text(encoding="utf-8")
    words = Parts(text).words
    assert all(words.count(f"Text {k:03}.") == 1 for k in range(300))
    assert words.count(RUBRIC[0]) == 300
    assert "learner 007 row 9 Text 007." in " ".join(words.split())
    assert len(text) < 1_000_000


def test_a_changed_text_stands_among_those_to_mark(tmp_path):
    keep(tmp_path, result("ada"), result("ben"))
    for name in ("ada", "ben"):
        points(tmp_path / "free_text.csv", name, "1", "1", "1", "1")
    keep(tmp_path, result("ben", text="New words."))
    words = Parts((tmp_path / "free_text.html").read_text(encoding="utf-8")).words
    assert words.index("To mark: 1") < words.index("New words.") < words.index("Marked: 1")
    assert marks.CHANGED in words


def test_a_page_that_says_the_same_is_not_written_again(tmp_path):
    keep(tmp_path, result("ada"))
    page = tmp_path / "feedback/ada.html"
    page.chmod(0o400)
    before = page.stat().st_mtime_ns
    keep(tmp_path, *results.load_all(tmp_path))
    assert page.stat().st_mtime_ns == before


def test_shown_text():
    assert visible("a\tb\nc") == "a\tb\nc"
    assert (
        visible("e\u0301 \U0001f469\u200d\U0001f52c שלום")
        == "e\u0301 \U0001f469\u200d\U0001f52c שלום"
    )
    assert visible("\ud800\U000e0041\ufeff") == r"\ud800\ue0041\ufeff"
    assert cut("x" * 10, 10) == "x" * 10
    assert cut("x" * 12, 10) == "x" * 10 + " … cut, 12 characters in all"
    assert one_row("a\n\x1b[2J  b") == r"a \x1b[2J b"
