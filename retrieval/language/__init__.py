"""What depends on the language of a text: words, stems, rarity, what a question asks for."""
