-- Where each document's file lay, so that a changed file takes the place of its earlier version and of no other;
-- NULL for documents of earlier versions of the program.

ALTER TABLE documents ADD COLUMN path VARCHAR;

-- Files over a limit of time or memory, or that ended their process twice: not tried again by themselves.

CREATE TABLE given_up (
    sha256 VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
