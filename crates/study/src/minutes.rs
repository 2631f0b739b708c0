//! How long a lesson takes: worked out of what there is to read and to do, so that it is true of every text.

use crate::{Lab, LabText, Lesson, QuestionText, StepText, Text};

/// Words that are read in a minute.
const WORDS: usize = 200;
/// What is run on the spot takes so long to be run and looked at.
const TRIAL: usize = 45;
/// A lab takes so long to be opened and looked around in, and so long for each line that a solution has.
const LAB: usize = 60;
const LAB_LINE: usize = 60;
/// An answer takes so long to be decided on.
const ANSWER: usize = 30;

/// How many minutes a lesson takes, to the nearest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes {
    /// To go through it: its steps are read, and what they try is run.
    pub steps: usize,
    /// To do all its labs and to answer all its questions.
    pub practice: usize,
}

impl Minutes {
    /// What a lesson takes with the words that it has in some language.
    pub fn of(lesson: &Lesson, text: &Text) -> Self {
        let trials = lesson.steps.iter().filter(|step| step.trial.is_some()).count();
        let steps = text.steps.values().map(StepText::words).sum();
        let labs = lesson.labs.iter().map(|lab| in_lab(lab, text.labs.get(&lab.id)));
        let questions = text.questions.values().map(|it| reading(it.words()) + ANSWER);
        Self {
            steps: rounded(reading(steps) + TRIAL * trials),
            practice: rounded(labs.chain(questions).sum()),
        }
    }
}

/// Seconds for a lab.
fn in_lab(lab: &Lab, text: Option<&LabText>) -> usize {
    let lines = lab.solution.lines().filter(|line| !line.trim().is_empty()).count();
    LAB + LAB_LINE * lines + reading(text.map_or(0, LabText::words))
}

/// Seconds for reading.
fn reading(words: usize) -> usize {
    words * 60 / WORDS
}

fn rounded(seconds: usize) -> usize {
    (seconds + 30) / 60
}

impl StepText {
    fn words(&self) -> usize {
        let asked = self.predict.iter().flat_map(|it| it.options.iter().chain([&it.question]));
        count([&self.text].into_iter().chain(&self.why).chain(asked))
    }
}

impl LabText {
    /// Without hints, of which many need none.
    fn words(&self) -> usize {
        count([&self.task, &self.notice].into_iter().chain(&self.goals))
    }
}

impl QuestionText {
    fn words(&self) -> usize {
        count([&self.text].into_iter().chain(&self.options).chain(&self.why))
    }
}

fn count<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| words(text)).sum()
}

/// Words of Markdown, or of the HTML that is made of it: its tags, and marks by themselves, are none.
fn words(text: &str) -> usize {
    let parts = text.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
        Some((tag, rest)) if at > 0 && tag.starts_with(|c: char| c.is_ascii_lowercase() || c == '/') => rest,
        _ => part,
    });
    parts.flat_map(str::split_whitespace).filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(lesson: &str, text: &str) -> Minutes {
        let lesson = format!("number = 1\nslug = \"l\"\nobjective = []\n{lesson}");
        let text = format!("title = \"t\"\nsummary = \"s\"\n{text}");
        Minutes::of(&toml::from_str(&lesson).unwrap(), &toml::from_str(&text).unwrap())
    }

    #[test]
    fn tags_and_marks_are_no_words() {
        let [markdown, html] = [
            "- **KMS** encrypts, with `--key-id`, at\n- most | 4,096 bytes | <",
            "<li><strong>KMS</strong> encrypts, with <code><span class=\"option\">--key-id</span></code>, at</li><li>most <td>4,096 bytes</td> &lt;",
        ];
        assert_eq!((words(markdown), words(html)), (8, 9), "but for a bracket");
    }

    #[test]
    fn going_through_is_reading_and_running() {
        let lesson = "lab = []\nquestion = []\n[[step]]\nid = \"a\"\nobjectives = []\ntry = { script = \"x\", shows = [] }\n[[step]]\nid = \"b\"\nobjectives = []";
        let words = |count: usize| "w ".repeat(count);
        let text = |many: usize| {
            let (a, b) = (words(many), words(195));
            format!(
                "objectives = {{}}\nlabs = {{}}\nquestions = {{}}\n[steps.a]\ntitle = \"t\"\ntext = \"{a}\"\nwhy = \"w\"\npredict = {{ question = \"q\", options = [\"o o\", \"p\"] }}\n[steps.b]\ntitle = \"t\"\ntext = \"{b}\""
            )
        };
        assert_eq!(minutes(lesson, &text(0)), Minutes { steps: 2, practice: 0 });
        assert_eq!(minutes(lesson, &text(200)), Minutes { steps: 3, practice: 0 });
    }

    #[test]
    fn labs_take_longer_the_more_there_is_to_do_and_questions_come_on_top() {
        let lesson = |solution: &str| {
            format!(
                "step = []\n[[lab]]\nid = \"a\"\nobjectives = []\ngoals = []\nsolution = \"\"\"{solution}\"\"\"\nroutes = []\n[[question]]\nid = \"q\"\nobjectives = []\nkind = \"single\"\noption = []"
            )
        };
        let text = "objectives = {}\nsteps = {}\n[labs.a]\ntitle = \"t\"\ntask = \"do\"\ngoals = []\nhints = [\"1\", \"2\", \"3\"]\nnotice = \"n\"\n[questions.q]\ntext = \"q\"\noptions = []\nwhy = []";
        assert_eq!(minutes(&lesson("a\n\nb\n"), text), Minutes { steps: 0, practice: 4 });
        assert_eq!(minutes(&lesson("a\nb\nc\nd\n"), text), Minutes { steps: 0, practice: 6 });
    }
}
