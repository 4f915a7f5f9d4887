"""The words, figures and shapes that templates use."""
