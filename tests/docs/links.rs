//! Every relative link of every page leads to a file of the project, and to a heading where it names one.

use super::markdown::Page;
use super::{page, pages, root};
use std::path::{Component, Path, PathBuf};

#[test]
fn every_relative_link_leads_somewhere() {
    let pages = pages();
    let broken: Vec<_> = pages.iter().flat_map(broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(pages.iter().map(|page| page.links.len()).sum::<usize>() > 50, "links were found");
}

#[test]
fn a_link_that_leads_nowhere_is_noticed() {
    let at = |path: &str, text: &str| broken(&Page::parse(Path::new(path), format!("# Here\n\n[x]({text})\n")));
    for good in ["#here", "README.md", "docs/README.md", "tests/suite.rs", "docs/", "https://clinics.example/x"] {
        assert_eq!(at("PAGE.md", good), [""; 0], "{good}");
    }
    assert_eq!(at("docs/PAGE.md", "../README.md"), [""; 0]);
    for bad in ["#there", "NO.md", "README.md#no-such-heading", "/README.md", "../README.md", "readme.MD"] {
        assert_eq!(at("PAGE.md", bad).len(), 1, "{bad}");
    }
}

/// The links of a page that lead nowhere.
fn broken(page: &Page) -> Vec<String> {
    let broken = page.links.iter().filter_map(|link| {
        let why = fault(page, link)?;
        Some(format!("{}: `{link}` {why}", page.path.display()))
    });
    broken.collect()
}

fn fault(from: &Page, link: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let Some(target) = target(&from.path, path) else {
        return Some("leaves the project".to_owned());
    };
    if !path.is_empty() && !root().join(&target).exists() {
        return Some("is no file of the project".to_owned());
    }
    let known = |anchor: &str| match path {
        "" => from.anchors.contains(anchor),
        _ => target.extension().is_some_and(|extension| extension == "md") && anchors_hold(&target, anchor),
    };
    anchor.filter(|anchor| !known(anchor)).map(|anchor| format!("names no heading `{anchor}`"))
}

fn anchors_hold(target: &Path, anchor: &str) -> bool {
    page(&target.to_string_lossy()).anchors.contains(anchor)
}

/// What a link means, from the root of the project; nothing if it leaves it.
fn target(from: &Path, link: &str) -> Option<PathBuf> {
    if link.is_empty() {
        return Some(from.to_owned());
    }
    let mut target = from.parent().unwrap_or(Path::new("")).to_owned();
    for component in Path::new(link).components() {
        match component {
            Component::ParentDir => target.pop().then_some(())?,
            Component::Normal(name) => target.push(name),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(target)
}
