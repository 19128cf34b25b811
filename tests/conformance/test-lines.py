#!/usr/bin/env python3
"""Lines and files of C stay as short as CONTRIBUTING says."""
import os
import sys

COLUMNS = 100
LINES = 600


def sources(root):
    for top in ('src', 'tests'):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    yield os.path.relpath(os.path.join(folder, name), root)


def check(n, words, problems):
    print(f'{"not ok" if problems else "ok"} {n} - {words}')
    for problem in problems:
        print(f'# {problem}')
    return bool(problems)


def main(root):
    n, wide, long = 0, [], []
    for path in sources(root):
        with open(os.path.join(root, path), encoding='utf-8') as source:
            lines = source.read().splitlines()
        n += 1
        wide += [f'{path}:{i}: {len(line)} columns' for i, line in enumerate(lines, 1)
                 if len(line) > COLUMNS]
        if len(lines) > LINES:
            long.append(f'{path}: {len(lines)} lines')
    failed = check(1, 'there are sources', [] if n > 500 else [f'only {n}'])
    failed |= check(2, f'no line is longer than {COLUMNS} columns', wide)
    failed |= check(3, f'no file is longer than {LINES} lines', long)
    print('1..3')
    return failed


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
