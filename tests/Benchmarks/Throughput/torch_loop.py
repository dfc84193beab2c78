"""Times plain PyTorch on the cases of Case.cs: torch_loop.py MODEL BATCH THREADS [channels_last [bf16]]; the protocol is that of ContenderProcess.cs."""
import json
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

IMAGES, CLASSES = 2000, 10


def unit(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]


class Pair(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(*unit(width, width), *unit(width, width))

    def forward(self, x):
        return x + self.body(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.more = outputs - inputs
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=2 if self.more else 1, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.more)) if self.more else x
        return functional.relu(self.body(x) + shortcut)


class Scaled(nn.Module):
    def forward(self, x):
        return x * 0.125


def residual(blocks):
    layers, inputs = unit(3, 16), 16
    for width in (16, 32, 64):
        for _ in range(blocks):
            layers.append(Block(inputs, width))
            inputs = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, CLASSES))


def create(name):
    if name == "lenet":
        return nn.Sequential(nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2), nn.Flatten(),
                             nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, CLASSES))
    if name == "small-cnn":
        return nn.Sequential(*unit(1, 16), nn.MaxPool2d(2), *unit(16, 48), nn.MaxPool2d(2), *unit(48, 96), nn.MaxPool2d(2),
                             nn.Flatten(), nn.Linear(864, CLASSES))
    if name == "resnet9":
        return nn.Sequential(*unit(3, 64), *unit(64, 128), nn.MaxPool2d(2), Pair(128), *unit(128, 256), nn.MaxPool2d(2),
                             *unit(256, 512), nn.MaxPool2d(2), Pair(512), nn.AdaptiveMaxPool2d(1), nn.Flatten(),
                             nn.Linear(512, CLASSES, bias=False), Scaled())
    return residual({"resnet20": 3, "resnet56": 9}[name])


def main():
    name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    layout = torch.channels_last if "channels_last" in sys.argv[4:] else torch.contiguous_format
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    cuda = torch.cuda.is_available()
    device = torch.device("cuda" if cuda else "cpu")
    if cuda:
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
        torch.backends.cudnn.benchmark = True
    grey = name in ("lenet", "small-cnn")
    shape = (IMAGES, 1, 28, 28) if grey else (IMAGES, 3, 32, 32)
    images = torch.from_numpy(numpy.random.default_rng(1).integers(0, 256, shape, dtype=numpy.uint8)).to(device)
    labels = (torch.arange(IMAGES) % CLASSES).to(device)
    model = create(name).to(device, memory_format=layout)
    optimiser = torch.optim.SGD(model.parameters(), 0.01, momentum=0.9, weight_decay=5e-4, nesterov=True)
    order, start = torch.randperm(IMAGES, device=device), 0

    def step():
        nonlocal order, start
        if start + batch > IMAGES:
            order, start = torch.randperm(IMAGES, device=device), 0
        chosen = order[start:start + batch]
        start += batch
        x = images[chosen].float().div_(255).sub_(0.5).div_(0.25).contiguous(memory_format=layout)
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast(device.type, torch.bfloat16, enabled="bf16" in sys.argv[4:]):
            logits = model(x)
        loss = functional.cross_entropy(logits.float(), labels[chosen])
        loss.backward()
        optimiser.step()
        return loss.detach()

    def wait():
        if cuda:
            torch.cuda.synchronize()

    for _ in range(3):
        step()
    wait()
    print(json.dumps({"parameters": sum(p.numel() for p in model.parameters()), "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        seconds, steps = float(line), 0
        began, cpu = time.perf_counter(), time.process_time()
        losses = torch.zeros((), device=device)
        while steps < 2 or time.perf_counter() - began < seconds:
            losses += step()
            steps += 1
            if steps % 100 == 0:
                losses.item()
        wait()
        print(json.dumps({"steps": steps, "seconds": time.perf_counter() - began, "processor": time.process_time() - cpu, "allocated": 0}), flush=True)


main()
