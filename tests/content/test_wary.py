"""No tip promises, frightens, doses or sells, in any language; what it names asks for its disclaimer."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import faults
from content.library import Library
from tests.content.test_overlay import put

SAID = {
    "en": ("It heals you.", "a superfood", "Buy it now.", "Take 5 g of it."),
    "de": ("Das heilt den Darm.", "Es entgiftet dich.", "Jetzt kaufen!", "Nimm 5 Gramm davon.", "voller Gifte"),
    "es": ("Esto cura todo.", "Sana tu intestino.", "Elimina las toxinas.", "Toma 5 gramos.", "Es un milagro."),
    "fr": ("Cela guérit tout.", "une cure détox", "Achetez-le.", "Prenez 5 g.", "sans toxines"),
    "pt": ("Isso cura tudo.", "sarar o intestino", "sem toxinas", "Tome 5 gramas.", "Compre já."),
    "ar": ("هذا يشفي الأمعاء.", "تنظيف القولون", "طرد السموم", "تناول 5 غرامات", "يُشفى سريعًا", "اشترِ الآن"),
}  # fmt: skip
NOT_SAID = {
    "en": ("A healthy day, healthily.", "She is curious.", "The procure desk."),
    "de": ("eine heile Welt", "Mitgift und Urteil", "Teilen, beeilen, weilen."),
    "es": ("Es sano y seguro.", "La oscuridad, procura dormir.", "cursar"),
    "fr": ("Quel curieux jour.", "obscur"),
    "pt": ("Procure um lugar.", "curioso", "segurar"),
    "ar": ("مستشفى قريب", "سماء صافية"),
}
NAMED = {
    "en": ("A painkiller.", "medication_nsaid"),
    "de": ("Nimm Ibuprofen.", "medication_nsaid"),
    "es": ("sin gluten", "diet_elimination"),
    "fr": ("votre humeur", "mental_health"),
    "pt": ("um suplemento", "supplement"),
    "ar": ("والمكمّلات", "supplement"),
}
SUPPLEMENTS = {
    "en": (
        "Probiotic capsules help.", "L-theanine", "zinc", "Vitamin D is good.", "iron", "magnesium",
        "a powder", "omega-3", "a herbal remedy", "ginger extract", "Multivitamins",
    ),
    "de": (
        "Probiotika", "probiotische Joghurts", "Eisen", "Zink", "Vitamin-D-Tropfen", "Magnesium", "Kapseln",
        "Eiweißpulver", "mit Pulver", "Tabletten", "Omega-3", "Ingwerextrakt", "pflanzliche Mittel", "L-Theanin",
    ),
    "es": (
        "probióticos", "vitaminas", "zinc", "hierro", "magnesio", "cápsulas", "proteína en polvo", "omega 3",
        "un extracto", "remedios herbales", "productos de hierbas", "L-teanina",
    ),
    "fr": (
        "des probiotiques", "vitamine D", "zinc", "du fer", "magnésium", "gélules", "comprimés", "en poudre",
        "oméga-3", "extrait de thé", "remèdes à base de plantes", "L-théanine",
    ),
    "pt": (
        "probióticos", "vitamina D", "zinco", "ferro", "magnésio", "cápsulas", "comprimidos", "proteína em pó",
        "ômega-3", "ómega 3", "um extrato", "remédios de ervas", "L-teanina",
    ),
    "ar": (
        "البروبيوتيك", "فيتامينات", "وفيتامين د", "الزنك", "الحديد", "المغنيسيوم", "كبسولات", "أقراص", "مسحوق",
        "أوميغا 3", "مستخلص", "علاجات عشبية", "أعشاب طبية", "ثيانين",
    ),
}  # fmt: skip
FOOD = {
    "en": ("iron-rich food, ironing", "baking powder", "herbal tea", "fresh herbs"),
    "de": ("Backpulver, Kakaopulver", "eisenhaltig, Eisenbahn", "Kräutertee", "abgekapselt"),
    "es": ("cacao en polvo", "quitar el polvo", "hierbas frescas", "extraer"),
    "fr": (
        "chemin de fer",
        "cacao en poudre",
        "enfer",
        "un extrait du texte",
        "des plantes vertes",
    ),
    "pt": ("leite em pó", "ferro de passar", "extrato de tomate", "chá de ervas"),
    "ar": ("تحديد موعد", "شاي الأعشاب", "الأعشاب الطازجة", "جديد"),
}


@pytest.mark.parametrize(
    ("tag", "text"), [(tag, t) for tag, texts in SUPPLEMENTS.items() for t in texts]
)
def test_whatever_is_taken_as_a_supplement_asks_for_its_disclaimer(
    shipped: Library, tag: str, text: str
) -> None:
    assert "supplement" in shipped.languages[tag].wary.names(text)


@pytest.mark.parametrize(("tag", "text"), [(tag, t) for tag, texts in FOOD.items() for t in texts])
def test_food_and_other_things_of_the_same_name_ask_for_none(
    shipped: Library, tag: str, text: str
) -> None:
    assert "supplement" not in shipped.languages[tag].wary.names(text)


@pytest.mark.parametrize(("tag", "text"), [(tag, t) for tag, texts in SAID.items() for t in texts])
def test_what_no_tip_says_is_recognised(shipped: Library, tag: str, text: str) -> None:
    assert list(shipped.languages[tag].wary.says(text))


@pytest.mark.parametrize(
    ("tag", "text"), [(tag, t) for tag, texts in NOT_SAID.items() for t in texts]
)
def test_words_that_only_look_like_it_are_left_alone(shipped: Library, tag: str, text: str) -> None:
    assert not list(shipped.languages[tag].wary.says(text))


@pytest.mark.parametrize(
    "text",
    ["leaky  gut syndrome", "leaky\u00a0gut syndrome", "leaky\ngut\tsyndrome", "a de\u00adtox",
     "a de\u200btox", "a de\u2060tox"],
)  # fmt: skip
def test_no_space_and_no_invisible_letter_hides_what_no_tip_says(
    shipped: Library, text: str
) -> None:
    assert list(shipped.languages["en"].wary.says(text))


@pytest.mark.parametrize("pattern", ["", "(tea)?", r"\b", "(?=t)", "\u00ad"])
def test_a_pattern_that_nothing_need_match_is_refused(tmp_path: Path, pattern: str) -> None:
    put(tmp_path, "locales/en/wording.toml", f"[forbidden]\ntea = ['zanzibar', '{pattern}']\n")

    assert faults(over=tmp_path) == [
        f"{tmp_path}/locales/en/wording.toml:2: 'forbidden.tea' must not match where nothing stands"
    ]


@pytest.mark.parametrize("tag", sorted(NAMED))
def test_what_a_text_names_asks_for_its_disclaimer(shipped: Library, tag: str) -> None:
    text, name = NAMED[tag]

    assert list(shipped.languages[tag].wary.names(text)) == [name]


@pytest.mark.parametrize("tag", sorted(SAID.keys() - {"en"}))
def test_a_forbidden_word_in_a_translation_is_named_by_file_and_line(whole: Path, tag: str) -> None:
    path = whole / f"locales/{tag}/snippets.toml"
    sound = path.read_text(encoding="utf-8")
    lines = sound.splitlines()
    n = next(n for n, line in enumerate(lines) if line.startswith("body = "))
    lines[n] = f'body = "{SAID[tag][0]}"'
    path.write_text("\n".join(lines), encoding="utf-8")

    found = faults(whole)

    begins = f"content/locales/{tag}/snippets.toml:{n + 1}: "
    assert any(line.startswith(begins) and "says" in line for line in found)


def test_a_translation_that_names_a_medicine_needs_its_disclaimer(whole: Path) -> None:
    path = whole / "locales/de/snippets.toml"
    sound = path.read_text(encoding="utf-8")
    heading = sound.index("[how_much_sleep]")
    path.write_text(
        sound[:heading] + sound[heading:].replace('body = "', 'body = "Ohne Ibuprofen. ', 1),
        encoding="utf-8",
    )

    found = faults(whole)

    needs = "'snippets.how_much_sleep.body' needs the disclaimer 'medication_nsaid'"
    assert len(found) == 1
    assert needs in found[0]
