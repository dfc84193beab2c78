"""Writes tiny.pt, which the tests use: `python3 make_tiny.py`, with the PyTorch 1.13 of Debian's python3-torch."""
import torch
from torch import nn

torch.manual_seed(1)
net = nn.Sequential(nn.Conv2d(1, 4, 3, stride=3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.5), nn.Flatten(), nn.Linear(64, 10))
torch.jit.script(net).save("tiny.pt")
