"""Moving an assessment to a newer edition of its instrument, and back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ...assessments import editions
from ...assessments.models import Assessment
from ...assessments.operations import NoOtherEditionError, move_to_earlier_edition, move_to_newest_edition
from ...instruments import compare
from ...instruments.model import Instrument
from ...plans.models import Measure
from .. import changes
from ..homeless import left_over
from ..paths import editable, instrument_of, private, text_of
from ..visitor import acting, put_off, visitor

# With more changes than these, only those of what the person has used stand open.
MOST_OPEN = 12


@private
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a newer edition changes, before and after moving; POST moves there or back, or puts the notice away."""
    assessment = editable(visitor(request), id)
    if request.method == "POST":
        return _move(request, assessment)
    newer = editions.newer_than(assessment.edition_id, instrument_of(assessment).slug)
    other = newer or assessment.earlier_edition
    shown: dict[str, object] = {
        "assessment": assessment,
        "instrument": instrument_of(assessment),
        "has_newer": newer is not None,
        "other": other,
        "earlier": assessment.earlier_edition,
    }
    if other is not None:
        ids = (assessment.edition_id, other.hash) if newer else (other.hash, assessment.edition_id)
        parts = changes.sorted_for(changes.used(assessment), _changes(*ids))
        shown |= {
            "parts": parts,
            "is_short": sum(map(len, parts.values())) <= MOST_OPEN,
            "left": _left_over(assessment, text_of(ids[1])),
        }
    return render(request, "edition.html", shown)


def _move(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    if "later" in request.POST:
        newer = editions.newer_than(assessment.edition_id, instrument_of(assessment).slug)
        if newer and newer.hash == request.POST["later"]:  # not for one that came out while the page was open
            put_off(request, newer.hash)
        return redirect("overview", assessment.id)
    try:
        if "back" in request.POST:
            move_to_earlier_edition(assessment, by=acting(request, assessment))
        else:
            move_to_newest_edition(assessment, by=acting(request, assessment))
    except NoOtherEditionError:
        # Sent twice, or done meanwhile by somebody else: the page says how it stands.
        return redirect("edition", assessment.id)
    return redirect("overview", assessment.id)


def _changes(old: str, new: str) -> list[compare.Change]:
    """What is different between two editions, named by their hashes, in the language of the page."""
    originals = editions.original(old), editions.original(new)
    return compare.changes(text_of(old), text_of(new), originals)


def _left_over(assessment: Assessment, new: Instrument) -> int:
    """How many of the person's entries have no place in the new edition."""
    measures = Measure.objects.filter(assessment=assessment).in_plan().values_list("checkpoint", flat=True)
    strange = sum(key not in new.checkpoint_by_key for key in measures)
    return strange + len(left_over(assessment, new))
