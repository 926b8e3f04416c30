"""Logistic regression: what a fit is known by."""

import numpy as np
import pytest

from eval.logistic import fit

RANDOM = np.random.default_rng(3)
X = RANDOM.normal(size=(400, 3))
Y = (RANDOM.random(400) < 1 / (1 + np.exp(-(0.5 + X @ np.array([1.5, -1.0, 0.0]))))).astype(float)


def _p(w):
    return 1 / (1 + np.exp(-(w[0] + X @ w[1:])))


def test_without_a_ridge_the_mean_of_each_feature_is_met():
    w = fit(X, Y, 0.0)
    assert _p(w).sum() == pytest.approx(Y.sum(), abs=1e-3)
    assert X.T @ _p(w) == pytest.approx(X.T @ Y, abs=1e-3)
    assert w[1:] == pytest.approx([1.5, -1.0, 0.0], abs=0.4)


def test_a_ridge_draws_the_weights_towards_its_prior():
    free, drawn, held = (fit(X, Y, ridge, towards=0.4) for ridge in (0.0, 50.0, 1e9))
    assert (abs(drawn[1:] - 0.4) < abs(free[1:] - 0.4)).all()
    assert held[1:] == pytest.approx([0.4] * 3)


def test_a_row_that_counts_twice_is_two_rows():
    counts = np.where(np.arange(len(Y)) < 100, 2.0, 1.0)
    again = fit(np.vstack([X, X[:100]]), np.append(Y, Y[:100]), 5.0)
    assert fit(X, Y, 5.0, counts=counts) == pytest.approx(again)
