"""What may be done on frameworks, one module a use."""

from alongside.pathways.actions.alternatives import (
    StepFacts,
    answer_hold,
    begin_alternative,
    end_alternative,
    mark_step,
)
from alongside.pathways.actions.drafts import (
    begin_version,
    change_head,
    discard,
    drop_part,
    put_criterion,
    put_stage,
)
from alongside.pathways.actions.listings import ListingFacts, end_listing, put_listing
from alongside.pathways.actions.moving import (
    current_standing,
    leave,
    move,
    record_tried,
    stood_between,
)
from alongside.pathways.actions.protocols import (
    ProtocolFacts,
    agree_protocol,
    answer_protocol,
    change_protocol,
    renew_protocol,
    share_protocol,
    write_protocol,
)
from alongside.pathways.actions.versions import publish, take_over

__all__ = [
    "ListingFacts",
    "ProtocolFacts",
    "StepFacts",
    "agree_protocol",
    "answer_hold",
    "answer_protocol",
    "begin_alternative",
    "begin_version",
    "change_head",
    "change_protocol",
    "current_standing",
    "discard",
    "drop_part",
    "end_alternative",
    "end_listing",
    "leave",
    "mark_step",
    "move",
    "publish",
    "put_criterion",
    "put_listing",
    "put_stage",
    "record_tried",
    "renew_protocol",
    "share_protocol",
    "stood_between",
    "take_over",
    "write_protocol",
]
