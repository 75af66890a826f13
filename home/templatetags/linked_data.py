import json

from django import template

register = template.Library()

# As in Django's json_script: nothing written by people can end the element it stands in.
ESCAPED = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@register.inclusion_tag("components/linked_data.html")
def linked_data(content: dict) -> dict[str, str]:
    """JSON-LD for search engines. A browser runs none of it, so no policy for scripts has to allow it."""
    written = json.dumps({"@context": "https://schema.org", **content}, ensure_ascii=False, default=str)
    return {"escaped": written.translate(ESCAPED)}
