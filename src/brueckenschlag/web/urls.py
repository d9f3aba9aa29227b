"""The addresses of the pages; people read them, so they are German. Other languages put their name in front."""

from django.urls import path

from .views import (
    access,
    areas,
    assessments,
    editions,
    invitations,
    languages,
    log,
    members,
    organisation_plan,
    organisations,
    pages,
    plan,
    start,
)

OWN = "praxishilfe/<uuid:id>/"
ORGANISATION = "organisation/<uuid:organisation>/"
MEMBER = ORGANISATION + "mitglieder/<uuid:person>/"

# The same address in every language: personal links are kept for years, the others are for machines.
without_language = [
    path("weiter/<str:key>", access.open_link, name="open_owner"),
    path("lesen/<str:key>", access.open_link, name="open_reader"),
    path("mitmachen/<str:key>", invitations.open_invitation, name="open_invitation"),
    path("sprache/<slug:code>", languages.choose, name="language"),
    path("robots.txt", pages.robots, name="robots"),
    path("leer", pages.empty, name="empty"),
]

urlpatterns = [
    path("", start.home, name="home"),
    path("praxishilfe/<slug:slug>/", start.introduction, name="introduction"),
    path("praxishilfe/<slug:slug>/hintergrund", start.background, name="background"),
    path("praxishilfe/<slug:slug>/bogen", start.sheet, name="sheet"),
    path(OWN + "ueberblick", assessments.overview, name="overview"),
    path(OWN + "name", assessments.name, name="name"),
    path(OWN + "checkpunkt/<slug:key>", assessments.checkpoint, name="checkpoint"),
    path(OWN + "fassung", editions.edition, name="edition"),
    path(OWN + "plan", plan.plan, name="plan"),
    path(OWN + "plan/neu", plan.new_measure, name="new_measure"),
    path(OWN + "plan/anregung", plan.take_suggestion, name="take_suggestion"),
    path(OWN + "plan/<uuid:measure_id>", plan.measure, name="measure"),
    path(OWN + "plan/<uuid:measure_id>/loeschen", plan.remove, name="remove_measure"),
    path(OWN + "plan/<uuid:measure_id>/zurueckholen", plan.restore, name="restore_measure"),
    path(OWN + "plan/<uuid:measure_id>/verschieben", plan.move, name="move_measure"),
    path(OWN + "weitermachen", access.links, name="links"),
    path(OWN + "weitermachen/mail", access.mail_link, name="mail_link"),
    path(OWN + "weitermachen/erneuern", access.renew_links, name="renew_links"),
    path(OWN + "schliessen", access.close, name="close"),
    path(OWN + "loeschen", access.erase, name="erase"),
    path(OWN + "bereich", areas.of_assessment, name="area_of_assessment"),
    path(OWN + "protokoll", log.of_assessment, name="assessment_log"),
    path(OWN + "protokoll.csv", log.table_of_assessment, name="assessment_log_table"),
    path("organisation/neu", organisations.new_organisation, name="new_organisation"),
    path(ORGANISATION, organisations.organisation, name="organisation"),
    path(ORGANISATION + "plan", organisation_plan.plan, name="organisation_plan"),
    path(ORGANISATION + "einstellungen", organisations.organisation_settings, name="organisation_settings"),
    path(ORGANISATION + "bereiche", areas.add, name="add_areas"),
    path(ORGANISATION + "bereiche/<uuid:area>", areas.area, name="area"),
    path(ORGANISATION + "bereiche/<uuid:area>/entfernen", areas.remove, name="remove_area"),
    path(ORGANISATION + "mitglieder", members.members, name="members"),
    path(ORGANISATION + "einladen", members.invite, name="invite"),
    path(ORGANISATION + "einladungen/<uuid:invitation>/zurueckziehen", members.revoke, name="revoke_invitation"),
    path(MEMBER + "rolle", members.change_role, name="change_role"),
    path(MEMBER + "entfernen", members.remove, name="remove_member"),
    path(MEMBER + "uebergeben", members.hand_over, name="hand_over"),
    path(ORGANISATION + "verlassen", members.leave, name="leave"),
    path(ORGANISATION + "protokoll", log.of_organisation, name="organisation_log"),
    path(ORGANISATION + "protokoll.csv", log.table_of_organisation, name="organisation_log_table"),
    path("einladung", invitations.invitation, name="invitation"),
    path("weitermachen", access.resume, name="resume"),
    path("geloescht", pages.erased, name="erased"),
    path("hilfe", pages.text, {"name": "hilfe"}, name="help"),
    path("datenschutz", pages.text, {"name": "datenschutz"}, name="privacy"),
    path("barrierefreiheit", pages.text, {"name": "barrierefreiheit"}, name="accessibility"),
    path("zahlen", pages.figures, name="figures"),
    path("impressum", pages.text, {"name": "impressum"}, name="imprint"),
]
