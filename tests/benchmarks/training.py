"""Training steps per second, against the same step in plain numpy and in other tools.

    python tests/benchmarks/training.py [ROUNDS]

Every engine runs in a process of its own, on one thread; in each round every engine has one turn,
so that a slow minute hits all alike. All begin with the same weights, and their costs after 20
steps must agree. A row says how many times faster this program is (median over the rounds of the
ratio of processor times; a peer that is not installed says so). The peers are the dependency group
`peers`; nothing else needs them. Not a test: a slow machine proves nothing.
"""

import importlib.util
import multiprocessing
import os
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported, here and in the workers
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

RATE = 0.05
AGREED_AFTER = 20
TURN = 0.12  # seconds of one engine in one round

#: Sizes, batch, hidden activation; the last is a classifier, the others fit half squared errors.
TASKS = {
    "1-1-1": ((1, 1, 1), 1, "tanh"),
    "2-2-1": ((2, 2, 1), 4, "tanh"),
    "2-4-2-1 b10": ((2, 4, 2, 1), 10, "tanh"),
    "2-4-2-1 b200": ((2, 4, 2, 1), 200, "tanh"),
    "2-4-2-1 b500": ((2, 4, 2, 1), 500, "tanh"),
    "2-8-8-8-1 b500": ((2, 8, 8, 8, 1), 500, "tanh"),
    "784-128-10 b64": ((784, 128, 10), 64, "relu"),
}
PEERS = {"numpy": "numpy", "torch": "torch", "jax": "jax", "sklearn": "sklearn"}


def problem(name, kind):
    """Return the activations, weights, biases, x and y of a task, all engines' common start."""
    import numpy as np

    sizes, batch, hidden = TASKS[name]
    draw = np.random.default_rng(7)
    weights = [draw.normal(0, (1.5 / a) ** 0.5, (b, a)).astype(kind) for a, b in pairwise(sizes)]
    biases = [draw.normal(0, 0.1, b).astype(kind) for b in sizes[1:]]
    x = draw.normal(size=(batch, sizes[0])).astype(kind)
    y = np.sin(x.sum(axis=1, keepdims=True)).astype(kind)
    if sizes[-1] > 1:
        y = np.eye(sizes[-1], dtype=kind)[draw.integers(0, sizes[-1], batch)]
    return hidden, weights, biases, x, y


def engine(name, kind):
    """This program."""
    from engine.network.network import layered
    from engine.network.program import Program

    hidden, weights, biases, x, y = problem(name, kind)
    last, loss = (
        ("softmax", "cross-entropy") if y.shape[1] > 1 else ("linear", "half squared error")
    )
    network = layered(
        TASKS[name][0],
        [hidden] * (len(weights) - 1) + [last],
        weights=[each.tolist() for each in weights],
        biases=[each.tolist() for each in biases],
    )
    program = Program(network, x, y, loss=loss, learning_rate=RATE, dtype=kind)
    return program.run, program.evaluate


def numpy_loop(name, kind):
    """The step as a textbook writes it, one line a formula."""
    import numpy as np

    hidden, weights, biases, x, y = problem(name, kind)
    classify = y.shape[1] > 1
    biases = [each[:, None] for each in biases]
    x, y = x.T, y.T

    def outputs():
        activations = [x]
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            z = W @ activations[-1] + b
            activations.append(np.tanh(z) if hidden == "tanh" else np.maximum(z, 0))
        z = weights[-1] @ activations[-1] + biases[-1]
        if classify:
            power = np.exp(z - z.max(axis=0))
            z = power / power.sum(axis=0)
        return [*activations, z]

    def cost(a):
        if classify:
            return -np.mean(np.sum(y * np.log(a), axis=0))
        return 0.5 * np.mean((a - y) ** 2)

    def run(count):
        for _ in range(count):
            activations = outputs()
            cost(activations[-1])
            delta = (activations[-1] - y) / x.shape[1]
            for place in range(len(weights) - 1, -1, -1):
                a = activations[place]
                W_slope, b_slope = delta @ a.T, delta.sum(axis=1, keepdims=True)
                if place:
                    slope = 1 - a**2 if hidden == "tanh" else (a > 0).astype(a.dtype)
                    delta = weights[place].T @ delta * slope
                weights[place] = weights[place] - RATE * W_slope
                biases[place] = biases[place] - RATE * b_slope

    return run, lambda: float(cost(outputs()[-1]))


def torch_eager(name, kind):
    """PyTorch, module by module."""
    import torch

    torch.set_num_threads(1)
    hidden, weights, biases, x, y = problem(name, kind)
    classify = y.shape[1] > 1
    layers = []
    for W, b in zip(weights, biases, strict=True):
        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=getattr(torch, kind))
        linear.weight.data, linear.bias.data = torch.tensor(W), torch.tensor(b)
        layers += [linear, torch.nn.Tanh() if hidden == "tanh" else torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    x, y = torch.tensor(x), torch.tensor(y)
    labels = y.argmax(dim=1)
    descent = torch.optim.SGD(model.parameters(), lr=RATE)
    entropy, squares = torch.nn.CrossEntropyLoss(), torch.nn.MSELoss()

    def cost():
        return entropy(model(x), labels) if classify else 0.5 * squares(model(x), y)

    def run(count):
        for _ in range(count):
            descent.zero_grad()
            cost().backward()
            descent.step()

    return run, lambda: float(cost().detach())


def jax_jit(name, kind):
    """JAX, the whole step compiled, one call a step."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", kind == "float64")
    hidden, weights, biases, x, y = problem(name, kind)
    classify = y.shape[1] > 1
    start = [(jnp.asarray(W), jnp.asarray(b)) for W, b in zip(weights, biases, strict=True)]
    x, y = jnp.asarray(x), jnp.asarray(y)
    curve = jnp.tanh if hidden == "tanh" else jax.nn.relu

    def cost(parameters):
        a = x
        for W, b in parameters[:-1]:
            a = curve(a @ W.T + b)
        z = a @ parameters[-1][0].T + parameters[-1][1]
        if classify:
            return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(z), axis=1))
        return 0.5 * jnp.mean((z - y) ** 2)

    @jax.jit
    def step(parameters):
        value, slopes = jax.value_and_grad(cost)(parameters)
        return value, jax.tree.map(lambda p, g: p - RATE * g, parameters, slopes)

    state = [start]

    def run(count):
        parameters = state[0]
        for _ in range(count):
            value, parameters = step(parameters)
            value.block_until_ready()
        state[0] = parameters

    return run, lambda: float(cost(state[0]))


def sklearn_fit(name, kind):
    """scikit-learn's partial_fit, one batch a call."""
    import warnings

    import numpy as np
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    warnings.simplefilter("ignore")
    hidden, weights, biases, x, y = problem(name, kind)
    classify = y.shape[1] > 1
    model = (MLPClassifier if classify else MLPRegressor)(
        hidden_layer_sizes=TASKS[name][0][1:-1], activation=hidden, solver="sgd", alpha=0.0,
        batch_size=len(x), learning_rate_init=RATE, momentum=0.0, nesterovs_momentum=False,
        shuffle=False,
    )  # fmt: skip
    wanted = y.argmax(axis=1) if classify else y[:, 0]
    more = {"classes": np.arange(y.shape[1])} if classify else {}
    model.partial_fit(x, wanted, **more)
    for place, (W, b) in enumerate(zip(weights, biases, strict=True)):
        model.coefs_[place][...] = W.T
        model.intercepts_[place][...] = b

    def run(count):
        for _ in range(count):
            model.partial_fit(x, wanted)

    def cost():
        if classify:
            found = model.predict_proba(x)[np.arange(len(x)), wanted]
            return float(-np.mean(np.log(found)))
        return float(0.5 * np.mean((model.predict(x) - wanted) ** 2))

    return run, cost


ENGINES = {
    "engine": engine,
    "numpy": numpy_loop,
    "torch": torch_eager,
    "jax": jax_jit,
    "sklearn": sklearn_fit,
}


def work(pipe, which, name, kind):
    """A worker: agree on the cost, then take turns until told to stop."""
    run, cost = ENGINES[which](name, kind)
    run(AGREED_AFTER)
    pipe.send(cost())
    count = 1
    while True:
        start = time.process_time()
        run(count)
        if time.process_time() - start > TURN / 8:
            break
        count *= 2
    while pipe.recv():
        wall, used, done = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - wall < TURN:
            run(count)
            done += count
        pipe.send(((time.process_time() - used) / done, (time.perf_counter() - wall) / done))


def measure(name, kind, rounds):
    """Print the row of a task: our steps a second, and the ratio to each peer."""
    present = [peer for peer, module in PEERS.items() if importlib.util.find_spec(module)]
    context = multiprocessing.get_context("spawn")
    pipes, workers, costs = {}, [], {}
    for which in ("engine", *present):
        pipes[which], end = context.Pipe()
        worker = context.Process(target=work, args=(end, which, name, kind), daemon=True)
        worker.start()
        workers.append(worker)
        costs[which] = pipes[which].recv()
    tolerance = 1e-9 if kind == "float64" else 1e-3
    wrong = [peer for peer in present if abs(costs[peer] / costs["engine"] - 1) > tolerance]
    times = {which: [] for which in pipes}
    for _ in range(rounds):
        for which, pipe in pipes.items():
            pipe.send(True)
            times[which].append(pipe.recv())
    for pipe in pipes.values():
        pipe.send(False)
    for worker in workers:
        worker.join()
    best = 1 / min(wall for _, wall in times["engine"])
    cells = []
    for peer in PEERS:
        if peer not in present:
            cells.append(f"{'not installed':>16}")
            continue
        pairs = zip(times[peer], times["engine"], strict=True)
        ratio = statistics.median(theirs / ours for (theirs, _), (ours, _) in pairs)
        cells.append(f"{'×' if peer not in wrong else 'cost differs ×'}{ratio:.2f}".rjust(16))
    print(f"{name:<16}{kind:<9}{best:>10,.0f}{''.join(cells)}", flush=True)


def main(words):
    """Measure every task in both precisions."""
    rounds = int(words[0]) if words else 9
    print(f"{'steps a second':<25}{'best':>10}{''.join(f'{peer:>16}' for peer in PEERS)}")
    for kind in ("float64", "float32"):
        for name in TASKS:
            measure(name, kind, rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
