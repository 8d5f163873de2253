//! Plans in which every text that can come from a file, a live system or a caller is hostile.

use clinicctl::plan::Plan;
use serde_json::{Value, json};

/// A hostile text in every place of a plan that can hold one.
pub(crate) struct Hostile {
    /// What is hostile about it.
    pub(crate) name: &'static str,
    /// The text.
    pub(crate) text: String,
    /// The plan.
    pub(crate) plan: Plan,
}

/// Every hostile text in a plan of its own.
pub(crate) fn hostile() -> Vec<Hostile> {
    texts().into_iter().map(|(name, text)| Hostile { name, plan: plan_of(&text), text }).collect()
}

/// Texts that terminals, Markdown, HTML, XML or pipelines could take for more than text.
fn texts() -> Vec<(&'static str, String)> {
    let fixed = [
        ("escape sequences", "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;https://evil.example\u{7}link\u{1b}]8;;\u{7}\u{9b}2J"),
        ("line breaks", "first\nsecond\r\nthird\u{2028}fourth\u{85}fifth\n/close\n- [ ] done\n# heading"),
        ("bidirectional overrides", "abc\u{202e}gpj.exe\u{202c} \u{2066}x\u{2069}\u{200b}\u{feff}"),
        ("backticks", "`` ` ``` ```` `a` `"),
        ("a code fence", "```sh\nrm -rf /\n```"),
        ("a tilde fence", "~~~\nx\n~~~"),
        ("mentions", "@everyone @team/x @admin, (@here) a@b"),
        (
            "references",
            "#123 GH-1 gh-99 !1 &5 $7 %v1 ~label ~\"two words\" [vulnerability:1] owner/repo#1 group/project!2 JIRA-12",
        ),
        ("commits", "deadbeef 1234567 5d1e07c0a1b2c3d4e5f60718293a4b5c6d7e8f90 a@deadbeef 1234567...89abcde"),
        ("emoji", ":tada: :+1::-1:"),
        (
            "addresses",
            "https://evil.example http://x.example?a=1&b=2 www.evil.example ftp://x.example mailto:a@b.example a.b@c.example xmpp:a@b.example evil.example",
        ),
        ("an image", "![x](https://evil.example/pixel.png) ![x][y] <img src=https://evil.example/pixel.png>"),
        ("a link", "[click](javascript:alert(1)) [click][r] <https://evil.example> [^1]"),
        ("a definition", "[r]: https://evil.example \"t\""),
        ("the end of details", "</details></summary></td></table></div> <details open><summary>"),
        ("a script", "<script>alert(1)</script><style>*{display:none}</style><svg onload=alert(1)>\"'><b>"),
        ("the end of a comment", "--> <b>out</b> <!-- x --!> ]]> <![CDATA[ <?x ?>"),
        ("entities", "&lt;b&gt; &#64;everyone &amp; &nbsp; &copy;"),
        ("a table", "a | b \\| c || \\\\| d |"),
        ("emphasis", "*a* **b** _c_ __d__ ~~e~~ ==f== ^g^ <sub>h</sub>"),
        ("mathematics", "$x$ $$y$$ $`z`$ \\(a\\) \\[b\\]"),
        ("a changed line", "{+ added +} [- removed -] [+ x +]"),
        ("workflow commands", "::error file=x::y ::set-output name=a::b ##[error]x %0A%0D%25 ::stop-commands::t"),
        ("templates", "${{ secrets.TOKEN }} {{ x }} {% raw %} %{issue} ${HOME} $(id)"),
        ("a task", "- [ ] x"),
        ("a quick action", "/close"),
        ("front matter", "---\nx: y\n---\n[[_TOC_]] [TOC]"),
        ("spaces", "  a  "),
        ("one space", " "),
        ("nothing", ""),
        ("an alert", "> [!WARNING]\n> x"),
        ("a colour", "#0969DA rgb(1,2,3)"),
        ("right to left", "שלום (abc) مرحبا"),
        ("a backslash", "\\` \\| \\\\ \\"),
        ("NUL", "a\0b\u{fffe}\u{ffff}\u{10ffff}"),
    ];
    let runners = "::error::a ##[debug]b ##vso[task.complete]c ##teamcity[d] section_start:1:e[collapsed=true] ";
    let folded = [("commands wherever a line is folded", runners.repeat(6))];
    let long = [("70 KiB", "å".repeat(35 * 1024)), ("70 KiB of words", "@x `y` ".repeat(10 * 1024))];
    fixed.into_iter().map(|(name, text)| (name, text.to_owned())).chain(folded).chain(long).collect()
}

/// A plan that says `text` wherever it can: in a shared block, in one of drift, in one of conflict, in impact, in
/// findings, guards and notes.
fn plan_of(text: &str) -> Plan {
    let changes = [
        title_change(1, "alm", "intent", text),
        title_change(2, "ek", "intent", text),
        access_change(3, "lind", "drift", text),
        title_change(4, "sjo", "conflict", text),
    ];
    let plan = json!({
        "format": "clinicctl-plan/1", "fleet": text, "system": text, "reference": text,
        "summary": {"clinics": 5, "clinics_changed": 4, "create": 0, "update": 4, "delete": 0},
        "changes": changes, "impact": impact(text),
        "people": {"st-1": text, "st-2": text},
        "blocked": [{"clinic": "vik", "rule": text, "detail": text}],
        "findings": [finding(Some("alm"), text), finding(None, text), finding(Some("vik"), text)],
        "guards": [{"guard": text, "limit": 1, "actual": 2, "accepted": false}],
        "notes": [{"address": "alm/buttons/flu", "message": text}],
    });
    serde_json::from_value(plan).expect("a plan may hold any text")
}

fn origin(text: &str) -> Value {
    json!({"file": text, "line": 3, "column": 5, "layer": "clinic",
        "shadows": [{"file": text, "line": 1, "column": 1, "layer": "baseline:primary-care"}]})
}

fn last_change(text: &str) -> Value {
    json!({"by": text, "kind": "person", "at": text, "reference": text})
}

fn title_change(id: u32, clinic: &str, because: &str, text: &str) -> Value {
    let button = |title: &str| json!({"id": "book", "leads_to": "book_appointment", "title": {"sv": title}, "active": true, "shown_in": ["app"]});
    json!({"id": id, "address": format!("{clinic}/buttons/book"), "clinic": clinic, "action": "update",
    "before": button("a"), "after": button(text), "applied": button(&format!("{text}b")),
    "waits_for": [], "because": because, "last_change": last_change(text),
    "fields": [
        {"path": "title.sv", "before": "a", "after": text, "origin": origin(text)},
        {"path": "title.en", "before": format!("a b {text}"), "after": format!("{text} b c"), "origin": origin(text)},
        {"path": "leads_to", "before": text, "after": "new_message", "origin": origin(text)},
    ]})
}

fn access_change(id: u32, clinic: &str, because: &str, text: &str) -> Value {
    let access = |people: &[&str]| json!({"enabled": true, "accessible_to": people});
    json!({"id": id, "address": format!("{clinic}/messaging/incoming"), "clinic": clinic, "action": "update",
        "before": access(&["st-1"]), "after": access(&["st-2"]), "applied": access(&[]),
        "waits_for": [], "because": because, "last_change": last_change(text),
        "fields": [{"path": "accessible_to", "before": ["st-1"], "after": ["st-2"], "origin": origin(text),
            "people": [{"person": "st-2", "file": text, "line": 2, "column": 3, "layer": "group:triage"}]}]})
}

fn impact(text: &str) -> Value {
    let right = |clinic: &str, person: &str| json!({"clinic": clinic, "person": person, "name": text, "right": "send"});
    let drawn = |title: &str| json!([{"id": "book", "leads_to": text, "title": {"sv": title}}]);
    json!({
        "gain": [right("alm", "st-1"), right("lind", "st-2")], "lose": [right("alm", "st-2"), right("lind", "st-1")],
        "menus": [{"clinic": "alm", "surface": "app", "before": ["book"], "after": []}],
        "single_responders": [{"clinic": "lind", "person": "st-2", "name": text}],
        "pictures": [{"clinic": "sjo", "surfaces": ["app", "web"], "before": drawn("a"), "after": drawn(text)}],
    })
}

fn finding(clinic: Option<&str>, text: &str) -> Value {
    let mut row = json!({"rule": text, "severity": "warning", "message": text, "help": [text], "waived": text,
        "location": {"file": text, "line": 3, "column": 5}});
    if let Some(clinic) = clinic {
        row["clinic"] = json!(clinic);
    }
    row
}
