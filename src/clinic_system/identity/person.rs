//! Who is signed in, and which clinics that opens.

/// Somebody who is signed in: an account, and the place of its staff member where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) account: String,
    /// What they sign in with.
    pub(crate) login: String,
    /// What the change log says of what they do.
    pub(crate) name: String,
    pub(crate) global_administrator: bool,
    pub(crate) place: Option<Place>,
}

/// A staff member's place: somebody works at one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The staff member's id.
    pub(crate) staff: String,
    pub(crate) clinic: String,
    pub(crate) professional: bool,
    pub(crate) administrator: bool,
}

impl Person {
    /// Whether they administer `clinic`, or any clinic if none is asked for.
    pub(crate) fn is_administrator(&self, clinic: Option<&str>) -> bool {
        self.global_administrator || self.place.as_ref().is_some_and(|place| place.administrator && place.is_at(clinic))
    }

    /// Whether they are a healthcare professional at `clinic`, or at any if none is asked for. A global
    /// administrator is not: administering is no reason to read what patients write.
    pub(crate) fn is_professional(&self, clinic: Option<&str>) -> bool {
        self.place.as_ref().is_some_and(|place| place.professional && place.is_at(clinic))
    }
}

impl Place {
    fn is_at(&self, clinic: Option<&str>) -> bool {
        clinic.is_none_or(|clinic| self.clinic == clinic)
    }
}

#[cfg(test)]
mod tests {
    use super::{Person, Place};

    fn person(global_administrator: bool, roles: Option<(bool, bool)>) -> Person {
        let place = roles.map(|(professional, administrator)| Place {
            staff: "st-1".into(),
            clinic: "norrtull".into(),
            professional,
            administrator,
        });
        Person {
            account: "ac".into(),
            login: "a@norrtull.example".into(),
            name: "A".into(),
            global_administrator,
            place,
        }
    }

    #[test]
    fn roles_hold_at_their_own_clinic_alone() {
        let (here, there) = (Some("norrtull"), Some("vasa"));
        for (who, administers, practises) in [
            (person(false, None), [false, false, false], [false, false, false]),
            (person(false, Some((true, false))), [false, false, false], [true, false, true]),
            (person(false, Some((false, true))), [true, false, true], [false, false, false]),
            (person(true, None), [true, true, true], [false, false, false]),
            (person(true, Some((true, false))), [true, true, true], [true, false, true]),
        ] {
            assert_eq!([here, there, None].map(|clinic| who.is_administrator(clinic)), administers, "{who:?}");
            assert_eq!([here, there, None].map(|clinic| who.is_professional(clinic)), practises, "{who:?}");
        }
    }
}
