"""What the guide says."""

from __future__ import annotations

from pullquote.web.tour import Tour


def test_the_tour_has_questions_where_some_are_known() -> None:
    tour = Tour.of(("Who left?", "What burns?"))
    assert "press Enter, and ask *Who left?*" in tour.for_everybody
    assert "`@Pullquote What burns?`" in tour.for_everybody
    assert "`@Pullquote Who left?`" in tour.post


def test_articles_of_ones_own_are_asked_what_one_likes() -> None:
    tour = Tour.of(None)
    assert "press Enter, and ask something that your articles answer." in tour.for_everybody
    assert "a message such as `@Pullquote` with a question." in tour.for_everybody
    assert "None" not in f"{tour}"


def test_a_message_holds_it() -> None:
    assert len(Tour.of(("x" * 100, "x" * 100)).for_everybody) <= 2000
