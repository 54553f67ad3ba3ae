"""The tables of frameworks, one module a noun."""

from alongside.pathways.models.alternative import Alternative, AlternativeStep, HoldCheck
from alongside.pathways.models.framework import (
    Criterion,
    Framework,
    FrameworkQuerySet,
    Phase,
    ServiceStandard,
    Stage,
    identity,
)
from alongside.pathways.models.partners import Listing, Protocol, ProtocolAnswer
from alongside.pathways.models.plan_type import PlanType
from alongside.pathways.models.standing import Standing

__all__ = [
    "Alternative",
    "AlternativeStep",
    "Criterion",
    "Framework",
    "FrameworkQuerySet",
    "HoldCheck",
    "Listing",
    "Phase",
    "PlanType",
    "Protocol",
    "ProtocolAnswer",
    "ServiceStandard",
    "Stage",
    "Standing",
    "identity",
]
