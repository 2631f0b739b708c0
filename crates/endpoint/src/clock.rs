//! The service's time: this machine's, moved ahead at will.

use waxseal_api::Timestamp;

/// A clock that never goes back, unless it is made anew.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: i64,
    last: i64,
}

/// The furthest that a clock may be moved: the end of year 9999, in milliseconds since the epoch.
const LAST: i64 = 253_402_300_799_999;

/// What time it really is, in milliseconds since the epoch.
pub(crate) fn real() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

impl Clock {
    /// What time it is for the service.
    pub(crate) fn now(&mut self) -> Timestamp {
        self.last = self.last.max(real().saturating_add(self.ahead));
        Timestamp::from_millis(self.last)
    }

    /// How far ahead it would be after some more seconds. None when it cannot go there: back, or beyond year 9999.
    pub(crate) fn moved(&self, seconds: u64) -> Option<i64> {
        let millis = i64::try_from(seconds).ok()?.checked_mul(1000)?;
        let ahead = self.ahead.checked_add(millis)?;
        (real().checked_add(ahead)? <= LAST).then_some(ahead)
    }

    /// Moves it.
    pub(crate) fn set_ahead(&mut self, ahead: i64) {
        self.ahead = ahead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_ahead_and_never_back() {
        let mut clock = Clock::default();
        let first = clock.now();
        let ahead = clock.moved(86_400).unwrap();
        clock.set_ahead(ahead);
        let later = clock.now();
        assert!(later >= first.plus_days(1));
        clock.set_ahead(0);
        assert_eq!(clock.now(), later);
    }

    #[test]
    fn there_is_an_end_of_time() {
        assert_eq!(Clock::default().moved(u64::MAX), None);
        assert_eq!(Clock::default().moved(253_402_300_800), None);
    }
}
