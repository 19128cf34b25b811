"""Drives the real window by accessibility, as a screen reader would, and speaks TAP.

For Python with gi and the Atspi typelib. Every wait has an end; nothing sleeps for luck.
"""
import os
import subprocess
import sys
import time
import traceback
import warnings

import gi

warnings.simplefilter('ignore')
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.set_timeout(5000, 20000)

# Names of roles differ between versions of AT-SPI.
ROLES = {
    'push button': ('push button', 'button', 'toggle button'),
    'frame': ('frame', 'window'),
    'text': ('text', 'entry'),
}


class Failure(Exception):
    """What a check says when it did not hold."""


def check(holds, words):
    if not holds:
        raise Failure(words)


def wait(function, what, seconds=30):
    """The first true answer of function; objects may vanish while they are asked.

    What is waited for is words, or a function that says them once it has taken too long."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = function()
            if answer:
                return answer
        except GLib.Error:
            pass
        if time.monotonic() > end:
            try:
                words = what() if callable(what) else what
            except GLib.Error as error:
                words = error.message
            raise Failure(f'waited {seconds} s for {words}')
        time.sleep(0.03)


# So tall that lists have all rows of a small recording in sight: newer list views make accessible
# objects for no others.
TALL = {'window-width': '1280', 'window-height': '1300', 'events-height': '560'}


def xdotool(*words):
    subprocess.run(['xdotool'] + [str(word) for word in words], check=True, timeout=20)


class Window:
    """A running Stormwatch and its accessible tree."""

    def __init__(self, argv, data_home, log, settings=None):
        """settings: keys of the program's GSettings and their values, as text."""
        environment = {'G_DEBUG': 'fatal-criticals', **os.environ, 'XDG_DATA_HOME': data_home}
        if settings:
            environment['GSETTINGS_BACKEND'] = 'keyfile'
            environment['XDG_CONFIG_HOME'] = self._write_settings(data_home + '.config', settings)
        self.log = log
        with open(log, 'w', encoding='utf-8') as output:
            self.process = subprocess.Popen(argv, env=environment, stdout=output,
                                            stderr=subprocess.STDOUT)
        try:
            self.app = wait(self._find_app, 'the program on the accessibility bus', 20)
            self.frame = self.find('frame')
        except BaseException:
            self.kill()
            raise

    @staticmethod
    def _write_settings(config_home, settings):
        folder = os.path.join(config_home, 'glib-2.0', 'settings')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as output:
            output.write('[io/github/stormwatch/Stormwatch]\n')
            output.writelines(f'{key}={value}\n' for key, value in settings.items())
        return config_home

    def _find_app(self):
        check(self.process.poll() is None, f'the program left: {self.tail()}')
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def tail(self):
        with open(self.log, encoding='utf-8', errors='replace') as output:
            return output.read()[-2000:]

    def walk(self, under=None):
        under = under or self.app
        yield under
        for i in range(under.get_child_count()):
            child = under.get_child_at_index(i)
            if child is not None:
                yield from self.walk(child)

    def all(self, role=None, name=None, under=None):
        """Objects of this role and name; name may be a function."""
        found = []
        for item in self.walk(under):
            if role is not None and item.get_role_name() not in ROLES.get(role, (role,)):
                continue
            if name is not None:
                own = item.get_name() or ''
                if not (name(own) if callable(name) else own == name):
                    continue
            found.append(item)
        return found

    def find(self, role=None, name=None, under=None, seconds=30):
        what = f'{role or "something"} “{name if not callable(name) else "…"}”'
        return wait(lambda: self.all(role, name, under), what, seconds)[0]

    def names(self, role=None, under=None):
        return [item.get_name() for item in self.all(role, None, under)]

    def click(self, item):
        """What holds a button of the same name, as menu buttons do, is clicked there."""
        check(any(self._act(part, lambda name: True) for part in self.walk(item)
                  if part.get_name() == item.get_name()), f'“{item.get_name()}” can not be clicked')

    def _act(self, item, wanted):
        for i in range(Atspi.Action.get_n_actions(item)):
            if wanted(Atspi.Action.get_action_name(item, i)):
                return Atspi.Action.do_action(item, i)
        return False

    def has(self, action):
        """Whether the window offers this action now."""
        return action in [Atspi.Action.get_action_name(self.frame, i)
                          for i in range(Atspi.Action.get_n_actions(self.frame))]

    def act(self, action):
        """An action of the window: 'win.undo'."""
        wait(lambda: self.has(action), f'the action {action}')
        check(self._act(self.frame, lambda name: name == action), f'no action {action}')

    def act_on_widget(self, action):
        """An action of whichever widget has it: 'monitor.stop'."""
        def owner():
            for item in self.walk():
                if item is not self.frame and self._has_action(item, action):
                    return item
            return None
        item = wait(owner, f'a widget with {action}')
        check(self._act(item, lambda name: name == action), f'no action {action}')

    @staticmethod
    def _has_action(item, action):
        try:
            return any(Atspi.Action.get_action_name(item, i) == action
                       for i in range(Atspi.Action.get_n_actions(item)))
        except GLib.Error:
            return False

    def event_rows(self):
        """Number, time, type, key, place, payload, remarks, step and elapsed time of each row of the
        event list."""
        rows = []
        for row in self.all('table row', None, self.find(None, 'Events')):
            cells = [(self.names('label', cell) + [''])[0]
                     for cell in self.all('table cell', None, row)]
            if len(cells) == 9:
                rows.append(cells[:2] + cells[4:] + cells[2:4])
        return rows

    def board(self):
        """The canvas: its children are the stickies in sight."""
        return self.find(None, 'Board')

    def stickies(self):
        """“Event: OrderPlaced” → what a screen reader says of its numbers."""
        return {item.get_name(): item.get_description() or ''
                for item in self.all('list item', None, self.board())}

    def sticky(self, name):
        return self.find('list item', name, self.board())

    # Places on the screen, for a real pointer

    def origin(self):
        """Where the frame's child lies on the screen, and the window's id: without a window manager
        the window is at 0,0, and versions of GTK differ in what they count from."""
        child = self.frame.get_child_at_index(0)
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                str(self.process.pid)], capture_output=True, text=True,
                               check=True, timeout=20).stdout.split()
        shapes = []
        for window in found:
            shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                                   capture_output=True, text=True, check=False, timeout=20).stdout
            shapes.append({key: int(value) for key, value in
                           (line.split('=') for line in shell.split())})
        # Popovers and tooltips are windows, too, but smaller ones.
        shape = max((shape for shape in shapes if shape), key=lambda shape: shape['WIDTH'])
        box = child.get_extents(Atspi.CoordType.WINDOW)
        return (shape['X'] + (shape['WIDTH'] - box.width) // 2 - box.x,
                shape['Y'] + (shape['HEIGHT'] - box.height) // 2 - box.y, shape['WINDOW'])

    def focus(self):
        """Gives the window the keys, where no window manager does."""
        xdotool('windowfocus', '--sync', self.origin()[2])

    def box(self, item):
        """x, y, width and height on the screen, once it has them."""
        def placed():
            box = item.get_extents(Atspi.CoordType.WINDOW)
            return box if box.width > 0 and box.height > 0 else None
        box = wait(placed, f'a place of “{item.get_name()}”')
        x, y, _ = self.origin()
        return box.x + x, box.y + y, box.width, box.height

    def press(self, item, times=1):
        """Clicks with the pointer."""
        x, y, width, height = self.box(item)
        xdotool('mousemove', x + width // 2, y + height // 2)
        xdotool('click', '--repeat', times, '--delay', 60, 1)

    @staticmethod
    def is_selected(item):
        return item.get_state_set().contains(Atspi.StateType.SELECTED)

    @staticmethod
    def text(item):
        return Atspi.Text.get_text(item, 0, Atspi.Text.get_character_count(item))

    @staticmethod
    def set_text(item, text):
        check(Atspi.EditableText.set_text_contents(item, text), 'the text can not be set')

    def close(self):
        """Leaves as a user does; the exit status."""
        try:
            self._act(self.frame, lambda name: name == 'window.close')
        except GLib.Error:
            pass  # it may be gone before it has answered
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise Failure('the window did not close') from error

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def keep_picture(name):
    """With STORM_PICTURES, a folder: what the screen showed when a check failed."""
    folder = os.environ.get('STORM_PICTURES')
    if folder:
        subprocess.run(['import', '-window', 'root', os.path.join(folder, f'{name}.png')],
                       check=False, timeout=20)


def run(tests):
    """Runs functions one after another as TAP; a scenario goes on with what is left of the window,
    so the first failure ends it and fails the rest."""
    print(f'1..{len(tests)}')
    failed = False
    for number, test in enumerate(tests, 1):
        words = (test.__doc__ or test.__name__).strip().splitlines()[0]
        if failed:
            print(f'not ok {number} - {words}\n# not reached')
            continue
        try:
            test()
            print(f'ok {number} - {words}')
        except Exception as error:  # pylint: disable=broad-except
            failed = True
            if not isinstance(error, Failure):
                traceback.print_exc()
            print(f'not ok {number} - {words}')
            for line in str(error).splitlines():
                print(f'# {line}')
            keep_picture(test.__name__)
        sys.stdout.flush()
    return 1 if failed else 0
