"""What the demonstration must not say: each question finds the rows that contradict the rest."""

import psycopg

# Of a girl with he, of a boy with she. Of parents it may be said: their sentences are left out.
WRONG_PRONOUN = """
    WITH said AS (
      SELECT pupil_id, last_incident || ' ' || going_well AS words FROM referrals_referral
      UNION ALL SELECT pupil_id, text FROM assessments_need
      UNION ALL SELECT p.pupil_id, p.aim || ' ' || t.text FROM plans_plan p
        JOIN plans_target t ON t.plan_id = p.id
      UNION ALL SELECT p.pupil_id, a.text FROM plans_plan p JOIN plans_planaction a ON a.plan_id = p.id
      UNION ALL SELECT pupil_id, what_we_did || ' ' || response FROM fieldwork_session
      UNION ALL SELECT c.pupil_id, o.reason FROM cases_priorityoverride o
        JOIN cases_case c ON c.id = o.case_id
      UNION ALL SELECT c.pupil_id, j.facts FROM cases_judgement j JOIN cases_case c ON c.id = j.case_id
      UNION ALL SELECT pupil_id, summary || ' ' || coalesce(detail, '') FROM people_chronologyentry
    ), sentences AS (
      SELECT pupil_id, regexp_split_to_table(words, '[.!?] ') AS words FROM said
    )
    SELECT DISTINCT p.legal_forename || ': ' || s.words FROM sentences s
    JOIN people_pupil p ON p.id = s.pupil_id
    WHERE s.words !~* '\\m(mum|dad|carer)\\M'
      AND ((p.sex = 'F' AND s.words ~* '\\m(he|him|his|himself)\\M')
        OR (p.sex = 'M' AND s.words ~* '\\m(she|her|hers|herself)\\M'))
"""
PAPER_AFTER_ITS_DECISION = """
    SELECT 'referral ' || r.id FROM referrals_evidence e JOIN referrals_referral r
    ON r.id = e.referral_id WHERE e.created_at > r.decided_at
"""
CHECKLIST_AFTER_THE_START = """
    SELECT DISTINCT 'case ' || c.case_id FROM cases_checklistitem c
    JOIN referrals_supportstart s ON s.case_id = c.case_id WHERE c.done_on IS NULL
"""
ASKED_AFTER_ITS_ANSWER_WAS_DUE = """
    SELECT 'escalation ' || id FROM cases_escalation
    WHERE created_at::date > answer_by OR acknowledged_at < created_at
"""
# A weekend, or within no term, or in its half-term, of the council or of the school itself.
NO_SCHOOL_DAY = """
    WITH days AS (
      SELECT 'review of plan' AS what, p.id, c.school_id, c.council_id, p.review_due_on AS on_day
        FROM plans_plan p JOIN cases_case c ON c.id = p.case_id
      UNION ALL SELECT 'taper', t.id, c.school_id, c.council_id, t.starts_on
        FROM plans_taperstep t JOIN cases_case c ON c.id = t.case_id
      UNION ALL SELECT 'check', s.id, c.school_id, c.council_id, s.due_on
        FROM cases_sustainedcheck s JOIN cases_case c ON c.id = s.case_id
      UNION ALL SELECT 'wait', w.id, r.school_id, r.council_id, w.expected_on
        FROM referrals_wait w JOIN referrals_referral r ON r.id = w.referral_id
      UNION ALL SELECT 'task', t.id, c.school_id, t.council_id, t.due_on
        FROM cases_task t LEFT JOIN cases_case c ON c.id = t.case_id WHERE t.step = ''
      UNION ALL SELECT 'visit', id, school_id, council_id, starts_at::date FROM fieldwork_visit
    )
    SELECT d.what || ' ' || d.id || ': ' || d.on_day FROM days d
    WHERE d.on_day >= current_date AND (extract(isodow FROM d.on_day) > 5
      OR EXISTS (SELECT 1 FROM schools_term t WHERE t.council_id = d.council_id
                 AND t.school_id IS NULL
                 AND d.on_day BETWEEN t.half_term_starts_on AND t.half_term_ends_on)
      OR (d.on_day <= (SELECT max(ends_on) FROM schools_term t WHERE t.council_id = d.council_id)
          AND d.school_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM schools_term t WHERE t.council_id = d.council_id
                          AND (t.school_id = d.school_id OR t.school_id IS NULL)
                          AND d.on_day BETWEEN t.starts_on AND t.ends_on)))
"""
# What was done with a school was done on a day of a term.
DONE_WITHOUT_SCHOOL = """
    WITH days AS (
      SELECT 'referral ' || id AS what, council_id, sent_at::date AS on_day
        FROM referrals_referral WHERE came_by = 'SCHOOL'
      UNION ALL SELECT 'agreement of referral ' || id, council_id, agreed_on
        FROM referrals_referral WHERE came_by = 'SCHOOL'
      UNION ALL SELECT 'tried ' || id, council_id, starts_on FROM referrals_supporttried
      UNION ALL SELECT 'review of tried ' || id, council_id, reviewed_on FROM referrals_supporttried
      UNION ALL SELECT 'session ' || id, council_id, starts_at::date FROM fieldwork_session
      UNION ALL SELECT 'review ' || id, council_id, held_on FROM plans_review
    )
    SELECT d.what || ': ' || d.on_day FROM days d
    WHERE extract(isodow FROM d.on_day) > 5 OR NOT EXISTS (
      SELECT 1 FROM schools_term t WHERE t.council_id = d.council_id AND t.school_id IS NULL
      AND d.on_day BETWEEN t.starts_on AND t.ends_on
      AND d.on_day NOT BETWEEN t.half_term_starts_on AND t.half_term_ends_on)
"""
OLDER_THAN_THE_STORY = """
    SELECT p.legal_forename || ', year ' || p.year_group FROM referrals_referral r
    JOIN people_pupil p ON p.id = r.pupil_id
    WHERE p.year_group ~ '^(7|8|9|10|11)$'
      AND r.last_incident || r.going_well ~ 'climbing frame|nursery|guinea pig'
"""
# What open children say of themselves, each sentence once a child.
SAID = """
    WITH open AS (
      SELECT c.pupil_id, a.staff_id FROM cases_case c
      JOIN cases_allocation a ON a.case_id = c.id AND a.capacity = 'LEAD' AND a.ends_on IS NULL
      WHERE c.state = 'OPEN'
    ), said AS (
      SELECT pupil_id, words FROM assessments_voice
      UNION SELECT pupil_id, words FROM assessments_profile
      UNION SELECT pupil_id, pupil_words FROM assessments_needsassessment
    ), told AS (
      SELECT DISTINCT open.pupil_id, open.staff_id, p.legal_forename, p.year_group, said.words
      FROM open JOIN said USING (pupil_id) JOIN people_pupil p ON p.id = open.pupil_id
      WHERE said.words <> ''
    )
"""
WORDS_OF_MANY = (
    SAID
    + """
    SELECT words FROM told GROUP BY words HAVING count(DISTINCT pupil_id) > 2
"""
)
WORDS_OF_ONE_CASELOAD = (
    SAID
    + """
    SELECT words FROM told GROUP BY staff_id, words HAVING count(DISTINCT pupil_id) > 1
"""
)
PROFILES_OF_ONE_CASELOAD = """
    SELECT p.helps::text FROM assessments_profile p JOIN cases_case c USING (pupil_id)
    JOIN cases_allocation a ON a.case_id = c.id AND a.capacity = 'LEAD' AND a.ends_on IS NULL
    WHERE c.state = 'OPEN' GROUP BY a.staff_id, p.helps::text HAVING count(*) > 1
"""
# Same aim, targets and actions, in two first plans that are in use.
PLANS_WORD_FOR_WORD = """
    WITH plans AS (
      SELECT p.id, a.staff_id, p.aim,
        (SELECT string_agg(t.text, ' ' ORDER BY t."order") FROM plans_target t
         WHERE t.plan_id = p.id) AS targets,
        (SELECT string_agg(x.text, ' ' ORDER BY x."order") FROM plans_planaction x
         WHERE x.plan_id = p.id) AS actions
      FROM plans_plan p JOIN cases_case c ON c.id = p.case_id AND c.state = 'OPEN'
      JOIN cases_allocation a ON a.case_id = c.id AND a.capacity = 'LEAD' AND a.ends_on IS NULL
      WHERE p.number = 1
    )
    SELECT aim FROM plans GROUP BY staff_id, aim, targets, actions HAVING count(*) > 1
"""
# Where the place is at risk, the plan says who does what in school, and more than once.
THIN_PASTORAL_PLANS = """
    SELECT 'plan ' || p.id FROM plans_plan p WHERE p.kind = 'PASTORAL' AND p.number = 1
      AND 4 > (SELECT count(*) FROM plans_planaction a WHERE a.plan_id = p.id AND a.party = 'SCHOOL')
"""
# Words that only the youngest would use, of older pupils, and the other way about.
WORDS_OF_ANOTHER_AGE = (
    SAID
    + """
    SELECT legal_forename || ', year ' || year_group || ': ' || words FROM told
    WHERE (year_group ~ '^(7|8|9|10|11)$' AND words ~* '\\m(Mummy|tummy|carpet|playtime|Miss)\\M')
       OR (year_group ~ '^(R|1|2|3|4|5|6)$' AND words ~* '\\m(corridors?|period|tutor|maths lesson)\\M')
       OR (year_group ~ '^(R|1|2)$' AND length(words) > 80)
"""
)
# Somebody of one school in what is written of a child who is, and was, at others.
STAFF_OF_ANOTHER_SCHOOL = """
    WITH told AS (
      SELECT pupil_id, staff_told AS words FROM fieldwork_dailylog
      UNION ALL SELECT pupil_id, words || ' ' || helps::text || avoids::text FROM assessments_profile
    )
    SELECT DISTINCT s.name || ': ' || p.legal_forename FROM told t
    JOIN people_pupil p ON p.id = t.pupil_id
    JOIN core_staff s ON s.council_id = p.council_id AND (t.words LIKE '%' || s.name || '%'
      OR t.words LIKE '%' || regexp_replace(s.name, ' [A-Z][.]', '') || '%')
    JOIN core_place employer ON employer.id = s.employer_id AND employer.kind = 'SCHOOL'
    WHERE NOT EXISTS (
      SELECT 1 FROM people_enrolment e JOIN schools_school k ON k.id = e.school_id
      JOIN core_place mine ON mine.id = k.place_id JOIN core_staff same ON same.employer_id = mine.id
      WHERE e.pupil_id = p.id AND same.name = s.name)
"""
PAST_A_LIMIT = """
    SELECT count(*) FROM pathways_standing s JOIN pathways_stage g ON g.id = s.stage_id
    WHERE s.ends_on IS NULL
      AND coalesce(s.since_on, s.starts_on) + 7 * g.weeks_limit < current_date
"""
ASKED = {
    "words of another pronoun": WRONG_PRONOUN,
    "a paper after its decision": PAPER_AFTER_ITS_DECISION,
    "a checklist after the start": CHECKLIST_AFTER_THE_START,
    "asked after the answer was due": ASKED_AFTER_ITS_ANSWER_WAS_DUE,
    "a day without school": NO_SCHOOL_DAY,
    "done on a day without school": DONE_WITHOUT_SCHOOL,
    "a story of a younger child": OLDER_THAN_THE_STORY,
    "own words of more than two open children": WORDS_OF_MANY,
    "own words of two children of one worker": WORDS_OF_ONE_CASELOAD,
    "profile of two children of one worker": PROFILES_OF_ONE_CASELOAD,
    "plan of two children of one worker, word for word": PLANS_WORD_FOR_WORD,
    "a Pastoral Support Plan of few words": THIN_PASTORAL_PLANS,
    "own words of another age": WORDS_OF_ANOTHER_AGE,
    "staff of a school where the child never was": STAFF_OF_ANOTHER_SCHOOL,
}


def past_a_limit(url: str) -> int:
    with psycopg.connect(url) as connection:
        (count,) = connection.execute(PAST_A_LIMIT).fetchone()
    return count


def found(url: str) -> dict[str, list[str]]:
    with psycopg.connect(url) as connection:
        return {
            name: sorted(str(row[0]) for row in connection.execute(sql).fetchall())
            for name, sql in ASKED.items()
        }
