"""Moments of real runs, for the figures that draw them."""

from dataclasses import replace

import numpy as np

from engine.network.network import layered
from engine.network.runs import Run
from engine.workspace.document import Document
from engine.workspace.training import Data, Training, samples_of, settings_of
from gui.moment import Course, Moment, Noted


def lesson(start=(0.5, -0.499), rate=0.1):
    """J = ½(w1·w2 − 1)², the landscape of lesson 12."""
    network = layered((1, 1, 1), "linear", weights=[[[start[0]]], [[start[1]]]],
                      biases=[None, None])  # fmt: skip
    return Document(network=network, x=(1.0,), y=(1.0,), learning_rate=rate)


def ravine(rate=0.07):
    """J = ½(u² + 25v²), the landscape of lesson 13."""
    network = layered((2, 1), "linear", weights=[[[-4.0, 1.0]]], biases=[None])
    data = Data("table", 2, columns=("x1", "x2", "y"), rows=((1.0, 0.0, 0.0), (0.0, 5.0, 0.0)))
    return Document(network=network, x=(1.0, 0.0), y=(0.0,), learning_rate=rate, data=data,
                    training=Training(samples="sum"))  # fmt: skip


def run_of(document, steps):
    split = samples_of(document)
    run = Run(document.network, split.train, split.test, settings_of(document))
    run.advance(steps)
    return run


def course_of(run, number=1, **more):
    notes = run.notes
    noted = Noted(
        np.arange(len(notes.parameters)) * notes.stride, np.array(notes.parameters),
        np.array(notes.train), np.array(notes.test),
    )  # fmt: skip
    first = run.changes[0][1]
    words = f"{first.optimizer}, η {first.learning_rate:g}"
    at, run.step = run.step, run.length
    last, run.step = run.standing.cost, at
    return Course(f"run {number}", words, run.losses, run.loss_stride, run.length, last,
                  noted, run.changes, number, **more)  # fmt: skip


def moment_of(document, steps=0, at=None, *, running=False, others=(), number=1):
    """The moment after some steps of a document's run, or at an earlier one of them."""
    run = run_of(document, steps)
    if at is not None:
        run.go_to(at)
    return Moment(
        replace(document, network=run.seen_network), run.seen_network, run.step, run.standing,
        run.settings, samples_of(document), run.judged(), run.judged("test"),
        course_of(run, number), tuple(others), running, run.divergence,
    )  # fmt: skip
