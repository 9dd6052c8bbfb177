"""The words of a text: how they are written, stemmed, misspelt and marked. Pure."""
