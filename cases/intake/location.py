"""Where a photo says it was taken."""

from PIL import Image
from PIL.ExifTags import GPS, IFD

NORTH_SOUTH = {"N": 1, "S": -1}
EAST_WEST = {"E": 1, "W": -1}


def read_location(exif: Image.Exif) -> tuple[float, float] | None:
    """Latitude and longitude in degrees (WGS 84), to six decimals; None where nothing believable is said.

    A camera without a fix writes 0° 0°, a place in the Atlantic: that is nothing, too.
    """
    try:
        gps = exif.get_ifd(IFD.GPSInfo)
        latitude = NORTH_SOUTH[gps[GPS.GPSLatitudeRef]] * _degrees(gps[GPS.GPSLatitude], most=90)
        longitude = EAST_WEST[gps[GPS.GPSLongitudeRef]] * _degrees(gps[GPS.GPSLongitude], most=180)
    except Exception:  # EXIF is written by anyone: whatever cannot be read is no location
        return None
    return (latitude, longitude) if (latitude, longitude) != (0, 0) else None


def _degrees(parts: tuple, *, most: int) -> float:
    """Degrees from (degrees, minutes, seconds). Raises ValueError outside 0 to `most`, or for NaN."""
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not (degrees >= 0 and 0 <= minutes <= 60 and 0 <= seconds <= 60 and value <= most):
        raise ValueError("no such place")
    return round(value, 6)
