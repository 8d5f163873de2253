//! What a page of Markdown holds: links, the anchors that links may end in, blocks of code, rows of tables.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Anchorizer, Arena, Options, parse_document};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its path from the root of the project.
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// The targets of its links and images, as they are written.
    pub(super) links: Vec<String>,
    /// The anchors of its headings, as GitHub and mdBook make them.
    pub(super) anchors: BTreeSet<String>,
    pub(super) blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Debug)]
pub(super) struct Block {
    /// The word behind the fence.
    pub(super) language: String,
    pub(super) text: String,
}

impl Page {
    pub(super) fn read(root: &Path, path: &Path) -> Self {
        let text = fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(path, text)
    }

    pub(super) fn parse(path: &Path, text: String) -> Self {
        let arena = Arena::new();
        let mut options = Options::default();
        options.extension.table = true;
        let document = parse_document(&arena, &text, &options);
        let mut anchorizer = Anchorizer::new();
        let (mut links, mut anchors, mut blocks) = (Vec::new(), BTreeSet::new(), Vec::new());
        for node in document.descendants() {
            let value = &node.data.borrow().value;
            if let NodeValue::Link(link) | NodeValue::Image(link) = value {
                links.push(link.url.clone());
            } else if let NodeValue::Heading(_) = value {
                anchors.insert(anchorizer.anchorize(&text_of(node)));
            } else if let NodeValue::CodeBlock(block) = value
                && block.fenced
            {
                blocks.push(Block { language: block.info.clone(), text: block.literal.clone() });
            }
        }
        Self { path: path.to_owned(), text, links, anchors, blocks }
    }

    /// The texts of the blocks in one language.
    pub(super) fn blocks_in<'p>(&'p self, language: &'p str) -> impl Iterator<Item = &'p str> {
        self.blocks.iter().filter(move |block| block.language == language).map(|block| block.text.as_str())
    }

    /// The rows of its tables, without their heads.
    pub(super) fn rows(&self) -> Vec<Vec<&str>> {
        let cells = |line: &'_ str| line.starts_with('|') && !line.starts_with("| ---");
        let lines: Vec<_> = self.text.lines().collect();
        let rows = lines.windows(2).filter(|pair| cells(pair[1]) && pair[0].starts_with('|'));
        rows.map(|pair| pair[1].trim_matches('|').split(" | ").map(str::trim).collect()).collect()
    }

    pub(super) fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

fn text_of<'a>(node: &'a AstNode<'a>) -> String {
    let texts = node.descendants().filter_map(|child| {
        let value = &child.data.borrow().value;
        let code = if let NodeValue::Code(code) = value { Some(code.literal.clone()) } else { None };
        code.or_else(|| value.text().map(ToString::to_string))
    });
    texts.collect()
}

#[test]
fn a_page_is_read_as_a_code_host_shows_it() {
    let text = "# The `plan` verb\n\n[a](b.md#c) ![d](e.png) `[no](link)`\n\n## Same\n\n## Same\n\n```sh\nls\n```\n\n\
                | Word | Means |\n| --- | --- |\n| one | first |\n";
    let page = Page::parse(Path::new("a.md"), text.to_owned());
    assert_eq!(page.links, ["b.md#c", "e.png"]);
    assert_eq!(page.anchors.iter().map(String::as_str).collect::<Vec<_>>(), ["same", "same-1", "the-plan-verb"]);
    assert_eq!(page.blocks_in("sh").collect::<Vec<_>>(), ["ls\n"]);
    assert_eq!(page.rows(), [["one", "first"]]);
}
