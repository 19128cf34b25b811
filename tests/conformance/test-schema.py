#!/usr/bin/env python3
"""The samples hold to the schema of the text form. TAP.

Usage: test-schema.py DATA-DIRECTORY
"""
import copy
import json
import os
import sys

DATA = sys.argv[1]
SAMPLES = sorted(os.listdir(os.path.join(DATA, 'samples')))

try:
    import jsonschema
except ImportError:
    print('1..0 # SKIP python3-jsonschema is not installed')
    sys.exit(0)


def load(*parts):
    with open(os.path.join(DATA, *parts), encoding='utf-8') as file:
        return json.load(file)


SCHEMA = load('stormwatch-board.schema.json')
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)

# What the schema must refuse: a place in the food-order sample, and a wrong value for it.
WRONG = [
    (('format',), 'other'), (('version',), 2), (('title',), None),
    (('stickies', 0, 'kind'), 'evnt'), (('stickies', 0, 'x'), 1e308),
    (('stickies', 0, 'width'), 0), (('stickies', 0, 'aliases'), 'a'),
    (('flows', 0, 'from'), 3), (('mapping', 'type'), ['nonsense']),
    (('contexts', 0, 'title'), 7),
]


def main():
    n = 0
    failed = False
    print(f'1..{len(SAMPLES) + len(WRONG) + 1}')

    def tell(good, name):
        nonlocal n, failed
        n += 1
        failed |= not good
        print(('ok' if good else 'not ok'), n, name)

    VALIDATOR.check_schema(SCHEMA)
    tell(True, 'the schema is one')
    for name in SAMPLES:
        errors = [error.message for error in VALIDATOR.iter_errors(load('samples', name))]
        for error in errors:
            print('#', error)
        tell(not errors, name)
    for path, value in WRONG:
        board = copy.deepcopy(load('samples', 'food-order.json'))
        at = board
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        tell(not VALIDATOR.is_valid(board), 'refuses ' + '.'.join(map(str, path)))
    sys.exit(failed)


main()
