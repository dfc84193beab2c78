"""Optuna's side: trials that compute nothing, from a storage of each kind. One line of JSON: seconds by storage.

    python3 optuna_storage.py TRIALS FOLDER [STORAGE...]        storages: memory, sqlite, journal
"""

import json
import os
import sys
import time

import optuna


def objective(trial):
    trial.suggest_float("max_lr", 0.003, 3, log=True)
    trial.suggest_categorical("batch_size", [20, 40, 80])
    trial.suggest_float("weight_decay", 1e-5, 1e-2, log=True)
    trial.suggest_categorical("dropout", [0, 0.1, 0.2])
    return 0.5


def storage_of(kind, folder):
    if kind == "memory":
        return optuna.storages.InMemoryStorage()
    if kind == "sqlite":
        return optuna.storages.RDBStorage("sqlite:///" + os.path.join(folder, "optuna.db"))
    return optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(os.path.join(folder, "optuna.log")))


def main(trials, folder, kinds):
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seconds = {}
    for kind in kinds:
        study = optuna.create_study(
            storage=storage_of(kind, folder), sampler=optuna.samplers.RandomSampler(seed=5), direction="maximize")
        study.optimize(objective, n_trials=20)
        start = time.perf_counter()
        study.optimize(objective, n_trials=trials)
        seconds[kind] = time.perf_counter() - start
    print(json.dumps({"version": optuna.__version__, **{kind: value for kind, value in seconds.items()}}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:] or ["memory", "sqlite", "journal"])
