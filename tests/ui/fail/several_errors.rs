mod live {
    cosmictron::cosmictron_query! {
        schema "../schema.sql";
        query by_status = "SELECT status, id FROM orders GROUP BY status";
        query clock = r"SELECT id, NOW() AS now FROM orders";
        query fine = "SELECT COUNT(*) AS orders FROM orders";
    }
}

fn main() {}
