"""What accuses an office is read by nobody outside: its people would read it there like anyone."""

import pytest

from cases.intake import accept_image
from cases.models import Case
from cases.services.changes import CaseRefusal
from cases.services.public_photos import cover
from cases.visibility import public_cases
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, photo, received_now, soup
from tests.portals import opened_site

from . import steps
from .anywhere import places_showing

COPY = "Pungutan di loket terjadi lagi."
EVERYWHERE = {"page", "list", "search", "home", "photo"}
KEPT = "disimpan dari kantor yang dilaporkan"


@pytest.fixture
def accusing(desk) -> Case:
    case = received_now(desk, accused=desk.office.bakalan, addressed_to=desk.office.bakalan)
    return steps.verified(desk, case)


def buttons(desk, case: Case) -> set[str]:
    page = soup(browser(desk.operator).get(f"/meja/perkara/{case.number}/"))
    return {action["id"] for action in page.select("details.action")}


def published_with_photo_and_answer(desk) -> tuple[Case, tuple[str, ...]]:
    case = steps.answered(desk, received_now(desk, images=[accept_image(photo())]))
    desk_services.change_public_copy(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text=COPY,
        public_answer=COPY,
        public_photos=[cover(case.files.get())],
    )
    return steps.fresh(case), tuple(picture.get_absolute_url() for picture in case.public_photos.all())


def test_a_copy_is_not_offered_and_made_by_nobody_while_the_office_is_accused(desk, accusing):
    assert buttons(desk, accusing) & {"public-copy", "to-ppid"} == set()
    assert act(browser(desk.operator), accusing, "public-copy", public_text=COPY).status_code == 403
    with pytest.raises(CaseRefusal, match=KEPT):
        desk_services.change_public_copy(accusing, by=desk.staff("operator"), seen=None, public_text=COPY)
    assert not public_cases().exists()


def test_a_copy_sent_along_with_the_verification_is_refused_in_words(desk):
    case = received_now(desk, accused=desk.office.bakalan, addressed_to=desk.office.bakalan)
    page = soup(browser(desk.operator).get(f"/meja/perkara/{case.number}/"))
    assert page.select("#verify form")
    assert page.select("[name=verify-public_text]") == []
    response = act(browser(desk.operator), case, "verify", told_head="telepon", public_text=COPY)
    assert response.status_code == 422
    assert KEPT in soup(response).select_one("#verify .error-summary").get_text()
    with pytest.raises(CaseRefusal, match=KEPT):
        desk_services.verify(
            case, by=desk.staff("operator"), seen=None, told_head="telepon", public_text=COPY
        )
    assert steps.fresh(case).status == "received"


def test_a_copy_from_before_the_accusation_is_read_nowhere_from_then_on(desk):
    opened_site()
    case, photos = published_with_photo_and_answer(desk)
    assert places_showing(case, COPY, search="pungutan", photos=photos) == EVERYWHERE
    Case.objects.filter(pk=case.pk).update(concerns_unit=desk.office.works)
    assert places_showing(case, COPY, search="pungutan", photos=photos) == set()
    page = browser(desk.coordinator).get(f"/meja/perkara/{case.number}/")
    assert f"/pengaduan/{case.number}/" not in page.content.decode()


def test_once_the_accusation_is_cleared_the_desk_publishes(desk, accusing):
    reason = {"reason": "Bukan tentang desa itu."}
    assert act(browser(desk.coordinator), accusing, "clear-accused", **reason).status_code == 302
    assert "public-copy" in buttons(desk, accusing)
    assert act(browser(desk.operator), accusing, "public-copy", public_text=COPY).status_code == 302
    assert public_cases().get() == accusing


def test_what_went_on_as_a_request_is_published_by_nobody(desk):
    case = steps.verified(desk, received_now(desk))
    assert "to-ppid" in buttons(desk, case)
    desk_services.hand_to_ppid(case, by=desk.staff("operator"), seen=None)
    assert "public-copy" not in buttons(desk, case)
    with pytest.raises(CaseRefusal, match="tidak ditampilkan"):
        desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None, public_text=COPY)
    assert not public_cases().exists()


def test_handing_to_ppid_is_not_offered_where_the_guard_only_refuses(desk):
    case = steps.verified(desk, received_now(desk))
    Case.objects.filter(pk=case.pk).update(is_supervisory=True)
    assert "to-ppid" not in buttons(desk, case)
