"""Monitoring by hand: keys chosen, list and board that follow one another, filters, and a recording
that is kept, exported and played again."""
import json
import os
import subprocess
import sys
import tempfile

from storm_ui import TALL, Atspi, Window, check, run, wait, xdotool

PROGRAM = sys.argv[1]
CLI = sys.argv[2]
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOARD = os.path.join(TOP, 'data', 'samples', 'food-order.json')
RECORDING = os.path.join(TOP, 'data', 'recordings', 'food-order-troubled.jsonl')


class Scenario:
    def __init__(self, folder):
        self.folder = folder
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.exported = os.path.join(folder, 'out.jsonl')
        self.window = None

    # What the window shows

    def rows(self, n):
        return wait(lambda: len(self.window.event_rows()) == n and self.window.event_rows(),
                    lambda: f'{n} rows, not {self.window.event_rows()}', 20)

    def row(self, kind, key):
        """The accessible row of the first event of this type and key."""
        def found():
            for row in self.window.all('table row', None, self.window.find(None, 'Events')):
                words = self.window.names('label', row)
                if kind in words and key in words:
                    return row
            return None
        return wait(found, f'a row of {kind} with {key}')

    def cell(self, kind, key):
        return self.window.all('table cell', None, self.row(kind, key))[1]

    def key_entry(self):
        return self.window.find('text', 'Correlation key')

    def key(self):
        return self.window.text(self.key_entry())

    def select_row(self, kind, key):
        self.window.press(self.cell(kind, key))

    def sticky_selected(self, name):
        return lambda: self.window.is_selected(self.window.sticky(name))

    def source_menu(self, words):
        """Chooses what begins with these words in the menu of sources."""
        self.window.press(self.window.find(None, 'Source'))
        item = self.window.find(None, lambda name: name.startswith(words))
        self.window.click(item)

    # The scenario

    def start(self):
        """A recording is played on its board"""
        self.window = Window([PROGRAM, '--watch', RECORDING, BOARD], self.data, self.log, TALL)
        self.rows(11)
        self.window.focus()

    def type_key(self):
        """A part of a key is typed, completed, and chosen with the arrows and Enter"""
        self.window.act('win.monitor-focus-key')
        xdotool('type', '--delay', 30, '473')
        proposals = self.window.find(None, 'Matching keys')
        wait(lambda: sorted(self.window.names('label', proposals)) == ['order-4731', 'order-4732'],
             lambda: f'both keys, not {self.window.names("label", proposals)}')
        xdotool('type', '--delay', 30, '1')
        wait(lambda: self.window.names('label', proposals) == ['order-4731'],
             lambda: f'one key, not {self.window.names("label", proposals)}')
        xdotool('key', 'Down', 'Return')
        wait(lambda: self.key() == 'order-4731', lambda: f'order-4731, not {self.key()}')
        rows = self.rows(6)
        check({row[3] for row in rows} == {'order-4731'}, f'{rows}')
        check([row[0] for row in rows if row[0]] == ['1', '2', '3', '4', '5'], f'{rows}')
        check([row[7:] for row in rows if row[0]][:2] == [['', ''], ['+1.4 s', '+1.4 s']], f'{rows}')
        wait(lambda: 'number 4' in self.window.stickies()['Event: CookStarted'],
             lambda: f'numbers on the board, not {self.window.stickies()}')

    def activate_key(self):
        """Assistive technology sets a key and activates the entry"""
        entry = self.key_entry()
        self.window.set_text(entry, '4732')
        self.window.click(entry)
        wait(lambda: self.key() == 'order-4732', lambda: f'order-4732, not {self.key()}')
        self.rows(4)

    def back_to_stream(self):
        """Without a key all events are there again"""
        self.window.set_text(self.key_entry(), '')
        self.rows(11)

    def trace_list(self):
        """A trace is chosen in the list of traces, and left by a second click"""
        traces = wait(lambda: [item for item in self.window.all(None, 'Traces')
                               if item.get_role_name() in ('list', 'list box')], 'the traces')[0]
        label = self.window.find('label', 'order-4731', traces)
        self.window.press(label)
        wait(lambda: self.key() == 'order-4731', lambda: f'order-4731, not “{self.key()}”')
        self.rows(6)
        self.window.press(self.window.find('label', 'order-4731', traces))
        wait(lambda: self.key() == '', lambda: f'no key, not “{self.key()}”')
        self.rows(11)

    def list_to_board(self):
        """A row that is selected selects its sticky, and its details are shown"""
        self.select_row('CookStarted', 'order-4732')
        wait(self.sticky_selected('Event: CookStarted'), 'the sticky’s selection')
        payload = self.window.find('text', 'Payload')
        wait(lambda: '"CookStarted"' in self.window.text(payload), 'the payload')
        check('order-4732' in self.window.text(payload), self.window.text(payload))

    def board_to_list(self):
        """A sticky that is selected selects its newest event"""
        self.window.press(self.window.sticky('Event: OrderAccepted'))
        row = self.row('OrderAccepted', 'order-4732')
        wait(lambda: self.window.is_selected(row), 'the selection of the newest row')
        check(not self.window.is_selected(self.row('OrderAccepted', 'order-4731')), 'two rows')

    def reveal(self):
        """A double click on an event brings its sticky into view"""
        board = self.window.board()
        self.window.press(self.window.sticky('Event: OrderPlaced'))
        self.window.act('win.zoom-100')
        self.window.act('win.zoom-selection')
        wait(lambda: 'Event: CookFinished' not in self.window.stickies(), 'a board from near')
        self.window.press(self.cell('CookFinished', 'order-4731'), 2)
        wait(lambda: 'Event: CookFinished' in self.window.stickies(), 'the sticky in view')
        wait(self.sticky_selected('Event: CookFinished'), 'its selection')
        left, top, width, height = self.window.box(board)
        x, y, w, h = self.window.box(self.window.sticky('Event: CookFinished'))
        check(left <= x and top <= y and x + w <= left + width and y + h <= top + height,
              f'{(x, y, w, h)} in {(left, top, width, height)}')
        self.window.act('win.zoom-fit')

    def filter_text(self):
        """The text filter finds what stands in payloads"""
        search = self.window.find(None, 'Filter events by text')
        self.window.set_text(search, 'bella')
        check([row[0] for row in self.rows(2)] == ['3', '4'], f'{self.window.event_rows()}')
        self.window.set_text(search, 'no event holds this')
        self.window.click(self.window.find('push button', 'Show All Events'))
        self.rows(11)
        wait(lambda: self.window.text(search) == '', 'an empty filter')

    def filter_expression(self):
        """Ctrl+Shift+F takes an expression: what is wrong with it is told, and rows that match shown"""
        def is_focused(item):
            return item.get_state_set().contains(Atspi.StateType.FOCUSED)

        self.window.focus()
        xdotool('key', 'ctrl+shift+f')
        entry = self.window.find(None, 'Filter events by an expression')
        if any('built without' in name for name in self.window.names('label')):
            self.window.press(self.window.find('label', 'Expression'))
            return
        wait(lambda: is_focused(entry), 'its focus')
        xdotool('type', '--delay', 30, '.type == "CookStarted" and')
        xdotool('key', 'Return')
        wait(lambda: any('at its end' in name for name in self.window.names('label')),
             'where the expression goes wrong')
        self.rows(11)
        xdotool('type', '--delay', 30, ' .partition == 1')
        xdotool('key', 'Return')
        rows = self.rows(2)
        check({row[2] for row in rows} == {'CookStarted'}, f'{rows}')
        check(not any('at its end' in name for name in self.window.names('label')), 'no error')
        xdotool('key', 'ctrl+a', 'BackSpace', 'Return')
        self.rows(11)
        self.window.press(self.window.find('label', 'Expression'))

    def filter_type(self):
        """The type filter lets one type through"""
        # Newer drop-downs have no accessible name of their own; so it is found by what it shows.
        self.window.press(self.window.find('label', 'All types'))
        wait(lambda: len(self.window.all('label', 'All types')) > 1, 'the list of types')
        # The focus is on the chosen type, in newer versions of GTK in the search.
        focused = wait(lambda: [item for role in ('list item', 'text', 'entry')
                                for item in self.window.all(role)
                                if item.get_state_set().contains(Atspi.StateType.FOCUSED)],
                       'the focus')[0]
        if focused.get_role_name() == 'list item':
            xdotool('key', 'Down', 'Down', 'Down', 'Return')
        else:
            before = len(self.window.all('label', 'PaymentRetried'))
            xdotool('type', '--delay', 30, 'CookSt')
            wait(lambda: len(self.window.all('label', 'PaymentRetried')) < before, 'a shorter list')
            xdotool('key', 'Down', 'Return')
        rows = self.rows(2)
        check({row[2] for row in rows} == {'CookStarted'}, f'{rows}')
        self.window.set_text(self.window.find(None, 'Filter events by text'), 'bella')
        self.window.click(self.window.find('push button', 'Show All Events'))
        self.rows(11)

    def filter_unmatched(self):
        """What is not on the board can be looked at alone"""
        button = self.window.find('push button', lambda name: name.startswith('Not on the board'))
        self.window.click(button)
        box = self.window.find('check box', 'Show only these events')
        wait(lambda: box.get_state_set().contains(Atspi.StateType.FOCUSED), 'its focus')
        xdotool('key', 'space')
        rows = self.rows(1)
        check(rows[0][2] == 'PaymentRetried', f'{rows}')
        xdotool('key', 'space')
        self.rows(11)
        xdotool('key', 'Escape')

    def make_sticky(self):
        """The sticky made of a type has the fields of its payload"""
        self.window.click(self.window.find('push button',
                                           lambda name: name.startswith('Not on the board')))
        self.window.click(self.window.find('push button', 'Make sticky'))
        wait(self.sticky_selected('Event: PaymentRetried'), 'the sticky and its selection')
        self.window.click(self.window.find('page tab', 'Inspector'))
        fields = wait(lambda: [self.window.text(item)
                               for item in self.window.all('text', 'Name')],
                      'fields in the inspector')
        check(fields == ['orderId', 'attempt'], f'{fields}')
        types = [self.window.text(item) for item in self.window.all('text', 'Type')]
        check(types == ['String', 'Long'], f'{types}')
        pressed = [item.get_state_set().contains(Atspi.StateType.PRESSED)
                   for item in self.window.all('push button', 'Correlation')]
        check(pressed == [True, False], f'{pressed}')
        topic = self.window.text(self.window.find('text', 'Topic'))
        check(topic == 'food.payment', topic)
        self.window.act('win.undo')
        wait(lambda: 'Event: PaymentRetried' not in self.window.stickies(), 'no such sticky')
        self.window.click(self.window.find('page tab', 'Traces'))
        self.rows(11)

    def export(self):
        """Events are exported as JSON lines, which say the same to the command line"""
        self.window.act('win.monitor-export')
        dialog = self.window.find(None, 'Export Events')
        name = self.window.find('text', lambda words: words.startswith('Name'), dialog)
        wait(lambda: self.window.text(name) == 'events.jsonl', 'the name that is proposed')
        self.window.set_text(name, self.exported)
        wait(lambda: self.window.text(name) == self.exported, 'the name')
        self.window.click(self.window.find('push button', lambda words: 'Save' in words, dialog))
        wait(lambda: os.path.exists(self.exported) and
             any('exported' in words for words in self.window.names('label')), 'the export')
        traces = [subprocess.run([CLI, 'trace', BOARD, '--events', events, '--key', 'order-4731',
                                  '--json'], check=True, timeout=60, capture_output=True).stdout
                  for events in (RECORDING, self.exported)]
        check(len(json.loads(traces[0])['events']) == 6, f'{traces[0]}')
        check(traces[0] == traces[1], f'{traces}')

    def keep(self):
        """A recording that was kept is played again after a restart, without a broker"""
        self.window.act('win.monitor-keep-recording')
        wait(lambda: any('is in the board now' in words for words in self.window.names('label')),
             'the word that it is kept')
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')
        boards = [os.path.join(path, name) for path, _, names in os.walk(self.data)
                  for name in names if name.endswith('.storm')]
        check(len(boards) == 1, f'{boards}')
        self.window = Window([PROGRAM, boards[0]], self.data, self.log, TALL)
        self.window.focus()
        self.window.act('win.monitor')
        self.window.find('push button', 'Choose What to Watch')
        year = subprocess.run(['date', '+%x, '], check=True, capture_output=True, text=True).stdout
        self.source_menu(year.strip())
        rows = self.rows(11)
        check([row[0] for row in rows if row[0]] == [str(n) for n in range(1, 11)], f'{rows}')

    def stop(self):
        """Stop leaves what was seen"""
        self.window.act('win.monitor-stop')
        self.window.find('label', 'Nothing is being watched')
        self.rows(11)

    def beside(self):
        """The demo is watched beside a recording, both are told of, and one is taken away again"""
        year = subprocess.run(['date', '+%x, '], check=True, capture_output=True, text=True).stdout
        self.source_menu(year.strip())
        self.rows(11)
        self.window.act('win.monitor-also-demo')
        self.window.find('label', lambda words: words.startswith('2 connections · 1 live'))
        wait(lambda: len(self.window.event_rows()) > 11, 'events of the demo')
        self.window.act('win.monitor-show-rates')
        self.window.find('label', 'Demo broker')
        self.window.find('label', 'food.order')
        xdotool('key', 'Escape')
        self.window.press(self.window.find(None, 'Source'))
        stop = self.window.find('push button', 'Stop Watching “Demo broker”')
        self.window.click(stop)
        wait(lambda: not any(words.startswith('2 connections')
                             for words in self.window.names('label')), 'one connection')
        xdotool('key', 'Escape')

    def leave(self):
        """The window closes with status 0"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.type_key, scenario.activate_key,
                        scenario.back_to_stream, scenario.trace_list, scenario.list_to_board,
                        scenario.board_to_list, scenario.reveal, scenario.filter_text,
                        scenario.filter_expression, scenario.filter_type, scenario.filter_unmatched, scenario.make_sticky,
                        scenario.export, scenario.keep, scenario.stop, scenario.beside,
                        scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
