"""The arch: as many stones as checkpoints, a keystone where there is a middle, words for those who cannot see it."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brueckenschlag.web.arch import KEYSTONE, OUTER, SIGNS, Stone, arch, lamp

SVG = "{http://www.w3.org/2000/svg}"
KEYSTONE_ARC = f"A{OUTER + KEYSTONE:g} "
# Whatever may stand in XML at all; line ends are left out because XML itself turns them into blanks.
words = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]))


def parsed(svg: str) -> ElementTree.Element:
    """As a browser's XML parser reads it; inline in a page the namespace is understood."""
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def stones_in(picture: ElementTree.Element) -> list[ElementTree.Element]:
    return [group for group in picture.iter(f"{SVG}g") if "stone" in group.get("class", "").split()]


@pytest.mark.parametrize("count", range(1, 16))
@pytest.mark.parametrize("tone", ["", *SIGNS])
def test_any_number_of_checkpoints_gives_as_many_numbered_stones(count, tone):
    stones = stones_in(parsed(arch([Stone(tone)] * count, label="Bogen")))
    assert [stone.findtext(f"{SVG}text") for stone in stones] == [str(number) for number in range(1, count + 1)]
    assert {stone.get("class") for stone in stones} == {f"stone tone-{tone or 'none'}"}


@pytest.mark.parametrize("count", range(1, 16))
def test_only_an_odd_number_has_a_keystone_and_it_stands_in_the_middle(count):
    paths = [stone.find(f"{SVG}path").get("d") for stone in stones_in(parsed(arch([Stone()] * count, label="Bogen")))]
    keystones = [at for at, path in enumerate(paths) if KEYSTONE_ARC in path]
    assert keystones == ([count // 2] if count % 2 else [])


@pytest.mark.parametrize("count", range(1, 16))
def test_every_stone_stays_inside_the_drawing(count):
    picture = parsed(arch([Stone("red")] * count, label="Bogen"))
    left, top, width, height = (float(number) for number in picture.get("viewBox").split())
    for stone in stones_in(picture):
        corners = re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=[ALZ])", stone.find(f"{SVG}path").get("d"))
        assert len(corners) == 4
        assert all(left <= float(x) <= left + width and top <= float(y) <= top + height for x, y in corners)


@given(words, words, words)
@settings(deadline=None)
def test_any_words_are_escaped(label, name, href):
    picture = parsed(arch([Stone("red", name, "#" + href)], label=label))
    assert picture.get("aria-label") == label
    [link] = picture.iter(f"{SVG}a")
    assert (link.get("aria-label"), link.get("href")) == (name, "#" + href)


def test_without_links_it_is_one_picture_with_a_name():
    picture = parsed(arch([Stone("green", "Nutzen: gut")] * 7, label="Alles gut"))
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "Alles gut")
    assert list(picture.iter(f"{SVG}a")) == []


def test_with_links_it_is_a_group_and_says_where_one_is():
    stones = [Stone("", f"Checkpunkt {number}", f"/{number}", is_current=number == 3) for number in range(1, 8)]
    picture = parsed(arch(stones, label="Checkpunkte"))
    links = list(picture.iter(f"{SVG}a"))
    assert picture.get("role") == "group"
    assert [link.get("aria-label") for link in links] == [stone.words for stone in stones]
    assert [link.get("href") for link in links] == [stone.href for stone in stones]
    assert [link.get("aria-current") for link in links] == [None, None, "step", None, None, None, None]


def test_a_rating_is_told_by_a_sign_and_not_by_colour_alone():
    stones = stones_in(parsed(arch([Stone(tone) for tone in ("red", "yellow", "green", "")], label="Bogen")))
    signs = [ElementTree.tostring(sign) for stone in stones for sign in stone.findall(f"{SVG}g/{SVG}path")]
    assert len(set(signs)) == 3
    assert stones[-1].find(f"{SVG}g") is None


@pytest.mark.parametrize("tone", ["", "red", "yellow", "green", "unbekannt"])
def test_a_lamp_is_hidden_from_those_who_hear_the_words_beside_it(tone):
    picture = parsed(lamp(tone))
    assert picture.get("aria-hidden") == "true"
    assert bool(picture.findall(f".//{SVG}path")) == (tone in SIGNS)
