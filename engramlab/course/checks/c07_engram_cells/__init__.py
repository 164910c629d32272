"""Lesson 07: what is necessary and sufficient, a matched control, a protocol, what breaks what."""

from engramlab.course.checks.c07_engram_cells._control import MATCHED_CONTROL
from engramlab.course.checks.c07_engram_cells._knobs import KNOBS_THAT_BREAK
from engramlab.course.checks.c07_engram_cells._protocol import LABEL_AND_REACTIVATE
from engramlab.course.checks.c07_engram_cells._purity import LABEL_PURITY
from engramlab.course.checks.c07_engram_cells._table import NECESSITY_SUFFICIENCY

ITEMS = (
    NECESSITY_SUFFICIENCY,
    MATCHED_CONTROL,
    LABEL_AND_REACTIVATE,
    KNOBS_THAT_BREAK,
    LABEL_PURITY,
)
