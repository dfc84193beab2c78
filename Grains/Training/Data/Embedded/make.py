#!/usr/bin/env python3
"""Cuts the embedded subset out of Fashion-MNIST. See README.md beside it.

    make.py [folder of the four original IDX files] [output folder]

Of every class, the images whose SHA-256("<seed>/<split>/<index>") is smallest are kept, in their original order. No
random generator is involved: any version of any language gives the same subset.
"""

import gzip
import hashlib
import pathlib
import struct
import sys

SEED = 20170828
KEEP = {"train": 1000, "t10k": 200}  # images of each class


def read(path, magic, header):
    with gzip.open(path, "rb") as stream:
        data = stream.read()
    assert struct.unpack_from(">I", data)[0] == magic, path
    return data[header:]


def rank(split, index):
    return hashlib.sha256(f"{SEED}/{split}/{index}".encode()).digest()


def chosen(split, labels):
    kept = []
    for label in range(10):
        members = [i for i, value in enumerate(labels) if value == label]
        kept += sorted(members, key=lambda i: rank(split, i))[: KEEP[split]]
    return sorted(kept)


def write(path, data):
    with open(path, "wb") as target, gzip.GzipFile("", "wb", 9, target, mtime=0) as packed:
        packed.write(data)
    print(f"{hashlib.sha256(data).hexdigest()}  {path.name} (unpacked), {path.stat().st_size} bytes packed")


def main(source, target):
    for split in KEEP:
        images = read(source / f"{split}-images-idx3-ubyte.gz", 2051, 16)
        labels = read(source / f"{split}-labels-idx1-ubyte.gz", 2049, 8)
        kept = chosen(split, labels)
        pixels = b"".join(images[i * 784 : (i + 1) * 784] for i in kept)
        write(target / f"{split}-images-idx3-ubyte.gz", struct.pack(">IIII", 2051, len(kept), 28, 28) + pixels)
        write(target / f"{split}-labels-idx1-ubyte.gz", struct.pack(">II", 2049, len(kept)) + bytes(labels[i] for i in kept))


main(
    pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist"),
    pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent,
)
