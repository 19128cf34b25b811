"""Real pointer and keys: stickies are placed, moved, connected and deleted, as a hand does it."""
import json
import os
import subprocess
import sys
import tempfile

from storm_ui import Atspi, Failure, Window, check, run, wait, xdotool

# From a sticky's border to its connect handles, in pixels.
HANDLE_OUT = 15

PROGRAM = sys.argv[1]
CLI = sys.argv[2]


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
        """Where the frame's child lies on the screen: without a window manager the window is at
        0,0, and versions of GTK differ in what they count from."""
        child = self.window.frame.get_child_at_index(0)
        # What is dragged from the palette, and menus, have small windows of their own.
        shape = max(self.shapes(),
                    key=lambda shape: shape['WIDTH'] * shape['HEIGHT'])
        box = child.get_extents(Atspi.CoordType.WINDOW)
        return (shape['X'] + (shape['WIDTH'] - box.width) // 2 - box.x,
                shape['Y'] + (shape['HEIGHT'] - box.height) // 2 - box.y, shape['WINDOW'])

    @staticmethod
    def shape(window):
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                               capture_output=True, text=True, check=False, timeout=20).stdout
        # One that has just gone has no shape.
        return {'WIDTH': 0, 'HEIGHT': 0,
                **{name: int(value) for name, value in (line.split('=') for line in shell.split())}}

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

    def shapes(self):
        """What windows the program shows."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                str(self.window.process.pid)], capture_output=True, text=True,
                               check=True, timeout=20).stdout.split()
        return [self.shape(window) for window in found]

    def is_dragged(self, at):
        # A pointer that rests moves nothing: newer GTK shows the picture with the next motion only.
        xdotool('mousemove', at[0] - 1, at[1], 'mousemove', *at)
        return any(0 < shape['WIDTH'] < 200 and
                   abs(shape['X'] - at[0]) < 100 and abs(shape['Y'] - at[1]) < 100
                   for shape in self.shapes())

    def wait_dragged(self, at):
        """Until the picture of what is dragged has come here: then the program has seen the way."""
        wait(lambda: self.is_dragged(at), f'what is dragged at {at}')

    def drag_in(self, button, end):
        """From the palette: dropped where nobody has answered yet it would be lost."""
        start = self.centre(button)
        xdotool('mousemove', *start, 'mousedown', 1)
        xdotool('mousemove', start[0] + 6, start[1], 'mousemove', start[0] + 30, start[1])
        self.wait_dragged((start[0] + 30, start[1]))
        for way in (-40, -3, 0):
            self.wait_dragged((end[0] + way, end[1]))
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

    def flows(self):
        """From which title to which, as the file has it: every step is kept at once."""
        board = self.export()
        titles = {item['id']: item.get('title', '') for item in board.get('stickies', [])}
        return [(titles[flow['from']], titles[flow['to']]) for flow in board.get('flows', [])]

    def frames(self):
        return [frame.get('title', '') for frame in self.export().get('contexts', [])]

    def take_back_frames(self, wanted):
        while self.frames() != wanted:
            before = self.frames()
            xdotool('key', 'ctrl+z')
            wait(lambda: self.frames() != before, 'what Ctrl+Z does')  # noqa: B023

    def wait_at(self, name, at):
        def distance():
            now = self.centre(self.window.sticky(name))
            return max(abs(now[0] - at[0]), abs(now[1] - at[1]))
        wait(lambda: distance() <= 2, lambda: f'{name} at {at}, {distance()} pixels away')

    def take_back(self, there):
        """Ctrl+Z until the board is as it was: a new sticky and its title may be one step or
        two."""
        for _ in range(3):
            before = self.titles()
            xdotool('key', 'ctrl+z')
            wait(lambda: self.titles() != before, 'what Ctrl+Z does')
            if self.titles() == there:
                return
        raise Failure(f'{self.titles()} instead of {there}')

    def to_handle(self, name, side):
        """The pointer over a sticky, and the place of the handle that it shows there."""
        x, y, width, height = self.box(self.window.sticky(name))
        xdotool('mousemove', x + width // 2, y + height // 2)
        if side == 'right':
            return x + width + HANDLE_OUT, y + height // 2
        return x + width // 2, y + height + HANDLE_OUT

    def pull(self, name, side, end, done):
        """Drags from a handle to end. Where a busy program saw pointer and press in one frame there
        was no handle to press yet; then once more."""
        for _ in range(4):
            self.drag(self.to_handle(name, side), end)
            try:
                wait(done, 'what the handle makes', 6)
                return
            except Failure:
                xdotool('key', 'Escape')

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

    def palette_drag(self):
        """A kind dragged from the palette lies where it is dropped"""
        there = self.titles()
        at = self.on_board(50, 20)
        self.drag_in(self.window.find('push button', 'Hot spot'), at)
        self.wait_words('3 stickies')
        xdotool('type', '--delay', 20, 'Why')
        xdotool('key', 'Escape')
        wait(lambda: 'Hot spot: Why' in self.titles(), lambda: f'the title, not {self.titles()}')
        self.wait_at('Hot spot: Why', at)
        self.take_back(there)

    def palette_drag_frame(self):
        """A bounded context dragged from the palette carries the sticky that lies in it"""
        at = self.centre(self.window.sticky('Event: Placed'))
        before = self.box(self.window.sticky('Event: Placed'))
        bar = self.window.find('tool bar', 'Stickers')
        self.drag_in(self.window.find('push button', 'Bounded context', bar), at)
        wait(lambda: self.frames() == [''], lambda: f'a frame, not {self.frames()}')
        xdotool('type', '--delay', 20, 'Shop')
        xdotool('key', 'Escape')
        wait(lambda: self.frames() == ['Shop'], lambda: f'its title, not {self.frames()}')
        # By its title, which is left and above of what it was dropped on.
        title = at[0] - 60, at[1] - 145
        # Ctrl: without guides.
        xdotool('keydown', 'ctrl')
        self.drag(title, (title[0] + 30, title[1] + 20))
        xdotool('keyup', 'ctrl')
        wait(lambda: self.box(self.window.sticky('Event: Placed'))
             == (before[0] + 30, before[1] + 20, before[2], before[3]), 'the sticky along with it')
        xdotool('key', 'ctrl+z')
        wait(lambda: self.box(self.window.sticky('Event: Placed')) == before, 'both back')
        xdotool('key', 'Delete')
        wait(lambda: self.frames() == [], 'the frame gone')
        check(self.box(self.window.sticky('Event: Placed')) == before, 'the sticky stays')
        for wanted in ['Shop'], []:
            self.take_back_frames(wanted)

    def resize(self):
        """A corner and an edge of the selected sticky resize it, Ctrl+Z undoes each"""
        name = 'Policy: Cook'
        xdotool('mousemove', *self.centre(self.window.sticky(name)), 'click', 1)
        wait(lambda: self.window.is_selected(self.window.sticky(name)), 'the selection')
        x, y, width, height = before = self.box(self.window.sticky(name))
        ways = [((x + width, y + height), (30, 20), (x, y, width + 30, height + 20)),
                ((x, y), (30, 20), (x + 30, y + 20, width - 30, height - 20)),
                ((x + width, y + height // 3), (30, 20), (x, y, width + 30, height)),
                ((x + width // 3, y), (30, 20), (x, y + 20, width, height - 20))]
        for grip, way, wanted in ways:
            xdotool('keydown', 'ctrl')
            self.drag(grip, (grip[0] + way[0], grip[1] + way[1]))
            xdotool('keyup', 'ctrl')
            wait(lambda: self.box(self.window.sticky(name)) == wanted,  # noqa: B023
                 lambda: f'{wanted}, not {self.box(self.window.sticky(name))}')  # noqa: B023
            xdotool('key', 'ctrl+z')
            wait(lambda: self.box(self.window.sticky(name)) == before, 'the old size')

    def connect(self):
        """A handle dragged onto a sticky makes a flow, Ctrl+Z takes it away"""
        self.pull('Event: Placed', 'right', self.centre(self.window.sticky('Policy: Cook')),
                  lambda: self.flows() != [])
        wait(lambda: self.flows() == [('Placed', 'Cook')], lambda: f'a flow, not {self.flows()}')
        check(self.words().startswith('2 stickies'), self.words())
        xdotool('key', 'ctrl+z')
        wait(lambda: self.flows() == [], 'no flow')
        xdotool('key', 'ctrl+shift+z')
        wait(lambda: self.flows() == [('Placed', 'Cook')], 'the flow again')
        xdotool('key', 'ctrl+z')
        wait(lambda: self.flows() == [], 'no flow')

    def connect_new(self):
        """A handle dragged onto empty board makes the next sticker and the flow to it"""
        there = self.titles()
        start = self.to_handle('Event: Placed', 'down')
        at = start[0], start[1] + 110
        self.pull('Event: Placed', 'down', at, lambda: self.words().startswith('3 stickies'))
        self.wait_words('3 stickies')
        # After an event comes a policy, which is picked by its key.
        self.window.find('push button', 'Read model')
        xdotool('key', '3')
        self.window.find('text', 'Title')
        xdotool('type', '--delay', 20, 'Check')
        xdotool('key', 'Escape')
        wait(lambda: 'Policy: Check' in self.titles(), lambda: f'the next, not {self.titles()}')
        self.wait_at('Policy: Check', at)
        check(self.flows() == [('Placed', 'Check')], f'{self.flows()}')
        self.take_back(there)
        check(self.flows() == [], 'the flow is gone too')

    def hand(self):
        """With H every drag moves the view, until Escape"""
        xdotool('key', 'Escape')
        wait(lambda: ', 0 selected' in self.words(), 'nothing selected')
        name = 'Event: Placed'
        at = self.centre(self.window.sticky(name))
        before = self.box(self.window.sticky(name))
        xdotool('key', 'h')
        self.drag(at, (at[0] + 30, at[1] + 40))
        wait(lambda: self.box(self.window.sticky(name))[:2] == (before[0] + 30, before[1] + 40),
             'the view')
        self.drag((at[0] + 30, at[1] + 40), at)
        wait(lambda: self.box(self.window.sticky(name)) == before, 'the view as it was')
        check(', 0 selected' in self.words(), self.words())
        xdotool('key', 'Escape', 'click', 1)
        wait(lambda: self.window.is_selected(self.window.sticky(name)), 'the selection')
        xdotool('key', 'Escape')
        wait(lambda: ', 0 selected' in self.words(), 'nothing selected')

    def way_back(self):
        """Who panned away from everything is offered the way back"""
        xdotool('mousemove', *self.on_board(50, 80), 'keydown', 'shift',
                'click', '--repeat', 40, '--delay', 5, 5, 'keyup', 'shift')
        wait(lambda: not self.titles(), 'nothing in view')

        def bounds():
            return self.box(self.window.find('push button', 'Back to the Content'))

        wait(lambda: bounds()[2] > 0, 'the button')
        x, y, width, height = bounds()
        xdotool('mousemove', x + width // 2, y + height // 2, 'click', 1)
        wait(lambda: len(self.titles()) == 2, 'both stickies')
        xdotool('key', 'ctrl+0')
        wait(lambda: 'zoom 100 %' in self.words(), 'a zoom of 100 %')

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
                        scenario.undo, scenario.marquee, scenario.delete,
                        scenario.palette_drag, scenario.resize,
                        scenario.connect, scenario.connect_new, scenario.palette_drag_frame,
                        scenario.hand, scenario.way_back, scenario.zoom, scenario.leave,
                        scenario.come_back])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
