-- A page of the last study with what it was made from and a checksum, so that only pages that change are made anew.
CREATE TABLE study_pages (
    name VARCHAR NOT NULL,
    made_from VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
