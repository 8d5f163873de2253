#!/bin/sh
# comment-on-github FILE: puts a Markdown report of clinicctl under a pull request. The comment of an earlier run is
# updated in place: the hidden mark in the first line of the report says which one it is.
#
# Needs GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN (pull-requests: write) and PULL_REQUEST, its number.
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
api=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues

# The token goes through a pipe: everybody on the machine can read arguments.
call() {
    printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN" |
        curl --fail --silent --show-error --max-time 60 --header @- \
            --header 'Accept: application/vnd.github+json' --header 'Content-Type: application/json' "$@"
}

# Only a bot's comment: somebody else could write the mark too.
reports=
page=1
while :; do
    comments=$(call "$api/$PULL_REQUEST/comments?per_page=100&page=$page")
    reports=$reports$(printf '%s' "$comments" | jq --compact-output \
        '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- clinicctl"))) | {id, body}')
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
    call --request PATCH --data-binary "@$body" --output /dev/null "$api/comments/$ours"
else
    call --request POST --data-binary "@$body" --output /dev/null "$api/$PULL_REQUEST/comments"
fi
