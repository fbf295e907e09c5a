"""Models that look at pictures: the ranker that ships with the pack, the judge that measures it and never trains it."""
