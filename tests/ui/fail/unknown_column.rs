mod live {
    cosmictron::cosmictron_query! {
        schema "../schema.sql";
        query revenue = "
            SELECT SUM(totl) AS revenue
            FROM orders";
    }
}

fn main() {}
