"""A wrong table is refused when the process starts, with the name of what is wrong."""

import pytest

from cases.workflow import Move, State, Workflow, WorkflowFault

ASKED, DONE = State("asked", "Ditanyakan"), State("done", "Selesai", final=True)
ANSWER = Move("asked", "done", by=("head",))


def table(*, states=(ASKED, DONE), moves=(ANSWER,), initial="asked") -> Workflow:
    return Workflow("question", initial, tuple(states), tuple(moves))


def test_a_sound_table_knows_its_moves():
    workflow = table()
    assert workflow.move("asked", "done") == ANSWER
    assert workflow.move("done", "asked") is None
    assert list(workflow.moves_from("asked")) == [ANSWER]


def test_a_state_that_the_table_does_not_have_is_a_key_error():
    with pytest.raises(KeyError):
        table().state("gone")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"states": (ASKED, DONE, DONE)}, "state done twice"),
        ({"moves": (ANSWER, ANSWER)}, "move asked → done twice"),
        ({"moves": (ANSWER, Move("asked", "gone", by=("head",)))}, "move asked → gone: state gone unknown"),
        ({"moves": (ANSWER, Move("gone", "done", by=("head",)))}, "move gone → done: state gone unknown"),
        ({"moves": (Move("asked", "done", by=()),)}, "move asked → done: nobody may make it"),
        ({"moves": (ANSWER, Move("done", "asked", by=("head",)))}, "final state done has an exit"),
        (
            {"states": (ASKED, DONE, State("lost", "Hilang", closed=True))},
            "state lost unreachable",
        ),
        (
            {
                "states": (ASKED, DONE, State("stuck", "Macet")),
                "moves": (ANSWER, Move("asked", "stuck", by=("head",))),
            },
            "state stuck is a dead end",
        ),
        ({"initial": "done"}, "state asked unreachable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_table_is_refused_by_name(wrong, fault):
    with pytest.raises(WorkflowFault) as refused:
        table(**wrong)
    assert fault in str(refused.value).removeprefix("question: ").split("; ")


def test_an_unknown_beginning_is_refused():
    with pytest.raises(WorkflowFault, match="initial state begun unknown"):
        table(initial="begun")


def test_a_closed_state_may_have_an_exit():
    closed = State("closed", "Ditutup", closed=True)
    workflow = table(
        states=(ASKED, closed),
        moves=(Move("asked", "closed", by=("head",)), Move("closed", "asked", by=("reporter",))),
    )
    assert workflow.state("closed").ends_clock is True


def test_whether_a_state_stops_the_clocks_may_be_the_offices_to_settle():
    settled = iter([True, False])
    state = State("asked", "Ditanyakan", pauses_clock=lambda: next(settled))
    assert [state.stops_clock(), state.stops_clock()] == [True, False]
