"""A small world to walk every screen in: the same records three times over, each behind a wall.

`Worlds.own` is worked by Eastmere's outreach service, `other_team` by another service and school
of Eastmere, `other_council` by Northfold. `test_every_screen.py` opens every address with each.

**When you add a screen** whose address has a part of its own, such as `<int:plan_id>`:
1. add a builder below that makes the record: `def _plans(world): world["plan"] = Plan....create(...)`,
   put it in BUILDERS (in order: later ones may use what earlier ones made);
2. add the part to EXAMPLES: `"plan_id": lambda world: world["plan"].pk`.
   A part that everybody in the council may see (a school, a member of staff) goes in SEEN_BY_ALL too.
A builder runs in the name of the council's system; `world.today` is today, `world.staff("asha")` a person.
An example is asked for later, in anybody's name or nobody's: it must not query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alongside.core.actor import acting_as_system
from tests import world_ground, world_pathways, world_plans, world_record, world_team, world_work
from tests.cast import Cast
from tests.world_ground import World


@dataclass(frozen=True)
class Worlds:
    own: World
    other_team: World
    other_council: World


OWN = {
    "council": "991",
    "forename": "Robin",
    "surname": "Testerly-Own",
    "urn": 900001,
    "school": "chalkhill",
    "service": "outreach",
    "lead": "asha",
    # Everybody whose role sees a pupil only when allocated, deployed or invited.
    "others": ["omar", "ben", "bola", "tom", "theo", "ada", "gwen", "emil"],
    "areas": ["north"],
    "sender": "petra",
    "is_in_area": False,
}
OTHER_TEAM = {
    "council": "991",
    "forename": "Leo",
    "surname": "Specimen-Other",
    "urn": 900002,
    "school": "marlpit",
    "service": "primary",
    "lead": "carys",
    "others": [],
    "areas": ["south"],
    "sender": "marta",
    "is_in_area": True,
}
OTHER_COUNCIL = {
    "council": "992",
    "forename": "Jamie",
    "surname": "Placeholder-Far",
    "urn": 900003,
    "school": "fenland",
    "service": "reintegration",
    "lead": "nell",
    "others": [],
    "areas": ["west"],
    "sender": "nora",
    "is_in_area": True,
}


BUILDERS: list[Callable[[World], None]] = [
    world_ground.school,
    world_ground.school_days,
    world_ground.pupil,
    world_work.list,
    world_work.second_record,
    world_ground.involvements,
    world_ground.framework,
    world_ground.case,
    world_pathways.alternative,
    world_pathways.partners,
    world_ground.case_work,
    world_ground.assignment,
    world_ground.entry,
    world_ground.register_change,
    world_work.concern,
    world_work.around,
    world_plans.plans,
    world_work.triage_form,
    world_work.referral,
    world_work.request,
    world_work.departure,
    world_work.assessments,
    world_work.fieldwork,
    world_work.incident,
    world_work.document,
    world_work.chronology_sent_in,
    world_record.escalation,
    world_record.visit,
    world_team.cover,
    world_team.handover,
    world_team.judgement,
    world_team.news,
    world_record.needs,
    world_record.managed,
]

EXAMPLES: dict[str, Callable[[World], object]] = {
    "pupil_id": lambda world: world["pupil"].pk,
    "case_id": lambda world: world["case"].pk,
    "school_id": lambda world: world["school"].pk,
    "other_id": lambda world: world["other_pupil"].pk,
    "merge_id": lambda world: world["merge"].pk,
    "list_id": lambda world: world["list"].pk,
    "row_id": lambda world: world["row"].pk,
    "term_id": lambda world: world["term"].pk,
    "council_term_id": lambda world: world["council_term"].pk,
    "council_day_id": lambda world: world["council_day"].pk,
    "day_id": lambda world: world["day"].pk,
    "contact_id": lambda world: world["contact"].pk,
    "urn": lambda world: world["school"].urn,
    "framework_id": lambda world: world["framework"].pk,
    "form_id": lambda world: world["triage_form"].pk,
    "service_id": lambda world: world.cast.places[world.people["service"]],
    "alternative_id": lambda world: world["alternative"].pk,
    "step_id": lambda world: world["step"].pk,
    "hold_id": lambda world: world["hold"].pk,
    "listing_id": lambda world: world["listing"].pk,
    "protocol_id": lambda world: world["protocol"].pk,
    "draft_id": lambda world: world["draft"].pk,
    "stage_id": lambda world: world["draft_stage"].pk,
    "criterion_id": lambda world: world["criterion"].pk,
    "standing_id": lambda world: world["standing"].pk,
    "staff_id": lambda world: world.lead_id,
    "plan_id": lambda world: world["plan"].pk,
    "action_id": lambda world: world["action"].pk,
    "contributor_id": lambda world: world["contributor"].pk,
    "lesson_id": lambda world: world["lesson"].pk,
    "strategy_id": lambda world: world["strategy"].pk,
    "taper_step_id": lambda world: world["taper_step"].pk,
    "number": lambda _world: 1,
    "type_key": lambda _world: "PASTORAL",
    "standard_key": lambda _world: "plan-agreed",
    "measure_id": lambda world: world["own_scale"].pk,
    "party": lambda _world: "school",
    "assignment_id": lambda world: world["assignment"].pk,
    "allocation_id": lambda world: world["allocation"].pk,
    "item_id": lambda world: world["item"].pk,
    "task_id": lambda world: world["task"].pk,
    "check_id": lambda world: world["check"].pk,
    "referral_id": lambda world: world["referral"].pk,
    "request_id": lambda world: world["request"].pk,
    "paper_id": lambda world: world["paper"].pk,
    "concern_id": lambda world: world["concern"].pk,
    "carer_id": lambda world: world["carer"].pk,
    "professional_id": lambda world: world["professional"].pk,
    "flag_id": lambda world: world["flag"].pk,
    "enrolment_id": lambda world: world["enrolment"].pk,
    "change_id": lambda world: world["change"].pk,
    "approval_id": lambda world: world["approval"].pk,
    "document_id": lambda world: world["document"].pk,
    "entry_id": lambda world: world["entry"].pk,
    "need_id": lambda world: world["need"].pk,
    "result_id": lambda world: world["result"].pk,
    "assessment_id": lambda world: world["assessment"].pk,
    "goal_id": lambda world: world["own_goal"].pk,
    "talk_id": lambda world: world["talk"].pk,
    "voice_id": lambda world: world["voice"].pk,
    "session_id": lambda world: world["session"].pk,
    "incident_id": lambda world: world["incident"].pk,
    "update_id": lambda world: world["update"].pk,
    "log_id": lambda world: world["log"].pk,
    "escalation_id": lambda world: world["escalation"].pk,
    "spell_id": lambda world: world["spell"].pk,
    "condition_id": lambda world: world["condition"].pk,
    "member_id": lambda world: world["member"].pk,
    "note_id": lambda world: world["staff_note"].pk,
    "visit_id": lambda world: world["visit"].pk,
    "deadline": lambda world: f"task-{world['task'].pk}",
    "worker_id": lambda world: world.lead_id,
    "judgement_id": lambda world: world["judgement"].pk,
    "announcement_id": lambda world: world["announcement"].pk,
    "team_task_id": lambda world: world["team_task"].pk,
    "place_id": lambda world: world.cast.places[world.people["areas"][0]],
    "cover_id": lambda world: world["cover"].pk,
    "handover_id": lambda world: world["handover"].pk,
    "key": lambda _world: "not-a-key",
}

# Parts of an address that name something everybody in the council may see, or nothing at all.
SEEN_BY_ALL = {
    "place_id",
    "school_id",
    "term_id",
    "day_id",
    "contact_id",
    "council_term_id",
    "council_day_id",
    "urn",
    "framework_id",
    "draft_id",
    "listing_id",
    "protocol_id",
    "stage_id",
    "criterion_id",
    "service_id",
    "form_id",
    "staff_id",
    "assignment_id",
    "type_key",
    "standard_key",
    "measure_id",
    "party",
    "key",
}


def build(cast: Cast) -> Worlds:
    """Make all three. Call inside a transaction that is rolled back."""
    return Worlds(*(_build(cast, people) for people in (OWN, OTHER_TEAM, OTHER_COUNCIL)))


def _build(cast: Cast, people: dict[str, Any]) -> World:
    with acting_as_system(people["council"]) as actor:
        world = World(cast, actor, people)
        for builder in BUILDERS:
            builder(world)
    return world
