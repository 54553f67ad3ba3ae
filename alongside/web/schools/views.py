"""The list of schools and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from alongside.cases.queries import open_cases_at
from alongside.core.permissions import Permission
from alongside.people.queries import record_view
from alongside.rules.words import count_of
from alongside.schools import policy, queries
from alongside.web.downloads import MOST_ROWS, Part, Taken, take, ways
from alongside.web.schools import listing, page
from alongside.web.screens import Request, screen


@screen(needs=Permission.SCHOOL_VIEW, methods=("GET",))
def school_list(request: Request) -> HttpResponse:
    actor, want = request.actor, listing.wanted(request.GET)
    schools, after = queries.page_of_schools(actor, want, after=request.GET.get("after", ""))
    total = queries.find_schools(actor, want).count()
    return render(
        request,
        "schools/list.html",
        {
            "heading": "Schools",
            "second": count_of(total, "school"),
            "filter": listing.filters(request.GET, want, queries.neighbourhoods(actor)),
            "table": listing.table(request.GET, want, schools),
            "pages": {
                "summary": f"{len(schools)} of {total:,} shown",
                "first_url": listing.address(request.GET) if request.GET.get("after") else "",
                "next_url": listing.address(request.GET, after=after) if after else "",
            },
            "take": ways(request, "schools-csv") if schools else None,
        },
    )


@screen(needs=Permission.EXPORT, methods=("GET",))
def school_csv(request: Request) -> HttpResponse:
    want = listing.wanted(request.GET)
    schools, following = queries.page_of_schools(request.actor, want, size=MOST_ROWS)
    head = ("URN", "School", "Type", "Phase", "Status", "Neighbourhood", "Street", "Town",
            "Postcode", "Pupils", "Named worker")  # fmt: skip
    printed = ("School", "Phase", "Status", "Neighbourhood", "Town", "Pupils", "Named worker")
    rows = [
        (s.urn, s.name, s.type_name, s.phase, s.get_status_display(), listing.area_of(s), s.street,
         s.town, s.postcode, s.pupils_on_roll, ", ".join(w.staff.name for w in s.workers_now))
        for s in schools
    ]  # fmt: skip
    return take(
        request,
        Taken(
            title="Schools",
            chosen=listing.in_words(request.GET, want, queries.neighbourhoods(request.actor)),
            parts=[Part(head, rows, printed=printed)],
            back_url=listing.address(request.GET),
            is_cut=bool(following),
        ),
        kind="schools.exported",
        needs=Permission.SCHOOL_VIEW,
    )


@screen(needs=Permission.SCHOOL_VIEW, methods=("GET",))
def school_page(request: Request, school_id: int) -> HttpResponse:
    actor = request.actor
    school = queries.get_school(actor, school_id)
    start = f"/schools/{school.pk}/"
    may_edit, may_assign = policy.edit_contacts(actor, school), policy.name_worker(actor)
    cases = []
    if actor.may(Permission.CASE_VIEW):
        cases = open_cases_at(actor, school)
        if cases:
            record_view(actor, [c["pupil_id"] for c in cases], "school", f"school {school.pk}")
    return TemplateResponse(
        request,
        "schools/page.html",
        {
            "heading": school.name,
            "second": page.second_line(school),
            "school": school,
            "facts": page.profile(school),
            "contacts": page.contacts(school, queries.contacts_of(actor, school)),
            "workers": page.workers(actor, queries.named_workers(actor, school)),
            "days": page.days(actor, school),
            "cases": cases,
            "case_rows": page.cases(cases),
            "history": page.history(school, queries.line_of(actor, school)),
            "area": listing.area_of(school),
            "may_edit": may_edit,
            "contact_url": f"{start}contacts/new/" if may_edit else "",
            "worker_url": f"{start}named-worker/" if may_assign else "",
            "area_url": f"{start}neighbourhood/" if may_assign else "",
            "calendar_url": f"{start}calendar/",
            "may_import": policy.import_pupils(actor, school),
        },
    )
