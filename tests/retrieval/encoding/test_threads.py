"""How many of torch's threads a forward pass has: what it encodes decides, and no other pass at the same time."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer

from retrieval.encoding.cross_encoder import CrossEncoderReranker
from retrieval.encoding.reranker import Pair
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads, free_cores, torch_threads
from retrieval.language.english import ENGLISH
from tests.support.tiny_models import make_encoder, make_reranker

BEES = "Bees fly."


@pytest.fixture(autouse=True)
def threads_before() -> Iterator[int]:
    """Another number than every number in the tests; each test leaves it as it is."""
    before = torch.get_num_threads()
    torch.set_num_threads(5)
    yield 5
    assert torch.get_num_threads() == 5
    torch.set_num_threads(before)


@pytest.fixture
def model(tmp_path: Path) -> SentenceTransformer:
    return SentenceTransformer(str(make_encoder(tmp_path / "tiny")), device="cpu")


def seen_by(model: torch.nn.Sequential, meanwhile: Callable[[], object] = lambda: None) -> list[int]:
    """How many threads each forward pass has at its start, before something else happens, and at its end."""
    seen: list[int] = []

    def note(*_: object) -> None:
        seen.append(torch.get_num_threads())

    model[0].register_forward_pre_hook(note)
    model[0].register_forward_pre_hook(lambda *_: meanwhile() and None)
    model[0].register_forward_hook(note)
    return seen


def in_a_new_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_question_has_its_number_and_articles_have_theirs(model: SentenceTransformer) -> None:
    encoder, seen = SentenceTransformerEncoder(model, "tiny", Threads(question=2, build=3)), seen_by(model)
    words = [ENGLISH.find_words(BEES)]
    for encode in (
        lambda: encoder.encode_queries([BEES], words),
        lambda: encoder.encode_passages([BEES], words),
        lambda: encoder.encode_sentences([BEES]),
    ):
        encode()
        in_a_new_thread(encode)
    assert seen == [2] * 4 + [3] * 8


def test_unless_told_otherwise_a_question_has_one_core_and_articles_have_every_free_core(
    model: SentenceTransformer,
) -> None:
    encoder, seen = SentenceTransformerEncoder(model, "tiny"), seen_by(model)
    encoder.encode_queries([BEES], [()])
    encoder.encode_sentences([BEES])
    assert seen == [1] * 2 + [free_cores()] * 2


@pytest.mark.parametrize("encodes_question", [True, False])
def test_a_pass_keeps_its_number_while_others_begin_and_end(
    model: SentenceTransformer, tmp_path: Path, encodes_question: bool
) -> None:
    other = SentenceTransformer(str(make_encoder(tmp_path / "other")), device="cpu")
    others = SentenceTransformerEncoder(other, "other", Threads(question=3, build=4))
    others_saw = seen_by(other)

    def meanwhile() -> None:
        in_a_new_thread(lambda: others.encode_queries([BEES], [()]))
        in_a_new_thread(lambda: others.encode_sentences([BEES]))

    encoder, seen = SentenceTransformerEncoder(model, "tiny", Threads(question=1, build=2)), seen_by(model, meanwhile)
    # In a new thread too: torch decides at a thread's first pass how many it has.
    for run in (lambda work: work(), in_a_new_thread):
        run(lambda: encoder.encode_queries([BEES], [()]) if encodes_question else encoder.encode_sentences([BEES]))
    assert seen == [1 if encodes_question else 2] * 4
    assert others_saw == [3, 3, 4, 4] * 2


def test_a_reranker_has_the_number_it_is_given(tmp_path: Path) -> None:
    model = CrossEncoder(str(make_reranker(tmp_path / "tiny")), device="cpu")
    seen = seen_by(model)
    CrossEncoderReranker(model, "tiny", threads=2).score([Pair("What flies?", BEES)])
    CrossEncoderReranker(model, "tiny").score([Pair("What flies?", BEES)])
    assert seen == [2, 2, 1, 1]


def test_the_number_from_before_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), torch_threads(2):
        raise KeyError
    assert torch.get_num_threads() == 5


@pytest.mark.parametrize(("affinity", "cores"), [(lambda _: {0, 3, 7}, 3), (None, 12)])
def test_the_free_cores_are_those_the_process_may_use(
    monkeypatch: pytest.MonkeyPatch, affinity: Callable[[int], set[int]] | None, cores: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 12)
    if affinity is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", affinity, raising=False)
    assert free_cores() == cores
