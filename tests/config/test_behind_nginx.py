"""What nginx lets through, with a real nginx: run where there is one, since no test puts a web server on a machine."""

import http.server
import os
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from config.paths import BASE

from .portal import free_port, wait_until

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
__test__ = NGINX is not None

FRAME = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    types {{ text/html html; text/css css; image/png png; image/svg+xml svg; }}
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    include {folder}/site.conf;
}}
"""


class Portal(http.server.BaseHTTPRequestHandler):
    """Stands in for the portal: answers with what it was told of the visitor. What is below /umum/ may be kept."""

    generation, asked = "satu", 0

    def do_GET(self) -> None:
        if self.path == "/kesehatan/halaman/":
            self.send_response(204)
            self.send_header("X-Generation", Portal.generation)
            self.send_header("X-Accel-Expires", "1")
            self.end_headers()
            return
        if self.path.startswith(("/umum/", "/sendiri/")):
            self.say_how_often()
            return
        told = "|".join(
            self.headers.get_all(name, [""])[0] for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")
        )
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told.encode())

    def say_how_often(self) -> None:
        Portal.asked += 1
        said = f"{Portal.asked} {self.headers.get('Accept-Encoding', '')}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Cookie, Accept-Encoding")
        if self.path.startswith("/umum/"):
            self.send_header("X-Accel-Expires", f"@{int(time.time()) + 60}")
        self.end_headers()
        self.wfile.write(said.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_words) -> None:
        pass


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A running nginx with the office's site file; yields (its port, the portal behind it, its data folder)."""
    folder = tmp_path_factory.mktemp("nginx")
    portal = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    port = free_port()
    site = (BASE / "site" / "deploy" / "nginx.conf").read_text()
    for office, here in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "listen [::]:80;": "",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{portal.server_port};",
        "/var/lib/pendopo": str(folder),
        "/srv/pendopo": str(BASE),
        "/var/cache/pendopo-nginx": str(folder / "simpanan"),
    }.items():
        assert office in site
        site = site.replace(office, here)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder))
    nginx = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    wait_until(lambda: nginx.poll() is not None or answers(port), 10)
    assert nginx.poll() is None, (folder / "error.log").read_text()
    yield port, portal, folder
    nginx.terminate()
    nginx.wait()
    portal.shutdown()
    portal.server_close()


def answers(port: int) -> bool:
    try:
        return bool(get(port, "/"))
    except urllib.error.URLError:
        return False


def get(port: int, path: str, *, sent: bytes | None = None, **headers: str) -> tuple[int, dict, str]:
    """Status, headers and text of an answer; with `sent`, to a form."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=sent, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, dict(response.headers), response.read().decode(errors="replace")
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, dict(refusal.headers), refusal.read().decode(errors="replace")


def put(folder, path: str, content: str = "isi") -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(content)


def test_the_portal_hears_the_true_address_of_a_visitor_who_claims_another(behind):
    port, _portal, _folder = behind
    told = get(port, "/", **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})[2]
    assert told == f"127.0.0.1:{port}|127.0.0.1|http"


def test_a_drawn_picture_is_handed_out_and_can_do_nothing(behind):
    port, _portal, folder = behind
    put(folder, "media/images/lambang.max-160x160.png")
    status, headers, text = get(port, "/media/images/lambang.max-160x160.png")
    assert (status, text, headers["Content-Security-Policy"]) == (200, "isi", "default-src 'none'; sandbox")


@pytest.mark.parametrize(
    "path",
    [
        "media/original_images/ktp.jpg",
        "media/documents/rahasia.pdf",
        "media/images/gambar.svg",
        "media/images/halaman.html",
        "berkas/45/foto.jpg",
        "keys.json",
    ],
)
def test_nothing_else_of_the_data_folder_has_an_address(behind, path):
    port, _portal, folder = behind
    put(folder, path, "isi rahasia")
    assert "isi rahasia" not in [
        get(port, f"/{address}")[2] for address in (path, f"static/../{path}", f"media/images/../../{path}")
    ]


def test_a_file_named_after_its_content_is_kept_by_the_browser_and_another_only_for_an_hour(behind):
    port, _portal, folder = behind
    put(folder, "static/css/pendopo.1b562c06bad4.css")
    put(folder, "static/css/pendopo.css")
    kept = [
        get(port, f"/static/css/{name}")[1]["Cache-Control"]
        for name in ("pendopo.1b562c06bad4.css", "pendopo.css")
    ]
    assert kept == ["public, max-age=31536000, immutable", "public, max-age=3600"]


def test_a_report_that_is_too_large_is_answered_in_indonesian(behind):
    port, _portal, _folder = behind
    status, _headers, text = get(port, "/lapor/", **{"Content-Length": str(111 * 1024 * 1024)})
    assert (status, "<h1>Fotonya terlalu besar</h1>" in text) == (413, True)


def test_a_network_that_floods_a_form_is_asked_to_wait_and_reads_on(behind):
    port, _portal, _folder = behind
    answers = [get(port, "/lapor/", sent=b"words=x") for _again in range(40)]
    assert [status for status, _headers, _text in answers[:30]] == [200] * 30
    status, _headers, text = answers[-1]
    assert (status, "<h1>Terlalu banyak kiriman</h1>" in text) == (429, True)
    assert get(port, "/lapor/")[0] == 200


def test_while_the_portal_starts_again_a_visitor_is_told_so(behind, monkeypatch):
    port, _portal, _folder = behind

    def fall_silent(handler) -> None:
        handler.close_connection = True

    monkeypatch.setattr(Portal, "do_GET", fall_silent)
    status, _headers, text = get(port, "/")
    assert (status, "<h1>Portal sedang dimulai ulang</h1>" in text) == (502, True)


# --- What nginx keeps --------------------------------------------------------------------------------------------------------


def test_a_page_the_portal_lets_it_keep_is_asked_for_once(behind):
    port, _portal, _folder = behind
    first = get(port, "/umum/sekali/")
    again = get(port, "/umum/sekali/", Cookie="csrftoken=tanda")
    assert first[2] == again[2]
    assert "X-Accel-Expires" not in again[1]


@pytest.mark.parametrize(
    "visitor", [{"Cookie": "sessionid=orang"}, {"Cookie": "csrftoken=a; laporan=b"}, {"Authorization": "x"}]
)
def test_who_is_somebody_is_answered_by_the_portal_and_leaves_nothing_behind(behind, visitor):
    port, _portal, _folder = behind
    address = f"/umum/orang/{len(str(visitor))}/"
    own = get(port, address, **visitor)[2]
    anyone = get(port, address)[2]
    assert len({own, anyone, get(port, address, **visitor)[2]}) == 3
    assert get(port, address)[2] == anyone


def test_what_the_portal_does_not_let_it_keep_is_asked_for_again(behind):
    port, _portal, _folder = behind
    assert get(port, "/sendiri/")[2] != get(port, "/sendiri/")[2]


def test_another_host_and_another_way_of_packing_have_pages_of_their_own(behind):
    port, _portal, _folder = behind
    asked = [
        {},
        {"Host": "lain.contoh.go.id"},
        {"Accept-Encoding": "gzip, br"},
        {"Accept-Encoding": "gzip;q=0"},
    ]
    said = [get(port, "/umum/bentuk/", **headers)[2] for headers in asked]
    assert said[0] == said[3] != said[1]
    assert said[2].endswith(" gzip")
    assert get(port, "/umum/bentuk/", **{"Accept-Encoding": "br, gzip"})[2] == said[2]


def test_what_was_kept_ends_with_its_generation_within_a_second_or_two(behind, monkeypatch):
    port, _portal, _folder = behind
    before = get(port, "/umum/ganti/")[2]
    monkeypatch.setattr(Portal, "generation", "dua")
    wait_until(lambda: get(port, "/umum/ganti/")[2] != before, 5)
    assert get(port, "/umum/ganti/")[2] != before


def test_while_the_portal_starts_again_what_was_kept_is_read_on(behind, monkeypatch):
    port, _portal, _folder = behind
    before = get(port, "/umum/henti/")[2]

    def fall_silent(handler) -> None:
        handler.close_connection = True

    monkeypatch.setattr(Portal, "do_GET", fall_silent)
    time.sleep(1.5)  # so that the generation, too, would have to be asked for
    assert get(port, "/umum/henti/")[2] == before


def test_where_the_portal_names_no_generation_nothing_is_kept(behind, monkeypatch):
    port, _portal, _folder = behind
    monkeypatch.setattr(Portal, "generation", "")
    wait_until(lambda: get(port, "/umum/tanpa/")[2] != get(port, "/umum/tanpa/")[2], 5)
    assert get(port, "/umum/tanpa/")[2] != get(port, "/umum/tanpa/")[2]


def test_which_generation_holds_has_no_address_outside(behind):
    port, _portal, _folder = behind
    assert get(port, "/generasi-halaman")[0] == 404


def test_the_pages_nginx_says_itself_have_no_address_of_their_own(behind):
    port, _portal, _folder = behind
    assert get(port, "/laman/gangguan.html")[0] == 404
