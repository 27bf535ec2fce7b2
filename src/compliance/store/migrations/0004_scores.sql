-- What is done about each goal, how sure a score is, the criteria behind the elements, and what a reader could settle.

ALTER TABLE scores ADD COLUMN certainty VARCHAR DEFAULT 'unsure';
ALTER TABLE scores ADD COLUMN at_least DOUBLE[] DEFAULT [];

CREATE TABLE measures (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    goal VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    stance VARCHAR NOT NULL,
    details STRUCT(kind VARCHAR, "start" INTEGER, "end" INTEGER, "value" VARCHAR)[] NOT NULL,
    copied BOOLEAN NOT NULL,
    "value" INTEGER NOT NULL
);

CREATE TABLE criteria (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    criterion VARCHAR NOT NULL,
    "value" INTEGER NOT NULL,
    certainty VARCHAR NOT NULL,
    at_least DOUBLE[] NOT NULL,
    passage_ids VARCHAR[] NOT NULL
);

CREATE TABLE reviews (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    score_if_yes INTEGER NOT NULL,
    score_if_no INTEGER NOT NULL
);

CREATE OR REPLACE VIEW goal_scores AS
SELECT d.id AS document_id, d.name, d.municipality.value AS municipality, s.label AS goal, s.value AS score, s.rule,
       s.certainty, s.at_least, s.passage_ids
FROM scores s JOIN documents d ON d.id = s.document_id
WHERE s.subject = 'goal';

CREATE OR REPLACE VIEW element_scores AS
SELECT d.id AS document_id, d.name, d.municipality.value AS municipality, s.label AS element, s.value AS score, s.rule,
       s.certainty, s.at_least, s.passage_ids
FROM scores s JOIN documents d ON d.id = s.document_id
WHERE s.subject = 'element';

-- One row a clause that speaks of a goal, in its own words.
CREATE VIEW goal_measures AS
SELECT m.document_id, d.name, m.goal, m.value, m.stance, m.copied, p.pages[1] AS page,
       substring(d.text, m."start" + 1, m."end" - m."start") AS clause, m.details
FROM measures m
JOIN documents d ON d.id = m.document_id
JOIN passages p ON p.id = m.passage_id;
