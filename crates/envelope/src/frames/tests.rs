use super::*;

fn framing(frame_length: u32) -> Framing {
    Framing { message_id: vec![7; 32], frame_length: Some(frame_length) }
}

#[test]
fn a_sequence_number_that_would_be_the_end_marker_is_never_a_regular_frame() {
    let mut frames = framing(16).write_from(u32::MAX - 1);
    assert_eq!(frames.frame(16, false).unwrap().sequence, u32::MAX - 1);
    assert_eq!(frames.frame(16, false), Err(Error::TooManyFrames));
    assert_eq!(frames.frame(16, true).unwrap().sequence, u32::MAX);
    assert_eq!(frames.frame(0, true), Err(Error::Ended));
}

#[test]
fn only_the_last_frame_may_be_short() {
    let mut frames = framing(16).write_from(1);
    for (length, last) in [(0, false), (15, false), (17, false), (17, true)] {
        assert_eq!(frames.frame(length, last), Err(Error::FramePlaintext { frame: 1, length }));
    }
    assert!(frames.frame(16, false).is_ok());
    assert!(frames.frame(0, true).is_ok());
}

#[test]
fn a_message_without_frames_is_not_written() {
    let framing = Framing { frame_length: None, ..framing(16) };
    assert_eq!(framing.write_from(1).frame(16, true), Err(Error::FramePlaintext { frame: 1, length: 16 }));
}

#[test]
fn frames_that_do_not_fit_into_memory() {
    let length = u64::from(MAX_FRAME_LENGTH) + 1;
    let too_large = |length| Err(Error::FrameTooLarge { frame: 1, length });
    let next = |prefix: Vec<u8>| framing(u32::MAX).read_from(1).next_frame(&prefix);
    assert_eq!(next(body::prefix(1, 0, false)), too_large(u32::MAX.into()));
    assert_eq!(next(body::prefix(1, MAX_FRAME_LENGTH + 1, true)), too_large(length));
    assert!(matches!(next(body::prefix(1, MAX_FRAME_LENGTH, true)), Ok(Next::Frame(_))));
    assert!(matches!(next(body::prefix(1, 5, true)), Ok(Next::Frame(_))));
}

#[test]
fn the_highest_sequence_number_is_that_of_a_last_frame() {
    let mut frames = framing(16).read_from(u32::MAX);
    let last = body::prefix(u32::MAX, 3, true);
    assert!(matches!(frames.next_frame(&last), Ok(Next::Frame(FrameHead { last: true, .. }))));
    assert_eq!(frames.next_frame(&last), Ok(Next::End));
}

/// Whoever begins in the middle says of each frame what was said by who began with the first.
#[test]
fn the_same_from_any_frame_on() {
    let framing = framing(16);
    let lengths = [16, 16, 16, 5];
    let write = |first: u32| -> Vec<_> {
        let mut frames = framing.write_from(first);
        (first..=4).map(|n| frames.frame(lengths[n as usize - 1], n == 4).unwrap()).collect()
    };
    let read = |first: u32| -> Vec<_> {
        let mut frames = framing.read_from(first);
        write(first).iter().map(|plan| frames.next_frame(&plan.prefix).unwrap()).collect()
    };
    let (written, heads) = (write(1), read(1));
    for (plan, head) in written.iter().zip(&heads) {
        let Next::Frame(head) = head else { panic!("{head:?}") };
        assert_eq!((plan.sequence, plan.nonce, &plan.aad), (head.sequence, head.nonce, &head.aad));
    }
    for first in 2..=4 {
        assert_eq!(write(first), written[first as usize - 1..], "{first}");
        assert_eq!(read(first), heads[first as usize - 1..], "{first}");
    }
    assert_eq!(
        framing.read_from(2).next_frame(&written[0].prefix),
        Err(Error::FrameOrder { frame: 2, found: 1 })
    );
}

#[test]
fn what_others_have_read_is_taken_in_its_order() {
    let mut frames = framing(16).read_from(1);
    frames.opened_elsewhere(3, false).unwrap();
    assert_eq!(frames.opened_elsewhere(3, false), Err(Error::OutOfTurn { frame: 3, expected: 4 }));
    assert_eq!(frames.finish(0), Err(Error::Truncated { frame: Some(4) }));
    frames.next_frame(&body::prefix(4, 0, false)).unwrap();
    assert_eq!(frames.opened_elsewhere(5, true), Err(Error::OutOfTurn { frame: 5, expected: 4 }));
    frames.opened(4).unwrap();
    frames.opened_elsewhere(7, true).unwrap();
    assert_eq!((frames.verified(), frames.has_ended()), (7, true));
    assert_eq!(frames.finish(0), Ok(()));
    assert_eq!(frames.finish(2), Err(Error::TrailingBytes { count: 2 }));
    assert_eq!(frames.opened_elsewhere(8, true), Err(Error::Ended));
}
