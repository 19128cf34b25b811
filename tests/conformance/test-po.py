#!/usr/bin/env python3
"""The list of translatable files and the translations are complete. TAP.

Usage: test-po.py SOURCE-DIRECTORY
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = sys.argv[1]
PO = os.path.join(TOP, 'po')
# What Meson's preset “glib” gives to xgettext.
FLAGS = [
    '--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
    '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3',
    '--keyword=g_dpgettext2:2c,3', '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format',
    '--flag=NC_:2:pass-c-format', '--flag=g_dngettext:2:pass-c-format',
    '--flag=g_strdup_printf:1:c-format', '--flag=g_string_printf:2:c-format',
    '--flag=g_string_append_printf:2:c-format', '--flag=g_error_new:3:c-format',
    '--flag=g_set_error:4:c-format',
]
MARKED = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(\s*(?:\w+,\s*)?"')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
TEMPLATES = ('.desktop.in.in', '.metainfo.xml.in.in', '.gschema.xml.in',
             'io.github.stormwatch.Stormwatch.xml.in.in')


class Tap:
    def __init__(self):
        self.n = 0
        self.failed = 0

    def check(self, name, problems):
        self.n += 1
        self.failed += bool(problems)
        print(f'{"not ok" if problems else "ok"} {self.n} - {name}')
        for problem in problems:
            print(f'# {problem}')


def run(*command):
    environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en')
    done = subprocess.run(command, cwd=TOP, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


def has_text(path):
    if path.endswith(TEMPLATES):
        return True
    if not path.endswith(('.c', '.h', '.ui')):
        return False
    with open(path, encoding='utf-8') as file:
        text = file.read()
    if path.endswith('.ui'):
        return 'translatable="yes"' in text
    return MARKED.search(COMMENT.sub('', text)) is not None


def files_with_text():
    found = set()
    for room in ('data', 'src'):
        for folder, _, names in os.walk(os.path.join(TOP, room)):
            paths = (os.path.join(folder, name) for name in names)
            found.update(os.path.relpath(path, TOP) for path in paths if has_text(path))
    return found


def words_of(name):
    with open(os.path.join(PO, name), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and line[0] != '#']


def entries(path):
    """Context and text of each message of a catalog, and whether it is translated for certain."""
    _, lines = run('msgattrib', '--no-wrap', '--no-location', '--no-obsolete', path)
    for block in '\n'.join(lines).split('\n\n'):
        context = re.search(r'^msgctxt (.*)$', block, re.MULTILINE)
        text = re.search(r'^msgid (.*(?:\n".*)*)$', block, re.MULTILINE)
        if text is None or text.group(1) == '""':
            continue
        key = (context.group(1) if context else '', re.sub(r'"\n"', '', text.group(1)))
        empty = re.search(r'^msgstr(\[\d+\])? ""(?!\n")', block, re.MULTILINE) is not None
        fuzzy = re.search(r'^#,.*\bfuzzy\b', block, re.MULTILINE) is not None
        yield key, not empty and not fuzzy


def main():
    missing = [program for program in ('xgettext', 'msgfmt', 'msgattrib')
               if shutil.which(program) is None]
    if missing:
        print(f'1..0 # SKIP {", ".join(missing)} of gettext is not installed')
        return 0

    tap = Tap()
    listed = words_of('POTFILES.in')
    wanted = files_with_text()
    tap.check('POTFILES.in names every file with text',
              [f'missing: {path}' for path in sorted(wanted - set(listed))])
    tap.check('POTFILES.in names nothing else',
              [f'has no text: {path}' for path in sorted(set(listed) - wanted)]
              + [f'listed twice: {path}' for path in sorted(set(listed))
                 if listed.count(path) > 1])

    with tempfile.TemporaryDirectory() as scratch:
        pot = os.path.join(scratch, 'stormwatch.pot')
        status, said = run('xgettext', *FLAGS, f'--directory={TOP}', '--output=' + pot,
                           '--files-from=' + os.path.join(PO, 'POTFILES.in'))
        tap.check('the texts can be extracted',
                  [line for line in said if status != 0 or 'not a valid' in line])
        texts = [key for key, _ in entries(pot)] if os.path.exists(pot) else []
        tap.check('there are texts', [] if len(texts) > 500 else [f'only {len(texts)} were found'])
        for language in words_of('LINGUAS'):
            path = os.path.join(PO, language + '.po')
            status, said = run('msgfmt', '--check', '--check-accelerators=_', '-o', os.devnull,
                               path)
            tap.check(f'{language}: formats, plurals and mnemonics agree',
                      said if status != 0 else [])
            known = dict(entries(path))
            tap.check(f'{language}: every text is translated',
                      [f'{"not certain" if key in known else "missing"}: {" ".join(key).strip()}'
                       for key in texts if not known.get(key, False)])
    print(f'1..{tap.n}')
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
