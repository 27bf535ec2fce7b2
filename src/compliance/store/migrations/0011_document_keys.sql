-- What a document's scores and its report page were made from, so that only what has changed is made anew.
CREATE TABLE document_keys (
    document_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);

-- A document's row in the report's overview, as JSON.
CREATE TABLE report_rows (
    document_id VARCHAR NOT NULL,
    content VARCHAR NOT NULL
);
