"""Networks and samples drawn by hypothesis: layered ones, and graphs with skips and gaps."""

from hypothesis import strategies as st

from engine.network.network import Connection, Network, Neuron, layered

#: Smooth everywhere, so that central differences can follow.
SMOOTH = (
    "sigmoid", "tanh", "linear", "softplus", "arctan", "sin", "swish", "mish", "gaussian",
    "gelu_tanh", "softmax", "swish:1.5",
)  # fmt: skip

numbers = st.floats(-2, 2).map(lambda value: round(value, 3))
activations = st.sampled_from(SMOOTH)


@st.composite
def layered_networks(draw, most=4):
    sizes = draw(st.lists(st.integers(1, most), min_size=2, max_size=4))
    kinds = draw(st.lists(activations, min_size=len(sizes) - 1, max_size=len(sizes) - 1))
    shape = layered(sizes, kinds)
    return shape.with_parameters({name: draw(numbers) for name in shape.parameters()})


@st.composite
def networks(draw):
    """Any small network: neurons of their own kinds, arrows that skip columns or are missing."""
    inputs = tuple(f"x{n}" for n in range(1, draw(st.integers(1, 3)) + 1))
    if len(inputs) == 1:
        inputs = ("x",)
    columns = [list(inputs)]
    neurons, connections = [], []
    for layer, size in enumerate(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)), 1):
        column = []
        for unit in range(1, size + 1):
            name = f"{layer}_{unit}"
            bias = draw(st.none() | numbers)
            neurons.append(Neuron(name, layer, draw(activations), bias))
            sources = [each for earlier in columns for each in earlier]
            chosen = draw(st.lists(st.sampled_from(sources), unique=True, min_size=1, max_size=4))
            for source in chosen:
                label = f"w_{source}_{name}"
                connections.append(Connection(label, source, name, draw(numbers)))
            column.append(name)
        columns.append(column)
    names = [each.name for each in neurons]
    outputs = draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=2))
    if columns[-1][0] not in outputs:
        outputs.append(columns[-1][0])
    return Network(inputs, tuple(neurons), tuple(connections), tuple(outputs))


@st.composite
def samples(draw, network):
    x = tuple(draw(numbers) for _ in network.inputs)
    return x, tuple(draw(numbers) for _ in network.outputs)


@st.composite
def cases(draw, kinds=None):
    """A network with a sample."""
    network = draw(kinds if kinds is not None else layered_networks() | networks())
    return network, *draw(samples(network))
