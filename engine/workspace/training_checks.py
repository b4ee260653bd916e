"""Data and choices that no training can be made with, refused in words."""

from __future__ import annotations

import math

from engine.workspace.training import ALONE, PLAIN, SAMPLE, TABLE, Data, Training, TrainingError

#: No table in a document is longer than this many numbers.
MOST_NUMBERS = 120_000


def check_data(data: Data) -> None:
    """Refuse what is no data, in words."""
    if data == ALONE:
        return
    if not 0.0 <= data.test_share <= 0.9:
        raise TrainingError(
            "The part held back for the test is between 0 and 0.9.", hint="Write for example 0.2."
        )
    if data.seed < 0:
        raise TrainingError("A seed is a whole number from 0 up.")
    if data.source == TABLE:
        _check_table(data)
        return
    if data.rows or data.columns:
        raise TrainingError("Only a table has rows of its own.")
    if data.source != SAMPLE:
        from engine.network.datasets import DATASETS

        if data.source not in DATASETS:
            raise TrainingError(
                f"There is no set called “{data.source}”.",
                hint=f"There are: {', '.join(DATASETS)}.",
            )
        if not 2 <= data.count <= 20_000 or not 0 <= data.noise <= 1000:
            raise TrainingError("A set has 2 to 20000 samples, and noise from 0 up.")


def check_training(training: Training) -> None:
    """Refuse choices no training can be made with, in words."""
    if training == PLAIN:
        return  # at the start nothing is imported for it
    from engine.network.initializers import initializer_called
    from engine.network.optimizers import optimizer_called
    from engine.network.rates import schedule_called

    rule = optimizer_called(training.optimizer)
    schedule_called(training.schedule)
    initializer_called(training.initializer)
    if training.batch < 0:
        raise TrainingError("A batch has one sample or more, or 0 for all.")
    if training.seed < 0 or training.draw < 0:
        raise TrainingError("A seed is a whole number from 0 up.")
    if training.slip and rule.name != "gradient descent":
        raise TrainingError(
            "The slip of using the already updated weights is shown with gradient descent.",
            hint="Choose gradient descent, or the right update.",
        )


def _check_table(data: Data) -> None:
    width = len(data.columns)
    if not data.rows:
        raise TrainingError("A table needs at least one sample, each with its wanted values.")
    if not 1 <= data.wanted < width:
        raise TrainingError("At least one column is an input and one a wanted value.")
    if width * len(data.rows) > MOST_NUMBERS:
        raise TrainingError(
            f"A scene holds tables of up to {MOST_NUMBERS:,} numbers.".replace(",", " "),
            hint="Leave out rows or columns; train on longer files with main.py train.",
        )
    for place, row in enumerate(data.rows, start=1):
        if len(row) != width:
            raise TrainingError(f"Row {place} has {len(row)} numbers; there are {width} columns.")
        if not all(map(math.isfinite, row)):
            raise TrainingError(f"Row {place} holds a number that is not finite.")
