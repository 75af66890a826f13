"""Pictures that show nobody and no real place: drawn, so that a demonstration needs no photograph of anyone."""

import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 960, 720
HORIZON = 300
CAPTION = "Gambar contoh"
SKY, NIGHT, GRASS, EARTH, ASPHALT = "#bcd6e4", "#1c2733", "#7f9a5b", "#a98b62", "#5d6166"
WATER, WALL, TILE, TIMBER, IRON = "#8a7a5c", "#e6dcc6", "#a5573a", "#6b4a30", "#3d3f42"
BRIGHT = ("#c0392b", "#2e86c1", "#e5b32f", "#f0f0f0", "#3f7d4e", "#7d5fa0")

Scene = Callable[[ImageDraw.ImageDraw, random.Random], None]


def scene(name: str) -> bytes:
    """A scene as JPEG, 960 × 720 and the same every time. Raises KeyError for one that nobody drew."""
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), GRASS)
    SCENES[name](draw, random.Random(name))  # noqa: S311
    font = ImageFont.load_default(22)
    draw.text((WIDTH - 20, HEIGHT - 16), CAPTION, fill="white", font=font, anchor="rs")
    return _jpeg(picture)


def portrait(variant: int) -> bytes:
    """The outline of a head and shoulders, 600 × 800, without a face, as JPEG."""
    paper, cloth = (("#dfe7df", "#0e5a48"), ("#eee4d4", "#8a4a26"), ("#e0e6ec", "#3c5a78"))[variant % 3]
    picture = Image.new("RGB", (600, 800), paper)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((90, 520, 510, 960), 150, cloth)
    draw.ellipse((190, 190, 410, 480), "#b9a58c")
    draw.pieslice((180, 150, 420, 420), 180, 360, "#2b2b2b")
    draw.text((300, 780), CAPTION, fill="white", font=ImageFont.load_default(22), anchor="ms")
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def _road(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.polygon([(430, HORIZON), (530, HORIZON), (860, HEIGHT), (100, HEIGHT)], ASPHALT)


def _spots(draw: ImageDraw.ImageDraw, dice: random.Random, colour: str) -> None:
    for row in range(6):
        y, x = 360 + row * 62, 480 + dice.randint(-150 + 10 * row, 150)
        wide = 30 + row * 16
        draw.ellipse((x - wide, y, x + wide, y + wide // 2), colour)


def road(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _road(draw, dice)
    _spots(draw, dice, WATER)


def road_mended(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _road(draw, dice)
    _spots(draw, dice, "#4a4d51")


def _lamp(draw: ImageDraw.ImageDraw, sky: str) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), sky)
    draw.polygon([(0, 600), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], IRON)
    draw.line((300, 640, 300, 160, 420, 130), "#8b8f94", 12)


def lamp(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _lamp(draw, NIGHT)
    draw.ellipse((400, 120, 470, 150), IRON)


def lamp_lit(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _lamp(draw, NIGHT)
    draw.polygon([(400, 150), (470, 150), (720, 640), (190, 640)], "#6f6740")
    draw.ellipse((395, 115, 475, 155), "#ffe9a0")


def _bridge(draw: ImageDraw.ImageDraw, posts: range) -> None:
    draw.polygon([(0, 420), (WIDTH, 420), (WIDTH, 640), (0, 640)], WATER)
    draw.rectangle((120, 400, 840, 450), TIMBER)
    for x in posts:
        draw.rectangle((x, 310, x + 14, 400), "white")
    draw.line((posts[0], 330, posts[-1] + 14, 330), "white", 10)


def bridge(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _bridge(draw, range(130, 420, 70))
    draw.line((760, 400, 790, 320), IRON, 8)


def bridge_mended(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _bridge(draw, range(130, 840, 70))


def _house(draw: ImageDraw.ImageDraw, left: int, floor: int) -> None:
    draw.rectangle((left, floor - 150, left + 240, floor), WALL)
    draw.polygon([(left - 30, floor - 150), (left + 120, floor - 250), (left + 270, floor - 150)], TILE)
    draw.rectangle((left + 95, floor - 95, left + 145, floor), TIMBER)


def flood(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for left in (90, 400, 700):
        _house(draw, left, 470)
    draw.rectangle((0, 440, WIDTH, HEIGHT), WATER)
    for _ in range(20):
        x, y = dice.randint(0, 860), dice.randint(460, 700)
        draw.line((x, y, x + 90, y), "#a5967a", 5)


def _bin(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(300, 400), (660, 400), (630, 600), (330, 600)], "#3f7d4e")


def rubbish(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _bin(draw)
    for _ in range(90):
        x, y = int(dice.triangular(150, 820, 480)), int(dice.triangular(330, 660, 600))
        draw.polygon([(x, y), (x + 46, y - 18), (x + 60, y + 26), (x + 8, y + 36)], dice.choice(BRIGHT))


def rubbish_gone(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _bin(draw)


def field(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.rectangle((0, HORIZON, WIDTH, HEIGHT), EARTH)
    for x in range(-600, WIDTH + 600, 60):
        draw.line((480 + (x - 480) // 4, HORIZON, x, HEIGHT), "#c9b36a", 9)


def river(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.polygon([(380, HORIZON), (560, HORIZON), (900, HEIGHT), (60, HEIGHT)], "#4e4a3c")
    for _ in range(70):
        x, y, r = int(dice.gauss(480, 110)), dice.randint(380, 700), dice.randint(6, 26)
        draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), "#f2f2ee")


def tree(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    _road(draw, dice)
    draw.line((60, 600, 760, 470), TIMBER, 46)
    for _ in range(40):
        x, y = int(dice.gauss(800, 70)), int(dice.gauss(450, 60))
        draw.ellipse((x - 50, y - 34, x + 50, y + 34), dice.choice(("#3f6d3a", "#55843f")))


def queue(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), WALL)
    draw.rectangle((0, 600, WIDTH, HEIGHT), "#b8a88a")
    draw.rectangle((690, 220, 930, 600), TIMBER)
    for x in range(60, 640, 90):
        colour = dice.choice(BRIGHT)
        draw.rounded_rectangle((x, 400, x + 66, 610), 24, colour)
        draw.ellipse((x + 8, 330, x + 58, 394), "#8d745b")


def stalls(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.rectangle((0, 560, WIDTH, HEIGHT), "#c8c3b8")
    for left in range(40, 900, 230):
        draw.rectangle((left + 10, 420, left + 190, 590), TIMBER)
        draw.polygon(
            [(left - 10, 330), (left + 210, 330), (left + 190, 410), (left + 10, 410)], dice.choice(BRIGHT)
        )


def roof(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    roof_mended(draw, dice)
    draw.polygon([(400, 270), (520, 240), (580, 330), (430, 350)], IRON)


def roof_mended(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.rectangle((180, 370, 780, 620), WALL)
    draw.polygon([(120, 370), (300, 200), (660, 200), (840, 370)], TILE)
    for left in (240, 430, 620):
        draw.rectangle((left, 430, left + 100, 540), IRON)


def smoke(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    draw.rectangle((420, 340, 880, 600), "#9a9c9e")
    draw.rectangle((560, 150, 620, 340), IRON)
    for step in range(24):
        x, y, r = 590 - step * 24, 150 - step * 4 + dice.randint(-20, 20), 24 + step * 3
        draw.ellipse((x - r, y - r, x + r, y + r), "#85888a")


SCENES: dict[str, Scene] = {
    drawn.__name__: drawn
    for drawn in (
        *(road, road_mended, lamp, lamp_lit, bridge, bridge_mended, flood, rubbish, rubbish_gone),
        *(field, river, tree, queue, stalls, roof, roof_mended, smoke),
    )
}
