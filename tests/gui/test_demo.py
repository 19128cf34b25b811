"""The demo: orders of an in-process Kafka walk over the board as numbers."""
import os
import re
import sys
import tempfile
import time

from storm_ui import Window, check, run, wait

PROGRAM = sys.argv[1]


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    def events(self):
        """How many events the window says it has seen."""
        for name in self.window.names('label'):
            found = re.match(r'(\d+) events? · \d+ trace', name or '')
            if found:
                return int(found.group(1))
        return 0

    def start(self):
        """--demo opens the food-order board and watches it at once"""
        self.window = Window([PROGRAM, '--demo'], self.data, self.log)
        self.window.find('list item', 'Event: OrderPlaced', seconds=20)
        wait(lambda: any('Demo' in (name or '') for name in self.window.names('label')),
             'the source’s name')

    def live(self):
        """Events arrive and go on arriving"""
        before = wait(self.events, 'a first event', 30)
        wait(lambda: self.events() > before + 2, 'more events', 30)

    def stickies(self):
        return {item.get_name(): item.get_description() or ''
                for item in self.window.all('list item')
                if (item.get_name() or '').startswith('Event: ')}

    def numbered(self):
        """The stickies on the board say their numbers"""
        wait(lambda: re.search(r'\d', self.stickies().get('Event: OrderPlaced', '')),
             f'a number on OrderPlaced, not {self.stickies()}', 30)
        wait(lambda: re.search(r'\d', self.stickies().get('Event: OrderAccepted', '')),
             f'a number on OrderAccepted, not {self.stickies()}', 30)

    def pause(self):
        """Pause keeps back what comes in, and lets it in afterwards"""
        self.window.act('win.monitor-pause')
        time.sleep(0.5)
        before = self.events()
        time.sleep(4)
        check(self.events() == before, f'{self.events()} events while paused at {before}')
        self.window.act('win.monitor-pause')
        wait(lambda: self.events() > before, 'what was kept back', 30)

    def off(self):
        """Monitor off clears the board"""
        self.window.act('win.monitor')
        wait(lambda: not any(re.search(r'\d', words) for words in self.stickies().values()),
             lambda: f'no numbers, not {self.stickies()}')

    def leave(self):
        """The window closes with status 0 while the shop is open"""
        self.window.act('win.monitor')
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.live, scenario.numbered, scenario.pause,
                        scenario.off, scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
