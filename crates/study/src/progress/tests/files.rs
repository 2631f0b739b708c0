use super::*;

fn full() -> Progress {
    let lesson = &COURSE.lessons[3];
    after(&[
        (0, step(&lesson.slug, &lesson.steps[0].id)),
        (0, lab(&lesson.labs[0].id, 2, false)),
        (1, lab(&lesson.labs[1].id, 0, true)),
        (1, question(asked(3).0, true)),
        (2, Deed::Exam { answers: vec![(asked(5).0.to_owned(), true), (asked(6).0.to_owned(), false)] }),
        (2, Deed::Date(Some(on(9)))),
    ])
}

#[track_caller]
fn refused(text: &str, part: &str) {
    let error = Progress::from_text(text).unwrap_err().to_string();
    assert!(error.contains(part), "{error}");
}

#[test]
fn what_is_written_is_read() {
    for progress in [Progress::default(), full()] {
        assert_eq!(Progress::from_text(&progress.to_text()).unwrap(), progress);
    }
    let Contents { steps, labs, questions, exams, last } = full().contents();
    assert_eq!((steps, labs, questions, exams, last), (1, 1, 3, 1, Some(on(2))));
}

/// Files of people are read for as long as there is this page.
#[test]
fn the_file_of_version_1_is_read_and_described() {
    let text = include_str!("../../../../../tests/vectors/progress-1.json");
    let progress = Progress::from_text(text).unwrap();
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&progress.to_text()), json(text));
    assert_eq!(
        progress.contents(),
        Contents { steps: 2, labs: 1, questions: 1, exams: 1, last: Some(on(2)) }
    );
    let indented: String = text.lines().map(|line| format!("    {line}\n")).collect();
    assert!(include_str!("../../../../../docs/progress-file.md").contains(&indented));
}

#[test]
fn other_files_and_newer_ones_are_refused() {
    for text in ["", "{}", "[1]", "PK\u{3}\u{4}", r#"{"format":"other","version":1}"#] {
        refused(text, "not a file of progress");
    }
    let newer = full().to_text().replace("\"version\":1", "\"version\":2");
    assert_eq!(Progress::from_text(&newer), Err(ImportError::Newer(2)));
    refused(&newer, "version 2");
    assert_eq!(Progress::from_text(&" ".repeat(LONGEST + 1)), Err(ImportError::TooLong));
}

#[test]
fn a_file_that_was_cut_anywhere_is_refused() {
    let text = full().to_text();
    for end in 0..text.len() {
        let error = Progress::from_text(&text[..end]).unwrap_err();
        assert!(matches!(error, ImportError::Damaged(_)) == (end >= 27), "{end}: {error}");
    }
}

#[test]
fn what_cannot_have_come_about_is_refused() {
    let text = full().to_text();
    let card =
        serde_json::to_value(full()).unwrap()["objectives"].as_object().unwrap().values().next().cloned();
    let stability = card.unwrap()["stability"].to_string();
    for (part, other, why) in [
        (&*stability, "-1.0", "out of their bounds"),
        (&*stability, "1e300", "out of their bounds"),
        (&*stability, "null", "invalid type"),
        ("\"right\":1,\"of\":2", "\"right\":3,\"of\":2", "more answers"),
        ("\"at\":1795892400", "\"at\":-5", "point in time"),
        ("\"at\":1795892400", "\"at\":1e300", "point in time"),
        ("\"version\":1", "\"version\":0", "version 0"),
        ("\"version\":1", "\"version\":\"1\"", "invalid type"),
        ("\"exams\":[", "\"exams\":{},\"other\":[", "invalid type"),
    ] {
        let changed = text.replacen(part, other, 1);
        assert_ne!(changed, text, "{part}");
        refused(&changed, why);
    }
}
