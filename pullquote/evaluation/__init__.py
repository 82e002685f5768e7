"""How good the answers are: question sets in, figures, pictures and a page of failures out."""
