"""The rules of Japanese, by pairs of characters of the same script."""

from __future__ import annotations

import re
from functools import partial

from retrieval.language.ideographs import NOT_SHORTENED, SENTENCE_BEGINS, Ideographs, any_of, pairs, question_rules
from retrieval.language.language import Language
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.language.vocabulary import frequency

# What is written in hiragana holds sentences together, as a rule.
_GRAMMAR = (
    "ますか ましたか です でした でしょう ます ました ません ましょう まで から より ので のに のは のを のが には "
    "では とは への での との にも でも とも する します しました して しない した すれば される された させる "
    "できる できます できない いる います いない いて いた ある あります ありません あった ない なかった なく なる "
    "なります なった なって れる られる られます られた せる たい たら たり ても てから ている ていない ておく "
    "てください ください こと もの ところ とき ため よう ような ように そう これ それ あれ この その あの ここ そこ "
    "あそこ こちら そちら という といった として によって により について における において ただし また または "
    "および そして しかし だから なら ならば だけ しか ほど くらい ぐらい など まま さん か が を に は で と の も "
    "や へ て た だ ね よ な い う る え"
)
_QUESTIONS = question_rules(
    when="いつ 何時 何年 何月 何日 何曜日",
    who="誰 だれ どこ どちら 何処",
    how_many="いくつ いくら 何人 何個 何回 何本 何枚 何台 どれくらい どのくらい どれぐらい どのぐらい 何歳 何割",
    which="何 なに なん どの どれ どんな",
    others="なぜ どうして どう どうやって どのように",
    times="年 月 日 日付 時間 世紀 時代",
    numbers="数 数字 割合 人口 年齢 距離 大き 値段 価格 費用",
    names="国 都市 場所 地域 大陸 川 人 名前 作者 大統 王 女王 会社 組織 団体",
)
_WHOLE = re.compile(any_of(" ".join(_QUESTIONS.forms)))

JAPANESE = Language(
    code="ja",
    stop_words=pairs(_GRAMMAR) | _QUESTIONS.forms.keys(),
    shortened=NOT_SHORTENED,
    stem=str,
    capitals_name=True,
    sentence_begins=SENTENCE_BEGINS,
    numbers=frozenset("零 一 二 三 四 五 六 七 八 九 十 百 千 万 億 半分 第一 第二 第三".split()),
    times=frozenset("年 月 日 世紀 年代 今日 昨日 明日 朝 夜 春 夏 秋 冬 時間 週間 今年 去年 来年 午前 午後".split()),
    calendar=frozenset(),
    questions=_QUESTIONS,
    frequency=partial(frequency, code="ja"),
    forms=Ideographs(_WHOLE),
    sentence_ends=SentenceEnds(),
)
