"""What may be done on frameworks, one module a use."""

from alongside.pathways.actions.moving import (
    current_standing,
    leave,
    move,
    record_tried,
    stood_between,
)

__all__ = ["current_standing", "leave", "move", "record_tried", "stood_between"]
