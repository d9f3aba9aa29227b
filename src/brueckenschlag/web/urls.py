"""The addresses of the pages; people read them, so they are German. Other languages put their name in front."""

from django.urls import path

from .views import (
    access,
    assessments,
    beginnings,
    documents,
    editions,
    languages,
    measures,
    pages,
    plan,
    returns,
    rows,
    start,
)

OWN = "praxishilfe/<uuid:id>/"

# The same address in every language: personal links are kept for years, the others are for machines.
without_language = [
    path("weiter/<str:key>", access.open_link, name="open_owner"),
    path("lesen/<str:key>", access.open_link, name="open_reader"),
    path("sprache/<slug:code>", languages.choose, name="language"),
    path("robots.txt", pages.robots, name="robots"),
    path("leer", pages.empty, name="empty"),
]

urlpatterns = [
    path("", start.home, name="home"),
    path("praxishilfe/<slug:slug>/", start.introduction, name="introduction"),
    path("praxishilfe/<slug:slug>/hintergrund", start.background, name="background"),
    path("praxishilfe/<slug:slug>/bogen", start.sheet, name="sheet"),
    path("praxishilfe/<slug:slug>/bogen/<str:file>", documents.paper, name="paper"),
    path(OWN + "ueberblick", assessments.overview, name="overview"),
    path(OWN + "name", assessments.name, name="name"),
    path(OWN + "checkpunkt/<slug:key>", assessments.checkpoint, name="checkpoint"),
    path(OWN + "fassung", editions.edition, name="edition"),
    path(OWN + "plan", plan.plan, name="plan"),
    path(OWN + "plan/neu", measures.new_measure, name="new_measure"),
    path(OWN + "plan/anregung", rows.take_suggestion, name="take_suggestion"),
    path(OWN + "plan/<uuid:measure_id>", measures.measure, name="measure"),
    path(OWN + "plan/<uuid:measure_id>/loeschen", rows.remove, name="remove_measure"),
    path(OWN + "plan/<uuid:measure_id>/zurueckholen", rows.restore, name="restore_measure"),
    path(OWN + "plan/<uuid:measure_id>/verschieben", rows.move, name="move_measure"),
    path(OWN + "mitnehmen", documents.documents, name="documents"),
    path(OWN + "mitnehmen/mail", documents.mail_document, name="mail_document"),
    path(OWN + "mitnehmen/<str:file>", documents.document, name="document"),
    path(OWN + "zurueck", returns.upload, name="return"),
    path(OWN + "zurueck/pruefen", returns.check, name="check_return"),
    path(OWN + "weitermachen", access.links, name="links"),
    path(OWN + "weitermachen/mail", access.mail_link, name="mail_link"),
    path(OWN + "weitermachen/erneuern", access.renew_links, name="renew_links"),
    path(OWN + "schliessen", access.close, name="close"),
    path(OWN + "loeschen", access.erase, name="erase"),
    path("praxishilfe/datei", beginnings.begin, name="begin_from_file"),
    path("weitermachen", access.resume, name="resume"),
    path("geloescht", pages.erased, name="erased"),
    path("hilfe", pages.text, {"name": "hilfe"}, name="help"),
    path("datenschutz", pages.text, {"name": "datenschutz"}, name="privacy"),
    path("barrierefreiheit", pages.text, {"name": "barrierefreiheit"}, name="accessibility"),
    path("zahlen", pages.figures, name="figures"),
    path("impressum", pages.text, {"name": "impressum"}, name="imprint"),
]
