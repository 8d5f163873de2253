#!/bin/sh
# comment-on-gitlab FILE: puts a Markdown report of clinicctl under a merge request. The comment of an earlier run is
# updated in place: the hidden mark in the first line of the report says which one it is.
#
# Needs GITLAB_COMMENT_TOKEN, a project access token with the scope `api`, and the variables that GitLab sets.
set -eu

file=$1
mark=$(head -n 1 "$file")
case $mark in
'<!-- clinicctl'*) ;;
*)
    echo "$file does not begin with the mark of a report of clinicctl" >&2
    exit 64
    ;;
esac
api=$CI_API_V4_URL/projects/$CI_PROJECT_ID

# The token goes through a pipe: everybody on the machine can read arguments.
call() {
    printf 'PRIVATE-TOKEN: %s\n' "$GITLAB_COMMENT_TOKEN" |
        curl --fail --silent --show-error --max-time 60 --header @- "$@"
}

# Only a comment of the token's own user: somebody else could write the mark too.
me=$(call "$CI_API_V4_URL/user" | jq .id)
notes=$api/merge_requests/$CI_MERGE_REQUEST_IID/notes
reports=
page=1
while :; do
    comments=$(call "$notes?per_page=100&page=$page")
    reports=$reports$(printf '%s' "$comments" | jq --compact-output --argjson me "$me" \
        '.[] | select(.author.id == $me and (.body | startswith("<!-- clinicctl"))) | {id, body}')
    [ "$(printf '%s' "$comments" | jq length)" -eq 100 ] || break
    page=$((page + 1))
done
# Files that are wrong do not tell the name of their fleet: such a report takes the place of any, and any takes its place.
ours=$(printf '%s' "$reports" | jq --slurp --raw-output --arg mark "$mark" --arg unnamed '<!-- clinicctl: -->' \
    'map(select(.body | startswith($mark))) + map(select($mark == $unnamed or (.body | startswith($unnamed))))
        | first.id // empty')

body=$(mktemp)
trap 'rm -f "$body"' EXIT
jq --raw-input --slurp '{body: .}' "$file" >"$body"
if [ -n "$ours" ]; then
    call --request PUT --header 'Content-Type: application/json' --data-binary "@$body" --output /dev/null "$notes/$ours"
else
    call --request POST --header 'Content-Type: application/json' --data-binary "@$body" --output /dev/null "$notes"
fi
