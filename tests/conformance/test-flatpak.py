#!/usr/bin/env python3
"""The Flatpak manifests: the Devel twin differs only where it must; permissions stay small. TAP."""
import json
import os
import sys

FOLDER = sys.argv[1]
ID = 'io.github.stormwatch.Stormwatch'
MAY = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11', 
       '--device=dri',
       '--talk-name=org.freedesktop.secrets'}
n = 0
failed = False


def check(ok, words):
    global n, failed
    n += 1
    failed = failed or not ok
    print(f'{"ok" if ok else "not ok"} {n} - {words}')


def load(name):
    with open(os.path.join(FOLDER, name + '.json'), encoding='utf-8') as file:
        return json.load(file)


stable, devel = load(ID), load(ID + '.Devel')
check(stable['id'] == ID and devel['id'] == ID + '.Devel', 'the ids are ours')
check(set(stable['finish-args']) <= MAY, 'no permission beyond network, window and secrets')
check(int(stable['runtime-version']) >= 49, 'a runtime that is kept up')
for module in stable['modules']:
    for source in module['sources']:
        if source['type'] == 'archive':
            check(len(source['sha256']) == 64, module['name'] + ' is pinned')
devel['id'] = stable['id']
devel['modules'][-1]['config-opts'] = stable['modules'][-1]['config-opts']
check(devel == stable, 'the Devel twin differs in id and options alone')
print(f'1..{n}')
sys.exit(failed)
