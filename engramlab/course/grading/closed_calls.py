"""The system calls that are closed to a learner's process, as a filter that the kernel runs.

Closed is what holds memory that no process is seen to use (shared memory, files without a disk),
what opens new namespaces, in which an ordinary user may mount disks in memory, and rare doors into
the kernel that no notebook needs. Everything else is as it is without a filter.
"""

import platform
import struct
import sys

NAMES = (
    *("memfd_create", "memfd_secret", "shmget", "semget", "msgget", "mq_open", "vmsplice"),
    *("unshare", "setns", "mount", "umount2", "pivot_root", "open_tree", "fsopen"),
    *("ptrace", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup"),
    *("add_key", "request_key", "keyctl"),
)
"""The closed calls; each answers "not permitted"."""

NUMBERS = {
    "x86_64": (
        *(319, 447, 29, 64, 68, 240, 278),
        *(272, 308, 165, 166, 155, 428, 430),
        *(101, 321, 298, 323, 425),
        *(248, 249, 250),
    ),
    "aarch64": (
        *(279, 447, 194, 190, 186, 180, 75),
        *(97, 268, 40, 39, 41, 428, 430),
        *(117, 280, 241, 282, 425),
        *(217, 218, 219),
    ),
}
"""The numbers of `NAMES` on each machine."""

_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CLONE = {"x86_64": 56, "aarch64": 220}
_MMAP = {"x86_64": 9, "aarch64": 222}
_CLONE3 = 435
_OTHER_TABLE = 0x40000000
"""From this number on x86_64 has the same calls a second time."""
_NEW_NAMESPACES = 0x7E020000
_SHARED_WITHOUT_FILE = 0x21

_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IS, _FROM, _HAS = 0x15, 0x35, 0x45
_ALLOW, _NOT_PERMITTED, _NO_SUCH_CALL = 0x7FFF0000, 0x00050001, 0x00050026


def program(machine: str | None = None) -> bytes | None:
    """Return the filter for bubblewrap's `--seccomp`, or None where the numbers are not known.

    Parameters
    ----------
    machine : str, optional
        As `platform.machine` names it; by default this one.
    """
    machine = machine or platform.machine()
    if machine not in NUMBERS or sys.byteorder != "little":
        return None
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_IS, 1, 0, _MACHINES[machine]),
        (_RETURN, 0, 0, _NO_SUCH_CALL),
        (_LOAD, 0, 0, _NUMBER),
        (_FROM, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, _NO_SUCH_CALL),
        (_IS, 0, 1, _CLONE3),  # its flags lie where no filter can look; callers then use `clone`
        (_RETURN, 0, 0, _NO_SUCH_CALL),
    ]
    for number in NUMBERS[machine]:
        steps += [(_IS, 0, 1, number), (_RETURN, 0, 0, _NOT_PERMITTED)]
    steps += [
        (_IS, 0, 3, _CLONE[machine]),
        (_LOAD, 0, 0, _ARGUMENTS),
        (_HAS, 0, 5, _NEW_NAMESPACES),
        (_RETURN, 0, 0, _NOT_PERMITTED),
        (_IS, 0, 3, _MMAP[machine]),
        (_LOAD, 0, 0, _ARGUMENTS + 3 * 8),
        (_AND, 0, 0, _SHARED_WITHOUT_FILE),
        (_IS, 1, 0, _SHARED_WITHOUT_FILE),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_PERMITTED),
    ]
    return b"".join(struct.pack("<HBBI", *step) for step in steps)
