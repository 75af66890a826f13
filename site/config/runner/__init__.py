"""Keeps the web server and the worker running: starts them, prefixes what they print, restarts what dies or no longer
takes work, and leaves no process behind."""
