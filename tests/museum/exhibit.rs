//! One bug of the museum, as its file tells it.

/// A patch that puts one known bug in.
#[derive(Debug)]
pub(super) struct Exhibit {
    pub(super) name: String,
    /// What the bug does to people.
    pub(super) says: String,
    /// Whether the tests stand beside the code and not in `tests/`.
    pub(super) beside_the_code: bool,
    /// What the names of the tests that notice it hold.
    pub(super) filters: Vec<String>,
    pub(super) patches: Vec<Patch>,
}

/// One place that a bug changes.
#[derive(Debug)]
pub(super) struct Patch {
    pub(super) file: String,
    /// As the patch says, where it begins.
    pub(super) line: usize,
    /// The lines that must stand there.
    pub(super) before: Vec<String>,
}

impl Exhibit {
    pub(super) fn read(name: &str, text: &str) -> Self {
        let head = text.split("\n--- ").next().unwrap_or_default();
        let mut words = head.lines().filter_map(|line| line.strip_prefix("Tests: ")).flat_map(str::split_whitespace);
        let mut filters: Vec<_> = words.by_ref().map(str::to_owned).collect();
        let beside_the_code = filters.first().is_some_and(|first| first == "--lib");
        if beside_the_code {
            filters.remove(0);
        }
        let says = head.split("Tests: ").next().unwrap_or_default().trim().to_owned();
        Self { name: name.to_owned(), says, beside_the_code, filters, patches: patches(text) }
    }
}

fn patches(text: &str) -> Vec<Patch> {
    let mut lines = text.lines();
    let mut file = "";
    let mut patches = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix("--- a/") {
            file = named;
        } else if let Some(head) = line.strip_prefix("@@ -") {
            let (line, length) = range(head);
            patches.push(Patch { file: file.to_owned(), line, before: before(&mut lines, length) });
        }
    }
    patches
}

/// `50,5 +50,5 @@ ...`: where, and how many lines.
fn range(head: &str) -> (usize, usize) {
    let (line, length) = head.split(' ').next().and_then(|range| range.split_once(',')).expect("a range");
    (line.parse().expect("a line"), length.parse().expect("a length"))
}

/// So many lines that stand or go, without those that come.
fn before<'a>(lines: &mut impl Iterator<Item = &'a str>, length: usize) -> Vec<String> {
    let stand = lines.filter(|line| !line.starts_with('+'));
    stand.take(length).map(|line| line.get(1..).unwrap_or_default().to_owned()).collect()
}
