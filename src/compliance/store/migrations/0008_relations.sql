-- Which national documents are cited, whose structure a document has, and what it was compared with.

CREATE TABLE citations (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);

CREATE TABLE structures (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    passage_ids VARCHAR[] NOT NULL,
    share DOUBLE NOT NULL,
    "order" VARCHAR NOT NULL
);

CREATE TABLE comparisons (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    documents INTEGER NOT NULL,
    "references" INTEGER NOT NULL,
    official_sentences INTEGER NOT NULL
);

-- Document by national document: how often each is named.
CREATE VIEW citation_counts AS
SELECT d.id AS document_id, d.name AS document, c.name AS cited, count(*) AS times
FROM citations c JOIN documents d ON d.id = c.document_id
GROUP BY d.id, d.name, c.name;
