"""A recording with trouble in it, played on the board that it belongs to."""
import os
import sys
import tempfile

from storm_ui import TALL, Window, check, run, wait

PROGRAM = sys.argv[1]
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOARD = os.path.join(TOP, 'data', 'samples', 'food-order.json')
RECORDING = os.path.join(TOP, 'data', 'recordings', 'food-order-troubled.jsonl')


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    def rows(self, n):
        return wait(lambda: len(self.window.event_rows()) == n and self.window.event_rows(),
                    f'{n} rows', 20)

    def start(self):
        """--watch plays a recording to its end on the board that is named"""
        self.window = Window([PROGRAM, '--watch', RECORDING, BOARD], self.data, self.log, TALL)
        wait(lambda: any('food-order-troubled.jsonl' in name and '11 events' in name
                         for name in self.window.names('label')), 'the status', 20)
        self.rows(11)

    def order(self):
        """Rows stand in the order of their times, numbered without a gap; a repeat has no number"""
        rows = self.rows(11)
        times = [row[1] for row in rows]
        check(times == sorted(times), f'{times}')
        numbers = [row[0] for row in rows if row[0]]
        check(numbers == [str(n) for n in range(1, 11)], f'{numbers}')

    def remarks(self):
        """Late, repeated, unreadable and unknown events say so"""
        remarks = {(row[2], row[4]): (row[0], row[6]) for row in self.rows(11) if row[6]}
        wanted = {
            ('OrderAccepted', 'food.order/1 @ 253'): ('', 'repeated'),
            ('CookStarted', 'food.order/1 @ 259'): ('8', 'late'),
            ('PaymentRetried', 'food.payment/0 @ 0'): ('6', 'not on the board'),
            ('unknown', 'food.order/1 @ 256'): ('7', 'can’t be read · broker time'),
        }
        check(remarks == wanted, f'{remarks}')

    def make_sticky(self):
        """Make sticky puts the unknown type on the board"""
        button = self.window.find('push button', lambda name: name.startswith('Not on the board'))
        check(button.get_name() == 'Not on the board · 1', button.get_name())
        self.window.click(button)
        self.window.click(self.window.find('push button', 'Make sticky'))
        wait(lambda: 'Event: PaymentRetried' in self.window.stickies(), 'the new sticky')
        wait(lambda: 'number 6' in self.window.stickies()['Event: PaymentRetried'],
             'its number')
        wait(lambda: self.window.is_selected(self.window.sticky('Event: PaymentRetried')),
             'its selection')
        wait(lambda: [row[6] for row in self.window.event_rows() if row[2] == 'PaymentRetried']
             == [''], 'the row without its remark')

    def take_back(self):
        """One step of undo takes the sticky away again"""
        self.window.act('win.undo')
        wait(lambda: 'Event: PaymentRetried' not in self.window.stickies(), 'no such sticky')
        wait(lambda: [row[6] for row in self.window.event_rows() if row[2] == 'PaymentRetried']
             == ['not on the board'], 'the remark again')

    def clear(self):
        """Clear forgets rows and numbers"""
        self.window.act_on_widget('monitor.clear')
        wait(lambda: not any('number' in words for words in self.window.stickies().values()), 'no numbers')

    def leave(self):
        """The window closes with status 0"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.order, scenario.remarks, scenario.make_sticky,
                        scenario.take_back, scenario.clear, scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
