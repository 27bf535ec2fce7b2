-- A study of many municipalities: its rows, each with the place that it rests on, and whose words each document has.

-- What the study in this folder was made of. Every study_ table is of this one study.
CREATE TABLE study_info (
    position INTEGER NOT NULL,
    run_id VARCHAR NOT NULL,
    as_of VARCHAR NOT NULL,
    corpus VARCHAR NOT NULL,
    selection VARCHAR NOT NULL,
    made VARCHAR NOT NULL,
    version VARCHAR NOT NULL
);

CREATE TABLE study_municipalities (
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    number VARCHAR,
    name VARCHAR NOT NULL,
    county VARCHAR,
    population INTEGER,
    centrality VARCHAR,
    documents INTEGER NOT NULL,
    responded BOOLEAN NOT NULL
);

CREATE TABLE study_documents (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    document_type VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    period VARCHAR,
    adopted VARCHAR,
    state VARCHAR NOT NULL,
    words INTEGER NOT NULL,
    superseded_by VARCHAR
);

CREATE TABLE study_inventory (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    document_type VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    documents INTEGER NOT NULL
);

CREATE TABLE study_remarks (
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);

CREATE TABLE study_states (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    period VARCHAR,
    has_expired BOOLEAN NOT NULL,
    equivalent VARCHAR,
    reason VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_case_values (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    "value" VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_budget_lines (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    year INTEGER,
    kroner BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    page INTEGER,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_cells (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    "value" INTEGER NOT NULL,
    certainty VARCHAR NOT NULL,
    sure BOOLEAN NOT NULL,
    breadth INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    best_document VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_copied (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    characters INTEGER NOT NULL,
    share DOUBLE NOT NULL,
    passages INTEGER NOT NULL,
    attributed BOOLEAN NOT NULL,
    "first" BOOLEAN NOT NULL
);

CREATE TABLE study_commitments (
    position INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    goal VARCHAR NOT NULL,
    "value" INTEGER NOT NULL,
    who VARCHAR NOT NULL,
    deadline VARCHAR NOT NULL,
    amount VARCHAR NOT NULL,
    plan_passage VARCHAR,
    budget_passage VARCHAR,
    shared_words VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    page INTEGER,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_timings (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    published VARCHAR NOT NULL,
    "order" VARCHAR NOT NULL,
    citations INTEGER NOT NULL
);

CREATE TABLE study_answers (
    position INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    item INTEGER NOT NULL,
    answer VARCHAR NOT NULL,
    "value" VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    certainty VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_findings (
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    "group" VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    count DOUBLE NOT NULL,
    "of" INTEGER NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    looser_definition VARCHAR NOT NULL,
    looser_count DOUBLE
);

CREATE TABLE study_finding_cases (
    position INTEGER NOT NULL,
    finding VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    counts BOOLEAN NOT NULL,
    counts_loosely BOOLEAN NOT NULL,
    "value" DOUBLE,
    reason VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

CREATE TABLE study_estimates (
    position INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    grouping VARCHAR NOT NULL,
    "group" VARCHAR NOT NULL,
    units INTEGER NOT NULL,
    "value" DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    "method" VARCHAR NOT NULL
);

CREATE TABLE study_sample (
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    stratum VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    "value" INTEGER NOT NULL,
    certainty VARCHAR NOT NULL,
    document_id VARCHAR,
    passage_id VARCHAR,
    page INTEGER,
    "start" INTEGER,
    "end" INTEGER,
    quote VARCHAR NOT NULL
);

-- How many characters of a document's running text are whose, as its report says.
CREATE TABLE text_shares (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    total INTEGER NOT NULL,
    own INTEGER NOT NULL,
    quoted INTEGER NOT NULL,
    unattributed INTEGER NOT NULL,
    uncertain INTEGER NOT NULL,
    boilerplate INTEGER NOT NULL
);

-- Views for reading. Each row that rests on a passage has the document's name, the page and the words.

-- Whose words a document's are, as its report says; documents without any of another's are here too.
CREATE VIEW document_words AS
SELECT d.id AS document_id, d.name, d.municipality.value AS municipality, s.total, s.own, s.quoted, s.unattributed,
       s.uncertain, s.boilerplate,
       round(100.0 * (s.quoted + s.unattributed + s.uncertain) / greatest(s.total, 1), 1) AS percent_others
FROM documents d JOIN text_shares s ON s.document_id = d.id;

CREATE VIEW inventory AS
SELECT m.id AS municipality, m.name, m.county, i.document_type, i.state, i.documents
FROM study_inventory i JOIN study_municipalities m ON m.id = i.municipality
ORDER BY m.position, i.position;

CREATE VIEW strategy_states AS
SELECT m.id AS municipality, m.name, m.county, m.population, s.status, s.period, s.has_expired, s.equivalent, s.reason,
       d.name AS document, s.document_id, s.passage_id, s.page, s.quote
FROM study_states s
JOIN study_municipalities m ON m.id = s.municipality
LEFT JOIN documents d ON d.id = s.document_id
ORDER BY m.position;

CREATE VIEW case_sheets AS
SELECT m.id AS municipality, m.name, c.field, c.value, c.note, d.name AS document, c.document_id, c.passage_id, c.page,
       c.quote
FROM study_case_values c
JOIN study_municipalities m ON m.id = c.municipality
LEFT JOIN documents d ON d.id = c.document_id
ORDER BY c.position;

CREATE VIEW digital_budgets AS
SELECT m.id AS municipality, m.name, b.year, b.kroner, b.kind, b.what, b.unit, d.name AS document, b.document_id,
       b.passage_id, b.page, b.quote
FROM study_budget_lines b
JOIN study_municipalities m ON m.id = b.municipality
JOIN documents d ON d.id = b.document_id
ORDER BY b.position;

-- Goals, themes, elements and criteria by municipality: one row a cell, with one quote.
CREATE VIEW study_matrix AS
SELECT m.id AS municipality, m.name, m.county, c.subject, c.label, c.value, c.certainty, c.sure, c.breadth, c.documents,
       d.name AS document, c.best_document, c.document_id, c.passage_id, c.page, c.quote
FROM study_cells c
JOIN study_municipalities m ON m.id = c.municipality
LEFT JOIN documents d ON d.id = c.document_id
ORDER BY c.position;

-- How many municipalities go how far: `low` counts what is sure, `high` what is unsure too.
CREATE VIEW label_counts AS
SELECT subject, label, least,
       count(*) FILTER (value >= least AND sure) AS low,
       count(*) FILTER (value >= least OR NOT sure) AS high,
       count(*) AS municipalities,
       round(avg(breadth), 1) AS mean_breadth
FROM study_cells, (SELECT unnest([1, 2, 3, 4]) AS least)
WHERE subject <> 'criterion' OR least <= 2
GROUP BY subject, label, least
ORDER BY min(position), least;

CREATE VIEW copied_from AS
SELECT m.id AS municipality, m.name, d.name AS document, c.document_id, c.source_kind, c.source_id, c.source_name,
       c.characters, round(100 * c.share, 1) AS percent, c.passages, c.attributed, c."first"
FROM study_copied c
JOIN documents d ON d.id = c.document_id
JOIN study_municipalities m ON m.id = c.municipality
ORDER BY c.position;

-- Who shares wording with whom, in passages; what everybody writes is not counted.
CREATE VIEW municipality_sharing AS
SELECT a.municipality, b.municipality AS other, count(DISTINCT r.passage_id) AS passages,
       bool_or(r."order" <> 'unknown') AS order_known
FROM reuse_spans r
JOIN study_documents a ON a.document_id = r.document_id
JOIN study_documents b ON b.document_id = r.source_id
WHERE r.source_kind = 'municipality' AND NOT r.boilerplate AND r.kind <> 'reworked' AND a.municipality <> b.municipality
GROUP BY a.municipality, b.municipality
ORDER BY a.municipality, b.municipality;

-- Municipality by national document: how often it is named.
CREATE VIEW municipality_citations AS
SELECT s.municipality, c.source, c.name AS cited, count(*) AS times, count(DISTINCT c.document_id) AS documents
FROM citations c JOIN study_documents s ON s.document_id = c.document_id
GROUP BY s.municipality, c.source, c.name
ORDER BY s.municipality, c.name;

CREATE VIEW structure_templates AS
SELECT s.municipality, d.name AS document, t.document_id, t.source_kind, t.source_name, t.share, t."order",
       len(t.passage_ids) AS headings
FROM structures t
JOIN study_documents s ON s.document_id = t.document_id
JOIN documents d ON d.id = t.document_id;

-- Concrete promises, and where they stand in other plans and in budgets.
CREATE VIEW commitment_chain AS
SELECT m.id AS municipality, m.name, c.goal, c.value, c.who, c.deadline, c.amount, c.shared_words,
       d.name AS document, c.document_id, c.passage_id, c.page, c.quote,
       p.document_id AS plan_document, p.pages[1] AS plan_page, p.text AS plan_text,
       b.document_id AS budget_document, b.pages[1] AS budget_page, b.text AS budget_text
FROM study_commitments c
JOIN study_municipalities m ON m.id = c.municipality
JOIN documents d ON d.id = c.document_id
LEFT JOIN passages p ON p.id = c.plan_passage
LEFT JOIN passages b ON b.id = c.budget_passage
ORDER BY c.position;

CREATE VIEW national_timing AS
SELECT m.id AS municipality, m.name AS municipality_name, d.name AS document, t.document_id, t.source, t.name,
       t.published, t."order", t.citations
FROM study_timings t
JOIN documents d ON d.id = t.document_id
JOIN study_municipalities m ON m.id = t.municipality
ORDER BY t.position;

CREATE VIEW question_answers AS
SELECT m.id AS municipality, m.name, a.question, a.item, a.answer, a.value, a.basis, a.certainty, d.name AS document,
       a.document_id, a.passage_id, a.page, a.quote
FROM study_answers a
JOIN study_municipalities m ON m.id = a.municipality
LEFT JOIN documents d ON d.id = a.document_id
ORDER BY a.position;

CREATE VIEW study_results AS
SELECT f.id, f."group", f.title, f.text, f.definition, f.count, f."of", f.low, f.high, f.looser_definition,
       f.looser_count, list(m.name ORDER BY m.position) FILTER (c.counts) AS municipalities
FROM study_findings f
LEFT JOIN study_finding_cases c ON c.finding = f.id
LEFT JOIN study_municipalities m ON m.id = c.municipality
GROUP BY ALL
ORDER BY min(f.position);

CREATE VIEW study_result_rows AS
SELECT c.finding, m.id AS municipality, m.name, c.counts, c.counts_loosely, c.value, c.reason, d.name AS document,
       c.document_id, c.passage_id, c.page, c.quote
FROM study_finding_cases c
JOIN study_municipalities m ON m.id = c.municipality
LEFT JOIN documents d ON d.id = c.document_id
ORDER BY c.position;
