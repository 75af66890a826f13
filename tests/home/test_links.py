"""What a page leads to is read from what it has stored."""

from home.links import Link, Target, links_in


def test_a_text_tells_where_its_links_lead_and_by_which_words_they_are_found():
    html = (
        '<p>Lihat <a linktype="page" id="7">syarat <b>KTP</b></a>, <a linktype="document" id="3">formulir</a>,'
        ' <a href="/unit/?q=a&amp;b=c">daftar\n unit</a><embed embedtype="image" id="9" alt="Loket"/></p>'
    )
    assert links_in(html) == [
        Link(Target.PAGE, "7", "syarat KTP"),
        Link(Target.DOCUMENT, "3", "formulir"),
        Link(Target.ADDRESS, "/unit/?q=a&b=c", "daftar unit"),
        Link(Target.IMAGE, "9", "Loket"),
    ]


def test_unclosed_and_empty_html_is_no_trouble():
    assert links_in("") == []
    assert links_in('<p><a href="/x/">tidak ditutup') == []
