"""Slips of the kind that people make in content, one change each, with what must be said of it."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """A change to one file, and what the fault must say. file is below content/.

    at: how the line that the fault must name begins, in the changed file; without it, the line that
    was changed last. elsewhere: what the fault begins with where that is another file, or no line.
    """

    file: str
    old: str
    new: str
    says: str
    at: str = ""
    elsewhere: str = ""

    @property
    def is_of_a_translation(self) -> bool:
        return self.file.startswith("locales/") and not self.file.startswith("locales/en/")

    def planted_in(self, text: str) -> str:
        """Return the file's *text* with the slip in it."""
        assert self.old in text
        return text.replace(self.old, self.new, 1)

    def begins(self, text: str) -> str:
        """Return how the fault must begin."""
        if self.elsewhere:
            return f"content/{self.elsewhere}: "
        planted = self.planted_in(text)
        if self.at:
            lines = planted.splitlines()
            line = next(n for n, held in enumerate(lines, 1) if held.startswith(self.at))
        else:
            line = planted.count("\n", 0, text.index(self.old) + len(self.new)) + 1
        return f"content/{self.file}:{line}: "


PAIN = "questions/pain_worst.toml"
STOOL = "questions/stool_form.toml"
NOTICE = "snippets/notice_first.md"
PLANT = "snippets/start_with_a_plant.md"
TENSE = "snippets/tense_weeks.md"
SIGN = "redflags/fever.toml"

SLIPS = [
    Slip(PAIN, "version = 1", 'version = 1\ncolour = "red"', "unknown key 'colour'"),
    Slip(PAIN, 'low = "none"', 'low = "none"\nmiddle = "so"', "unknown key 'text.middle'"),
    Slip(PAIN, "order = 10", 'order = "ten"', "'order' must be a whole number"),
    Slip(PAIN, "order = 10", "order = true", "'order' must be a whole number"),
    Slip(
        PAIN, "on_by_default = true", "on_by_default = 1", "'on_by_default' must be true or false"
    ),
    Slip(PAIN, "columns = 6", "columns = 11", "'columns' must be from 1 to 8"),
    Slip(PAIN, 'id = "pain_worst"', 'id = "pain"', "id 'pain' is not the file's name"),
    Slip(PAIN, '"9", "10"]', '"9", "9"]', "'options' holds '9' twice"),
    Slip(PAIN, '"10"]', '"ten_out_of_ten"]', "option code 'ten_out_of_ten' must be 1 to 12"),
    Slip(PAIN, '"10"]', '"1:0"]', "option code '1:0' must be"),
    Slip(PAIN, 'calm = "0"', 'calm = "zero"', "calm 'zero' is not one of its options"),
    Slip(PAIN, 'shape = "scale"', 'shape = "slider"', "unknown shape 'slider'"),
    Slip(PAIN, 'low = "none"\n', "", "missing 'text.low'", at="[text]"),
    Slip(PAIN, '"evening"]', '"noon"]', "unknown routine 'noon'"),
    Slip(PAIN, '["evening"]', "[]", "'routines' needs at least one routine"),
    Slip(PAIN, 'short = "Pain"', "", "missing 'text.short'", at="[text]"),
    Slip(
        STOOL, '["evening"]', '["weekly"]', "'bm_count', which is not asked before it", at="only_if"
    ),
    Slip("routines/weekly.toml", "days = 7", "days = 8", "'days' must be from 1 to 7"),
    Slip("routines/evening.toml", 'id = "evening"', 'id = "night"', "is not the file's name"),
    Slip(PAIN, '"Pain"', '""', "'questions.pain_worst.short' is empty"),
    Slip(PAIN, '"Pain"', '"Pain at its very worst today"', "has 28 characters, 24 at"),
    Slip(PAIN, '"Pain"', '"Pain of {name}"', "must be plain: no placeholders"),
    Slip(PAIN, '"Pain"', '{ other = "Pain" }', "'text.short' must be a text"),
    Slip(PAIN, '"Pain"', "{}", "'text.short' must be a text"),
    Slip("locales/en/topics.toml", '"Sleep"', '"{Sleep}"', "'topics.sleep' must be plain"),
    Slip(
        "locales/en/evidence.toml", '"Studies', '"{a} Studies', "'evidence.debated' must be plain"
    ),
    Slip(PAIN, "version = 1", "version = ", "not valid TOML"),
    Slip(STOOL, 'question = "bm_count"', 'question = "count"', "unknown question 'count'"),
    Slip(STOOL, 'unless = ["0"]', 'unless = ["none"]', "unknown option 'none' of 'bm_count'"),
    Slip(
        STOOL, "order = 40", "order = 5", "'bm_count', which is not asked before it", at="only_if"
    ),
    Slip(STOOL, '"7" = "Watery"', "", "missing 'text.options.7'", at="[text.options]"),
    Slip(STOOL, '"7" = "Watery"', '"7" = "Watery"\n"8" = "Air"', "unknown key 'text.options.8'"),
    Slip("questions/warning.toml", '["no", "seen"]', '["no", "yes"]', "are 'no' and 'seen'"),
    Slip(
        "questions/warning.toml",
        '"warning"\noptions',
        '"choice"\noptions',
        "has no question of shape 'warning'",
        elsewhere="routines/evening.toml:1",
    ),
    Slip("habits/sleep.toml", '["sleep"]', '["sleeping"]', "unknown topic 'sleeping'"),
    Slip("routines/evening.toml", "grace_minutes = 120", "", "missing 'grace_minutes'", at="id"),
    Slip(SIGN, 'tier = "today"', 'tier = "tomorrow"', "unknown tier 'tomorrow'"),
    Slip(SIGN, 'label = "A high fever that stays"', "", "missing 'text.label'", at="[text]"),
    Slip("disclaimers/general.toml", "full =", "long =", "missing 'text.full'", at="[text]"),
    Slip(NOTICE, ', "diet_elimination"', "", "missing the disclaimer 'diet_elimination'"),
    Slip(NOTICE, '["general", ', "[", "missing the disclaimer 'general'"),
    Slip(NOTICE, '"diet_elimination"', '"diet"', "unknown disclaimer 'diet'"),
    Slip(NOTICE, 'topic = "trigger_foods"', 'topic = "triggers"', "unknown topic 'triggers'"),
    Slip(NOTICE, 'section = "longterm"', 'section = "later"', "unknown section 'later'"),
    Slip(NOTICE, 'section = "longterm"', 'section = "intro"', "'intro' is that of none of its"),
    Slip(NOTICE, 'section = "longterm"\n', "", "missing 'section'", at="+++"),
    Slip(NOTICE, '["P086"]', '["P999"]', "unknown point 'P999'"),
    Slip(NOTICE, '["P086"]', '["P086", "P066"]', "point 'P066' is one to leave out"),
    Slip(NOTICE, '["P086"]', "[]", "'points' needs at least one point"),
    Slip(
        NOTICE, "references = []", 'references = ["R19"]', "'R19' is not one that its points name"
    ),
    Slip(
        NOTICE, 'evidence = "none"', 'evidence = "studies"', "'studies' does not fit 0 references"
    ),
    Slip(NOTICE, 'evidence = "none"', 'evidence = "strong"', "unknown evidence 'strong'"),
    Slip(NOTICE, "not to ban", "to heal your gut", "says heal ('heal')"),
    Slip(NOTICE, "not to ban", "to detoxify", "says detox ('detoxify')"),
    Slip(NOTICE, "not to ban", "not the toxins", "says toxins ('toxins')"),
    Slip(NOTICE, "not to ban", "a sure cure", "says cure ('cure')"),
    Slip(NOTICE, "not to ban", "to take 5 g of it", "says a dose ('5 g')"),
    Slip(NOTICE, "not to ban", "to take grams a day", "says a dose ('grams a day')"),
    Slip(NOTICE, "not to ban", "to see leaky gut syndrome", "says leaky gut syndrome"),
    Slip(NOTICE, "not to ban", "to buy our brand", "says a shop"),
    Slip(
        NOTICE,
        "+++\nid",
        "id",
        "no front matter between two lines of +++",
        elsewhere="snippets/notice_first.md",
    ),
    Slip(NOTICE, "version = 1", "version = = 1", "not valid TOML"),
    Slip(
        PLANT,
        "Go at your own pace",
        "Ask about ibuprofen",
        "the disclaimer 'medication_nsaid'",
        at="disclaimers",
    ),
    Slip(
        PLANT,
        "Go at your own pace",
        "Try no gluten",
        "the disclaimer 'diet_elimination'",
        at="disclaimers",
    ),
    Slip(
        PLANT,
        "Go at your own pace",
        "Take a supplement",
        "the disclaimer 'supplement'",
        at="disclaimers",
    ),
    Slip(
        PLANT,
        "Go at your own pace",
        "Probiotic capsules and zinc are good",
        "missing the disclaimer 'supplement'",
        at="disclaimers",
    ),
    Slip(TENSE, '["R4"]', '["R3"]', "evidence must be 'listed': nobody opened R3", at="evidence"),
    Slip(TENSE, '"mental_health"', '"supplement"', "missing the disclaimer 'mental_health'"),
    Slip("points.toml", '"intro"', '"preface"', "P001: unknown section 'preface'"),
    Slip("points.toml", 'use = "rewrite"', 'use = "maybe"', "unknown use 'maybe'"),
    Slip("references.toml", '"https://pubmed', '"http://pubmed', "must begin with https://"),
    Slip("locales/en/dates.toml", "{city}", "{city", "has braces that are no placeholder"),
    Slip("locales/en/dates.toml", "{city}", "{city!r}", "has braces that are no placeholder"),
    Slip(
        "locales/en/dates.toml",
        'moment = "',
        'day = 3\nmoment = "',
        "'dates.day' must be a text",
        at="day",
    ),
    Slip("locales/en/language.toml", "en_GB", "xx_YY", "names no locale of Babel: 'xx_YY'"),
    Slip("marks/pregnancy.toml", '["supplement"]', '["wine"]', "unknown disclaimer 'wine'"),
    Slip(
        TENSE,
        'topic = "stress"',
        'topic = "stress"\ncaution_for = ["mania"]',
        "'caution_for' is not for the topic 'stress'",
    ),
    Slip(
        NOTICE,
        'disclaimers = ["general", ',
        'caution_for = ["kidney"]\ndisclaimers = ["general", "supplement", ',
        "'caution_for' is not for the topic 'trigger_foods'",
        at="caution_for",
    ),
    Slip("marks/kidney.toml", "order = ", "order = -", "'order' must be from"),
    Slip("tiers/today.toml", "version = 1", "version = 0", "'version' must be from 1 to 9999"),
    Slip("tiers/soon.toml", "text = ", "words = ", "unknown key 'text.words'"),
    Slip("sections.toml", 'longterm = "', 'longterm = 5 # "', "'longterm' must be a text"),
    Slip("helplines.toml", "[US]", "[USA]", "'USA' is no country's code"),
    Slip("helplines.toml", '["911"]', '["nine one one"]', "'nine one one' is no number to call"),
    Slip("helplines.toml", 'emergency = ["911"]', "emergency = []", "holds no number"),
    Slip(
        "locales/en/grammar.toml",
        'other = ["other"]',
        'other = ["every"]',
        "'every' has two meanings",
    ),
    Slip("locales/en/grammar.toml", "ordinal_dot = false", "", "missing 'ordinal_dot'", at="#"),
    Slip(
        "locales/en/distress.toml",
        '"want to die",',
        '"want to die", "want to die",',
        "twice",
        at="phrases",
    ),
    Slip("locales/en/wording.toml", "detox = ['", "detox = ['(", "'forbidden.detox' is no pattern"),
    Slip(
        "locales/en/wording.toml",
        "fear = ",
        "fright = ",
        "missing 'forbidden.fear'",
        at="[forbidden]",
    ),
    Slip("locales/en/wording.toml", "athlete = ", "runner = ", "unknown disclaimer 'runner'"),
    Slip("locales/de/redflags.toml", 'fever.label = "', 'fever.lable = "', "unknown text"),
    Slip(
        "locales/de/redflags.toml",
        'fever.label = "Hohes Fieber, das bleibt"\n',
        "",
        "missing safety text 'redflags.fever.label'",
        elsewhere="locales/de/redflags.toml",
    ),
    Slip("locales/de/join.toml", "{years} bis 17", "{jahre} bis 17", "differs from English in its"),
    Slip(
        "locales/de/checkin.toml",
        'kept.other = "Deine {count} Antworten sind gespeichert."\n',
        "",
        "lacks the plural form for other",
        at="kept.one",
    ),
    Slip(
        "locales/de/redflags.toml",
        '"Hohes Fieber, das bleibt"',
        '""',
        "'redflags.fever.label' is empty",
    ),
    Slip(
        "locales/de/language.toml",
        'conventions = "',
        'conventions = "xx_',
        "names no locale of Babel",
    ),
    Slip("locales/ar/redflags.toml", "[fever]\nlabel = ", "[fever]\nlabel = 3 #", "must be a text"),
    Slip("locales/pt/wishes.toml", "{page} de {pages}", "{page de {pages}", "braces that are no"),
    Slip("locales/es/tiers.toml", "[today]", "[today", "not valid TOML"),
    Slip(
        "locales/fr/grammar.toml", "ordinal_dot = ", "ordinal_dots = ", "unknown key 'ordinal_dots'"
    ),
]
"""Each is refused by its file and its line."""
