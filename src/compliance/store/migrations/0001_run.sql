-- One run folder's results. Offsets count Unicode code points in documents.text, pages are numbered from 1, boxes are
-- in PDF points from the top left. Columns carry the names of the fields in records/; docs/store.md has examples.

CREATE TABLE runs (
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    config_sha256 VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    guidelines VARCHAR[] NOT NULL,
    started VARCHAR NOT NULL,
    finished VARCHAR
);

-- What the derived results were made from; a missing row means that they have to be made again.
CREATE TABLE keys (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);

CREATE TABLE documents (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    title VARCHAR,
    text VARCHAR NOT NULL,
    language STRUCT("value" VARCHAR, source VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER) NOT NULL,
    document_type STRUCT("value" VARCHAR, source VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER) NOT NULL,
    municipality STRUCT("value" VARCHAR, source VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER),
    municipality_number VARCHAR,
    county VARCHAR,
    period STRUCT("value" VARCHAR, source VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER),
    adopted STRUCT("value" VARCHAR, source VARCHAR, quote VARCHAR, "start" INTEGER, "end" INTEGER),
    config_sha256 VARCHAR NOT NULL
);

CREATE TABLE pages (
    document_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    width DOUBLE NOT NULL,
    height DOUBLE NOT NULL,
    ocr BOOLEAN NOT NULL
);

CREATE TABLE blocks (
    document_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    boxes STRUCT(page INTEGER, x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE)[] NOT NULL,
    level INTEGER,
    marker VARCHAR,
    "table" STRUCT(header VARCHAR[], cells VARCHAR[], unit VARCHAR, title VARCHAR),
    boxed BOOLEAN NOT NULL
);

CREATE TABLE furniture (
    document_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    box STRUCT(page INTEGER, x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE)
);

CREATE TABLE passages (
    id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    "index" INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    pages INTEGER[] NOT NULL,
    boxes STRUCT(page INTEGER, x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE)[] NOT NULL,
    section VARCHAR[] NOT NULL,
    level INTEGER,
    marker VARCHAR,
    "table" STRUCT(header VARCHAR[], cells VARCHAR[], unit VARCHAR, title VARCHAR),
    boxed BOOLEAN NOT NULL,
    lead_in VARCHAR,
    sentences STRUCT("start" INTEGER, "end" INTEGER)[] NOT NULL
);

CREATE TABLE findings (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    analyser VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    evidence STRUCT(
        kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN
    )[] NOT NULL,
    features STRUCT(name VARCHAR, "value" DOUBLE)[] NOT NULL
);

CREATE TABLE facts (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    "value" VARCHAR NOT NULL,
    evidence STRUCT(
        kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN
    )[] NOT NULL
);

CREATE TABLE reuse_spans (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    source_start INTEGER NOT NULL,
    source_end INTEGER NOT NULL,
    source_text VARCHAR NOT NULL,
    source_page INTEGER,
    kind VARCHAR NOT NULL,
    attribution VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    boilerplate BOOLEAN NOT NULL,
    evidence STRUCT(
        kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN
    )[] NOT NULL
);

CREATE TABLE scores (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    "value" INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    passage_ids VARCHAR[] NOT NULL
);

CREATE TABLE rejected (
    run_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);

-- Views for reading; nothing is written through them.

CREATE VIEW document_profiles AS
SELECT
    id AS document_id,
    name,
    title,
    language.value AS language,
    document_type.value AS document_type,
    municipality.value AS municipality,
    municipality_number,
    county,
    period.value AS period,
    adopted.value AS adopted,
    (SELECT count(*) FROM pages WHERE pages.document_id = documents.id) AS pages,
    (SELECT count(*) FROM passages WHERE passages.document_id = documents.id) AS passages
FROM documents;

CREATE VIEW goal_scores AS
SELECT d.id AS document_id, d.name, d.municipality.value AS municipality, s.label AS goal, s.value AS score, s.rule,
       s.passage_ids
FROM scores s JOIN documents d ON d.id = s.document_id
WHERE s.subject = 'goal';

CREATE VIEW element_scores AS
SELECT d.id AS document_id, d.name, d.municipality.value AS municipality, s.label AS element, s.value AS score, s.rule,
       s.passage_ids
FROM scores s JOIN documents d ON d.id = s.document_id
WHERE s.subject = 'element';

-- One row per observation, with the words it rests on; quote is NULL where it is about the whole passage.
CREATE VIEW finding_evidence AS
SELECT f.document_id, d.name, f.passage_id, p.pages[1] AS page, f.analyser, f.label, f.score,
       e.kind, e.reference, e.score AS strength, e.against,
       substring(d.text, e."start" + 1, e."end" - e."start") AS quote, p.text AS passage
FROM (SELECT document_id, passage_id, analyser, label, score, unnest(evidence) AS e FROM findings) f
JOIN documents d ON d.id = f.document_id
JOIN passages p ON p.id = f.passage_id;

-- Shared wordings side by side.
CREATE VIEW reuse_pairs AS
SELECT r.document_id, d.name, r.passage_id, p.pages[1] AS page, r.kind, r.attribution, r.similarity, r.boilerplate,
       substring(d.text, r."start" + 1, r."end" - r."start") AS text, r.source_text, r.source_kind, r.source_name,
       r.source_page
FROM reuse_spans r
JOIN documents d ON d.id = r.document_id
JOIN passages p ON p.id = r.passage_id;
