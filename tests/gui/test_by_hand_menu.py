"""By hand in the window: what stands there is what stands in an exercise book."""

from engine.formula.plaintext import plaintext
from engine.workspace import learning
from gui.by_hand_menu import ByHandMenu


def test_results_are_rounded_and_carried_in_steps_diagram_and_table(window, workbench):
    menu = ByHandMenu(workbench, window)
    [three] = [action for action in menu.actions() if action.data() == 3]
    three.trigger()
    assert "3 decimals" in window.top.notation.text()
    window.actions_by_key["last_step"].trigger()
    content = window.network.diagram.picture().content
    assert (content.values["a1"], content.gradients["w2"]) == (0.611, 0.071)
    told = [plaintext(card.full) for card in window.network.panel.cards]
    assert told[7].splitlines()[-1].strip() == "= 0.071"
    window.actions_by_key["next_step"].trigger()
    for value in workbench.document.network.parameters().values():
        assert round(value, 3) == value
    menu.refresh()
    assert three.isChecked()
    workbench.undo()
    workbench.undo()
    workbench.undo()
    assert workbench.document.decimals == 0


def test_the_page_of_the_network_tells_the_chosen_rule(window, workbench):
    workbench.apply("Adam", lambda document: learning.set_optimizer(document, "adam"))
    window.actions_by_key["last_step"].trigger()
    told = plaintext(window.network.panel.cards[13].full)
    assert "m̂" in told
    weight = window.network.diagram.picture().content.updates["w2"][1]
    window.actions_by_key["next_step"].trigger()
    assert workbench.document.network.parameters()["w2"] == weight


def test_the_plot_lands_where_the_rule_does_and_slopes_are_rounded(window, workbench):
    workbench.apply("Adam", lambda document: learning.set_optimizer(document, "adam"))
    workbench.apply("By hand", lambda document: learning.set_decimals(document, 3))
    window.actions_by_key["last_step"].trigger()
    seen = window.network.figures.cost.shown
    assert seen.lands == window.network.diagram.picture().content.updates[seen.parameter][1]
    slopes = window.network.diagram.picture().content.slopes
    assert all(round(value, 3) == value for value in slopes.values())
    workbench.apply("Plain", lambda document: learning.set_optimizer(document, "gradient descent"))
    workbench.apply("Exact", lambda document: learning.set_decimals(document, 0))
    assert window.network.figures.cost.shown.lands is None
