"""What may be done on frameworks, one module a use."""

from alongside.pathways.actions.drafts import (
    begin_version,
    change_head,
    discard,
    drop_part,
    put_criterion,
    put_stage,
)
from alongside.pathways.actions.moving import (
    current_standing,
    leave,
    move,
    record_tried,
    stood_between,
)
from alongside.pathways.actions.versions import publish, take_over

__all__ = [
    "begin_version",
    "change_head",
    "current_standing",
    "discard",
    "drop_part",
    "leave",
    "move",
    "publish",
    "put_criterion",
    "put_stage",
    "record_tried",
    "stood_between",
    "take_over",
]
