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
ours=
page=1
while [ -z "$ours" ]; do
    comments=$(call "$api/$PULL_REQUEST/comments?per_page=100&page=$page")
    ours=$(printf '%s' "$comments" | jq --raw-output --arg mark "$mark" \
        'map(select(.user.type == "Bot" and (.body | startswith($mark)))) | first.id // empty')
    [ "$(printf '%s' "$comments" | jq length)" -eq 100 ] || break
    page=$((page + 1))
done

body=$(mktemp)
trap 'rm -f "$body"' EXIT
jq --raw-input --slurp '{body: .}' "$file" >"$body"
if [ -n "$ours" ]; then
    call --request PATCH --data-binary "@$body" --output /dev/null "$api/comments/$ours"
else
    call --request POST --data-binary "@$body" --output /dev/null "$api/$PULL_REQUEST/comments"
fi
