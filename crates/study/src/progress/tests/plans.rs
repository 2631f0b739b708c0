use super::*;

fn plan(progress: &Progress, days: i64) -> Vec<Day<'static>> {
    progress.plan(on(0), on(days), &COURSE)
}

fn lessons(day: &Day<'_>) -> Vec<&'static str> {
    let of = |study: &Study<'_>| COURSE.lessons.iter().find(|it| it.slug == study.lesson).unwrap();
    day.learn.iter().map(|study| &*of(study).slug).collect()
}

#[test]
fn a_week_has_all_lessons_in_order_and_ends_with_repeating() {
    let plan = plan(&Progress::default(), 7);
    assert_eq!(plan.iter().map(|day| day.at).collect::<Vec<_>>(), (0..7).map(on).collect::<Vec<_>>());
    let all: Vec<&str> = plan.iter().flat_map(lessons).collect();
    assert_eq!(all, COURSE.lessons.iter().map(|it| &*it.slug).collect::<Vec<_>>());
    for day in &plan[..5] {
        assert!((2..=3).contains(&day.learn.len()), "{day:?}");
    }
    assert!(plan[5].learn.is_empty() && plan[6].learn.is_empty());
    assert!(!plan[6].repeat.is_empty());
    assert_eq!(plan.iter().filter(|day| day.exam).map(|day| day.at).collect::<Vec<_>>(), [on(5)]);
    assert_eq!(plan[5].minutes, 40 + 2 * plan[5].repeat.len() as u32, "20 questions, two minutes each");
    let learned: u32 = plan.iter().flat_map(|day| &day.learn).map(|study| study.minutes).sum();
    assert_eq!(learned, COURSE.lessons.iter().map(|it| it.minutes as u32).sum::<u32>());
    assert!(learned > 12 * 45, "labs and questions take their time: {learned}");
    for (_, aim) in COURSE.objectives() {
        assert!(plan.iter().any(|day| day.repeat.contains(&&*aim.id)), "{} is never repeated", aim.id);
    }
}

#[test]
fn one_who_does_as_planned_knows_it_all_but_what_is_new() {
    let mut progress = Progress::default();
    let (first, _) = COURSE.objective("1.1").unwrap();
    let mut repeats = 0;
    for day in 0..10 {
        let plan = progress.plan(on(day), on(10), &COURSE);
        let today = plan.into_iter().find(|it| it.at == on(day));
        for id in today.iter().flat_map(|it| &it.repeat) {
            let card = progress.objectives[*id].then(Grade::Good, on(day));
            progress.objectives.insert((*id).to_owned(), card);
            repeats += 1;
        }
        for study in today.iter().flat_map(|it| &it.learn) {
            let lesson = COURSE.lessons.iter().find(|it| it.slug == study.lesson).unwrap();
            let new = lesson.objectives.iter().map(|aim| (aim.id.clone(), Card::first(Grade::Good, on(day))));
            progress.objectives.extend(new);
        }
    }
    assert!(repeats >= 108, "{repeats}");
    for (_, aim) in COURSE.objectives() {
        stands(&progress, &aim.id, 10, Standing::Solid);
    }
    assert!(progress.lesson(first, on(10), &COURSE).objectives.solid == 8);
}

#[test]
fn a_day_is_all_there_is() {
    let (id, objective) = asked(3);
    let [day] = &*after(&[(0, question(id, false))]).plan(on(0), on(1), &COURSE) else { panic!("one day") };
    assert_eq!(day.learn.len(), 12);
    assert_eq!(day.repeat, [objective]);
}

#[test]
fn a_mock_exam_is_planned_once_and_only_when_all_was_learned() {
    let mocks = |progress: &Progress, now: i64| {
        let plan = progress.plan(on(now), on(8), &COURSE);
        plan.iter().filter(|day| day.exam).map(|day| day.at).collect::<Vec<_>>()
    };
    assert_eq!(mocks(&Progress::default(), 6), [], "today everything is still to be learned");
    let all = COURSE.lessons.iter().flat_map(|it| &it.questions).map(|it| (0, question(&it.id, true)));
    let mut known = after(&all.collect::<Vec<_>>());
    assert_eq!((mocks(&known, 0), mocks(&known, 6), mocks(&known, 7)), (vec![on(6)], vec![on(6)], vec![]));
    known.exams.push(Exam { at: on(6), total: Score::default(), skills: BTreeMap::new() });
    assert_eq!((mocks(&known, 0), mocks(&known, 6)), (vec![on(6)], vec![]), "it was taken today");
}

#[test]
fn the_last_day_begins_with_what_went_wrong() {
    let (id, objective) = asked(11);
    let all = COURSE.lessons.iter().flat_map(|it| &it.questions).map(|it| (0, question(&it.id, true)));
    let mut deeds: Vec<(i64, Deed)> = all.collect();
    deeds.push((0, question(id, false)));
    let progress = after(&deeds);
    let plan = progress.plan(on(0), on(2), &COURSE);
    let last = plan.last().unwrap();
    assert_eq!((last.at, last.repeat[0]), (on(1), objective));
    assert!(last.repeat.len() > 100, "all was known on one day only");
}

#[test]
fn much_time_is_not_stretched_and_idle_days_are_left_out() {
    let plan = plan(&Progress::default(), 200);
    let last = plan.iter().rposition(|day| !day.learn.is_empty()).unwrap();
    assert!(plan[last].at < on(24));
    assert!(plan.len() < 100 && plan.iter().all(|day| day.minutes > 0));
    assert!(plan.iter().all(|day| day.at < on(200)));
}

#[test]
fn the_day_of_the_exam_and_what_is_past_have_no_plan() {
    let evening = |hours: i64| Timestamp::from_millis(on(7).as_millis() - hours * 3_600_000);
    assert_eq!(Progress::default().plan(evening(5), on(7), &COURSE).len(), 1);
    assert_eq!(Progress::default().plan(evening(29), on(7), &COURSE).len(), 2);
    assert!(plan(&Progress::default(), 0).is_empty() && plan(&Progress::default(), -3).is_empty());
    assert!(Progress::default().plan(on(0), on(3), &Index::default()).is_empty());
}
