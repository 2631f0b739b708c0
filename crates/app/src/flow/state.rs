//! Where the reader of a story is.

use std::rc::Rc;

use yew::Reducible;

/// A place in a story of at least one step, and whether it moves on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Player {
    /// The step shown, from 0.
    pub(crate) at: usize,
    /// The last step.
    pub(crate) last: usize,
    /// Whether it moves on by itself.
    pub(crate) playing: bool,
}

/// What a reader can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// One step on.
    Next,
    /// One step back.
    Back,
    /// To the first step.
    First,
    /// To the last step.
    Last,
    /// To this step.
    To(usize),
    /// Start or stop moving by itself; from the end it starts over.
    PlayOrPause,
    /// The time of a step is over.
    Tick,
}

impl Player {
    /// At a step of the story, unless the address asks for another one (counted from 1).
    pub(crate) fn new(start: usize, last: usize, asked: Option<usize>) -> Self {
        let at = asked.map_or(start, |step| step.saturating_sub(1));
        Self { at: at.min(last), last, playing: false }
    }

    /// After one move. Every move by hand stops the playing.
    pub(crate) fn after(self, action: Move) -> Self {
        let stopped = Self { playing: false, ..self };
        match action {
            Move::Next => Self { at: (self.at + 1).min(self.last), ..stopped },
            Move::Back => Self { at: self.at.saturating_sub(1), ..stopped },
            Move::First => Self { at: 0, ..stopped },
            Move::Last => Self { at: self.last, ..stopped },
            Move::To(at) => Self { at: at.min(self.last), ..stopped },
            Move::PlayOrPause if self.playing => stopped,
            Move::PlayOrPause if self.at == self.last => Self { at: 0, playing: self.last > 0, ..self },
            Move::PlayOrPause => Self { playing: true, ..self },
            Move::Tick if !self.playing => self,
            Move::Tick => {
                let at = (self.at + 1).min(self.last);
                Self { at, playing: at < self.last, ..self }
            }
        }
    }
}

impl Reducible for Player {
    type Action = Move;

    fn reduce(self: Rc<Self>, action: Move) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

/// What a key on the keyboard does while the focus is inside the story.
pub(crate) fn key_move(key: &str) -> Option<Move> {
    match key {
        "ArrowRight" | "ArrowDown" => Some(Move::Next),
        "ArrowLeft" | "ArrowUp" => Some(Move::Back),
        "Home" => Some(Move::First),
        "End" => Some(Move::Last),
        " " => Some(Move::PlayOrPause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: Player, moves: &[Move], at: usize, playing: bool) {
        let player = moves.iter().fold(from, |player, action| player.after(*action));
        assert_eq!((player.at, player.playing), (at, playing), "{moves:?}");
    }

    #[test]
    fn starts_where_the_address_says() {
        assert_eq!(Player::new(0, 7, None).at, 0);
        assert_eq!(Player::new(7, 7, Some(3)).at, 2);
        assert_eq!(Player::new(7, 7, Some(0)).at, 0);
        assert_eq!(Player::new(0, 7, Some(99)).at, 7);
    }

    #[test]
    fn stays_within_the_story() {
        let player = Player::new(0, 2, None);
        check(player, &[Move::Back], 0, false);
        check(player, &[Move::Next, Move::Next, Move::Next], 2, false);
        check(player, &[Move::Last], 2, false);
        check(player, &[Move::To(9)], 2, false);
        check(player, &[Move::To(1), Move::First], 0, false);
    }

    #[test]
    fn plays_to_the_end_and_stops() {
        let player = Player::new(2, 2, None);
        check(player, &[Move::PlayOrPause], 0, true);
        check(player, &[Move::PlayOrPause, Move::Tick], 1, true);
        check(player, &[Move::PlayOrPause, Move::Tick, Move::Tick], 2, false);
        check(player, &[Move::Tick], 2, false);
    }

    #[test]
    fn a_hand_on_it_stops_the_playing() {
        let player = Player::new(0, 3, None);
        check(player, &[Move::PlayOrPause, Move::Next], 1, false);
        check(player, &[Move::PlayOrPause, Move::PlayOrPause], 0, false);
    }

    #[test]
    fn a_story_of_one_step_does_not_play() {
        check(Player::new(0, 0, None), &[Move::PlayOrPause], 0, false);
    }
}
