"""Which language a text is in, and when that cannot be told."""

from __future__ import annotations

import subprocess
import sys
import tempfile

import pytest

from retrieval.language import detection
from retrieval.language.detection import detected, likeliest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Where are the rules of this server?", "en"),
        ("Who founded FC Barcelona?", "en"),
        ("Wie viele Leute passen auf den Server?", "de"),
        ("Wann wurde der Turm fertig?", "de"),
        ("¿Cuándo es la próxima reunión?", "es"),
        ("Combien coûte le serveur par mois ?", "fr"),
        ("Quanto custa o servidor por mês?", "pt"),
        ("Quando è la prossima riunione?", "it"),
        ("Waar vind ik de regels?", "nl"),
        ("Кто может приглашать новых участников?", "ru"),
        ("Хто може запрошувати нових учасників?", "uk"),
        ("Kto może zapraszać nowych członków?", "pl"),
        ("Yeni üyeleri kim davet edebilir?", "tr"),
        ("谁可以邀请新成员？", "zh"),
        ("誰が新しいメンバーを招待できますか？", "ja"),
        ("متى اكتمل البرج؟", "ar"),
        ("La hundoj vidis la katon hieraŭ!", "eo"),
    ],
)
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert detected(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "!?",
        "wifi pw?",
        "Bees dance.",
        "Rio de Janeiro Carnival dates",
        "Tour de France winner 1999",
        "npm install",
    ],
)
def test_a_language_that_cannot_be_told(text: str) -> None:
    assert detected(text) is None


def test_the_likeliest_of_some_languages() -> None:
    assert likeliest("como reinicio el router", {"en", "es"}) == "es"
    assert likeliest("Who wrote it?", {"en", "de"}) == "en"
    assert likeliest("Who wrote it?", {"de", "xx"}) == "de"
    assert likeliest("Who wrote it?", {"xx"}) is None


@pytest.mark.usefixtures("without_room")
def test_the_model_needs_no_room_on_the_disk() -> None:
    assert detected("Wo finde ich die Regeln?") == likeliest("Wo finde ich die Regeln?", {"en", "de"}) == "de"


@pytest.fixture
def without_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    monkeypatch.setattr(detection, "_identifier", detection._identifier.__wrapped__)


def test_plain_english_needs_no_model() -> None:
    program = (
        "import sys; from retrieval.language.detection import detected; "
        "assert detected('What does the tower weigh?') == 'en'; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
