//! Makes the pages of the course that are read: `pages LESSONS OUT` reads the lessons' folders and leaves `index.html` for the
//! map of lessons and one file for each lesson, of which `cargo xtask dist` makes pages of the site. Each file begins with a
//! line for its title and one for its description; the rest is what stands in `<main>`. What is marked `data-alive` is drawn
//! anew by the app once it runs, from `<lesson>.json`: the lesson and its text, the Markdown in it made HTML; `index.json` is what
//! the course has; `start` is the first walk.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

#[path = "pages/guide.rs"]
mod guide;

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use pulldown_cmark::{Event, Options, Parser, html};
use waxseal_study::{Index, Kind, Lab, Lesson, Question, Ready, Step, Text, in_words, pieces};

fn main() -> Result<()> {
    let mut words = env::args().skip(1).map(PathBuf::from);
    let (from, to) = words.next().zip(words.next()).context("pages LESSONS OUT")?;
    fs::create_dir_all(&to)?;
    guide::write(&from.join("start.toml"), &to)?;
    let mut folders: Vec<PathBuf> = fs::read_dir(from)?.map(|it| Ok(it?.path())).collect::<Result<_>>()?;
    folders.sort();
    let lessons: Vec<(Lesson, Text)> =
        folders.iter().filter(|it| it.is_dir()).map(|it| read(it)).collect::<Result<_>>()?;
    fs::write(to.join("index.html"), map(&lessons))?;
    fs::write(to.join("exam.html"), exam())?;
    fs::write(to.join("review.html"), review())?;
    let rendered: Vec<(Lesson, Text)> =
        lessons.iter().map(|(lesson, text)| (lesson.clone(), in_html(text))).collect();
    fs::write(to.join("index.json"), serde_json::to_vec(&Index::of(&rendered))?)?;
    let ready = rendered.into_iter().map(|(lesson, text)| Ready { lesson, text });
    for (at, ((lesson, text), ready)) in lessons.iter().zip(ready).enumerate() {
        let next = lessons.get(at + 1).map(|(lesson, text)| (&*lesson.slug, &*text.title));
        fs::write(to.join(format!("{}.html", lesson.slug)), page(lesson, text, next))?;
        fs::write(to.join(format!("{}.json", lesson.slug)), serde_json::to_vec(&ready)?)?;
        println!("{}", lesson.slug);
    }
    Ok(())
}

fn read(folder: &Path) -> Result<(Lesson, Text)> {
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).with_context(|| folder.display().to_string());
    Ok((toml::from_str(&read("lesson.toml")?)?, toml::from_str(&read("en.toml")?)?))
}

/// The map of lessons.
fn map(lessons: &[(Lesson, Text)]) -> String {
    let mut out = head(
        "Learn KMS by doing it",
        "Twelve short lessons on AWS KMS and envelope encryption, each with labs on a real key management service in your browser.",
    );
    let count = |of: fn(&Lesson) -> usize| lessons.iter().map(|(lesson, _)| of(lesson)).sum::<usize>();
    let (objectives, labs) = (count(|it| it.objectives.len()), count(|it| it.labs.len()));
    let questions = count(|it| it.questions.len());
    out += "<div class=\"page course\"><h1>Learn KMS by doing it</h1>";
    out += guide::DOOR;
    let _ = write!(
        out,
        "<p class=\"lead\">{} lessons, {objectives} things to be able to do, {labs} labs and {questions} questions in the style of the DVA-C02 exam. Every command in them was run on Waxseal's own key service before it was printed, and every answer was proved on it.</p><p class=\"actions\"><a class=\"button\" href=\"./learn/review/\">What is due</a><a class=\"button\" href=\"./learn/exam/\">Mock exam</a></p><p class=\"soft small\">A lesson's minutes are for reading it and running its commands. Allow five more for each lab, and one for each question.</p><ol class=\"lessons\">",
        lessons.len()
    );
    for (lesson, text) in lessons {
        let Lesson { slug, minutes, .. } = lesson;
        let (labs, questions) = (lesson.labs.len(), lesson.questions.len());
        let (title, summary) = (inline(&text.title), inline(&text.summary));
        let _ = write!(
            out,
            "<li><h2><a href=\"./learn/{slug}/\">{title}</a></h2><p>{summary}</p><p class=\"soft small\">{minutes} minutes, {labs} labs, {questions} questions</p><div class=\"alive\" data-alive=\"mark\" data-id=\"{slug}\"></div></li>"
        );
    }
    out +=
        "</ol><div class=\"alive\" data-alive=\"plan\"></div><div class=\"alive\" data-alive=\"keep\"></div>";
    out + "</div>\n"
}

/// The mock exam.
fn exam() -> String {
    let intro = "<p class=\"lead\">Questions like those of the DVA-C02 exam, on keys and encryption, drawn from all twelve lessons. Nothing is told before the end; after it every answer is explained, and you can have each proved.</p><p>DVA-C02 asks 65 questions in 130 minutes, two minutes for each, and so does this. What you get wrong costs no more than what you leave out. A question you are unsure of can be marked and looked at again.</p>";
    let about = "Questions in the style of DVA-C02 on AWS KMS and encryption: timed, scored by skill, every answer explained and proved by running it.";
    part_of_its_own("exam", "Mock exam", about, intro)
}

/// What is due.
fn review() -> String {
    let intro = "<p class=\"lead\">What you have learned comes back here when it begins to fade, and is done again for real: a question to answer, or a lab to solve.</p><p>When? FSRS, a scheduler for learning, tells: soon for what went wrong, later each time for what went right. It is worked out in your browser and kept there.</p>";
    let about =
        "What you have learned of AWS KMS comes back when it begins to fade, and is done again for real.";
    part_of_its_own("review", "Review", about, intro)
}

/// A page that has one part, which needs the app.
fn part_of_its_own(kind: &str, title: &str, description: &str, intro: &str) -> String {
    let alive = alive(kind, "");
    let instead = "It begins here once this page has loaded what it runs on, which takes JavaScript and WebAssembly. Without them, you find every question with its answer at the end of its <a href=\"./learn/\">lesson</a>.";
    format!(
        "{}<article class=\"page course\"><p class=\"label\"><a href=\"./learn/\">Learn</a></p><h1>{title}</h1>{intro}{alive}<p>{instead}</p></div></article>\n",
        head(title, description)
    )
}

/// A lesson.
fn page(lesson: &Lesson, text: &Text, next: Option<(&str, &str)>) -> String {
    let mut out = head(&text.title, &text.summary);
    let Lesson { number, minutes, slug, .. } = lesson;
    let (labs, questions) = (lesson.labs.len(), lesson.questions.len());
    let (title, summary) = (inline(&text.title), inline(&text.summary));
    let _ = write!(
        out,
        "<article class=\"page course\" data-lesson=\"{slug}\"><p class=\"label\"><a href=\"./learn/\">Lesson {number} of 12</a>: {minutes} minutes, then <a href=\"#labs\">{labs} labs</a> and <a href=\"#questions\">{questions} questions</a></p><h1>{title}</h1><p class=\"lead\">{summary}</p>"
    );
    out += "<details><summary>After it you can</summary><ul class=\"objectives\">";
    for objective in &lesson.objectives {
        let words = inline(text.objectives.get(&objective.id).map_or("", String::as_str));
        let step = lesson.steps.iter().find(|it| it.objectives.contains(&objective.id));
        let step = step.map_or("", |it| &*it.id);
        let _ = write!(out, "<li><a href=\"#{step}\">{words}</a></li>");
    }
    out += "</ul></details>";
    lesson.steps.iter().for_each(|it| step(&mut out, it, lesson, text));
    out += "<h2 id=\"labs\">Labs</h2><p>Each is done in a <a href=\"./workbench/\">sandbox of the workbench</a>, where nothing can break.</p>";
    lesson.labs.iter().for_each(|it| lab(&mut out, it, text));
    out += "<h2 id=\"questions\">Questions</h2>";
    lesson.questions.iter().enumerate().for_each(|(at, it)| question(&mut out, at + 1, it, text));
    sources(&mut out, lesson);
    if let Some((slug, title)) = next {
        let _ =
            write!(out, "<p class=\"onward\">Next: <a href=\"./learn/{slug}/\">{}</a></p>", inline(title));
    }
    out + "</article>\n"
}

/// The text with HTML in the place of Markdown.
fn in_html(text: &Text) -> Text {
    let mut text = text.clone();
    let lines = |lines: &mut Vec<String>| lines.iter_mut().for_each(|it| *it = inline(it));
    for line in [&mut text.title, &mut text.summary].into_iter().chain(text.objectives.values_mut()) {
        *line = inline(line);
    }
    for step in text.steps.values_mut() {
        step.title = inline(&step.title);
        step.text = block(&step.text);
        step.why = step.why.as_deref().map(block);
        if let Some(predict) = &mut step.predict {
            predict.question = inline(&predict.question);
            lines(&mut predict.options);
        }
    }
    for lab in text.labs.values_mut() {
        lab.title = inline(&lab.title);
        lines(&mut lab.goals);
        let blocks = [&mut lab.task, &mut lab.notice].into_iter();
        for part in blocks.chain(&mut lab.hints).chain(lab.mistakes.values_mut()) {
            *part = block(part);
        }
    }
    for question in text.questions.values_mut() {
        question.text = block(&question.text);
        lines(&mut question.options);
        lines(&mut question.why);
    }
    text
}

/// The lines of title and description.
fn head(title: &str, description: &str) -> String {
    let plain = |text: &str| escaped(&text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" "));
    format!("{}\n{}\n", plain(title), plain(description))
}

fn step(out: &mut String, step: &Step, lesson: &Lesson, text: &Text) {
    let Some(words) = text.steps.get(&step.id) else { return };
    let _ =
        write!(out, "<section id=\"{}\"><h2>{}</h2>{}", step.id, inline(&words.title), block(&words.text));
    *out += &alive("step", &step.id);
    if let Some(predict) = &words.predict {
        let _ = write!(out, "<p><strong>{}</strong></p><ul class=\"choices\">", inline(&predict.question));
        predict.options.iter().for_each(|option| _ = write!(out, "<li>{}</li>", inline(option)));
        *out += "</ul>";
    }
    if let Some(trial) = &step.trial {
        *out += &commands(&trial.script);
        let why = words.why.as_deref().map(block).unwrap_or_default();
        let answer = step.predict.and_then(|at| words.predict.as_ref()?.options.get(at));
        let answer =
            answer.map(|text| format!("<p><strong>{}</strong></p>", inline(text))).unwrap_or_default();
        *out += &folded("What happens, and why", &format!("{answer}{why}"));
    }
    *out += "</div>";
    then(out, step, lesson, text);
    *out += "</section>";
}

/// Where to go from a step: to the lab in which it is done by hand, and to a question about it.
fn then(out: &mut String, step: &Step, lesson: &Lesson, text: &Text) {
    let lab = step.lab.as_ref().and_then(|id| Some((id, inline(&text.labs.get(id)?.title))));
    let number = |id: &String| lesson.questions.iter().position(|it| it.id == *id);
    let question = step.question.as_ref().and_then(|id| Some((id, format!("question {}", number(id)? + 1))));
    let link = |(id, name): (&String, String)| format!("<a href=\"#{id}\">{name}</a>");
    let links = [("Do it yourself: ", lab), ("Ask yourself: ", question)];
    let links = links.into_iter().filter_map(|(what, to)| Some(format!("<span>{what}{}</span>", link(to?))));
    let links = links.collect::<String>();
    if !links.is_empty() {
        let _ = write!(out, "<p class=\"then small\">{links}</p>");
    }
}

fn lab(out: &mut String, lab: &Lab, text: &Text) {
    let Some(words) = text.labs.get(&lab.id) else { return };
    let _ = write!(out, "<section id=\"{}\"><h3>{}</h3>", lab.id, inline(&words.title));
    *out += &alive("lab", &lab.id);
    *out += &block(&words.task);
    if !lab.prepare.trim().is_empty() {
        let _ = write!(
            out,
            "<details class=\"before\"><summary>What is there when it begins</summary>{}</details>",
            commands(&lab.prepare)
        );
    }
    let goals: String = words.goals.iter().map(|goal| format!("<li>{}</li>", inline(goal))).collect();
    let _ = write!(out, "<p class=\"label\">It is done when</p><ul>{goals}</ul>");
    for (at, hint) in words.hints.iter().enumerate() {
        let title = ["A hint", "Another hint", "The last hint"][at.min(2)];
        let _ = write!(out, "<details class=\"hint\"><summary>{title}</summary>{}</details>", block(hint));
    }
    *out += &folded(
        "A solution, and what to notice",
        &format!("{}{}", commands(&lab.solution), block(&words.notice)),
    );
    *out += "</div></section>";
}

fn question(out: &mut String, number: usize, question: &Question, text: &Text) {
    let Some(words) = text.questions.get(&question.id) else { return };
    let _ = write!(out, "<section id=\"{}\"><h3>Question {number}</h3>", question.id);
    *out += &alive("question", &question.id);
    *out += &block(&words.text);
    let hint = match question.kind {
        Kind::Single => "One answer is right.",
        Kind::Multiple => "More than one answer is right.",
        Kind::Order => "Put these in order; they are not.",
    };
    let mut shown: Vec<&String> = words.options.iter().collect();
    if question.kind == Kind::Order {
        // Any order but the right one, the same each time.
        shown.sort();
    }
    let options: String = shown.iter().map(|option| format!("<li>{}</li>", inline(option))).collect();
    let _ = write!(out, "<p class=\"soft small\">{hint}</p><ol class=\"options\" type=\"A\">{options}</ol>");
    let reasons =
        words.options.iter().zip(&words.why).zip(&question.options).map(|((option, why), offer)| {
            let verdict = match (question.kind, offer.right) {
                (Kind::Order, _) => "",
                (_, true) => "Right: ",
                (_, false) => "Wrong: ",
            };
            format!("<li><p><strong>{verdict}{}</strong></p><p>{}</p></li>", inline(option), inline(why))
        });
    let reasons: String = reasons.collect();
    let list = if question.kind == Kind::Order { "ol" } else { "ul" };
    *out += &folded("The answer", &format!("<{list} class=\"reasons\">{reasons}</{list}>"));
    *out += "</div></section>";
}

fn sources(out: &mut String, lesson: &Lesson) {
    if lesson.sources.is_empty() {
        return;
    }
    *out += "<h2 id=\"sources\">Sources</h2><p>What the engine cannot show stands on these pages of AWS and others.</p><ul class=\"sources\">";
    for source in &lesson.sources {
        let (fact, url) = (inline(&capital(&source.fact)), escaped(&source.url));
        let _ =
            write!(out, "<li><a href=\"{url}\">{fact}</a>, looked at in {}</li>", escaped(&source.checked));
    }
    *out += "</ul>";
}

/// With a capital letter at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Begins what the app draws anew.
fn alive(kind: &str, id: &str) -> String {
    format!("<div class=\"alive\" data-alive=\"{kind}\" data-id=\"{id}\">")
}

fn folded(title: &str, content: &str) -> String {
    format!("<details><summary>{title}</summary>{content}</details>")
}

fn commands(script: &str) -> String {
    let lines: String = script.trim().lines().map(|line| command(&in_words(line))).collect();
    format!("<pre class=\"commands\" tabindex=\"0\"><code>{lines}</code></pre>")
}

fn command(line: &str) -> String {
    let piece = |(text, option): (&str, bool)| {
        let text = escaped(text);
        if option { format!("<span class=\"option\">{text}</span>") } else { text }
    };
    format!("<span class=\"line\">{}\n</span>", pieces(line).into_iter().map(piece).collect::<String>())
}

/// Markdown. HTML in it is shown, not obeyed.
fn block(text: &str) -> String {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// One line of Markdown, without a paragraph around it.
fn inline(text: &str) -> String {
    let out = block(text);
    let out = out.trim();
    let inner = out.strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>"));
    inner.filter(|it| !it.contains("<p>")).unwrap_or(out).to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
