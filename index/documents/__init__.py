"""Files as people have them in → articles with who wrote them and when, out."""
