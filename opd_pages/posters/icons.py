"""Line drawings for the poster's channels: SVG inside a 24 by 24 box; stroke and width are set by the template."""

HANDSET = (
    "<path d='M5.5 3.5h3.6l1.6 4.3-2.2 1.7a11 11 0 0 0 6 6l1.7-2.2 4.3 1.6v3.6c0 1.2-.8 2-2 2"
    "A15 15 0 0 1 3.5 5.5c0-1.2.8-2 2-2z'/>"
)

ICONS = {
    "phone": HANDSET,
    "whatsapp": "<path d='M3.5 20.5l1.3-4.4a8.6 8.6 0 1 1 3.3 3.2z'/>"
    f"<g transform='translate(6.6 6.3) scale(.46)'>{HANDSET}</g>",
    "sms": "<path d='M4 5h16v11H10l-4.5 4v-4H4z'/><path d='M8.5 10.5h.01M12 10.5h.01M15.5 10.5h.01'/>",
    "short_number": "<path stroke-width='4' d='M6 5h.01M12 5h.01M18 5h.01M6 12h.01M12 12h.01M18 12h.01"
    "M6 19h.01M12 19h.01M18 19h.01'/>",
    "email": "<path d='M3 5.5h18v13H3z'/><path d='M3.5 6.5 12 13l8.5-6.5'/>",
    "website": "<circle cx='12' cy='12' r='9'/><path d='M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18'/>",
    "instagram": "<rect x='3.5' y='3.5' width='17' height='17' rx='5'/><circle cx='12' cy='12' r='4'/>"
    "<path d='M17 7h.01'/>",
    "facebook": "<path stroke-width='3' d='M16.5 3.5H15a4 4 0 0 0-4 4V21M7.5 12h8'/>",
    "x": "<path stroke-width='2.6' d='M5 4.5 19 19.5M19 4.5 5 19.5'/>",
    "tiktok": "<path stroke-width='2.6' d='M13 3.5v12a4 4 0 1 1-4-4M13 3.5c.5 3 2.5 5 5.5 5.2'/>",
    "youtube": "<rect x='2.5' y='5' width='19' height='14' rx='4'/><path d='M10.2 9l5 3-5 3z'/>",
    "telegram": "<path d='M3 11.5 21 4l-3.5 16-6-4.5L9 19v-5.5L17 8'/>",
    "radio": "<path d='M3 9.5h18V20H3zM6 9.5 17 4'/><circle cx='8.5' cy='14.7' r='2.3'/>"
    "<path d='M14.5 13H18M14.5 16.5H18'/>",
    # Where a photo is missing: the open hall, nobody's face.
    "pendopo": "<g stroke-width='.8'><path d='M2 13.5 8 9l1.5-4.5h5L16 9l6 4.5zM8 9h8'/>"
    "<path d='M5 13.5V20M9.5 13.5V20M14.5 13.5V20M19 13.5V20M3 20h18M2 21.5h20'/></g>",
}
