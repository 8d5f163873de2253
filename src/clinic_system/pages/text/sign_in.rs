//! The words of signing in.

use super::Texts;

#[derive(Debug)]
pub(crate) struct SignInWords {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
    pub(crate) button: &'static str,
    pub(crate) problem: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) password_chosen: &'static str,
    pub(crate) set_up: &'static str,
    pub(crate) help: &'static str,
}

pub(crate) static TEXTS: Texts<SignInWords> = Texts {
    sv: SignInWords {
        title: "Logga in",
        lead: "För dig som arbetar på en mottagning.",
        login: "E-postadress",
        password: "Lösenord",
        button: "Logga in",
        problem: "Du är inte inloggad",
        wrong: "E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen.",
        locked: "För många försök har misslyckats. Vänta en kvart och försök igen.",
        password_chosen: "Lösenordet är sparat. Logga in med det.",
        set_up: "Kontot finns. Logga in med det.",
        help: "Har du glömt ditt lösenord? Den som administrerar systemet kan ge dig en ny engångslänk.",
    },
    en: SignInWords {
        title: "Sign in",
        lead: "For people who work at a clinic.",
        login: "E-mail address",
        password: "Password",
        button: "Sign in",
        problem: "You are not signed in",
        wrong: "The e-mail address and the password do not belong together. Check both and try again.",
        locked: "Too many attempts have failed. Wait a quarter of an hour and try again.",
        password_chosen: "The password is saved. Sign in with it.",
        set_up: "The account is there. Sign in with it.",
        help: "Forgotten your password? Whoever administers the system can give you a new one-time link.",
    },
};
