#!/usr/bin/env python3
"""What is installed is translated, and a desktop knows a board by its bytes. TAP.

Usage: test-desktop.py STORMWATCH-CLI SAMPLE MIME-FILE DESKTOP-FILE METAINFO-FILE LINGUAS
"""
import os
import shutil
import subprocess
import sys
import tempfile

CLI, SAMPLE, MIME, DESKTOP, METAINFO, LINGUAS = sys.argv[1:]
BOARD, TEXT = 'application/vnd.stormwatch.board', 'application/vnd.stormwatch.board+json'
failed = 0
n = 0


def check(name, good, said=''):
    global failed, n
    n += 1
    failed += not good
    print(f'{"ok" if good else "not ok"} {n} - {name}')
    if not good and said:
        print(f'# {said}')


def content_type(path, data):
    env = {**os.environ, 'XDG_DATA_HOME': data, 'GIO_USE_VFS': 'local'}
    out = subprocess.run(['gio', 'info', '-a', 'standard::content-type', path], env=env, text=True,
                         capture_output=True, check=False).stdout
    return out.rsplit('standard::content-type:', 1)[-1].strip()


def translated():
    with open(LINGUAS, encoding='utf-8') as file:
        languages = [word for line in file if line[0] != '#' for word in line.split()]
    for path, marks in [(MIME, ['<comment xml:lang="{}">']), (DESKTOP, ['\nComment[{}]=']),
                        (METAINFO, ['<summary xml:lang="{}">', '<p xml:lang="{}">'])]:
        with open(path, encoding='utf-8') as file:
            text = file.read()
        missing = [mark.format(language) for language in languages for mark in marks
                   if mark.format(language) not in text]
        check(os.path.basename(path) + ' is in every language', not missing, str(missing))


def recognised():
    with tempfile.TemporaryDirectory() as scratch:
        packages = os.path.join(scratch, 'mime', 'packages')
        os.makedirs(packages)
        shutil.copy(MIME, packages)
        done = subprocess.run(['update-mime-database', os.path.join(scratch, 'mime')], text=True,
                              capture_output=True, check=False)
        check('the MIME type is accepted',
              done.returncode == 0 and 'mime/packages' not in done.stderr, done.stderr)
        board = os.path.join(scratch, 'board.storm')
        subprocess.run([CLI, 'import', SAMPLE, board], check=True)
        for name, path, wanted in [('a.storm', board, BOARD), ('board', board, BOARD),
                                   ('a.storm.json', SAMPLE, TEXT), ('text', SAMPLE, TEXT)]:
            copy = os.path.join(scratch, name)
            shutil.copy(path, copy)
            found = content_type(copy, scratch)
            check(f'“{name}” is a {wanted}', found == wanted, found)


translated()
if shutil.which('update-mime-database') and shutil.which('gio'):
    recognised()
else:
    n += 1
    print(f'ok {n} - a board is known by its bytes # SKIP no update-mime-database or no gio')
print(f'1..{n}')
sys.exit(failed > 0)
