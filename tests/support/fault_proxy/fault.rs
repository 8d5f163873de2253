//! What happens to one request, as a value that prints itself as the Rust code that makes it.

use super::message::Message;

/// What happens to a request on its way, and to its answer on the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) way: Way,
    pub(crate) back: Back,
}

/// The way of a request to the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It arrives.
    Pass,
    /// It never arrives.
    Stop,
    /// It arrives, after so many others were answered or nobody is left to wait for.
    Delay(usize),
    /// The client hears something first; it arrives after so many others were answered, or when the run has ended.
    Late(usize),
    /// It arrives twice, and this answer goes back.
    Twice(Which),
}

/// One of two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    First,
    Second,
}

/// What the client hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// The system's answer; where there is none, the connection ends.
    Give,
    /// The connection ends.
    Lose,
    /// Nothing, for as long as the client waits; at most until everything is let go.
    Hold,
    /// So many bytes of the answer, then the connection ends.
    Cut(usize),
    /// The answer, byte by byte.
    Drip,
    /// The answer; then the connection ends, though nobody said that it would.
    HangUp,
    /// Something else.
    Say(Said),
}

/// What somebody on the way says in the system's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// A problem document.
    Problem(u16),
    /// A problem document with `Retry-After`.
    ComeBack(u16, &'static str),
    /// 200 and a page that asks people to sign in.
    LoginPage,
    /// A redirect to another place.
    Elsewhere(u16),
    /// The answer without this header.
    Without(&'static str),
    /// The answer with this header.
    With(&'static str, &'static str),
    /// The answer's head with this body.
    Body(&'static str),
}

impl Fault {
    /// Nothing happens to it.
    pub(crate) const NONE: Self = Self { way: Way::Pass, back: Back::Give };
}

impl Said {
    /// What the client hears in the place of `answer`.
    pub(super) fn instead_of(self, answer: Option<Message>) -> Message {
        let answer = answer.unwrap_or_else(|| Message::answer(200, &[JSON], "{}"));
        match self {
            Self::Problem(status) => Message::answer(status, &[PROBLEM], problem(status)),
            Self::ComeBack(status, when) => Message::answer(status, &[PROBLEM, ("retry-after", when)], problem(status)),
            Self::LoginPage => Message::answer(200, &[("content-type", "text/html")], "<html>Sign in</html>"),
            Self::Elsewhere(status) => Message::answer(status, &[("location", "https://elsewhere.example/")], ""),
            Self::Without(name) => without(answer, name),
            Self::With(name, value) => {
                let mut answer = without(answer, name);
                answer.headers.push((name.to_owned(), value.to_owned()));
                answer
            }
            Self::Body(body) => Message { body: body.into(), ..answer },
        }
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const PROBLEM: (&str, &str) = ("content-type", "application/problem+json");

fn problem(status: u16) -> String {
    format!(r#"{{"type": "scripted", "title": "The script says so", "status": {status}, "detail": "not now"}}"#)
}

fn without(mut answer: Message, name: &str) -> Message {
    answer.headers.retain(|(other, _)| other != name);
    answer
}
