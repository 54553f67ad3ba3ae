"""Plans for tests, made through the actions in the name of who would do it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from alongside.cases.actions import allocate, open_case
from alongside.cases.models import Case, CaseState
from alongside.core.actor import Actor
from alongside.core.models import Place, Staff
from alongside.pathways import packs
from alongside.pathways.models import Framework, Stage
from alongside.people.models import Capacity
from alongside.plans import actions
from alongside.plans.facts import ActionFacts, PlanFacts, ReviewFacts, Scored, TargetFacts
from alongside.plans.models import AGREEING, Contributor, Party, Plan
from tests.cast import Cast
from tests.children import Children

PACK = Path(__file__).resolve().parents[2] / "packs" / "eastmere"


def target(today: date, text: str = "Uses the exit card, back in 10 minutes", **more: Any):
    facts = {
        "text": text,
        "unit": "of 10 times",
        "baseline": Decimal(1),
        "goal": Decimal(8),
        "due_on": today + timedelta(weeks=6),
        "owner": "T. Exemplar",
    }
    return TargetFacts(**(facts | more))


def facts(today: date, **more: Any) -> PlanFacts:
    """A plan as a worker would type it."""
    due = today + timedelta(weeks=6)
    made = PlanFacts(
        aim="Robin stays in lessons and feels able to come back to them.",
        starts_on=today,
        review_due_on=due,
        targets=(target(today), target(today, "Stays for the whole maths lesson", goal=Decimal(3))),
        actions=(
            ActionFacts(Party.SCHOOL, "Keep a seat by the door", due, "Mr T. Exemplar"),
            ActionFacts(Party.FAMILY, "Text school after a hard morning", due, "Jo Testerly"),
            ActionFacts(Party.PUPIL, "Show the card, then walk", due, "Robin"),
            ActionFacts(Party.SERVICE, "Two sessions a week", due, "Asha"),
        ),
    )
    return replace(made, **more)


@dataclass
class Making:
    """One case in Eastmere's outreach service, led by asha, managed by mina."""

    acting: Callable[[str], Actor]
    cast: Cast
    case: Case

    @property
    def today(self) -> date:
        return self.acting("asha").today

    def written(self, **more: Any) -> Plan:
        asha = self.acting("asha")
        return actions.write_plan(actor=asha, case=self.case, facts=facts(asha.today, **more))

    def submitted(self, **more: Any) -> Plan:
        plan = self.written(**more)
        return actions.submit(actor=self.acting("asha"), plan=plan)

    def returned(self) -> Plan:
        plan = self.submitted()
        return actions.return_plan(actor=self.acting("mina"), plan=plan, reason="Which lessons?")

    def approved(self, **more: Any) -> Plan:
        plan = self.submitted(**more)
        return actions.approve(actor=self.acting("mina"), plan=plan)

    def answer(self, plan: Plan, party: Party, *, is_agreed: bool = True, by: str = "asha") -> Plan:
        actor = self.acting(by)
        return actions.record_agreement(
            actor=actor,
            plan=plan,
            party=party,
            name="Jo Testerly",
            is_agreed=is_agreed,
            how="at the meeting in school",
            words="I would like Fridays off it." if not is_agreed else "",
            agreed_on=actor.today,
        )

    def agreed(self, **more: Any) -> Plan:
        plan = self.approved(**more)
        for party in AGREEING:
            plan = self.answer(plan, party)
        return plan

    def withdrawn(self) -> Plan:
        plan = self.agreed()
        actor = self.acting("asha")
        return actions.withdraw_agreement(
            actor=actor,
            plan=plan,
            party=Party.FAMILY,
            words="Too many meetings.",
            withdrawn_on=actor.today,
        )

    def reviewed(self, decision: str = "CONTINUE", **more: Any) -> Plan:
        plan = self.agreed()
        actions.record_review(
            actor=self.acting("asha"), plan=plan, facts=self.review(decision, **more)
        )
        plan.refresh_from_db()
        return plan

    def ended(self) -> Plan:
        return self.reviewed("CLOSE")

    def review(self, decision: str = "CONTINUE", **more: Any) -> ReviewFacts:
        made = ReviewFacts(
            held_on=self.today,
            decision=decision,
            reason="He uses the card and comes back.",
            pupil_view="I can show the card now.",
            family_view="Mornings are calmer.",
            school_view="Two lessons a day, all week.",
            next_review_on=self.today + timedelta(weeks=6),
        )
        return replace(made, **more)

    def close(self) -> None:
        self.acting("mina")
        Case.objects.filter(pk=self.case.pk).update(
            state=CaseState.CLOSED, closed_on=self.case.opened_on
        )
        self.case.refresh_from_db()


def load_kinds(acting: Callable[[str], Actor]) -> None:
    """Eastmere's kinds of plan, as its pack has them."""
    packs.load(actor=acting("adam"), folder=PACK)


def scored(plan: Plan, *values: int) -> dict[int, Scored]:
    return {t.pk: Scored(Decimal(v)) for t, v in zip(plan.targets.all(), values, strict=False)}


def make_case(acting: Callable[[str], Actor], cast: Cast) -> Making:
    children = Children(cast)
    robin = children.pupil(pronouns="he, him")
    school = children.school("chalkhill")
    mina = acting("mina")
    service = Place.objects.get(pk=cast.places["outreach"])
    framework = Framework.objects.create(
        key="eastmere",
        name="Eastmere inclusion framework",
        owner=service,
        version="1",
        starts_on=date(2025, 9, 1),
    )
    for order, name in enumerate(("Whole school", "School plan", "Outreach", "Panel"), 1):
        Stage.objects.create(framework=framework, order=order, name=name)
    case = open_case(
        actor=mina,
        pupil=robin,
        school=school,
        service=service,
        framework=framework,
        reason="Leaves lessons",
        opened_on=mina.today - timedelta(days=20),
    )
    allocate(
        actor=mina,
        case=case,
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=case.opened_on,
    )
    case.refresh_from_db()
    return Making(acting, cast, case)


def added(making: Making, plan: Plan, party: Party, name: str, **more) -> Contributor:
    asha = making.acting("asha")
    return actions.add_contributor(actor=asha, plan=plan, party=party, name=name, **more)


def write(making: Making, one: Contributor, by: str, words: str = "A seat by the door.", **more):
    return actions.write_section(
        actor=making.acting(by), contributor=one, section=words, version=one.version, **more
    )


def school_held(making: Making) -> Plan:
    petra = making.acting("petra")
    return actions.write_plan(actor=petra, case=making.case, facts=facts(petra.today))
