"""A person without a pointer and without a look at the screen makes a board: only keys go in, and
only what a screen reader is told comes back."""
import os
import sys
import tempfile

from storm_ui import Atspi, Failure, Window, check, run, wait, xdotool

PROGRAM = sys.argv[1]
ENTRY_ROW = 'an entry row'
PLACED, COOK, STARTED = 'Event: OrderPlaced', 'Event: Cook it', 'Event: CookStarted'


def key(*keys):
    xdotool('key', '--delay', 40, *keys)


def write(words):
    xdotool('type', '--delay', 20, words)


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    # What a screen reader is told

    def has_state(self, item, state):
        return item.get_state_set().contains(state)

    def focused(self):
        """The innermost object that has the keys, which is what is read aloud."""
        found = [item for item in self.window.walk()
                 if self.has_state(item, Atspi.StateType.FOCUSED)]
        return found[-1] if found else None

    def heard(self):
        """Role, name and description of what has the keys."""
        item = self.focused()
        if item is None:
            return ('nothing', '', '')
        return item.get_role_name(), item.get_name() or '', item.get_description() or ''

    def wait_heard(self, role, name, description=None):
        def holds():
            heard = self.heard()
            return heard[:2] == (role, name) and description in (None, heard[2])
        wait(holds, lambda: f'{role} “{name}” {description or ""}, not {self.heard()}')

    def words(self):
        return self.window.board().get_description() or ''

    def wait_words(self, begin):
        wait(lambda: self.words().startswith(begin), lambda: f'“{begin}”, not “{self.words()}”')

    def stickies(self):
        return self.window.stickies()

    def wait_stickies(self, **expected):
        """Names without their kind → what is said of them."""
        def now():
            return {name.split(': ', 1)[1]: words for name, words in self.stickies().items()}
        wait(lambda: now() == expected, lambda: f'{expected}, not {now()}')

    def place(self, name):
        box = self.window.sticky(name).get_extents(Atspi.CoordType.WINDOW)
        return box.x, box.y

    def wait_moved(self, name, before, dx, dy):
        def moved():
            x, y = self.place(name)
            return (abs(x - before[0] - dx) <= 1 and abs(y - before[1] - dy) <= 1)
        wait(moved, lambda: f'{name} at {before} and {dx},{dy} on, not at {self.place(name)}')

    # The scenario

    def start(self):
        """On the start page every button that Tab reaches has a name"""
        self.window = Window([PROGRAM], self.data, self.log)
        self.window.find('push button', 'New Board')
        self.window.focus()
        reached = self.walk_by_tab()
        check('New Board' in reached and 'Open…' in reached and 'Main Menu' in reached and
              'Watch the Demo' in reached, f'{reached}')
        check(all(reached), f'something without a name: {reached}')

    def walk_by_tab(self, most=60):
        """The names of what Tab goes to, until it comes around or stays."""
        names, seen = [], []
        for _ in range(most):
            before = self.focused()
            key('Tab')
            try:
                item = wait(self.focused, 'something with the keys', 1)
            except Failure:
                # The entry rows of libadwaita 1.2 don't tell that they have the keys.
                check(names[-1:] != [ENTRY_ROW], f'nothing has the keys after {names}')
                names.append(ENTRY_ROW)
                continue
            if item in seen or item == before:
                break
            seen.append(item)
            names.append(item.get_name() or (item.get_description() or ''))
        return names

    def make(self):
        """Ctrl+N makes a board, and its keys are with the board itself"""
        key('ctrl+n')
        self.wait_words('0 stickies')
        wait(lambda: self.heard()[:2] == ('list', 'Board'), lambda: f'the board, not {self.heard()}')

    def first(self):
        """A digit and Enter put down a sticky, what is typed is its title, and it is read back"""
        key('1', 'Return')
        wait(lambda: self.heard()[1] == 'Title', lambda: f'the title, not {self.heard()}')
        write('OrderPlaced')
        key('Return')
        self.wait_heard('list item', PLACED, '')
        self.wait_words('1 sticky')
        check(self.window.is_selected(self.focused()), 'it is not said to be selected')

    def more(self):
        """Tab makes the next one on the right, and the one after it"""
        key('Tab')
        wait(lambda: self.heard()[1] == 'Title', lambda: f'the title, not {self.heard()}')
        write('Cook')
        key('Tab')
        self.wait_words('3 stickies')
        wait(lambda: self.heard()[1] == 'Title', lambda: f'the title, not {self.heard()}')
        write('CookStarted')
        key('Return')
        self.wait_heard('list item', STARTED, '')
        self.wait_stickies(OrderPlaced='', Cook='', CookStarted='')

    def order(self):
        """The board lists them in the order of reading, at places beside each other"""
        names = [item.get_name()
                 for item in self.window.all('list item', None, self.window.board())]
        check(names == [PLACED, 'Event: Cook', STARTED], f'{names}')
        places = [self.place(name) for name in names]
        check(places[0][0] < places[1][0] < places[2][0], f'{places}')
        check(places[0][1] == places[1][1] == places[2][1], f'{places}')

    def connect(self):
        """Shift+Alt+Left selects one after the other, and Ctrl+L connects them"""
        key('alt+Left', 'alt+Left')
        self.wait_heard('list item', PLACED)
        key('shift+alt+Right', 'shift+alt+Right')
        self.wait_words('3 stickies, zoom 100 %, 3 selected')
        key('ctrl+l')
        self.wait_stickies(OrderPlaced='leads to Cook', Cook='leads to CookStarted',
                           CookStarted='')

    def rename(self):
        """F2 renames, and what leads there is said with the new name"""
        key('Escape')
        self.wait_words('3 stickies, zoom 100 %, 0 selected')
        key('Right', 'alt+Right')
        self.wait_heard('list item', 'Event: Cook', 'leads to CookStarted')
        key('F2')
        wait(lambda: self.heard()[1] == 'Title', lambda: f'the title, not {self.heard()}')
        key('ctrl+a')
        write('Cook it')
        key('Return')
        self.wait_heard('list item', COOK, 'leads to CookStarted')
        check(self.stickies()[PLACED] == 'leads to Cook it', f'{self.stickies()}')

    def move(self):
        """Arrows move it by one, with Shift by ten, and its place is told"""
        before = self.place(COOK)
        key('shift+Down', 'shift+Down', 'shift+Down', 'Right')
        self.wait_moved(COOK, before, 1, 30)
        self.wait_heard('list item', COOK)

    def undo(self):
        """Undo takes back move, name, and the flows; redo brings them again"""
        before = self.place(COOK)
        key('ctrl+z', 'ctrl+z', 'ctrl+z', 'ctrl+z')
        self.wait_moved(COOK, before, -1, -30)
        key('ctrl+z')
        self.wait_stickies(OrderPlaced='leads to Cook', Cook='leads to CookStarted',
                           CookStarted='')
        key('ctrl+z')
        self.wait_stickies(OrderPlaced='', Cook='', CookStarted='')
        key('ctrl+shift+z', 'ctrl+shift+z')
        self.wait_stickies(**{'OrderPlaced': 'leads to Cook it', 'Cook it': 'leads to CookStarted',
                              'CookStarted': ''})

    def delete(self):
        """A deleted sticky is gone, the keys stay on the board, and undo selects what came back"""
        key('Escape', 'Right')
        self.wait_heard('list item', PLACED)
        key('alt+Right')
        self.wait_heard('list item', COOK)
        key('Delete')
        self.wait_stickies(OrderPlaced='', CookStarted='')
        wait(lambda: self.heard()[:2] == ('list', 'Board'), lambda: f'the board, not {self.heard()}')
        key('ctrl+z')
        self.wait_words('3 stickies, zoom 100 %, 1 selected')
        wait(lambda: self.window.is_selected(self.window.sticky(COOK)), 'what came back, selected')
        check(self.stickies()[PLACED] == 'leads to Cook it', f'{self.stickies()}')

    def next_one(self):
        """Ctrl+Right makes the connected next one: after an event a policy"""
        key('Escape', 'Right', 'alt+Right', 'alt+Right')
        self.wait_heard('list item', STARTED)
        key('ctrl+Right')
        wait(lambda: self.heard()[1] == 'Title', lambda: f'the title, not {self.heard()}')
        write('Tell the customer')
        key('Return')
        self.wait_heard('list item', 'Policy: Tell the customer', '')
        check(self.stickies()[STARTED] == 'leads to Tell the customer', f'{self.stickies()}')

    def around(self):
        """Tab leads out of the board with nothing selected, and around through named things"""
        key('Escape', 'Escape')
        wait(lambda: self.words().endswith('0 selected'), lambda: f'{self.words()}')
        reached = self.walk_by_tab()
        check(all(reached), f'something without a name: {reached}')
        for name in ('Undo', 'Monitor', 'Outline', 'Inspector', 'Main Menu', 'Event', 'Note',
                     'Zoom In', 'Fit the Board'):
            check(name in reached, f'Tab does not reach “{name}”: {reached}')

    def leave(self):
        """Ctrl+W closes the window with status 0"""
        key('ctrl+w')
        check(self.window.process.wait(15) == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.make, scenario.first, scenario.more,
                        scenario.order, scenario.connect, scenario.rename, scenario.move,
                        scenario.undo, scenario.delete, scenario.next_one, scenario.around,
                        scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
