"""The window on Wayland: it starts, the demo walks over the board, and it leaves, all without a
warning."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from storm_ui import Failure, Window, check, run, wait

PROGRAM = sys.argv[1]

# Weston 10 knows its backends by their files, newer ones by their names.
BACKENDS = ('headless', 'headless-backend.so')


class Compositor:
    """A Wayland compositor without a screen."""

    def __init__(self, folder):
        self.log = os.path.join(folder, 'weston')
        self.process = None
        for backend in BACKENDS:
            if self._start(folder, backend):
                return
        with open(self.log, encoding='utf-8', errors='replace') as log:
            raise Failure(f'weston did not start: {log.read()[-2000:]}')

    def _start(self, folder, backend):
        environment = {**os.environ, 'XDG_RUNTIME_DIR': folder}
        with open(self.log, 'w', encoding='utf-8') as output:
            self.process = subprocess.Popen(
                ['weston', f'--backend={backend}', '--socket=storm', '--width=1366',
                 '--height=768', '--idle-time=0'],
                env=environment, stdout=output, stderr=subprocess.STDOUT)
        socket = os.path.join(folder, 'storm')
        wait(lambda: os.path.exists(socket) or self.process.poll() is not None,
             'the compositor’s socket', 20)
        if self.process.poll() is None:
            os.environ.update({'WAYLAND_DISPLAY': socket, 'GDK_BACKEND': 'wayland'})
            return True
        return False

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


class Scenario:
    def __init__(self, folder):
        self.folder = folder
        self.log = os.path.join(folder, 'log')
        self.compositor = None
        self.window = None

    def start(self):
        """The window opens with the demo's board"""
        self.compositor = Compositor(self.folder)
        self.window = Window([PROGRAM, '--demo'], os.path.join(self.folder, 'data'), self.log)
        self.window.find('list item', 'Event: OrderPlaced', seconds=30)

    def numbers(self):
        """Events arrive, and stickies say their numbers"""
        wait(lambda: re.search(r'\d', self.window.stickies().get('Event: OrderPlaced', '')),
             lambda: f'a number, not {self.window.stickies()}', 30)

    def leave(self):
        """It closes with status 0, and has warned of nothing"""
        check(self.window.close() == 0, f'exit status: {self.window.tail()}')
        check(not re.search(r'CRITICAL|WARNING', self.window.tail()), self.window.tail())

    def stop(self):
        if self.window is not None:
            self.window.kill()
        if self.compositor is not None:
            self.compositor.stop()


def main():
    if shutil.which('weston') is None:
        print('1..0 # SKIP there is no weston, a compositor to start the window on')
        return 0
    with tempfile.TemporaryDirectory(prefix='storm-wayland-') as folder:
        scenario = Scenario(folder)
        try:
            return run([scenario.start, scenario.numbers, scenario.leave])
        finally:
            scenario.stop()


if __name__ == '__main__':
    sys.exit(main())
