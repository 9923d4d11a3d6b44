#!/bin/sh
# The Word report is opened in LibreOffice by a test. Install Debian's Writer where that is allowed.
set -eu
command -v soffice >/dev/null || command -v libreoffice >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing libreoffice-writer-nogui, which a test opens the Word report with."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-writer-nogui fonts-liberation >/dev/null
  exit 0
fi
echo "The tests need LibreOffice Writer and may not install it here." >&2
echo "Install it, for instance with: sudo apt-get install libreoffice-writer-nogui" >&2
echo "Then run make test again." >&2
exit 1
