from django.db import models


class SweepMark(models.Model):
    """When a recurring duty last ran through; old marks are how a stopped worker shows."""

    # When manage.py verify_files last found all files as they were kept, or some that are not; one of them at a time.
    FILES_WELL, FILES_ODD = "files_well", "files_odd"

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
