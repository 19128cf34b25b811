#!/bin/sh
# cli-links: stormwatch-cli runs where there is no desktop, so it is linked with nothing of one.
# Pango and cairo draw its pictures and need no display; what cairo itself brings along is not its
# matter. TAP.
cli=$1
echo 1..1
if ! libraries=$(ldd "$cli" 2>/dev/null); then
  echo "ok 1 # SKIP ldd can't read $cli"
  exit 0
fi
desktop=$(echo "$libraries" | grep -E 'lib(gtk|gdk|gsk|adwaita|gtksourceview|wayland)')
if [ -n "$desktop" ]; then
  echo "$desktop" | sed 's/^/# /'
  echo "not ok 1 stormwatch-cli links no desktop library"
  exit 1
fi
echo "ok 1 stormwatch-cli links no desktop library"
