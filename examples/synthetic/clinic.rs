//! What one synthetic clinic is: its people, who of them may do what, and its menu.

use super::person::{Person, clinic_id};
use std::ops::Range;

/// The clinics whose nurses stand in a group. Groups stay a handful of people, whatever the size of the fleet.
const GROUPED_CLINICS: u32 = 200;
const GROUPS: u32 = 4;

/// Those who may message: active, with the professional's role.
const PROFESSIONALS: Range<usize> = 0..25;
/// Of the professionals, those that a `title:` selector means.
const PHYSICIANS: Range<usize> = 9..15;
/// Of the professionals, those whom a triage clinic lists one by one.
pub(crate) const LISTED_RESPONDERS: Range<usize> = 15..22;
/// Of the nurses of a clinic, those who stand in its group.
const GROUP_MEMBERS: Range<usize> = 0..2;

/// With these, a file has about 2.5 KiB.
const OWN_BUTTONS: u32 = 8;

/// A clinic, as it is wanted or as it is.
#[derive(Debug, Clone)]
pub(crate) struct Clinic {
    pub(crate) number: u32,
    pub(crate) style: Style,
    pub(crate) people: Vec<Person>,
    /// Who may write first, as places in `people`.
    pub(crate) senders: Vec<usize>,
    /// The whole menu: the buttons of the baselines, then the clinic's own.
    pub(crate) menu: Vec<Button>,
}

/// Which baseline a clinic extends, and so how it uses messaging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Everyone answers.
    Open,
    /// Everyone answers, and the shared buttons have a third language.
    Regional,
    /// A group, a title and a list of people answer.
    Triage,
    /// Patients cannot write first.
    StaffLed,
}

/// One button of the menu.
#[derive(Debug, Clone)]
pub(crate) struct Button {
    pub(crate) id: &'static str,
    pub(crate) leads_to: String,
    pub(crate) titles: Vec<(&'static str, &'static str)>,
    pub(crate) active: bool,
    pub(crate) web_only: bool,
    /// Whether the clinic's own file declares it, and not a baseline.
    pub(crate) own: bool,
}

impl Clinic {
    /// The clinic as its files want it.
    pub(crate) fn new(number: u32) -> Self {
        let style = Style::of(number);
        let people = (0..Person::PER_CLINIC).map(|at| Person::new(number, at)).collect();
        let mut menu = shared_buttons(style);
        menu.extend((0..OWN_BUTTONS).map(|at| own_button(number, at)));
        Self { number, style, people, senders: senders(number), menu }
    }

    /// The clinic as it was before three resources changed. Only people who gain access differ, so that the guard for
    /// people who lose it stays out of the way.
    pub(crate) fn earlier(mut self) -> Self {
        self.menu.pop();
        self.senders.pop();
        let first_own = self.menu.iter_mut().find(|button| button.own);
        if let Some((_, title)) = first_own.and_then(|button| button.titles.last_mut()) {
            *title = "Earlier wording";
        }
        self
    }

    /// The key.
    pub(crate) fn id(&self) -> String {
        clinic_id(self.number)
    }

    /// The group that a triage clinic lists.
    pub(crate) const fn group(&self) -> u32 {
        group_of(self.number)
    }

    /// Who may respond where not everyone may, as places in `people`.
    pub(crate) fn listed_responders(&self) -> Vec<usize> {
        match self.style {
            Style::Open | Style::Regional | Style::StaffLed => Vec::new(),
            Style::Triage => {
                let grouped = if self.number < GROUPED_CLINICS { GROUP_MEMBERS } else { 0..0 };
                grouped.chain(PHYSICIANS).chain(LISTED_RESPONDERS).collect()
            }
        }
    }
}

impl Style {
    const fn of(number: u32) -> Self {
        match number % 5 {
            0 => Self::StaffLed,
            1 | 2 => Self::Triage,
            3 => Self::Regional,
            _ => Self::Open,
        }
    }

    /// The baseline.
    pub(crate) const fn baseline(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Regional => "regional",
            Self::Triage => "triage",
            Self::StaffLed => "staff-led",
        }
    }

    /// Whether patients may write first.
    pub(crate) const fn takes_messages(self) -> bool {
        !matches!(self, Self::StaffLed)
    }
}

/// The members of every group that has one: the group's number and its clinics' nurses.
pub(crate) fn groups(clinics: u32) -> impl Iterator<Item = (u32, Vec<Person>)> {
    let triage = move || (0..clinics.min(GROUPED_CLINICS)).filter(|number| Style::of(*number) == Style::Triage);
    (0..GROUPS).filter_map(move |group| {
        let clinics = triage().filter(|number| group_of(*number) == group);
        let members: Vec<_> = clinics.flat_map(|number| GROUP_MEMBERS.map(move |at| Person::new(number, at))).collect();
        (!members.is_empty()).then_some((group, members))
    })
}

const fn group_of(number: u32) -> u32 {
    number / 5 % GROUPS
}

/// Three professionals of four.
fn senders(number: u32) -> Vec<usize> {
    let shift = number as usize % 4;
    PROFESSIONALS.filter(|at| at % 4 != shift).collect()
}

/// The buttons of the baselines of a style, in the order of the menu.
fn shared_buttons(style: Style) -> Vec<Button> {
    let all = [
        ("new-message", "new_message", [("sv", "Nytt meddelande"), ("en", "New message"), ("fi", "Uusi viesti")]),
        ("book", "book_appointment", [("sv", "Boka tid"), ("en", "Book appointment"), ("fi", "Varaa aika")]),
    ];
    let languages = if style == Style::Regional { 3 } else { 2 };
    let shown = all.into_iter().skip(usize::from(!style.takes_messages()));
    shown.map(|(id, leads_to, titles)| shared_button(id, leads_to, &titles[..languages])).collect()
}

fn shared_button(id: &'static str, leads_to: &str, titles: &[(&'static str, &'static str)]) -> Button {
    Button { id, leads_to: leads_to.to_owned(), titles: titles.to_vec(), active: true, web_only: false, own: false }
}

fn own_button(clinic: u32, at: u32) -> Button {
    // Five and the number of offers have no common factor: the buttons of one clinic are five different ones.
    let (id, sv, en) = OFFERS[(clinic * 7 + at * 5) as usize % OFFERS.len()];
    let leads_to = match at % 2 {
        0 => format!("form:{id}"),
        _ => format!("link:https://{}.example/{id}", clinic_id(clinic)),
    };
    Button { id, leads_to, titles: vec![("sv", sv), ("en", en)], active: at != 3, web_only: at == 2, own: true }
}

/// What clinics offer beside messages: id, Swedish title, English title.
const OFFERS: [(&str, &str, &str); 24] = [
    ("renew", "Förnya recept", "Renew prescription"),
    ("referral", "Egen remiss", "Refer yourself"),
    ("cancel", "Avboka tid", "Cancel appointment"),
    ("vaccination", "Vaccination", "Get vaccinated"),
    ("travel", "Resevaccin", "Travel vaccines"),
    ("certificate", "Intyg", "Certificates"),
    ("sick-leave", "Sjukskrivning", "Sick leave"),
    ("lab", "Provsvar", "Lab results"),
    ("blood-test", "Boka blodprov", "Book a blood test"),
    ("diabetes", "Diabetesmottagning", "Diabetes clinic"),
    ("asthma", "Astma och KOL", "Asthma and COPD"),
    ("children", "Barnhälsovård", "Child health"),
    ("pregnancy", "Gravid", "Pregnant"),
    ("contraception", "Preventivmedel", "Contraception"),
    ("cell-sample", "Cellprov", "Cervical screening"),
    ("therapy", "Samtalsstöd", "Counselling"),
    ("physio", "Fysioterapi", "Physiotherapy"),
    ("home-visit", "Hembesök", "Home visits"),
    ("aids", "Hjälpmedel", "Assistive devices"),
    ("diet", "Kostråd", "Dietary advice"),
    ("smoking", "Sluta röka", "Stop smoking"),
    ("waiting", "Väntetider", "Waiting times"),
    ("find-us", "Hitta hit", "Find us"),
    ("opinion", "Lämna synpunkter", "Leave an opinion"),
];
