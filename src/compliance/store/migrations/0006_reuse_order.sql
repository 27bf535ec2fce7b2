-- By what it is known which of two texts with the same wording was first. Earlier runs do not tell of municipal ones.

ALTER TABLE reuse_spans ADD COLUMN "order" VARCHAR DEFAULT 'unknown';
UPDATE reuse_spans SET "order" = 'national' WHERE source_kind <> 'municipality';
