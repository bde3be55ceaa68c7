-- name: documents
SELECT id, j AS j, j::text AS text, j -> 'a' AS field, j ->> 't' AS field_text, j -> 'a' ->> 'b' AS deep, j -> 1 AS element, j -> -1 AS last,
       j ->> 1 AS element_text, j ? 'a' AS has, j ? 'two' AS has_text, j @> k AS contains, k <@ j AS contained, JSONB_TYPEOF(j) AS kind,
       CASE WHEN JSONB_TYPEOF(j) = 'array' THEN JSONB_ARRAY_LENGTH(j) END AS length, j = k AS eq, j < k AS lt,
       (j ->> 'n')::numeric AS number
FROM docs ORDER BY id;

-- name: ordered_documents
SELECT j, id FROM docs ORDER BY j, id;

-- name: grouped_documents
SELECT j -> 'a' AS a, COUNT(*) AS n FROM docs GROUP BY 1 ORDER BY 1;

-- name: bytes
SELECT id, by AS by, by || by2 AS joined, LENGTH(by) AS len, OCTET_LENGTH(by) AS octets, by::text AS text, by < by2 AS lt, by = by2 AS eq,
       by >= '\x61' AS ge
FROM docs ORDER BY id;

-- name: ordered_bytes
SELECT by, id FROM docs ORDER BY by DESC, id;

-- name: uuids
SELECT id, u AS u, u::text AS text, u = 'ffffffff-ffff-ffff-ffff-ffffffffffff' AS eq, u < 'aaaaaaaa-0000-0000-0000-000000000000' AS lt
FROM docs ORDER BY u, id;

-- name: by_uuid
SELECT u, COUNT(*) AS n, COUNT(DISTINCT by) AS by FROM docs GROUP BY u ORDER BY u NULLS FIRST;
