"""Real pointer and keys: stickies are placed, moved, connected and deleted, as a hand does it."""
import json
import os
import subprocess
import sys
import tempfile

from storm_ui import Atspi, Failure, Window, check, run, wait

PROGRAM = sys.argv[1]
CLI = sys.argv[2]


def xdotool(*words):
    subprocess.run(['xdotool'] + [str(word) for word in words], check=True, timeout=20)


class Scenario:
    def __init__(self, folder):
        self.folder = folder
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    # What the board says

    def words(self):
        return self.window.board().get_description() or ''

    def wait_words(self, begin):
        wait(lambda: self.words().startswith(begin), f'a board of “{begin}”, not “{self.words()}”')

    def origin(self):
        """Where the frame's child lies on the screen: without a window manager the window is at 0,0,
        and versions of GTK differ in what they count from."""
        child = self.window.frame.get_child_at_index(0)
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                str(self.window.process.pid)], capture_output=True, text=True,
                               check=True, timeout=20).stdout.split()
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', found[-1]],
                               capture_output=True, text=True, check=True, timeout=20).stdout
        shape = dict(line.split('=') for line in shell.split())
        box = child.get_extents(Atspi.CoordType.WINDOW)
        return (int(shape['X']) + (int(shape['WIDTH']) - box.width) // 2 - box.x,
                int(shape['Y']) + (int(shape['HEIGHT']) - box.height) // 2 - box.y, found[-1])

    def box(self, item):
        """x, y, width and height on the screen."""
        x, y, _ = self.origin()
        box = item.get_extents(Atspi.CoordType.WINDOW)
        return box.x + x, box.y + y, box.width, box.height

    def centre(self, item):
        x, y, width, height = self.box(item)
        return x + width // 2, y + height // 2

    def on_board(self, x, y):
        """A place on the screen from one on the board, in parts of a hundred."""
        left, top, width, height = self.box(self.window.board())
        return left + width * x // 100, top + height * y // 100

    def drag(self, start, end):
        xdotool('mousemove', *start)
        xdotool('mousedown', 1)
        for i in range(1, 11):
            xdotool('mousemove', start[0] + (end[0] - start[0]) * i // 10,
                    start[1] + (end[1] - start[1]) * i // 10)
        xdotool('mouseup', 1)

    def export(self):
        """The board's file in its text form."""
        names = [os.path.join(path, name) for path, _, names in os.walk(self.data)
                 for name in names if name.endswith('.storm')]
        check(len(names) == 1, f'{names}')
        out = os.path.join(self.folder, 'board.json')
        subprocess.run([CLI, 'export', names[0], out], check=True, timeout=60,
                       stdout=subprocess.DEVNULL)
        with open(out, encoding='utf-8') as text:
            return json.load(text)

    def titles(self):
        return sorted(self.window.stickies())

    # The scenario

    def start(self):
        """New Board opens an empty board under a real pointer"""
        self.window = Window([PROGRAM], self.data, self.log)
        xdotool('windowfocus', '--sync', self.origin()[2])
        xdotool('mousemove', *self.centre(self.window.find('push button', 'New Board')))
        xdotool('click', 1)
        self.wait_words('0 stickies')

    def double_click(self):
        """A double click makes an event, and its title is typed at once"""
        xdotool('mousemove', *self.on_board(35, 45))
        xdotool('click', '--repeat', 2, '--delay', 60, 1)
        self.wait_words('1 sticky')
        xdotool('type', '--delay', 20, 'Placed')
        xdotool('key', 'Return')
        wait(lambda: self.titles() == ['Event: Placed'], f'the title, not {self.titles()}')

    def pick(self):
        """A kind picked in the palette is placed by the next click"""
        xdotool('mousemove', *self.centre(self.window.find('push button', 'Policy')))
        xdotool('click', 1)
        xdotool('mousemove', *self.on_board(70, 45))
        xdotool('click', 1)
        self.wait_words('2 stickies')
        xdotool('type', '--delay', 20, 'Cook')
        xdotool('key', 'Escape')
        wait(lambda: 'Policy: Cook' in self.titles(), f'the title, not {self.titles()}')

    def move(self):
        """A drag moves a sticky by exactly its way"""
        wait(lambda: 'zoom 100 %' in self.words(), 'a zoom of 100 %')
        before = self.box(self.window.sticky('Policy: Cook'))
        at = self.centre(self.window.sticky('Policy: Cook'))
        self.drag(at, (at[0] + 40, at[1] + 60))
        wanted = (before[0] + 40, before[1] + 60)
        try:
            wait(lambda: self.box(self.window.sticky('Policy: Cook'))[:2] == wanted, 'the place', 5)
        except Failure as error:
            now = self.box(self.window.sticky('Policy: Cook'))
            raise Failure(f'from {before} to {now}, not to {wanted}') from error

    def undo(self):
        """Ctrl+Z puts it back, and Ctrl+Shift+Z there again"""
        there = self.box(self.window.sticky('Policy: Cook'))
        xdotool('key', 'ctrl+z')
        wait(lambda: self.box(self.window.sticky('Policy: Cook'))[:2]
             == (there[0] - 40, there[1] - 60), 'the old place')
        xdotool('key', 'ctrl+shift+z')
        wait(lambda: self.box(self.window.sticky('Policy: Cook')) == there, 'the new place')

    def marquee(self):
        """A frame drawn about both selects them"""
        self.drag(self.on_board(12, 8), self.on_board(97, 82))
        wait(lambda: '2 selected' in self.words(), f'two selected, not “{self.words()}”')

    def delete(self):
        """Delete takes them away, Ctrl+Z brings them back"""
        xdotool('key', 'Delete')
        self.wait_words('0 stickies')
        xdotool('key', 'ctrl+z')
        self.wait_words('2 stickies')

    def zoom(self):
        """Ctrl and the wheel zoom about the pointer"""
        item = self.window.sticky('Event: Placed')
        at = self.centre(item)
        xdotool('mousemove', *at)
        xdotool('keydown', 'ctrl', 'click', 4, 'keyup', 'ctrl')
        wait(lambda: 'zoom 100 %' not in self.words() and 'zoom' in self.words(), 'another zoom')

        def stays():
            now = self.centre(self.window.sticky('Event: Placed'))
            return abs(now[0] - at[0]) <= 2 and abs(now[1] - at[1]) <= 2
        wait(stays, 'the sticky under the pointer')
        xdotool('key', 'ctrl+0')
        wait(lambda: 'zoom 100 %' in self.words(), 'a zoom of 100 %')

    def leave(self):
        """The window closes with status 0, and the file holds what was drawn"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')
        stickies = {item['title']: item for item in self.export()['stickies']}
        check(sorted(stickies) == ['Cook', 'Placed'], f'{stickies}')
        check(stickies['Placed']['kind'] == 'event' and stickies['Cook']['kind'] == 'policy',
              f'{stickies}')

    def come_back(self):
        """After a restart Ctrl+Z goes on where it was"""
        self.window = Window([PROGRAM], self.data, self.log)
        xdotool('windowfocus', '--sync', self.origin()[2])
        card = self.window.find('push button', lambda name: name.startswith('Untitled board'))
        self.window.click(card)
        self.wait_words('2 stickies')
        place = self.box(self.window.sticky('Policy: Cook'))
        event = self.box(self.window.sticky('Event: Placed'))
        # The same steps backwards: the move, then the policy with its title.
        xdotool('key', 'ctrl+z')
        wait(lambda: (self.box(self.window.sticky('Policy: Cook'))[0] -
                      self.box(self.window.sticky('Event: Placed'))[0])
             != place[0] - event[0], 'the policy’s old place')
        xdotool('key', 'ctrl+z')
        self.wait_words('1 sticky')
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.double_click, scenario.pick, scenario.move,
                        scenario.undo, scenario.marquee, scenario.delete, scenario.zoom,
                        scenario.leave, scenario.come_back])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
