//! How fast a job goes and how long it will take, from what was measured and nothing else.

use crate::words::{size, wait};

/// Measurements of one job. Times are milliseconds on a clock that only goes forward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    /// Bytes of the input that have been worked on and verified.
    pub(crate) done: u64,
    /// Bytes of the input.
    pub(crate) total: u64,
    started: f64,
    measured: (f64, u64),
    /// Bytes a second, smoothed.
    rate: Option<f64>,
}

/// How much a new measurement counts against all before it.
const WEIGHT: f64 = 0.3;
/// Milliseconds between two measurements of the rate.
const INTERVAL: f64 = 250.0;
/// Milliseconds before a rate is worth telling.
const PATIENCE: f64 = 1000.0;

impl Pace {
    /// Nothing done yet of so many bytes.
    pub(crate) fn new(now: f64, total: u64) -> Self {
        Self { done: 0, total, started: now, measured: (now, 0), rate: None }
    }

    /// So many bytes have been verified by now.
    pub(crate) fn at(self, now: f64, done: u64, total: u64) -> Self {
        let (then, before) = self.measured;
        if now - then < INTERVAL {
            return Self { done, total, ..self };
        }
        let fresh = done.saturating_sub(before) as f64 / (now - then) * 1000.0;
        let rate = self.rate.map_or(fresh, |rate| rate + (fresh - rate) * WEIGHT);
        Self { done, total, measured: (now, done), rate: Some(rate), ..self }
    }

    /// Work that was held up goes on; the time between does not count.
    pub(crate) fn resumed(self, now: f64) -> Self {
        Self { measured: (now, self.done), ..self }
    }

    /// `31.5 MB of 52.4 MB`
    pub(crate) fn amount(&self) -> String {
        format!("{} of {}", size(self.done), size(self.total))
    }

    /// Bytes a second, once that can be told.
    pub(crate) fn rate(&self) -> Option<f64> {
        self.rate.filter(|rate| self.measured.0 - self.started >= PATIENCE && *rate > 0.0)
    }

    /// `31.5 MB of 52.4 MB · 120.0 MB a second · about 2 seconds left`
    pub(crate) fn words(&self) -> String {
        let amount = self.amount();
        match self.rate() {
            None => amount,
            Some(rate) => {
                let left = self.total.saturating_sub(self.done) as f64 / rate;
                format!("{amount} · {} a second · {} left", size(rate as u64), wait(left))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_nothing_about_time_before_it_knows() {
        let pace = Pace::new(0.0, 1_000_000).at(100.0, 50_000, 1_000_000);
        assert_eq!(pace.words(), "50.0 kB of 1.0 MB");
        assert_eq!(pace.at(400.0, 100_000, 1_000_000).rate(), None);
    }

    #[test]
    fn a_steady_job_has_a_steady_rate() {
        let pace = (1..=8).fold(Pace::new(0.0, 8_000_000), |pace, n| {
            pace.at(f64::from(n) * 250.0, u64::from(n as u32) * 500_000, 8_000_000)
        });
        assert_eq!(pace.words(), "4.0 MB of 8.0 MB · 2.0 MB a second · about 2 seconds left");
    }

    #[test]
    fn a_pause_does_not_count() {
        let pace = Pace::new(0.0, 8_000_000).at(1000.0, 4_000_000, 8_000_000);
        let paused = pace.resumed(61_000.0);
        assert_eq!((paused.rate(), paused.amount()), (pace.rate(), "4.0 MB of 8.0 MB".to_owned()));
        assert_eq!(paused.at(61_250.0, 5_000_000, 8_000_000).rate(), Some(4_000_000.0));
    }

    #[test]
    fn a_stalled_job_grows_slower_and_does_not_lie() {
        let mut pace = Pace::new(0.0, 8_000_000).at(1000.0, 4_000_000, 8_000_000);
        let before = pace.rate().unwrap();
        pace = pace.at(3000.0, 4_000_000, 8_000_000);
        assert!(pace.rate().unwrap() < before);
        assert_eq!(pace.done, 4_000_000);
    }
}
