//! Drawing: a phone a side, with the buttons in their order. What is different has a sign, a border and words of its
//! own: the colour only repeats it.

use super::measure;
use super::measure::Width;
use super::menu_diff::{Difference, MenuDiff};
use super::scene::{Item, Scene, side};
use super::title::Source;
use crate::diagnostic::{Disarmer, Notation, escape};
use crate::domain::ClinicId;
use askama::Template;
use std::cmp::Ordering;

/// The look of every menu_preview; a page that holds [`phones`] has it once.
pub const STYLE: &str = include_str!("style.css");

/// A phone is drawn at the size at which it is read: two of them and the arrow between fit beside a page's margin.
const WIDTH: u32 = 260;
/// A phone with one button is still a phone.
const LOWEST: u32 = 320;
/// From a phone's top to its first button.
const HEAD: u32 = 62;
/// Between two buttons.
const GAP: u32 = 8;
/// The size of a title's letters, and of those of the notes below it.
const TITLE: u32 = 14;
const NOTE: u32 = 11;
/// The width for the words of a button: what its borders and its sign leave.
const ROOM: u32 = WIDTH - 40 - 14 - 34;
/// The most lines of a title: three hold the forty letters that one may have.
const TITLE_LINES: usize = 3;
/// The most lines of one note: an address on the web is longer than any title.
const NOTE_LINES: usize = 3;
/// Around and between the phones of a document.
const MARGIN: u32 = 28;
const BETWEEN: u32 = 64;

/// One side of a scene.
#[derive(Template)]
#[template(path = "phone.svg", config = "src/report/askama.toml")]
struct Phone {
    name: &'static str,
    width: u32,
    height: u32,
    room: u32,
    buttons: Vec<Button>,
}

struct Button {
    id: String,
    class: &'static str,
    sign: &'static str,
    title: String,
    y: u32,
    height: u32,
    lines: Vec<Line>,
}

struct Line {
    class: &'static str,
    x: u32,
    y: u32,
    leftwards: bool,
    language: Option<String>,
    text: String,
}

/// One side as a picture of its own, inside of a page.
#[derive(Template)]
#[template(path = "picture.svg", config = "src/report/askama.toml")]
struct Picture {
    width: u32,
    height: u32,
    title: String,
    description: String,
    drawing: String,
}

/// A file of its own.
#[derive(Template)]
#[template(path = "document.svg", config = "src/report/askama.toml")]
struct Document {
    width: u32,
    height: u32,
    margin: u32,
    title: String,
    description: String,
    style: &'static str,
    clinic: String,
    scenes: Vec<Drawn>,
}

struct Drawn {
    y: u32,
    heading: String,
    before: String,
    after: String,
    middle: u32,
    arrow: u32,
    after_x: u32,
}

/// The two phones of a scene, each a picture for a page that has the [`STYLE`].
#[must_use]
pub fn phones(scene: &Scene<'_>) -> [String; 2] {
    let sides = [("Before", &scene.before), ("After", &scene.after)];
    let height = height_of(scene);
    sides.map(|(name, items)| {
        let title = format!("{name}: the patients' menu, {}, in {}", scene.surfaces(), scene.language);
        let drawing = rendered(&phone(name, items, height));
        rendered(&Picture { width: WIDTH, height, title, description: side(name, items), drawing })
    })
}

/// The menus of a clinic as an SVG file of its own, one scene below the other.
#[must_use]
pub fn document(clinic: &ClinicId, scenes: &[Scene<'_>]) -> String {
    let mut y = 36;
    let mut drawn = Vec::new();
    for scene in scenes {
        y += 30;
        drawn.push(placed(scene, y));
        y += 18 + height_of(scene);
    }
    let alternatives = scenes.iter().map(|scene| format!("{}: {}", heading(scene), scene.sides().join(" ")));
    rendered(&Document {
        width: 2 * (MARGIN + WIDTH) + BETWEEN,
        height: y + MARGIN,
        margin: MARGIN,
        title: format!("The patients' menu of {clinic}, before and after the plan"),
        description: alternatives.collect::<Vec<_>>().join(" "),
        style: STYLE.trim_end(),
        clinic: clinic.to_string(),
        scenes: drawn,
    })
}

fn placed(scene: &Scene<'_>, y: u32) -> Drawn {
    let height = height_of(scene);
    Drawn {
        y,
        heading: heading(scene),
        before: rendered(&phone("Before", &scene.before, height)),
        after: rendered(&phone("After", &scene.after, height)),
        middle: WIDTH + BETWEEN / 2,
        arrow: 18 + height / 2,
        after_x: WIDTH + BETWEEN,
    }
}

/// `Patients' menu, app and web, in sv`.
fn heading(scene: &Scene<'_>) -> String {
    let same = if scene.changes() { "" } else { ": it stays as it is" };
    format!("Patients' menu, {}, in {}{same}", scene.surfaces(), scene.language)
}

/// Both phones of a scene are as high as the higher one.
fn height_of(scene: &Scene<'_>) -> u32 {
    let end = |items: &[Item<'_>]| buttons(items).last().map_or(0, |button| button.y + button.height);
    (end(&scene.before).max(end(&scene.after)) + 40).max(LOWEST)
}

fn phone(name: &'static str, items: &[Item<'_>], height: u32) -> Phone {
    Phone { name, width: WIDTH, height, room: ROOM, buttons: buttons(items) }
}

fn buttons(items: &[Item<'_>]) -> Vec<Button> {
    let mut y = HEAD;
    let mut buttons = Vec::new();
    for item in items {
        let button = button(item, y);
        y += button.height + GAP;
        buttons.push(button);
    }
    buttons
}

fn button(item: &Item<'_>, y: u32) -> Button {
    let title = escape(item.title.text);
    let leftwards = measure::runs_leftwards(&title);
    let mut lines = Vec::new();
    let mut below = 10;
    for text in measure::lines(&title, in_hundredths(TITLE), TITLE_LINES) {
        below += 18;
        let x = if leftwards { ROOM } else { 0 };
        lines.push(Line { class: "cm-title", x, y: below - 2, leftwards, language: title_language(item), text });
    }
    for text in item.notes().iter().flat_map(|note| measure::lines(note, in_hundredths(NOTE), NOTE_LINES)) {
        below += 15;
        lines.push(Line { class: "cm-note", x: 0, y: below, leftwards: false, language: None, text });
    }
    let (class, sign) = look(&item.menu_diff);
    Button { id: item.id.to_string(), class, sign, title: title.into_owned(), y, height: below + 12, lines }
}

/// The language of a title's words, if it is not that of the picture, for those who hear them.
fn title_language(item: &Item<'_>) -> Option<String> {
    match item.title.source {
        Source::Instead { asked: _, shown } => Some(shown.to_string()),
        Source::Asked | Source::Id => None,
    }
}

/// The class of a button, and its sign around a centre: a plus, a minus, an arrow, a pencil's stroke; else the hook
/// that says that it can be pressed.
const fn look(menu_diff: &MenuDiff<'_>) -> (&'static str, &'static str) {
    match menu_diff {
        MenuDiff::Comes => ("cm-comes", "M-6 0h12M0 -6v12"),
        MenuDiff::Goes => ("cm-goes", "M-6 0h12"),
        MenuDiff::Stays(differences) => match differences.as_slice() {
            [] => ("cm-stays", "M-2 -5l5 5l-5 5"),
            [Difference::Moved(Ordering::Greater), ..] => ("cm-changes", "M0 -7v14m-5 -5l5 5l5 -5"),
            [Difference::Moved(Ordering::Less | Ordering::Equal), ..] => ("cm-changes", "M0 7v-14m-5 5l5 -5l5 5"),
            [Difference::Retitled { .. } | Difference::Redirected { .. }, ..] => {
                ("cm-changes", "M-7 2q3.5 -6 7 -2t7 -2")
            }
        },
    }
}

const fn in_hundredths(size: u32) -> Width {
    ROOM * 100 / size
}

/// A template whose fields are there always becomes a text.
fn rendered(template: &impl Template) -> String {
    Disarmer::new(Notation::Markup).disarm(template.render().unwrap_or_default())
}
