//! A request as form, JSON and command at once: whichever is changed, the others follow.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use waxseal_api::{
    Failure,
    sandbox::{Form, Request, Task},
};
use yew::prelude::*;

use super::draft::Draft;
use crate::bridge::Bridge;

/// Where the last change was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Form,
    Json,
    Command,
}

/// The three of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) draft: Draft,
    pub(super) json: String,
    pub(super) command: String,
    /// Why the others do not follow, if they do not.
    pub(super) complaint: Option<String>,
    origin: Origin,
    /// Counts the changes, so that a late answer to an old one is not heard.
    serial: u32,
}

/// What happens to it.
pub(super) enum Edit {
    /// A form is opened.
    Open(Draft),
    /// A field has this text now.
    Field(usize, String),
    /// This is the JSON now.
    Json(String),
    /// This is the command now.
    Command(String),
    /// The command of a change is this.
    Follows(u32, Option<String>),
    /// The request of a command is this, or none for a reason.
    Read(u32, Result<Draft, String>),
}

impl Sheet {
    /// Whether something has to be mended before anything is sent: what would be sent is not what is seen. A command is sent as
    /// it stands.
    pub(super) fn amiss(&self) -> bool {
        match self.origin {
            Origin::Form => self.draft.body().is_none(),
            Origin::Json => self.complaint.is_some(),
            Origin::Command => false,
        }
    }

    /// Whether the JSON is what has to be mended.
    pub(super) fn wrong_json(&self) -> bool {
        self.origin == Origin::Json && self.amiss()
    }

    fn new(draft: Draft, serial: u32) -> Self {
        let json = draft.body().unwrap_or_default();
        Self { draft, json, command: String::new(), complaint: None, origin: Origin::Form, serial }
    }

    fn edit(&self, edit: Edit) -> Option<Self> {
        let mut sheet = Self { serial: self.serial + 1, complaint: None, ..self.clone() };
        match edit {
            Edit::Open(draft) => return Some(Self::new(draft, sheet.serial)),
            Edit::Field(at, text) => {
                sheet.draft.texts[at] = text;
                sheet.origin = Origin::Form;
                if let Some(body) = sheet.draft.body() {
                    sheet.json = body;
                }
            }
            Edit::Json(text) => {
                match Draft::filled(self.draft.form.clone(), &text) {
                    Ok(draft) => sheet.draft = draft,
                    Err(complaint) => sheet.complaint = Some(complaint),
                }
                (sheet.json, sheet.origin) = (text, Origin::Json);
            }
            Edit::Command(text) => (sheet.command, sheet.origin) = (text, Origin::Command),
            Edit::Follows(serial, command) if serial == self.serial => {
                sheet.serial = serial;
                let missing = "No command can say this; JSON from a file can: --cli-input-json.";
                sheet.complaint = command.is_none().then(|| missing.to_owned());
                sheet.command = command.unwrap_or_default();
            }
            Edit::Read(serial, read) if serial == self.serial => {
                sheet.serial = serial;
                match read {
                    Ok(draft) => {
                        sheet.json = draft.body().unwrap_or_default();
                        sheet.draft = draft;
                    }
                    Err(complaint) => sheet.complaint = Some(complaint),
                }
            }
            Edit::Follows(..) | Edit::Read(..) => return None,
        }
        Some(sheet)
    }
}

/// None before a form is opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Desk(pub(super) Option<Sheet>);

impl Reducible for Desk {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        let edited = match (&self.0, edit) {
            (Some(sheet), edit) => sheet.edit(edit),
            (None, Edit::Open(draft)) => Some(Sheet::new(draft, 0)),
            (None, _) => None,
        };
        edited.map_or(self, |sheet| Rc::new(Self(Some(sheet))))
    }
}

/// The sheet, whose command is asked for after each change of the form, and the request after each of the command.
#[hook]
pub(super) fn use_sheet(bridge: &Bridge) -> UseReducerHandle<Desk> {
    let desk = use_reducer_eq(Desk::default);
    let serial = desk.0.as_ref().map(|sheet| sheet.serial);
    use_effect_with(serial, {
        let (desk, bridge) = (desk.clone(), bridge.clone());
        move |_| {
            if let Some(sheet) = desk.0.clone() {
                spawn_local(async move {
                    if let Some(edit) = follow(&bridge, &sheet).await {
                        desk.dispatch(edit);
                    }
                });
            }
        }
    });
    desk
}

/// What follows of a change.
async fn follow(bridge: &Bridge, sheet: &Sheet) -> Option<Edit> {
    if sheet.origin == Origin::Command {
        return Some(Edit::Read(sheet.serial, read(bridge, sheet).await));
    }
    if sheet.complaint.is_some() {
        return None;
    }
    let form = &sheet.draft.form;
    let request =
        Request { service: form.service, operation: form.operation.clone(), body: sheet.draft.body()? };
    Some(Edit::Follows(sheet.serial, bridge.perform(Task::Command { request }).await.ok()?))
}

async fn read(bridge: &Bridge, sheet: &Sheet) -> Result<Draft, String> {
    let line = sheet.command.clone();
    let broken = |failure: Failure| failure.to_string();
    let read: Result<Request, String> = bridge.perform(Task::Request { line }).await.map_err(broken)?;
    let Request { service, operation, body } = read?;
    let here = &sheet.draft.form;
    let form = if (here.service, &here.operation) == (service, &operation) {
        here.clone()
    } else {
        let form: Option<Form> = bridge.perform(Task::Form { service, operation }).await.map_err(broken)?;
        Rc::new(form.ok_or("There is no form for this command; the terminal runs it.")?)
    };
    Draft::filled(form, &body)
}

#[cfg(test)]
mod tests {
    use waxseal_api::{
        Service,
        sandbox::{Field, Kind},
    };

    use super::*;

    fn form() -> Rc<Form> {
        let field =
            Field { name: "KeyId".to_owned(), kind: Kind::Text, required: true, words: String::new() };
        Rc::new(Form {
            service: Service::Kms,
            operation: "DescribeKey".to_owned(),
            words: String::new(),
            fields: vec![field],
        })
    }

    fn after(edits: Vec<Edit>) -> Sheet {
        let desk = edits.into_iter().fold(Rc::new(Desk::default()), Desk::reduce);
        desk.0.clone().unwrap()
    }

    #[test]
    fn form_json_and_command_follow_each_other() {
        let open = || Edit::Open(Draft::empty(form()));
        let sheet =
            after(vec![open(), Edit::Field(0, "a".to_owned()), Edit::Follows(1, Some("aws".to_owned()))]);
        assert_eq!((sheet.json.as_str(), sheet.command.as_str()), ("{\n  \"KeyId\": \"a\"\n}", "aws"));
        let sheet = after(vec![open(), Edit::Json("{\"KeyId\":\"b\"}".to_owned())]);
        assert_eq!((sheet.draft.texts[0].as_str(), sheet.json.as_str()), ("b", "{\"KeyId\":\"b\"}"));
        let read = Draft::filled(form(), "{\"KeyId\":\"c\"}");
        let sheet = after(vec![open(), Edit::Command("aws kms".to_owned()), Edit::Read(1, read)]);
        assert_eq!((sheet.draft.texts[0].as_str(), sheet.command.as_str()), ("c", "aws kms"));
    }

    #[test]
    fn what_comes_late_or_is_wrong_changes_nothing_else() {
        let open = || Edit::Open(Draft::empty(form()));
        let sheet =
            after(vec![open(), Edit::Field(0, "a".to_owned()), Edit::Follows(0, Some("old".to_owned()))]);
        assert_eq!(sheet.command, "");
        let sheet = after(vec![open(), Edit::Field(0, "a".to_owned()), Edit::Json("{".to_owned())]);
        assert_eq!(sheet.draft.texts[0], "a");
        assert!(sheet.complaint.unwrap().contains("not a JSON"));
    }
    #[test]
    fn what_is_wrong_is_mended_before_anything_is_sent() {
        let mut wrong = Form::clone(&form());
        let field =
            |name: &str, kind| Field { name: name.to_owned(), kind, required: false, words: String::new() };
        wrong.fields.extend([field("Limit", Kind::Number), field("Tags", Kind::Json("[]".to_owned()))]);
        let open = || Edit::Open(Draft::empty(Rc::new(wrong.clone())));
        let amiss = |edits: Vec<Edit>| after(edits).amiss();
        assert!(!amiss(vec![open(), Edit::Field(1, "7".to_owned())]));
        assert!(amiss(vec![open(), Edit::Field(2, "[".to_owned())]));
        assert!(amiss(vec![open(), Edit::Json("{".to_owned())]));
        let typed =
            vec![open(), Edit::Field(1, "many".to_owned()), Edit::Command("aws kms list-keys".to_owned())];
        assert!(!amiss(typed), "a command says all of what is sent");
    }
}
