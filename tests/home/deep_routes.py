from django.http import HttpResponse
from django.urls import include, path, re_path

urlpatterns = [
    path("", include([path("ppid/dip/", HttpResponse), path("ppid/dip/<int:year>/", HttpResponse)])),
    re_path(r"^((?:[\w\-]+/)*)$", HttpResponse),
]
