-- What each passage that the encoder read means, as far as scores weigh it (docs/scoring.md).
CREATE TABLE meanings (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    numbers DOUBLE[] NOT NULL
);
