"""The tables of frameworks, one module a noun."""

from alongside.pathways.models.framework import (
    Criterion,
    Framework,
    FrameworkQuerySet,
    Phase,
    ServiceStandard,
    Stage,
)
from alongside.pathways.models.plan_type import PlanType
from alongside.pathways.models.standing import Standing

__all__ = [
    "Criterion",
    "Framework",
    "FrameworkQuerySet",
    "Phase",
    "PlanType",
    "ServiceStandard",
    "Stage",
    "Standing",
]
