//! The map of lessons, and the pages of exam and review.

use std::fmt::Write as _;

use waxseal_study::{
    Lesson,
    words::{PageWord, fill},
};

use super::{
    course::{Course, Tongue},
    head,
    markdown::alive,
};

/// The map of lessons.
pub(super) fn map(course: &Course, tongue: &Tongue) -> String {
    let say = |word: PageWord| tongue.page(word);
    let title = say(PageWord::PageTitle);
    let mut out = head(tongue, title, say(PageWord::PageAbout));
    out += "<div class=\"page course\">";
    let elsewhere = course.elsewhere(tongue, "", " ");
    if !elsewhere.is_empty() {
        let _ = write!(out, "<p class=\"label\">{}</p>", elsewhere.trim_start());
    }
    let _ = write!(
        out,
        "<h1>{title}</h1><p class=\"actions\"><a class=\"button primary\" {}>{}</a></p>",
        course.link(tongue, "start"),
        say(PageWord::PageStart)
    );
    out += &lead(course, tongue);
    for lesson in &course.lessons {
        entry(&mut out, course, tongue, lesson);
    }
    out += "</ol><div class=\"alive\" id=\"exam-plan\" data-alive=\"plan\"></div><div class=\"alive\" data-alive=\"keep\"></div>";
    out + "</div>\n"
}

/// What the course has, the ways to review and exam, and the beginning of the list.
fn lead(course: &Course, tongue: &Tongue) -> String {
    let count = |of: fn(&Lesson) -> usize| course.lessons.iter().map(of).sum::<usize>();
    let counts = fill(
        tongue.page(PageWord::PageLead),
        &[
            ("lessons", &course.lessons.len()),
            ("objectives", &count(|it| it.objectives.len())),
            ("labs", &count(|it| it.labs.len())),
            ("questions", &count(|it| it.questions.len())),
        ],
    );
    let button = |name: &str, word: PageWord| {
        format!("<a class=\"button\" {}>{}</a>", course.link(tongue, name), tongue.page(word))
    };
    format!(
        "<p class=\"lead\">{counts}</p><p class=\"actions\">{}{}<a class=\"to-plan\" href=\"#exam-plan\">{}</a></p><p class=\"soft small\">{}</p><ol class=\"lessons\">",
        button("review", PageWord::PageToReview),
        button("exam", PageWord::PageToExam),
        tongue.page(PageWord::PageToPlan),
        tongue.page(PageWord::PageTime)
    )
}

fn entry(out: &mut String, course: &Course, tongue: &Tongue, lesson: &Lesson) {
    let Some((text, other)) = course.text(tongue, lesson) else { return };
    let lang = other.map(|code| format!(" lang=\"{code}\"")).unwrap_or_default();
    let (slug, title, summary) = (&lesson.slug, &text.title, &text.summary);
    let (link, counts) = (course.link(tongue, slug), tongue.time(PageWord::PageCounts, lesson, text));
    let _ = write!(
        out,
        "<li><h2{lang}><a {link}>{title}</a></h2><p{lang}>{summary}</p><p class=\"soft small\">{counts}</p><div class=\"alive\" data-alive=\"mark\" data-id=\"{slug}\"></div></li>"
    );
}

/// The mock exam.
pub(super) fn exam(course: &Course, tongue: &Tongue) -> String {
    use PageWord::{PageExam, PageExamAbout, PageExamLead, PageExamMore};
    part_of_its_own(course, tongue, "exam", [PageExam, PageExamAbout, PageExamLead, PageExamMore])
}

/// What is due.
pub(super) fn review(course: &Course, tongue: &Tongue) -> String {
    use PageWord::{PageReview, PageReviewAbout, PageReviewLead, PageReviewMore};
    part_of_its_own(course, tongue, "review", [PageReview, PageReviewAbout, PageReviewLead, PageReviewMore])
}

/// A page that has one part, which needs the app.
fn part_of_its_own(course: &Course, tongue: &Tongue, kind: &str, words: [PageWord; 4]) -> String {
    let [title, about, lead, more] = words.map(|word| tongue.page(word));
    format!(
        "{}<article class=\"page course\"><p class=\"label\"><a {}>{}</a>{}</p><h1>{title}</h1><p class=\"lead\">{lead}</p><p>{more}</p>{}<p>{}</p></div></article>\n",
        head(tongue, title, about),
        course.link(tongue, ""),
        tongue.page(PageWord::PageLearn),
        course.elsewhere(tongue, kind, " · "),
        alive(kind, ""),
        tongue.page(PageWord::PageInstead)
    )
}
