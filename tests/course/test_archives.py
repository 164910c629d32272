"""SUBMISSIONS as a zip file: what a platform exports, and what an attacker makes of it."""

import contextlib
import io
import json
import os
import stat
import struct
import tempfile
import zipfile
from types import SimpleNamespace

import pytest
from grading_tools import STEM, outcomes, results, solved, without_metadata

from engramlab._types import CourseError
from engramlab.course.grading import archives, batch
from engramlab.course.grading.submissions import find, gathered

NOTEBOOK = b'{"cells": []}'
ADA, BEN = (f"{name}_assignsubmission_file/{STEM}.ipynb" for name in ("Ada L_11", "Ben_12"))


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path, monkeypatch):
    """Watch the folder of temporary files, and find it empty at the end."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert not list(folder.glob("engramlab-grading-*"))


def packed(members, method=zipfile.ZIP_DEFLATED):
    """Return a zip file's bytes; members are pairs of a name or ZipInfo and bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return file.getvalue()


def found(tmp_path, data, name="class.zip"):
    """Return what each learner's notebook holds, or why there is none."""
    path = tmp_path / name
    path.write_bytes(data)
    with gathered(path) as handed_in:
        return {
            one.learner: one.path.read_bytes() if one.path else one.problem
            for one in find(handed_in, STEM)
        }


def refusal(tmp_path, data):
    """Return why a zip file is refused as a whole, having written nothing anywhere."""
    with pytest.raises(CourseError) as caught:
        found(tmp_path, data)
    assert "class.zip" in str(caught.value)
    assert "Nothing was graded" in str(caught.value)
    assert {path.name for path in tmp_path.rglob("*")} == {"class.zip", "tmp"}
    return str(caught.value)


def with_field(data, *, local, central, name, value, width="<H"):
    """Return a zip file in which a field of one member's two headers is overwritten."""
    data = bytearray(data)
    for signature, offset, length in ((b"PK\3\4", local, 30), (b"PK\1\2", central, 46)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if offset is not None and data[at + length :].startswith(name.encode()):
                struct.pack_into(width, data, at + offset, value)
    return bytes(data)


def flagged(data, name, flag):
    return with_field(data, local=6, central=8, name=name, value=flag)


def test_a_class_is_graded_from_its_zip_file(tmp_path):
    data = packed(
        {
            ADA: json.dumps(solved()),
            f"Ben_12_assignsubmission_file/{STEM}.ipynb": json.dumps(without_metadata(solved())),
            "Cem_13_assignsubmission_onlinetext/onlinetext.html": "my text",
        }
    )
    (tmp_path / "class.zip").write_bytes(data)
    assert batch.run(tmp_path / "class.zip", tmp_path / "out", unsafe=True) == 0
    graded = results(tmp_path / "out")
    assert {learner: result["total"] for learner, result in graded.items()} == {
        "Ada L_11": 9,
        "Ben_12": 9,
        "Cem_13": None,
    }
    assert set(outcomes(graded["Ada L_11"]).values()) == {"right"}
    assert graded["Ada L_11"]["platform"] == {"system": "moodle", "id": "11", "name": "Ada L"}
    assert "text typed into the platform" in graded["Cem_13"]["status"]
    again = (tmp_path / "out/gradebook.csv").read_bytes()
    assert batch.run(tmp_path / "class.zip", tmp_path / "out", unsafe=True) == 0
    assert (tmp_path / "out/gradebook.csv").read_bytes() == again
    assert (tmp_path / "out/run.log").read_text(encoding="utf-8").count("kept from") == 2


def test_what_is_unpacked_lies_in_a_private_folder_under_numbers(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(packed({ADA: NOTEBOOK, BEN: NOTEBOOK, "Ben_12_assignsubmission_file/a": b""}))
    with gathered(path) as handed_in:
        paths = [one.path for one in find(handed_in, STEM)]
        (folder,) = {path.parent for path in paths}
        written = sorted(path.name for path in folder.iterdir())
        assert [path.name for path in paths] == written == ["000001", "000002"]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


HOSTILE_NAMES = {
    "/etc/x.ipynb": "has an absolute path",
    "\\\\server\\x.ipynb": "has an absolute path",
    "C:\\x.ipynb": "has an absolute path",
    "c:x.ipynb": "has an absolute path",
    "../x.ipynb": "leads upwards",
    f"Ada L_11_assignsubmission_file/../../{STEM}.ipynb": "leads upwards",
    "a\\..\\..\\x.ipynb": "leads upwards",
    "a/.. /x.ipynb": "leads upwards",
    "a/.../x.ipynb": "leads upwards",
    "../readme.txt": "leads upwards",
    "a/" * 3000 + "x.ipynb": "longer than any path",
}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_path_that_leads_out_refuses_the_archive(tmp_path, name):
    said = refusal(tmp_path, packed({ADA: NOTEBOOK, name: NOTEBOOK}))
    assert HOSTILE_NAMES[name] in said
    assert repr(name[:5])[1:-1] in said


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_link_or_device_refuses_the_archive(tmp_path, kind):
    link = zipfile.ZipInfo(BEN)
    link.external_attr = (kind | 0o777) << 16
    assert "is a link or a device" in refusal(tmp_path, packed({ADA: NOTEBOOK, link: "/etc"}))


def test_a_zero_byte_in_a_name_refuses_the_archive(tmp_path):
    data = packed({ADA: NOTEBOOK, "Ben_12.txt?.ipynb": NOTEBOOK}).replace(b"t?.", b"t\0.")
    assert "holds a zero byte" in refusal(tmp_path, data)


def test_what_is_no_zip_file_is_refused(tmp_path):
    whole = packed({ADA: NOTEBOOK * 1000, BEN: NOTEBOOK * 1000})
    for data in (b"", b"no zip", whole[:-10], whole[: len(whole) // 2], whole[:4]):
        assert "it is no whole zip file" in refusal(tmp_path, data)
    broken = packed({ADA: NOTEBOOK}).replace(b"Ada L", b"Ad\xff L")
    assert "it is no whole zip file" in refusal(tmp_path, flagged_utf8(broken))
    with pytest.raises(CourseError, match="holds no submissions"):
        found(tmp_path, packed({}))


def flagged_utf8(data):
    """Claim UTF-8 for all names."""
    return data.replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\x08\x08\0")


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    bomb = {f"L_{n}_assignsubmission_file/x.ipynb": bytes(2**20) for n in range(30)}
    monkeypatch.setattr(archives, "LEAST_BOMB", 2**24)
    said = refusal(tmp_path, packed(bomb))
    assert "times its size, where 200 is the limit" in said
    monkeypatch.setattr(archives, "LEAST_BOMB", 2**30)
    assert len(found(tmp_path, packed(bomb))) == 30
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 2**24)
    with pytest.raises(CourseError, match="unpack to more than 16 MB"):
        found(tmp_path, packed(bomb))
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 2**30)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 29)
    assert "has 30 members, where 29 is the limit" in refusal(tmp_path, packed(bomb))
    monkeypatch.setattr(archives, "LARGEST_LIST", 2000)
    assert "the list of its members is too long" in refusal(tmp_path, packed(bomb))


def test_a_disk_without_room_is_named_before_anything_is_written(tmp_path, monkeypatch):
    full = SimpleNamespace(free=10)
    monkeypatch.setattr(archives.shutil, "disk_usage", lambda _: full)
    with pytest.raises(CourseError, match="set TMPDIR"):
        found(tmp_path, packed({ADA: NOTEBOOK}))


def test_one_learners_bad_file_costs_nobody_else(tmp_path):
    """Each row: what is wrong with Ben's member, and the reason that Ben gets."""
    plain = packed({ADA: NOTEBOOK, BEN: NOTEBOOK * 9}, zipfile.ZIP_STORED)
    squeezed = packed({ADA: NOTEBOOK, BEN: os.urandom(5000)})
    middle = squeezed.index(BEN.encode()) + 3000
    cases = {
        "encrypted": (flagged(plain, BEN, 1), "encrypted"),
        "check sum": (plain.replace(NOTEBOOK * 9, NOTEBOOK * 8 + b"x" * 13), "broken"),
        "deflated": (squeezed[:middle] + b"\0" * 40 + squeezed[middle + 40 :], "broken"),
        "another name": (plain.replace(BEN.encode(), BEN.encode().upper(), 1), "broken"),
        "method": (
            with_field(plain, local=8, central=10, name=BEN, value=99),
            "compressed in a way",
        ),
        "says less": (
            with_field(plain, local=None, central=24, name=BEN, value=9, width="<I"),
            "broken",
        ),
        "says more": (
            with_field(plain, local=None, central=24, name=BEN, value=9999, width="<I"),
            "cut off|broken",
        ),
        "too large": (
            with_field(plain, local=None, central=24, name=BEN, value=2**31, width="<I"),
            "larger than 100 MB",
        ),
    }
    for name, (data, reason) in cases.items():
        assert data != plain, name
        rows = found(tmp_path, data)
        assert rows.keys() == {"Ada L_11", "Ben_12"}, name
        assert rows["Ada L_11"] == NOTEBOOK, name
        assert any(part in rows["Ben_12"] for part in reason.split("|")), (name, rows["Ben_12"])


def test_one_learner_cannot_use_up_the_room_of_the_class(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_LEARNER", 2**21)
    monkeypatch.setattr(archives, "LEAST_BOMB", 3 * 2**20)
    flood = {f"Ben_12_assignsubmission_file/{n}.ipynb": bytes(2**20) for n in range(9)}
    flood[f"Ben_12_assignsubmission_file/9/{STEM}.ipynb"] = NOTEBOOK
    rows = found(tmp_path, packed({ADA: NOTEBOOK} | flood))
    assert rows["Ada L_11"] == NOTEBOOK
    assert "the learner's files unpack to more than 2 MB" in rows["Ben_12"]


def test_two_members_of_one_name(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        same = packed([(ADA, NOTEBOOK), (ADA, NOTEBOOK), (BEN, NOTEBOOK)])
    assert found(tmp_path, same) == {"Ada L_11": NOTEBOOK, "Ben_12": NOTEBOOK}
    with pytest.warns(UserWarning, match="Duplicate"):
        other = packed([(ADA, NOTEBOOK), (ADA, b"{}"), (BEN, NOTEBOOK)])
    rows = found(tmp_path, other)
    assert rows == {"Ada L_11": "there are two files of that name", "Ben_12": NOTEBOOK}


def test_names_of_any_encoding(tmp_path):
    names = ["M\u00fcller J\u00f6rg_7", "\u5f20\u4f1f_8"]
    members = {f"{name}_assignsubmission_file/x.ipynb": NOTEBOOK for name in names}
    assert set(found(tmp_path, packed(members))) == set(names)
    # Ruby's and other programs write UTF-8 and do not say so; old ones write code page 437.
    silent = packed(members).replace(b"\x14\0\0\x08", b"\x14\0\0\0")
    assert set(found(tmp_path, silent)) == set(names)
    old = packed({"J?rg_7_assignsubmission_file/x.ipynb": NOTEBOOK}).replace(b"J?rg", b"J\x94rg")
    assert set(found(tmp_path, old)) == {"J\u00f6rg_7"}


def test_what_systems_add_is_nobodys_work(tmp_path):
    junk = {
        "__MACOSX/Ada L_11_assignsubmission_file/._x.ipynb": b"\0\5\x16\7",
        ".DS_Store": b"x",
        "Ada L_11_assignsubmission_file/.DS_Store": b"x",
        "Ada L_11_assignsubmission_file/.ipynb_checkpoints/x-checkpoint.ipynb": b"x",
        "grades.csv": b"x",
    }
    assert found(tmp_path, packed({ADA: NOTEBOOK} | junk)) == {"Ada L_11": NOTEBOOK}


@pytest.mark.parametrize("slash", ["/", "\\"])
def test_a_folder_zipped_as_a_whole(tmp_path, slash):
    members = {
        f"class{slash}ada{slash}{STEM}.ipynb": NOTEBOOK,
        f"class{slash}ben.ipynb": NOTEBOOK,
        f"class{slash}cem{slash}": b"",
    }
    assert found(tmp_path, packed(members)) == {
        "ada": NOTEBOOK,
        "ben": NOTEBOOK,
        "cem": "no notebook in the folder",
    }
    alone = {f"ada/{STEM}.ipynb": NOTEBOOK, "ada/scratch.ipynb": b"{}"}
    assert found(tmp_path, packed(alone)) == {"ada": NOTEBOOK}


def test_a_zip_file_for_each_learner(tmp_path):
    inner = packed({f"work/{STEM}.ipynb": NOTEBOOK, "work/data.csv": b"1"})
    outer = {
        "Ada L_11_assignsubmission_file/work.zip": inner,
        "lovelaceada_12_34_work.zip": inner,
        "ben.zip": inner,
        "cem/deep/work.ZIP": inner,
    }
    rows = {"Ada L_11", "lovelaceada_12", "ben", "cem"}
    assert found(tmp_path, packed(outer)) == dict.fromkeys(rows, NOTEBOOK)
    folder = tmp_path / "folder"
    for name, data in outer.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with gathered(folder) as handed_in:
        assert {one.learner for one in find(handed_in, STEM) if one.path} == rows


def test_a_learners_bad_zip_file_is_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_LEARNER", 2**21)
    link = zipfile.ZipInfo("x.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    bad = {
        "bomb": (packed({f"{n}.ipynb": bytes(2**20) for n in range(5)}), "notebooks in the folder"),
        "one bomb": (packed({"x.ipynb": bytes(3 * 2**20)}), "more than 2 MB"),
        "up": (packed({"../x.ipynb": NOTEBOOK}), "leads upwards"),
        "link": (packed({link: "/etc/passwd"}), "a link or a device"),
        "nested": (packed({"x.zip": packed({"x.ipynb": NOTEBOOK})}), "lies in a zip file"),
        "empty": (packed({}), "it is empty"),
        "torn": (packed({"x.ipynb": NOTEBOOK})[:30], "no whole zip file"),
        "text": (b"hello", "no whole zip file"),
        "secret": (flagged(packed({"x.ipynb": NOTEBOOK}), "x.ipynb", 1), "encrypted"),
        "other": (packed({"essay.pdf": b"x"}), "essay.pdf is no notebook"),
    }
    rows = found(tmp_path, packed({f"{name}.zip": data for name, (data, _) in bad.items()}))
    assert rows.keys() == bad.keys()
    for name, (_, reason) in bad.items():
        assert reason in rows[name], (name, rows[name])


def test_a_notebook_beside_a_broken_zip_file_counts(tmp_path):
    rows = found(tmp_path, packed({ADA: NOTEBOOK, ADA.replace("ipynb", "zip"): b"no zip"}))
    assert rows == {"Ada L_11": NOTEBOOK}


def test_any_damage_is_refused_or_somebodys_row_and_never_a_crash(tmp_path):
    """Every second byte of an archive is turned round, one at a time."""
    whole = packed({ADA: NOTEBOOK, BEN: NOTEBOOK})
    seen = set()
    for at in range(0, len(whole), 2):
        data = bytearray(whole)
        data[at] ^= 0xFF
        with contextlib.suppress(CourseError):
            rows = found(tmp_path, bytes(data))
            seen |= rows.keys()
            assert 1 <= len(rows) <= 3
    assert {"Ada L_11", "Ben_12"} <= seen
