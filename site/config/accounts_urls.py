from django.urls import path

closed_admin_urls: list = []
urlpatterns: list = []
