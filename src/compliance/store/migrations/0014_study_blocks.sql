-- A municipality's rows of a study with what they were made from, as JSON, so that only what has changed is made anew.
CREATE TABLE study_blocks (
    municipality VARCHAR NOT NULL,
    made_from VARCHAR NOT NULL,
    content VARCHAR NOT NULL
);
