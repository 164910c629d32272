"""The Hopfield network: what it stores and how it recalls."""

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._blas import one_thread
from engramlab._checks import Signs, signs, square, symmetric, whole, yes_or_no
from engramlab._types import Float, Rng, array_repr, generator
from engramlab.attractors._results import Recall, Recalls
from engramlab.kernels.attractors import update_all, update_all_many

EXACT = 2**24  # whole numbers below this are exact in float32
RULES = ("hebbian", "pseudo_inverse")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Hopfield:
    """A network of +1/-1 units with symmetric weights; `store` makes one from memories.

    Attributes
    ----------
    couplings : ndarray of shape (n_neurons, n_neurons)
        float32; whole numbers for the Hebbian rule, so that all sums are exact.
    scale : float
        weights = couplings x scale; 1 / n_neurons for the Hebbian rule.
    patterns : ndarray of shape (n_patterns, n_neurons)
        int8, the memories; no rows for a network made from weights.
    rule : str
        "hebbian", "pseudo_inverse" or "given".

    References
    ----------
    Hopfield JJ (1982) PNAS 79:2554-2558, 10.1073/pnas.79.8.2554 (there with 0/1 units). With +1/-1
    units and zero threshold: Amit DJ, Gutfreund H, Sompolinsky H (1987) Ann Phys 173:30-67,
    10.1016/0003-4916(87)90092-3.

    Examples
    --------
    One memory of four units: w_12 = (+1)(+1)/4, and a cue with one wrong unit is repaired.

    >>> net = Hopfield.store([[1, 1, -1, -1]])
    >>> net.weights[0].tolist()
    [0.0, 0.25, -0.25, -0.25]
    >>> net.recall([1, -1, -1, -1], rng=1).final.tolist()
    [1, 1, -1, -1]
    """

    couplings: NDArray[np.float32]
    scale: float
    patterns: NDArray[np.int8]
    rule: str

    __repr__ = array_repr

    def __post_init__(self) -> None:
        """Refuse arrays that would make the kernels compile anew."""
        made = self.couplings
        if made.dtype != np.float32 or made.ndim != 2 or not made.flags.c_contiguous:
            raise TypeError(
                f"couplings is {made.dtype} of shape {made.shape}; make a network by "
                "Hopfield.store(patterns) or Hopfield.from_weights(weights)"
            )

    @classmethod
    def store(
        cls,
        patterns: ArrayLike,
        *,
        rule: Literal["hebbian", "pseudo_inverse"] = "hebbian",
        self_coupling: bool = False,
    ) -> Self:
        """Return a network that has stored `patterns`.

        Parameters
        ----------
        patterns : array_like of shape (n_patterns, n_neurons)
            +1 or -1.
        rule : {"hebbian", "pseudo_inverse"}
            Hebbian: w_ij = (1/N) sum_mu xi_i xi_j, each synapse from its two units alone.
            Pseudo-inverse: w = X^+ X, which makes every pattern a resting state however much they
            resemble each other (Personnaz L, Guyon I, Dreyfus G (1985) J Phys Lett 46:L359,
            10.1051/jphyslet:01985004608035900), but each synapse must know all the others.
        self_coupling : bool
            Whether a unit excites itself (w_ii kept) or not (w_ii = 0, the default).

        Returns
        -------
        Hopfield
            With whole-number `couplings` for the Hebbian rule.

        Raises
        ------
        TypeError, ValueError
            If `patterns` is empty, not 2-D, or holds other values; if the rule is unknown or
            `self_coupling` is neither True nor False; if n_patterns x n_neurons reaches 2^24, where
            sums stop being exact.
        """
        memories = signs("patterns", patterns, ndim=2).copy()
        n_patterns, n_neurons = memories.shape
        if rule not in RULES:
            raise ValueError(f"rule is {rule!r}; give one of {', '.join(map(repr, RULES))}")
        keeps_diagonal = yes_or_no("self_coupling", self_coupling)
        if rule == "hebbian":
            if n_patterns * n_neurons >= EXACT:
                raise ValueError(
                    f"patterns has {n_patterns} rows of {n_neurons} units; the sums of the Hebbian "
                    f"rule are exact below {EXACT:,} entries, so store at most "
                    f"{(EXACT - 1) // n_neurons} patterns of this size"
                )
            rows = memories.astype(np.float32)
            with one_thread():
                couplings = rows.T @ rows
        else:
            with one_thread():
                projection = np.linalg.pinv(memories.astype(np.float64)) @ memories
            projection[np.abs(projection) < 1e-10] = 0  # rounding left where nothing is stored
            couplings = ((projection + projection.T) / 2).astype(np.float32)
        if not keeps_diagonal:
            np.fill_diagonal(couplings, 0)
        scale = 1 / n_neurons if rule == "hebbian" else 1.0
        return cls(couplings=couplings, scale=scale, patterns=memories, rule=rule)

    @classmethod
    def from_weights(cls, weights: ArrayLike) -> Self:
        """Return a network with these weights: your own, or a control.

        Weights that are whole multiples of the smallest one, such as Hebbian ones in any scale, are
        kept as whole numbers, so that a field of 0 is exactly 0.

        Parameters
        ----------
        weights : array_like of shape (n_neurons, n_neurons)
            Symmetric, finite.

        Returns
        -------
        Hopfield
            With the rule "given" and no `patterns`.

        Raises
        ------
        TypeError, ValueError
            If `weights` is not square, not symmetric, or holds NaN or infinity.
        """
        matrix = square("weights", weights)
        n_neurons = len(matrix)
        symmetric("weights", matrix)
        couplings, scale = _whole_multiples((matrix + matrix.T) / 2)
        return cls(
            couplings=couplings.astype(np.float32),
            scale=scale,
            patterns=np.empty((0, n_neurons), dtype=np.int8),
            rule="given",
        )

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weights w, shape (n_neurons, n_neurons), computed anew at each call."""
        return np.asarray(self.couplings * np.float64(self.scale), dtype=np.float64)

    @property
    def n_neurons(self) -> int:
        """Number of units N."""
        return len(self.couplings)

    @property
    def n_patterns(self) -> int:
        """Number of stored memories P; 0 for a network made from weights."""
        return len(self.patterns)

    @property
    def load(self) -> float:
        """Memories per unit, P / N."""
        return self.n_patterns / self.n_neurons

    def shuffled(self, *, rng: Rng) -> Self:
        """Return the control: the same weights between other pairs of units.

        The weights off the diagonal change places at random and stay symmetric. Their mean, spread
        and number are the same; what is lost is which units they join. `patterns` is kept, to
        measure how little of them comes back.

        Parameters
        ----------
        rng : int or numpy.random.Generator
            Deals out the weights.

        Returns
        -------
        Hopfield
            Of the same size and scale, with the rule "given".

        Raises
        ------
        TypeError, ValueError
            If `rng` is no seed.
        """
        upper = np.triu_indices(self.n_neurons, 1)
        couplings = np.diag(np.diag(self.couplings)).astype(np.float32)
        couplings[upper] = generator(rng).permutation(self.couplings[upper])
        couplings.T[upper] = couplings[upper]
        return type(self)(
            couplings=couplings, scale=self.scale, patterns=self.patterns, rule="given"
        )

    def recall(self, cue: ArrayLike, *, rng: Rng, max_sweeps: int = 100) -> Recall:
        """Let the network run from `cue`, one unit at a time in random order, until it rests.

        A unit takes the sign of its field; a field of exactly 0 keeps the unit as it is. In a sweep
        each unit has its turn once. The run ends with the first sweep that changes nothing.

        Parameters
        ----------
        cue : array_like of shape (n_neurons,)
            +1 or -1; it is not changed.
        rng : int or numpy.random.Generator
            Draws the order of the units, anew for each sweep.
        max_sweeps : int
            Give up after so many.

        Returns
        -------
        Recall
            Where it began, each flip on the way, and where it came to rest.

        Raises
        ------
        TypeError, ValueError
            If the cue does not fit the network.
        """
        start = signs("cue", cue, ndim=1, n_neurons=self.n_neurons)
        limit = whole("max_sweeps", max_sweeps, least=1)
        source = generator(rng)
        state = start.copy()
        fields = self._agreement(state[None])[0]
        places = np.empty(self.n_neurons, dtype=np.int64)
        energies = [-0.5 * float(fields.sum(dtype=np.float64))]
        fields *= state
        flips: list[NDArray[np.int64]] = []
        times: list[NDArray[np.float64]] = []
        n_flips = 1
        while n_flips and len(flips) < limit:
            order = source.permutation(self.n_neurons)
            n_flips, change = update_all(self.couplings, order, state, fields, places)
            times.append(len(flips) + (places[:n_flips] + 1) / self.n_neurons)
            flips.append(order[places[:n_flips]])
            energies.append(energies[-1] + change)
        return Recall(
            cue=start.copy(),
            final=state,
            energies=np.array(energies) * self.scale,
            n_sweeps=len(flips),
            converged=bool((state * fields >= 0).all()),
            flips=np.concatenate(flips),
            flip_sweeps=np.concatenate(times),
        )

    def recall_many(self, cues: ArrayLike, *, rng: Rng, max_sweeps: int = 100) -> Recalls:
        """Recall from each cue; all cues take their units in the same random order.

        Each gets exactly what `recall` gives it with the same seed (for weights that are not whole
        numbers: up to rounding).

        Parameters
        ----------
        cues : array_like of shape (n_cues, n_neurons)
            +1 or -1; not changed.
        rng : int or numpy.random.Generator
            Draws the order of the units, anew for each sweep.
        max_sweeps : int
            Give up after so many.

        Returns
        -------
        Recalls
            Where each came to rest, without the way there.

        Raises
        ------
        TypeError, ValueError
            If the cues do not fit the network.
        """
        states = signs("cues", cues, ndim=2, n_neurons=self.n_neurons).copy()
        limit = whole("max_sweeps", max_sweeps, least=1)
        source = generator(rng)
        fields = self._agreement(states)
        fields *= states
        n_flips = np.ones(len(states), dtype=np.int64)
        n_sweeps = np.zeros(len(states), dtype=np.int64)
        for _ in range(limit):
            n_sweeps += n_flips > 0
            order = source.permutation(self.n_neurons)
            update_all_many(self.couplings, order, states, fields, n_flips)
            if not n_flips.any():
                break
        fields *= states  # each unit's agreement with its field
        return Recalls(
            final=states,
            energies=-0.5 * fields.sum(axis=1, dtype=np.float64) * self.scale,
            n_sweeps=n_sweeps,
            converged=np.all(fields >= 0, axis=1),
        )

    def step(self, states: ArrayLike) -> Signs:
        """Update all units at once, in each state; a field of exactly 0 keeps the unit.

        Units that move together can chase each other: the energy may rise, and above capacity most
        runs end in a cycle of two states. Use `recall` to see memories as resting states.

        Parameters
        ----------
        states : array_like of shape (n_states, n_neurons) or (n_neurons,)
            +1 or -1; not changed.

        Returns
        -------
        ndarray of the shape of `states`
            int8, +1 or -1.

        Raises
        ------
        TypeError, ValueError
            If the states do not fit the network.
        """
        before = signs("states", states, ndim=(1, 2), n_neurons=self.n_neurons)
        disagrees = self._agreement(np.atleast_2d(before)).reshape(before.shape) < 0
        return before * (1 - 2 * disagrees.view(np.int8))

    def _agreement(self, states: Signs) -> Float:
        """Return S_i h_i of each unit of each state, with h = J S in couplings' units.

        With Hebbian couplings of few patterns J need not be read: h = X^T (X S) - (P - J_ii) S.
        Arrays of this size are costly to allocate, so all is done in one.
        """
        agreement: Float
        with one_thread():
            if self.rule == "hebbian" and 2 * self.n_patterns < self.n_neurons:
                rows = self.patterns.astype(np.float32)
                agreement = (states.astype(np.float32) @ rows.T) @ rows
                np.multiply(agreement, states, out=agreement)
                agreement -= self.n_patterns - self.couplings[0, 0]
            else:
                agreement = states.astype(np.float32) @ self.couplings
                np.multiply(agreement, states, out=agreement)
        return agreement


def _whole_multiples(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Split weights into whole numbers and their unit, or return them as they are and 1."""
    sizes = np.abs(weights)
    sizes = sizes[sizes > 1e-12 * sizes.max()]
    if sizes.size == 0:
        return np.zeros_like(weights), 1.0
    unit = float(sizes.min())
    multiples = np.rint(weights / unit)
    exact = np.allclose(multiples * unit, weights, rtol=1e-6, atol=1e-6 * unit)
    if exact and np.abs(multiples).sum(axis=1).max() < EXACT:
        return multiples, unit
    return weights, 1.0
