"""The arch: one stone for each checkpoint, as inline SVG. The image that carries the product."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

OUTER, INNER, KEYSTONE = 100.0, 62.0, 7.0
GAP = 0.9  # half the joint between two stones, in units of the drawing

# Signs, drawn so that no font needs to have them; centred on 0,0 in a box of about 10 units.
SIGNS = {
    "red": '<path d="M-3.6-5.5h2.4v7h-2.4zM1.2-5.5h2.4v7H1.2zM-3.6 3.3h2.4v2.4h-2.4zM1.2 3.3h2.4v2.4H1.2z"/>',
    "yellow": '<path d="M-1.2-5.5h2.4v7h-2.4zM-1.2 3.3h2.4v2.4h-2.4z"/>',
    "lime": '<path d="M-1.2-5h2.4v3.8h3.8v2.4h-3.8v3.8h-2.4v-3.8h-3.8v-2.4h3.8z"/>',
    "green": '<path class="stroke" d="M-4.6 .4-1.4 3.6 4.8-3.2"/>',
}


@dataclass(frozen=True)
class Stone:
    """One stone: its words for those who do not see it, its rating's tone ("" when unrated), its link."""

    tone: str = ""
    words: str = ""
    href: str = ""
    is_current: bool = False


def arch(stones: Sequence[Stone], *, label: str, kind: str = "") -> SafeString:
    """The arch of these stones. With links it is a group of links, without it is one picture called `label`.

    As a "tiny" one it has no numbers and larger signs.
    """
    linked = any(stone.href for stone in stones)
    shapes = _shapes(len(stones))
    if kind == "tiny":
        drawn = "".join(_tiny_stone(stone.tone, shapes[at]) for at, stone in enumerate(stones))
    else:
        drawn = "".join(
            _linked(stone, _stone(at + 1, stone.tone, stone.is_current, shapes[at])) for at, stone in enumerate(stones)
        )
    role = "group" if linked else "img"
    return mark_safe(  # noqa: S308  # every text in it has been escaped
        f'<svg class="arch {kind}" viewBox="-114 -112 228 121" role="{role}" aria-label="{escape(label)}">'
        f'{drawn}<path class="bank" d="M-112 5h50M62 5h50"/></svg>'
    )


def lamp(tone: str) -> SafeString:
    """A small round lamp with the rating's sign; the words stand beside it."""
    return _LAMPS.get(tone, _LAMPS[""])


def _lamp(tone: str) -> SafeString:
    sign = SIGNS.get(tone, "")
    return mark_safe(  # noqa: S308  # constants only
        f'<svg class="lamp tone-{tone or "none"}" viewBox="-12 -12 24 24" aria-hidden="true" focusable="false">'
        f'<circle r="11.5"/><g class="sign">{sign}</g></svg>'
    )


_LAMPS = {tone: _lamp(tone) for tone in (*SIGNS, "")}


@dataclass(frozen=True)
class _Shape:
    path: str
    number: str
    sign: str
    lone_number: str
    lone_sign: str


@cache
def _shapes(count: int) -> tuple[_Shape, ...]:
    middle = (count - 1) / 2
    return tuple(_shape(position, count, is_keystone=position == middle) for position in range(count))


def _shape(position: int, count: int, *, is_keystone: bool) -> _Shape:
    """A sector of the half ring; the keystone stands out above and hangs a little below."""
    outer = OUTER + (KEYSTONE if is_keystone else 0)
    inner = INNER - (2 if is_keystone else 0)
    start, end = math.pi * (1 - position / count), math.pi * (1 - (position + 1) / count)
    middle, radius = (start + end) / 2, (outer + inner) / 2
    corners = [
        _point(outer, start - GAP / outer),
        _point(outer, end + GAP / outer),
        _point(inner, end + GAP / inner),
        _point(inner, start - GAP / inner),
    ]
    path = f"M{corners[0]}A{outer:g} {outer:g} 0 0 1 {corners[1]}L{corners[2]}A{inner:g} {inner:g} 0 0 0 {corners[3]}Z"
    x, y = radius * math.cos(middle), -radius * math.sin(middle)
    return _Shape(
        path,
        f'x="{x:.1f}" y="{y - 2:.1f}"',
        f'transform="translate({x:.1f} {y + 8:.1f})"',
        f'x="{x:.1f}" y="{y + 4.5:.1f}"',
        f'transform="translate({x:.1f} {y:.1f}) scale(1.7)"',
    )


def _point(radius: float, angle: float) -> str:
    return f"{radius * math.cos(angle):.2f} {-radius * math.sin(angle):.2f}"


@lru_cache(maxsize=4096)
def _stone(number: int, tone: str, is_current: bool, shape: _Shape) -> str:
    sign = f'<g class="sign" {shape.sign}>{SIGNS[tone]}</g>' if tone else ""
    return (
        f'<g class="stone tone-{tone or "none"}{" current" if is_current else ""}"><path d="{shape.path}"/>'
        f"<text {shape.number if tone else shape.lone_number}>{number}</text>{sign}</g>"
    )


@lru_cache(maxsize=1024)
def _tiny_stone(tone: str, shape: _Shape) -> str:
    sign = f'<g class="sign" {shape.lone_sign}>{SIGNS[tone]}</g>' if tone else ""
    return f'<g class="stone tone-{tone or "none"}"><path d="{shape.path}"/>{sign}</g>'


def _linked(stone: Stone, drawn: str) -> str:
    if not stone.href:
        return drawn
    step = ' aria-current="step"' if stone.is_current else ""
    return f'<a href="{escape(stone.href)}" aria-label="{escape(stone.words)}"{step}>{drawn}</a>'
