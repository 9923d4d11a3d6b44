"""The templates of every sentence, so that none is written without a test against its data.

A sentence is filled from tables, and says whose judgement it is, for which cohort, at which visits
and on how many findings. Never written: causes, prevalence, `fixed`, a verdict on years in which
nobody looked, a rank of authorities.
"""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, str]] = {
    "grades": "Ofsted graded children's services in {name} overall {grades}.",
    "no grades": "No overall grade is held for {name} in this period.",
    "read": (
        "{documents}{secondary} {were} read, on {read} of at least {visits}{notices}: "
        "{findings}, {themed} of them on at least one of {themes}."
    ),
    "matters said": ("{theme} ({cohort}): at the {visit} inspectors said: {said}{level}{grade}."),
    "matters level": "; what they found came out as {status} (n = {n}{flags})",
    "matters moved": (
        "{theme} ({cohort}): from {before_status} at the {before} (n = {before_n}) to {status} at "
        "the {visit} (n = {n}){between}{grade}."
    ),
    "matters stayed": (
        "{theme} ({cohort}): {status} at the {before} (n = {before_n}) and still at the {visit} "
        "(n = {n}){between}{grade}."
    ),
    "grades moved": "Grades at the {visit}: {moves}.",
    "no other grade moved": "Nothing else was graded otherwise than before.",
    "grade moved": "{areas} from {before} ({then}) to {grade}",
    "matters grade": "; the grade of the area there was {grade}",
    "few matter": (
        "No other change qualifies: nothing more was said of change, or changed without a flag, at "
        "the {visit} or later."
    ),
    "few untold": (
        "No other change qualifies: nothing more changed without a flag at the {visit} or later. "
        "What inspectors themselves said about change has not been tagged."
    ),
    "none matters": (
        "None qualifies: at the {visit} or later nothing was said of change, and nothing changed "
        "without a flag."
    ),
    "ladder": (
        "Every judged status is compared with the latest earlier one of the same theme and cohort, "
        "on a ladder of three steps: weakness, mixed, strength."
    ),
    "beside": (
        "The {visit} graded {area} {grade}. Of the {count} in that area, {levels}. Pointing "
        "another way than the grade: {others}. A status counts paragraphs; a grade is the "
        "inspectors' own verdict."
    ),
    "group judged": (
        "At the {visit}, the latest to judge any of them, {count} of {themes} {were} judged: "
        "{levels}."
    ),
    "group unjudged": "None of {themes} was judged at any of these visits.",
    "group moved": (
        "Compared with earlier visits, of {compared} there {better} came out higher, {same} the "
        "same and {worse} lower; {thin} more {were} too thin to say."
    ),
    "group older": "Last judged earlier: {themes}.",
    "group never": "Judged at none of these visits: {themes}.",
    "group quiet untold": (
        "Nothing changed without a flag in these themes when each was last judged."
    ),
    "group quiet": (
        "Inspectors said nothing of change in these themes, and nothing changed without a flag, "
        "when each was last spoken of."
    ),
    "still raised": (
        "Raised first and still being raised: {count} {were} first raised in {first}, the earliest "
        "that can be told here. The latest "
        "visit read, the {visit}, raised {them} again, and none in between judged {them} a "
        "strength. Raised by the most visits ({most}): {needs}."
    ),
    "not looked": (
        "That nobody looked, or that nothing was reported, is no sign of improvement: of what "
        "follows nothing is known since."
    ),
    "nothing read": "No inspectors' document is held of any of these visits.",
    "all looked": (
        "Every theme and cohort that was ever judged was judged again at the latest visit read, "
        "the {visit}."
    ),
    "moved": (
        "At the {visit}, {compared} with earlier visits could be made: {better} higher, {same} the "
        "same, {worse} lower. Without a flag: {firm}. Too thin to say, and not counted: {thin}."
    ),
    "said": "At the {visit}, inspectors said in their findings on {theme} ({cohort}): {said}.",
    "level": "What they found there came out as {status} (n = {n}{flags}).",
    "no level": "No finding there states a level for this cohort.",
    "changed": (
        "{findings} moved from {before_status} at the {before} "
        "(n = {before_n}) to {status} at the {visit} (n = {n}){between}."
    ),
    "unchanged": (
        "{findings} came out as {status} at the {before} "
        "(n = {before_n}) and at the {visit} (n = {n}){between}."
    ),
    "none": (
        "Nothing: at the visits that last spoke of each theme, no change without a flag points "
        "this way, and no word of the inspectors without a graver one beside it."
    ),
    "told": (
        "Each group below lists what inspectors themselves said of change, and changes without a "
        "flag, at the visit that last spoke of the theme for that cohort."
    ),
    "untold": (
        "Each group below lists changes without a flag, at the visit that last spoke of the theme "
        "for that cohort. What inspectors themselves said about change has not been tagged."
    ),
    "none untold": (
        "Nothing: at the visits that last spoke of each theme, no change without a flag points "
        "this way. What inspectors themselves said about change has not been tagged."
    ),
    "between": "; {visits} between did not judge it",
    "disagrees": (
        "The change computed from the findings since the {before} is {change} ({certainty}), which "
        "does not fit {words}."
    ),
    "raised again": (
        "{aspect} ({cohort}): first raised {first}, latest {latest}, raised by {count}{met}."
    ),
    "raised anew": (
        "{aspect} ({cohort}): first raised {before}, judged a strength since, raised anew {first}, "
        "latest {latest}, in that spell by {count}{met}."
    ),
    "raised count": (
        "{again} of {all} were raised at two visits or more with none in between that judged them "
        "a strength; {now} of these {were} raised again at the latest visit read, the {visit}."
    ),
    "none raised again": "No need was raised at more than one of these visits.",
    "no needs": (
        "What was raised again cannot be said: that takes a reader who puts needs together and "
        "links them from visit to visit, and nobody has. The program makes no such links. {stated} "
        "at {visits} {state} what must improve."
    ),
    "latest look": (
        "{count} of {themes} {were} judged, for at least one cohort, at the latest visit read, the "
        "{visit}."
    ),
    "last judged": ("{theme}: last judged for any cohort at the {visit}; of {later}, {absences}."),
    "never judged": "{theme}: judged at none of these visits; nothing can be said about its level.",
    "thin": (
        "Over all visits, {compared} could be made, counting those too thin to say: {count}, with "
        "both visits resting on a single finding or on headlines only. Indicative only: "
        "{indicative}."
    ),
    "incomparable": (
        "No two of these visits judged the same theme for the same cohort: change cannot be said."
    ),
    "one visit": "Only one visit is known: change cannot be said.",
    "secondary": (
        "About the {visit} only secondary sources are held ({sources}); they set no status here."
    ),
    "secondary counted": (
        "About the {visit} only secondary sources are held ({sources}); as asked, they set "
        "statuses."
    ),
    "compared": (
        "About the {visit} a secondary source ({sources}) is held beside the inspectors' document: "
        "of {both} that both judge, {same} came out the same. It sets no status."
    ),
    "no document": "Of the {visit} no document is held; nothing can be said about what it found.",
}
"""All that a report may say in words of its own; tests hold each against its data."""
