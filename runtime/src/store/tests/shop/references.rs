//! The foreign keys of the shop.

use super::{Customer, Order, Shop, Staff, Tables};
use crate::store::{ForeignKey, OnDelete, RowId};

pub(crate) struct OrdersCustomer;

impl ForeignKey for OrdersCustomer {
    type Child = Order;
    type Parent = Customer;
    type Schema = Shop;
    const NAME: &'static str = "orders_customer_id_fkey";
    const ON_DELETE: OnDelete = OnDelete::Cascade;

    fn satisfied(tables: &Tables, child: &Order) -> bool {
        tables.customers.find(&child.customer_id).is_some()
    }
    fn same_reference(old: &Order, new: &Order) -> bool {
        old.customer_id == new.customer_id
    }
    fn same_referenced(old: &Customer, new: &Customer) -> bool {
        old.id == new.id
    }
    fn children(tables: &Tables, parent: &Customer) -> Vec<RowId> {
        let orders = &tables.orders;
        orders.indexes().customer_id.matches(orders.rows(), parent.id).map(|(id, _)| id).collect()
    }
    fn first_child<'t>(tables: &'t Tables, parent: &'t Customer) -> Option<&'t Order> {
        let orders = &tables.orders;
        orders.indexes().customer_id.matches(orders.rows(), parent.id).map(|(_, row)| row).next()
    }
    fn clear(_: &mut Order) {}
    fn describe(child: &Order) -> String {
        format!("(customer_id)=({})", child.customer_id)
    }
}

/// A reference from `staff` to itself.
macro_rules! staff_reference {
    ($name:ident, $column:ident, $action:ident) => {
        pub(crate) struct $name;
        impl ForeignKey for $name {
            type Child = Staff;
            type Parent = Staff;
            type Schema = Shop;
            const NAME: &'static str = concat!("staff_", stringify!($column), "_fkey");
            const ON_DELETE: OnDelete = OnDelete::$action;

            fn satisfied(tables: &Tables, child: &Staff) -> bool {
                child.$column.is_none_or(|id| tables.staff.find(&id).is_some())
            }
            fn same_reference(old: &Staff, new: &Staff) -> bool {
                old.$column == new.$column
            }
            fn same_referenced(old: &Staff, new: &Staff) -> bool {
                old.id == new.id
            }
            fn children(tables: &Tables, parent: &Staff) -> Vec<RowId> {
                let staff = &tables.staff;
                staff.indexes().$column.matches(staff.rows(), parent.id).map(|(id, _)| id).collect()
            }
            fn first_child<'t>(tables: &'t Tables, parent: &'t Staff) -> Option<&'t Staff> {
                let staff = &tables.staff;
                staff.indexes().$column.matches(staff.rows(), parent.id).map(|(_, row)| row).next()
            }
            fn clear(child: &mut Staff) {
                if matches!(Self::ON_DELETE, OnDelete::SetNull) {
                    child.$column = None;
                }
            }
            fn describe(child: &Staff) -> String {
                let key = child.$column.map_or_else(String::new, |id| id.to_string());
                format!("({})=({key})", stringify!($column))
            }
        }
    };
}

staff_reference!(StaffBoss, boss, SetNull);
staff_reference!(StaffTeam, team, Cascade);
staff_reference!(StaffMentor, mentor, NoAction);
staff_reference!(StaffBuddy, buddy, Restrict);
