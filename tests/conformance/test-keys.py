#!/usr/bin/env python3
"""Keys: one does one thing, and the shortcuts window knows each that the command palette shows."""
import html
import os
import re
import sys

SRC = os.path.join(sys.argv[1], 'src', 'ui')
COMMAND = re.compile(r'\{ "((?:win|app|window)\.[^"]+)",[^{}]*?"([^"]+)" \},', re.S)
ACCEL = re.compile(r'\{ "((?:win|app|window)\.[^"]+)", \{ ([^}]+) \} \},')
SHOWN = re.compile(r'<property name="accelerator">([^<]+)</property>')


def read(*path):
    with open(os.path.join(SRC, *path), encoding='utf-8') as lines:
        return lines.read()


def same(keys):
    """Modifiers in one order."""
    return ''.join(sorted(re.findall(r'<[^>]+>', keys))) + re.sub(r'<[^>]+>', '', keys).lower()


def commands():
    found = []
    for action, keys in COMMAND.findall(read('storm-commands.c')):
        # Without keys the words stand last.
        if re.fullmatch(r'(<\w+>)*\w+', keys) and (keys.startswith('<') or keys[0] == 'F'
                                                    or len(keys) < 8):
            found.append((action, keys))
    return found


def doubled(pairs):
    of = {}
    for action, keys in pairs:
        of.setdefault(same(keys), set()).add(action)
    return [f'{keys}: {", ".join(sorted(actions))}' for keys, actions in sorted(of.items())
            if len(actions) > 1]


def check(n, words, problems):
    print(f'{"not ok" if problems else "ok"} {n} - {words}')
    for problem in problems:
        print(f'# {problem}')
    return bool(problems)


def main():
    named = commands()
    accels = [(action, keys) for action, all_keys in ACCEL.findall(read('storm-application.c'))
              for keys in re.findall(r'"([^"]+)"', all_keys)]
    shown = {same(keys) for keys in re.split(r'[ &]|\.\.\.', ' '.join(
        html.unescape(keys) for keys in SHOWN.findall(read('gtk', 'help-overlay.ui')))) if keys}
    failed = check(1, 'there are keys', [] if len(named) > 50 and len(accels) > 20 else
                   [f'{len(named)} commands, {len(accels)} of the application'])
    failed |= check(2, 'one key does one thing', doubled(named + accels))
    failed |= check(3, 'the shortcuts window has them all',
                    [f'{keys}: {action}' for action, keys in named if same(keys) not in shown])
    print('1..3')
    return failed


if __name__ == '__main__':
    sys.exit(main())
