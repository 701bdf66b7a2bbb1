"""The sample case (样本案卷): a paper case file drawn as a scanner would give it, with its truth beside it."""
