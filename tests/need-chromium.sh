#!/bin/sh
# The report is tested in a real browser. Install Debian's Chromium where that is allowed.
set -eu
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
missing=""
find_chromium >/dev/null || missing="chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing $missing, which the browser tests need."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
  exit 0
fi
echo "The tests need $missing and may not install it here." >&2
echo "Install it, for instance with: sudo apt-get install $missing" >&2
echo "(Chromium under another name is found as chromium-browser or google-chrome.) Then run make test again." >&2
exit 1
