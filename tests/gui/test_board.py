"""A person makes a board, closes the window, comes back and takes a step back."""
import os
import sys
import tempfile

from storm_ui import Window, check, run, wait

PROGRAM = sys.argv[1]


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    def board(self):
        """What the board says of itself: “2 stickies, zoom 100 %, 1 selected”."""
        for item in self.window.all():
            words = item.get_description() or ''
            if 'zoom' in words and 'stick' in words:
                return words
        return ''

    def wait_board(self, begin):
        wait(lambda: self.board().startswith(begin),
             lambda: f'a board of “{begin}”, not “{self.board()}”')

    def set_title(self, title):
        entry = self.window.find('text', 'Title')
        self.window.set_text(entry, title)
        # Whatever takes the inspector elsewhere commits what was typed.
        self.window.act('win.select-none')

    def stickies(self):
        return [name for name in self.window.names() if name and name.startswith(('Event: ',
                                                                                 'Policy: '))]

    def start(self):
        """The start page offers a new board, samples and the demo"""
        self.window = Window([PROGRAM], self.data, self.log)
        self.window.find('push button', 'New Board')
        self.window.find('push button', 'Watch the Demo')
        self.window.find('push button', 'Food order')
        check(not self.window.has('win.undo'), 'there is nothing to undo on the start page')

    def make(self):
        """New Board opens an empty board"""
        self.window.act('win.new-board')
        self.wait_board('0 stickies')

    def draw(self):
        """Stickies are added by actions, and named in the inspector"""
        self.window.act('win.add-event')
        self.wait_board('1 sticky')
        self.window.act('win.cancel')
        self.set_title('OrderPlaced')
        wait(lambda: any('OrderPlaced' in name for name in self.stickies()), 'the event’s title')
        self.window.act('win.add-policy')
        self.wait_board('2 stickies')
        self.window.act('win.cancel')
        self.set_title('Tell the kitchen')
        wait(lambda: any('Tell the kitchen' in name for name in self.stickies()),
             'the policy’s title')

    def connect(self):
        """Selected stickies are connected, undone and done again"""
        self.window.act('win.select-all')
        wait(lambda: '2 selected' in self.board(), 'both selected')
        self.window.act('win.connect-selected')
        self.window.act('win.select-none')
        wait(lambda: '1' in self.flows(), 'one flow')
        self.window.act('win.undo')
        wait(lambda: '0' in self.flows(), 'no flow after undo')
        self.window.act('win.redo')
        # What came back is selected.
        self.window.act('win.select-none')
        wait(lambda: '1' in self.flows(), 'the flow again after redo')

    def flows(self):
        """The label beside “Flows” in the inspector of the board."""
        names = self.window.names('label')
        return [names[i + 1] for i, name in enumerate(names[:-1]) if name == 'Flows']

    def leave(self):
        """The window closes with status 0, and the board is one file"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')
        files = [name for _, _, names in os.walk(self.data) for name in names]
        check(sum(name.endswith('.storm') for name in files) == 1, f'one board expected: {files}')
        check(not any(name.endswith(('-wal', '-shm')) for name in files), f'{files}')

    def come_back(self):
        """After a restart the board is on the start page, and opens as it was"""
        self.window = Window([PROGRAM], self.data, self.log)
        card = self.window.find('push button', lambda name: name.startswith('Untitled board'))
        self.window.click(card)
        self.wait_board('2 stickies')
        wait(lambda: '1' in self.flows(), 'the flow')
        wait(lambda: {'Event: OrderPlaced', 'Policy: Tell the kitchen'} <= set(self.stickies()),
             lambda: f'both titles, not {self.stickies()}')

    def undo_again(self):
        """Undo goes on where it was before the restart"""
        self.window.act('win.undo')
        wait(lambda: '0' in self.flows(), 'no flow')
        self.window.act('win.undo')
        wait(lambda: not any('Tell the kitchen' in name for name in self.stickies()),
             'the policy without its title')
        self.window.act('win.undo')
        self.wait_board('1 sticky')
        self.window.act('win.redo')
        self.wait_board('2 stickies')

    def outline(self):
        """The outline lists the stickies"""
        self.window.act('win.show-outline')
        wait(lambda: self.window.all(None, 'Outline'), 'the outline')
        self.window.find(None, 'Event: OrderPlaced')

    def end(self):
        """The window closes with status 0 again"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.make, scenario.draw, scenario.connect,
                        scenario.leave, scenario.come_back, scenario.undo_again,
                        scenario.outline, scenario.end])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
