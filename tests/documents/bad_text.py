"""What people, and those who test us, write into fields."""

# One sign or more of each plane that has any, private ones and unassigned ones included.
PLANES = "".join(chr(plane * 0x10000 + place) for plane in range(17) for place in (0x00A9, 0x4E2D, 0xF600, 0xFFFD))

BAD_TEXTS = {
    "every plane": PLANES,
    "right to left": "שלום עולם، مرحبا بالعالم \u202eabc\u202c",
    "ten thousand signs": "Lindenblütentee " * 625,
    "one long word": "Ü" * 10_000,
    "signs of Typst": '#panic("x") $x$ *a* _b_ `c` <d> @e \\ // /* = - + #import "a": *  ~ ---',
    "signs of PDF and XML": ") Tj (\\ <</JS (app.alert(1))>> <script>&amp;]]>",
    "signs that combine": "Z\u0351\u036b\u0343a\u0308\u0301\u200dl\u0335g\u0321o 👩🏽\u200d🚒 e\u0301",
    "controls": "a\x00b\x07c\td\r\ne\u2028f\ufeffg",
    "nothing": " ",
}
