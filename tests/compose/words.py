"""Invented sentences about children's services: the same on every run, each unlike the next."""

from __future__ import annotations

from typing import Final

SUBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "help": (
        "Duty social workers",
        "Early help practitioners in the four neighbourhood hubs",
        "Conference chairs",
        "Police and health colleagues in the multi-agency hub",
        "Workers on the out-of-hours rota",
        "Social workers for disabled children",
        "Family support staff",
        "Designated officers",
    ),
    "care": (
        "Social workers in the two children in care teams",
        "Independent reviewing officers",
        "Foster carers",
        "Kinship carers",
        "Virtual school advisers",
        "Nurses for children in care",
        "Panel members who weigh long-term matches",
        "Staff in the council’s own children’s homes",
    ),
    "adoption": (
        "Adoption social workers",
        "Family finders",
        "Adopters",
        "Panel advisers",
        "Workers who prepare life-story books",
        "Therapists in the after-adoption service",
        "Birth-parent counsellors",
        "Recruiters of adopters",
    ),
    "leavers": (
        "Personal advisers",
        "Housing officers who work with care leavers",
        "Mentors in the care leavers’ hub",
        "Young parents who have left care",
        "Young people at university",
        "Advisers for those held in custody",
        "Staff at the drop-in centre",
        "Employers on the pledge scheme",
    ),
    "leaders": (
        "Senior leaders",
        "Elected members",
        "Team managers",
        "Auditors",
        "Commissioners",
        "Performance analysts",
        "Heads of service",
        "Practice educators",
    ),
    "board": (
        "Members of the board",
        "Lay members",
        "Chairs of its subgroups",
        "Partner agencies",
        "Trainers whom the board engages",
        "Officers of the business unit",
        "Schools that sit on the board",
        "Health trusts",
    ),
}
VERBS: Final = (
    "keep clear notes of",
    "too rarely look back at",
    "now agree within a day on",
    "do not yet share widely",
    "take real care over",
    "lose sight of",
    "speak with warmth about",
    "put off decisions about",
    "act promptly on",
    "have begun to map",
    "often overlook",
    "check week by week",
)
OBJECTS: Final[dict[str, tuple[str, ...]]] = {
    "help": (
        "the worries that neighbours and schools pass on",
        "what children say about life at home",
        "the history in older case files",
        "plans to keep children safe after a strategy meeting",
        "what fathers who live elsewhere can offer",
        "the follow-up of children who go missing",
        "visits to children on child protection plans",
        "the thresholds that agencies signed up to",
        "neglect that has built up over years",
        "requests for support from health visitors",
        "step-down from statutory work to early help",
    ),
    "care": (
        "the wishes of brothers and sisters placed apart",
        "care plans that have gone out of date",
        "health checks and dental appointments",
        "personal education plans",
        "contact between children and their relatives",
        "the reasons why placements end early",
        "plans for a permanent home",
        "children’s own accounts of their reviews",
        "placements far from the borough",
        "risks from people who exploit children",
        "the use of advocates and independent visitors",
    ),
    "adoption": (
        "matches for children who wait longest",
        "life-story work",
        "the help that families may ask for later",
        "reports that go to panel",
        "early placement with approved adopters",
        "letters between birth relatives and adopters",
        "the training that adopters receive",
        "the wait between court order and match",
        "introductions in the first fortnight",
        "adopters’ comments on the service",
        "reasons for changed adoption plans",
    ),
    "leavers": (
        "pathway plans",
        "tenancies that are at risk",
        "the local offer and how it is told",
        "health histories handed over at eighteen",
        "moves into first homes",
        "apprenticeships within the council",
        "contact with those who live far away",
        "savings, grants and entitlements",
        "the step from foster care to staying put",
        "support at weekends",
        "loneliness in the first months alone",
    ),
    "leaders": (
        "the lessons of case audits",
        "caseloads in the busiest teams",
        "supervision records",
        "the monthly performance digest",
        "the self-evaluation",
        "recruitment and what keeps people in post",
        "the cost of placements",
        "complaints and what they teach",
        "children’s views on new services",
        "the pledge to children in care",
        "spans of control for first-line managers",
    ),
    "board": (
        "the yearly report on safeguarding",
        "multi-agency audits",
        "learning from reviews of serious cases",
        "training and who turns up for it",
        "returns under section 11",
        "the risk register",
        "data from partner agencies",
        "policies on children who go missing",
        "challenge between agencies",
        "the budget and how it is shared",
        "the views of young people",
    ),
}
ENDINGS: Final = (
    "so families wait less for an answer",
    "and children notice the difference",
    "which leaves some children unsure of what comes next",
    "although practice differs from team to team",
    "so that drift is caught before it harms",
    "but the reasons are not written down",
    "and managers can show when this was done",
    "even when the day is crowded",
    "which slows decision-making for the youngest",
    "and the change has held for a year",
    "so chances to help sooner are missed",
    "while newer staff learn from those beside them",
    "and up-to-date records bear this out",
)
FOLLOWING: Final = (
    "In {few} of the {many} records that inspectors read, nothing showed who had checked.",
    "Parents told inspectors that calls were returned ‘the same day, nearly always’.",
    "The stronger examples say in plain words what must be different and by when.",
    "Where a manager had stepped in, the delay ended within {few} weeks.",
    "This was weaker for children aged {age} and over.",
    "A face-to-face visit came first in {many} cases, a telephone call in {few}.",
    "Workers described manageable days (about {few} families each) and steady guidance.",
    "Some gaps were known to the council before the inspectors came; others were not.",
    "About {many}% of plans had been renewed on time, {few}% late.",
    "Children’s words are quoted, and what followed from them is set out.",
    "The quality of this work hangs on who happens to hold the case.",
    "A joint protocol (the Bridge Agreement) has cut re-referrals by a tenth.",
    "Reviews fall on the promised date; minutes reach families a fortnight later.",
)
NEEDS: Final = (
    "how quickly {subject} hear back about {object}",
    "the care with which {subject} record {object}",
    "the attention that {subject} give to {object}",
    "the use that {subject} make of {object}",
    "the guidance for {subject} on {object}",
    "the oversight of {subject} in respect of {object}",
    "the pace at which {subject} renew {object}",
)
STATISTICS: Final = (
    "Some {many},{three} children and young people live in {name}, {few}0% of everyone there.",
    "Roughly {many}% of children in {name} grow up in households with low incomes.",
    "Pupils with free school meals make up:",
    "Of all children, {few}% have a background other than White British.",
    "A first language other than English is spoken by:",
    "By the last day of March {three} children had a protection plan, {few} more than before.",
    "Private fostering arrangements numbered {few} on the first day.",
    "At that date {three} children were in care, and of these:",
)
SUB_STATISTICS: Final = (
    "{many}% in primary schools (England {few}%)",
    "{few}% in secondary schools (England {many}%)",
    "{many} lived outside the area, {few} of them beyond twenty miles",
    "{few} lived with a parent.",
)
FOR_CHILDREN: Final = (
    "If a family is having a hard time, somebody kind picks up the telephone and listens.",
    "Grown-ups at the council did not always write down what you told them. They now do.",
    "Most children in care like where they live. A few have moved too often.",
    "When you turn eighteen there is somebody to call about money, a flat or a job.",
    "The people in charge have promised to finish five things before next summer.",
)


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _numbers(count: int) -> dict[str, object]:
    return {
        "few": 2 + count % 7,
        "many": 11 + count * 3 % 47,
        "age": 12 + count % 5,
        "three": 100 + count * 37 % 890,
    }


def sentence(theme: str, count: int) -> str:
    """Return the sentence of a theme that has this number.

    >>> sentence("leavers", 0)
    'Personal advisers keep clear notes of pathway plans, so families wait less for an answer.'
    """
    subject = SUBJECTS[theme][count % 8]
    verb = VERBS[(count * 5 + count // 8) % 12]
    thing = OBJECTS[theme][(count * 3 + count // 12) % 11]
    ending = ENDINGS[(count * 4 + count // 11) % 13]
    return f"{subject} {verb} {thing}, {ending}."


def paragraph(theme: str, count: int, sentences: int = 4) -> str:
    """Return a paragraph of a theme, of sentences that no other number gives in that order."""
    parts = []
    start = list(SUBJECTS).index(theme) * 17
    for place in range(sentences):
        at = start + count * 5 + place
        if place % 2:
            parts.append(FOLLOWING[at % 13].format(**_numbers(at)))
        else:
            parts.append(sentence(theme, at))
    return " ".join(parts)


def need(theme: str, count: int, style: str = "imperative") -> str:
    """Return what should improve, as an order, as a noun, or as what a board should do.

    >>> need("leavers", 0)
    'Improve how quickly personal advisers hear back about pathway plans.'
    >>> need("leavers", 1, "noun").startswith("The care with which young parents")
    True
    """
    what = NEEDS[count % 7].format(
        subject=_lower(SUBJECTS[theme][(count * 3 + count // 7) % 8]),
        object=OBJECTS[theme][(count * 4 + count // 8) % 11],
    )
    match style:
        case "noun":
            return f"{what[0].upper()}{what[1:]}."
        case "board":
            return f"The LSCB should examine {what}, and say in public what it finds."
        case "imperative":
            return f"Improve {what}."
    raise ValueError(style)


def statistic(count: int, name: str) -> str:
    """Return a number about an area, or the lead-in to two of them."""
    return STATISTICS[count % len(STATISTICS)].format(name=name, **_numbers(count))


def sub_statistic(count: int) -> str:
    """Return a number of the second level."""
    return SUB_STATISTICS[count % len(SUB_STATISTICS)].format(**_numbers(count))
