//! Calls that are made beside the terminal's lines, by whom it stands for: those of work on a file.

use std::cell::RefCell;

use waxseal_api::{
    Answer, ApiError, ErrorCode, LocalError, Region, Service, sandbox::Identity, trace::Trace,
};
use waxseal_cli::Call;
use waxseal_crypto::CryptoRng;

use super::{
    Running,
    run::{self, Answered, Answering, Complaint, Ran},
};
use crate::{
    store::{SandboxTurn, Store},
    world::{Asking, Sandbox, Vault, sandbox},
};

/// Before it is made, the terminal has found out whom it stands for, and where.
const WHO: &str = "aws sts get-caller-identity";

impl<S: Store<Turn: SandboxTurn>> Sandbox<S> {
    /// Calls an operation as whom the terminal stands for, where it is.
    ///
    /// # Errors
    /// The store could not be read or written; then nothing has changed. That nobody is there to call is an answer.
    pub async fn call_as_terminal(
        &self,
        service: Service,
        operation: &str,
        body: &str,
    ) -> Result<Answer, LocalError> {
        let reply = match self.whom().await? {
            Ok((identity, region)) => {
                let call = sandbox::Call { identity: &identity, region, service, operation, body };
                self.call(call).await?
            }
            Err(refusal) => Err(refusal),
        };
        Ok(match reply {
            Ok(reply) => reply.into(),
            Err(refusal) => Answer { result: Err(refusal), trace: Trace::default(), changed: false },
        })
    }

    /// Whom the terminal stands for, who has assumed the role of a profile that stands for one; and where.
    async fn whom(&self) -> Result<Result<(Identity, Region), ApiError>, LocalError> {
        let running = Running { sandbox: self, stops: self.terminal.stops.get() };
        let (asking, mut shell) = (Asked { running, found: RefCell::default() }, self.shell().await?);
        let ran = run::run(&asking, &mut shell, WHO).await?;
        Ok(asking.found.take().ok_or_else(|| nobody(ran)))
    }
}

/// Why nobody can call.
fn nobody(ran: Ran) -> ApiError {
    ApiError::new(ErrorCode::AccessDeniedException, ran.printed().stderr.trim())
}

/// Makes the calls of a line until the last one, of which it notes only who would make it.
struct Asked<'a, S> {
    running: Running<'a, S>,
    found: RefCell<Option<(Identity, Region)>>,
}

impl<S: Store<Turn: SandboxTurn>> Answering for Asked<'_, S> {
    fn rng(&self) -> Box<dyn CryptoRng> {
        self.running.rng()
    }

    fn is_stopped(&self) -> bool {
        false
    }

    async fn answer(&self, who: Identity, region: Region, call: &Call) -> Result<Answered, LocalError> {
        if call.operation != "GetCallerIdentity" {
            return self.running.answer(who, region, call).await;
        }
        self.found.replace(Some((who, region)));
        Ok(Err(Complaint::new("Found", "", 0)))
    }
}

impl<S: Store<Turn: SandboxTurn>> Vault for Sandbox<S> {
    fn ask(&self, service: Service, operation: &'static str, body: String) -> Asking<'_> {
        Box::pin(async move { self.call_as_terminal(service, operation, &body).await })
    }

    fn randomness(&self) -> Box<dyn CryptoRng> {
        self.world.entropy()
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;
    use serde_json::{Value, json};
    use waxseal_api::sandbox::{Entry, Printed, Start, Task};

    use super::*;
    use crate::{
        store::memory::MemoryStore,
        world::sandbox::tests::{Bench, bench},
    };

    fn enter(bench: &Bench, line: &str) {
        let printed: Printed = bench.perform(Task::Enter { line: line.to_owned() }).unwrap();
        assert_eq!(printed.exit, 0, "{line}: {printed:?}");
    }

    fn data_key(bench: &Bench, key_id: &str) -> Result<Value, ApiError> {
        let body = json!({ "KeyId": key_id, "KeySpec": "AES_256" }).to_string();
        let answer = block_on(bench.0.ask(Service::Kms, "GenerateDataKey", body)).unwrap();
        answer.result.map(|text| serde_json::from_str(&text).unwrap())
    }

    fn be(bench: &Bench, profile: &str) {
        bench.perform::<()>(Task::Be { profile: profile.to_owned() }).unwrap();
    }

    #[test]
    fn work_on_files_calls_as_whom_the_terminal_stands_for() {
        let bench = bench(MemoryStore::default());
        enter(&bench, "KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)");
        enter(&bench, "aws kms create-alias --alias-name alias/a --target-key-id $KEY");
        assert!(data_key(&bench, "alias/a").unwrap()["CiphertextBlob"].is_string());
        let made = bench.log(0).pop().unwrap().record;
        let root = Some("arn:aws:iam::111122223333:root");
        assert_eq!((&*made.event_name, made.user_identity.arn.as_deref()), ("GenerateDataKey", root));

        bench.perform::<()>(Task::Move { region: "eu-west-1".to_owned() }).unwrap();
        assert_eq!(data_key(&bench, "alias/a").unwrap_err().code, ErrorCode::NotFoundException);
        bench.perform::<()>(Task::Move { region: "us-east-1".to_owned() }).unwrap();
        enter(&bench, "aws iam create-user --user-name ana");
        be(&bench, "ana");
        assert_eq!(data_key(&bench, "alias/a").unwrap_err().code, ErrorCode::AccessDeniedException);
    }

    #[test]
    fn a_role_is_assumed_first() {
        let bench = bench(MemoryStore::default());
        bench.perform::<()>(Task::Begin { start: Start::Company, prepare: String::new() }).unwrap();
        be(&bench, "payroll");
        let before = bench.log(0).len() as u64;
        // Whether it may is the policies' affair; who asks is seen in the log.
        let _ = data_key(&bench, "alias/old-2019");
        let names =
            |entry: Entry| (entry.record.event_name, entry.record.user_identity.arn.unwrap_or_default());
        let [(assumed, _), (called, who)] =
            <[_; 2]>::try_from(bench.log(before).into_iter().map(names).collect::<Vec<_>>()).unwrap();
        assert_eq!((&*assumed, &*called), ("AssumeRole", "GenerateDataKey"));
        assert!(who.contains(":assumed-role/payroll/"), "{who}");
    }

    #[test]
    fn nobody_is_refused_in_words() {
        let bench = bench(MemoryStore::default());
        enter(&bench, "export AWS_PROFILE=none");
        let refusal = data_key(&bench, "alias/a").unwrap_err();
        assert_eq!(refusal.code, ErrorCode::AccessDeniedException);
        assert!(refusal.message.contains("none"), "{refusal}");
    }
}
