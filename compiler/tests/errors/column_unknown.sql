CREATE TABLE t (
    id INT,
    created_at TIMESTAMPTZ,
    PRIMARY KEY (idd),
    UNIQUE (created),
    FOREIGN KEY (x) REFERENCES t (id)
);
CREATE INDEX ON t (created_att DESC);
