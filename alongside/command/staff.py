"""`staff add`: the first person who can sign in to a council, before anyone is there to add them."""

import argparse
import json

SUMMARY = "Add a person to a council and print the one-time link that lets them in."
NEEDS_DATABASE = True
EXAMPLE = """\
example:
  run.py staff add --council 821 --name "Morgan Samplewood" --email morgan@example.gov.uk
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLE
    parser.add_argument("what", choices=["add"], help="the only thing to do here")
    parser.add_argument("--council", required=True, metavar="CODE", help="its code, such as 821")
    parser.add_argument("--name", required=True, help="as colleagues know them")
    parser.add_argument("--email", required=True, help="the address they will sign in with")
    parser.add_argument("--job", default="", metavar="TITLE", help="their job title")
    parser.add_argument(
        "--role",
        default="system_administrator",
        help="the role they hold in the whole council from today (system_administrator)",
    )
    parser.add_argument("--json", action="store_true", help="print who was added as JSON")


def run(args: argparse.Namespace) -> int:
    from alongside.core import actions, roles
    from alongside.core.actor import NoActor, acting_as_system
    from alongside.core.decisions import Problem as Refusal
    from alongside.core.models import Place
    from alongside.core.permissions import Role
    from alongside.ops.places import Problem
    from alongside.web.door import links

    if args.role not in set(Role):
        raise Problem(f"There is no role {args.role}. There are: {', '.join(Role)}.")
    try:
        with acting_as_system(args.council) as actor:
            staff = actions.add_staff(
                actor=actor, name=args.name, email=args.email, job_title=args.job
            )
            roles.give_role(
                actor=actor,
                staff=staff,
                role=Role(args.role),
                place=Place.objects.get(kind="COUNCIL"),
                starts_on=actor.today,
            )
            url = links.first_sign_in_url(actions.invite(actor=actor, staff=staff))
    except (NoActor, Refusal) as problem:
        raise Problem(str(problem)) from None
    if args.json:
        told = {"council": args.council, "name": args.name, "email": args.email, "role": args.role}
        print(json.dumps(told | {"first_sign_in_url": url}, ensure_ascii=False))
        return 0
    print(f"{args.name} is added to {actor.council_name} and may sign in.")
    print(f"Hand this over in person. It works once, for three days:\n{url}")
    return 0
