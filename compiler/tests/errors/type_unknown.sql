CREATE TABLE t (
    a STRING,
    b tinyint,
    c DATETIME,
    d integr,
    e DOUBLE,
    f order_state,
    g status NOT NULL,
    h json,
    i text[],
    j TIMESTAMP(3) WITH TIME ZONE,
    k NUMERIC(40, 2),
    l NUMERIC(4, 6),
    m VARCHAR(0),
    n INT(11),
    o TIMETZ,
    p INTERVAL YEAR TO MONTH,
    q ENUM('a', 'b'),
    r FLOAT(60),
    s money,
    t other.thing,
    u jsn,
    v numeric(0)
);
CREATE TYPE order_status AS ENUM ('new');
CREATE TYPE status AS ENUM ('new');
