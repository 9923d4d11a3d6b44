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
        "{findings}, {themed} of them on at least one of {themes}.{unread}"
    ),
    "no areas": "What inspectors said of whole areas has not been coded for these documents.",
    "area": "{area}: at the {visit} inspectors said: {said}. {summary}",
    "grade line": "{area}: {grades}.",
    "shared grade": ", a grade shared with {others}",
    "grades moved": "Grades at the {visit}: {moves}.",
    "grade moved": "{areas} from {before} to {grade}",
    "no other grade moved": "No other area was graded otherwise than before.",
    "said": "{theme}{whose}: at the {visit} inspectors said: {said}{level}.",
    "said by program": "{theme}{whose}: at the {visit}, as the program read it: {said}{level}.",
    "level": "; judged {level} there",
    "path": "{theme}{whose}: {word}. Inspectors found it {levels}.",
    "path by program": "{theme}{whose}: {word}. The program read it as {levels}.",
    "on one paragraph": ", at both ends on one paragraph",
    "not judged": "; not judged in {dates}",
    "something to improve": ", with something to improve",
    "few matter": "Nothing else at the {visit} or later qualifies.",
    "none matters": "Nothing at the {visit} or later qualifies.",
    "change untold": "What inspectors themselves said about change has not been tagged.",
    "ladder": (
        "Each full inspection is compared with the one before that judged the same theme and "
        "cohort, on a ladder of three steps: weakness, mixed, strength."
    ),
    "moved": (
        "At the {visit}, {compared} with full inspections before could be made: {better} better, "
        "{same} the same, {worse} worse{neither}."
    ),
    "counted": "{compared} there: {better} better, {same} the same, {worse} worse{neither}.",
    "neither": (
        "; {count} counted as neither, since inspectors said otherwise of the theme or its area, "
        "or harm was found"
    ),
    "confidence": (
        "Over all full inspections, {compared} could be made: {high} with high confidence, "
        "{moderate} with moderate and {low} with low."
    ),
    "overruled": (
        "{theme}{whose}: the levels read {level_before} at the {before}, then {level} at the "
        "{visit}; inspectors there said {said}. The step is in no count."
    ),
    "unlinked": ". {count} linked to no need",
    "way": "Said or found to be {way}, at one visit or more. {layers}",
    "way areas": "Whole areas, in inspectors' words: {names}.",
    "way grades": "By grade: {names}.",
    "way said": "In inspectors' words: {names}.",
    "way read": "As the program read it: {names}.",
    "way paths": "From the first full inspection to the latest: {names}.",
    "way changes": "Between two visits, if not over all: {names}.",
    "no way": (
        "Nothing in these documents says that anything got {way}: no word of inspectors, no grade, "
        "no path and no comparison."
    ),
    "no way by program": "The program found nothing here that says that anything got {way}.",
    "areas uncoded": "What inspectors said of whole areas has not been coded.",
    "group quiet": (
        "Inspectors compared none of these themes with an earlier visit, and no two full "
        "inspections judged the same one for the same cohort."
    ),
    "group quiet by program": (
        "The program found no word of change on these themes, and no two full inspections judged "
        "the same one for the same cohort."
    ),
    "raised again": (
        "{wording}{whose}: first raised {first}, latest {latest}, raised by {count}{met}.{part}"
    ),
    "raised anew": (
        "{wording}{whose}: first raised {before}, found met since, raised anew {first}, latest "
        "{latest}, in that spell by {count}{met}.{part}"
    ),
    "met": "; found met in {visits}",
    "met in part": " The {visit} found it met in part; it looked at: {scope}.",
    "recommended": (
        "The full inspection before the latest was the {visit}. It made {count}. "
        "{needs} followed from them{became}{loose}."
    ),
    "incomparable": (
        "No two full inspections judged the same theme for the same cohort: change cannot be said "
        "from them."
    ),
    "no document": "Of the {visit} no document is held. What is known of it: {known}",
    "group judged": (
        "At the {visit}, the latest to judge any of them, {count} of {themes} {were} judged: "
        "{levels}."
    ),
    "group unjudged": "None of {themes} was judged at any of these visits.",
    "group older": "Last judged earlier: {themes}.",
    "group never": "Judged at none of these visits: {themes}.",
    "still raised": (
        "Raised first and still being raised: {count} {were} first raised in {first}, the earliest "
        "that can be told here. The latest "
        "visit read, the {visit}, raised {them} again, and none in between found {them} "
        "met in full. Raised by the most visits ({most}): {needs}."
    ),
    "not looked": (
        "That nobody looked, or that it was not mentioned, is no sign of improvement: of what "
        "follows nothing is known since."
    ),
    "nothing read": "No inspectors' document is held of any of these visits.",
    "all looked": (
        "Every theme and cohort that was ever judged was judged again at the latest visit read, "
        "the {visit}."
    ),
    "raised count": (
        "{again} of {all} were raised at two visits or more, and no visit in between found them "
        "met in full. At the latest visit read, the {visit}, {now} of these {were} raised again."
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
}
"""All that a report may say in words of its own; tests hold each against its data."""
