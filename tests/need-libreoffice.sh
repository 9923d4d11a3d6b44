#!/bin/sh
# Word reports and workbooks are opened in LibreOffice by tests. Install Debian's where that is allowed.
set -eu
has() { ls "$(dirname "$(readlink -f "$office")")/$1" >/dev/null 2>&1; }
office=$(command -v soffice || command -v libreoffice || true)
[ -n "$office" ] && has libswlo.so && has libsclo.so && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing libreoffice-writer-nogui and libreoffice-calc-nogui, which tests open files with."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation >/dev/null
  exit 0
fi
echo "The tests need LibreOffice Writer and Calc and may not install them here." >&2
echo "Install them, as with: sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" >&2
echo "Then run make test again." >&2
exit 1
