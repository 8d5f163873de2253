//! Conversations: demonstration data beside the settings. Every write stands on the revisions that it was decided on,
//! and touches nothing if one of them has moved.

use super::{Statement, Store, StoreError, WriteFailure};
use crate::clinic::Direction;
use crate::conversations::{Conversation, Counterpart};
use clinic_wire::{ConversationSummary, Message, Party, StaffItem};
use jiff::Timestamp;
use serde::de::Error;
use sqlx::FromRow;

/// How many conversations a clinic keeps: the newest. Anybody may start one on the patients' pages, and nobody is to
/// fill the disk with them.
const MOST_CONVERSATIONS: i64 = 1000;

/// What begins every list of conversations: each with its newest message.
macro_rules! newest_messages {
    () => {
        "SELECT c.id, c.clinic, c.governed_by, c.with_kind, c.with_id,
                m.author_kind, m.author, m.written_at, m.body, m.handed_to, m.once
         FROM conversations AS c
         JOIN messages AS m
           ON m.conversation = c.id
          AND m.place = (SELECT max(place) FROM messages WHERE conversation = c.id) "
    };
}

/// What ends every list of conversations: those that were touched before a place in it, newest first.
macro_rules! newest_first {
    () => {
        " AND (c.touched < $4 OR (c.touched = $4 AND c.id < $5)) ORDER BY c.touched DESC, c.id DESC LIMIT $6"
    };
}

/// A conversation as it is stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ConversationRow {
    pub(crate) id: String,
    clinic: String,
    governed_by: String,
    with_kind: String,
    with_id: String,
}

/// A message as it is stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct MessageRow {
    author_kind: String,
    author: String,
    written_at: String,
    body: String,
    handed_to: Option<String>,
    once: Option<String>,
}

/// A conversation in a list.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SummaryRow {
    #[sqlx(flatten)]
    conversation: ConversationRow,
    #[sqlx(flatten)]
    last: MessageRow,
}

/// Which conversations are asked for.
#[derive(Debug, Clone)]
pub(crate) enum Listed {
    /// Those that a clinic holds under any of these directions.
    Held { clinic: String, directions: Vec<Direction> },
    /// Those with a patient or with the clinic that started them, at one clinic or wherever they are.
    With { party: Counterpart, clinic: Option<String> },
}

/// A place in a list: behind the conversation that was touched then and has this id.
#[derive(Debug, Clone)]
pub(crate) struct Behind {
    pub(crate) touched: String,
    pub(crate) id: String,
}

/// A message that is to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewMessage {
    /// The key of the message.
    pub(crate) id: String,
    pub(crate) message: Message,
    pub(crate) once: Option<String>,
}

/// A clinic, and the revision that a decision stands on.
#[derive(Debug, Clone)]
pub(crate) struct Basis {
    pub(crate) clinic: String,
    pub(crate) revision: u64,
}

/// What a message does to a conversation that is there.
#[derive(Debug, Clone)]
pub(crate) struct Continuation {
    pub(crate) conversation: String,
    /// The place of the message.
    pub(crate) place: i64,
    /// The clinic that holds it.
    pub(crate) held: Basis,
    /// The clinic that takes it, if it is handed over.
    pub(crate) taken: Option<Basis>,
    /// The conversation afterwards.
    pub(crate) after: Conversation,
}

impl ConversationRow {
    /// What decides about it.
    pub(crate) fn conversation(&self) -> Result<Conversation, StoreError> {
        let unknown = || StoreError::Row(serde_json::Error::custom("a conversation is governed by no direction"));
        let with = match self.with_kind.as_str() {
            "clinic" => Counterpart::Clinic(self.with_id.clone()),
            _ => Counterpart::Patient(self.with_id.clone()),
        };
        let governed_by = Direction::of_resource(&self.governed_by).ok_or_else(unknown)?;
        Ok(Conversation { clinic: self.clinic.clone(), governed_by, with })
    }
}

impl MessageRow {
    /// As the API shows it.
    pub(crate) fn message(&self) -> Message {
        let author = self.author.clone();
        let from = match self.author_kind.as_str() {
            "professional" => Party::Professional(author),
            "clinic" => Party::Clinic(author),
            _ => Party::Patient(author),
        };
        Message { from, at: self.written_at.clone(), text: self.body.clone(), handed_to: self.handed_to.clone() }
    }

    /// Whether it was sent with this key.
    pub(crate) fn was_sent_with(&self, once: &str) -> bool {
        self.once.as_deref() == Some(once)
    }
}

impl SummaryRow {
    /// As the API shows it.
    pub(crate) fn summary(&self) -> Result<ConversationSummary, StoreError> {
        let Conversation { clinic, governed_by, with } = self.conversation.conversation()?;
        let (id, governed_by) = (self.conversation.id.clone(), governed_by.resource().to_owned());
        Ok(ConversationSummary { id, clinic, governed_by, with: with.party(), last: self.last.message() })
    }
}

impl Store {
    /// A person of a clinic.
    pub(crate) async fn person(&self, clinic: &str, id: &str) -> Result<Option<StaffItem>, StoreError> {
        let row = Statement::new("SELECT document FROM staff WHERE clinic = $1 AND id = $2").bind(clinic).bind(id);
        let document: Option<(String,)> = self.one(row).await?;
        document.map(|(document,)| serde_json::from_str(&document).map_err(StoreError::Row)).transpose()
    }

    /// Somebody who works, or has worked, at some clinic.
    pub(crate) async fn staff_member(&self, id: &str) -> Result<Option<StaffItem>, StoreError> {
        let row = Statement::new("SELECT document FROM staff WHERE id = $1").bind(id);
        let document: Option<(String,)> = self.one(row).await?;
        document.map(|(document,)| serde_json::from_str(&document).map_err(StoreError::Row)).transpose()
    }

    /// A conversation, wherever it is.
    pub(crate) async fn conversation(&self, id: &str) -> Result<Option<ConversationRow>, StoreError> {
        let row = "SELECT id, clinic, governed_by, with_kind, with_id FROM conversations WHERE id = $1";
        self.one(Statement::new(row).bind(id)).await
    }

    /// The conversation that was started with this key.
    pub(crate) async fn conversation_begun(&self, once: &str) -> Result<Option<ConversationRow>, StoreError> {
        let row = "SELECT id, clinic, governed_by, with_kind, with_id FROM conversations WHERE once = $1";
        self.one(Statement::new(row).bind(once)).await
    }

    /// The messages of a conversation, oldest first.
    pub(crate) async fn messages(&self, conversation: &str) -> Result<Vec<MessageRow>, StoreError> {
        let rows = "SELECT author_kind, author, written_at, body, handed_to, once FROM messages
                    WHERE conversation = $1 ORDER BY place";
        self.all(Statement::new(rows).bind(conversation)).await
    }

    /// At most `limit` conversations, newest first, from the beginning or behind a place in the list.
    pub(crate) async fn conversations(
        &self,
        listed: &Listed,
        behind: Option<&Behind>,
        limit: i64,
    ) -> Result<Vec<SummaryRow>, StoreError> {
        let statement = match listed {
            Listed::Held { clinic, directions } => {
                let rows =
                    concat!(newest_messages!(), "WHERE c.clinic = $1 AND c.governed_by IN ($2, $3)", newest_first!());
                let mut words = directions.iter().map(|direction| direction.resource());
                let (one, other) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                Statement::new(rows).bind(clinic).bind(one).bind(other)
            }
            Listed::With { party, clinic } => {
                let rows = concat!(
                    newest_messages!(),
                    "WHERE c.with_kind = $1 AND c.with_id = $2 AND ($3 = '' OR c.clinic = $3)",
                    newest_first!()
                );
                let party = party.party();
                let (kind, id) = words(&party);
                Statement::new(rows).bind(kind).bind(id).bind(clinic.clone().unwrap_or_default())
            }
        };
        // Every time begins with a digit, and so comes before this.
        let (touched, id) = behind.map_or(("~", ""), |behind| (behind.touched.as_str(), behind.id.as_str()));
        self.all(statement.bind(touched).bind(id).bind(limit)).await
    }

    /// Starts a conversation; `false` if the clinic's revision has moved, or the key is used.
    pub(crate) async fn start_conversation(
        &self,
        id: &str,
        basis: &Basis,
        conversation: &Conversation,
        first: &NewMessage,
    ) -> Result<bool, WriteFailure> {
        let Conversation { clinic, governed_by, with } = conversation;
        let with = with.party();
        let (with_kind, with_id) = words(&with);
        let begin = Statement::new(
            "INSERT INTO conversations (id, clinic, governed_by, with_kind, with_id, touched, once)
             SELECT $1, $2, $3, $4, $5, $6, $7 FROM clinics WHERE clinic = $2 AND revision = $8
             ON CONFLICT DO NOTHING",
        );
        let begin = begin.bind(id).bind(clinic).bind(governed_by.resource()).bind(with_kind).bind(with_id);
        let begin = begin.bind(&first.message.at).bind(first.once.clone()).bind(basis.revision.cast_signed());
        let write = Statement::new(
            "INSERT INTO messages (conversation, place, id, author_kind, author, written_at, body)
             SELECT $1, 1, $2, $3, $4, $5, $6 FROM conversations WHERE id = $1",
        );
        let (author_kind, author) = words(&first.message.from);
        let write = write.bind(id).bind(&first.id).bind(author_kind).bind(author);
        let write = write.bind(&first.message.at).bind(&first.message.text);
        let forget = Statement::new(
            "DELETE FROM conversations WHERE id IN
             (SELECT id FROM conversations WHERE clinic = $1 ORDER BY touched DESC, id DESC LIMIT $2 OFFSET $2)",
        );
        let touched = self.run(vec![begin, write, forget.bind(clinic).bind(MOST_CONVERSATIONS)]).await?;
        Ok(touched.first() == Some(&1))
    }

    /// Adds a message to a conversation, and hands it over where that is what the message does; `false` if a
    /// revision has moved, the conversation went elsewhere, somebody else wrote in that place, or the key is used.
    pub(crate) async fn continue_conversation(
        &self,
        how: &Continuation,
        new: &NewMessage,
    ) -> Result<bool, WriteFailure> {
        let Continuation { conversation, place, held, taken, after } = how;
        let (author_kind, author) = words(&new.message.from);
        let write = Statement::new(
            "INSERT INTO messages (conversation, place, id, author_kind, author, written_at, body, handed_to, once)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
             FROM conversations AS c JOIN clinics AS held ON held.clinic = c.clinic
             WHERE c.id = $1 AND c.clinic = $10 AND held.revision = $11
               AND ($12 = '' OR EXISTS (SELECT 1 FROM clinics AS taken WHERE taken.clinic = $12 AND taken.revision = $13))
             ON CONFLICT DO NOTHING",
        );
        let write = write.bind(conversation).bind(*place).bind(&new.id).bind(author_kind).bind(author);
        let write = write.bind(&new.message.at).bind(&new.message.text).bind(new.message.handed_to.clone());
        let write = write.bind(new.once.clone()).bind(&held.clinic).bind(held.revision.cast_signed());
        let (taking, revision) =
            taken.as_ref().map_or((String::new(), 0), |taken| (taken.clinic.clone(), taken.revision.cast_signed()));
        let touch = Statement::new(
            "UPDATE conversations SET touched = $2, clinic = $3, governed_by = $4
             WHERE id = $1 AND EXISTS (SELECT 1 FROM messages WHERE conversation = $1 AND id = $5)",
        );
        let touch = touch.bind(conversation).bind(&new.message.at).bind(&after.clinic);
        let touch = touch.bind(after.governed_by.resource()).bind(&new.id);
        let touched = self.run(vec![write.bind(taking).bind(revision), touch]).await?;
        Ok(touched.first() == Some(&1))
    }
}

/// The present time, as messages carry it: fine enough to keep the order of a quick exchange.
pub(crate) fn moment() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn words(party: &Party) -> (&'static str, &str) {
    match party {
        Party::Professional(id) => ("professional", id),
        Party::Patient(id) => ("patient", id),
        Party::Clinic(id) => ("clinic", id),
    }
}
