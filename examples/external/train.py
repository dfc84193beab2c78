#!/usr/bin/env python3
"""A network in PyTorch that Sweeper trains: its learning-rate range tests and its 1cycle runs.

Everything that belongs to Sweeper is in `Job`, some forty lines to copy. The rest is the program of a user: data, a model, a
loop. The data are made up (points that a fixed network has sorted into ten classes), so that nothing has to be downloaded.
"""

import json
import os
import signal
import sys

import torch
from torch import nn


class Job:
    """What Sweeper asks for, and what it is told."""

    def __init__(self):
        with open(os.environ["SWEEPER_CONFIG"], encoding="utf-8") as file:
            self.__dict__.update(json.load(file))
        self._file = open(self.metrics, "a", buffering=1, encoding="utf-8")  # a line at a time
        self._checkpoint = os.path.join(self.checkpoint_dir, "state.pt")
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_):
        self.stopping = True

    def set_rates(self, optimizer, step):
        """Learning rate and momentum of a step, counted from 0."""
        for group in optimizer.param_groups:
            group["lr"] = self.learning_rate[step]
            if "momentum" in group:
                group["momentum"] = self.momentum[step]
            else:
                group["betas"] = (self.momentum[step], group["betas"][1])

    def report(self, **values):
        """A line of metrics; `step` counts the steps taken."""
        self._file.write(json.dumps(values) + "\n")

    def save(self, **state):
        torch.save(state, self._checkpoint + ".new")
        os.replace(self._checkpoint + ".new", self._checkpoint)  # whole or not at all

    def saved(self):
        return torch.load(self._checkpoint) if os.path.exists(self._checkpoint) else None


FEATURES = 32


def made_up(job):
    """Three sets of points with the classes that a fixed network gives them."""
    generator = torch.Generator().manual_seed(2024)
    count = job.train_examples + 2 * job.validation_examples
    inputs = torch.randn(count, FEATURES, generator=generator)
    first = torch.randn(FEATURES, 32, generator=generator) / FEATURES**0.5
    second = torch.randn(32, job.classes, generator=generator)
    targets = (torch.tanh(2 * inputs @ first) @ second).argmax(1)
    sizes = [job.train_examples, job.validation_examples, job.validation_examples]
    return list(zip(inputs.split(sizes), targets.split(sizes)))


def network(job):
    torch.manual_seed(job.seed)
    return nn.Sequential(
        nn.Linear(FEATURES, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(job.dropout),
        nn.Linear(64, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(job.dropout),
        nn.Linear(64, job.classes),
    )


def optimizer_of(job, model):
    asked = job.optimizer
    if asked["type"] == "adamw":
        return torch.optim.AdamW(model.parameters(), lr=1, betas=(0.9, asked["beta2"]), eps=asked["epsilon"], weight_decay=job.weight_decay)
    return torch.optim.SGD(model.parameters(), lr=1, momentum=0.9, nesterov=asked["nesterov"], weight_decay=job.weight_decay)


@torch.no_grad()
def measure(model, inputs, targets):
    model.eval()
    outputs = model(inputs)
    model.train()
    return nn.functional.cross_entropy(outputs, targets).item(), (outputs.argmax(1) == targets).float().mean().item()


def order_of(job, epoch):
    """A fresh order for each epoch, the same whether the run was interrupted or not."""
    return torch.randperm(job.train_examples, generator=torch.Generator().manual_seed(job.seed * 100_003 + epoch))


def main():
    job = Job()
    torch.set_num_threads(int(os.environ["SWEEPER_THREADS"]))
    device = torch.device(job.device)
    (train, validation, test) = [(inputs.to(device), targets.to(device)) for inputs, targets in made_up(job)]
    model = network(job).to(device).train()
    optimizer = optimizer_of(job, model)
    loss_of = nn.CrossEntropyLoss(label_smoothing=job.label_smoothing)
    validate_at, test_at = set(job.validate_at), set(job.test_at)

    step = 0
    if saved := job.saved():
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["random"])
        step = saved["step"]

    while step < job.steps:
        epoch, batch = divmod(step, job.steps_per_epoch)
        chosen = order_of(job, epoch)[batch * job.batch_size:(batch + 1) * job.batch_size].to(device)
        job.set_rates(optimizer, step)
        optimizer.zero_grad()
        loss = loss_of(model(train[0][chosen]), train[1][chosen])
        loss.backward()
        if job.optimizer["clip_norm"] is not None:
            nn.utils.clip_grad_norm_(model.parameters(), job.optimizer["clip_norm"])
        optimizer.step()
        step += 1

        line = {"step": step, "loss": loss.item()}
        if step in validate_at:
            line["validation_loss"], line["validation_accuracy"] = measure(model, *validation)
        if step in test_at:
            line["test_loss"], line["test_accuracy"] = measure(model, *test)
        job.report(**line)

        if job.stopping or (job.kind == "trial" and step % job.steps_per_epoch == 0):
            job.save(model=model.state_dict(), optimizer=optimizer.state_dict(), random=torch.get_rng_state(), step=step)
        if job.stopping:
            return 143


if __name__ == "__main__":
    sys.exit(main())
