//! Where the token of a run comes from. It is never an argument, which other users of the machine could read.

use super::args::SystemArgs;
use super::error::Failure;
use super::exit::Exit;
use super::token_command;
use crate::client::Token;
use crate::files;
use std::env;

const TOKEN: &str = "CLINICCTL_TOKEN";
const COMMAND: &str = "CLINICCTL_TOKEN_COMMAND";

/// The variables that name a token, or a way to it. No other program that we start gets to see them.
pub(crate) const VARIABLES: [&str; 2] = [TOKEN, COMMAND];

/// The token of the run; `None` where nobody names one. An argument counts for more than a variable; of two variables
/// none is guessed to be the right one.
pub(crate) async fn of_run(args: &SystemArgs) -> Result<Option<Token>, Failure> {
    if let Some(file) = &args.token_file {
        let text = files::read_text(file).map_err(|error| Failure::from_error(Exit::Usage, &error))?;
        return parse(&text).map(Some);
    }
    if let Some(command) = &args.token_command {
        return token_command::run(command).await.map(Some);
    }
    match (variable(TOKEN), variable(COMMAND)) {
        (Some(_), Some(_)) => Err(two_variables()),
        (Some(token), None) => parse(&token).map(Some),
        (None, Some(command)) => token_command::run(&command).await.map(Some),
        (None, None) => Ok(None),
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn parse(text: &str) -> Result<Token, Failure> {
    Token::parse(text).map_err(|error| Failure::from_error(Exit::Usage, &error))
}

fn two_variables() -> Failure {
    Failure::usage(format!("both `{TOKEN}` and `{COMMAND}` are set, and only one of them can name the token"))
        .hint("unset one of them, or say which with `--token-file` or `--token-command`")
}

/// Nobody names a token.
pub(crate) fn missing() -> Failure {
    Failure::usage("no token for the clinic system")
        .hint("put it into `CLINICCTL_TOKEN`, or into a file that `--token-file` names")
        .hint("a credential helper that prints it is named by `--token-command`")
}
