"""Writes pytorch_runs.json: how PyTorch's loss falls on MNIST, for tests/core/pytorch_runs_test.cpp to compare with.

    /usr/bin/python3 tests/golden/pytorch_runs.py [MNIST]

with python3-torch and libopenblas0, as in Debian: sums of a plain BLAS err more. The tests need only the file.
MNIST is the folder with its four files, by default $TOYDL_MNIST or the one that `npm run setup` fills. Every run is
made twice from the same floats, once in double precision and once in float. Their difference is what floats cost
PyTorch: the measure for what they may cost us.
"""

import json
import os
import pathlib
import sys
import warnings

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # more would divide sums otherwise

import numpy
import torch
from torch import nn
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR, StepLR

torch.set_num_threads(1)
warnings.filterwarnings("ignore", "The epoch parameter")  # SequentialLR itself uses it


def mnist():
    """The training set's images as floats from 0 to 1, computed as core/toydl/dataset.cpp does, and its labels."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TOYDL_MNIST")
    folder = pathlib.Path(given or f"{cache}/toydl/mnist")
    images = numpy.fromfile(folder / "train-images-idx3-ubyte", numpy.uint8)[16:].reshape(-1, 784)
    labels = numpy.fromfile(folder / "train-labels-idx1-ubyte", numpy.uint8)[8:]
    pixels = images.astype(numpy.float32) * numpy.float32(1 / 255)
    return torch.from_numpy(pixels), torch.from_numpy(labels.astype(numpy.int64))


# First weights --------------------------------------------------------------------------------------------------------


def first_weight(number, shape):
    """Floats between ±√(3 / fan_in), which a formula gives: the test computes the same ones, bit for bit.

    Weight i of parameter `number`, both counted from 0, is a whole number from -2²³ to 2²³ - 1 times a float. The whole
    number is made of the upper 24 bits of a hash: MurmurHash3's finalizer, on i + 2²⁴ · number.
    """
    fan_in = int(numpy.prod(shape[1:]))
    h = numpy.arange(numpy.prod(shape), dtype=numpy.uint32) + numpy.uint32(number << 24)
    h ^= h >> numpy.uint32(16)
    h *= numpy.uint32(0x85EBCA6B)
    h ^= h >> numpy.uint32(13)
    h *= numpy.uint32(0xC2B2AE35)
    h ^= h >> numpy.uint32(16)
    whole = (h >> numpy.uint32(8)).astype(numpy.int32) - (1 << 23)
    return torch.from_numpy(whole.astype(numpy.float32) * numpy.float32(numpy.sqrt(3 / fan_in) / (1 << 23))).view(shape)


def set_first_weights(model):
    """Biases begin with 0 and the weights of a normalization with 1, as ours do; all others with `first_weight`."""
    with torch.no_grad():
        for number, (name, parameter) in enumerate(trained(model)):
            if parameter.dim() > 1:
                parameter.copy_(first_weight(number, parameter.shape))
            elif "bias" in name:
                parameter.zero_()


def trained(model):
    return [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]


# Layers ---------------------------------------------------------------------------------------------------------------


class Function(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.forward = f


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class PositionalEmbedding(nn.Module):
    def __init__(self, time, features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(time, features))

    def forward(self, x):
        return x + self.weight


class LSTM(nn.LSTM):
    """With one bias, as ours: the second stays 0."""

    def __init__(self, inputs, hidden):
        super().__init__(inputs, hidden, batch_first=True)
        self.bias_hh_l0.requires_grad_(False).zero_()

    def forward(self, x):
        return super().forward(x)[0][:, -1]


class MultiHeadAttention(nn.MultiheadAttention):
    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


def layer(config, shape):
    """PyTorch's module for one of our configs; shape is the one of its input, with the batch in front."""
    config = dict(config) if isinstance(config, dict) else {"type": config}
    name = config.pop("type")
    if name == "Linear":
        return nn.Linear(config["in_features"], config["out_features"], config.get("bias", True))
    if name == "Conv2D":
        size, padding, bias = config["kernel_size"], config.get("padding", "valid"), config.get("bias", True)
        return nn.Conv2d(config["in_channels"], config["out_channels"], size, padding=padding, bias=bias)
    if name == "BatchNorm":
        return (nn.BatchNorm2d if len(shape) == 4 else nn.BatchNorm1d)(shape[1])
    if name == "Residual":
        return sequence(config["layers"], shape, Residual)
    return {
        "ReLU": nn.ReLU,
        "GELU": nn.GELU,
        "Flatten": nn.Flatten,
        "Reshape": lambda: Function(lambda x: x.reshape(-1, *config["shape"])),
        "MaxPool2D": lambda: nn.MaxPool2d(config["size"]),
        "AvgPool2D": lambda: nn.AvgPool2d(config["size"]),
        "GlobalAvgPool1D": lambda: Function(lambda x: x.mean(1)),
        "LSTM": lambda: LSTM(config["in_features"], config["hidden_features"]),
        "PositionalEmbedding": lambda: PositionalEmbedding(*shape[1:]),
        "LayerNorm": lambda: nn.LayerNorm(shape[-1]),
        "MultiHeadAttention": lambda: MultiHeadAttention(shape[-1], config["heads"], batch_first=True),
    }[name]()


def sequence(configs, shape, kind=nn.Sequential):
    x, modules = torch.zeros(shape), []
    for config in configs:
        modules.append(layer(config, x.shape))
        x = modules[-1](x).detach()
    # Not those that x went through: their running statistics have changed.
    return kind(*(module.apply(reset_statistics) for module in modules))


def reset_statistics(module):
    if isinstance(module, nn.modules.batchnorm._BatchNorm):
        module.reset_running_stats()


# Optimizers -----------------------------------------------------------------------------------------------------------


def optimizer(config, weights):
    rate, decay = config["learning_rate"], config.get("weight_decay", 0)
    return {
        "SGD": lambda: torch.optim.SGD(weights, rate, weight_decay=decay),
        "Momentum": lambda: torch.optim.SGD(weights, rate, 0.9, weight_decay=decay),
        "Adam": lambda: torch.optim.Adam(weights, rate, weight_decay=decay),
        "AdamW": lambda: torch.optim.AdamW(weights, rate, weight_decay=decay),
    }[config["type"]]()


def clip_norm(weights, bound):
    norm = torch.cat([w.grad.flatten() for w in weights]).norm()
    # PyTorch divides by norm + 1e-6, ours by the norm.
    nn.utils.clip_grad_norm_(weights, bound * (norm + 1e-6) / norm)


def schedule(config, rule):
    """As in pytorch.py."""
    if config is None:
        return None
    if config["type"] == "StepSchedule":
        then = StepLR(rule, config["every"], config["gamma"])
    else:
        then = CosineAnnealingLR(rule, config["steps"], config.get("final_factor", 0) * rule.defaults["lr"])
    steps = config.get("warm_up", 0)
    if steps == 0:
        return then
    return SequentialLR(rule, [LinearLR(rule, 1 / steps, total_iters=steps - 1), then], [steps])


# Runs -----------------------------------------------------------------------------------------------------------------


def losses(run, dtype):
    """Of every step. A batch is the next samples of the training set, in order."""
    batch, steps = run["batch_size"], run["steps"]
    model = sequence(run["layers"], (2, 784))
    set_first_weights(model)
    model.to(dtype)
    weights = [parameter for name, parameter in trained(model)]
    rule = optimizer(run["optimizer"], weights)
    rates = schedule(run["optimizer"].get("schedule"), rule)
    values = []
    for step in range(steps):
        here = slice(step * batch, (step + 1) * batch)
        rule.zero_grad()
        loss = nn.functional.cross_entropy(model(pixels[here].to(dtype)), labels[here])
        loss.backward()
        if "clip_norm" in run["optimizer"]:
            clip_norm(weights, run["optimizer"]["clip_norm"])
        rule.step()
        if rates:
            rates.step()
        values.append(loss.item())
    return numpy.array(values)


def linear(inputs, outputs):
    return {"type": "Linear", "in_features": inputs, "out_features": outputs}


def convolution(inputs, outputs, size, **options):
    return {"type": "Conv2D", "in_channels": inputs, "out_channels": outputs, "kernel_size": size, **options}


def reshape(*shape):
    return {"type": "Reshape", "shape": shape}


steps = 300
max_pool, average_pool = ({"type": name, "size": 2} for name in ("MaxPool2D", "AvgPool2D"))


def cosine(**options):
    return {"type": "CosineSchedule", **options}


def normalized_convolutions(few, many, activation, pool):
    return [
        *[reshape(1, 28, 28), convolution(1, few, 5, padding="same", bias=False), "BatchNorm", activation, pool],
        *[convolution(few, many, 5, padding="same", bias=False), "BatchNorm", activation, pool],
        *["Flatten", linear(many * 7 * 7, 10)],
    ]


# ReLU and MaxPool2D have kinks. A float on the other side of one than the double sends a run further astray than
# rounding does by itself, and whether that happens is luck. So the perceptrons' rates are such that no x of a ReLU
# comes nearer to 0 than four times the float's error. Convolutions have too many numbers for that. Two networks are
# smooth, to show what rounding does. In the one with kinks every run, theirs and ours, meets so many that all go
# astray.
networks = {
    "a perceptron, Adam, cosine with warm-up": (
        [linear(784, 64), "ReLU", linear(64, 10)],
        {"type": "Adam", "learning_rate": 0.0008, "schedule": cosine(steps=steps - 20, warm_up=20)},
    ),
    "a perceptron with BatchNorm, Momentum, clipping": (
        [linear(784, 64), "BatchNorm", "ReLU", linear(64, 10)],
        {"type": "Momentum", "learning_rate": 0.1, "clip_norm": 1},
    ),
    "smooth convolutions, SGD": (
        [
            *[reshape(1, 28, 28), convolution(1, 4, 5), "GELU", average_pool],
            *[convolution(4, 12, 5), "GELU", average_pool, "Flatten", linear(12 * 4 * 4, 10)],
        ],
        {"type": "SGD", "learning_rate": 0.05},
    ),
    "smooth convolutions with BatchNorm, Adam": (
        normalized_convolutions(4, 8, "GELU", average_pool),
        {"type": "Adam", "learning_rate": 0.001},
    ),
    "convolutions with BatchNorm, AdamW in steps": (
        normalized_convolutions(8, 16, "ReLU", max_pool),
        {
            **{"type": "AdamW", "learning_rate": 0.001, "weight_decay": 0.01},
            "schedule": {"type": "StepSchedule", "every": 100, "gamma": 0.5},
        },
    ),
    "an LSTM over rows, AdamW, cosine": (
        [reshape(28, 28), {"type": "LSTM", "in_features": 28, "hidden_features": 32}, linear(32, 10)],
        {
            **{"type": "AdamW", "learning_rate": 0.002, "weight_decay": 0.01},
            "schedule": cosine(steps=steps, final_factor=0.1),
        },
    ),
    "a transformer over four rows at a time, Adam": (
        [
            *[reshape(7, 112), linear(112, 32), "PositionalEmbedding"],
            {"type": "Residual", "layers": ["LayerNorm", {"type": "MultiHeadAttention", "heads": 4}]},
            {"type": "Residual", "layers": ["LayerNorm", linear(32, 64), "GELU", linear(64, 32)]},
            *["GlobalAvgPool1D", linear(32, 10)],
        ],
        {"type": "Adam", "learning_rate": 0.001},
    ),
}

# The file, with a run in each line ------------------------------------------------------------------------------------


def main():
    runs = []
    for name, (layers, rule) in networks.items():
        run = {"name": name, "layers": layers, "optimizer": rule, "batch_size": 64, "steps": steps}
        double, single = losses(run, torch.float64), losses(run, torch.float32)
        # Ten digits are more than a float has; of the difference three will do.
        run["losses"] = [float(f"{loss:.10g}") for loss in double]
        run["float_differences"] = [float(f"{d:.3g}") for d in single - double]
        runs.append(run)
    compact = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
    text = "[\n" + ",\n".join(map(compact, runs)) + "\n]\n"
    pathlib.Path(__file__).with_suffix(".json").write_text(text)


if __name__ == "__main__":
    pixels, labels = mnist()
    main()
