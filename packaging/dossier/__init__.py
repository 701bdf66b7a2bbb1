"""The electronic dossier (电子卷宗): what it is, what it lacks, and proof of both."""
