import os
import signal
import sys
import time

import pytest

from gui.second_opinion import SecondOpinion

CHAPTER = {"text": "log(2 + cos(x))", "by": ["x"], "points": [{"x": 2.0}]}
DEAF = "import time; print('{\"ready\": true}', flush=True); time.sleep(60)"


def alive(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def opinion(qapp):
    opinion = SecondOpinion()
    yield opinion
    opinion.stop()


@pytest.fixture
def deaf(qapp):
    """Ask a worker that never answers."""
    opinion = SecondOpinion(patience=150, command=(sys.executable, "-c", DEAF))
    yield opinion
    opinion.stop()


def test_no_process_is_there_before_the_first_question(opinion):
    assert opinion.process_id == 0


def test_sympy_answers_from_a_process_of_its_own(opinion, qtbot):
    with qtbot.waitSignal(opinion.answered, timeout=30_000) as heard:
        number = opinion.ask(CHAPTER)
    assert heard.args == [number, [pytest.approx(-0.5741046252)]]
    assert opinion.process_id not in (0, os.getpid())


def test_the_same_process_answers_again_and_higher_orders_and_curves(opinion, qtbot):
    with qtbot.waitSignal(opinion.answered, timeout=30_000):
        opinion.ask(CHAPTER)
    first = opinion.process_id
    with qtbot.waitSignal(opinion.answered, timeout=30_000) as heard:
        opinion.ask({"text": "x^3", "by": ["x", "x"], "points": [{"x": 2.0}]})
    assert heard.args[1] == [12.0]
    circle = {"text": "x^2 + y^2 - 25", "by": ["x"], "implicit": "y"}
    with qtbot.waitSignal(opinion.answered, timeout=30_000) as heard:
        opinion.ask(circle | {"points": [{"x": 3.0, "y": 4.0}]})
    assert heard.args[1] == [-0.75]
    assert opinion.process_id == first


def test_what_it_cannot_read_has_no_values(opinion, qtbot):
    with qtbot.waitSignal(opinion.answered, timeout=30_000) as heard:
        opinion.ask({"text": "__import__('os')", "by": ["x"], "points": []})
    assert heard.args[1] is None


def test_only_the_last_of_several_questions_is_asked(opinion, qtbot):
    answers = []
    opinion.answered.connect(lambda number, values: answers.append(number))
    opinion.ask(CHAPTER)
    opinion.ask(CHAPTER)
    last = opinion.ask(CHAPTER)
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert answers == [last]


def test_asking_does_not_wait(deaf):
    before = time.perf_counter()
    deaf.ask(CHAPTER)
    assert time.perf_counter() - before < 0.5


def test_a_late_worker_is_ended_and_the_next_question_starts_another(deaf, qtbot):
    with qtbot.waitSignal(deaf.late, timeout=10_000) as heard:
        number = deaf.ask(CHAPTER)
        qtbot.waitUntil(lambda: deaf.process_id > 0)
        first = deaf.process_id
    assert heard.args == [number]
    assert deaf.process_id == 0
    qtbot.waitUntil(lambda: not alive(first))
    with qtbot.waitSignal(deaf.late, timeout=10_000):
        deaf.ask(CHAPTER)
        assert deaf.process_id != first


def test_a_slow_question_to_sympy_itself_ends_in_time(qapp, qtbot):
    opinion = SecondOpinion(patience=200)
    heavy = "·".join(f"sin(x^{n} + {n})^(x·{n})" for n in range(2, 40))
    with qtbot.waitSignal(opinion.late, timeout=30_000):
        opinion.ask({"text": heavy, "by": ["x"] * 4, "points": [{"x": 0.5}]})
    assert opinion.process_id == 0
    with qtbot.waitSignal(opinion.answered, timeout=30_000):
        opinion.ask({"text": "x", "by": ["x"], "points": [{"x": 0.5}]})
    opinion.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_worker_that_is_killed_is_started_again(opinion, qtbot):
    with qtbot.waitSignal(opinion.answered, timeout=30_000):
        opinion.ask(CHAPTER)
    first = opinion.process_id
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: opinion.process_id == 0)
    with qtbot.waitSignal(opinion.answered, timeout=30_000):
        opinion.ask(CHAPTER)
    assert opinion.process_id != first


def test_a_worker_that_cannot_start_is_no_disaster(qapp, qtbot):
    opinion = SecondOpinion(command=("/nowhere/python",))
    with qtbot.waitSignal(opinion.late, timeout=10_000):
        opinion.ask(CHAPTER)
    opinion.stop()


def test_stopping_leaves_no_process(opinion, qtbot):
    with qtbot.waitSignal(opinion.answered, timeout=30_000):
        opinion.ask(CHAPTER)
    process_id = opinion.process_id
    opinion.stop()
    assert not alive(process_id)
