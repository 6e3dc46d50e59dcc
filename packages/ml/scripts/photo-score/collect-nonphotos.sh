#!/bin/bash
# Gathers pictures that are no photos, for the test of the photo score, from packages of Debian 12, which
# it downloads and unpacks but does not install:
#
#   bash packages/ml/scripts/collect-nonphotos.sh FOLDER
#
# Needs apt-get, dpkg-deb, pdfinfo, pdftoppm and rsvg-convert. Pictures end in FOLDER/test/KIND; which package each
# came from is in FOLDER/sources.tsv, with the package's version. None of them belong into the repository.
set -euo pipefail
folder=$(realpath -m "$1")
mkdir -p "$folder"/{debs,unpacked,test}
: > "$folder/sources.tsv"

packages="openclipart-png oxygen-icon-theme papirus-icon-theme gimp-help-en kicad-doc-en gnucash-docs
  marble-data kgeography-data debian-handbook gnuplot-doc lilypond-doc-pdf inkscape-tutorials tuxpaint-stamps-default
  tuxpaint-data gnome-backgrounds mate-backgrounds plasma-workspace-wallpapers texlive-pictures-doc"
cd "$folder/debs"
for package in $packages; do
  [ -d "../unpacked/$package" ] && continue
  apt-get download "$package"
  dpkg-deb -x "$package"_*.deb "../unpacked/$package"
done
cd "$folder/unpacked"

# The first files of a list in the order of their paths' hashes: a choice by chance that stays the same.
choose() {
  local count=$1
  while read -r path; do echo "$(sha1sum <<<"$path") $path"; done | sort | awk -v most="$count" 'NR <= most' | cut -d' ' -f4-
}

version() { dpkg-deb -f "$folder/debs/$1"_*.deb Version; }

# take KIND COUNT FIND-ARGUMENTS...: pictures of at least 3 kB, as they are.
take() {
  local kind=$1 count=$2 package=${3%%/*} path
  shift 2
  mkdir -p "$folder/test/$kind"
  find "$@" -type f -size +2k \( -name '*.png' -o -name '*.jpg' \) | LC_ALL=C sort | choose "$count" | while read -r path; do
    cp "$path" "$folder/test/$kind/$package-$(basename "$path")"
    printf '%s\t%s\t%s\t%s\n' "$kind" "$package" "$(version "$package")" "$path" >> "$folder/sources.tsv"
  done
}

# draw KIND COUNT WIDTH FIND-ARGUMENTS...: vector drawings, rendered.
draw() {
  local kind=$1 count=$2 width=$3 package=${4%%/*} path
  shift 3
  mkdir -p "$folder/test/$kind"
  find "$@" -type f -name '*.svg' | LC_ALL=C sort | choose "$count" | while read -r path; do
    rsvg-convert -w "$width" -b white "$path" -o "$folder/test/$kind/$package-$(basename "$path" .svg).png" || continue
    printf '%s\t%s\t%s\t%s\n' "$kind" "$package" "$(version "$package")" "$path" >> "$folder/sources.tsv"
  done
}

# print KIND PDF PAGE...: pages of a document.
print() {
  local kind=$1 path=$2 package=${2%%/*} page
  shift 2
  mkdir -p "$folder/test/$kind"
  for page in "$@"; do
    pdftoppm -r 80 -png -f "$page" -l "$page" "$path" "$folder/test/$kind/$package-$(basename "$path" .pdf)"
    printf '%s\t%s\t%s\t%s page %s\n' "$kind" "$package" "$(version "$package")" "$path" "$page" >> "$folder/sources.tsv"
  done
}

take clip-art 80 openclipart-png
take clip-art 25 tuxpaint-stamps-default/usr/share/tuxpaint/stamps/town/houses/cartoon tuxpaint-stamps-default/usr/share/tuxpaint/stamps/seasonal
take icons 30 oxygen-icon-theme/usr/share/icons/oxygen/base/128x128 oxygen-icon-theme/usr/share/icons/oxygen/base/256x256
draw icons 25 256 papirus-icon-theme/usr/share/icons/Papirus/64x64
gimp=gimp-help-en/usr/share/gimp/2.0/help/en/images
take screenshots 35 $gimp/dialogs $gimp/tool-options $gimp/menus $gimp/preferences -not -path "*/menus/colors/*"
take screenshots 35 kicad-doc-en/usr/share/doc/kicad/help/en/images -not -path '*/icons/*'
take screenshots 30 gnucash-docs/usr/share/help/C/gnucash-guide/figures
take screenshots 30 debian-handbook/usr/share/doc/debian-handbook/html/en-US/images
take screenshots 10 marble-data/usr/share/doc/HTML/en/marble
take maps 40 kgeography-data/usr/share/kgeography -maxdepth 1
take flags 20 kgeography-data/usr/share/kgeography/flags
print charts gnuplot-doc/usr/share/doc/gnuplot/gnuplot.pdf $(seq 20 13 260)
print sheet-music lilypond-doc-pdf/usr/share/doc/lilypond/html/Documentation/learning.pdf $(seq 20 9 180)
documents=texlive-pictures-doc/usr/share/doc/texlive-doc
for path in $(find $documents -name '*.pdf' -size +60k | LC_ALL=C sort | choose 40); do
  pages=$(pdfinfo "$path" | awk '/^Pages:/ { print $2 }')
  print documents "$path" $(((pages + 1) / 2))
done
draw drawings 6 500 inkscape-tutorials
draw drawings 12 600 gnome-backgrounds
take drawings 25 tuxpaint-data/usr/share/tuxpaint/starters
take drawings 8 mate-backgrounds/usr/share/backgrounds/mate/abstract mate-backgrounds/usr/share/backgrounds/mate/desktop -not -name 'Elephants*'
for name in FlyingKonqui PastelHills ColdRipple SafeLanding Flow Kay Opal Volna; do
  take drawings 1 plasma-workspace-wallpapers/usr/share/wallpapers/$name/contents
done
