"""A training in one call, for tests that ask what it comes to."""

from engine.network.training import Trainer


def train(network, inputs, targets, *, count=1, **settings):
    """Train for `count` rounds and return what has been reached; see `Trainer`."""
    trainer = Trainer(network, inputs, targets, **settings)
    trainer.run(count)
    return trainer.outcome()
