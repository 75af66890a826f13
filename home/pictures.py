from wagtail.images.models import Image, Rendition, SourceImageIOError


def rendition(image: Image | None, form: str) -> Rendition | None:
    """The picture in a form such as "fill-192x240|format-webp"; None without one, or where its file is gone."""
    if image is None:
        return None
    try:
        return image.get_rendition(form)
    except SourceImageIOError:
        return None
