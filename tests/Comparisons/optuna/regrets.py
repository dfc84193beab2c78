"""Optuna's side: a line for each sampler, function and seed, like the verb sampler-regrets of tests/Unit.

    python3 regrets.py SEEDS TRIALS KIND[,KIND...]        kinds: Random, Sobol, Tpe, GaussianProcess, CmaEs

Every sampler has Optuna's default settings; TpeMultivariate is TPESampler(multivariate=True, group=True).
"""

import sys
import time
import warnings

import optuna

from functions import FUNCTIONS

SAMPLERS = {
    "Random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
    "Sobol": lambda seed: optuna.samplers.QMCSampler(scramble=True, seed=seed, warn_independent_sampling=False),
    "Tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "TpeMultivariate": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "GaussianProcess": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "CmaEs": lambda seed: optuna.samplers.CmaEsSampler(seed=seed, warn_independent_sampling=False),
}


def main(seeds, trials, kinds):
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    for kind in kinds.split(","):
        if kind == "GaussianProcess" and not hasattr(optuna.samplers, "GPSampler"):
            print(f"optuna {optuna.__version__} has no GPSampler (it came with 3.6): left out", file=sys.stderr)
            continue
        for name, (objective, minimum) in FUNCTIONS.items():
            for seed in range(int(seeds)):
                start = time.perf_counter()
                study = optuna.create_study(sampler=SAMPLERS[kind](seed))
                study.optimize(objective, n_trials=int(trials))
                seconds = time.perf_counter() - start
                print(f"{kind},{name},{seed},{study.best_value - minimum!r},{seconds:.3f}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
