//! The pictures of the README: made by a test, so that they show what is there.

use super::demo::Demo;
use super::demo::SYSTEM;
use super::page::Look;
use super::page::Page;
use crate::support::sandbox::Sandbox;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// A page loads quickly, and a clone stays small.
const LARGEST: u64 = 150 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/screenshots")
}

/// `UPDATE_SCREENSHOTS=1` makes them anew.
#[test]
fn the_pictures_of_the_readme_are_there_and_small() {
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        take();
    }
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let pictures: Vec<PathBuf> =
        fs::read_dir(folder()).expect("the pictures").map(|file| file.expect("a file").path()).collect();
    let shown = readme.matches("examples/screenshots/").count();
    assert_eq!(shown, pictures.len(), "the README shows each picture once: {pictures:?}");
    for picture in pictures {
        let name = picture.file_name().expect("a file has a name").to_string_lossy().into_owned();
        assert!(readme.contains(&format!("(examples/screenshots/{name})")), "the README does not show {name}");
        let bytes = fs::read(&picture).expect("a picture");
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() as u64 <= LARGEST, "{name} has {} bytes", bytes.len());
    }
}

fn take() {
    let demo = Demo::start();
    let page = demo.visitor();
    demo.sign_in(&page, SYSTEM);
    page.look(Look::Light);
    let kept = |name: &str| folder().join(name);
    fs::create_dir_all(folder()).expect("a folder for pictures");
    page.window(1120, 760);
    page.open("/admin/norrtull/settings?lang=en");
    page.picture(&kept("console-settings.png"));
    page.open("/admin/norrtull/interface?lang=en");
    page.picture(&kept("console-patient-interface.png"));
    let patient = page.another();
    patient.window(420, 692);
    patient.open("/p/norrtull?surface=app&lang=en");
    patient.picture(&kept("patient.png"));
    plan_page(&kept("plan-page.png"));
}

/// The first plan of the project's own fleet, as a page: the verdict, and all that it says about one clinic.
fn plan_page(file: &Path) {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&["plan", "--system", "embedded", "--report", "html=plan.html"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = Page::new(&format!("file://{}", sandbox.path("").display()));
    page.look(Look::Light);
    page.window(1000, 1480);
    page.open("/plan.html");
    page.fill("Clinic", "norrtull");
    page.sees("1 of 10 clinics shown");
    page.script("document.activeElement.blur();");
    page.picture(file);
}
