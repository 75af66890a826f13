"""What can become of a report: each plot is the order of a tale's steps."""

from collections.abc import Callable

from opd_pages.models import Role
from pengaduan.models import Outcome

from .tale import Moments, Tale

Plot = Callable[[Tale], Moments]
HAPPY, CONTENT, SO_SO, UNHAPPY = 4, 3, 2, 1


def just_received(tale: Tale) -> Moments:
    yield from tale.received()


def waits_for_order(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.verified()


def is_investigated(tale: Tale) -> Moments:
    yield from waits_for_order(tale)
    yield from tale.disposed()


def is_worked_on(tale: Tale) -> Moments:
    """Verified, and now somebody words an answer; where the procedure orders a section first, that is done too."""
    yield from waits_for_order(tale)
    if tale.is_disposed:
        yield from tale.disposed()
        yield from tale.investigated()
    yield from tale.noted()


def waits_for_approval(tale: Tale) -> Moments:
    yield from waits_for_order(tale)
    if tale.is_disposed:
        yield from tale.disposed()
        yield from tale.investigated()
        yield from tale.decided()
    yield from tale.drafted(Outcome.DONE)


def answered(tale: Tale) -> Moments:
    """The everyday case: done, and then the reporter says something, or nothing."""
    yield from tale.received()
    yield from tale.answered()
    satisfaction = tale.dice.choices([HAPPY, CONTENT, SO_SO, UNHAPPY, None], [30, 32, 10, 6, 22])[0]
    if satisfaction:
        solved = satisfaction > SO_SO or tale.dice.random() < 0.4
        # Where the operator words the answers, somebody else would have to write down what the reporter says.
        by_voice = tale.is_disposed and tale.dice.random() < 0.2
        yield from tale.rated(satisfaction, is_solved=solved, by_voice=by_voice)
        if not solved:
            yield from tale.reopening_decided(is_granted=True)
            yield from tale.worked_out()


def answered_in_silence(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.answered()


def answered_by_phone(tale: Tale) -> Moments:
    yield from answered_in_silence(tale)
    yield from tale.to_be_called()
    yield from tale.called()


def waits_for_a_call(tale: Tale) -> Moments:
    yield from answered_in_silence(tale)
    yield from tale.to_be_called()


def refused(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.answered(Outcome.REFUSED)
    if tale.dice.random() < 0.5:
        yield from tale.rated(SO_SO, is_solved=False)
        yield from tale.reopening_decided(is_granted=False)


def answered_as_passed_on(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.answered(Outcome.PASSED_ON)
    yield from tale.verified()


def promised(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.answered(Outcome.PROMISED, promise_days=(20, 45))


def promise_broken(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.answered(Outcome.PROMISED, promise_days=(4, 8))


def promise_kept(tale: Tale) -> Moments:
    """Somebody else looks; where one person is the whole office, that is the unit above."""
    yield from tale.received()
    yield from tale.answered(Outcome.PROMISED, promise_days=(11, 18))
    unit = tale.case.responsible_unit
    approver, operator = tale.staff(Role.HEAD), tale.staff(Role.OPERATOR)
    drafted_here = tale.case.complaint.desk_procedure.drafted_by == Role.OPERATOR
    checker = None
    if drafted_here or operator == approver:
        checker = tale.stage.cast.at(unit.parent_id, Role.OPERATOR)
    yield from tale.promise_checked(by=checker)
    if tale.dice.random() < 0.7:
        yield from tale.rated(HAPPY, is_solved=True)


def draft_came_back(tale: Tale) -> Moments:
    yield from waits_for_order(tale)
    if tale.is_disposed:
        yield from tale.disposed()
        yield from tale.investigated()
    yield from tale.drafted(Outcome.DONE)
    yield from tale.draft_returned()
    yield from tale.drafted(Outcome.DONE)
    yield from tale.published()
    yield from tale.rated(CONTENT, is_solved=True)


def order_came_back(tale: Tale) -> Moments:
    yield from waits_for_order(tale)
    yield from tale.disposed()
    yield from tale.order_returned()
    yield from tale.worked_out()


def waits_for_reporter(tale: Tale) -> Moments:
    """Asked and not answered: after the time the law gives it counts as withdrawn."""
    yield from tale.received()
    yield from tale.asked(tale.occasion["question"])


def reporter_explained(tale: Tale) -> Moments:
    yield from waits_for_reporter(tale)
    yield from tale.replied(tale.occasion["reply"].format(desa=tale.report.village.name))
    yield from tale.answered()
    yield from tale.rated(CONTENT, is_solved=True)


def not_our_authority(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.ended("not_our_authority", tale.occasion["reason"])


def duplicate(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.ended("duplicate", tale.occasion["reason"])


def archived(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.ended("archived", tale.occasion["reason"])


def withdrawn(tale: Tale) -> Moments:
    yield from tale.received()
    yield from tale.withdrawn()


def postponed(tale: Tale) -> Moments:
    yield from waits_for_order(tale)
    yield from tale.postponed()


def taken_up_again(tale: Tale) -> Moments:
    yield from postponed(tale)
    yield from tale.taken_up_again()
    yield from tale.drafted(Outcome.DONE)
    yield from tale.published()


def handed_over(code: str) -> Plot:
    """It came to the wrong desk, which passes it on to the one that has the authority."""

    def plot(tale: Tale) -> Moments:
        yield from waits_for_order(tale)
        yield from tale.handed_over(code)
        yield from tale.answered()
        yield from tale.rated(CONTENT, is_solved=True)

    return plot


def asked_to_reopen(tale: Tale) -> Moments:
    yield from answered_in_silence(tale)
    yield from tale.reopening_asked()


def reopened(tale: Tale) -> Moments:
    yield from asked_to_reopen(tale)
    yield from tale.reopening_decided(is_granted=True)


def reopened_and_answered(tale: Tale) -> Moments:
    yield from reopened(tale)
    yield from tale.worked_out()
    yield from tale.rated(CONTENT, is_solved=True)


def reopening_denied(tale: Tale) -> Moments:
    yield from asked_to_reopen(tale)
    yield from tale.reopening_decided(is_granted=False)
