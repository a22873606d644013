#!/usr/bin/env bash
# The bare git commands and transfers of a release, as a packager's script would have them: what the service is measured against.
# Usage: by-hand.sh FOLDER UPSTREAM_GIT TAG DISTGIT_GIT FORK_GIT USER TOKEN ARCHIVE_URL ARCHIVE_NAME UPLOAD_URL DOWNLOAD_URL PACKAGE BRANCH...
set -euo pipefail
folder=$1 upstream=$2 tag=$3 distgit=$4 fork=$5 user=$6 token=$7 archive_url=$8 archive=$9 upload=${10} download=${11} package=${12}
shift 12
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$fork.extraHeader"
GIT_CONFIG_VALUE_0="Authorization: Basic $(printf '%s:%s' "$user" "$token" | base64 -w0)"
export GIT_CONFIG_VALUE_0
cd "$folder"
git clone -q --depth 1 --branch "$tag" "$upstream" upstream
git clone -q --depth 1 --no-single-branch "$distgit" dist-git
cd dist-git
git remote add fork "$fork"
curl -sfL -o "$archive" "$archive_url"
hash=$(sha512sum "$archive" | cut -d' ' -f1)
curl -sf -o /dev/null -F name="rpms/$package" -F sha512sum="$hash" -F filename="$archive" "$upload"
curl -sf -o /dev/null -F name="rpms/$package" -F sha512sum="$hash" -F file=@"$archive" "$upload"
curl -sfI -o /dev/null "$download/rpms/$package/$archive/sha512/$hash/$archive"
for branch; do
  git checkout -q -B "$branch-by-hand" "origin/$branch"
  cp ../upstream/"$package".spec ../upstream/.packit.yaml .
  echo "SHA512 ($archive) = $hash" > sources
  echo "/$archive" >> .gitignore
  git add -A
  git commit -q -m "Update to the new release"
  git push -q --force fork "HEAD:$branch-by-hand"
done
