#!/usr/bin/env python3
"""The direction of dependency between the rooms (CONTRIBUTING.md), read from the includes. TAP."""
import os
import re
import sys

SRC = sys.argv[1]

# What a room may include beside itself.
ALLOWED = {
    'base': set(),
    'model': {'base'},
    'event': {'base'},
    'trace': {'base', 'model', 'event'},
    'store': {'base', 'model', 'event'},
    'source': {'base', 'event'},
    'draw': {'base', 'model'},
    'format': {'base', 'model', 'event', 'draw'},
    'cli': {'base', 'model', 'event', 'trace', 'store', 'source', 'draw', 'format'},
    'ui/canvas': {'base', 'model', 'event', 'trace', 'draw', 'format', 'ui'},
    'ui/inspector': {'base', 'model', 'event', 'trace', 'draw', 'format', 'ui', 'ui/canvas'},
    'ui/monitor': {'base', 'model', 'event', 'trace', 'store', 'source', 'draw', 'format', 'ui',
                   'ui/canvas'},
    'ui': {'base', 'model', 'event', 'trace', 'store', 'source', 'draw', 'format', 'ui/canvas',
           'ui/inspector', 'ui/monitor'},
}
# Of the window's own folder its sub-rooms may use only this.
UI_SHARED = {'storm-compat.h', 'storm-held-frame.h', 'storm-notice-bar.h', 'storm-settings.h'}
# Whose headers only one room may include.
ONLY = {'sqlite3.h': 'store', 'librdkafka': 'source', 'libsecret': 'source', 'jq.h': 'event',
        'jv.h': 'event'}
TOOLKIT = re.compile(r'^(gtk|gdk|gsk|adwaita|gtksourceview)\b')
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def room_of(path):
    folder = os.path.relpath(os.path.dirname(path), SRC)
    return '' if folder == '.' else folder


files = []
home = {}
for folder, _, names in os.walk(SRC):
    for name in names:
        if name.endswith(('.c', '.h')):
            path = os.path.join(folder, name)
            files.append(path)
            if name.endswith('.h'):
                home[name] = room_of(path)

wrong = {room: [] for room in ALLOWED}
for path in sorted(files):
    room = room_of(path)
    if room == '':  # main.c: it starts the window, and may use everything
        continue
    where = os.path.relpath(path, SRC)
    with open(path, encoding='utf-8') as file:
        text = file.read()
    for name in INCLUDE.findall(text):
        target = home.get(name)
        if target is not None and target != room:
            if target not in ALLOWED[room]:
                wrong[room].append(f'{where} includes {name} of {target}')
            elif target == 'ui' and name not in UI_SHARED:
                wrong[room].append(f'{where} includes {name} of the window')
        for lib, owner in ONLY.items():
            if name.startswith(lib) and room != owner:
                wrong[room].append(f'{where} includes {name}; only {owner} may')
        if TOOLKIT.match(name) and not room.startswith('ui'):
            wrong[room].append(f'{where} includes {name}; only ui may')

failed = False
for n, room in enumerate(sorted(ALLOWED), 1):
    seen = any(room_of(path) == room for path in files)
    ok = seen and not wrong[room]
    failed = failed or not ok
    print(f'{"ok" if ok else "not ok"} {n} - {room} keeps the direction')
    for line in wrong[room]:
        print('#', line)
    if not seen:
        print('# the room is empty')
print(f'1..{len(ALLOWED)}')
sys.exit(failed)
