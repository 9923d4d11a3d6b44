#!/bin/sh
# Coding is taken to other programs and back by tests. Each is put in an environment of its own, since
# they pin packages that this project does not want; nothing of them is ever imported here. Where one
# cannot be installed, the tests that need it are skipped and say why.
set -eu
folder=$(dirname "$0")/../.tools
for name in qualitative-coding taguette; do
  [ -e "$folder/$name/made" ] && continue
  rm -rf "${folder:?}/$name"
  mkdir -p "$folder/$name"
  echo "Installing $name, which coding is taken to and back by tests."
  if "${PYTHON:-python3}" -m venv "$folder/$name/venv" &&
    "$folder/$name/venv/bin/pip" --quiet install "$name" >"$folder/$name/log" 2>&1; then
    touch "$folder/$name/made"
  else
    rm -rf "$folder/$name/venv"
    echo "$name could not be installed; $folder/$name/log says why. Its tests are skipped." >&2
  fi
done
