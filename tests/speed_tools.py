"""Paired ratios of speed: both arms in one run, turn by turn, never seconds as a gate."""

import statistics
import time

from threadpoolctl import threadpool_info


def seconds(function):
    """Return how long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def ratio(peer, ours, *, rounds=5, calls=1):
    """Return the median over rounds of (time of the peer) / (time of ours), after a warm-up.

    `calls` repeats ours within a round where one call is short; its fastest counts, as does the
    fastest of as many calls of the peer.
    """
    peer()
    ours()
    return statistics.median(
        min(seconds(peer) for _ in range(calls)) / min(seconds(ours) for _ in range(calls))
        for _ in range(rounds)
    )


def blas():
    """Describe the BLAS that ran: its kernel and its threads."""
    return "; ".join(
        f"{lib['internal_api']} {lib.get('architecture', '?')}, {lib['num_threads']} thread(s)"
        for lib in threadpool_info()
        if lib["user_api"] == "blas"
    )
