-- What a second reader says of passages that ours is in doubt about (docs/second-reader.md).

CREATE TABLE second_readings (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    doubts STRUCT(name VARCHAR, value DOUBLE)[] NOT NULL,
    goals STRUCT(goal VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    level VARCHAR,
    model VARCHAR NOT NULL,
    prompt_sha256 VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
