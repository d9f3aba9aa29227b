"""Pages for what goes wrong: right status, our style, nothing typed is lost."""

import pytest
from django.db import DatabaseError
from django.test import Client

from brueckenschlag.assessments.models import Rating
from brueckenschlag.web.views import assessments
from tests.conftest import opened


def test_an_unknown_address_gets_our_page(nobody):
    answer = nobody.get("/gibt-es-nicht")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.content.decode()


def test_a_form_without_its_token_is_refused_and_the_words_can_be_copied(own):
    client = Client(enforce_csrf_checks=True)
    from brueckenschlag.accounts.keys import grouped

    client.get(f"/weiter/{grouped(own.key)}")
    answer = client.post(own.path("checkpunkt/planen"), {"note": "mühsam getippt", "level": "gut", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "mühsam getippt" in page
    assert "Noch einmal speichern" not in page
    assert not Rating.objects.exists()


def test_a_lost_session_keeps_what_was_typed_and_offers_to_save_it_again(own, nobody):
    answer = nobody.post(own.path("checkpunkt/planen"), {"note": "mühsam getippt", "level": "gut", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<input type="hidden" name="note" value="mühsam getippt">' in page
    assert "Noch einmal speichern" in page


def test_the_status_line_says_when_the_device_is_no_longer_connected(own, nobody):
    answer = nobody.post(own.path("checkpunkt/planen"), {"note": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "Dieses Gerät ist nicht mehr verbunden" in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_a_failed_save_is_no_lost_save(own, monkeypatch, htmx, caplog):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full near 'mühsam getippt'")

    from brueckenschlag.accounts.keys import grouped

    client = opened(f"/weiter/{grouped(own.key)}")
    client.raise_request_exception = False
    monkeypatch.setattr(assessments, "save_checkpoint", fail)
    headers = {"HX-Request": "true"} if htmx else {}
    sent = {"note": "mühsam getippt", "level": "gut", "version": 0}
    answer = client.post(own.path("checkpunkt/planen"), sent, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Nicht gespeichert – bitte noch einmal versuchen" in page
    assert htmx or "mühsam getippt" in page
    assert not Rating.objects.exists()


@pytest.mark.parametrize("path", ["checkpunkt/planen", "plan/neu", "name"])
def test_a_body_over_the_limit_is_too_much(own, owner, path):
    answer = owner.post(own.path(path), {"note": "x" * 300_000, "text": "x", "name": "x"})
    assert answer.status_code == 413
    assert "Das war zu viel auf einmal" in answer.content.decode()


def test_too_many_fields_are_too_much(own, owner):
    answer = owner.post(own.path("plan/neu"), {str(at): "x" for at in range(4_100)})
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"level=%00&version=0", b"version=0&note=%ff%fe", b"=&=&=", b"%"])
def test_broken_bodies_are_never_a_server_error(own, owner, body):
    answer = owner.post(own.path("checkpunkt/planen"), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 400, 422)


def test_a_broken_upload_is_never_a_server_error(own, owner):
    answer = owner.post(own.path("plan/neu"), b"--x\r\nnonsense", content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("path", ["/praxishilfe/gibtsnicht/", "/praxishilfe/zo", "/praxishilfe/zo/unsinn"])
def test_an_unknown_instrument_is_not_there(nobody, path):
    assert nobody.get(path).status_code == 404


def test_a_forged_cookie_opens_nothing(own, nobody):
    nobody.cookies["geraet"] = "gefälscht:abc"
    assert nobody.get(own.path("plan")).status_code == 404
    assert nobody.get("/").status_code == 200
