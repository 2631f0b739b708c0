//! What will happen by itself.

use waxseal_api::{
    Timestamp,
    sandbox::{Event, Upcoming},
};

use crate::state::{KeyRecord, Matter, State, Status};

/// What is on the agenda, the earliest first: of each thing what happens to it next.
pub fn upcoming(state: &State) -> impl Iterator<Item = Upcoming> {
    state.due_until(Timestamp::from_millis(i64::MAX)).map(|(at, matter)| {
        let (event, resource) = match matter {
            Matter::Key(arn) => {
                let key = state.at(*at).recorded_key(arn);
                (key.map_or(Event::Readiness, |key| event(key, *at)), arn.to_string())
            }
            Matter::KeyStore(_, id) => (Event::Readiness, id.clone()),
            Matter::WrappingKey(arn, _) => (Event::WrappingKeyExpiry, arn.to_string()),
        };
        Upcoming { at: *at, event, resource }
    })
}

fn event(key: &KeyRecord, at: Timestamp) -> Event {
    match key.status {
        Status::PendingDeletion { deletion_date } if deletion_date == at => Event::Deletion,
        _ if key.status.end() == Some(at) => Event::Readiness,
        _ if key.next_expiry() == Some(at) => Event::Expiry,
        _ => Event::Rotation,
    }
}
