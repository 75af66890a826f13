"""Invented complaints by the thousand, for measuring: a portal with a million cases behaves as one with a thousand.

They are demonstration rows like those of `manage.py demo`, so that production refuses them, but written in bulk and
past the services: numbers, histories, clocks and steps are as the services would have left them, messages there are none.
"""
