//! Where conversations are asked for: reads what a decision needs, decides, and writes under the revisions that the
//! decision was made on. If one of them has moved in between, it decides again.

use super::{Action, Context, Conversation, Counterpart, Denied, Draft, Forbidden, Sent, Verdict, draft, opening};
use crate::store::{Behind, Continuation, Listed, MessageRow, Store, SummaryRow, Trouble, WriteFailure};
use clinic_wire::{AccessAnswer, ConversationSummary, FieldProblem, Message, Party};

/// How often a decision is made again because a clinic changed under it, or somebody else wrote in the same place. Who
/// loses so many races in a row is better told to come back.
const TRIES: usize = 8;
/// The most messages of one conversation: far more than anybody reads, and a bound on what one page can grow to.
const MOST_MESSAGES: usize = 100;

/// The service of one store.
#[derive(Clone, Copy)]
pub(crate) struct ConversationService<'a> {
    store: &'a Store,
}

impl<'a> ConversationService<'a> {
    pub(crate) const fn new(store: &'a Store) -> Self {
        Self { store }
    }

    /// Whether a person may send or respond.
    pub(crate) async fn access(&self, clinic: &str, person: &str, action: Action) -> Result<AccessAnswer, Denied> {
        let context = self.context(clinic, Some(person)).await?;
        let verdict = context.facts().may(action);
        let (reason, setting) = match &verdict {
            Ok(()) => (None, None),
            Err(Forbidden { clinic: _, why }) => (Some(why.slug().to_owned()), why.setting()),
        };
        let detail = verdict.as_ref().map_or_else(Forbidden::detail, |()| action.allowed_at(clinic));
        let (clinic, person, action) = (clinic.to_owned(), person.to_owned(), action.word().to_owned());
        let (allowed, revision) = (verdict.is_ok(), context.revision);
        Ok(AccessAnswer { clinic, person, action, allowed, reason, setting, detail, revision })
    }

    /// Starts a conversation at `clinic`.
    pub(crate) async fn start(
        &self,
        clinic: &str,
        to: &Party,
        draft: &Draft,
    ) -> Result<Sent<clinic_wire::Conversation>, Denied> {
        for _ in 0..TRIES {
            let context = self.house_of(clinic, &draft.from).await?;
            let conversation = opening(clinic, &draft.from, to).map_err(Denied::Unfit)?;
            if let Some(begun) = self.begun(&conversation, draft).await? {
                return Ok(Sent { what: begun, new: false });
            }
            self.must_exist(&draft.from).await?;
            conversation.may_start(&context.facts(), &draft.from).map_err(Denied::Forbidden)?;
            let (id, first) = (draft::key("cv")?, draft.message(None)?);
            if self.store.start_conversation(&id, &context.basis(), &conversation, &first).await? {
                return Ok(Sent { what: shown(id, &conversation, vec![first.message]), new: true });
            }
        }
        Err(Denied::Write(WriteFailure::Now(Trouble::Busy)))
    }

    /// Answers in a conversation that `clinic` holds.
    pub(crate) async fn reply(&self, clinic: &str, id: &str, draft: &Draft) -> Result<Sent<Message>, Denied> {
        for _ in 0..TRIES {
            let context = self.house_of(clinic, &draft.from).await?;
            if let Some(said) = self.said(id, draft, None).await? {
                return Ok(Sent { what: said, new: false });
            }
            let (conversation, messages) = self.held(clinic, id).await?;
            conversation.may_reply(&context.facts(), &draft.from).map_err(Denied::Forbidden)?;
            let (place, held) = (next_place(&messages)?, context.basis());
            let how = Continuation { conversation: id.to_owned(), place, held, taken: None, after: conversation };
            let new = draft.message(None)?;
            if self.store.continue_conversation(&how, &new).await? {
                return Ok(Sent { what: new.message, new: true });
            }
        }
        Err(Denied::Write(WriteFailure::Now(Trouble::Busy)))
    }

    /// Hands a conversation that `clinic` holds to the clinic `to`.
    pub(crate) async fn hand_over(
        &self,
        (clinic, id): (&str, &str),
        to: &str,
        draft: &Draft,
    ) -> Result<Sent<Message>, Denied> {
        for _ in 0..TRIES {
            let context = self.house_of(clinic, &draft.from).await?;
            if let Some(said) = self.said(id, draft, Some(to)).await? {
                return Ok(Sent { what: said, new: false });
            }
            let (conversation, messages) = self.held(clinic, id).await?;
            let after = conversation.handed_to(to).map_err(Denied::Unfit)?;
            let other = self.other_house(to).await?;
            conversation.may_hand_over(&context.facts(), &other.facts()).map_err(Denied::Forbidden)?;
            let (place, held, taken) = (next_place(&messages)?, context.basis(), Some(other.basis()));
            let how = Continuation { conversation: id.to_owned(), place, held, taken, after };
            let new = draft.message(Some(to))?;
            if self.store.continue_conversation(&how, &new).await? {
                return Ok(Sent { what: new.message, new: true });
            }
        }
        Err(Denied::Write(WriteFailure::Now(Trouble::Busy)))
    }

    /// A conversation that `clinic` holds, as `reader` sees it, and whether they may answer in it.
    pub(crate) async fn read(
        &self,
        clinic: &str,
        id: &str,
        reader: &Party,
    ) -> Result<(clinic_wire::Conversation, Verdict), Denied> {
        let context = self.house_of(clinic, reader).await?;
        let (conversation, messages) = self.held(clinic, id).await?;
        conversation.may_read(&context.facts(), reader).map_err(Denied::Forbidden)?;
        let answer = conversation.may_reply(&context.facts(), reader);
        Ok((shown(id.to_owned(), &conversation, messages.iter().map(MessageRow::message).collect()), answer))
    }

    /// Where a conversation is, and what decides about it.
    pub(crate) async fn find(&self, id: &str) -> Result<Conversation, Denied> {
        let row = self.store.conversation(id).await?.ok_or(Denied::UnknownConversation)?;
        Ok(row.conversation()?)
    }

    /// At most `limit` of the conversations that `clinic` has started with others, newest first.
    pub(crate) async fn started_by(&self, clinic: &str, limit: i64) -> Result<Vec<ConversationSummary>, Denied> {
        let listed = Listed::With { party: Counterpart::Clinic(clinic.to_owned()), clinic: None };
        let rows = self.store.conversations(&listed, None, limit).await?;
        Ok(rows.iter().map(SummaryRow::summary).collect::<Result<_, _>>()?)
    }

    /// At most `limit` of the conversations at `clinic` that `reader` may read, newest first.
    pub(crate) async fn list(
        &self,
        clinic: &str,
        reader: &Party,
        behind: Option<&Behind>,
        limit: i64,
    ) -> Result<Vec<ConversationSummary>, Denied> {
        let context = self.house_of(clinic, reader).await?;
        let listed = context.readable(reader).map_err(Denied::Forbidden)?;
        let rows = self.store.conversations(&listed, behind, limit).await?;
        Ok(rows.iter().map(SummaryRow::summary).collect::<Result<_, _>>()?)
    }

    /// A clinic and, where a professional is in question, what it knows of them.
    pub(crate) async fn context(&self, clinic: &str, professional: Option<&str>) -> Result<Context, Denied> {
        let row = self.store.clinic(clinic).await?.ok_or_else(|| Denied::UnknownClinic(clinic.to_owned()))?;
        let person = match professional {
            None => None,
            Some(id) => self.store.person(clinic, id).await?,
        };
        let (revision, messaging) = (row.revision(), row.state()?.messaging);
        Ok(Context { clinic: row.clinic, name: row.name, revision, messaging, person })
    }

    async fn house_of(&self, clinic: &str, party: &Party) -> Result<Context, Denied> {
        let professional = match party {
            Party::Professional(id) => Some(id.as_str()),
            Party::Patient(_) | Party::Clinic(_) => None,
        };
        self.context(clinic, professional).await
    }

    /// A clinic that writes must be one of this system.
    async fn must_exist(&self, from: &Party) -> Result<(), Denied> {
        let Party::Clinic(clinic) = from else { return Ok(()) };
        let found = self.store.clinic(clinic).await?;
        found.map(drop).ok_or_else(|| no_clinic("/from/clinic", clinic))
    }

    /// A conversation, where this clinic holds it.
    async fn held(&self, clinic: &str, id: &str) -> Result<(Conversation, Vec<MessageRow>), Denied> {
        let conversation = self.find(id).await?;
        if conversation.clinic != clinic {
            return Err(Denied::UnknownConversation);
        }
        Ok((conversation, self.store.messages(id).await?))
    }

    /// The conversation that was started with the draft's key, as it was then.
    async fn begun(
        &self,
        conversation: &Conversation,
        draft: &Draft,
    ) -> Result<Option<clinic_wire::Conversation>, Denied> {
        let Some(once) = &draft.once else { return Ok(None) };
        let Some(row) = self.store.conversation_begun(once).await? else { return Ok(None) };
        let first = self.store.messages(&row.id).await?.first().map(MessageRow::message);
        let same = row.conversation()?.with == conversation.with;
        match first.filter(|first| same && first.from == draft.from && first.text == draft.text) {
            Some(first) => Ok(Some(shown(row.id, conversation, vec![first]))),
            None => Err(Denied::KeyReused),
        }
    }

    /// The message of this conversation that was sent with the draft's key, wherever the conversation is by now.
    async fn said(&self, id: &str, draft: &Draft, handed_to: Option<&str>) -> Result<Option<Message>, Denied> {
        let Some(once) = &draft.once else { return Ok(None) };
        let messages = self.store.messages(id).await?;
        let Some(said) = messages.iter().find(|message| message.was_sent_with(once)) else { return Ok(None) };
        let said = said.message();
        let same = said.from == draft.from && said.text == draft.text && said.handed_to.as_deref() == handed_to;
        if same { Ok(Some(said)) } else { Err(Denied::KeyReused) }
    }

    async fn other_house(&self, clinic: &str) -> Result<Context, Denied> {
        match self.context(clinic, None).await {
            Err(Denied::UnknownClinic(clinic)) => Err(no_clinic("/to/clinic", &clinic)),
            context => context,
        }
    }
}

/// A conversation as the API shows it.
fn shown(id: String, conversation: &Conversation, messages: Vec<Message>) -> clinic_wire::Conversation {
    let Conversation { clinic, governed_by, with } = conversation.clone();
    clinic_wire::Conversation {
        id,
        clinic,
        governed_by: governed_by.resource().to_owned(),
        with: with.party(),
        messages,
    }
}

fn next_place(messages: &[MessageRow]) -> Result<i64, Denied> {
    let place = i64::try_from(messages.len() + 1).ok().filter(|_| messages.len() < MOST_MESSAGES);
    place.ok_or(Denied::Full)
}

fn no_clinic(pointer: &str, clinic: &str) -> Denied {
    Denied::Unfit(FieldProblem { pointer: pointer.to_owned(), detail: format!("no clinic has the key `{clinic}`") })
}
