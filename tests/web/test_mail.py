"""The personal link by mail, through a real SMTP server."""

import pytest

from brueckenschlag.accounts.keys import grouped
from brueckenschlag.assessments.rules import MAILS_PER_DAY


def send(own, owner, address="ada@example.org", **headers):
    return owner.post(own.path("weitermachen/mail"), {"address": address}, headers=headers, follow=True)


def test_without_a_mail_server_the_mail_is_not_offered(own, owner):
    assert "schicken" not in owner.get(own.path("weitermachen")).content.decode()


def test_the_letter_brings_the_link_and_no_words_of_a_visitor(own, owner, inbox):
    page = send(own, owner).content.decode()
    letter = inbox.letters[0]
    text = letter.get_payload(decode=True).decode()
    assert "Die E-Mail ist unterwegs." in page
    assert letter["To"] == "ada@example.org"
    assert f"https://praxishilfe.example.org/weiter/{grouped(own.key)}" in text
    assert own.assessment.name not in text


def test_the_link_in_the_letter_does_not_follow_what_a_visitor_sends_as_host(own, owner, inbox):
    send(own, owner, Host="evil.example")
    assert "evil.example" not in inbox.letters[0].as_string()


@pytest.mark.parametrize("address", ["", "ada", "ada@", "a@b.de\nBcc: c@d.de", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_an_error_at_the_field(own, owner, inbox, address):
    answer = send(own, owner, address)
    assert answer.status_code == 422
    assert 'id="error_address"' in answer.content.decode()
    assert not inbox.letters


def test_the_address_is_not_stored(own, owner, inbox):
    send(own, owner)
    own.assessment.refresh_from_db()
    assert "ada@example.org" not in str(vars(own.assessment))


def test_only_so_many_letters_leave_in_a_day(own, owner, inbox):
    for _ in range(MAILS_PER_DAY):
        assert send(own, owner).status_code == 200
    answer = send(own, owner)
    assert answer.status_code == 429
    assert len(inbox.letters) == MAILS_PER_DAY


def test_a_mail_server_that_does_not_answer_is_said_in_words(own, owner, inbox, settings):
    settings.EMAIL_PORT = 9
    answer = send(own, owner)
    assert answer.status_code == 503
    assert "Die E-Mail ließ sich nicht verschicken" in answer.content.decode()


def test_the_reader_cannot_have_the_owners_link_mailed(own, reader, inbox):
    assert send(own, reader).status_code == 404
    assert not inbox.letters


def test_the_operators_own_words_are_in_the_letter(own, owner, inbox, settings):
    file = settings.DATA_DIR / "letters/link.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("Hallo\n\nMit Gruß vom Bürgerhaus: ${link}", encoding="utf-8")
    try:
        send(own, owner)
    finally:
        file.unlink()
    text = inbox.letters[0].get_payload(decode=True).decode()
    assert text.startswith("Mit Gruß vom Bürgerhaus: https://praxishilfe.example.org/weiter/")


def send_document(own, owner, document="plan.pdf", address="ada@example.org"):
    return owner.post(own.path("mitnehmen/mail"), {"document": document, "address": address}, follow=True)


@pytest.mark.parametrize("document", ["plan.pdf", "termine.ics", "alles.zip"])
def test_a_document_comes_as_an_attachment_and_the_letter_has_no_words_of_a_visitor(own, owner, inbox, document):
    page = send_document(own, owner, document).content.decode()
    letter = inbox.letters[0]
    text, attachment = letter.get_payload()
    assert "Die E-Mail ist unterwegs." in page
    assert letter["To"] == "ada@example.org"
    assert attachment.get_filename().endswith(document.rpartition(".")[2])
    assert own.assessment.name not in text.get_payload(decode=True).decode()


def test_a_document_that_does_not_exist_is_not_sent(own, owner, inbox):
    answer = send_document(own, owner, "geheim.pdf")
    assert answer.status_code == 422
    assert "Dieses Dokument gibt es nicht." in answer.content.decode()
    assert inbox.letters == []


def test_a_self_declaration_is_not_sent_before_it_can_be_given(own, owner, inbox):
    assert send_document(own, owner, "selbsterklaerung.pdf").status_code == 422
    assert inbox.letters == []


def test_documents_count_as_letters(own, owner, inbox):
    for _ in range(MAILS_PER_DAY):
        assert send_document(own, owner, "plan.csv").status_code == 200
    answer = send_document(own, owner, "plan.csv")
    assert answer.status_code == 429
    assert len(inbox.letters) == MAILS_PER_DAY


def test_whoever_may_only_read_sends_nothing(own, reader, inbox):
    assert send_document(own, reader).status_code == 404
    assert inbox.letters == []


def test_a_wrong_address_keeps_the_choice_of_the_document(own, owner, inbox):
    page = send_document(own, owner, "termine.ics", "keine Adresse")
    assert page.status_code == 422
    assert '<option value="termine.ics" selected>' in page.content.decode()
