//! The first walk, played.

use waxseal_lessons::{guide, guide_problems};

#[test]
fn every_station_is_done_by_its_line_and_says_what_is_so() {
    let guide = guide().unwrap();
    assert_eq!(guide_problems(&guide).unwrap(), Vec::<String>::new());
}

/// A check that would let anything pass is seen: each of these changes makes a good walk bad.
#[test]
fn what_is_wrong_with_a_walk_is_said() {
    let good = guide().unwrap();
    let spoil = |change: &dyn Fn(&mut waxseal_study::Guide)| {
        let mut copy = good.clone();
        copy.stations.truncate(3);
        change(&mut copy);
        guide_problems(&copy).unwrap().join("\n")
    };
    assert_eq!(spoil(&|_| ()), "");
    let early = spoil(&|it| it.stations[1].check = "now".to_owned());
    assert!(early.contains("letter is done before its line has run"), "{early}");
    let never = spoil(&|it| it.stations[2].check = "files[?name=='other']".to_owned());
    assert!(never.contains("pair is not done by its line"), "{never}");
    let untrue = spoil(&|it| it.stations[2].shows.push("length(files) == `9`".to_owned()));
    assert!(untrue.contains("pair does not show length(files)"), "{untrue}");
    let unproved = spoil(&|it| it.stations[2].after.push_str(" And 181 bytes more."));
    assert!(unproved.contains("nothing proves the number 181"), "{unproved}");
    let long = spoil(&|it| it.lead.push_str(&"word ".repeat(350)));
    assert!(long.contains("not three minutes"), "{long}");
}
