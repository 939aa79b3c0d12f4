"""Which topics fit what somebody logged. The questions say it themselves; here it is only looked up.

Never weighs, counts or scores: an answer makes a topic fit, or it does not. A symptom leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.checkin import Answer, Question, Source


def fitting(questions: Iterable[Question], days: Iterable[Mapping[str, Answer]]) -> dict[str, str]:
    """Return the topics that fit, each with the id of the question whose answer it was.

    *days*: the answers that hold, of the newest day first, whose word is the last. What a calm day
    preset is not what somebody said.
    """
    said: dict[str, str | None] = {}
    for answers in days:
        for question_id, answer in answers.items():
            if answer.source is not Source.PRESET:
                said.setdefault(question_id, answer.code)
    found: dict[str, str] = {}
    for question in questions:
        for fit in question.fits:
            if said.get(question.id) in fit.codes:
                found.setdefault(fit.topic, question.id)
    return found
