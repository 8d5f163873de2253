//! A fleet is what lies in its folder: nothing outside it, nothing hidden, nothing twice, and nothing that blocks.

use super::snapshot;
use clinicctl::diagnostic::{Style, render};
use clinicctl::files::{ReadError, read};
use clinicctl::source::{SourceSet, Unreadable};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder `clinics` in a new place, with these files.
fn fleet(files: &[(&str, &[u8])]) -> TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = place.path().join("clinics").join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }
    place
}

fn read_in(place: &TempDir) -> SourceSet {
    read(&place.path().join("clinics")).expect("the folder is readable")
}

/// Paths below `clinics`, with why they are not read.
fn told(place: &TempDir) -> Vec<(String, Option<Unreadable>)> {
    let prefix = format!("{}/clinics/", place.path().display());
    let files = read_in(place);
    let files = files.files().iter();
    files
        .map(|file| (file.path.strip_prefix(&prefix).expect("below the folder").to_owned(), file.unreadable.clone()))
        .collect()
}

fn names(place: &TempDir) -> Vec<String> {
    told(place).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn yaml_files_are_read_in_the_order_of_their_paths() {
    let files =
        ["b.yml", "a.yaml", "z/y/x.yaml", "z/a.yaml", "notes.txt", "c.yaml.bak", ".hidden.yaml", ".git/d.yaml", "YAML"];
    let place = fleet(&files.map(|name| (name, b"clinic: a\n".as_slice())));
    assert_eq!(names(&place), ["a.yaml", "b.yml", "z/a.yaml", "z/y/x.yaml"]);
    assert!(read_in(&place).files().iter().all(|file| file.text == "clinic: a\n"));
}

#[test]
fn paths_are_shown_as_they_were_typed() {
    let shown = |folder: &str| {
        let set = read(Path::new(folder)).expect("the folder is readable");
        set.files()
            .iter()
            .map(|file| file.path.to_string())
            .find(|path| path.ends_with("/alias.yaml"))
            .unwrap_or_default()
    };
    assert_eq!(shown("tests/findings/reader"), "tests/findings/reader/alias.yaml");
    assert_eq!(shown("./tests/findings/reader/"), "tests/findings/reader/alias.yaml");
    assert_eq!(shown(".//tests/findings"), "tests/findings/reader/alias.yaml");
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let place = fleet(&[("a.yaml", b"clinic: a\n")]);
    let missing = read(&place.path().join("clinic"));
    assert!(matches!(missing, Err(ReadError::Missing(_))), "{missing:?}");
    let file = read(&place.path().join("clinics/a.yaml"));
    assert!(matches!(file, Err(ReadError::NotAFolder(_))), "{file:?}");
}

#[test]
fn sizes_and_bytes() {
    let mebibyte = 1024 * 1024;
    let (largest, too_large) = (vec![b'#'; mebibyte], vec![b'#'; mebibyte + 1]);
    let place = fleet(&[
        ("largest.yaml", &largest),
        ("too-large.yaml", &too_large),
        ("latin.yaml", b"clinic: a\nname: V\xe5rd\n"),
        ("empty.yaml", b""),
    ]);
    let expected = [
        ("empty.yaml", None),
        ("largest.yaml", None),
        ("latin.yaml", Some(Unreadable::NotUtf8)),
        ("too-large.yaml", Some(Unreadable::TooLarge { bytes: 1024 * 1024 + 1 })),
    ];
    assert_eq!(told(&place), expected.map(|(name, why)| (name.to_owned(), why)));
    let texts: Vec<usize> = read_in(&place).files().iter().map(|file| file.text.len()).collect();
    assert_eq!(texts, [0, mebibyte, "clinic: a\nname: V".len(), 0]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    #[test]
    fn links_are_followed_inside_the_folder_only_and_nothing_is_read_twice() {
        let place = fleet(&[
            ("a.yaml", b"clinic: a\n"),
            (".shared/b.yaml", b"clinic: b\n"),
            (".shared/deep/c.yaml", b"clinic: c\n"),
            ("real/d.yaml", b"clinic: d\n"),
            ("../outside/e.yaml", b"clinic: e\n"),
        ]);
        let clinics = place.path().join("clinics");
        for (target, link) in [
            ("a.yaml", "0-the-same-as-a.yaml"),
            (".shared/b.yaml", "b.yaml"),
            (".shared/b.yaml", "b-again.yaml"),
            (".shared/deep", "shared"),
            ("real", "0-the-same-as-real"),
            ("..", "real/up"),
            ("../real", "real/circle"),
            ("../outside/e.yaml", "e.yaml"),
            ("../outside", "outside"),
            ("../outside/e.yaml", "e.txt"),
            ("nothing", "dangling.yaml"),
            ("nothing", "dangling"),
            ("circle.yaml", "circle.yaml"),
            ("/dev/zero", "zero.yaml"),
        ] {
            symlink(target, clinics.join(link)).expect("a link is made");
        }
        let told = told(&place);
        let usable: Vec<_> = told.iter().filter(|(_, why)| why.is_none()).map(|(name, _)| name.as_str()).collect();
        assert_eq!(usable, ["a.yaml", "b-again.yaml", "real/d.yaml", "shared/c.yaml"]);
        let leaving: Vec<_> = told
            .iter()
            .filter(|(_, why)| *why == Some(Unreadable::LeavesFolder))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(leaving, ["e.yaml", "outside", "zero.yaml"]);
        let refused: Vec<_> = told
            .iter()
            .filter(|(_, why)| matches!(why, Some(Unreadable::Refused(_))))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(refused, ["circle.yaml", "dangling.yaml"]);
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let place = fleet(&[("a.yaml", b"clinic: a\n"), ("folder.yaml/b.yaml", b"clinic: b\n")]);
        let clinics = place.path().join("clinics");
        let made = std::process::Command::new("mkfifo").arg(clinics.join("pipe.yaml")).status().expect("mkfifo runs");
        assert!(made.success());
        let _socket = UnixListener::bind(clinics.join("socket.yml")).expect("a socket is made");
        let expected = [
            ("a.yaml", None),
            ("folder.yaml", Some("a folder")),
            ("pipe.yaml", Some("a pipe")),
            ("socket.yml", Some("a socket")),
        ];
        assert_eq!(told(&place), expected.map(|(name, what)| (name.to_owned(), what.map(Unreadable::NotAFile))));
    }
}

#[test]
fn unusable_files_are_findings() {
    let unusable = [
        ("clinics/latin.yaml", "clinic: a\n  name: V", Unreadable::NotUtf8),
        ("clinics/large.yaml", "", Unreadable::TooLarge { bytes: 4_194_304 }),
        ("clinics/link.yaml", "", Unreadable::LeavesFolder),
        ("clinics/pipe.yaml", "", Unreadable::NotAFile("a pipe")),
        ("clinics/secret.yaml", "", Unreadable::Refused("Permission denied (os error 13)".to_owned())),
    ];
    let files = unusable.map(|(path, text, why)| clinicctl::source::SourceFile {
        path: path.into(),
        text: text.to_owned(),
        unreadable: Some(why),
    });
    let sources = SourceSet::new(files.to_vec());
    let findings = super::findings_of(&sources);
    let rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["too-large", "not-utf8", "link-leaves-folder", "not-a-file", "unreadable"]);
    snapshot("folder-unusable-files", &render(&findings, &sources, Style::PLAIN));
}
