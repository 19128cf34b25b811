#!/usr/bin/env python3
"""Runs the built stormwatch-cli on the samples and their recordings. TAP.

Usage: test-cli.py STORMWATCH-CLI DATA-DIRECTORY
"""
import datetime
import fcntl
import gzip
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
import xml.etree.ElementTree

CLI, DATA = sys.argv[1], sys.argv[2]
TMP = tempfile.TemporaryDirectory(prefix='stormwatch-cli-')
TESTS = []


class Skip(Exception):
    pass


def test(function):
    TESTS.append(function)
    return function


def sample(name):
    return os.path.join(DATA, 'samples', name + '.json')


def recording(name):
    return os.path.join(DATA, 'recordings', name)


def tmp(name):
    return os.path.join(TMP.name, name)


def run(*args, code=0, stdin=None, env=None):
    done = subprocess.run([CLI, *args], input=stdin, capture_output=True, timeout=60,
                          env={**os.environ, **(env or {})})
    if done.returncode != code:
        raise AssertionError(f'{args}: exit {done.returncode}, not {code}: {done.stderr.decode()}')
    return done.stdout.decode(), done.stderr.decode()


def fails(*args, says, **kwargs):
    """An error is one line that begins with the program's name, and nothing on standard output."""
    out, err = run(*args, code=2, **kwargs)
    same(out, '')
    same(err.count('\n'), 1)
    if not err.startswith('stormwatch-cli: ') or says not in err:
        raise AssertionError(f'{err!r} doesn\'t say {says!r}')


def same(a, b):
    if a != b:
        raise AssertionError(f'{a!r} is not {b!r}')


def event(n, name, at, topic, partition, offset, *flags, sticky=''):
    return {'n': n, 'type': name, 'time': at, 'sticky': name if sticky == '' else sticky,
            'topic': topic, 'partition': partition, 'offset': offset, 'flags': list(flags)}


def with_spans(found):
    """Adds what the times say: seconds since the event before and since the first, not of repeats."""
    first = before = None
    for one in found['events']:
        at = datetime.datetime.fromisoformat(one['time'].replace('Z', '+00:00'))
        one['sincePrevious'] = one['sinceStart'] = None
        if one['n'] is None:
            continue
        first = first or at
        one['sinceStart'] = (at - first).total_seconds()
        if before is not None:
            one['sincePrevious'] = (at - before).total_seconds()
        before = at
    return found


TROUBLED = with_spans({'key': 'order-4731', 'undecodable': 1, 'events': [
    event(1, 'OrderPlaced', '2026-11-20T10:41:00.500Z', 'food.order', 0, 240),
    event(2, 'OrderAccepted', '2026-11-20T10:41:01.900Z', 'food.order', 1, 253),
    event(None, 'OrderAccepted', '2026-11-20T10:41:01.900Z', 'food.order', 1, 253, 'repeated'),
    event(3, 'PaymentRetried', '2026-11-20T10:41:29.655Z', 'food.payment', 0, 0, 'unmatched',
          sticky=None),
    event(4, 'CookStarted', '2026-11-20T10:41:30.700Z', 'food.order', 1, 259, 'late'),
    event(5, 'CookFinished', '2026-11-20T10:42:04.600Z', 'food.order', 1, 258),
]})


def trace(board, events, key, **kwargs):
    out, _ = run('trace', board, '--events', events, '--key', key, '--json', **kwargs)
    return json.loads(out)


@test
def trace_of_a_good_case():
    topic = 'food-order-good'
    same(trace(sample('food-order'), recording(topic + '.jsonl'), 'order-4711'),
         with_spans({'key': 'order-4711', 'undecodable': 0, 'events': [
             event(1, 'OrderPlaced', '2026-11-20T10:41:07.120Z', topic, 0, 1),
             event(2, 'OrderAccepted', '2026-11-20T10:41:08.310Z', topic, 0, 2),
             event(3, 'CookStarted', '2026-11-20T10:41:46.000Z', topic, 0, 7),
             event(4, 'CookFinished', '2026-11-20T10:47:59.120Z', topic, 0, 16)]}))


@test
def trace_with_late_repeated_and_unknown_events():
    same(trace(sample('food-order'), recording('food-order-troubled.jsonl'), 'order-4731'),
         TROUBLED)


@test
def trace_from_standard_input_is_the_same():
    with open(recording('food-order-troubled.jsonl'), 'rb') as file:
        text = file.read()
    same(trace(sample('food-order'), '-', 'order-4731', stdin=text), TROUBLED)
    same(trace(sample('food-order'), '-', 'order-4731', stdin=gzip.compress(text)), TROUBLED)


@test
def trace_from_a_board_file_is_the_same():
    run('import', sample('food-order'), tmp('trace.storm'))
    same(trace(tmp('trace.storm'), recording('food-order-troubled.jsonl'), 'order-4731'), TROUBLED)


@test
def members_of_the_trace_stand_in_the_documented_order():
    out, _ = run('trace', sample('food-order'), '--events', recording('food-order-good.jsonl'),
                 '--key', 'order-4711', '--json')
    same(list(json.loads(out)), ['key', 'events', 'undecodable'])
    same(list(json.loads(out)['events'][0]),
         ['n', 'type', 'time', 'sincePrevious', 'sinceStart', 'sticky', 'topic', 'partition',
          'offset', 'flags'])


@test
def trace_by_message_id_and_zone():
    topic = 'payment'
    found = trace(sample('awesome-shopping'), recording('awesome-shopping-compensated.jsonl'),
                  'tx123201')
    same([e['n'] for e in found['events']], [1, 2, 3, 4, 5, 6, None])
    # 19:46:10 in Seoul; the same message id at another offset.
    same(found['events'][5:], [
        dict(event(6, 'PaymentCanceled', '2026-11-20T10:46:10.000Z', topic, 1, 544),
             sincePrevious=2, sinceStart=10),
        dict(event(None, 'PaymentCanceled', '2026-11-20T10:46:10.000Z', topic, 1, 545, 'repeated'),
             sincePrevious=None, sinceStart=None)])


@test
def trace_of_a_saga_with_compensation():
    found = trace(sample('mobile-beverage'), recording('mobile-beverage-compensated.jsonl'), '2011')
    same([e['type'] for e in found['events']],
         ['OrderPlaced', 'Paid', 'CafeOrderAdded', 'OrderAccepted', 'DeliveryAdded',
          'OrderCanceled', 'PaymentCanceled', 'DeliveryCanceled', 'MessageSent'])
    same([e['flags'] for e in found['events']], [[]] * 9)


@test
def every_type_of_the_good_recordings_has_a_sticky():
    for name, file in [('food-order', 'food-order-good.jsonl'),
                       ('awesome-shopping', 'awesome-shopping-good.jsonl'),
                       ('mobile-beverage', 'mobile-beverage-good.jsonl.gz')]:
        out, _ = run('keys', sample(name), '--events', recording(file), '--json')
        for key in json.loads(out)['keys']:
            for one in trace(sample(name), recording(file), key['key'])['events']:
                same((one['sticky'], one['flags']), (one['type'], []))


@test
def table_of_a_trace():
    out, _ = run('trace', sample('food-order'), '--events', recording('food-order-troubled.jsonl'),
                 '--key', 'order-4731')
    lines = out.splitlines()
    same(len(lines), 8)
    same(lines[3].split(), ['=', '2026-11-20T10:41:01.900Z', '–', '–', 'OrderAccepted', 'OrderAccepted',
                            'food.order/1@253', 'repeated'])
    same(lines[2].split()[2:6], ['+1.4', 's', '+1.4', 's'])
    same(lines[1].split()[2:4], ['–', '–'])
    same(lines[5].split()[0] + lines[5].split()[-1], '4late')
    same(len({line.index('20', 3) for line in lines[1:7]}), 1)


@test
def keys_newest_first():
    out, _ = run('keys', sample('food-order'), '--events', recording('food-order-good.jsonl'),
                 '--json')
    found = json.loads(out)
    same([k['key'] for k in found['keys']],
         ['order-4711', 'order-4714', 'order-4712', 'order-4713'])
    same(found['keys'][0], {'key': 'order-4711', 'count': 4, 'first': '2026-11-20T10:41:07.120Z',
                            'last': '2026-11-20T10:47:59.120Z', 'lastType': 'CookFinished'})
    same(found['undecodable'], 0)


@test
def fields_that_drifted():
    """The samples say what their recordings send; a board that says otherwise is told."""
    for name, file in [('food-order', 'food-order-good.jsonl'),
                       ('awesome-shopping', 'awesome-shopping-good.jsonl'),
                       ('mobile-beverage', 'mobile-beverage-good.jsonl.gz')]:
        out, _ = run('fields', sample(name), '--events', recording(file))
        same(out, '')
    with open(sample('food-order'), encoding='utf-8') as file:
        board = json.load(file)
    placed = next(s for s in board['stickies'] if s.get('title') == 'OrderPlaced')
    placed['fields'] = [{'name': 'id', 'type': 'Long', 'correlation': True},
                        {'name': 'coupon', 'type': 'String'}]
    with open(tmp('drift.json'), 'w', encoding='utf-8') as file:
        json.dump(board, file)
    args = ('fields', tmp('drift.json'), '--events', recording('food-order-good.jsonl'))
    out, _ = run(*args, '--json', code=1)
    found = json.loads(out)['fields']
    same({f['sticky'] for f in found}, {'OrderPlaced'})
    same([(f['field'], f['kind']) for f in found][:2], [('id', 'type'), ('coupon', 'missing')])
    assert all(f['kind'] == 'extra' and f['seen'] == f['samples'] for f in found[2:]), found
    out, _ = run(*args, code=1)
    same(out.splitlines()[0], 'OrderPlaced: “id” is String, not Long, in 4 of 4 events')
    fails('fields', tmp('drift.json'), says='--events')


def check(board, events, *args, code=1, **kwargs):
    """Whatever is found, the members of the JSON are there in their order."""
    out, _ = run('check', board, '--events', events, '--json', *args, code=code, **kwargs)
    found = json.loads(out)
    same(list(found), ['fitness', 'traces'])
    for trace in found['traces']:
        same(list(trace), ['key', 'state', 'fitness', 'findings'])
        for finding in trace['findings']:
            same(list(finding), ['kind', 'event', 'after', 'expected', 'n', 'time', 'words'])
            assert finding['words'].endswith('.'), finding
    return found


def states(found):
    return {trace['key']: trace['state'] for trace in found['traces']}


@test
def good_recordings_do_what_the_boards_say():
    for name, file, n in [('food-order', 'food-order-good.jsonl', 4),
                          ('awesome-shopping', 'awesome-shopping-good.jsonl', 4),
                          ('mobile-beverage', 'mobile-beverage-good.jsonl.gz', 3)]:
        found = check(sample(name), recording(file), code=0)
        same(found['fitness'], 1)
        same([trace['findings'] for trace in found['traces']], [[]] * n)
        out, _ = run('check', sample(name), '--events', recording(file))
        same(out, f'{n} traces, As the board says: {n}\nFitness: 100.0 %\n')


@test
def check_finds_what_is_unexpected():
    found = check(sample('food-order'), recording('food-order-troubled.jsonl'))
    same(states(found), {'order-4731': 'unexpected', 'order-4732': 'conforming',
                         None: 'unexpected'})
    trouble = found['traces'][0]['findings']
    same([(f['kind'], f['event'], f['after'], f['expected'], f['n']) for f in trouble],
         [('repeated', 'OrderAccepted', 'OrderAccepted', [], 2),
          ('unexpected', 'PaymentRetried', 'OrderAccepted', ['CookStarted'], 3)])
    same([f['kind'] for f in found['traces'][2]['findings']], ['undecodable'])


def cut_off(name, last):
    """The lines of a recording up to the one that holds @last."""
    with open(recording(name), encoding='utf-8') as file:
        lines = file.read().splitlines()
    end = next(i for i, line in enumerate(lines) if last in line)
    return '\n'.join(lines[:end + 1]).encode() + b'\n'


@test
def check_finds_what_stopped():
    lines = cut_off('food-order-good.jsonl', 'CookStarted')
    found = check(sample('food-order'), '-', stdin=lines, code=0)
    same(set(states(found).values()), {'running'})
    found = check(sample('food-order'), '-', '--now', '2026-11-20T11:00:00Z', stdin=lines)
    same(set(states(found).values()), {'stuck'})
    stuck = next(t for t in found['traces'] if t['key'] == 'order-4711')
    same([(f['kind'], f['event'], f['after'], f['expected'], f['n'], f['time'])
          for f in stuck['findings']],
         [('missing-next', None, 'CookStarted', ['CookFinished'], None,
           '2026-11-20T10:41:46.000Z')])
    assert 0 < found['fitness'] < 1, found['fitness']


@test
def check_finds_what_failed():
    board, events = sample('mobile-beverage'), recording('mobile-beverage-compensated.jsonl')
    found = check(board, events)
    same(states(found), {'2011': 'compensated', '2012': 'compensated', '2013': 'failed'})
    found = check(sample('awesome-shopping'), recording('awesome-shopping-compensated.jsonl'),
                  '--now', '2026-11-20T12:00:00Z')
    same(states(found), {'tx123201': 'compensated', 'tx123202': 'uncompensated'})


@test
def each_sample_has_a_case_of_each_kind():
    """Keys in the order in which they begin, and what is found in them beside the failure."""
    wanted = [('conforming', []), ('stuck', ['missing-next']), ('compensated', ['failed']),
              ('uncompensated', ['failed', 'uncompensated']), ('unexpected', ['unexpected']),
              ('conforming', [])]
    for name, key in [('food-order', 'order-480'), ('awesome-shopping', 'tx12400'),
                      ('mobile-beverage', '210')]:
        found = check(sample(name), recording(name + '-cases.jsonl'))
        traces = {trace['key']: trace for trace in found['traces']}
        same(sorted(traces), [f'{key}{i + 1}' for i in range(len(wanted))])
        for i, (state, kinds) in enumerate(wanted):
            trace = traces[f'{key}{i + 1}']
            same((trace['state'], [f['kind'] for f in trace['findings']]), (state, kinds))
        # The worst stands first.
        same([t['state'] for t in found['traces']][:2], ['uncompensated', 'stuck'])


@test
def check_as_junit():
    out = tmp('check.xml')
    run('check', sample('food-order'), '--events', recording('food-order-troubled.jsonl'),
        '--junit', out, code=1)
    suite = xml.etree.ElementTree.parse(out).getroot().find('testsuite')
    same(suite.attrib, {'name': 'Food order', 'tests': '3', 'failures': '2', 'errors': '0'})
    cases = suite.findall('testcase')
    same([case.get('name') for case in cases], ['order-4731', 'order-4732', '–'])
    same(cases[0].find('failure').get('type'), 'unexpected')
    assert 'PaymentRetried' in cases[0].find('failure').text
    same(cases[1].find('failure'), None)
    text, _ = run('check', sample('food-order'), '--events', recording('food-order-good.jsonl'),
                  '--junit', '-')
    same(xml.etree.ElementTree.fromstring(text.encode()).find('testsuite').get('failures'), '0')


@test
def what_cannot_be_checked():
    good = recording('food-order-good.jsonl')
    fails('check', sample('food-order'), '--events', '-', stdin=b'', says='nothing to check')
    fails('check', sample('food-order'), '--events', good, '--now', 'noon', says='noon')
    fails('check', sample('food-order'), '--events', good, '--json', '--junit', '-', says='output')
    fails('check', sample('food-order'), '--events', good, '--junit', tmp('no/such/file'),
          '--json', says='no/such/file')
    fails('check', sample('food-order'), says='--events')
    out, _ = run('check', sample('food-order'), '--events', '-', code=1,
                 stdin=b'{"eventType":"A\\u001b[1m\\u0007","orderId":"k\\u001b[2J","timestamp":'
                       b'1795171267120}\n')
    assert '\x1b' not in out and '\x07' not in out, out


@test
def a_board_without_key_gets_one_and_says_so():
    with open(sample('food-order'), encoding='utf-8') as file:
        board = json.load(file)
    del board['mapping']
    for sticky in board['stickies']:
        for field in sticky.get('fields', []):
            field.pop('correlation', None)
    with open(tmp('nokey.json'), 'w', encoding='utf-8') as file:
        json.dump(board, file)
    out, err = run('trace', tmp('nokey.json'), '--events', recording('food-order-troubled.jsonl'),
                   '--key', 'order-4731', '--json')
    same(json.loads(out), TROUBLED)
    same(err.count('\n'), 1)
    assert 'orderId' in err and 'id in OrderPlaced' in err, err


@test
def import_and_export_give_the_same_text():
    for name in ['food-order', 'awesome-shopping', 'mobile-beverage']:
        run('import', sample(name), tmp(name + '.storm'))
        run('export', tmp(name + '.storm'), tmp(name + '.json'))
        out, _ = run('export', tmp(name + '.storm'), '-')
        with open(sample(name), encoding='utf-8') as file:
            text = file.read()
        with open(tmp(name + '.json'), encoding='utf-8') as file:
            same(file.read(), text)
        same(out, text)
        same(sorted(n for n in os.listdir(TMP.name) if n.startswith(name)),
             [name + '.json', name + '.storm'])


@test
def an_svg_gives_its_board_back():
    for name in ['food-order', 'mobile-beverage']:
        picture = tmp(name + '.svg')
        run('export', sample(name), picture)
        text, _ = run('export', picture, '-')
        same(text, open(sample(name), encoding='utf-8').read())
        run('import', picture, tmp(name + '-svg.storm'))
        same(run('export', tmp(name + '-svg.storm'), '-')[0], text)
        same(run('info', picture)[0], run('info', sample(name))[0])


@test
def pictures_by_the_ending_of_the_name():
    run('export', sample('food-order'), tmp('x.png'), '--scale', '.5', '--transparent')
    with open(tmp('x.png'), 'rb') as file:
        head = file.read(26)
    same(head[:8], b'\x89PNG\r\n\x1a\n')
    # 1836 × 940 units, eight bits of red, green, blue and alpha.
    same((int.from_bytes(head[16:20], 'big'), int.from_bytes(head[20:24], 'big')), (918, 470))
    same(head[24:26], b'\x08\x06')
    run('export', sample('food-order'), tmp('x.pdf'), '--page', 'a4', '--dark')
    with open(tmp('x.pdf'), 'rb') as file:
        pdf = file.read()
    same(pdf[:5], b'%PDF-')
    same(b'/Title (OrderMgmt)' in pdf, True)


@test
def a_picture_of_one_context():
    run('export', sample('food-order'), tmp('part.svg'), '--context', 'OrderMgmt')
    out, _ = run('info', tmp('part.svg'))
    same('Bounded contexts   1\n' in out, True)
    fails('export', sample('food-order'), tmp('no.svg'), '--context', 'Nowhere', says='Nowhere')
    same(os.path.exists(tmp('no.svg')), False)


@test
def a_page_for_each_saved_view():
    board = tmp('views.storm')
    run('import', sample('food-order'), board)
    fails('export', board, tmp('no.pdf'), '--views', says='no saved view')
    fails('export', sample('food-order'), tmp('no.pdf'), '--views', says='no saved view')
    with sqlite3.connect(board) as file:
        file.execute('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)',
                     ('views', '0 0 400 300 First\n0 0 900 700 둘째\nnonsense\n'))
    file.close()
    run('export', board, tmp('views.pdf'), '--views')
    with open(tmp('views.pdf'), 'rb') as file:
        pdf = file.read()
    same(len(re.findall(rb'/Type /Page\b', pdf)), 2)
    same(pdf.count(b'/Title (First)'), 1)
    fails('export', board, tmp('no.png'), '--views', says='.pdf')
    fails('export', board, tmp('no.pdf'), '--views', '--area', '0,0,9,9', says='--area')
    same(os.path.exists(tmp('no.pdf')), False)


@test
def picture_options_are_checked():
    board, out = sample('food-order'), tmp('never.png')
    for args, says in [(['--scale', '99'], 'scale'), (['--scale', 'nan'], 'scale'),
                       (['--area', '1,2,3'], '1,2,3'), (['--area', '0,0,-5,5'], '-5'),
                       (['--area', '0,0,nan,5'], 'nan'), (['--palette', 'loud'], 'loud'),
                       (['--page', 'a9'], 'a9')]:
        fails('export', board, out, *args, says=says)
    fails('export', board, os.path.join(TMP.name, 'none', 'x.png'), says='folder')
    same(os.path.exists(out), False)


@test
def a_full_or_read_only_place_is_told():
    """On a file system of its own, where that can be made."""
    if shutil.which('unshare') is None:
        raise Skip('unshare is not there')
    place = tmp('place')
    os.mkdir(place)
    script = ('mount -t tmpfs -o size=16k none "$1" || exit 99; echo before > "$1/x.svg"; '
              '[ -z "$4" ] || mount -o remount,ro "$1"; "$2" export "$3" "$1/x.svg"; rc=$?; '
              'cat "$1/x.svg"; ls -A "$1"; exit $rc')
    for remount, says in [('', 'no space left'), ('ro', 'may only be read')]:
        done = subprocess.run(['unshare', '-rm', 'sh', '-c', script, 'sh', place, CLI,
                               sample('awesome-shopping'), remount],
                              capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, LC_ALL='C.UTF-8'))
        if done.returncode == 99 or 'unshare' in done.stderr:
            raise Skip('no file system can be mounted here')
        same(done.returncode, 2)
        assert says in done.stderr, done.stderr
        same(done.stdout, 'before\nx.svg\n')


@test
def an_svg_without_a_board_is_told():
    with open(tmp('empty.svg'), 'w') as file:
        file.write('<svg xmlns="http://www.w3.org/2000/svg"/>')
    fails('info', tmp('empty.svg'), says='no board')
    run('export', sample('food-order'), tmp('cut.svg'))
    with open(tmp('cut.svg'), encoding='utf-8') as file:
        text = file.read()
    with open(tmp('cut.svg'), 'w', encoding='utf-8') as file:
        file.write(text.replace('ewog', 'ewoh', 1))
    fails('info', tmp('cut.svg'), says='checksum')


@test
def info_counts():
    out, _ = run('info', sample('food-order'))
    rows = dict(line.rsplit(None, 1) for line in out.splitlines())
    same((rows['Stickies'], rows['Flows'], rows['Bounded contexts'], rows['  Event']),
         ('20', '16', '2', '6'))


@test
def record_writes_lines_that_read_back():
    out = tmp('record.jsonl')
    _, err = run('record', '--events', recording('food-order-troubled.jsonl'), '-o', out)
    same(err, f'11 events recorded in {out}\n')
    same(trace(sample('food-order'), out, 'order-4731'), TROUBLED)
    packed = tmp('record.jsonl.gz')
    run('record', '--events', out, '-o', packed)
    with gzip.open(packed, 'rb') as a, open(out, 'rb') as b:
        same(a.read(), b.read())
    fails('record', '--events', out, '-o', packed, says='is there already')


@test
def record_stops_at_a_count():
    out, _ = run('record', '--events', recording('food-order-good.jsonl'), '-o', '-',
                 '--count', '3')
    same([json.loads(line)['offset'] for line in out.splitlines()], [1, 2, 3])


@test
def record_stops_cleanly_on_interrupt():
    out = tmp('interrupt.jsonl')
    with subprocess.Popen([CLI, 'record', '--events', '-', '-o', out], stdin=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        for _ in range(300):
            if os.path.exists(out) and os.path.getsize(out) > 0:
                break
            process.stdin.write(b'{"eventType":"A"}\n')
            process.stdin.flush()
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        same(process.wait(30), 0)
        said = process.stderr.read().decode()
        process.stdin.close()
    with open(out, encoding='utf-8') as file:
        payloads = [json.loads(line)['payload'] for line in file]
    same(set(payloads), {'{"eventType":"A"}'})
    same(said.split()[0], str(len(payloads)))


@test
def filter_expressions():
    helper = os.path.join(os.environ.get('STORMWATCH_LIBEXECDIR', ''), 'stormwatch-filter')
    events = ['--events', recording('food-order-good.jsonl')]
    if not os.path.exists(helper):
        fails('keys', sample('food-order'), *events, '--filter', '.', says='built without jq')
        return
    out, err = run('keys', sample('food-order'), *events, '--json', '--filter',
                   '.type == "OrderPlaced" and .payload.id != "order-4712"')
    same([k['key'] for k in json.loads(out)['keys']], ['order-4714', 'order-4713', 'order-4711'])
    same(err, '')
    out = tmp('filtered.jsonl')
    _, err = run('record', *events, '-o', out, '--filter', '.type == "OrderPlaced"')
    with open(out, encoding='utf-8') as file:
        same([json.loads(json.loads(line)['payload'])['eventType'] for line in file],
             ['OrderPlaced'] * 4)
    _, err = run('keys', sample('food-order'), *events, '--filter', '.type.x', code=1)
    assert 'the filter failed for ' in err and 'Cannot index string' in err, err
    run('keys', sample('food-order'), *events, '--filter', '.connection == null')
    fails('keys', sample('food-order'), *events, '--filter', '.type ==',
          says='is no filter expression')
    fails('keys', sample('food-order'), *events, '--filter', 'def f: f; f', says='was stopped')
    fails('keys', sample('food-order'), *events, '--filter', '[range(1e10)]', says='was stopped')


@test
def nothing_found_is_1():
    out, err = run('trace', sample('food-order'), '--events', recording('food-order-good.jsonl'),
                   '--key', 'no-such-order', '--json', code=1)
    same(json.loads(out), {'key': 'no-such-order', 'events': [], 'undecodable': 0})
    assert 'no-such-order' in err
    run('keys', sample('food-order'), '--events', '-', stdin=b'', code=1)
    run('record', '--events', '-', '-o', tmp('none.jsonl'), stdin=b'', code=1)


@test
def errors_are_2_and_one_line():
    good = recording('food-order-good.jsonl')
    fails('frobnicate', says='frobnicate')
    fails('trace', sample('food-order'), '--events', good, says='--key')
    fails('trace', sample('food-order'), '--key', 'k', says='--events')
    fails('keys', sample('food-order'), '--events', tmp('missing.jsonl'), says='missing.jsonl')
    fails('keys', tmp('missing.json'), '--events', good, says='missing.json')
    fails('keys', '--events', good, says='Usage')
    fails('keys', sample('food-order'), '--events', good, '--demo', says='exclude')
    fails('keys', sample('food-order'), '--events', good, '--topic', 'a', says='--kafka')
    fails('keys', sample('food-order'), '--no-such-option', says='no-such-option')
    fails('info', DATA, says='folder')
    fails('import', sample('food-order'), tmp('x.txt'), says='.storm')
    fails('export', sample('food-order'), tmp('x.storm'), says='.json')
    fails('record', '--events', good, says='-o')
    fails('record', '--events', good, '-o', tmp('no/such/directory'), says='no/such/directory')
    run('import', sample('food-order'), tmp('twice.storm'))
    fails('import', sample('food-order'), tmp('twice.storm'), says='twice.storm')


@test
def numbers_of_options_are_checked():
    good = recording('food-order-good.jsonl')
    for bad in ['-1', 'abc', 'nan', 'inf', '1e99', '', '3 s']:
        fails('record', '--events', good, '-o', '-', '--for', bad, says=f'“--for {bad}”')
    for bad in ['0', '-1', '1.5', 'all', '99999999999999999999']:
        fails('record', '--events', good, '-o', '-', '--count', bad, says=f'“--count {bad}”')


@test
def texts_are_utf_8_whatever_the_locale():
    line = json.dumps({'eventType': 'OrderPlaced', 'timestamp': 1795171267120, 'id': '주문-1'})
    for locale in ['C', 'C.UTF-8', 'ko_KR.EUC-KR']:
        found = trace(sample('food-order'), '-', '주문-1', stdin=line.encode(),
                      env={'LC_ALL': locale})
        same((found['key'], len(found['events'])), ('주문-1', 1))
        out, _ = run('trace', sample('food-order'), '--events', '-', '--key', '주문-1',
                     stdin=line.encode(), env={'LC_ALL': locale})
        same(out.splitlines()[1].split()[-1], 'stdin/0@1')
    fails('trace', sample('food-order'), '--events', '-', '--key', b'\xff', stdin=b'',
          says='is not UTF-8')
    fails('keys', sample('food-order'), '--kafka', '127.0.0.1:1', '--topic', b'a\xff',
          says='is not UTF-8')


def wait_until_read(pipe):
    for _ in range(600):
        if struct.unpack('i', fcntl.ioctl(pipe, termios.FIONREAD, b'\0' * 4)) == (0,):
            return
        time.sleep(0.05)
    raise AssertionError('nobody reads the pipe')


@test
def standard_input_without_end_is_read_for_a_time():
    with open(recording('food-order-good.jsonl'), 'rb') as file:
        text = file.read()
    for how in ['--for', 'interrupt']:
        args = ['--for', '3'] if how == '--for' else []
        with subprocess.Popen([CLI, 'keys', sample('food-order'), '--events', '-', '--json', *args],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(text + b'{"eventType": "Order')
            process.stdin.flush()
            if how == 'interrupt':
                wait_until_read(process.stdin)
                process.send_signal(signal.SIGINT)
            found = json.loads(process.stdout.read())
            same(process.wait(30), 0)
            process.stdin.close()
        same((len(found['keys']), found['undecodable']), (4, 0))


@test
def what_cant_be_written_is_named():
    fails('import', sample('food-order'), tmp('no/such.storm'),
          says='“such.storm” can\'t be written: No such')
    fails('export', sample('food-order'), tmp('no/such.json'), says=tmp('no/such.json'))
    os.mkdir(tmp('folder.json'))
    fails('export', sample('food-order'), tmp('folder.json'), says=tmp('folder.json'))
    fails('info', '', says='empty')


@test
def kafka_options_are_checked():
    kafka = ('keys', sample('food-order'), '--kafka', '127.0.0.1:1')
    fails(*kafka, says='--topic')
    fails(*kafka, '--topic', 'a', '--from', 'yesterday', says='yesterday')
    fails(*kafka, '--topic', 'a', '--from', 'last:0', says='last:0')
    fails(*kafka, '--topic', 'a', '--property', 'group.id=x', says='group.id')
    fails(*kafka, '--topic', 'a', '--property', 'nonsense', says='KEY=VALUE')
    fails(*kafka, '--topic', 'a', '--property', 'security.protocol=TELNET', says='TELNET')
    fails(*kafka, '--topic', 'a', '--property', 'sasl.password=secret', says='STORMWATCH_PASSWORD')
    fails(*kafka, '--topic', 'a', '--password-file', tmp('nopass'), says='nopass')
    for seconds in ['0', '0.05', '1']:
        fails(*kafka, '--topic', 'a', '--for', seconds, says='127.0.0.1:1')
    # Of several, each must be there.
    fails(*kafka, '--kafka', '127.0.0.1:2', '--topic', 'a', says='127.0.0.1:')
    fails(*kafka, '--kafka', b'\xff:2', '--topic', 'a', says='UTF-8')


@test
def events_of_several_connections():
    """The same places on two connections are no repeats; where none is named they are."""
    run('record', '--events', recording('food-order-good.jsonl'), '-o', tmp('one.jsonl'))
    with open(tmp('one.jsonl'), encoding='utf-8') as file:
        lines = [json.loads(line) for line in file]
    two, once = tmp('two.jsonl'), tmp('once.jsonl')
    with open(two, 'w', encoding='utf-8') as named, open(once, 'w', encoding='utf-8') as plain:
        for line in lines:
            for connection in ['East', 'West']:
                named.write(json.dumps({**line, 'connection': connection}) + '\n')
                plain.write(json.dumps(line) + '\n')
    args = ('trace', sample('food-order'), '--key', 'order-4711')
    out, _ = run(*args, '--events', two, '--json')
    events = json.loads(out)['events']
    same({event['connection'] for event in events}, {'East', 'West'})
    same([event['n'] for event in events], list(range(1, len(events) + 1)))
    out, _ = run(*args, '--events', once, '--json')
    alone = json.loads(out)['events']
    assert not any('connection' in event for event in alone), alone
    same(len([event for event in alone if event['n'] is not None]) * 2, len(events))
    out, _ = run(*args, '--events', two)
    assert ' East/food-order-good/' in out, out
    copy = tmp('two-again.jsonl')
    run('record', '--events', two, '-o', copy)
    with open(copy, encoding='utf-8') as file:
        same([json.loads(line)['connection'] for line in file], ['East', 'West'] * len(lines))


@test
def bad_boards_name_file_line_and_place():
    with open(tmp('bad.json'), 'w', encoding='utf-8') as file:
        file.write('{"format": "stormwatch-board", "version": 1, "title": "T",\n"stickies": [\n'
                   '{"kind": "evnt", "title": "A"}]}\n')
    fails('info', tmp('bad.json'), says=tmp('bad.json') + ':3: stickies[0].kind: “evnt”')
    with open(tmp('bad.storm'), 'wb') as file:
        file.write(b'SQLite format 3\0' + b'\0' * 4096)
    fails('info', tmp('bad.storm'), says='bad.storm')


@test
def a_damaged_board_is_read_as_far_as_possible():
    run('import', sample('food-order'), tmp('whole.storm'))
    with open(tmp('whole.storm'), 'rb') as file:
        data = file.read()
    for size in range(0, len(data), 3001):
        with open(tmp('cut.storm'), 'wb') as file:
            file.write(data[:size])
        done = subprocess.run([CLI, 'info', tmp('cut.storm')], capture_output=True, timeout=60,
                              check=False)
        said = done.stderr.decode()
        assert done.returncode in (0, 2), done
        same(said.count('\n'), 1)
        assert 'cut.storm' in said, said
        same(done.returncode == 0, done.stdout != b'')


@test
def a_full_disk_behind_the_output_is_an_error():
    board, events = sample('food-order'), recording('food-order-good.jsonl')
    for args in [('export', board, '-'), ('info', board), ('keys', board, '--events', events),
                 ('trace', board, '--events', events, '--key', 'order-4711', '--json'),
                 ('record', '--events', events, '-o', '-')]:
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([CLI, *args], stdout=full, stderr=subprocess.PIPE, timeout=60,
                                  check=False)
        same((args, done.returncode), (args, 2))
        same(done.stderr.count(b'\n'), 1)
        assert b'No space left' in done.stderr, done.stderr


def little_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))


@test
def what_does_not_fit_leaves_nothing():
    for name, before in [('new.json', None), ('old.json', 'was there before')]:
        if before is not None:
            with open(tmp(name), 'w', encoding='utf-8') as file:
                file.write(before)
        done = subprocess.run(
            [CLI, 'export', sample('awesome-shopping'), tmp(name)], capture_output=True, timeout=60,
            check=False, preexec_fn=little_room)
        same((done.returncode, done.stderr.count(b'\n')), (2, 1))
        assert name.encode() in done.stderr, done.stderr
        same([n for n in os.listdir(TMP.name) if name in n], [] if before is None else [name])
    with open(tmp('old.json'), encoding='utf-8') as file:
        same(file.read(), before)


@test
def a_board_comes_through_a_pipe():
    pipe = tmp('pipe')
    os.mkfifo(pipe)
    with open(sample('food-order'), 'rb') as file:
        text = file.read()
    with subprocess.Popen([CLI, 'info', pipe], stdout=subprocess.PIPE) as process:
        with open(pipe, 'wb') as out:
            out.write(text)
        out, _ = process.communicate(timeout=60)
        same(process.returncode, 0)
    assert b'Food' in out, out


@test
def lines_of_other_tools():
    """A byte order mark, CRLF and empty lines; numbers as keys; equal times keep their order."""
    rows = [json.dumps({'eventType': name, 'timestamp': 1795171267120, 'id': 7, 'orderId': 7})
            for name in ['CookFinished', 'OrderPlaced', 'CookStarted']]
    text = '\ufeff' + '\r\n\r\n'.join(rows) + '\r\n\n'
    found = trace(sample('food-order'), '-', '7', stdin=text.encode())
    same([(e['n'], e['type'], e['offset']) for e in found['events']],
         [(1, 'CookFinished', 1), (2, 'OrderPlaced', 3), (3, 'CookStarted', 5)])
    same(found['undecodable'], 0)


@test
def what_has_no_time_makes_nothing_late():
    line = '{"eventType": "OrderPlaced", "timestamp": 1795171267120, "id": "k"}\n'
    found = trace(sample('food-order'), '-', 'k', stdin=('no JSON\n' + line).encode())
    same(found, with_spans({'key': 'k', 'undecodable': 1, 'events': [
        event(1, 'OrderPlaced', '2026-11-20T10:41:07.120Z', 'stdin', 0, 2)]}))


@test
def control_characters_stay_off_the_terminal():
    line = json.dumps({'eventType': 'OrderPlaced', 'timestamp': 1795171267120, 'id': 'a\x1b[2Jb'})
    out, _ = run('keys', sample('food-order'), '--events', '-', stdin=line.encode() + b'\n')
    assert '\x1b' not in out, out


def changed_sample():
    """The food order after an afternoon of work on it, with one id that was made anew."""
    with open(sample('food-order')) as file:
        board = json.load(file)
    stickies = {sticky['id']: sticky for sticky in board['stickies']}
    board['title'] = 'Food order 2'
    board['contexts'][0]['title'] = 'Orders'
    placed = stickies['order-placed']
    placed['title'] = 'OrderReceived'
    placed['fields'][1]['type'] = 'CustomerId'
    del placed['fields'][2]
    placed['fields'].append({'name': 'tip', 'type': 'Double'})
    stickies['customer']['kind'] = 'external-system'
    stickies['order-form'].update(context='ordermgmt', description='The Order screen.\nNew.')
    stickies['order-screen']['x'] += 7
    stickies['process-order']['id'] = 'other'
    board['stickies'].remove(stickies['restaurant'])
    board['stickies'].append({'id': 'new', 'kind': 'event', 'title': 'Brand\x1b[2J\nNew',
                              'x': 3000, 'y': 0})
    for flow in board['flows']:
        flow.update((end, 'other') for end in ('from', 'to') if flow[end] == 'process-order')
    board['flows'] = [flow for flow in board['flows']
                      if 'restaurant' not in (flow['from'], flow['to'])]
    board['flows'][0]['label'] = 'whenever'
    board['flows'].append({'id': 'nf', 'from': 'new', 'to': 'customer'})
    board['mapping']['zone'] = 'Asia/Seoul'
    path = tmp('changed.json')
    with open(path, 'w') as file:
        json.dump(board, file)
    return path


DIFF = """\
Title: “Food order” → “Food order 2”
Bounded contexts
  ~ “Orders”
      renamed from “Order”
Stickies
  + Event “Brand [2J New”
  - Actor “Restaurant” in “OrderMgmt”
  ~ External system “Customer” in “Orders”
      kind: Actor → External system
  ~ User interface “Order form” in “OrderMgmt”
      moved from “Order” to “OrderMgmt”
      description:
        - The Order screen: pick a dish and say how many.
        + The Order screen.
        + New.
  ~ Event “OrderReceived” in “Orders”
      renamed from “OrderPlaced”
      ~ field customer: String → customer: CustomerId
      + field tip: Double
      - field restaurant: String
Flows
  + “Brand [2J New” → “Customer”
  ~ “Order form” → “Order”: “whenever”
      label: none → “whenever”
Mapping
  + zone: "Asia/Seoul"
Only moved or resized: 1 sticky
"""


@test
def diff_says_what_a_reviewer_wants_to_know():
    out, err = run('diff', sample('food-order'), changed_sample(), code=1)
    same(out, DIFF)
    same(err, '')


@test
def diff_of_files_is_the_diff_of_their_texts():
    changed = changed_sample()
    run('import', sample('food-order'), tmp('diff-a.storm'))
    run('import', changed, tmp('diff-b.storm'))
    same(run('diff', tmp('diff-a.storm'), tmp('diff-b.storm'), code=1)[0], DIFF)
    same(run('diff', tmp('diff-a.storm'), changed, code=1)[0], DIFF)


@test
def diff_of_the_same_says_nothing():
    run('import', sample('mobile-beverage'), tmp('diff-same.storm'))
    same(run('diff', tmp('diff-same.storm'), sample('mobile-beverage')), ('', ''))
    out, _ = run('diff', '--json', tmp('diff-same.storm'), sample('mobile-beverage'))
    nothing = {'added': [], 'removed': [], 'changed': []}
    same(json.loads(out), {'same': True, 'contexts': nothing, 'stickies': nothing,
                           'flows': nothing, 'mapping': [], 'other': [],
                           'placed': {'contexts': 0, 'stickies': 0, 'flows': 0}})


@test
def diff_as_json():
    out, _ = run('diff', '--json', sample('food-order'), changed_sample(), code=1)
    diff = json.loads(out)
    same(diff['same'], False)
    same(diff['title'], {'from': 'Food order', 'to': 'Food order 2'})
    same(diff['contexts']['changed'], [{'id': 'order', 'title': 'Orders', 'changes': {
        'title': {'from': 'Order', 'to': 'Orders'}}}])
    same(diff['stickies']['added'], [{'id': 'new', 'title': 'Brand\x1b[2J\nNew', 'kind': 'event',
                                      'context': None}])
    same(diff['stickies']['removed'], [{'id': 'restaurant', 'title': 'Restaurant',
                                        'kind': 'actor', 'context': 'OrderMgmt'}])
    changes = {entry['id']: entry['changes'] for entry in diff['stickies']['changed']}
    same(changes['customer'], {'kind': {'from': 'actor', 'to': 'external-system'}})
    same(changes['order-form']['context'], {'from': 'Order', 'to': 'OrderMgmt'})
    same([(pair['from'] and pair['from']['name'], pair['to'] and pair['to']['name'])
          for pair in changes['order-placed']['fields']],
         [('customer', 'customer'), (None, 'tip'), ('restaurant', None)])
    same(diff['flows']['added'], [{'id': 'nf', 'from': 'Brand\x1b[2J\nNew', 'to': 'Customer',
                                   'label': None}])
    same(diff['mapping'], [{'path': 'zone', 'from': None, 'to': 'Asia/Seoul'}])
    same(diff['placed'], {'contexts': 0, 'stickies': 1, 'flows': 0})


@test
def diff_that_cannot_be_made():
    fails('diff', sample('food-order'), tmp('nowhere.json'), says='nowhere.json')
    fails('diff', tmp('nowhere.json'), sample('food-order'), says='nowhere.json')
    fails('diff', sample('food-order'), says='A B')


def order(path, *events):
    """A recording of one order: names with the second in which they came."""
    with open(tmp(path), 'w', encoding='utf-8') as file:
        for name, second in events:
            key = 'id' if name == 'OrderPlaced' else 'orderId'
            file.write(json.dumps({'eventType': name, 'timestamp': 1795258800000 + int(second * 1000),
                                   key: 'order-1'}) + '\n')
    return tmp(path)


def compare(a, b, *args, code=1, **kwargs):
    out, _ = run('compare', a, b, '--board', sample('food-order'), '--json', *args, code=code,
                 **kwargs)
    found = json.loads(out)
    return found, {row['event']: row for row in found['rows']}


@test
def compare_two_recordings():
    a = order('a.jsonl', ('OrderPlaced', 0), ('OrderAccepted', 1), ('CookStarted', 2),
              ('CookFinished', 10), ('Coffee', 11))
    b = order('b.jsonl', ('OrderPlaced', 0), ('OrderAccepted', 1), ('CookStarted', 5),
              ('CookFinished', 8), ('Tea', 9))
    for args, of in ([], 'flows'), (['--key', 'order-1'], 'traces'):
        found, rows = compare(a, b, *args)
        same(found['same'], False)
        same(found['of'], of)
        same(found['counts'], {'both': 2, 'only-a': 1, 'only-b': 1, 'slower': 1, 'faster': 1})
        same([rows[name]['diff'] for name in ('OrderPlaced', 'OrderAccepted', 'CookStarted',
                                              'CookFinished', 'Coffee', 'Tea')],
             ['both', 'both', 'slower', 'faster', 'only-a', 'only-b'])
        same(rows['CookStarted']['sticky'], 'CookStarted')
        # Medians of many traces are a little rounded.
        same(round(rows['CookStarted']['a']['step'], 1), 1)
        same(round(rows['CookStarted']['b']['step'], 1), 4)
        same(rows['OrderPlaced']['a']['step'], None)
        same(rows['Tea']['a'], None)
        same(rows['Tea']['sticky'], None)
        same('traces' in rows['CookStarted']['a'], of == 'flows')
        only, _ = compare(a, b, '--differences', *args)
        same(len(only['rows']), 4)
    text, _ = run('compare', a, b, '--board', sample('food-order'), code=1)
    assert re.search(r'^slower +CookStarted .*\+3\.0 s$', text, re.M), text
    assert re.search(r'^faster +CookFinished .*−5\.0 s$', text, re.M), text
    assert re.search(r'^only in A +Coffee', text, re.M), text
    assert text.splitlines()[-1] == '1 faster, 1 slower, 1 only in B, 1 only in A, 2 alike', text


@test
def compare_what_is_the_same():
    a = order('a.jsonl', ('OrderPlaced', 0), ('OrderAccepted', 1))
    later = order('later.jsonl', ('OrderPlaced', 100), ('OrderAccepted', 101.0005))
    for b in a, later:
        found, _ = compare(a, b, code=0)
        same(found['same'], True)
        compare(a, b, '--key', 'order-1', code=0)
    with open(a, 'rb') as file:
        compare(a, '-', code=0, stdin=file.read())
    # Two traces of one recording.
    found, _ = compare(recording('food-order-cases.jsonl'), recording('food-order-cases.jsonl'),
                       '--key', 'order-4801', '--key-b', 'order-4802')
    assert found['counts']['only-a'] > 0, found
    # Without a board the types decide, and the key is found in the events.
    out, err = run('compare', recording('food-order-good.jsonl'),
                   recording('food-order-good.jsonl'), '--json')
    same(json.loads(out)['same'], True)
    assert 'found in the events' in err, err


@test
def compare_that_cannot_be_made():
    a = order('a.jsonl', ('OrderPlaced', 0))
    board = ['--board', sample('food-order')]
    fails('compare', a, tmp('nowhere.jsonl'), *board, says='nowhere.jsonl')
    fails('compare', a, says='A B')
    fails('compare', a, a, *board, '--key', 'nobody', says='nobody')
    fails('compare', a, a, *board, '--key', 'order-1', '--key-b', 'x\x1b[1m', says='no trace')
    fails('compare', a, a, *board, '--key-b', 'order-1', says='--key')
    fails('compare', '-', '-', *board, stdin=b'', says='standard input')
    fails('compare', '-', a, '--board', tmp('no.json'), stdin=b'', says='no.json')
    other = tmp('other.jsonl')
    with open(other, 'w', encoding='utf-8') as file:
        file.write('{"eventType":"OrderAccepted"}\n')
    fails('compare', other, other, *board, says='correlation key')


@test
def help_and_version():
    out, _ = run('--help')
    for command in ['import', 'export', 'diff', 'info', 'trace', 'keys', 'fields', 'check', 'compare',
                    'record']:
        assert command in out, out
        text, _ = run(command, '--help')
        assert 'stormwatch-cli ' + command in text, text
        version, _ = run(command, '--version')
        same(version, run('--version')[0])
    fails_without, err = run(code=2)
    same(fails_without, '')
    assert 'import' in err


@test
def demo_gives_numbers():
    out, _ = run('keys', sample('food-order'), '--demo', '--seed', '7', '--for', '10', '--json')
    found = json.loads(out)['keys']
    assert found and all(key['key'].startswith('order-') for key in found), found
    same(json.loads(out)['undecodable'], 0)


@test
def the_manual_page_has_every_option_and_command():
    with open(os.path.join(DATA, 'man', 'stormwatch-cli.1'), encoding='utf-8') as file:
        page = file.read().replace('\\-', '-')
    out, _ = run('--help')
    commands = re.findall(r'^  ([a-z]+) ', out.split('Commands:')[1], re.MULTILINE)
    assert len(commands) > 5, out
    options = set()
    for command in commands:
        assert re.search(rf'^\.(B|TP|SS|RB|BR|BI).*\b{command}\b', page, re.MULTILINE), command
        text, _ = run(command, '--help')
        options |= set(re.findall(r'--[a-z][a-z-]*', text.split('Options:', 1)[1]))
    same(sorted(o for o in options if o not in page), [])
    same(sorted(o for o in set(re.findall(r'--[a-z][a-z-]*', page)) - options), [])


def main():
    failed = False
    print(f'1..{len(TESTS)}')
    for n, function in enumerate(TESTS, 1):
        name = function.__name__.replace('_', ' ')
        try:
            function()
            print(f'ok {n} {name}', flush=True)
        except Skip as reason:
            print(f'ok {n} {name} # SKIP {reason}', flush=True)
        except Exception as error:  # a test that breaks has failed
            failed = True
            for line in f'{type(error).__name__}: {error}'.splitlines():
                print('# ' + line)
            print(f'not ok {n} {name}', flush=True)
    sys.exit(failed)


main()
