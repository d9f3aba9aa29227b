"""A list of clients as people make it: name and address in each line, separated by semicolon, comma or tab."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .models import NAME_LENGTH, ClientInvitation, Mandate, Membership, Organisation
from .rules import MOST_CLIENTS_AT_ONCE

LONGEST_LIST = 50_000
Fault = Literal["", "address", "name", "twice", "client", "invited", "many"]


@dataclass(frozen=True)
class Row:
    """One line of the list, counted from 1, and why it is left out; "" when it is not.

    `invited` is who has been asked already and can still accept; only a letter that has not gone out is sent then.
    """

    line: int
    name: str
    address: str
    fault: Fault


def read(text: str, adviser: Organisation) -> list[Row]:
    """The rows of a list, each with what is wrong; empty lines and a line of headings are left out. 2 queries."""
    lines = _lines(text)
    addresses = {address for _, _, address in lines}
    clients, invited = _clients(adviser, addresses), _invited(adviser, addresses)
    rows: list[Row] = []
    good: set[str] = set()
    for line, name, address in lines:
        fault = _fault(name, address, good)
        if not fault:
            fault = "client" if address in clients else "invited" if address in invited else ""
        if not fault and len(good) >= MOST_CLIENTS_AT_ONCE:
            fault = "many"
        if fault in ("", "invited"):
            good.add(address)
        rows.append(Row(line, name, address, fault))
    return rows


def _lines(text: str) -> list[tuple[int, str, str]]:
    """Line, name and address in small letters. A line with one entry has only an address."""
    separator = max(";,\t", key=text.count)
    found: list[tuple[int, str, str]] = []
    reader = csv.reader(text.splitlines(), delimiter=separator)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        name, address = (cells[0], cells[1]) if len(cells) > 1 else ("", cells[0])
        is_heading = not found and "@" not in address and "mail" in address.lower()
        if not is_heading:
            found.append((reader.line_num, name, address.lower()))
    return found


def _fault(name: str, address: str, before: Collection[str]) -> Fault:
    try:
        validate_email(address)
    except ValidationError:
        return "address"
    if len(address) > 254:
        return "address"
    if len(name) > NAME_LENGTH:
        return "name"
    return "twice" if address in before else ""


def _clients(adviser: Organisation, addresses: Collection[str]) -> set[str]:
    """Those of the addresses that belong to somebody in an organisation that the adviser advises."""
    advised = Mandate.objects.in_force().filter(adviser=adviser)
    members = Membership.objects.filter(organisation__in=advised.values("organisation"), person__email__in=addresses)
    used = ClientInvitation.objects.filter(adviser=adviser, email__in=addresses).exclude(used_at=None)
    return {*members.values_list("person__email", flat=True), *used.values_list("email", flat=True)}


def _invited(adviser: Organisation, addresses: Collection[str]) -> set[str]:
    asked = ClientInvitation.objects.open().filter(adviser=adviser, email__in=addresses)
    return set(asked.values_list("email", flat=True))
