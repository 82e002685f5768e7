"""What somebody reads whose question is in a language that is not understood here: in that language, if it is below."""

from __future__ import annotations

from retrieval.answer import LanguageGap

SENTENCES = {
    "en": "I do not understand questions in this language here. Language of the articles: {articles}. "
    "Please ask again in that language.",
    "de": "Fragen in dieser Sprache verstehe ich hier nicht. Sprache der Artikel: {articles}. "
    "Bitte stell deine Frage noch einmal in dieser Sprache.",
    "es": "Aquí no entiendo preguntas en este idioma. Idioma de los artículos: {articles}. "
    "Por favor, vuelve a preguntar en ese idioma.",
    "fr": "Je ne comprends pas ici les questions posées dans cette langue. Langue des articles : {articles}. "
    "Merci de reposer ta question dans cette langue-là.",
    "pt": "Aqui não entendo perguntas nesta língua. Língua dos artigos: {articles}. "
    "Por favor, pergunte de novo nessa língua.",
    "it": "Qui non capisco le domande in questa lingua. Lingua degli articoli: {articles}. "
    "Per favore, ripeti la domanda in quella lingua.",
    "nl": "Vragen in deze taal begrijp ik hier niet. Taal van de artikelen: {articles}. "
    "Stel je vraag alsjeblieft nog eens in die taal.",
    "ru": "Я не понимаю здесь вопросов на этом языке. Язык статей: {articles}. "
    "Пожалуйста, задайте вопрос ещё раз на том языке.",
    "uk": "Я не розумію тут запитань цією мовою. Мова статей: {articles}. "
    "Будь ласка, поставте запитання ще раз тією мовою.",
    "pl": "Nie rozumiem tu pytań w tym języku. Język artykułów: {articles}. "
    "Proszę, zadaj pytanie jeszcze raz w tamtym języku.",
    "tr": "Burada bu dildeki soruları anlamıyorum. Makalelerin dili: {articles}. "
    "Lütfen sorunuzu o dilde yeniden sorun.",
    "zh": "我在这里看不懂用这种语言提出的问题。文章的语言：{articles}。请用该语言再问一次。",
    "ja": "ここではこの言語の質問を理解できません。記事の言語：{articles}。その言語でもう一度質問してください。",
    "ar": "لا أفهم هنا الأسئلة المكتوبة بهذه اللغة. لغة المقالات: {articles}. يرجى طرح السؤال مرة أخرى بتلك اللغة.",
}
"""The sentences, by the codes of their languages."""

# Articles in more languages than this name the languages of most passages only.
_NAMED = 3
_SEPARATORS = {"zh": "、", "ja": "、", "ar": "، "}


def other_language(gap: LanguageGap) -> str:
    """The sentence in the question's language, or else in English; it names the articles' languages."""
    code = gap.question if gap.question in SENTENCES else "en"
    names = [language_name(each, code) for each in gap.articles[:_NAMED]]
    return SENTENCES[code].format(articles=_SEPARATORS.get(code, ", ").join(names))


def language_name(code: str, reader: str = "en") -> str:
    """The name of a language in the language of its reader; its code if nobody has named it there."""
    from babel import Locale  # slow to import, and most bots need it never

    return str(Locale(reader).languages.get(code, code))
