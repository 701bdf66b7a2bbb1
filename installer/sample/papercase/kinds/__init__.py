"""One module per group of documents: what stands on their sheets and where."""
