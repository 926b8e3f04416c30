"""Logistic regression with a ridge, by Newton's method (Hastie, Tibshirani & Friedman 2009, 4.4.1).

Small enough for every model of the project: some thousand rows, some dozen features.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 60
"""Newton steps: on features of like scale a dozen are enough."""

_FREE = 1e-6
"""The ridge of the intercept: none, but that the system stays solvable."""


def fit(
    x: Floats, y: Floats, ridge: float, *, towards: float = 0.0, counts: Floats | None = None
) -> Floats:
    """Return the intercept and the weights of the columns of ``x``, which are of like scale.

    The ridge draws the weights ``towards`` a value; ``counts`` says how much each row counts.
    """
    design = np.column_stack([np.ones(len(x)), x])
    penalty = np.diag([_FREE, *[ridge] * x.shape[1]])
    prior = np.array([0.0, *[towards] * x.shape[1]])
    each = np.ones(len(x)) if counts is None else counts
    w = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(design @ w, -50, 50)))
        gradient = design.T @ (each * (p - y)) + penalty @ (w - prior)
        hessian = (design * (each * p * (1 - p))[:, None]).T @ design + penalty
        w -= np.linalg.solve(hessian, gradient)
    return w
