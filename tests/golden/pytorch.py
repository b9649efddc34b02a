"""Writes pytorch.json: what PyTorch computes, in double precision, for tests/core/pytorch_test.cpp to compare with.

    /usr/bin/python3 tests/golden/pytorch.py        with python3-torch, as in Debian; the tests need only the file

Inputs are numbers with three decimals, rounded to floats, so that both sides begin with the same; results have the nine
digits that a float needs. Every layer draws its numbers from a seed of its own: a new one changes no others.
"""

import json
import math
import pathlib
import warnings
import zlib

import numpy
import torch
import torch.nn.functional as F
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, SequentialLR, StepLR

torch.set_default_dtype(torch.float64)
warnings.filterwarnings("ignore", "The epoch parameter")  # SequentialLR itself uses it


def seed(*case):
    torch.manual_seed(zlib.crc32(json.dumps(case).encode()))


def rounded(tensor):
    return tensor.round(decimals=3).float().double() if tensor.is_floating_point() else tensor


def normal(*shape):
    return rounded(torch.randn(shape))


def positive(*shape):
    return rounded(torch.rand(shape) + 0.5)


def number(value):
    short = round(value, 3)
    if float(numpy.float32(short)) != value:
        return float(f"{value:.9g}")
    return int(short) if short == int(short) else short


def numbers(tensor):
    """As nested lists."""
    return [numbers(part) for part in tensor] if tensor.dim() > 0 else number(tensor.item())


# Layers ---------------------------------------------------------------------------------------------------------------

layers = []


def layer(config, x, f, parameters=(), buffers=(), training=True):
    """A pass forward and backward through y = f(x, *parameters, *buffers).

    x is a shape, with the batch in front, or the numbers themselves; the shapes of parameters are in the order of the
    layer's parameters().
    """
    seed(config, training, x if isinstance(x, tuple) else numbers(x))
    x = normal(*x) if isinstance(x, tuple) else rounded(x)
    # Halved, as far out on tanh and the sigmoid floats lose their digits.
    parameters = [torch.nn.Parameter(rounded(torch.randn(shape) / 2)) for shape in parameters]
    case = {"config": config, "training": training, "x": numbers(x)}
    case["parameters"] = [numbers(p) for p in parameters]
    case["buffers"] = [numbers(b) for b in buffers]
    x.requires_grad_(x.is_floating_point())
    y = f(x, *parameters, *buffers)
    dy = normal(*y.shape)
    y.backward(dy)
    case["dy"] = numbers(dy)
    case["y"] = numbers(y)
    case["dx"] = numbers(x.grad if x.is_floating_point() else torch.zeros_like(x))
    case["gradients"] = [numbers(p.grad) for p in parameters]
    case["buffers_after"] = [numbers(b) for b in buffers]
    layers.append(case)


def with_corner(*shape):
    """Normal numbers, with a 0 among them."""
    seed(shape)
    x = normal(*shape)
    x.view(-1)[1] = 0
    return x


layer({"type": "Linear", "in_features": 4, "out_features": 3}, (2, 4), F.linear, [(3, 4), (3,)])
layer({"type": "Linear", "in_features": 5, "out_features": 2, "bias": False}, (3, 5), F.linear, [(2, 5)])
layer({"type": "Linear", "in_features": 4, "out_features": 3}, (2, 3, 4), F.linear, [(3, 4), (3,)])

layer({"type": "ReLU"}, with_corner(3, 4), F.relu)
layer({"type": "LeakyReLU"}, with_corner(3, 4), F.leaky_relu)
layer({"type": "LeakyReLU", "slope": 0.3}, with_corner(2, 2, 3), lambda x: F.leaky_relu(x, 0.3))
for name, f in {"Sigmoid": torch.sigmoid, "Tanh": torch.tanh, "GELU": F.gelu}.items():
    layer({"type": name}, (2, 3, 4), f)
    layer({"type": name}, torch.linspace(-6, 6, 13)[:, None], f)
layer({"type": "Softmax"}, (3, 4), lambda x: F.softmax(x, -1))
layer({"type": "Softmax"}, (2, 3, 5), lambda x: F.softmax(x, -1))
layer({"type": "Softmax"}, torch.tensor([[1000.5, 999, 1001], [-1000, 3, 0.5]]), lambda x: F.softmax(x, -1))

layer({"type": "Flatten"}, (2, 2, 3, 2), lambda x: x.flatten(1))
layer({"type": "Reshape", "shape": [2, 1, 3]}, (2, 6), lambda x: x.reshape(2, 2, 1, 3))

layer({"type": "Dropout", "rate": 0.4}, (2, 5), lambda x: F.dropout(x, 0.4, training=False), training=False)
layer({"type": "Dropout", "rate": 0}, (2, 5), lambda x: F.dropout(x, 0))


def layer_norm(x, weight, bias, epsilon=1e-5):
    return F.layer_norm(x, x.shape[-1:], weight, bias, epsilon)


layer({"type": "LayerNorm"}, (3, 6), layer_norm, [(6,), (6,)])
layer({"type": "LayerNorm"}, (2, 3, 5), layer_norm, [(5,), (5,)])
layer({"type": "LayerNorm", "epsilon": 0.1}, (2, 2, 3, 4), lambda *inputs: layer_norm(*inputs, 0.1), [(4,), (4,)])


def features_last(f):
    """f, which takes sequences [batch, features, time], for [batch, time, features]."""
    return lambda x, *others: f(x.transpose(1, 2), *others).transpose(1, 2)


def batch_norms(x, features, momentum=0.1, epsilon=1e-5):
    for training in True, False:

        def batch_norm(x, weight, bias, mean, variance):
            return F.batch_norm(x, mean, variance, weight, bias, training, momentum, epsilon)

        seed("running", x)
        running = [normal(features), positive(features)]
        f = features_last(batch_norm) if len(x) == 3 else batch_norm
        config = {"type": "BatchNorm", "momentum": momentum, "epsilon": epsilon}
        layer(config, x, f, [(features,), (features,)], running, training)


batch_norms((4, 3), 3)
batch_norms((3, 2), 2, momentum=0.3, epsilon=0.1)
batch_norms((2, 3, 4), 4)
batch_norms((2, 2, 3, 4), 2)


def convolution(f, kernel_size, stride=1, padding="valid"):
    def zeros(length):
        """Before and after: as many as it takes for ceil(length / stride) windows, the smaller half before."""
        total = max((math.ceil(length / stride) - 1) * stride + kernel_size - length, 0)
        return total // 2, total - total // 2

    def convolve(x, weight, bias=None):
        if padding == "same":
            x = F.pad(x, [n for length in reversed(x.shape[2:]) for n in zeros(length)])  # from the last dimension on
        return f(x, weight, bias, stride)

    return convolve


def convolutions(name, x, window, f):
    """From 2 channels to 3."""
    for options in [
        {"kernel_size": 3},
        {"kernel_size": 2, "stride": 2, "bias": False},
        {"kernel_size": 3, "padding": "same"},
        {"kernel_size": 4, "padding": "same"},
        {"kernel_size": 3, "stride": 2, "padding": "same"},
        {"kernel_size": 4, "stride": 3, "padding": "same"},
        {"kernel_size": 1, "stride": 2, "padding": "same"},
    ]:
        config = {"type": name, "in_channels": 2, "out_channels": 3, **options}
        weight = (3, 2, *[options["kernel_size"]] * window)
        has_bias = options.pop("bias", True)
        layer(config, x, f(**options), [weight, (3,)] if has_bias else [weight])


convolutions("Conv1D", (2, 7, 2), 1, lambda **options: features_last(convolution(F.conv1d, **options)))
convolutions("Conv2D", (2, 2, 5, 4), 2, lambda **options: convolution(F.conv2d, **options))

for name, pool in {"MaxPool2D": F.max_pool2d, "AvgPool2D": F.avg_pool2d}.items():
    layer({"type": name, "size": 2}, (2, 2, 4, 5), lambda x: pool(x, 2))
    layer({"type": name, "size": 3, "stride": 2}, (2, 1, 6, 5), lambda x: pool(x, 3, 2))
    layer({"type": name, "size": 2, "stride": 3}, (2, 1, 5, 7), lambda x: pool(x, 2, 3))
seed("equals")
equals = torch.randint(3, (2, 1, 4, 5)).double()
layer({"type": "MaxPool2D", "size": 3, "stride": 1}, equals, lambda x: F.max_pool2d(x, 3, 1))
layer({"type": "GlobalAvgPool1D"}, (2, 4, 3), lambda x: x.mean(1))
layer({"type": "GlobalAvgPool2D"}, (2, 3, 4, 2), lambda x: x.mean((2, 3)))

layer({"type": "Embedding", "count": 5, "features": 3}, torch.tensor([[1, 4, 0], [2, 1, 4]]), F.embedding, [(5, 3)])
layer({"type": "Embedding", "count": 4, "features": 2}, torch.tensor([3, 0, 3]), F.embedding, [(4, 2)])
layer({"type": "PositionalEmbedding"}, (2, 3, 4), torch.add, [(3, 4)])

for name, Module, gates in [("SimpleRNN", torch.nn.RNN, 1), ("LSTM", torch.nn.LSTM, 4), ("GRU", torch.nn.GRU, 3)]:
    for inputs, hidden, all_states in (3, 4, False), (2, 3, True), (4, 1, True):

        def recurrent(x, weight_ih, weight_hh, bias_ih, bias_hh=torch.nn.Parameter(torch.zeros(gates * hidden))):
            m = Module(inputs, hidden, batch_first=True)
            m.weight_ih_l0, m.weight_hh_l0, m.bias_ih_l0, m.bias_hh_l0 = weight_ih, weight_hh, bias_ih, bias_hh
            return m(x)[0] if all_states else m(x)[0][:, -1]

        config = {"type": name, "in_features": inputs, "hidden_features": hidden, "return_sequence": all_states}
        biases = [(gates * hidden,)] * (2 if name == "GRU" else 1)  # the others have one: PyTorch's second is 0
        layer(config, (2, 4, inputs), recurrent, [(gates * hidden, inputs), (gates * hidden, hidden), *biases])


def later(time):
    """True where a time step (row) would see a later one (column)."""
    return torch.ones(time, time).triu(1).bool()


for causal in False, True:

    def attention(x, weight):
        q, k, v = F.linear(x, weight).chunk(3, -1)
        scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
        if causal:
            scores = scores.masked_fill(later(x.shape[1]), -math.inf)
        return scores.softmax(-1) @ v

    layer({"type": "Attention", "size": 3, "causal": causal}, (2, 4, 5), attention, [(9, 5)])

    def multi_head_attention(x, *parameters):
        m = torch.nn.MultiheadAttention(6, 3, batch_first=True)
        m.in_proj_weight, m.in_proj_bias, m.out_proj.weight, m.out_proj.bias = parameters
        return m(x, x, x, attn_mask=later(x.shape[1]) if causal else None)[0]

    config = {"type": "MultiHeadAttention", "heads": 3, "causal": causal}
    layer(config, (2, 4, 6), multi_head_attention, [(18, 6), (18,), (6, 6), (6,)])


def linear_tanh(x, weight, bias):
    return F.linear(x, weight, bias).tanh()


def residual(x, weight, bias):
    return x + linear_tanh(x, weight, bias)


def linear(inputs, outputs):
    return {"type": "Linear", "in_features": inputs, "out_features": outputs}


layer({"type": "Sequential", "layers": [linear(4, 3), "Tanh"]}, (2, 4), linear_tanh, [(3, 4), (3,)])
layer({"type": "Residual", "layers": [linear(4, 4), "Tanh"]}, (2, 4), residual, [(4, 4), (4,)])
layer(
    {"type": "Sequential", "layers": [{"type": "Residual", "layers": [linear(3, 3), "Tanh"]}, linear(3, 2), "Softmax"]},
    (4, 3),
    lambda x, *parameters: F.linear(residual(x, *parameters[:2]), *parameters[2:]).softmax(-1),
    [(3, 3), (3,), (2, 3), (2,)],
)

# Losses ---------------------------------------------------------------------------------------------------------------

losses = []


def loss(name, prediction, target, reference, **options):
    """The value and the gradient of reference(prediction, target, **options), for one target or several that mean the same."""
    prediction = rounded(prediction).requires_grad_()
    value = reference(prediction, target, **options)
    value.backward()
    is_class = target.dtype == torch.long and target.min() >= 0
    for given in [target, F.one_hot(target)] if is_class and "ignore_index" not in options else [target]:
        losses.append({
            "config": {"type": name, **options},
            "prediction": numbers(prediction),
            "target": numbers(given),
            "value": numbers(value),
            "gradient": numbers(prediction.grad),
        })


def class_cross_entropy(x, target, **options):
    """Over the last dimension, where PyTorch has the classes in the second."""
    target = target.flatten(0, -2) if target.is_floating_point() else target.flatten()
    return F.cross_entropy(x.flatten(0, -2), target, **options)


def class_surprise(probabilities, target, label_smoothing=0, ignore_index=-100):
    """What F.cross_entropy does after its log_softmax."""
    surprises = -probabilities.log().flatten(0, -2)
    if target.is_floating_point():
        target = (1 - label_smoothing) * target.flatten(0, -2) + label_smoothing / target.shape[-1]
        return (target * surprises).sum(-1).mean()
    target = target.flatten()
    true = F.nll_loss(-surprises, target, ignore_index=ignore_index)
    return (1 - label_smoothing) * true + label_smoothing * surprises[target != ignore_index].mean()


seed("losses")
classes, classes_in_time = torch.tensor([2, 0, 3, 2]), torch.tensor([[1, 0, 2], [2, 2, 0]])
for x, target in (normal(4, 4), classes), (normal(2, 3, 3), classes_in_time):
    loss("SoftmaxCrossEntropy", 3 * x, target, class_cross_entropy)
    loss("CrossEntropy", x.softmax(-1), target, class_surprise)
loss("SoftmaxCrossEntropy", 1000 * normal(4, 4), classes, class_cross_entropy)
uncertain = torch.tensor([[0.5, 0.25, 0.25, 0], [0, 1, 0, 0], [0.125, 0.125, 0.25, 0.5], [0, 0, 0.75, 0.25]]).double()
some, some_in_time = torch.tensor([2, -100, 3, -100]), torch.tensor([[1, -100, 2], [-100, 2, 0]])
for name, reference in {"SoftmaxCrossEntropy": class_cross_entropy, "CrossEntropy": class_surprise}.items():
    x, in_time = normal(4, 4), normal(2, 3, 3)
    if name == "CrossEntropy":
        x, in_time = x.softmax(-1), in_time.softmax(-1)
    loss(name, x, uncertain, reference)
    loss(name, x, uncertain, reference, label_smoothing=0.2)
    loss(name, x, classes, reference, label_smoothing=0.1)
    loss(name, x, some, reference)
    loss(name, in_time, some_in_time, reference, label_smoothing=0.3)
    loss(name, in_time, classes_in_time, reference, ignore_index=2)


def one_column(f):
    """f for a prediction [batch, 1] and a target [batch]."""
    return lambda prediction, target: f(prediction[:, 0], target)


answers = torch.randint(2, (4, 3)).double()
binary = F.binary_cross_entropy_with_logits
loss("BinaryCrossEntropy", 3 * normal(4, 3), answers, binary)
loss("BinaryCrossEntropy", 100 * normal(4, 3), answers, binary)
loss("BinaryCrossEntropy", normal(5, 1), rounded(torch.rand(5)), one_column(binary))
for name, reference in {"MSE": F.mse_loss, "MAE": F.l1_loss}.items():
    loss(name, normal(4, 3), normal(4, 3), reference)
    loss(name, normal(2, 3, 2), normal(2, 3, 2), reference)
    loss(name, torch.tensor([[1.5], [2], [-1]]), torch.tensor([1.0, 2, 3]), one_column(reference))

# Metrics --------------------------------------------------------------------------------------------------------------

metrics = []


def metric(name, prediction, target, reference, **options):
    """The mean of reference(prediction, target), which says for each sample, or each number, how right it is."""
    value = reference(prediction, target).double().mean()
    config = {"type": name, **options}
    metrics.append({"config": config, "prediction": numbers(prediction), "target": numbers(target), "value": numbers(value)})


def top(k):
    return lambda x, classes: (x.topk(k).indices == classes[:, None]).any(-1)


def accuracy_of_some(x, classes):
    return (x.argmax(-1) == classes)[classes != -100]


seed("metrics")
x, classes = normal(8, 4), torch.tensor([2, 0, 3, 1, 1, 0, 2, 3])
some = classes.where(torch.arange(8) % 3 > 0, torch.tensor(-100))
for name in "Accuracy", "ConfusionMatrix":
    metric(name, x, classes, lambda x, classes: x.argmax(-1) == classes)
    metric(name, x, F.one_hot(classes), lambda x, target: x.argmax(-1) == target.argmax(-1))
    metric(name, x, (normal(8, 4) * 3).softmax(-1), lambda x, target: x.argmax(-1) == target.argmax(-1))
    metric(name, x, some, accuracy_of_some)
metric("TopK", x, classes, top(2), k=2)
metric("TopK", x, classes, top(3), k=3)
answers = torch.randint(2, (8, 4)).double()
metric("BinaryAccuracy", x, answers, lambda x, target: (x >= 0) == (target == 1))
metric("BinaryAccuracy", x, answers, lambda x, target: ((x >= 0) == (target == 1)).all(-1), exact_match=True)
metric("BinaryAccuracy", x.sigmoid(), answers, lambda x, target: (x >= 0.5) == (target == 1), threshold=0.5)
metric("BinaryAccuracy", x[:, :1], answers[:, 0], lambda x, target: (x[:, 0] >= 0) == (target == 1))
metric("BinaryAccuracy", x[:, 0], answers[:, 0], lambda x, target: (x >= 0) == (target == 1))
metric("MSEMetric", x, answers, lambda x, target: (x - target).square())
metric("MAEMetric", x, answers, lambda x, target: (x - target).abs())

# Optimizers and schedules ---------------------------------------------------------------------------------------------

seed("optimizers")
start = [normal(3), normal(2, 2)]
gradients = [[normal(3), normal(2, 2)] for step in range(50)]
runs = []


def optimizer(config, make, schedule=None):
    weights = [torch.nn.Parameter(w.clone()) for w in start]
    rule = make(weights)
    schedule = schedule and schedule(rule)
    after = {}
    for step in range(1, len(gradients) + 1):
        for w, gradient in zip(weights, gradients[step - 1]):
            w.grad = gradient.clone()
        if "clip_norm" in config:
            norm = torch.cat([w.grad.flatten() for w in weights]).norm()
            bound = config["clip_norm"] * (norm + 1e-6) / norm  # PyTorch divides by norm + 1e-6, ours by the norm
            torch.nn.utils.clip_grad_norm_(weights, bound)
        rule.step()
        if schedule:
            schedule.step()
        if step in (1, 10, 50):
            after[step] = [numbers(w) for w in weights]
    runs.append({"config": config, "after": after})


def with_rules(config, make):
    """Alone, with weight decay, with clipping, and with both."""
    decay, clip = {"weight_decay": 0.1}, {"clip_norm": 2.5}
    optimizer(config, make)
    optimizer({**config, **decay}, lambda w: make(w, weight_decay=0.1))
    optimizer({**config, **clip}, make)
    optimizer({**config, **decay, **clip}, lambda w: make(w, weight_decay=0.1))


optim = torch.optim
with_rules({"type": "SGD", "learning_rate": 0.1}, lambda w, **o: optim.SGD(w, 0.1, **o))
with_rules({"type": "Momentum"}, lambda w, **o: optim.SGD(w, 0.01, 0.9, **o))
with_rules({"type": "Momentum", "nesterov": True}, lambda w, **o: optim.SGD(w, 0.01, 0.9, nesterov=True, **o))
optimizer({"type": "Momentum", "learning_rate": 0.1, "momentum": 0.5}, lambda w: optim.SGD(w, 0.1, 0.5))
with_rules({"type": "RMSprop"}, lambda w, **o: optim.RMSprop(w, 0.001, 0.9, **o))
optimizer({"type": "RMSprop", "rho": 0.5, "epsilon": 0.1}, lambda w: optim.RMSprop(w, 0.001, 0.5, 0.1))
with_rules({"type": "Adagrad"}, lambda w, **o: optim.Adagrad(w, **o))
optimizer({"type": "Adagrad", "learning_rate": 0.1, "epsilon": 0.1}, lambda w: optim.Adagrad(w, 0.1, eps=0.1))
own_betas = {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.1}
for name, Adam in {"Adam": optim.Adam, "AdamW": optim.AdamW}.items():
    with_rules({"type": name}, lambda w, **o: Adam(w, **o))
    optimizer({"type": name, **own_betas}, lambda w: Adam(w, 0.05, (0.8, 0.9), 0.1))
    # In float, 1 - β has few digits left.
    optimizer({"type": name, "beta1": 0.999, "beta2": 0.99999}, lambda w: Adam(w, betas=(0.999, 0.99999)))


def warm_up(rule, steps):
    return LinearLR(rule, 1 / steps, total_iters=steps - 1)


def cosine(rule, steps, final_factor=0):
    return CosineAnnealingLR(rule, steps, final_factor * rule.defaults["lr"])


def scheduled(schedule, make):
    for config, rule in [
        ({"type": "SGD", "learning_rate": 0.1}, lambda w: optim.SGD(w, 0.1)),
        ({"type": "Adam"}, lambda w: optim.Adam(w)),
    ]:
        optimizer({**config, "schedule": schedule}, rule, make)


scheduled({"type": "ConstantSchedule"}, None)
scheduled({"type": "ConstantSchedule", "warm_up": 20}, lambda rule: warm_up(rule, 20))
scheduled({"type": "StepSchedule", "every": 4, "gamma": 0.8}, lambda rule: StepLR(rule, 4, 0.8))
scheduled(
    {"type": "StepSchedule", "every": 7, "gamma": 0.5, "warm_up": 5},
    lambda rule: SequentialLR(rule, [warm_up(rule, 5), StepLR(rule, 7, 0.5)], [5]),
)
scheduled({"type": "CosineSchedule", "steps": 60}, lambda rule: cosine(rule, 60))
scheduled(
    {"type": "CosineSchedule", "steps": 30, "final_factor": 0.1},  # at its end ours stays, PyTorch's rises again
    lambda rule: SequentialLR(rule, [cosine(rule, 30, 0.1), ConstantLR(rule, 0.1, 100)], [30]),
)
scheduled(
    {"type": "CosineSchedule", "steps": 25, "final_factor": 0.2, "warm_up": 6},
    lambda rule: SequentialLR(rule, [warm_up(rule, 6), cosine(rule, 25, 0.2), ConstantLR(rule, 0.2, 100)], [6, 31]),
)

# Initializers ---------------------------------------------------------------------------------------------------------

initializers = []


def initializer(config, fill, bounded=False):
    """The numbers it draws, by their moments; those of a distribution with bounds also by their range."""
    for shape in (200, 300), (40, 30, 5, 5):
        seed(config, shape)
        w = fill(torch.empty(shape))
        case = {"config": config, "shape": shape, "mean": number(w.mean().item())}
        case["roots"] = {power: number((w - w.mean()).pow(power).mean().pow(1 / power).item()) for power in (2, 4)}
        case["range"] = [number(w.min().item()), number(w.max().item())] if bounded else None
        initializers.append(case)


init = torch.nn.init
initializer({"type": "Zeros"}, init.zeros_, True)
initializer({"type": "Ones"}, init.ones_, True)
initializer({"type": "Constant", "value": 0.3}, lambda w: init.constant_(w, 0.3), True)
initializer({"type": "Normal", "mean": 0.5, "std": 0.2}, lambda w: init.normal_(w, 0.5, 0.2))
initializer({"type": "Uniform", "low": -0.1, "high": 0.3}, lambda w: init.uniform_(w, -0.1, 0.3), True)
initializer({"type": "XavierUniform"}, init.xavier_uniform_, True)
initializer({"type": "XavierNormal"}, init.xavier_normal_)
initializer({"type": "HeUniform"}, lambda w: init.kaiming_uniform_(w, nonlinearity="relu"), True)
initializer({"type": "HeNormal"}, lambda w: init.kaiming_normal_(w, nonlinearity="relu"))
initializer({"type": "Orthogonal"}, init.orthogonal_)
initializer({"type": "Orthogonal", "gain": 1.5}, lambda w: init.orthogonal_(w, 1.5))

# The file, with a case in each line -----------------------------------------------------------------------------------

contents = {
    "layers": layers,
    "losses": losses,
    "metrics": metrics,
    "weights": [numbers(w) for w in start],
    "gradients": [[numbers(g) for g in step] for step in gradients],
    "optimizers": runs,
    "initializers": initializers,
}
compact = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
sections = [f'"{name}": [\n' + ",\n".join(map(compact, cases)) + "\n]" for name, cases in contents.items()]
pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + ",\n".join(sections) + "\n}\n")
