"""Prints the table of docs/samplers.md from two files of regrets: ours and Optuna's. See the script `run`."""

import collections
import statistics
import sys

WORD = {"Tpe": "TPE", "Sobol": "Sobol'", "GaussianProcess": "Gaussian process", "CmaEs": "CMA-ES"}


def read(path):
    regrets = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, function, _, regret, _ = line.strip().split(",")
            regrets[kind, function].append(float(regret))
    return regrets


def main(ours_path, optunas_path):
    ours, optunas = read(ours_path), read(optunas_path)
    print("| Sampler | Function | Ours | Optuna's | Ratio | Seeds |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for key in ours:
        mine = statistics.median(ours[key])
        if key in optunas:
            theirs = statistics.median(optunas[key])
            rest = f"{theirs:.3g} | {mine / theirs:.2f}"
        else:
            rest = "none | none"
        print(f"| {WORD.get(key[0], key[0])} | {key[1]} | {mine:.3g} | {rest} | {len(ours[key])} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
