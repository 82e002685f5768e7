"""The words of a text and what the rules of its language say of them; what kind of thing a question asks for."""
