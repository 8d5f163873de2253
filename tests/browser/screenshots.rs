//! The pictures of the documents: made by a test, so that they show what is there.

use super::demo::{Demo, SYSTEM};
use super::page::{Look, Page};
use crate::support::sandbox::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};

/// A page loads quickly, and a clone stays small.
const LARGEST: u64 = 150 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/screenshots")
}

/// `UPDATE_SCREENSHOTS=1` makes them anew.
#[test]
fn the_pictures_of_the_documents_are_there_and_small() {
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        take();
    }
    let documents = documents();
    let pictures: Vec<PathBuf> =
        fs::read_dir(folder()).expect("the pictures").map(|file| file.expect("a file").path()).collect();
    assert!(!pictures.is_empty());
    for picture in pictures {
        let name = picture.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let shown = documents.matches(&format!("examples/screenshots/{name})")).count();
        assert_eq!(shown, 1, "the README and the pages of `docs` show {name} once");
        let bytes = fs::read(&picture).expect("a picture");
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() as u64 <= LARGEST, "{name} has {} bytes", bytes.len());
    }
}

/// The README and the pages beside it.
fn documents() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = fs::read_dir(root.join("docs")).expect("the pages").map(|file| file.expect("a file").path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let read = |path: PathBuf| fs::read_to_string(path).expect("a page");
    std::iter::once(root.join("README.md")).chain(pages).map(read).collect()
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
    plan_comment(&kept("plan-comment.png"));
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

/// The same plan as a comment of a pull request, as a code host shows one: who made it, and what it says.
fn plan_comment(file: &Path) {
    let sandbox = Sandbox::with_real_fleet();
    let run = sandbox.run(&["plan", "--system", "embedded", "-o", "markdown"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.render.r#unsafe = true;
    let comment = comrak::markdown_to_html(&run.stdout, &options);
    sandbox.write("comment.html", &COMMENT.replace("COMMENT", &comment));
    let page = Page::new(&format!("file://{}", sandbox.path("").display()));
    page.look(Look::Light);
    page.window(1000, 1130);
    page.open("/comment.html");
    page.picture(file);
}

const COMMENT: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>A comment</title><style>
body { margin: 16px; font: 14px/1.5 system-ui, "Noto Sans", "Liberation Sans", sans-serif; color: #1f2328; }
article { border: 1px solid #d1d9e0; border-radius: 6px; }
article > header { padding: 8px 16px; border-bottom: 1px solid #d1d9e0; background: #f6f8fa; color: #59636e; }
article > div { padding: 16px; }
h3 { margin: 0 0 16px; font-size: 1.25em; }
h4 { margin: 24px 0 16px; font-size: 1em; }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; margin: 0 0 16px; }
th, td { padding: 6px 13px; border: 1px solid #d1d9e0; }
th { font-weight: 600; }
code { padding: .2em .4em; border-radius: 6px; background: #818b981f; font: 85% ui-monospace, "Liberation Mono", monospace; }
details, ul { margin: 0 0 10px; }
</style><article><header><strong>clinicctl</strong> commented</header><div>COMMENT</div></article></html>"#;
