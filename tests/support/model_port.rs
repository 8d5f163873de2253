//! The executor's port to a model, with two moments at which a test can meddle: before a request arrives, and after it
//! was carried out but before its answer is heard.

use clinicctl::domain::ClinicId;
use clinicctl::execute::{FatalError, Observed, PerformError, Performed, Port, Sending};
use clinicctl::model::{Answer, Author, Model, Refusal};
use clinicctl::plan::Write;
use std::sync::{Arc, Mutex, MutexGuard};

/// A request as a hook sees it.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// How many requests came before it.
    pub number: usize,
    /// The clinic.
    pub clinic: ClinicId,
    /// What is written; `None` for a read.
    pub write: Option<Write>,
}

/// Edits the model or not, and answers in its place or not.
type Hook = Box<dyn Fn(&mut Model, &Request) -> Option<PerformError> + Send + Sync>;

/// A port to a shared model.
pub(crate) struct ModelPort {
    model: Arc<Mutex<Model>>,
    requests: Mutex<Vec<Request>>,
    before: Hook,
    after: Hook,
}

impl ModelPort {
    /// A port that carries out everything; whoever keeps a clone of `model` can look at it meanwhile.
    pub(crate) fn new(model: &Arc<Mutex<Model>>) -> Self {
        Self {
            model: Arc::clone(model),
            requests: Mutex::default(),
            before: Box::new(|_, _| None),
            after: Box::new(|_, _| None),
        }
    }

    /// Calls `hook` before each request. What it answers is the answer, and the request is not carried out.
    #[must_use]
    pub(crate) fn before(
        mut self,
        hook: impl Fn(&mut Model, &Request) -> Option<PerformError> + Send + Sync + 'static,
    ) -> Self {
        self.before = Box::new(hook);
        self
    }

    /// Calls `hook` after each request that was carried out. What it answers replaces the answer: the true one is lost.
    #[must_use]
    pub(crate) fn after(
        mut self,
        hook: impl Fn(&mut Model, &Request) -> Option<PerformError> + Send + Sync + 'static,
    ) -> Self {
        self.after = Box::new(hook);
        self
    }

    /// Every request so far, in the order of arrival.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("no test panics while it holds the requests").clone()
    }

    fn arrive(&self, clinic: &ClinicId, write: Option<&Write>) -> Request {
        let mut requests = self.requests.lock().expect("no test panics while it holds the requests");
        let request = Request { number: requests.len(), clinic: clinic.clone(), write: write.cloned() };
        requests.push(request.clone());
        request
    }

    fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().expect("no test panics while it holds the model")
    }
}

impl Port for ModelPort {
    type Tries = ();

    async fn observe(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        let request = self.arrive(clinic, None);
        let mut model = self.model();
        if let Some(error) = (self.before)(&mut model, &request) {
            return Ok(Observed::Failed(error.to_string()));
        }
        let observed = model.observe(clinic).map_or(Observed::Missing, |live| Observed::Live(Box::new(live.clone())));
        Ok((self.after)(&mut model, &request).map_or(observed, |error| Observed::Failed(error.to_string())))
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.observe(clinic).await
    }

    async fn perform(
        &self,
        Sending { clinic, precondition, write, reference }: Sending<'_>,
        (): &mut (),
    ) -> Result<Performed, PerformError> {
        let request = self.arrive(clinic, Some(write));
        let mut model = self.model();
        if let Some(error) = (self.before)(&mut model, &request) {
            return Err(error);
        }
        let author = Author { reference: reference.map(str::to_owned), ..Author::service("config-pipeline") };
        let answer = model.perform(clinic, Some(precondition), write, &author);
        (self.after)(&mut model, &request).map_or_else(|| told(answer), Err)
    }

    async fn once_more(&self, (): &mut ()) -> bool {
        true
    }
}

/// The model's answer as a port tells it.
fn told(answer: Result<Answer, Refusal>) -> Result<Performed, PerformError> {
    match answer {
        Ok(answer) => Ok(Performed { revision: answer.revision, changed: answer.changed() }),
        Err(Refusal::UnknownClinic(_)) => Err(PerformError::Missing),
        Err(Refusal::UnknownButton) => Err(PerformError::Gone),
        Err(Refusal::Conflict { current }) => Err(PerformError::Conflict { current: Some(current) }),
        Err(Refusal::Content(faults)) => {
            let fields = faults.into_iter().map(|fault| (fault.pointer, fault.detail)).collect();
            Err(PerformError::Refused { detail: "the content is refused".to_owned(), fields })
        }
        Err(Refusal::PreconditionMissing) => panic!("the port names a revision with every write"),
    }
}
