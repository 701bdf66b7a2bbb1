"""The tables, as a list of steps: step n brings a library from version n-1 to n. Steps are never edited, only added."""

from __future__ import annotations

from sqlite_utils import Database

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        case_no TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        charge TEXT NOT NULL,
        unit_code TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        security TEXT NOT NULL,
        tags TEXT NOT NULL,              -- JSON list
        profile_id TEXT NOT NULL,
        profile_version TEXT NOT NULL,
        profile_sha256 TEXT NOT NULL,
        opened_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE persons (
        case_id INTEGER NOT NULL REFERENCES cases(id),
        ord INTEGER NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        id_number TEXT,
        PRIMARY KEY (case_id, ord)
    ) STRICT;
    CREATE TABLE batches (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        number INTEGER NOT NULL,          -- 1, 2, 3... in the case; names the folder
        kind TEXT NOT NULL,               -- scan | import
        device TEXT NOT NULL,
        settings TEXT NOT NULL,           -- JSON
        feed_sha256 TEXT,                 -- of the pile laid in, so that the same pile is resumed, not doubled
        expected_sheets INTEGER,
        state TEXT NOT NULL,              -- open | complete | stopped
        reason TEXT,
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        UNIQUE (case_id, number)
    ) STRICT;
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        number INTEGER NOT NULL,          -- 1, 2, 3... in order of arrival in the case
        batch_id INTEGER NOT NULL REFERENCES batches(id),
        sequence INTEGER NOT NULL,        -- in the batch
        sheet INTEGER NOT NULL,
        side TEXT NOT NULL,
        file TEXT NOT NULL UNIQUE,        -- below the home folder; write-once
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        dpi INTEGER,
        origin TEXT NOT NULL,
        captured_at TEXT NOT NULL,
        capture TEXT NOT NULL,            -- JSON: the whole capture record
        UNIQUE (case_id, number),
        UNIQUE (batch_id, sequence)
    ) STRICT;
    CREATE TABLE results (
        page_id INTEGER PRIMARY KEY REFERENCES pages(id),
        result TEXT NOT NULL,             -- JSON: ocr.pipeline.PageResult
        text TEXT NOT NULL,               -- the lines, for searching
        blank INTEGER NOT NULL,
        evidence TEXT NOT NULL,           -- names of the rendered pictures in the case's derived folder
        thumbnail TEXT NOT NULL,
        processed_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE failures (
        page_id INTEGER PRIMARY KEY REFERENCES pages(id),
        key TEXT NOT NULL,
        message TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        position INTEGER NOT NULL,        -- order of the paper
        kind TEXT,
        title TEXT NOT NULL,
        number TEXT,
        date TEXT,
        persons TEXT NOT NULL,            -- JSON list
        ordinal INTEGER,
        confidence REAL NOT NULL,
        UNIQUE (case_id, position)
    ) STRICT;
    CREATE TABLE document_pages (
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        page_id INTEGER NOT NULL UNIQUE REFERENCES pages(id),
        PRIMARY KEY (document_id, position)
    ) STRICT;
    CREATE TABLE explanations (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        explanation TEXT NOT NULL         -- JSON: dossier.checks.explanations.Explanation
    ) STRICT;
    CREATE TABLE packages (
        id TEXT PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        submission TEXT NOT NULL,
        version INTEGER NOT NULL,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sm3 TEXT NOT NULL,
        size INTEGER NOT NULL,
        level TEXT NOT NULL,
        training INTEGER NOT NULL,
        sealed_at TEXT NOT NULL,
        UNIQUE (case_id, submission, version)
    ) STRICT;
    CREATE TABLE outbox (
        package_id TEXT PRIMARY KEY REFERENCES packages(id),
        destination TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at TEXT,
        upload_url TEXT,
        sent INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        receipt TEXT,
        changed_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit (
        chain TEXT NOT NULL,              -- case number
        seq INTEGER NOT NULL,
        record TEXT NOT NULL,             -- canonical JSON, exactly as hashed
        link TEXT NOT NULL,               -- SHA-256 over the previous link and the record, hexadecimal
        PRIMARY KEY (chain, seq)
    ) STRICT;
    CREATE INDEX pages_by_case ON pages(case_id, number);
    CREATE INDEX documents_by_case ON documents(case_id, position);
    """,
    """
    -- Order and standing of a face apart from its arrival: what is set aside stays as evidence and does not count.
    ALTER TABLE pages ADD COLUMN place INTEGER NOT NULL DEFAULT 0;   -- order in the case, also of those set aside
    ALTER TABLE pages ADD COLUMN fed_sheet INTEGER NOT NULL DEFAULT 0;  -- sheet and side as the device counted them
    ALTER TABLE pages ADD COLUMN fed_side TEXT NOT NULL DEFAULT 'front';
    ALTER TABLE pages ADD COLUMN aside TEXT;                         -- why it does not count; NULL: it counts
    ALTER TABLE pages ADD COLUMN aside_by TEXT;
    ALTER TABLE pages ADD COLUMN aside_at TEXT;
    ALTER TABLE pages ADD COLUMN superseded_by INTEGER REFERENCES pages(id);
    UPDATE pages SET place = number, fed_sheet = sheet, fed_side = side;
    CREATE INDEX pages_by_place ON pages(case_id, place);
    CREATE INDEX pages_by_sheet ON pages(case_id, sheet);
    ALTER TABLE batches ADD COLUMN aim TEXT NOT NULL DEFAULT 'append'; -- append | insert-before | ... : records.AimKind
    ALTER TABLE batches ADD COLUMN aim_target INTEGER;               -- number of a page, or of the batch of fronts
    ALTER TABLE batches ADD COLUMN aim_reverse INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE scan_profiles (
        name TEXT PRIMARY KEY,
        hotkey TEXT UNIQUE,               -- F1 to F12, 0 to 9
        profile TEXT NOT NULL             -- JSON: app.station.scan_profiles.ScanProfile
    ) STRICT;
    """,
    """
    -- Full text: pairs of neighbouring characters (app.store.search). White space alone parts them.
    CREATE VIRTUAL TABLE page_index USING fts5(
        pairs, content='', detail='none', prefix='1',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    );
    CREATE TABLE page_index_filled (filled INTEGER NOT NULL) STRICT; -- one row once all readings are indexed
    """,
    """
    -- What a clerk corrected in the filing, kept apart from what was read and applied to it in this order.
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        act TEXT NOT NULL,                -- opens | joins | moves | told | placed
        correction TEXT NOT NULL,         -- JSON: dossier.corrections
        submission TEXT,                  -- of which arrangement; NULL: of the papers, in whatever submission
        version INTEGER,
        reason TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        withdrawn INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX corrections_by_case ON corrections(case_id, id);
    -- The order of the papers for one submission; each version is kept, one of a submission holds.
    CREATE TABLE arrangements (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES cases(id),
        submission TEXT NOT NULL,
        version INTEGER NOT NULL,
        active INTEGER NOT NULL,
        reason TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TEXT NOT NULL,
        UNIQUE (case_id, submission, version)
    ) STRICT;
    ALTER TABLE cases ADD COLUMN submission TEXT;                    -- the one being worked on
    ALTER TABLE packages ADD COLUMN arrangement INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE documents ADD COLUMN copy TEXT;                      -- ours | stub | other
    ALTER TABLE documents ADD COLUMN volume TEXT;                    -- where a clerk put it; NULL: its kind's own
    ALTER TABLE documents ADD COLUMN told TEXT NOT NULL DEFAULT '[]'; -- JSON list: what a clerk said
    """,
    """
    -- Files of delivered dossiers that were removed by rule; their rows and hashes stay.
    CREATE TABLE removals (
        file TEXT PRIMARY KEY,            -- below the home folder
        case_id INTEGER NOT NULL REFERENCES cases(id),
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX removals_by_case ON removals(case_id);
    """,
)


def version(db: Database) -> int:
    """How many of the steps the database has gone."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database, to: int) -> None:
    """Bring the tables to step `to`, inside the caller's transaction."""
    for step in STEPS[version(db) : to]:
        for statement in _statements(step):
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {to}")


def _statements(script: str) -> list[str]:
    """Split a schema step; executescript() would commit the running transaction."""
    without_comments = "\n".join(line.split("--")[0] for line in script.splitlines())
    return [part.strip() for part in without_comments.split(";") if part.strip()]
