//! The words themselves, tried on pages made for it: a word that always succeeds would make every other test worthless.

use super::page::{Look, Page};
use crate::support::sandbox::Sandbox;
use crate::support::tools;
use std::panic::{AssertUnwindSafe, catch_unwind};

const GOOD: &str = r#"<!doctype html><html lang="en"><head><title>Good</title><style>
:focus-visible { outline: 3px solid blue }
p { color: black; background: white }
@media (prefers-color-scheme: dark) { p::after { content: " dark" } }
@media (forced-colors: active) { p::after { content: " forced" } }
</style></head><body><main><h1>Good</h1><p>Without scripts</p>
<form action="good.html"><label for="who">Who</label> <input id="who" name="who" value="nobody">
<input type="checkbox" id="box" name="box"><label for="box">A box</label> <button type="submit">Save</button></form>
<details><summary>More</summary>Much more</details></main>
<script>document.querySelector("h1").textContent = "With scripts"</script></body></html>"#;

const BAD: &str = r#"<!doctype html><html lang="en"><head><title>Bad</title><style>:focus { outline: none }</style></head>
<body><main><h1>Bad</h1><div style="width: 2000px">Wide</div><p style="color: #ccc; background: white">Pale</p><img src="x">
<button>Once</button></main></body></html>"#;

#[test]
fn the_words_do_what_they_say() {
    let pages = Sandbox::new();
    pages.write("good.html", GOOD);
    pages.write("bad.html", BAD);
    let page = Page::new(&format!("file://{}", pages.path("").display()));
    page.open("good.html");
    page.sees("With scripts");
    page.fill("Who", "Ada");
    page.press("A box");
    assert!(page.ticked("A box") && page.filled("Who") == "Ada");
    page.press("More");
    page.sees("Much more");
    page.press("Save");
    page.arrives("good.html?who=Ada&box=on");
    goes_by_keys(&page);
    looks(&page);
    assert_eq!(page.axe(&tools::axe()), [] as [String; 0]);
    page.open("bad.html");
    finds_what_is_bad(&page);
}

fn goes_by_keys(page: &Page) {
    page.open("good.html");
    page.press_by_key("A box");
    page.press_by_key("Save");
    page.arrives("?who=nobody&box=on");
}

fn looks(page: &Page) {
    page.look(Look::Dark);
    assert!(page.generated("p").contains("dark"));
    page.look(Look::ForcedColours);
    assert!(page.generated("p").contains("forced"));
    page.look(Look::Light);
    assert_eq!(page.generated("p"), "none");
    page.scripts(false);
    page.open("good.html");
    assert!(page.text().contains("Good") && !page.text().contains("With scripts"), "{}", page.text());
    page.press("More");
    page.sees("Much more");
    page.scripts(true);
    page.width(320);
    assert_eq!(page.overflow(), 0);
}

fn finds_what_is_bad(page: &Page) {
    assert!(page.overflow() > 1000);
    let found = page.axe(&tools::axe()).join("\n");
    assert!(found.contains("color-contrast") && found.contains("image-alt"), "{found}");
    let fails = |word: &dyn Fn()| assert!(catch_unwind(AssertUnwindSafe(word)).is_err());
    fails(&|| page.press_by_key("Once"));
    assert!(!page.offers("Twice") && page.offers("Once"));
}
