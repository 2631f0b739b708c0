//! The page of a lesson.

use std::fmt::Write as _;

use waxseal_study::{
    Kind, Lab, LabText, Lesson, Question, QuestionText, Step, StepText, Text,
    exam::{disordered, seed},
    words::{PageWord, Word, fill},
};

use super::{
    course::{Course, Tongue},
    head,
    markdown::{alive, commands, escaped, folded, inline},
};

/// A lesson; nothing if it has no text in this language.
pub(super) fn page(course: &Course, tongue: &Tongue, slug: &str) -> String {
    let at = course.lessons.iter().position(|it| it.slug == slug);
    let Some((at, lesson)) = at.and_then(|at| Some((at, course.lessons.get(at)?))) else {
        return String::new();
    };
    let Some(text) = course.own_text(tongue, lesson) else { return String::new() };
    let mut out = head(tongue, &text.title, &text.summary);
    out += &beginning(course, tongue, lesson);
    for objective in &lesson.objectives {
        let words = text.objectives.get(&objective.id).map_or("", String::as_str);
        let step = lesson.steps.iter().find(|it| it.objectives.contains(&objective.id));
        let _ = write!(out, "<li><a href=\"#{}\">{words}</a></li>", step.map_or("", |it| &*it.id));
    }
    out += "</ul></details>";
    let say = |word: PageWord| tongue.page(word);
    for it in &lesson.steps {
        let Some(words) = text.steps.get(&it.id) else { continue };
        step(&mut out, tongue, it, words);
        then(&mut out, tongue, it, lesson, text);
        out += "</section>";
    }
    let (labs, lead) = (say(PageWord::PageLabs), say(PageWord::PageLabsLead));
    let _ = write!(out, "<h2 id=\"labs\">{labs}</h2><p>{lead}</p>");
    for it in &lesson.labs {
        text.labs.get(&it.id).into_iter().for_each(|words| lab(&mut out, tongue, it, words));
    }
    let _ = write!(out, "<h2 id=\"questions\">{}</h2>", say(PageWord::PageQuestions));
    for (at, it) in lesson.questions.iter().enumerate() {
        text.questions
            .get(&it.id)
            .into_iter()
            .for_each(|words| question(&mut out, tongue, at + 1, it, words));
    }
    sources(&mut out, tongue, lesson);
    if let Some(next) = course.lessons.get(at + 1) {
        onward(&mut out, course, tongue, next);
    }
    out + "</article>\n"
}

/// The head of the page, up to the list of what one can do after it.
fn beginning(course: &Course, tongue: &Tongue, lesson: &Lesson) -> String {
    let Some((text, _)) = course.text(tongue, lesson) else { return String::new() };
    let slug = &lesson.slug;
    format!(
        "<article class=\"page course\" data-lesson=\"{slug}\"><p class=\"label\"><a {}>{}</a>: {}{}</p><h1>{}</h1><p class=\"lead\">{}</p><details><summary>{}</summary><ul class=\"objectives\">",
        course.link(tongue, ""),
        tongue.number(PageWord::PageLesson, lesson.number.into()),
        tongue.time(PageWord::PageTakes, lesson, text),
        course.elsewhere(tongue, slug, " · "),
        text.title,
        text.summary,
        tongue.page(PageWord::PageAfter)
    )
}

fn step(out: &mut String, tongue: &Tongue, step: &Step, words: &StepText) {
    let _ = write!(out, "<section id=\"{}\"><h2>{}</h2>{}", step.id, words.title, words.text);
    *out += &alive("step", &step.id);
    if let Some(predict) = &words.predict {
        let _ = write!(out, "<p><strong>{}</strong></p><ul class=\"choices\">", predict.question);
        predict.options.iter().for_each(|option| _ = write!(out, "<li>{option}</li>"));
        *out += "</ul>";
    }
    if let Some(trial) = &step.trial {
        *out += &commands(&trial.script, &tongue.words);
        let why = words.why.as_deref().unwrap_or_default();
        let answer = step.predict.and_then(|at| words.predict.as_ref()?.options.get(at));
        let answer = answer.map(|text| format!("<p><strong>{text}</strong></p>")).unwrap_or_default();
        *out += &folded(tongue.page(PageWord::PageHappens), &format!("{answer}{why}"));
    }
    *out += "</div>";
}

/// Where to go from a step: to labs in which it is done by hand, and to questions about it.
fn then(out: &mut String, tongue: &Tongue, step: &Step, lesson: &Lesson, text: &Text) {
    let link = |id: &str, name: &str| format!("<a href=\"#{id}\">{name}</a>");
    let labs: Vec<String> =
        lesson.labs_after(step).filter_map(|it| Some(link(&it.id, &text.labs.get(&it.id)?.title))).collect();
    let questions: Vec<String> = lesson
        .questions_after(step)
        .map(|(at, it)| link(&it.id, &tongue.number(PageWord::PageToQuestion, at + 1)))
        .collect();
    let ways = [(PageWord::PageDoIt, "lab", labs), (PageWord::PageAsk, "question", questions)];
    let ways = ways.into_iter().filter(|(.., links)| !links.is_empty());
    let said: String = ways
        .map(|(word, name, links)| {
            format!("<span>{}</span>", fill(tongue.page(word), &[(name, &links.join(", "))]))
        })
        .collect();
    if !said.is_empty() {
        let _ = write!(out, "<p class=\"then small\">{said}</p>");
    }
}

fn lab(out: &mut String, tongue: &Tongue, lab: &Lab, words: &LabText) {
    let say = |word: Word| tongue.say(word);
    let _ = write!(out, "<section id=\"{}\"><h3>{}</h3>", lab.id, words.title);
    *out += &alive("lab", &lab.id);
    *out += &words.task;
    if !lab.prepare.trim().is_empty() {
        let (title, prepared) = (say(Word::LabPrepared), commands(&lab.prepare, &tongue.words));
        let _ = write!(out, "<details class=\"before\"><summary>{title}</summary>{prepared}</details>");
    }
    let goals: String = words.goals.iter().map(|goal| format!("<li>{goal}</li>")).collect();
    let _ = write!(out, "<p class=\"label\">{}</p><ul>{goals}</ul>", say(Word::LabGoals));
    for (at, hint) in words.hints.iter().enumerate() {
        let title = say([Word::LabHint, Word::LabAnotherHint, Word::LabLastHint][at.min(2)]);
        let _ = write!(out, "<details class=\"hint\"><summary>{title}</summary>{hint}</details>");
    }
    let solution = format!("{}{}", commands(&lab.solution, &tongue.words), words.notice);
    *out += &folded(tongue.page(PageWord::PageSolution), &solution);
    *out += "</div></section>";
}

fn question(out: &mut String, tongue: &Tongue, number: usize, question: &Question, words: &QuestionText) {
    let title = tongue.number(PageWord::PageQuestion, number);
    let _ = write!(out, "<section id=\"{}\"><h3>{title}</h3>", question.id);
    *out += &alive("question", &question.id);
    *out += &words.text;
    let hint = match question.kind {
        Kind::Order => tongue.page(PageWord::PageOrder),
        Kind::Single | Kind::Multiple => tongue.say(question.instruction()),
    };
    let order = match question.kind {
        // As the app shows them.
        Kind::Order => disordered(words.options.len(), seed(&question.id)),
        Kind::Single | Kind::Multiple => (0..words.options.len()).collect(),
    };
    let shown = order.iter().filter_map(|at| words.options.get(*at));
    let options: String = shown.map(|option| format!("<li>{option}</li>")).collect();
    let _ = write!(out, "<p class=\"soft small\">{hint}</p><ol class=\"options\" type=\"A\">{options}</ol>");
    let list = if question.kind == Kind::Order { "ol" } else { "ul" };
    let reasons = reasons(tongue, question, words);
    *out +=
        &folded(tongue.page(PageWord::PageAnswer), &format!("<{list} class=\"reasons\">{reasons}</{list}>"));
    *out += "</div></section>";
}

fn reasons(tongue: &Tongue, question: &Question, words: &QuestionText) -> String {
    let reason = |((option, why), right): ((&String, &String), bool)| {
        let verdict = match (question.kind, right) {
            (Kind::Order, _) => option.clone(),
            (_, true) => fill(tongue.page(PageWord::PageRight), &[("option", option)]),
            (_, false) => fill(tongue.page(PageWord::PageWrong), &[("option", option)]),
        };
        format!("<li><p><strong>{verdict}</strong></p><p>{why}</p></li>")
    };
    let rights = question.options.iter().map(|it| it.right);
    words.options.iter().zip(&words.why).zip(rights).map(reason).collect()
}

fn sources(out: &mut String, tongue: &Tongue, lesson: &Lesson) {
    if lesson.sources.is_empty() {
        return;
    }
    let (title, lead) = (tongue.page(PageWord::PageSources), tongue.page(PageWord::PageSourcesLead));
    let _ = write!(out, "<h2 id=\"sources\">{title}</h2><p>{lead}</p><ul class=\"sources\">");
    for source in &lesson.sources {
        // Facts are told in one language.
        let english = if tongue.is_first() { "" } else { " lang=\"en\"" };
        let (fact, url) = (inline(&capital(&source.fact)), escaped(&source.url));
        let month = fill(tongue.page(PageWord::PageLookedAt), &[("month", &month(tongue, &source.checked))]);
        let _ = write!(out, "<li><a href=\"{url}\"{english}>{fact}</a>, {month}</li>");
    }
    *out += "</ul>";
}

/// `2026-11` as it is said.
fn month(tongue: &Tongue, checked: &str) -> String {
    let said = checked.split_once('-').and_then(|(year, month)| {
        let at = month.parse::<usize>().ok()?.checked_sub(1)?;
        Some(format!("{} {year}", tongue.page(PageWord::PageMonths).split(' ').nth(at)?))
    });
    escaped(said.as_deref().unwrap_or(checked))
}

/// With a capital letter at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn onward(out: &mut String, course: &Course, tongue: &Tongue, next: &Lesson) {
    let Some((text, other)) = course.text(tongue, next) else { return };
    let lang = other.map(|code| format!(" lang=\"{code}\"")).unwrap_or_default();
    let (word, link) = (tongue.page(PageWord::PageNext), course.link(tongue, &next.slug));
    let _ = write!(out, "<p class=\"onward\">{word} <a {link}{lang}>{}</a></p>", text.title);
}
