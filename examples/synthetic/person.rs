//! The people of a synthetic clinic: the same thirty titles everywhere, with names of their own.

use std::ops::Range;

/// An organisation number with a valid check digit that nobody has: none is given out with a 4 at its front.
const ORGANISATION: &str = "4999000013";

/// Those who plan and administer; whoever comes after them has left.
const OFFICE: Range<usize> = 25..28;

/// One of the staff.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) hsa_id: String,
    pub(crate) title: &'static str,
    pub(crate) role: &'static str,
    pub(crate) active: bool,
}

impl Person {
    /// How many people a clinic has.
    pub(crate) const PER_CLINIC: usize = 30;

    /// The person at place `at` of a clinic.
    pub(crate) fn new(clinic: u32, at: usize) -> Self {
        let mut dice = Dice(u64::from(clinic) << 8 | at as u64);
        let (first, last) = (dice.pick(&FIRST_NAMES), dice.pick(&LAST_NAMES));
        let clinic_id = clinic_id(clinic);
        Self {
            id: format!("c{clinic:05}-{at:02}"),
            name: format!("{first} {last}"),
            email: format!("{}.{}{at:02}@{clinic_id}.example", first.to_lowercase(), last.to_lowercase()),
            hsa_id: format!("SE{ORGANISATION}-C{clinic:05}P{at:02}"),
            title: title_at(at),
            role: role_at(at),
            active: at < OFFICE.end,
        }
    }

    /// The person's name in a file, in one of the three spellings.
    pub(crate) fn spelled(&self, spelling: usize) -> &str {
        match spelling % 3 {
            0 => &self.email,
            1 => &self.hsa_id,
            _ => &self.id,
        }
    }
}

/// The key of the clinic with this number.
pub(crate) fn clinic_id(number: u32) -> String {
    format!("clinic-{number:05}")
}

fn title_at(at: usize) -> &'static str {
    match at {
        0..9 => "nurse",
        9..15 => "physician",
        15..17 => "psychologist",
        17..20 => "physiotherapist",
        20..22 => "midwife",
        22..25 => "assistant-nurse",
        25..27 => "medical-secretary",
        27 => "clinic-manager",
        _ => "nurse",
    }
}

fn role_at(at: usize) -> &'static str {
    match at {
        25..27 => "scheduler",
        27 => "administrator",
        _ => "healthcare_professional",
    }
}

/// A small seeded generator (SplitMix64): the same numbers on every machine.
struct Dice(u64);

impl Dice {
    const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn pick<T: Copy, const N: usize>(&mut self, choices: &[T; N]) -> T {
        choices[self.roll() as usize % N]
    }
}

const FIRST_NAMES: [&str; 24] = [
    "Aino", "Amir", "Astrid", "Bashir", "Carin", "Dalia", "Edvard", "Elin", "Emre", "Fatima", "Gunnar", "Hanna",
    "Ingrid", "Jakub", "Kaisa", "Leila", "Malik", "Nadia", "Oskar", "Pekka", "Rosa", "Selma", "Tariq", "Ylva",
];

const LAST_NAMES: [&str; 24] = [
    "Abdi", "Ahlgren", "Bergman", "Chaudhry", "Dahlin", "Demir", "Ekdahl", "Farah", "Granlund", "Hakala", "Hoang",
    "Jokinen", "Kaya", "Laine", "Lindahl", "Moradi", "Nordin", "Nowak", "Okafor", "Petrov", "Sandell", "Silva",
    "Tesfaye", "Wallin",
];
