//! One known bug, as its file describes it.

/// A patch that puts one known bug in.
#[derive(Debug)]
pub(super) struct Mutation {
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
    before: Vec<String>,
    /// How many of them stay at the beginning.
    leads: usize,
    /// And at the end.
    trails: usize,
}

impl Mutation {
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
    let files = text.split("\n--- a/").skip(1);
    let hunks = files.flat_map(|part| {
        let file = part.lines().next().unwrap_or_default();
        part.split("\n@@ -").skip(1).map(move |hunk| Patch::read(file, hunk))
    });
    hunks.collect()
}

impl Patch {
    /// `50,5 +50,5 @@ ...`, and the lines.
    fn read(file: &str, hunk: &str) -> Self {
        let (head, lines) = hunk.split_once('\n').expect("lines");
        let lines: Vec<_> = lines.lines().collect();
        let stays = |line: &&&str| line.starts_with(' ');
        let before = lines.iter().filter(|line| !line.starts_with('+'));
        Self {
            file: file.to_owned(),
            line: head.split(',').next().and_then(|line| line.parse().ok()).expect("a line"),
            before: before.map(|line| line.get(1..).unwrap_or_default().to_owned()).collect(),
            leads: lines.iter().take_while(stays).count(),
            trails: lines.iter().rev().take_while(stays).count(),
        }
    }

    /// Whether `patch` puts it in, which takes fewer lines after than before for the end of the file.
    pub(super) fn goes_into(&self, code: &[&str]) -> bool {
        let last = code.len().saturating_sub(self.before.len());
        let mut places = code.windows(self.before.len()).enumerate().filter(|(_, window)| *window == self.before);
        places.any(|(at, _)| self.trails >= self.leads || at == last)
    }
}
