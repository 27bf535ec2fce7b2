-- What is kept of documents to compare them by, so that a changed document is compared without the others being read
-- again: what each says alone, and what two share as the two alone decide it.

CREATE TABLE shared_texts (
    document_id VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    adopted VARCHAR,
    "year" INTEGER,
    draft BOOLEAN NOT NULL,
    words INTEGER NOT NULL
);

CREATE TABLE shared_prose (
    document_id VARCHAR NOT NULL,
    headings STRUCT(passage_id VARCHAR, stems VARCHAR[])[] NOT NULL,
    sentences STRUCT(
        passage INTEGER, "start" INTEGER, "end" INTEGER, stems VARCHAR[], numbers VARCHAR[], wording VARCHAR
    )[] NOT NULL
);

CREATE TABLE shared_sides (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    words STRUCT("start" INTEGER, "end" INTEGER) NOT NULL,
    source_words STRUCT("start" INTEGER, "end" INTEGER) NOT NULL,
    similarity DOUBLE NOT NULL,
    passages STRUCT("start" INTEGER, "end" INTEGER) NOT NULL,
    sentences STRUCT("start" INTEGER, "end" INTEGER) NOT NULL,
    named BOOLEAN NOT NULL,
    described BOOLEAN NOT NULL,
    "order" VARCHAR,
    surplus INTEGER NOT NULL,
    parts STRUCT(
        span STRUCT(
            document_id VARCHAR, passage_id VARCHAR, "start" INTEGER, "end" INTEGER, source_kind VARCHAR, source_id VARCHAR,
            source_name VARCHAR, source_start INTEGER, source_end INTEGER, source_text VARCHAR, source_page INTEGER,
            kind VARCHAR, attribution VARCHAR, similarity DOUBLE, boilerplate BOOLEAN,
            evidence STRUCT(
                kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN, code VARCHAR
            )[],
            "order" VARCHAR
        ),
        passage INTEGER,
        set_phrase BOOLEAN,
        alike VARCHAR
    )[] NOT NULL
);

CREATE TABLE retellings (
    position INTEGER NOT NULL,
    document_id VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_start INTEGER NOT NULL,
    standing DOUBLE NOT NULL,
    span STRUCT(
        document_id VARCHAR, passage_id VARCHAR, "start" INTEGER, "end" INTEGER, source_kind VARCHAR, source_id VARCHAR,
        source_name VARCHAR, source_start INTEGER, source_end INTEGER, source_text VARCHAR, source_page INTEGER,
        kind VARCHAR, attribution VARCHAR, similarity DOUBLE, boilerplate BOOLEAN,
        evidence STRUCT(
            kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN, code VARCHAR
        )[],
        "order" VARCHAR
    ) NOT NULL,
    terms STRUCT(stem VARCHAR, "text" VARCHAR, "start" INTEGER, "end" INTEGER)[] NOT NULL,
    stems VARCHAR[] NOT NULL,
    alike VARCHAR NOT NULL
);

-- Relations that runs of earlier versions saved are made again with what is kept.
DELETE FROM keys WHERE name = 'corpus';
