"""Fills in a form with Evince's own library and saves it: `python3 evince.py form.pdf filled.pdf < entries.json`.

Run by the system's Python, which has Evince (Debian: python3-gi and gir1.2-evince-3.0); it knows nothing of ours.
Evince does not tell the names of fields, so each entry says where its field is: [page from 0, x, y from the top,
value], the value being a text, for a list the words of a line, or true for a button or box. Prints what Evince says
stands in these fields afterwards.
"""

import ctypes
import json
import sys
from ctypes import c_char_p, c_int, c_void_p

import gi

gi.require_version("EvinceDocument", "3.0")
from gi.repository import EvinceDocument, Gio  # noqa: E402  # the version comes first

# The library hands out its fields as bare addresses, which Python's bridge to it cannot turn into objects.
FRONT = "ev_document_forms_form_field_"
evince, types = ctypes.CDLL("libevdocument3.so.4"), ctypes.CDLL("libgobject-2.0.so.0")
types.g_type_name_from_instance.restype, types.g_type_name_from_instance.argtypes = c_char_p, [c_void_p]


def ask(name: str, returns: object, *given: object) -> object:
    function = getattr(evince, FRONT + name)
    function.restype = returns
    kinds = {bytes: c_char_p, bool: c_int, int: c_void_p}
    function.argtypes = [c_int if at > 1 and type(one) is int else kinds[type(one)] for at, one in enumerate(given)]
    return function(*given)


def lines(document: int, field: int) -> list[str]:
    return [
        ask("choice_get_item", c_char_p, document, field, at).decode()
        for at in range(ask("choice_get_n_items", c_int, document, field))
    ]


def enter(document: int, field: int, value: object) -> None:
    kind = types.g_type_name_from_instance(field).decode()
    if kind == "EvFormFieldText":
        ask("text_set_text", None, document, field, value.encode())
    elif kind == "EvFormFieldButton":
        ask("button_set_state", None, document, field, value)
    else:
        ask("choice_select_item", None, document, field, lines(document, field).index(value))


def told(document: int, field: int) -> object:
    kind = types.g_type_name_from_instance(field).decode()
    if kind == "EvFormFieldText":
        return (ask("text_get_text", c_char_p, document, field) or b"").decode()
    if kind == "EvFormFieldButton":
        return bool(ask("button_get_state", c_int, document, field))
    chosen = [
        at for at in range(len(lines(document, field))) if ask("choice_is_item_selected", c_int, document, field, at)
    ]
    return lines(document, field)[chosen[0]] if chosen else ""


kept = []  # Evince's lists: what they hold goes with them


def field_at(document: object, page: int, x: float, y: float) -> int:
    kept.append(EvinceDocument.DocumentForms.get_form_fields(document, document.get_page(page)))
    for one in kept[-1].get_list():
        if one.area.x1 <= x <= one.area.x2 and one.area.y1 <= y <= one.area.y2:
            return one.data
    raise SystemExit(f"Evince has no field there: page {page}, {x}, {y}")


def main(form: str, filled: str) -> None:
    EvinceDocument.init()
    document = EvinceDocument.Document.factory_get_document(Gio.File.new_for_path(form).get_uri())
    fields = [(field_at(document, *where), value) for *where, value in json.load(sys.stdin)]
    for field, value in fields:
        enter(hash(document), field, value)
    document.save(Gio.File.new_for_path(filled).get_uri())
    print(json.dumps([told(hash(document), field) for field, _ in fields]))


if __name__ == "__main__":
    main(*sys.argv[1:])
