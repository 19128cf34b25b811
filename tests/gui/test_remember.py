"""What the window had when it was closed, it has again: its size, and each board its view."""
import os
import re
import sys
import tempfile

from storm_ui import Window, check, run, wait, xdotool

PROGRAM = sys.argv[1]
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BOARD = os.path.join(TOP, 'data', 'samples', 'food-order.json')


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.settings = {'window-width': '1000', 'window-height': '650'}
        self.window = None
        self.size = None
        self.zoom = None

    def open(self, *arguments):
        self.window = Window([PROGRAM, *arguments], self.data, self.log, self.settings)

    def close(self):
        """Leaves, and keeps what the program remembers for the next start."""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')
        path = os.path.join(self.data + '.config', 'glib-2.0', 'settings', 'keyfile')
        with open(path, encoding='utf-8') as lines:
            self.settings = dict(line.strip().split('=', 1) for line in lines if '=' in line)

    def get_size(self):
        box = self.window.box(self.window.frame.get_child_at_index(0))
        return box[2:]

    def get_zoom(self):
        words = wait(lambda: re.search(r'zoom (\d+)', self.window.board().get_description() or ''),
                     'the zoom')
        return int(words.group(1))

    def shown(self):
        return sorted(self.window.stickies())

    def first_size(self):
        """A window is as large as it was told"""
        self.open()
        self.size = self.get_size()
        # Within the shadow, or the frame that stands for it where nothing can be seen through.
        check(all(0 <= told - got <= 80 for told, got in zip((1000, 650), self.size)),
              f'{self.size}')

    def other_size(self):
        """Made larger, it is as large the next time"""
        frame = self.window.origin()[2]
        xdotool('windowsize', '--sync', frame, 1190, 740)
        before = self.size
        self.size = wait(lambda: self.get_size() != before and self.get_size(), 'another size')
        self.close()
        self.open(BOARD)
        wait(lambda: self.get_size() == self.size, lambda: f'{self.size}, not {self.get_size()}')

    def view(self):
        """A board is shown where and as large as it was left"""
        wait(lambda: len(self.window.stickies()) == 20, 'the board')
        before = self.get_zoom()
        for _ in range(6):
            self.window.act('win.zoom-in')
        self.zoom = wait(lambda: self.get_zoom() > before and self.get_zoom(), 'a larger zoom')
        wait(lambda: 0 < len(self.shown()) < 20, lambda: f'a part of it, not {self.shown()}')
        wait(lambda: self.get_zoom() == self.zoom, 'the zoom to stay')
        seen = self.shown()
        self.close()
        self.open()
        card = self.window.find('push button', 'Food order')
        self.window.click(card)
        wait(lambda: self.shown() == seen, lambda: f'{seen}, not {self.shown()}')
        check(self.get_zoom() == self.zoom, f'{self.get_zoom()}, not {self.zoom}')

    def leave(self):
        """The window closes with status 0"""
        self.close()


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.first_size, scenario.other_size, scenario.view, scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
