//! Lists, page by page.

use std::rc::Rc;

use crate::{
    args::Given,
    blob,
    call::Answer,
    fail::{Fail, Stop},
    json,
    model::{OperationModel, Page, ServiceModel},
    params, response,
    value::Value,
};

/// How much of a list is asked for.
pub(crate) struct Paging<'a> {
    page: Option<&'a Page>,
    page_size: Option<i64>,
    max_items: Option<usize>,
    /// Where the service goes on from, and how many items of that page have been seen.
    start: (Value, usize),
}

impl<'a> Paging<'a> {
    /// From the options of a command.
    pub(crate) fn read<'b>(
        operation: &'a OperationModel,
        paginate: bool,
        word: impl Fn(&str) -> Option<&'b str>,
    ) -> Result<Self, Fail> {
        let mut paging = Self { page: None, page_size: None, max_items: None, start: (Value::Null, 0) };
        let Some(page) = &operation.page else { return Ok(paging) };
        let number = |name: &str| word(name).map(params::integer).transpose();
        let own = [page.input, page.limit].map(|member| format!("--{}", crate::model::dashed(member)));
        let own = own.iter().any(|name| !name.ends_with("-items") && word(name).is_some());
        if own || !paginate {
            let used = ["--starting-token", "--page-size", "--max-items"];
            let used: Vec<&str> = used.into_iter().filter(|name| word(name).is_some()).collect();
            if used.is_empty() {
                return Ok(paging);
            }
            let used = used.join(", ");
            let message = format!("Cannot specify --no-paginate along with pagination arguments: {used}");
            return Err(Fail::general(&format!("Error during pagination: {message}")));
        }
        paging.page = Some(page);
        paging.page_size = number("--page-size")?;
        paging.max_items = number("--max-items")?.map(|number| number.max(0) as usize);
        if let Some(token) = word("--starting-token") {
            paging.start = token_read(token, page)?;
        }
        Ok(paging)
    }
}

/// Refuses page sizes and counts that are no numbers.
pub(crate) fn numbers(given: &[Given]) -> Result<(), Fail> {
    let counts = given.iter().filter(|option| ["--page-size", "--max-items"].contains(&option.name.as_str()));
    let words = counts.flat_map(|option| option.words.iter().map(|word| (&option.name, word.as_str())));
    match words.into_iter().find(|(_, word)| params::integer(word).is_err()) {
        Some((name, word)) => {
            let word = Value::from(word).repr();
            Err(Fail::usage(&format!("argument {name}: invalid int value: {word}")))
        }
        None => Ok(()),
    }
}

/// What `--starting-token` says: where to go on from, and how much of that page to leave out.
fn token_read(token: &str, page: &Page) -> Result<(Value, usize), Fail> {
    match own_token(token, page) {
        Some(start) => Ok(start),
        None => plain_token(token),
    }
}

/// A token of this command line: base64 of JSON.
fn own_token(token: &str, page: &Page) -> Option<(Value, usize)> {
    let text = String::from_utf8(blob::decode(token)?).ok()?;
    let token = json::parse(&text).ok()?;
    let seen = match token.get("boto_truncate_amount") {
        Some(Value::Int(seen)) => usize::try_from(*seen).ok()?,
        Some(_) => return None,
        None => 0,
    };
    Some((token.get(page.input)?.clone(), seen))
}

/// A marker of the service as it is, as early versions had it: `MARKER` or `MARKER___SEEN`.
fn plain_token(token: &str) -> Result<(Value, usize), Fail> {
    let bad = || Fail::general(&format!("Bad starting token: {token}"));
    let marker = |text: &str| if text == "None" { Value::Null } else { Value::from(text) };
    match token.split("___").collect::<Vec<_>>()[..] {
        [text] => Ok((marker(text), 0)),
        [text, seen] => Ok((marker(text), seen.parse().map_err(|_| bad())?)),
        _ => Err(bad()),
    }
}

/// The `NextToken` of a list that was cut.
fn token_write(page: &Page, marker: &Value, seen: Option<usize>) -> String {
    let seen = seen.map_or(String::new(), |seen| format!(", \"boto_truncate_amount\": {seen}"));
    blob::encode(format!("{{\"{}\": {}{seen}}}", page.input, marker.compact()).as_bytes())
}

/// The answers to one command.
pub(crate) struct Pages {
    pages: Vec<Value>,
    /// The list's members; none where it was not read page by page.
    results: Vec<&'static str>,
    /// Members beside the list, of the first page.
    beside: Vec<&'static str>,
    next: Option<String>,
}

impl Pages {
    /// One answer, as it is.
    pub(crate) fn single(value: Value) -> Self {
        Self { pages: vec![value], results: Vec::new(), beside: Vec::new(), next: None }
    }

    /// Takes a member out of the first answer.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        let Some(Value::Map(members)) = self.pages.first_mut() else { return None };
        let at = members.iter().position(|(member, _)| member == name)?;
        Some(members.remove(at).1)
    }

    /// Everything as one answer.
    pub(crate) fn whole(&self) -> Value {
        if self.results.is_empty() {
            return self.pages.first().cloned().unwrap_or(Value::Null);
        }
        let mut whole = Value::Map(Vec::new());
        for name in &self.results {
            let lists = self.pages.iter().filter_map(|page| page.get(name)?.as_list());
            let items: Vec<Value> = lists.flatten().cloned().collect();
            // What is a list of its own only at times is left out when there is nothing of it.
            if !items.is_empty() || self.beside.is_empty() {
                whole.put(name, Value::List(items));
            }
        }
        for name in &self.beside {
            let first = self.pages.first().and_then(|page| page.get(name)).cloned();
            whole.put(name, first.unwrap_or(Value::Null));
        }
        if let Some(next) = &self.next {
            whole.put("NextToken", Value::from(next.as_str()));
        }
        whole
    }

    /// Each answer as it came.
    pub(crate) fn pages(&self) -> Vec<Value> {
        self.pages.clone()
    }

    /// The parts that text is made of, one after the other.
    pub(crate) fn as_text(&self) -> Vec<Value> {
        if self.results.is_empty() {
            return self.pages();
        }
        let list = |page: &Value| {
            let members = self
                .results
                .iter()
                .map(|name| (name.to_string(), page.get(name).cloned().unwrap_or(Value::Null)));
            Value::Map(members.collect())
        };
        let next = self.next.as_deref().map(|next| {
            let token = Value::Map(vec![("NextToken".to_owned(), Value::from(next))]);
            Value::Map(vec![("NextToken".to_owned(), token)])
        });
        self.pages.iter().map(list).chain(next).collect()
    }
}

/// Calls until the list is read, or as much of it as is wanted.
pub(crate) fn read(
    paging: &Paging<'_>,
    model: &ServiceModel,
    operation: &OperationModel,
    mut input: Value,
    mut call: impl FnMut(&Value) -> Result<Rc<Answer>, Stop>,
) -> Result<Pages, Stop> {
    let shown = |answer: &Answer| match answer {
        Ok(output) => response::output(model, operation.output, output),
        Err(_) => Value::Null,
    };
    let Some(page) = paging.page else { return Ok(Pages::single(shown(&*call(&input)?))) };
    let mut marker = paging.start.0.clone();
    let (mut answers, mut markers) = (Vec::new(), Vec::new());
    if let Some(size) = paging.page_size {
        input.put(page.limit, Value::Int(size));
    }
    let mut items = 0;
    loop {
        if marker != Value::Null {
            input.put(page.input, marker.clone());
        }
        let answer = call(&input)?;
        let next = next_marker(page, &answer);
        items += listed(page, &answer).saturating_sub(if answers.is_empty() { paging.start.1 } else { 0 });
        answers.push(answer);
        markers.push(std::mem::replace(&mut marker, next));
        if marker == Value::Null || paging.max_items.is_some_and(|most| items >= most) {
            break;
        }
        if markers.last() == Some(&marker) {
            let message = format!("The same next token was received twice: {}", marker.repr());
            return Err(Fail::general(&format!("Error during pagination: {message}")).into());
        }
    }
    let pages = answers.iter().map(|answer| shown(answer)).collect();
    let (results, beside) = (page.results.clone(), page.beside.clone());
    Ok(cut(Pages { pages, results, beside, next: None }, paging, page, &markers, marker))
}

/// Leaves out what was seen before and what is too much.
fn cut(mut pages: Pages, paging: &Paging<'_>, page: &Page, markers: &[Value], marker: Value) -> Pages {
    let Some(name) = page.results.first() else { return pages };
    let (seen, mut total) = (paging.start.1, 0);
    for (n, (shown, marker)) in pages.pages.iter_mut().zip(markers).enumerate() {
        let list = shown.get(name).and_then(Value::as_list).unwrap_or_default();
        let skipped = if n == 0 { seen.min(list.len()) } else { 0 };
        let room = paging.max_items.map_or(usize::MAX, |most| most.saturating_sub(total));
        let kept: Vec<Value> = list.iter().skip(skipped).take(room).cloned().collect();
        if skipped + kept.len() < list.len() {
            pages.next = Some(token_write(page, marker, Some(skipped + kept.len())));
        }
        total += kept.len();
        shown.put(name, Value::List(kept));
    }
    if pages.next.is_none() && marker != Value::Null {
        pages.next = Some(token_write(page, &marker, None));
    }
    pages
}

fn next_marker(page: &Page, answer: &Answer) -> Value {
    let Ok(output) = answer else { return Value::Null };
    match output.get(page.more) {
        None if page.more == "-" => output.get(page.output).cloned().unwrap_or(Value::Null),
        Some(Value::Bool(true)) => output.get(page.output).cloned().unwrap_or(Value::Null),
        _ => Value::Null,
    }
}

fn listed(page: &Page, answer: &Answer) -> usize {
    let Ok(output) = answer else { return 0 };
    page.results.first().and_then(|name| output.get(name)?.as_list()).map_or(0, <[Value]>::len)
}
