"""The start page and its cards, then the command palette and the find bar of a sample."""
import os
import sys
import tempfile

from storm_ui import Atspi, Window, check, run, wait, xdotool

PROGRAM = sys.argv[1]

# What the sample has of cooking in titles and descriptions, row by row.
COOKING = ['OrderMgmt screen', 'Start Cook', 'CookStarted', 'Finish Cook', 'CookFinished']


class Scenario:
    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        self.log = os.path.join(folder, 'log')
        self.window = None

    # What is shown

    def shown(self, role=None, name=None, under=None):
        return [item for item in self.window.all(role, name, under)
                if item.get_state_set().contains(Atspi.StateType.VISIBLE)]

    def wait_shown(self, role, name):
        return wait(lambda: self.shown(role, name),
                    f'{role or "something"} “{name if not callable(name) else "…"}”')[0]

    def wait_gone(self, role, name):
        wait(lambda: not self.shown(role, name),
             f'no {role or "thing"} “{name if not callable(name) else "…"}”')

    def words(self):
        return self.window.board().get_description() or ''

    def wait_words(self, holds, what):
        wait(lambda: holds(self.words()), lambda: f'{what}, not “{self.words()}”')

    def wait_typing(self, name):
        """Until the entry of this name, or the text within it, has the keys."""
        def has_keys():
            return any(item.get_state_set().contains(Atspi.StateType.FOCUSED)
                       for entry in self.shown(None, name) for item in self.window.walk(entry))
        wait(has_keys, f'the keys in “{name}”')

    def type_into(self, name, words):
        self.wait_typing(name)
        xdotool('key', 'ctrl+a')
        xdotool('type', '--delay', 20, words)

    def selected(self):
        return [item.get_name() for item in self.window.all('list item', None, self.window.board())
                if self.window.is_selected(item)]

    def card_buttons(self):
        """The two of each card: its picture, which opens the board, and its menu. The samples have
        no menu."""
        buttons = [item for item in self.shown('push button')
                   if Atspi.Action.get_n_actions(item) > 0]
        return [(item, after) for item, after in zip(buttons, buttons[1:])
                if after.get_name() == 'Board Menu']

    def cards(self):
        return [card.get_name() for card, _ in self.card_buttons()]

    def wait_cards(self, *titles):
        wait(lambda: sorted(self.cards()) == sorted(titles),
             lambda: f'the cards {titles}, not {self.cards()}')

    def open_card(self, title):
        def card():
            return [card for card, _ in self.card_buttons() if card.get_name() == title]
        self.window.click(wait(card, f'the card {title}')[0])

    def from_menu(self, title, item, key):
        """From the menu of a card by its mnemonic."""
        def menu_button():
            return [menu for card, menu in self.card_buttons() if card.get_name() == title]
        self.window.click(wait(menu_button, f'the menu of {title}')[0])
        self.wait_shown('menu item', item)
        xdotool('key', key)
        self.wait_gone('menu item', item)

    def files(self, folder):
        return sorted(name for path, _, names in os.walk(os.path.join(self.data, folder))
                      for name in names if name.endswith('.storm'))

    def back(self):
        self.window.act('win.close-board')
        self.wait_shown('push button', 'Watch the Demo')

    # The scenario

    def tour(self):
        """Who has no board is offered one that explains itself, and “What Is This?” opens it"""
        self.window = Window([PROGRAM], self.data, self.log)
        xdotool('search', '--sync', '--onlyvisible', '--pid', self.window.process.pid,
                'windowfocus')
        self.window.click(self.wait_shown('push button', 'What Is This?'))
        self.wait_words(lambda words: words.startswith('8 stickies'), 'the tour')
        wait(lambda: 'Event: Events happened: Order placed' in self.window.stickies(),
             lambda: f'its event, not {list(self.window.stickies())}')
        self.back()
        self.wait_cards('What is this?')

    def new_board(self):
        """New Board, a sticky, and back: the board’s card is there"""
        self.window.click(self.wait_shown('push button', 'New Board'))
        self.wait_words(lambda words: words.startswith('0 stickies'), 'an empty board')
        self.window.act('win.add-event')
        self.wait_words(lambda words: words.startswith('1 sticky'), 'a sticky')
        self.window.act('win.cancel')
        self.back()
        self.wait_cards('What is this?', 'Untitled board')

    def rename(self):
        """Rename in a card’s menu gives the board another title, also in its file"""
        self.from_menu('Untitled board', 'Rename…', 'r')
        self.type_into('Board title', 'Kitchen')
        xdotool('key', 'Return')
        self.wait_cards('What is this?', 'Kitchen')
        self.open_card('Kitchen')
        self.wait_words(lambda words: words.startswith('1 sticky'), 'its sticky')
        self.back()

    def undo_trash(self):
        """Undo brings a card back from the trash, and the file was never there"""
        there = self.files('')
        self.from_menu('Kitchen', 'Move to Trash', 't')
        self.wait_cards('What is this?')
        # Some versions of libadwaita say the underlined letter too.
        undo = lambda name: 'Undo' in name  # noqa: E731
        self.window.click(self.wait_shown('push button', undo))
        self.wait_cards('What is this?', 'Kitchen')
        self.wait_gone('push button', undo)
        check(self.files('') == there and not self.files('Trash'), f'{self.files("")}')

    def trash(self):
        """Without Undo the file lies in the desktop’s trash"""
        self.from_menu('Kitchen', 'Move to Trash', 't')
        self.wait_cards('What is this?')
        wait(lambda: len(self.files('Trash')) == 1, lambda: f'the file, not {self.files("")}', 30)
        check(len(self.files('')) == 2, f'{self.files("")}')
        self.wait_cards('What is this?')

    def sample(self):
        """A sample opens as a board of one’s own"""
        self.window.click(self.wait_shown('push button', 'Food order'))
        self.wait_words(lambda words: words.startswith('20 stickies'), 'the sample')
        self.back()
        self.wait_cards('What is this?', 'Food order')
        self.open_card('Food order')
        self.wait_words(lambda words: words.startswith('20 stickies'), 'the sample')

    def command(self):
        """Ctrl+K, words and Enter do a command"""
        xdotool('key', 'ctrl+k')
        self.type_into('Do something, or go to a sticky', 'select all')
        self.wait_shown(None, 'Select all, Ctrl+A')
        xdotool('key', 'Return')
        wait(lambda: len(self.selected()) == 20, lambda: f'everything, not {self.selected()}')
        self.wait_gone(None, 'Do something, or go to a sticky')

    def go_to(self):
        """Ctrl+K also goes to a sticky by its title"""
        xdotool('key', 'ctrl+k')
        self.type_into('Do something, or go to a sticky', 'rejected')
        self.wait_shown(None, lambda name: name.startswith('OrderRejected, Event'))
        xdotool('key', 'Return')
        wait(lambda: self.selected() == ['Event: OrderRejected'],
             lambda: f'the event, not {self.selected()}')

    def no_command(self):
        """Words that nothing has find nothing to do, and Escape closes the palette"""
        xdotool('key', 'ctrl+k')
        self.wait_shown(None, 'Select all, Ctrl+A')
        self.type_into('Do something, or go to a sticky', 'zzz')
        self.wait_gone(None, 'Select all, Ctrl+A')
        xdotool('key', 'Return', 'Escape')
        self.wait_gone(None, 'Do something, or go to a sticky')
        check(self.selected() == ['Event: OrderRejected'], f'{self.selected()}')

    def find(self):
        """Ctrl+F goes from one result to the next and around, Shift+Enter back"""
        xdotool('key', 'ctrl+f')
        self.type_into('Find stickies', 'cook')
        for n, title in enumerate(COOKING + COOKING[:1]):
            self.wait_shown('label', f'{n % 5 + 1} of 5')
            self.wait_selected(title)
            xdotool('key', 'Return')
        self.wait_shown('label', '2 of 5')
        xdotool('key', 'shift+Return')
        self.wait_shown('label', '1 of 5')
        self.wait_selected(COOKING[0])

    def wait_selected(self, title):
        wait(lambda: [name.split(': ', 1)[-1] for name in self.selected()] == [title],
             lambda: f'{title}, not {self.selected()}')

    def find_nothing(self):
        """Without a result the selection stays, and Escape gives the keys back to the board"""
        before = self.selected()
        self.type_into('Find stickies', 'zzz')
        self.wait_shown('label', 'None')
        check(self.selected() == before, f'{self.selected()}')
        xdotool('key', 'Escape')
        self.wait_gone(None, 'Find stickies')
        xdotool('key', 'Delete')
        self.wait_words(lambda words: words.startswith('19 stickies'), 'one sticky less')
        xdotool('key', 'ctrl+z')
        self.wait_words(lambda words: words.startswith('20 stickies'), 'all of them')

    def leave(self):
        """The window closes with status 0"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')


def main():
    with tempfile.TemporaryDirectory(prefix='storm-gui-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.tour, scenario.new_board, scenario.rename, scenario.undo_trash,
                        scenario.trash, scenario.sample, scenario.command, scenario.go_to,
                        scenario.no_command, scenario.find, scenario.find_nothing,
                        scenario.leave])
        finally:
            if scenario.window is not None:
                scenario.window.kill()


if __name__ == '__main__':
    sys.exit(main())
