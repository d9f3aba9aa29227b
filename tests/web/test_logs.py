"""Neither a personal key nor a person's words reach the log, tried on the handler that the product really uses."""

import logging
from io import StringIO

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brueckenschlag.accounts.keys import ALPHABET, LENGTH, grouped, key_in, new_owner_key
from brueckenschlag.logs import WithoutKeys, WithoutWords
from brueckenschlag.web import page_texts

SECRET = "Notiz über Frau Beispiel"
LOGGER = logging.getLogger("brueckenschlag.tests")
some_keys = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the product's one handler prints, with every request that fails, as an operator can ask for."""
    monkeypatch.setattr(logging.getLogger("django.request"), "level", logging.WARNING)
    logging.getLogger("django.request").manager._clear_cache()
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutWords)]
    assert any(isinstance(one, WithoutKeys) for one in handler.filters)
    printed = StringIO()
    monkeypatch.setattr(handler, "stream", printed)
    return printed


def shows_key(printed: str, key: str) -> bool:
    """Whether half of the key can be read, however it is grouped."""
    signs = "".join(sign for sign in printed.lower() if sign.isalnum())
    return any(key[at : at + LENGTH // 2] in signs for at in range(LENGTH // 2 + 1))


def shapes(key: str) -> dict[str, str]:
    """The addresses in which a person may send a key; the first four open a Praxishilfe."""
    return {
        "grouped": f"/weiter/{grouped(key)}",
        "in one": f"/lesen/{key}",
        "shouted": f"/weiter/{grouped(key).upper()}",
        "with blanks": f"/weiter/{grouped(key).replace('-', '%20')}",
        "with a slash": f"/lesen/{grouped(key)}/",
        "with a page": f"/weiter/{grouped(key)}/plan",
        "with a capital": f"/Weiter/{grouped(key)}",
        "with two slashes": f"/weiter//{grouped(key)}",
        "with a quotation mark": f"/weiter/%22{grouped(key)}%22",
        "with a word": f"/weiter/Link:%20{grouped(key)}",
        "alone": f"/{grouped(key)}",
        "of another page": f"/praxishilfe/{grouped(key)}",
    }


@pytest.mark.parametrize("shape", shapes(""))
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_brings_a_key_into_the_log(nobody, log, shape, method):
    key = new_owner_key()
    answer = getattr(nobody, method)(shapes(key)[shape])
    assert answer.status_code >= 400
    assert log.getvalue()
    assert not shows_key(log.getvalue(), key)


@given(some_keys, st.sampled_from(list(shapes(""))))
# The handler is the same for every key; its print is emptied each time.
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_message_of_any_part_brings_a_key_into_the_log(log, key, shape):
    log.seek(0)
    log.truncate()
    LOGGER.warning("Nicht gefunden: %s", f"https://praxishilfe.example.org{shapes(key)[shape]}".replace("%20", " "))
    assert "Nicht gefunden" in log.getvalue()
    assert not shows_key(log.getvalue(), key)


def test_a_key_is_found_in_the_log_by_this_test_if_it_is_there():
    key = new_owner_key()
    assert all(shows_key(path.replace("%20", " "), key) for path in shapes(key).values())
    assert key_in(shapes(key)["with blanks"].replace("%20", " ")) == key


def test_other_addresses_stay_readable(nobody, log):
    nobody.get("/gibt/es/nicht")
    assert "django.request: Not Found: /gibt/es/nicht" in log.getvalue()


def test_a_message_of_plain_words_stays_readable(log):
    # Much longer than a key and with blanks like one, but no key: it says what the operator has to do.
    words = "Die Vorlage wurde nicht gefunden und wird durch die eigene ersetzt"
    LOGGER.warning(words)
    assert words in log.getvalue()


def test_a_message_with_arguments_is_printed_whole(log):
    LOGGER.warning("%s von %d: %s", "Zwei", 3, "/weiter/abc")
    assert "WARNING brueckenschlag.tests: Zwei von 3: /weiter/…" in log.getvalue()


def test_an_error_is_named_by_kind_and_place_but_not_by_its_message(log):
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"Zeile: {SECRET}") from error
    except ValueError:
        LOGGER.exception("Gescheitert")
    assert "Gescheitert" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert "test_logs.py" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_an_error_in_a_page_is_logged_without_the_words_in_it(db, log, monkeypatch):
    def fails(name: str) -> str:
        raise RuntimeError(f"{name}: {SECRET}")

    monkeypatch.setattr(page_texts, "page", fails)
    answer = Client(raise_request_exception=False).get("/hilfe")
    assert answer.status_code == 500
    assert SECRET not in answer.content.decode()
    assert "RuntimeError" in log.getvalue()
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize("shape", ["/einlass/{}", "/einlass/{}/", "/Einlass/{}", "/einlass//{}"])
def test_no_address_brings_a_link_to_sign_in_into_the_log(nobody, log, shape):
    token = "WyJhYmMiLDEsIngiXQ:1vabcd:Qk9_-x"
    assert nobody.get(shape.format(token)).status_code == 404
    assert log.getvalue()
    assert "Qk9_" not in log.getvalue()
    assert "WyJh" not in log.getvalue()


def test_signing_in_brings_neither_the_address_nor_the_code_into_the_log(nobody, log, inbox, settings):
    path = nobody.post("/anmelden?weiter=/konto", {"address": "ada.beispiel@example.org"}).url
    nobody.post(path, {"code": "1234 5678"})
    settings.EMAIL_PORT = 9
    nobody.post("/anmelden", {"address": "ada.beispiel@example.org"})
    nobody.post("/anmelden/passwort", {"address": "ada.beispiel@example.org", "password": "Geheimnis"})
    nobody.get("/verzeichnis/antwort?code=geheimer-code&state=zustand")
    # aiosmtpd's own log is the test's mail server, not the product.
    ours = "".join(line for line in log.getvalue().splitlines(True) if " mail.log: " not in line)
    for word in ("ada.beispiel", "1234", "Geheimnis", "geheimer-code", "zustand", "127.0.0.1"):
        assert word not in ours


def test_an_address_in_a_message_of_any_part_is_left_out(log):
    LOGGER.warning("Nicht zugestellt: %s", "Ada.Beispiel+x@mail.verein.example")
    assert "Nicht zugestellt" in log.getvalue()
    assert "Beispiel" not in log.getvalue()
    assert "verein" not in log.getvalue()
