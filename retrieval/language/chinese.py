"""The rules of Chinese, by pairs of characters."""

from __future__ import annotations

import re
from functools import partial

from bm25s.stopwords import STOPWORDS_CHINESE

from retrieval.language.ideographs import NOT_SHORTENED, SENTENCE_BEGINS, Ideographs, any_of, question_rules
from retrieval.language.language import Language
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.language.vocabulary import frequency

_PARTICLES = (
    "的 了 着 吗 呢 吧 啊 嘛 是 在 和 与 或 及 把 被 将 对 从 向 到 也 都 就 才 还 又 很 这 那 其 之 而 但 并 我 你 "
    "您 他 她 它 我们 你们 他们 她们 它们"
)
_QUESTIONS = question_rules(
    when="什么时候 何时 几时 哪年 哪天",
    who="谁 何人 哪里 哪儿 何处 什么地方",
    how_many="多少 几 几个 多大 多长 多高 多远 多久 多重",
    which="什么 哪个 哪些 哪 何",
    others="怎么 怎样 怎么样 如何 为什么 为何 是否 能否 可否",
    times="年 年份 月 日期 时间 世纪 时代",
    numbers="数量 数字 比例 人口 年龄 距离 大小 价格 费用",
    names="国家 城市 地方 地区 大陆 河流 人 名字 作者 总统 国王 女王 公司 组织 团队",
)
_WHOLE = re.compile(any_of(f"{_PARTICLES} {' '.join(_QUESTIONS.forms)}"))

CHINESE = Language(
    code="zh",
    stop_words=frozenset(STOPWORDS_CHINESE) | frozenset(_PARTICLES.split()) | _QUESTIONS.forms.keys(),
    shortened=NOT_SHORTENED,
    stem=str,
    capitals_name=True,
    sentence_begins=SENTENCE_BEGINS,
    numbers=frozenset("零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿 一半 第一 第二 第三 百分".split()),
    times=frozenset("年 月 日 世纪 年代 今天 昨天 明天 早上 晚上 春天 夏天 秋天 冬天 小时 星期 分钟".split()),
    calendar=frozenset(),
    questions=_QUESTIONS,
    frequency=partial(frequency, code="zh"),
    forms=Ideographs(_WHOLE),
    sentence_ends=SentenceEnds(),
)
