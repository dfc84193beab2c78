"""The functions of tests/Unit/Planning/Samplers/TestFunction.cs, as objectives of Optuna, each with its least value."""

import math


def branin(trial):
    x = trial.suggest_float("x", -5, 10)
    y = trial.suggest_float("y", 0, 15)
    valley = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


HEIGHTS = [1, 1.2, 3, 3.2]
SLOPES = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann6(trial):
    x = [trial.suggest_float(f"x{index}", 0, 1) for index in range(6)]
    return -sum(
        height * math.exp(-sum(a * (value - p) ** 2 for a, p, value in zip(slopes, centres, x)))
        for height, slopes, centres in zip(HEIGHTS, SLOPES, CENTRES)
    )


def mixed(trial):
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    width = trial.suggest_int("width", 1, 64)
    kind = trial.suggest_categorical("kind", ["a", "b", "c"])
    value = 0.5 * (math.log10(rate) - {"a": -3, "b": -2, "c": -1}[kind]) ** 2 + 4 * ((width - 23) / 64) ** 2
    if kind == "b":
        return value + 4 * (trial.suggest_float("momentum", 0, 1) - 0.7) ** 2
    return value + {"a": 0.3, "c": 0.6}[kind]


FUNCTIONS = {"branin": (branin, 0.39788735772973816), "hartmann6": (hartmann6, -3.32236801141551), "mixed": (mixed, 0.0)}
