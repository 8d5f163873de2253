//! What is wrong with a form, field by field: shown above it, with links to the fields, and at each field.

/// The problems of one form.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

/// One problem of a field.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The id of the field.
    pub(crate) field: &'static str,
    pub(crate) says: String,
}

impl Problems {
    /// Adds a problem if there is one.
    pub(crate) fn add(&mut self, field: &'static str, says: Option<&str>) {
        self.0.extend(says.map(|says| Problem { field, says: says.to_owned() }));
    }

    /// The one problem of a form.
    pub(crate) fn one(field: &'static str, says: &str) -> Self {
        Self(vec![Problem { field, says: says.to_owned() }])
    }

    /// Whether nothing is wrong.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Problem] {
        &self.0
    }

    /// What is wrong with a field; empty if nothing is.
    pub(crate) fn of(&self, field: &str) -> &str {
        self.0.iter().find(|problem| problem.field == field).map_or("", |problem| problem.says.as_str())
    }
}
