//! Finding things by name, and what to say when they are not there.

use cosmictron_types::suggest::nearest;

use crate::error::Error;

/// How many names a message lists.
const LISTED: usize = 12;

/// The position of a name.
///
/// # Errors
/// [`Error::Input`] with the nearest name, or all of them.
pub(super) fn position<'a>(
    what: &str,
    plural: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<usize, Error> {
    if let Some(at) = names.clone().position(|other| other == name) {
        return Ok(at);
    }
    Err(Error::Input(format!("there is no {what} {name:?}{}", instead(plural, name, names))))
}

/// What may have been meant, as the end of a message.
pub(super) fn instead<'a>(plural: &str, name: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(name, names.clone()) {
        return format!(", did you mean {near:?}?");
    }
    let count = names.clone().count();
    if count == 0 {
        return format!(": there are no {plural}");
    }
    let listed: Vec<String> = names.take(LISTED).map(|name| format!("{name:?}")).collect();
    let more = if count > LISTED { ", …" } else { "" };
    format!(": the {plural} are {}{more}", listed.join(", "))
}
