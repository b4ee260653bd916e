"""What the network computes, as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.network.datasets import Samples
from engine.network.readings import Probe, along, grid
from engine.workspace.training import SAMPLE
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.heat_scale import Scale, reach_of, scale_of
from gui.moment import Moment
from gui.plots.axes import short
from gui.plots.batch_reader import NeuronOptions, shape_of
from gui.plots.computed_plot import ComputedPlot
from gui.plots.fit_axes import FitView
from gui.plots.map_axes import MapView
from gui.plots.neuron_maps import NeuronMap
from gui.plots.sample_edits import Plane, SampleEdits
from gui.plots.sample_points import NO_POINTS, SamplePoints
from gui.plots.steady import Steady

Floats = NDArray[np.float64]

PLACES = 241  # of a curve
COARSE, FINE = 64, 160  # cells to a side of a map: while training runs, and at rest
LEAST_CELLS = 16
MOST_NUMBERS = 4_000_000  # of a map: cells times neurons
SMALL_CELLS = 32  # of the small pictures
ALIKE = 3.0  # spans that differ by less share one scale, so that a circle is round
MOST_PAIRS = 12


class ComputedFigure(Figure):
    """A quantity of the network over one input or two, with the samples on it."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = ComputedPlot(workbench.appearance)
        self.widget = self.plot
        self.edits = SampleEdits(workbench)
        self._workbench = workbench
        self._neuron, self._pair, self._reach = "", (0, 1), 0.0
        self._moment: Moment | None = None
        self._options = NeuronOptions()
        self._cells = COARSE
        self._ends = (Steady(spare=0.12), Steady(spare=0.12))
        self._framed: tuple[object, ...] = ()
        self._probe: tuple[tuple[object, ...], Probe] | None = None
        self._points: tuple[tuple[object, ...], SamplePoints] | None = None
        self._connect()

    def _connect(self) -> None:
        plot, made = self.plot, self.edits
        plot.sample_added.connect(made.add)
        plot.sample_moved.connect(made.move)
        plot.sample_removed.connect(made.remove)
        plot.sample_chosen.connect(made.look_at)
        plot.sample_wanted.connect(made.want)
        plot.sample_turned.connect(made.turn)
        plot.settled.connect(self._workbench.settle)
        plot.refused.connect(self._workbench.said)
        plot.quantity_chosen.connect(self._choose)
        plot.inputs_chosen.connect(self._turn_to)
        plot.room_changed.connect(self._resized)

    def show_moment(self, moment: Moment) -> None:
        """Draw one step: coarsely, and at rest finer by and by."""
        self._moment = moment
        self._cells = _cells(moment, COARSE)
        self._settle_names(moment)
        if len(moment.network.inputs) == 1:
            self._show_curve(moment)
        else:
            self._show_map(moment)
        self._show_neurons(moment)

    def refine(self) -> bool:
        """Draw the map with smaller cells."""
        moment = self._moment
        if moment is None or len(moment.network.inputs) == 1:
            return False
        fine = _cells(moment, FINE)
        if self._cells >= fine:
            return False
        self._cells = fine
        self._show_map(moment)
        return False

    def table(self) -> Sequence[Column]:
        """Return the curve or the map."""
        return self.plot.table()

    # --------------------------------------------------------------------------- drawing

    def _settle_names(self, moment: Moment) -> None:
        """Keep neuron and inputs to what there is, and offer the others."""
        network = moment.network
        if self._neuron not in {each.name for each in network.neurons}:
            self._neuron, self._reach = network.outputs[0], 0.0
        self.plot.quantity.set_options(self._options.of(moment), self._neuron)
        pairs = list(combinations(range(len(network.inputs)), 2))[:MOST_PAIRS]
        if self._pair not in pairs:
            self._pair = (0, 1)
        words = [moment.symbol(each) for each in network.inputs]
        options = [("", f"{a} {b}", f"{words[a]}, {words[b]}") for a, b in pairs]
        self.plot.inputs.set_options(options, f"{self._pair[0]} {self._pair[1]}")

    def _show_curve(self, moment: Moment) -> None:
        network, whole = moment.network, moment.split.whole
        ((low, high),) = self._frame(moment, (0,))
        probe = self._probe_at(moment, ("line", low, high))
        wanted = self._neuron in network.outputs
        output = network.outputs.index(self._neuron) if wanted else 0
        self.edits.plane = Plane(0, None, output)
        self.plot.fit.editable = wanted
        points = self._points_of(moment, whole.inputs[:, 0], whole.targets[:, output], None)
        others = [each for each in network.outputs if each != self._neuron] if wanted else []
        seen = FitView(
            self._neuron,
            moment.symbol(network.inputs[0]),
            moment.symbol(network.neuron(self._neuron).output),
            probe.inputs[:, 0],
            np.array(probe.activation(self._neuron), dtype=float),
            points if wanted else NO_POINTS,
            tuple(np.array(probe.activation(each), dtype=float) for each in others),
            moment.running,
        )
        note = "open points: test" if moment.split.test is not None else ""
        self.plot.show_fit(seen, note if wanted else "no value is wanted of a hidden neuron")
        self._show_sample(moment, output, None)

    def _show_map(self, moment: Moment) -> None:
        network, whole = moment.network, moment.split.whole
        a, b = self._pair
        ends = _square(*self._frame(moment, self._pair))
        extent = (*ends[0], *ends[1])
        held = tuple(v for n, v in enumerate(moment.document.x) if n not in self._pair)
        probe = self._probe_at(moment, ("map", self._cells, self._pair, extent, held))
        shape = (self._cells, self._cells)
        values = np.array(probe.activation(self._neuron)).reshape(shape)
        scale = scale_of(network, self._neuron, whole.targets)
        self._reach = scale.reach or reach_of(values, scale.middle, self._reach)
        of_output = self._neuron in network.outputs
        output = network.outputs.index(self._neuron) if of_output else 0
        self.edits.plane = Plane(a, b, output)
        self.plot.map.editable = True
        column = whole.targets[:, output]
        own = scale if of_output else scale_of(network, network.outputs[0], whole.targets)
        points = self._points_of(
            moment, whole.inputs[:, a], whole.inputs[:, b], _shares(column, own, self._reach)
        )
        name = moment.symbol(network.neuron(self._neuron).output)
        target = moment.symbol(network.targets[output])
        line = f"{name} = {short(scale.middle, 3)}"
        self.plot.show_map(
            MapView(
                moment.symbol(network.inputs[a]),
                moment.symbol(network.inputs[b]),
                name,
                extent,
                values,
                self._margin(probe, scale, values),
                scale.middle,
                self._reach,
                f"{name} is largest" if scale.largest else line,
                points,
                tuple(f"{target} = {short(each, 3)}" for each in own.classes),
            ),
            self._note(moment),
        )
        self._show_sample(moment, output, moment.document.y[output])

    def _show_neurons(self, moment: Moment) -> None:
        """Draw every neuron small, where there is room."""
        if self._probe is None or not self.plot.room_for_neurons:
            self.plot.show_neurons((), self._neuron)
            return
        probe, network = self._probe[1], moment.network
        flat = len(network.inputs) == 1
        names = {key: name for _, key, name in self._options.of(moment)}
        maps = []
        for neuron in network.neurons:
            scale = scale_of(network, neuron.name, moment.split.whole.targets)
            values = np.array(probe.activation(neuron.name))
            if not flat:
                every = max(1, self._cells // SMALL_CELLS)
                values = values.reshape(self._cells, self._cells)[::every, ::every]
            middle = _mean(values) if flat else scale.middle
            reach = reach_of(values, middle, 0.0) if flat or not scale.reach else scale.reach
            maps.append(
                NeuronMap(neuron.name, names[neuron.name], neuron.layer, values, middle, reach)
            )
        self.plot.show_neurons(maps, self._neuron)

    def _margin(self, probe: Probe, scale: Scale, values: NDArray[np.float64]) -> Floats:
        """Return what is 0 along the line: z itself where that is so, for a smooth line."""
        network = probe.network
        if scale.largest:
            layer = network.neuron(self._neuron).layer
            rivals = [
                probe.activation(each.name).reshape(values.shape)
                for each in network.neurons
                if each.layer == layer and each.name != self._neuron
            ]
            return values - np.max(rivals, axis=0) if rivals else values - scale.middle
        return values - scale.middle

    def _show_sample(self, moment: Moment, output: int, wanted: float | None) -> None:
        name = moment.symbol(moment.network.targets[output])
        self.plot.show_sample(name, wanted)

    def _note(self, moment: Moment) -> str:
        """Say which inputs are held, where there are more than two."""
        network, x = moment.network, moment.document.x
        held = [
            f"{moment.symbol(name)} = {short(x[n], 3)}"
            for n, name in enumerate(network.inputs)
            if n not in self._pair
        ]
        return f"this slice only, at {', '.join(held)}" if held else ""

    # --------------------------------------------------------------------------- numbers

    def _frame(self, moment: Moment, inputs: Sequence[int]) -> list[tuple[float, float]]:
        """Return the ends of the axes: around all samples, and steady while they can be."""
        whole, x = moment.split.whole, moment.document.x
        key = (moment.network.inputs, tuple(inputs), moment.document.data.source)
        if key != self._framed:
            self._framed = key
            for axis in self._ends:
                axis.forget()
        found = []
        for axis, place in zip(self._ends, inputs, strict=False):
            column = whole.inputs[:, place]
            low, high = min(column.min(), x[place]), max(column.max(), x[place])
            if moment.document.data.source == SAMPLE:
                low, high = min(low, -4.0), max(high, 4.0)
            found.append(axis.hold(float(low), float(high)))
        return found

    def _probe_at(self, moment: Moment, where: tuple[object, ...]) -> Probe:
        """Return the forward phase at the points of the picture, run with this step's weights."""
        key = (shape_of(moment.network), where)
        if self._probe is None or self._probe[0] != key:
            x = moment.document.x
            if where[0] == "line":
                points = along(moment.network, x, 0, *where[1:], PLACES)  # type: ignore[misc]
                probe = Probe(moment.network, points)
            else:
                _, cells, pair, extent, _ = where
                points = grid(x, pair, extent, cells)  # type: ignore[arg-type]
                probe = Probe(moment.network, points, np.float32)
            self._probe = (key, probe)
        self._probe[1].run(moment.standing.parameters)
        return self._probe[1]

    def _points_of(
        self, moment: Moment, across: Floats, up: Floats, wanted: Floats | None
    ) -> SamplePoints:
        """Return the samples as points; the same arrays while they are the same samples."""
        split, document = moment.split, moment.document
        focus = 0 if document.data.source == SAMPLE else document.focus
        scale = None if wanted is None else wanted.tobytes()
        key = (split.whole, self._pair, self.edits.plane, scale)
        before = self._points
        if before is None or not _same(before[0], key):
            held = np.zeros(len(split.whole), dtype=bool)
            held[list(split.test_places)] = True
            points = SamplePoints(across.copy(), up.copy(), wanted, held)
            self._points = before = (key, points)
        kept = before[1]
        if kept.focus != focus:
            kept = SamplePoints(kept.across, kept.up, kept.wanted, kept.held, focus)
            self._points = (before[0], kept)
        return kept

    # -------------------------------------------------------------------------- choosing

    def _choose(self, neuron: str) -> None:
        self._neuron, self._reach = neuron, 0.0
        self._again()

    def _turn_to(self, pair: str) -> None:
        first, second = (int(each) for each in pair.split())
        self._pair = (first, second)
        self._again()

    def _resized(self) -> None:
        if self._moment is not None and self._probe is not None:
            self._show_neurons(self._moment)

    def _again(self) -> None:
        if self._moment is not None:
            self.show_moment(self._moment)
            if not self._moment.running:
                self.refine()


def _cells(moment: Moment, wanted: int) -> int:
    """Return how many cells a side of the map has: fewer for a network of many neurons."""
    rows = len(moment.network.inputs) + len(moment.network.neurons)
    return max(LEAST_CELLS, min(wanted, int((MOST_NUMBERS / rows) ** 0.5)))


def _shares(column: Floats, scale: Scale, reach: float) -> Floats:
    """Return where wanted values are on the scale; two classes stand at its two ends."""
    if scale.classes:
        return np.where(column > scale.middle, 1.0, -1.0)
    return np.clip((column - scale.middle) / (reach or 1.0), -1.0, 1.0)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else 0.0


def _square(
    across: tuple[float, float], up: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give two axes of like spans the same span, so that a circle is round."""
    wide, high = across[1] - across[0], up[1] - up[0]
    if max(wide, high) > ALIKE * min(wide, high):
        return across, up
    more = abs(wide - high) / 2
    if wide > high:
        return across, (up[0] - more, up[1] + more)
    return (across[0] - more, across[1] + more), up


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    first: tuple[object, Samples | object] = (one[0], other[0])
    return first[0] is first[1] and one[1:] == other[1:]
