"""Links that lead out of public pages: gathered, checked politely and safely, reported."""
