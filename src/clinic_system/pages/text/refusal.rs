//! The words of refusals.

use super::Texts;
use crate::pages::refusal::Refusal;

/// One refusal: a heading, and what to do now.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) says: &'static str,
}

/// All refusals.
#[derive(Debug)]
pub(crate) struct Refusals {
    pub(crate) home: &'static str,
    forbidden: Words,
    unknown_page: Words,
    other_method: Words,
    other_site: Words,
    old_form: Words,
    unreadable_form: Words,
    busy: Words,
    unable: Words,
    unknown: Words,
    failed: Words,
}

impl Refusals {
    /// The words of a refusal. Who has to sign in first sees the sign-in page, not a refusal.
    pub(crate) const fn of(&self, refusal: Refusal) -> &Words {
        match refusal {
            Refusal::SignInFirst | Refusal::Forbidden => &self.forbidden,
            Refusal::UnknownPage => &self.unknown_page,
            Refusal::OtherMethod => &self.other_method,
            Refusal::OtherSite => &self.other_site,
            Refusal::OldForm => &self.old_form,
            Refusal::UnreadableForm => &self.unreadable_form,
            Refusal::Busy => &self.busy,
            Refusal::Unable(_) => &self.unable,
            Refusal::Unknown => &self.unknown,
            Refusal::Failed => &self.failed,
        }
    }
}

pub(crate) static TEXTS: Texts<Refusals> = Texts {
    sv: Refusals {
        home: "Till startsidan",
        forbidden: Words {
            title: "Sidan är inte öppen för dig",
            says: "Ditt konto får inte använda den här sidan. Om du behöver den, fråga den som administrerar systemet.",
        },
        unknown_page: Words {
            title: "Sidan finns inte",
            says: "Adressen leder ingenstans. Den kan vara felstavad, eller så har det som den visade tagits bort.",
        },
        other_method: Words {
            title: "Så kan sidan inte användas",
            says: "Sidan svarar inte på det här anropet. Öppna den på nytt från startsidan.",
        },
        other_site: Words {
            title: "Formuläret kom från en annan webbplats",
            says: "Ingenting har ändrats. Om du själv skickade det, öppna sidan här och skicka det igen.",
        },
        old_form: Words {
            title: "Formuläret är för gammalt",
            says: "Ingenting har ändrats. Du har loggat in eller ut sedan du öppnade det. Gå tillbaka, ladda om sidan \
                   och skicka det igen.",
        },
        unreadable_form: Words {
            title: "Formuläret kunde inte läsas",
            says: "Ingenting har ändrats. Det var för stort, eller så bröts anslutningen. Försök igen.",
        },
        busy: Words {
            title: "Systemet har för mycket att göra",
            says: "Ingenting har ändrats. Försök igen om en liten stund.",
        },
        unable: Words {
            title: "Det går inte just nu",
            says: "Systemet kommer inte åt sina uppgifter, eller kan inte spara. Ingenting har ändrats. Försök igen om \
                   några minuter, och säg till den som driver systemet om det inte går över.",
        },
        unknown: Words {
            title: "Vi vet inte om det sparades",
            says: "Systemet bröts av medan det sparade. Öppna sidan på nytt och se efter innan du gör om det.",
        },
        failed: Words {
            title: "Något gick fel hos oss",
            says: "Det är inte ditt fel. Orsaken står i systemets egen logg. Försök igen om en stund.",
        },
    },
    en: Refusals {
        home: "To the start page",
        forbidden: Words {
            title: "This page is not open to you",
            says: "Your account may not use this page. If you need it, ask whoever administers the system.",
        },
        unknown_page: Words {
            title: "There is no such page",
            says: "This address leads nowhere. It may be misspelt, or what it showed has been removed.",
        },
        other_method: Words {
            title: "The page cannot be used like this",
            says: "The page does not answer to this request. Open it again from the start page.",
        },
        other_site: Words {
            title: "The form came from another site",
            says: "Nothing was changed. If you sent it yourself, open the page here and send it again.",
        },
        old_form: Words {
            title: "The form is too old",
            says: "Nothing was changed. You have signed in or out since you opened it. Go back, reload the page and \
                   send it again.",
        },
        unreadable_form: Words {
            title: "The form could not be read",
            says: "Nothing was changed. It was too large, or the connection broke. Try again.",
        },
        busy: Words { title: "The system has too much to do", says: "Nothing was changed. Try again in a moment." },
        unable: Words {
            title: "This cannot be done right now",
            says: "The system does not reach its data, or cannot save. Nothing was changed. Try again in a few \
                   minutes, and tell whoever runs the system if it does not pass.",
        },
        unknown: Words {
            title: "We do not know whether it was saved",
            says: "The system was cut off while it saved. Open the page again and look before you repeat it.",
        },
        failed: Words {
            title: "Something went wrong on our side",
            says: "It is not your fault. The cause stands in the system's own log. Try again in a while.",
        },
    },
};
