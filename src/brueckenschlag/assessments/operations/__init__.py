"""Everything that changes an assessment.

Whatever reads before it writes, or writes more than one row, holds the assessment first: docs/decisions/0016.
"""

from .advice import change_advice, offer_advice
from .belonging import dissolve_area, set_area, take_over
from .editions import (
    NoOtherEditionError,
    OtherMeaningError,
    VersionTakenError,
    move_to_earlier_edition,
    move_to_newest_edition,
    publish_edition,
    show_draft,
)
from .handovers import HandoverGoneError, forget_old_offers, offer_handover, take_handover
from .holding import hold, touch
from .lifetime import begin_assessment, erase_assessment, remove_expired, rename_assessment
from .links import TooManyMailsError, count_mail, renew_keys
from .ratings import StaleRatingError, mark_running, rate_checkpoint

__all__ = [
    "HandoverGoneError",
    "NoOtherEditionError",
    "OtherMeaningError",
    "StaleRatingError",
    "TooManyMailsError",
    "VersionTakenError",
    "begin_assessment",
    "change_advice",
    "count_mail",
    "dissolve_area",
    "erase_assessment",
    "forget_old_offers",
    "hold",
    "mark_running",
    "move_to_earlier_edition",
    "move_to_newest_edition",
    "offer_advice",
    "offer_handover",
    "publish_edition",
    "rate_checkpoint",
    "remove_expired",
    "rename_assessment",
    "renew_keys",
    "set_area",
    "show_draft",
    "take_handover",
    "take_over",
    "touch",
]
