"""The articles of the pictures, of a harbour that is made up."""

MOORINGS = b"""\
---
title: Moorings for visitors
author: The harbour office
published: spring 2026
url: https://example.org/moorings
language: en
---

## Arriving

Visitors moor at the long pontoon, north of the fuel berth. Call the harbour office on channel 12 before you pass
the red buoy.

Boats longer than fourteen metres need a berth on the quay, which has to be booked two days ahead.

## What it costs

A night costs three pounds a metre. The fourth night is free, and children under twelve are not counted.

Water is free. Electricity is paid with cards, which the chandler sells.

## Staying

Nobody may stay longer than fourteen nights between June and August.

Generators are off from ten in the evening until seven in the morning.

## Leaving

Tell the office when you leave, so that the berth can be given to the next boat.
"""

MOORINGS_OF_LAST_YEAR = b"# Moorings in 2025\n\n" + MOORINGS[MOORINGS.index(b"## Arriving") :].replace(
    b"three pounds", b"two pounds eighty"
)

MOORINGS_NOW = (
    MOORINGS.replace(b"spring 2026", b"2026-03-16")
    .replace(b"channel 12", b"channel 14")
    .replace(b"three pounds a metre", b"three pounds fifty a metre")
    .replace(b"Generators are off from ten in the evening until seven in the morning.\n\n", b"")
    .replace(b"## Leaving\n", b"Drones are not flown without the harbour master's leave.\n\n## Leaving\n")
)

FERRY = b"""\
---
title: The ferry to the islands
url: https://example.org/ferry
language: en
---

The ferry leaves at eight and at noon, on Sundays at noon alone.

Bicycles travel for two pounds, dogs for nothing.
"""

SLIPWAY = "The slipway is closed two hours before and after low water.\n\nTrailers park behind the boat sheds."
