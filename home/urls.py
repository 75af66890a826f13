from django.urls import path, re_path

from . import views

urlpatterns = [
    path("tema.css", views.theme_css, name="theme_css"),
    path("media/images/<path:path>", views.picture, name="picture"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("cari/", views.search, name="search"),
    path("gaya/", views.style_page, name="style_page"),
    path("masuk/tujuan/", views.after_login, name="after_login"),
]

# Last of all routes of ours: what a page holds besides pages, such as its feed.
page_files = [re_path(r"^(?P<path>(?:[\w-]+/)*[\w-]+\.[a-z]+)$", views.page_file, name="page_file")]
