"""Quantiles of Student's t for a range that holds in 95 of 100 cases.

Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2 (two-sided 95 %, upper 0.975 quantile).
"""

from __future__ import annotations

import itertools
import math

CONFIDENCE = 0.95
_TABLE: tuple[tuple[float, float], ...] = (
    (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (7, 2.365), (8, 2.306), (9, 2.262),
    (10, 2.228), (11, 2.201), (12, 2.179), (13, 2.160), (14, 2.145), (15, 2.131), (16, 2.120), (17, 2.110),
    (18, 2.101), (19, 2.093), (20, 2.086), (21, 2.080), (22, 2.074), (23, 2.069), (24, 2.064), (25, 2.060),
    (26, 2.056), (27, 2.052), (28, 2.048), (29, 2.045), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980),
    (math.inf, 1.960),
)  # fmt: skip


def t95(freedom: float) -> float:
    """The quantile for ``freedom`` degrees of freedom, in between interpolated by their reciprocal. Below one: one."""
    freedom = max(1.0, freedom)
    for (low, high_value), (high, low_value) in itertools.pairwise(_TABLE):
        if low <= freedom <= high:
            part = (1 / low - 1 / freedom) / (1 / low - 1 / high)
            return high_value + part * (low_value - high_value)
    return _TABLE[-1][1]
