"""Documents that are none of the kinds that are read, though they speak of the same matters.

Each names inspectors, an authority and its children's services, and most an inspection with its
dates, so that only what a document says of itself can tell it from one that is read.
"""

from __future__ import annotations

from html import escape
from typing import Final, NamedTuple

from compose.model import NAMES, Composed
from compose.pages import Sheets


class Foreign(NamedTuple):
    """A document that is not read: what it is taken for, and its lines.

    A line that begins with `# ` is a heading.
    """

    taken_for: str
    lines: tuple[str, ...]


_TALK: Final = (
    "Ofsted inspectors looked at children’s services in Kent and at child protection there.",
    "The council’s social workers know children in care well, inspectors found.",
)

FOREIGN: Final[dict[str, Foreign]] = {
    # Schools, colleges, nurseries
    "school in Reading": Foreign("school", (
        "# Inspection of Thames Meadow Primary School",
        "12 River Lane, Reading, Berkshire RG1 0AA",
        "Inspection dates: 12 and 13 March 2024",
        "Overall effectiveness: Good", "The quality of education: Good",
        "Behaviour and attitudes: Good", "Leadership and management: Good",
        "Pupils love reading here. Reading is taught daily and well, inspectors found.",
        "Leaders work with Reading Borough Council’s children’s services on child protection.",
    )),
    "school without the word": Foreign("school", (
        "# Inspection of The Bulmer Foundation",
        "Inspection dates: 4 and 5 June 2024",
        "The quality of education Good", "Personal development Outstanding",
        "Leaders in Kent work with children’s services. Ofsted inspectors met the chair.",
        "Section 5 of the Education Act 2005 is the ground of this inspection.",
    )),
    "monitoring letter to a headteacher": Foreign("school", (
        "14 May 2023", "Mrs A Person", "Headteacher", "Anytown Academy", "Kent",
        "Dear Mrs Person",
        "Monitoring visit to Anytown Academy",
        "This letter sets out the findings of the monitoring visit on 3 May 2023 by one of His "
        "Majesty’s Inspectors. Children’s services in Kent sent an adviser.",
    )),
    "nursery": Foreign("school", (
        "# Inspection of Little Acorns Day Nursery",
        "Inspection date: 9 July 2024",
        "What is it like to attend this early years setting?",
        "Staff refer concerns to Leeds children’s services. Child protection is understood.",
    )),
    # Social care settings
    "children's home run by a council": Foreign("children's home", (
        "SC904321", "Registered provider: Kent County Council",
        "# Interim inspection",
        "Held by the social care common inspection framework",
        "Inspection dates: 5 to 6 June 2023",
        "# This children’s home",
        "The council opened it in 2015 for four young people.",
        "Overall progress of young people: good",
        "Staff of Kent children’s services visit. Inspectors saw child protection plans.",
    )),
    "children's home without a number": Foreign("children's home", (
        "# Elm House",
        "Inspection dates: 2 to 3 May 2023",
        "This children’s home is registered for three children. Its registered manager is new.",
        *_TALK,
    )),
    "supported lodgings": Foreign("setting of social care", (
        "# Inspection of Harbour Supported Lodgings",
        "Inspection dates: 2 to 3 May 2024",
        "Inspected under the social care common inspection framework", *_TALK,
    )),
    "residential family centre": Foreign("setting of social care", (
        "# Hope Residential Family Centre",
        "Inspection dates: 5 to 6 October 2022", "Overall: requires improvement", *_TALK,
    )),
    "fostering service of a council": Foreign("fostering agency", (
        "# Kent County Council Fostering Service",
        "Local authority fostering agency", "Inspection dates: 5 to 9 October 2019",
        "Overall effectiveness: good", *_TALK,
    )),
    "independent fostering": Foreign("fostering agency", (
        "# Bright Futures", "Inspection dates: 5 to 9 October 2023",
        "This independent fostering agency places children for Kent County Council.", *_TALK,
    )),
    "voluntary adoption": Foreign("adoption agency", (
        "# Families First Adoption Agency", "Inspection dates: 5 to 9 October 2023", *_TALK,
    )),
    "regional adoption": Foreign("adoption agency", (
        "# Adopt South East", "Inspection dates: 1 to 5 July 2024",
        "This regional adoption agency serves Kent, Medway and others.", *_TALK,
    )),
    # Other inspectorates
    "youth justice": Foreign("Probation", (
        "# An inspection of youth justice services in Kent",
        "HM Inspectorate of Probation", "Inspection dates: March 2024",
        "The service is rated good. Its board draws on children’s services.", *_TALK,
    )),
    "youth offending letter": Foreign("Probation", (
        "3 March 2015", "To: Chair of the board",
        "Dear Chair",
        "Report of short quality screening of youth offending work in Kent",
        "This letter reports the findings of inspectors. Children’s services took part.",
    )),
    "police child protection": Foreign("police", (
        "# National child protection inspections", "# Kent Police", "15 to 26 May 2023",
        "Officers work with Kent children’s services, and inspectors read 74 cases.", *_TALK,
    )),
    "police force": Foreign("police", (
        "# Cleveland Police: PEEL assessment 2023", "The force serves Hartlepool.", *_TALK,
    )),
    "health review": Foreign("Care Quality Commission", (
        "# Review of health services for children in care: Kent",
        "Care Quality Commission", "Review dates: 3 to 7 March 2014", *_TALK,
    )),
    "adult social care": Foreign("Care Quality Commission", (
        "# Kent County Council: local authority assessment",
        "How we assess adult social care", "Assessment dates: 3 to 7 March 2024", *_TALK,
    )),
    "Welsh inspectorate": Foreign("another nation", (
        "# Inspection of children’s services in Newtown County Borough",
        "Care Inspectorate Wales", "Inspection dates: 2 to 6 May 2022",
        "Officers had visited Kent to learn.", *_TALK,
    )),
    "Estyn": Foreign("another nation", (
        "# Local education services in Anyshire", "A report by Estyn",
        "Inspection dates: 2 to 6 May 2022", *_TALK,
    )),
    "Scottish joint inspection": Foreign("another nation", (
        "# Joint inspection of services for children at risk: Glen",
        "Care Inspectorate, with Education Scotland", "Inspection dates: May 2023",
        "Durham University evaluated one project.", *_TALK,
    )),
    "Northern Irish trust": Foreign("another nation", (
        "# Western Lough Health and Social Care Trust", "# Inspection of children’s services",
        "Inspection dates: May 2023", *_TALK,
    )),
    # Frameworks of the past
    "joint area review": Foreign("before 2013", (
        "# Joint area review", "# Kent children’s services authority area",
        "Inspection dates: 2 to 13 February 2009",
        "The contribution of local services to outcomes for children is adequate.", *_TALK,
    )),
    "annual performance assessment": Foreign("before 2013", (
        "3 December 2008", "Dear Director",
        "Annual performance assessment of services for children and young people in Kent 2008",
        "This letter tells what the assessment found. Grade 3: good.",
    )),
    "unannounced inspection": Foreign("before 2013", (
        "3 March 2011", "Dear Director",
        "Annual unannounced inspection of contact, referral and assessment arrangements within "
        "Kent County Council children’s services",
        "This letter tells what inspectors found on 1 and 2 February 2011.",
    )),
    "safeguarding and looked after children": Foreign("before 2013", (
        "# Inspection of safeguarding and looked after children services", "# Kent",
        "Inspection dates: 4 to 15 October 2010", "Overall effectiveness: inadequate", *_TALK,
    )),
    # Guidance
    "guidance that names an authority": Foreign("guidance", (
        "# Inspecting local authority children’s services",
        "Framework, evaluation criteria and inspector guidance",
        "Inspectors will judge the impact of leaders on practice.",
        "In Kent, say, an inspection of Kent local authority children’s services would last two "
        "weeks. Inspection dates: set by Ofsted.",
    )),
    "guidance on joint inspections": Foreign("guidance", (
        "# Joint targeted area inspection: guidance for inspectors",
        "Inspectors of Ofsted will send a letter to the partnership of, for example, Kent.",
        "The director of children’s services then has 70 days.",
    )),
    "handbook of area SEND": Foreign("guidance", (
        "# Area SEND inspections: framework and handbook",
        "An area SEND inspection of Kent Local Area Partnership, say, takes three weeks.",
        "Inspection dates: three weeks from the call.",
    )),
    "template of a letter": Foreign("guidance", (
        "# Template for letters after visits", "Date", "Dear [name of director]",
        "Focused visit to [name] children’s services",
        "This letter tells what the focused visit to [name], such as Kent, found.",
    )),
    "unnamed guidance": Foreign("no inspection report", (
        "# When Ofsted comes to call",
        "Inspectors will ask for a list of children in need and of care leavers within a day of "
        "the call. The inspection will last two weeks.",
        "In Kent County Council the list was ready on time. Kent shared how it was made.",
        "Leaders should read the list. Inspectors will sample children’s services’ records.",
    )),
    # Letters about no visit
    "annual conversation": Foreign("annual conversation", (
        "14 March 2024", "Director of Children’s Services, Kent County Council",
        "Dear Director",
        "Annual conversation 2024",
        "This letter summarises our annual conversation on 4 March 2024. His Majesty’s "
        "Inspectors spoke of the focused visit to Kent children’s services.",
    )),
    "annual engagement without a subject": Foreign("annual conversation", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Thank you for meeting us at the annual engagement meeting on 4 March 2024. Inspectors "
        "and Kent spoke of its focused visit and of child protection.",
    )),
    "reply to an action plan": Foreign("action plan", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Focused visit to Kent children’s services",
        "Thank you for submitting your action plan after the focused visit on 3 and 4 January "
        "2024. His Majesty’s Inspectors have read it. This letter tells you what they think.",
    )),
    "a council's reply": Foreign("reply", (
        "14 March 2024", "Ofsted", "Dear Inspector",
        "Response to the focused visit to Kent children’s services",
        "Kent County Council accepts what His Majesty’s Inspectors found on 3 January 2024.",
    )),
    "notice of a visit": Foreign("announces", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Focused visit to Kent children’s services",
        "I am writing to confirm that two of His Majesty’s Inspectors come on 3 April 2024.",
    )),
    "letter on fees": Foreign("letter that reports on no visit", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Fees for the coming year",
        "Ofsted’s inspectors visited Kent children’s services on 3 April 2024 without a fee.",
    )),
    "letter to a minister": Foreign("letter that reports on no visit", (
        "14 March 2024", "Dear Minister",
        "Focused visit to Kent children’s services",
        "You asked about it. His Majesty’s Inspectors came on 3 January 2024 and saw weak work.",
    )),
    "letter ahead of a visit": Foreign("letter that reports on no visit", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Focused visit to Kent children’s services",
        "This letter outlines how inspectors will spend the week of 3 April 2024. HMI will look "
        "at care leavers.",
    )),
    "postponement": Foreign("announces", (
        "15 March 2024", "Kent County Council", "Dear Director",
        "Postponement of the focused visit to Kent children’s services",
        "Ofsted has agreed to your wish. What inspectors found at the last inspection stands until "
        "they have seen care leavers and their social workers in the summer.",
    )),
    # Prisons, courts, the Secretary of State
    "young offenders": Foreign("a prison", (
        "# HMYOI Anyfield: what we saw there",
        "Inspection dates: 4 to 8 March 2024",
        "Boys in care meet a social worker of Kent children’s services. Ofsted inspectors found "
        "lessons dull.",
    )),
    "family court service": Foreign("a court service", (
        "# Inspection of Cafcass in the county of Kent",
        "Inspection dates: 4 to 8 March 2024",
        "Ofsted inspectors found that advisers know children’s services in Kent. The impact of "
        "leaders on practice is good.",
    )),
    "direction": Foreign("the Secretary of State", (
        "# Statutory direction to Kent County Council",
        "Given because Ofsted inspectors found children’s services inadequate at an inspection.",
        "1. The council shall heed the adviser on child protection in Kent.",
    )),
    "direction by its ground": Foreign("the Secretary of State", (
        "# Section 497A of the Education Act 1996: Kent",
        "Whereas Ofsted has reported on an inspection, and inspectors found care leavers in Kent "
        "let down:",
        "1. Children’s services in Kent shall be run with the commissioner’s help.",
    )),
    "a council's letter to its partners": Foreign("letter that reports on no visit", (
        "14 March 2024", "Kent County Council", "Dear partner",
        "Focused visit to Kent children’s services",
        "This letter tells you what His Majesty’s Inspectors found when they visited our services "
        "on 3 and 4 January 2024. We are proud of our staff.",
    )),
    "letter by others than inspectors": Foreign("letter that reports on no visit", (
        "14 March 2024", "Kent County Council", "Dear Director",
        "Focused visit to Kent children’s services",
        "This letter tells the findings of a focused visit by two former HMIs on 3 and 4 January "
        "2024.",
    )),
    # Papers of councils
    "inspection by others": Foreign("no inspection report", (
        "# Inspection of Kent children’s services",
        "Inspection dates: 17 to 19 June 2024", "Lead inspector: A Person, former HMI",
        "The impact of leaders on social work practice: good",
        "The experiences and progress of children who need help and protection: good",
        "1. Leaders in Kent know the service.",
    )),
    "rehearsal": Foreign("a review, research", (
        "# Mock inspection of Kent children’s services",
        "Inspection dates: 17 to 19 June 2024", "Lead inspector: A Person HMI, on leave",
        "The impact of leaders on social work practice: good", *_TALK,
    )),
    "what came of an inspection": Foreign("no inspection report", (
        "# Outcome of the Inspection of Kent children’s services",
        "Inspection dates: 3 to 14 June 2024", "Lead inspector: A Person, His Majesty’s Inspector",
        "The impact of leaders on social work practice: good",
        "The experiences and progress of children who need help and protection: good",
        "The budget for what comes next is 2 million, and Kent has set it aside.",
    )),
    "what follows an area SEND inspection": Foreign("no inspection report", (
        "# Area SEND inspection of Kent Local Area Partnership: what comes next",
        "Inspection dates: 3 to 14 June 2024",
        "The council and the health board will hire six more writers of plans.",
    )),
    "minutes": Foreign("minutes", (
        "CHILDREN’S SERVICES PANEL", "Minutes of a meeting on Friday 6 May 2022",
        "14 OFSTED UPDATE",
        "The panel heard of the Ofsted inspection of children’s services in Kent. A focused "
        "visit to Kent was expected.",
        "RESOLVED: That it be noted.",
        "15 BUSES", "The arrangements were approved.",
    )),
    "paper for a cabinet": Foreign("minutes", (
        "# Ofsted inspection of children’s services: what it found",
        "Report to: Cabinet", "Date of meeting: 4 June 2024", "Wards affected: all",
        "Ofsted inspectors found that Kent’s children’s services are good.",
    )),
    "minutes of no heading": Foreign("minutes", (
        "# Monday 4 June 2024, 2 pm, County Hall",
        "Apologies for absence were received from Councillor Person.",
        "Ofsted inspectors had visited Kent children’s services and rated them good.",
    )),
    "briefing": Foreign("minutes", (
        "# Ofsted inspection of children’s services", "Briefing for elected members",
        "1. Ofsted inspectors rated Kent’s children’s services good after an inspection in March.",
        "2. Inspectors found that children in care do well in Kent.",
        "3. Financial implications: none.",
    )),
    "notes of a board": Foreign("minutes", (
        "# Improvement board", "Notes of the meeting on 3 May 2024",
        "1. Ofsted’s monitoring visit of Kent children’s services. Inspectors found progress.",
        "2. Actions. Inspectors found more to do in Kent. Officers visited Leeds.",
    )),
    "offer to care leavers": Foreign("no inspection report", (
        "# What Kent gives its care leavers",
        "Ofsted inspectors have said that care leavers in Kent get good help. An inspection "
        "found so.",
        "You get a bus pass. You can see a doctor. There is a club with a cook on Mondays.",
    )),
    "yearly review": Foreign("needs assessment", (
        "# Kent Safeguarding Children Partnership: yearly review 2023",
        "Ofsted inspectors have found Kent children’s services good. The inspection praised "
        "child protection. Inspectors said so. Police made 4,000 referrals.",
    )),
    "needs assessment": Foreign("needs assessment", (
        "# Kent joint strategic needs assessment: children",
        "Kent has 340,000 children. Ofsted inspectors rated its children’s services good in the "
        "inspection of 2022.",
        "Obesity among Kent children rises with age.",
    )),
    "sufficiency strategy": Foreign("needs assessment", (
        "# Sufficiency strategy for children in care 2023 to 2026, Kent",
        "Ofsted inspectors visited Kent and found too few homes for children in care.",
    )),
    "annual report of a board": Foreign("needs assessment", (
        "# Kent Safeguarding Children Partnership: annual report 2022",
        "Ofsted’s inspection of Kent’s children’s services was published. Inspectors found "
        "child protection sound.",
    )),
    "self-evaluation": Foreign("needs assessment", (
        "# Self-evaluation of Kent children’s services 2024",
        "Ofsted inspectors visited Kent in 2022 and found children’s services good.",
    )),
    "practice review": Foreign("a review, research", (
        "# Child safeguarding practice review: Child K", "Kent",
        "Ofsted inspectors had visited Kent’s children’s services and found child protection "
        "weak.",
    )),
    "national survey": Foreign("a review, research", (
        "# Thematic report: care leavers in England",
        "Ofsted inspectors visited Kent, Leeds and others and found care leavers left alone.",
    )),
    # Many authorities
    "page of all authorities": Foreign("lists many authorities", (
        "# Outcomes of inspection of children’s services",
        "Inspection dates stand beside each. The impact of leaders on practice: see the column.",
        *(f"{name}: good, inspection dates 4 to 8 March 2024" for name, _ in NAMES.values()),
    )),
    "sheet of grades": Foreign("lists many authorities", (
        "authority,inspection date,grade",
        *(f"{council},2024-03-08,good" for _, council in NAMES.values()),
    )),
    "news of several councils": Foreign("several authorities", (
        "# Ofsted rates four councils",
        "Ofsted inspectors have rated children’s services in Kent and Leeds good after an "
        "inspection of each.",
        "In Wigan, inspectors found children in care safe. Wigan was inspected in May.",
        "Stockport was judged inadequate. Inspectors said Stockport must act.",
        "Kent and Leeds said they were pleased with the inspection.",
    )),
    # News about other matters
    "list of books": Foreign("no inspection report", (
        "# Reading list for social workers",
        "Ofsted inspectors have said that a book a month helps children’s services. Reading is "
        "fun, an inspection found. Reading widely helps, inspectors said.",
    )),
    "news of a school": Foreign("school", (
        "# Kent secondary praised by Ofsted",
        "Inspectors have praised Hill Academy in Kent after an inspection.",
        "They found child protection strong. Ofsted said so. Kent children’s services was pleased.",
    )),
    "news of a director": Foreign("no inspection report", (
        "# New face at the head of Kent children’s services",
        "Kent County Council has found a director for its children’s services in Leeds.",
        "Ofsted inspectors had rated it outstanding. Inspectors visited Kent in 2022. The "
        "inspection found care leavers in Kent well served.",
    )),
    "news of a notice": Foreign("no inspection report", (
        "# Kent told to do better",
        "Kent has an improvement notice after Ofsted inspectors found child protection weak.",
        "The inspection was in May. Inspectors said Kent must act. Kent was rated inadequate.",
    )),
    "plan that quotes an outcome": Foreign("no inspection report", (
        "# Places for all in Kent, 2024 to 2027",
        "Area SEND inspection of Kent Local Area Partnership",
        "Inspection dates: 3 to 14 June 2024",
        "Inspection outcome: inconsistent", "We will cut the waits.",
    )),
    "paper with the labels of a report": Foreign("no inspection report", (
        "# Inspection of children’s services: results for Kent",
        "Inspection dates: 3 to 14 June 2024", "Lead inspector: an HMI",
        "The board hears that the inspection found services in Kent good.",
        "Inspectors found that early help is good. Inspectors said that Kent must plan better.",
    )),
    "advertisement of a post": Foreign("no inspection report", (
        "# Head of children’s services, Kent",
        "Kent’s children’s services were judged good by Ofsted. The pay is high.",
        "You will lead child protection and get us ready for our next inspection and for focused "
        "visits.",
        "Inspectors found good staff in Kent. Inspectors said that plans must be sharper.",
    )),
    "tender": Foreign("tender", (
        "# Invitation to tender: help for children’s services",
        "Kent County Council seeks a partner after inspectors of Ofsted found child protection "
        "weak at an inspection. Inspectors visited Kent in May. They found too few workers.",
    )),
    "vacancy": Foreign("advertisement", (
        "# Vacancies in Kent children’s services",
        "Ofsted inspectors have rated Kent good and found at their inspection that social workers "
        "stay. Inspectors said so twice. Kent pays well.",
    )),
    "news of a budget": Foreign("no inspection report", (
        "# Council agrees its budget",
        "Kent County Council has agreed its budget. Ofsted inspectors rated its children’s "
        "services good last year.",
        *(f"Kent will spend {n} million on road number {n}, said a member." for n in range(2, 20)),
    )),
    "news of a home": Foreign("children's home", (
        "# Kent children’s home told to improve by Ofsted",
        "Ofsted inspectors found child protection weak at the home in Kent at an inspection.",
        "Kent children’s services placed two children there.",
    )),
    "news without a council": Foreign("no inspection report", (
        "# Ofsted chief warns on social workers",
        "Ofsted’s chief inspector has said that inspections found children’s services short of "
        "social workers. A survey of reading habits was published.",
    )),
}  # fmt: skip


def foreign_document(name: str, suffix: str = ".txt") -> Composed:
    """Compose one of `FOREIGN` as text, as a web page or as a PDF."""
    lines = FOREIGN[name].lines
    if suffix == ".html":
        return Composed(_page(lines).encode(), suffix)
    if suffix == ".pdf":
        return _sheets(lines)
    text = "\n\n".join(line.removeprefix("# ") for line in lines)
    return Composed(f"{text}\n".encode(), suffix)


def _page(lines: tuple[str, ...]) -> str:
    body = "".join(
        f"<h1>{escape(line[2:])}</h1>" if line.startswith("# ") else f"<p>{escape(line)}</p>"
        for line in lines
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head>'
        f"<body><main>{body}</main></body></html>"
    )


def _sheets(lines: tuple[str, ...]) -> Composed:
    sheets = Sheets()
    for line in lines:
        if line.startswith("# "):
            sheets.heading(line[2:], size=20, level=1)
        else:
            sheets.aside(line, gap=10)
    return sheets.composed()
