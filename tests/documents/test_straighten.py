"""A crooked page comes back level, a level one is left alone, and nothing of either is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from rantau.documents import checks, straighten

from .paper import opened, page, saved

TABLE = (70, 55, 45)


def laid(degrees: float, letters: int = 30, light: float = 1.0, side: int = 1240) -> Image.Image:
    """Return a page that lies crooked on a dark table, its right side in less light."""
    crooked = page(width=side, height=side * 7 // 5, letters=letters).rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=TABLE
    )
    falling = np.linspace(1, light, crooked.size[0])[None, :, None]
    return Image.fromarray((np.asarray(crooked) * falling).astype(np.uint8))


def sharp(picture: Image.Image) -> int:
    """Return a picture's sharpness as it is measured on what is sent."""
    grey = picture.convert("L")
    grey.thumbnail((checks.MEASURED, checks.MEASURED), Image.Resampling.BOX)
    return checks.sharpness(np.asarray(grey))


@given(letters=st.integers(14, 36), light=st.floats(0.5, 1), lean=st.floats(-0.3, 0.3))
def test_a_straight_page_is_not_turned(letters, light, lean):
    assert straighten.angle(laid(lean, letters, light, 800)) == 0.0


@given(
    degrees=st.floats(0.8, 7.5).flatmap(lambda n: st.sampled_from([n, -n])),
    letters=st.integers(14, 36),
    light=st.floats(0.5, 1),
)
def test_a_crooked_page_comes_back_within_half_a_degree(degrees, letters, light):
    assert abs(straighten.angle(laid(degrees, letters, light, 800)) + degrees) < 0.5


@pytest.mark.parametrize("degrees", [4, -4])
def test_what_is_kept_of_a_page_turned_by_four_degrees_is_level_whole_and_as_sharp(degrees):
    crooked = laid(degrees)
    kept = opened(checks.prepare(saved(crooked, quality=95)).data)
    assert straighten.angle(kept) == 0.0
    assert max(kept.size) <= checks.LARGEST
    assert sharp(kept) > 0.9 * sharp(crooked)


def test_all_corners_stay_inside():
    marked = page(width=900, height=1200)
    for corner in ((0, 0), (860, 0), (0, 1160), (860, 1160)):
        marked.paste((255, 0, 0), (*corner, corner[0] + 40, corner[1] + 40))
    back = np.asarray(straighten.turned(marked, 5.0, 2000)).astype(int)
    red = (back[..., 0] > 200) & (back[..., 1] < 60)
    assert abs(int(red.sum()) - 4 * 40 * 40) < 4 * 40 * 4


def face(degrees: float) -> Image.Image:
    """Return a face before a wall."""
    wall = (180, 200, 220)
    picture = Image.new("RGB", (1200, 1600), wall)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 300, 900, 1200), fill=(205, 160, 130))
    draw.rectangle((250, 250, 950, 420), fill=(30, 20, 20))
    for left in (420, 680):
        draw.ellipse((left, 600, left + 100, 660), fill=(40, 30, 20))
    draw.arc((450, 850, 750, 1000), 10, 170, fill=(150, 60, 60), width=20)
    draw.polygon([(200, 1600), (350, 1250), (850, 1250), (1000, 1600)], fill=(70, 80, 120))
    return picture.filter(ImageFilter.GaussianBlur(3)).rotate(degrees, fillcolor=wall)


@pytest.mark.parametrize("degrees", [0, 3, 6])
def test_a_face_is_not_turned(degrees):
    assert straighten.angle(face(degrees)) == 0.0


def test_noise_and_nothing_are_not_turned():
    noise = np.random.default_rng(1).normal(128, 40, (1000, 800)).clip(0, 255).astype(np.uint8)
    assert straighten.angle(Image.fromarray(noise).filter(ImageFilter.GaussianBlur(2))) == 0.0
    assert straighten.angle(Image.new("RGB", (900, 900), "white")) == 0.0
