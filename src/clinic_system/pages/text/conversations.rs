//! The words of conversations, for patients and for professionals. A refusal names a setting as the console calls it.

use super::Texts;
use super::console::words;
use super::console::words::Words;
use crate::clinic::Direction;
use crate::conversations::{BadText, Why};
use crate::pages::language::Language;
use clinic_wire::MESSAGE_TEXT_MAX;

#[derive(Debug)]
pub(crate) struct Talk {
    pub(crate) demonstration: &'static str,
    pub(crate) demonstration_says: &'static str,
    pub(crate) you: &'static str,
    pub(crate) message: &'static str,
    pub(crate) message_hint: &'static str,
    pub(crate) your_text: &'static str,
    pub(crate) send: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) messages: &'static str,
    pub(crate) not_sent: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) control: &'static str,
    pub(crate) full: &'static str,
    pub(crate) key_reused: &'static str,
    pub(crate) long: fn(usize) -> String,
    pub(crate) patient: fn(&str) -> String,
    pub(crate) handed_to: fn(&str) -> String,
    /// Why a professional may not, with the name of the clinic that forbids it.
    pub(crate) why: fn(Why, &str) -> String,
}

impl Talk {
    /// Why a text is no message.
    pub(crate) fn bad(&self, bad: BadText) -> String {
        match bad {
            BadText::Empty => self.empty.to_owned(),
            BadText::Control => self.control.to_owned(),
            BadText::Long(length) => (self.long)(length),
        }
    }
}

pub(crate) static TEXTS: Texts<Talk> = Texts {
    sv: Talk {
        demonstration: "Meddelanden här är demonstrationsdata.",
        demonstration_says: "Ingen vårdpersonal läser dem. Skriv inget om riktiga personer.",
        you: "Du",
        message: "Meddelande",
        message_hint: "Högst 2 000 tecken.",
        your_text: "Det du skrev",
        send: "Skicka",
        answer: "Svara",
        messages: "Meddelanden",
        not_sent: "Meddelandet skickades inte",
        empty: "Skriv något i meddelandet.",
        control: "Meddelandet innehåller ett styrtecken som inte kan skickas. Ta bort det och försök igen.",
        full: "Konversationen tar inte emot fler meddelanden. Starta en ny.",
        key_reused: "Ett annat meddelande har redan skickats från det här formuläret. Ladda om sidan och försök igen.",
        long: |length| format!("Meddelandet har {length} tecken. Korta det till högst {MESSAGE_TEXT_MAX} tecken."),
        patient: |id| format!("Patient {id}"),
        handed_to: |clinic| format!("lämnade över till {clinic}"),
        why: why_in_swedish,
    },
    en: Talk {
        demonstration: "Messages here are demonstration data.",
        demonstration_says: "No care staff read them. Write nothing about real people.",
        you: "You",
        message: "Message",
        message_hint: "At most 2,000 characters.",
        your_text: "What you wrote",
        send: "Send",
        answer: "Answer",
        messages: "Messages",
        not_sent: "The message was not sent",
        empty: "Write something in the message.",
        control: "The message has a control character that cannot be sent. Remove it and try again.",
        full: "The conversation takes no more messages. Start a new one.",
        key_reused: "Another message was sent from this form already. Reload the page and try again.",
        long: |length| {
            format!("The message has {length} characters. Shorten it to at most {MESSAGE_TEXT_MAX} characters.")
        },
        patient: |id| format!("Patient {id}"),
        handed_to: |clinic| format!("handed over to {clinic}"),
        why: why_in_english,
    },
};

fn why_in_swedish(why: Why, clinic: &str) -> String {
    let Words { initiated_switch, incoming, access, .. } = words::TEXTS.of(Language::Swedish);
    match why {
        Why::UnknownPerson => format!("{clinic} har ingen som du i sin personalkatalog."),
        Why::LeftTheClinic => format!("Du har slutat på {clinic}."),
        Why::NotAProfessional => format!("Du är inte hälso- och sjukvårdspersonal på {clinic}."),
        Why::NotTheirs => "Konversationen är någon annans.".to_owned(),
        Why::DirectionOff(Direction::HealthcareInitiated) => format!("”{initiated_switch}” är avslaget på {clinic}."),
        Why::DirectionOff(Direction::Incoming) => format!("”{incoming}” är avslaget på {clinic}."),
        Why::NotListed(Direction::HealthcareInitiated) => {
            format!("Du är inte vald under ”{access}” för ”{initiated_switch}” på {clinic}.")
        }
        Why::NotListed(Direction::Incoming) => {
            format!("Du är inte vald under ”{access}” för ”{incoming}” på {clinic}.")
        }
    }
}

fn why_in_english(why: Why, clinic: &str) -> String {
    let Words { initiated_switch, incoming, access, .. } = words::TEXTS.of(Language::English);
    match why {
        Why::UnknownPerson => format!("{clinic} has nobody like you in its directory."),
        Why::LeftTheClinic => format!("You have left {clinic}."),
        Why::NotAProfessional => format!("You are no healthcare professional of {clinic}."),
        Why::NotTheirs => "The conversation is somebody else's.".to_owned(),
        Why::DirectionOff(Direction::HealthcareInitiated) => format!("“{initiated_switch}” is off at {clinic}."),
        Why::DirectionOff(Direction::Incoming) => format!("“{incoming}” is off at {clinic}."),
        Why::NotListed(Direction::HealthcareInitiated) => {
            format!("You are not selected under “{access}” of “{initiated_switch}” at {clinic}.")
        }
        Why::NotListed(Direction::Incoming) => {
            format!("You are not selected under “{access}” of “{incoming}” at {clinic}.")
        }
    }
}
