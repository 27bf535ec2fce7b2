-- A finding says which task it answers (before: `analyser`), by which method, and for another's words whose they are
-- (before: the reference of its first evidence). An observation that no cue of a rule file names has a code (before: a
-- word in `reference`). A block says where it is in its file.

ALTER TABLE blocks ADD COLUMN anchor VARCHAR;

DROP VIEW finding_evidence;

CREATE MACRO evidence_code(reference) AS CASE
    WHEN reference IN (
        'task', 'measures', 'vision', 'amount_in_row', 'others_words', 'name', 'own_name', 'own_figure', 'quotation',
        'named_title', 'boxed', 'period', 'samfunnsdel', 'no_digital_passage'
    ) THEN reference
    WHEN reference LIKE 'default.%' THEN 'default_level'
    WHEN reference LIKE 'level.%' THEN 'level_read'
    WHEN reference LIKE 'shared_by_%' THEN 'shared_by'
    WHEN reference LIKE 'profile.%' THEN 'profile'
    WHEN reference LIKE 'under.%' THEN 'under_heading'
END;

-- What is left of the reference beside its code: a level, a number, a cue's id; most often nothing.
CREATE MACRO evidence_rest(reference) AS CASE
    WHEN evidence_code(reference) IS NULL THEN reference
    WHEN evidence_code(reference) = 'shared_by' THEN substring(reference, 11)
    WHEN contains(reference, '.') THEN substring(reference, strpos(reference, '.') + 1)
    ELSE ''
END;

-- Terms, headings' texts and passage ids are no codes, whatever they read.
CREATE MACRO convert_evidence(evidence) AS list_transform(evidence, lambda item: {
    'kind': item.kind,
    'reference': CASE
        WHEN item.kind = 'heading' AND item.reference NOT IN ('measures', 'vision') THEN item.reference
        WHEN item.kind IN ('term', 'wording', 'example') THEN item.reference
        ELSE evidence_rest(item.reference)
    END,
    'score': item.score,
    'start': item."start",
    'end': item."end",
    'against': item.against,
    'code': CASE
        WHEN item.kind = 'heading' AND item.reference NOT IN ('measures', 'vision') THEN NULL
        WHEN item.kind IN ('term', 'wording', 'example') THEN NULL
        ELSE evidence_code(item.reference)
    END
});

ALTER TABLE findings RENAME COLUMN analyser TO task;
ALTER TABLE findings ADD COLUMN method VARCHAR;
ALTER TABLE findings ADD COLUMN source VARCHAR;

-- Rules named the values that a goal's score was made of, the model what each number added in logits; nothing else had
-- features, and the model always has. From now on both say what was added.
UPDATE findings SET method = CASE
    WHEN len(features) = 0 OR list_contains(list_transform(features, lambda item: item.name), 'own') THEN 'rules'
    ELSE 'model'
END;
UPDATE findings SET features = list_transform(features, lambda item: {
    'name': item.name,
    'value': item."value" * CASE item.name
        WHEN 'own' THEN 4.4 WHEN 'above' THEN 1.3 WHEN 'near' THEN 1.6 WHEN 'meaning' THEN 1.7 WHEN 'heading' THEN -0.5
        WHEN 'against' THEN -1.1
    END
}) WHERE method = 'rules';
UPDATE findings SET source = evidence[1].reference, evidence = evidence[2:] WHERE task = 'borrowed';

ALTER TABLE findings ALTER evidence SET DATA TYPE STRUCT(
    kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN, code VARCHAR
)[] USING convert_evidence(evidence);
ALTER TABLE facts ALTER evidence SET DATA TYPE STRUCT(
    kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN, code VARCHAR
)[] USING convert_evidence(evidence);
ALTER TABLE reuse_spans ALTER evidence SET DATA TYPE STRUCT(
    kind VARCHAR, reference VARCHAR, score DOUBLE, "start" INTEGER, "end" INTEGER, against BOOLEAN, code VARCHAR
)[] USING convert_evidence(evidence);

-- «definition» is the code of an answer to «Hva er X?» where words are another's, and a cue of the levels elsewhere.
UPDATE findings SET evidence = list_transform(evidence, lambda item: CASE
    WHEN item.kind = 'rule' AND item.reference = 'definition'
    THEN struct_pack(kind := item.kind, reference := '', score := item.score, "start" := item."start",
                     "end" := item."end", against := item.against, code := 'definition')
    ELSE item
END) WHERE task = 'borrowed';
UPDATE findings SET task = 'attribution' WHERE task = 'borrowed';

DROP MACRO convert_evidence;
DROP MACRO evidence_rest;
DROP MACRO evidence_code;

-- One row per observation, with the words it rests on; quote is NULL where it is about the whole passage.
CREATE VIEW finding_evidence AS
SELECT f.document_id, d.name, f.passage_id, p.pages[1] AS page, f.task, f.method, f.label, f.score, f.source,
       e.kind, e.reference, e.code, e.score AS strength, e.against,
       substring(d.text, e."start" + 1, e."end" - e."start") AS quote, p.text AS passage
FROM (
    SELECT document_id, passage_id, task, method, label, score, source, unnest(evidence) AS e FROM findings
) f
JOIN documents d ON d.id = f.document_id
JOIN passages p ON p.id = f.passage_id;
