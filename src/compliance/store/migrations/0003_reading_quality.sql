-- How well each file was read; NULL for documents read before this was measured.

ALTER TABLE documents ADD COLUMN quality STRUCT(
    read_share DOUBLE,
    ocr_pages INTEGER,
    tables INTEGER,
    cipher_pages INTEGER[],
    columns INTEGER,
    warnings STRUCT(code VARCHAR, page INTEGER, detail VARCHAR)[]
);
