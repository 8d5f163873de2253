//! The scripts that write comments: one comment a request, updated in place, and nobody else's.

use super::forge::{Forge, TOKEN};
use super::runner::Bench;
use serde_json::json;

const REPORT: &str = "<!-- clinicctl:strandvik -->\n## 3 clinics change\n`$(id)` \"å\" \\n\n";

/// Each script with what it needs.
fn services(forge: &Forge) -> [(&'static str, Vec<(String, String)>); 2] {
    let env = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let github = [
        ("GITHUB_API_URL", forge.address.as_str()),
        ("GITHUB_REPOSITORY", "strand/clinics"),
        ("GITHUB_TOKEN", TOKEN),
        ("PULL_REQUEST", "7"),
    ];
    let gitlab = [
        ("CI_API_V4_URL", forge.address.as_str()),
        ("CI_PROJECT_ID", "5"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("GITLAB_COMMENT_TOKEN", TOKEN),
    ];
    [("comment-on-github plan.md", env(&github)), ("comment-on-gitlab plan.md", env(&gitlab))]
}

#[test]
fn the_first_run_writes_a_comment_and_the_next_ones_update_it() {
    for at in 0..2 {
        let forge = Forge::start();
        let (script, env) = &services(&forge)[at];
        let bench = Bench::empty();
        bench.write("plan.md", REPORT);
        for text in [REPORT.to_owned(), REPORT.replace('3', "4"), REPORT.replace('3', "5")] {
            bench.write("plan.md", &text);
            let run = bench.run(script, env);
            assert_eq!(run.code, Some(0), "{script}: {}", run.stderr);
            forge.with(|state| {
                assert_eq!(state.comments.len(), 1, "{script}: {:?}", state.requests);
                assert_eq!(state.comments[0]["body"], json!(text));
            });
        }
    }
}

/// Files that are wrong do not tell the name of their fleet.
#[test]
fn a_report_of_wrong_files_takes_the_place_of_the_plan_and_the_next_plan_its_place() {
    for at in 0..2 {
        let forge = Forge::start();
        let (script, env) = &services(&forge)[at];
        let bench = Bench::empty();
        bench.write("clinics/strandvik.yaml", "clinic: strandvik\nextends: nothing\n");
        let validated = bench.run("clinicctl validate -o markdown", &[]);
        let wrong = validated.stdout;
        assert!(wrong.starts_with("<!-- clinicctl: -->\n"), "{wrong}{}", validated.stderr);
        let other = REPORT.replace("strandvik", "nasfjorden");
        for text in [wrong.as_str(), REPORT, wrong.as_str(), REPORT] {
            bench.write("plan.md", text);
            assert_eq!(bench.run(script, env).code, Some(0), "{script}");
            forge.with(|state| {
                assert_eq!(state.comments.len(), 1, "{script}: {:?}", state.requests);
                assert_eq!(state.comments[0]["body"], json!(text), "{script}");
            });
        }
        for text in [other.as_str(), REPORT] {
            bench.write("plan.md", text);
            assert_eq!(bench.run(script, env).code, Some(0), "{script}");
        }
        let bodies =
            forge.with(|state| state.comments.iter().map(|comment| comment["body"].clone()).collect::<Vec<_>>());
        assert_eq!(bodies, [json!(REPORT), json!(other)], "{script}: each fleet has its own");
    }
}

#[test]
fn a_comment_on_a_later_page_is_found_and_one_of_somebody_else_is_left_alone() {
    for at in 0..2 {
        let forge = Forge::start();
        let (script, env) = &services(&forge)[at];
        let forged = json!({"id": 1, "user": {"type": "User"}, "author": {"id": 2}, "body": REPORT});
        let other = json!({"id": 0, "user": {"type": "Bot"}, "author": {"id": 1}, "body": "a build is done"});
        let ours = json!({"id": 251, "user": {"type": "Bot"}, "author": {"id": 1}, "body": REPORT});
        forge.with(|state| {
            state.comments = std::iter::once(forged.clone()).chain(vec![other; 249]).chain([ours]).collect();
        });
        let bench = Bench::empty();
        let text = REPORT.replace('3', "4");
        bench.write("plan.md", &text);
        let run = bench.run(script, env);
        assert_eq!(run.code, Some(0), "{script}: {}", run.stderr);
        forge.with(|state| {
            assert_eq!((state.comments.len(), &state.comments[0]), (251, &forged), "{script}");
            assert_eq!(state.comments[250]["body"], json!(text), "{script}");
        });
    }
}

#[test]
fn a_refused_token_and_a_file_without_a_mark_are_failures() {
    for at in 0..2 {
        let forge = Forge::start();
        let (script, mut env) = services(&forge)[at].clone();
        let bench = Bench::empty();
        bench.write("plan.md", "# Somebody's readme\n");
        assert_eq!(bench.run(script, &env).code, Some(64), "{script}");
        assert!(forge.with(|state| state.requests.is_empty()), "nothing was asked");
        bench.write("plan.md", REPORT);
        for (_, value) in env.iter_mut().filter(|(_, value)| value == TOKEN) {
            *value = "another".to_owned();
        }
        let run = bench.run(script, &env);
        assert!(run.code != Some(0) && run.stderr.contains("401"), "{script}: {}", run.stderr);
        assert!(forge.with(|state| state.comments.is_empty()), "{script}");
    }
}
