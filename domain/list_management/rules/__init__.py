"""One file a stage: what is proposed, its review, the consultation, the decision, the list that came of it."""
