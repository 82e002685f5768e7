"""What every Pullquote that is killed loads at its first question and its first article: imported once, it is there.

It is imported by the process that all of them are forked from, and starts no thread.
"""

from sqlalchemy.orm import configure_mappers
from tqdm import tqdm  # type: ignore[import-untyped]

from retrieval.language.detection import detected
from tests.support.fake_encoder import corpus_of
from tests.support.killing import finding, scene, steps

__all__ = ["finding", "scene", "steps"]

tqdm.monitor_interval = 0  # or its first bar would start a thread
configure_mappers()
detected("Do ants bite?")
corpus_of("Ants bite.")
