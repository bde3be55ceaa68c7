//! The indexes of the shop: one for each key and each reference.

use super::{Customer, Note, Order, Staff};
use crate::error::{Violation, ViolationKind};
use crate::store::{IndexKey, Indexes, MultiIndex, RowId, Rows, UniqueIndex};

/// An index by one column.
macro_rules! index_key {
    ($name:ident, $row:ty, $key:ty, |$of:ident| $read:expr) => {
        pub(crate) struct $name;
        impl IndexKey for $name {
            type Row = $row;
            type Key<'a> = $key;
            fn key($of: &$row) -> Option<$key> {
                $read
            }
        }
    };
}

index_key!(CustomersId, Customer, i64, |row| Some(row.id));
index_key!(OrdersId, Order, i64, |row| Some(row.id));
index_key!(OrdersCustomerId, Order, i64, |row| Some(row.customer_id));
index_key!(StaffId, Staff, i32, |row| Some(row.id));
index_key!(ByBoss, Staff, i32, |row| row.boss);
index_key!(ByTeam, Staff, i32, |row| row.team);
index_key!(ByMentor, Staff, i32, |row| row.mentor);
index_key!(ByBuddy, Staff, i32, |row| row.buddy);

pub(crate) struct CustomersEmail;
impl IndexKey for CustomersEmail {
    type Row = Customer;
    type Key<'a> = &'a str;
    fn key(row: &Customer) -> Option<&str> {
        Some(&row.email)
    }
}

fn taken(table: &'static str, constraint: &str, detail: String) -> Option<Violation> {
    Some(Violation { kind: ViolationKind::Unique, table, constraint: constraint.to_owned(), detail })
}

#[derive(Default)]
pub(crate) struct CustomerIndexes {
    pub(super) id: UniqueIndex<CustomersId>,
    pub(super) email: UniqueIndex<CustomersEmail>,
}

impl Indexes<Customer> for CustomerIndexes {
    fn find(&self, rows: &Rows<Customer>, key: &i64) -> Option<RowId> {
        self.id.find(rows, *key)
    }
    fn conflict(&self, rows: &Rows<Customer>, row: &Customer, except: Option<RowId>) -> Option<Violation> {
        if self.id.find(rows, row.id).is_some_and(|id| Some(id) != except) {
            return taken("customers", "customers_pkey", format!("(id)=({})", row.id));
        }
        if self.email.find(rows, &row.email).is_some_and(|id| Some(id) != except) {
            return taken("customers", "customers_email_key", format!("(email)=({})", row.email));
        }
        None
    }
    fn insert(&mut self, rows: &Rows<Customer>, id: RowId, row: &Customer) {
        self.id.insert(rows, id, row);
        self.email.insert(rows, id, row);
    }
    fn remove(&mut self, id: RowId, row: &Customer) {
        self.id.remove(id, row);
        self.email.remove(id, row);
    }
    fn reserve(&mut self, additional: usize) {
        self.id.reserve(additional);
        self.email.reserve(additional);
    }
}

#[derive(Default)]
pub(crate) struct OrderIndexes {
    pub(super) id: UniqueIndex<OrdersId>,
    pub(super) customer_id: MultiIndex<OrdersCustomerId>,
}

impl Indexes<Order> for OrderIndexes {
    fn find(&self, rows: &Rows<Order>, key: &i64) -> Option<RowId> {
        self.id.find(rows, *key)
    }
    fn conflict(&self, rows: &Rows<Order>, row: &Order, except: Option<RowId>) -> Option<Violation> {
        if self.id.find(rows, row.id).is_some_and(|id| Some(id) != except) {
            return taken("orders", "orders_pkey", format!("(id)=({})", row.id));
        }
        None
    }
    fn insert(&mut self, rows: &Rows<Order>, id: RowId, row: &Order) {
        self.id.insert(rows, id, row);
        self.customer_id.insert(rows, id, row);
    }
    fn remove(&mut self, id: RowId, row: &Order) {
        self.id.remove(id, row);
        self.customer_id.remove(id, row);
    }
    fn reserve(&mut self, additional: usize) {
        self.id.reserve(additional);
        self.customer_id.reserve(additional);
    }
}

#[derive(Default)]
pub(crate) struct StaffIndexes {
    pub(super) id: UniqueIndex<StaffId>,
    pub(super) boss: MultiIndex<ByBoss>,
    pub(super) team: MultiIndex<ByTeam>,
    pub(super) mentor: MultiIndex<ByMentor>,
    pub(super) buddy: MultiIndex<ByBuddy>,
}

impl Indexes<Staff> for StaffIndexes {
    fn find(&self, rows: &Rows<Staff>, key: &i32) -> Option<RowId> {
        self.id.find(rows, *key)
    }
    fn conflict(&self, rows: &Rows<Staff>, row: &Staff, except: Option<RowId>) -> Option<Violation> {
        if self.id.find(rows, row.id).is_some_and(|id| Some(id) != except) {
            return taken("staff", "staff_pkey", format!("(id)=({})", row.id));
        }
        None
    }
    fn insert(&mut self, rows: &Rows<Staff>, id: RowId, row: &Staff) {
        self.id.insert(rows, id, row);
        self.boss.insert(rows, id, row);
        self.team.insert(rows, id, row);
        self.mentor.insert(rows, id, row);
        self.buddy.insert(rows, id, row);
    }
    fn remove(&mut self, id: RowId, row: &Staff) {
        self.id.remove(id, row);
        self.boss.remove(id, row);
        self.team.remove(id, row);
        self.mentor.remove(id, row);
        self.buddy.remove(id, row);
    }
    fn reserve(&mut self, additional: usize) {
        self.id.reserve(additional);
    }
}

#[derive(Default)]
pub(crate) struct NoteIndexes;

impl Indexes<Note> for NoteIndexes {
    fn find(&self, _: &Rows<Note>, (): &()) -> Option<RowId> {
        None
    }
    fn conflict(&self, _: &Rows<Note>, _: &Note, _: Option<RowId>) -> Option<Violation> {
        None
    }
    fn insert(&mut self, _: &Rows<Note>, _: RowId, _: &Note) {}
    fn remove(&mut self, _: RowId, _: &Note) {}
    fn reserve(&mut self, _: usize) {}
}
