#include "config.h"

#include "storm-commands.h"

#include <glib/gi18n-lib.h>

/* In the words of the shortcuts window where it has them. Stickies of each kind are added by the
 * palette itself, from the catalogue. */
static const StormCommand commands[] = {
  { "win.new-board", "shortcuts", NC_("shortcuts", "New board"), "<Primary>n" },
  { "win.open", "shortcuts", NC_("shortcuts", "Open"), "<Primary>o" },
  { "win.save-copy", "shortcuts", NC_("shortcuts", "Save a copy"), "<Primary><Shift>s" },
  { "win.rename", "command", NC_("command", "Rename the board"), NULL },
  { "win.export", "shortcuts", NC_("shortcuts", "Export as text form"), "<Primary>e" },
  { "win.import", "command", NC_("command", "Insert a text form"), NULL },
  { "win.export-picture", "shortcuts", NC_("shortcuts", "Export as picture"), "<Primary><Shift>e" },
  { "win.copy-picture", "shortcuts", NC_("shortcuts", "Copy as picture"), "<Shift><Alt>c" },
  { "win.copy-picture-svg", "shortcuts", NC_("shortcuts", "Copy as SVG"), "<Primary><Shift>c" },
  { "win.print", "shortcuts", NC_("shortcuts", "Print"), "<Primary>p" },
  { "win.close-board", "shortcuts", NC_("shortcuts", "Back to the boards"), "<Alt>Home" },

  { "win.undo", "shortcuts", NC_("shortcuts", "Undo"), "<Primary>z" },
  { "win.redo", "shortcuts", NC_("shortcuts", "Redo"), "<Primary><Shift>z" },
  { "win.cut", "shortcuts", NC_("shortcuts", "Cut"), "<Primary>x" },
  { "win.copy", "shortcuts", NC_("shortcuts", "Copy"), "<Primary>c" },
  { "win.paste", "shortcuts", NC_("shortcuts", "Paste"), "<Primary>v" },
  { "win.copy-style", "shortcuts", NC_("shortcuts", "Copy the style"), "<Primary><Alt>c" },
  { "win.paste-style", "shortcuts", NC_("shortcuts", "Paste the style"), "<Primary><Alt>v" },
  { "win.duplicate", "shortcuts", NC_("shortcuts", "Duplicate"), "<Primary>d" },
  { "win.delete", "shortcuts", NC_("shortcuts", "Delete"), "Delete" },
  { "win.select-all", "shortcuts", NC_("shortcuts", "Select all"), "<Primary>a" },
  { "win.select-none", "shortcuts", NC_("shortcuts", "Select nothing"), "<Primary><Shift>a" },
  { "win.edit", "shortcuts", NC_("shortcuts", "Edit the text"), "F2" },
  { "win.enter-list", "shortcuts", NC_("shortcuts", "Enter stickies line by line"),
    "<Primary><Shift>l" },
  { "win.connect-next", "shortcuts", NC_("shortcuts", "Make and connect the next sticky"),
    "<Primary>Right" },
  { "win.connect-previous", "shortcuts", NC_("shortcuts", "Make and connect the one before"),
    "<Primary>Left" },
  { "win.connect-above", "shortcuts", NC_("shortcuts", "Make and connect the next above"),
    "<Primary>Up" },
  { "win.connect-below", "shortcuts", NC_("shortcuts", "Make and connect the next below"),
    "<Primary>Down" },
  { "win.next-right", "shortcuts", NC_("shortcuts", "Next sticky on the right"), "Tab" },
  { "win.next-left", "shortcuts", NC_("shortcuts", "Next sticky on the left"), "<Shift>Tab" },
  { "win.next-below", "shortcuts", NC_("shortcuts", "Next sticky below"), "<Primary>Return" },
  { "win.next-above", "shortcuts", NC_("shortcuts", "Next sticky above"),
    "<Primary><Shift>Return" },
  { "win.connect-selected", "shortcuts", NC_("shortcuts", "Connect the selected"), "<Primary>l" },
  { "win.straighten", "command", NC_("command", "Straighten the flow"), NULL },
  { "win.add-context", "shortcuts", NC_("shortcuts", "Bounded context around the selected"),
    "<Primary>g" },
  { "win.fit-context", "command", NC_("command", "Fit the context to its content"), NULL },
  { "win.collapse-context", "command", NC_("command", "Collapse the context to a card"), NULL },
  { "win.expand-context", "command", NC_("command", "Expand the context"), NULL },
  { "win.add-swimlane", "command", NC_("command", "Add a swimlane"), NULL },
  { "win.mark-pivotal", "command", NC_("command", "Mark as pivotal event"), NULL },
  { "win.unmark-pivotal", "command", NC_("command", "Unmark as pivotal event"), NULL },
  { "win.group", "shortcuts", NC_("shortcuts", "Group"), "<Primary><Alt>g" },
  { "win.ungroup", "shortcuts", NC_("shortcuts", "Ungroup"), "<Primary><Alt><Shift>g" },
  { "win.lock", "shortcuts", NC_("shortcuts", "Lock"), "<Primary><Alt>l" },
  { "win.unlock", "command", NC_("command", "Unlock"), NULL },
  { "win.unlock-all", "shortcuts", NC_("shortcuts", "Unlock all"), "<Primary><Alt><Shift>l" },
  { "win.to-front", "shortcuts", NC_("shortcuts", "To the front"), "<Primary><Shift>bracketright" },
  { "win.forward", "shortcuts", NC_("shortcuts", "Forward"), "<Primary>bracketright" },
  { "win.backward", "shortcuts", NC_("shortcuts", "Backward"), "<Primary>bracketleft" },
  { "win.to-back", "shortcuts", NC_("shortcuts", "To the back"), "<Primary><Shift>bracketleft" },

  { "win.tidy-up", "shortcuts", NC_("shortcuts", "Tidy up"), "<Primary>t" },
  { "win.align-left", "shortcuts", NC_("shortcuts", "Align left"), "<Primary><Shift>Left" },
  { "win.align-center", "command", NC_("command", "Align centres"), NULL },
  { "win.align-right", "shortcuts", NC_("shortcuts", "Align right"), "<Primary><Shift>Right" },
  { "win.align-top", "shortcuts", NC_("shortcuts", "Align top"), "<Primary><Shift>Up" },
  { "win.align-middle", "command", NC_("command", "Align middles"), NULL },
  { "win.align-bottom", "shortcuts", NC_("shortcuts", "Align bottom"), "<Primary><Shift>Down" },
  { "win.distribute-horizontally", "shortcuts", NC_("shortcuts", "Distribute horizontally"),
    "<Alt><Shift>h" },
  { "win.distribute-vertically", "shortcuts", NC_("shortcuts", "Distribute vertically"),
    "<Alt><Shift>v" },
  { "win.stack-row", "command", NC_("command", "Stack in a row"), NULL },
  { "win.stack-column", "command", NC_("command", "Stack in a column"), NULL },
  { "win.same-width", "command", NC_("command", "Same width"), NULL },
  { "win.same-height", "command", NC_("command", "Same height"), NULL },
  { "win.same-size", "command", NC_("command", "Same size"), NULL },

  { "win.find", "shortcuts", NC_("shortcuts", "Find a sticky"), "<Primary>f" },
  { "win.hand", "shortcuts", NC_("shortcuts", "Move the view"), "h" },
  { "win.zoom-in", "shortcuts", NC_("shortcuts", "Zoom in"), "<Primary>plus" },
  { "win.zoom-out", "shortcuts", NC_("shortcuts", "Zoom out"), "<Primary>minus" },
  { "win.zoom-100", "shortcuts", NC_("shortcuts", "100 %"), "<Primary>0" },
  { "win.zoom-fit", "shortcuts", NC_("shortcuts", "Fit the board"), "<Shift>1" },
  { "win.zoom-selection", "shortcuts", NC_("shortcuts", "Fit the selection"), "<Shift>2" },
  { "win.show-outline", "shortcuts", NC_("shortcuts", "Outline"), "<Shift>F9" },
  { "win.show-side", "shortcuts", NC_("shortcuts", "Inspector"), "F9" },
  { "win.show-minimap", "shortcuts", NC_("shortcuts", "Minimap"), "F7" },
  { "win.show-grid", "shortcuts", NC_("shortcuts", "Grid"), "<Primary>apostrophe" },
  { "win.present", "shortcuts", NC_("shortcuts", "Present the saved views"), "F5" },
  { "win.fullscreen", "shortcuts", NC_("shortcuts", "Full screen"), "F11" },
  { "win.focus-mode", "shortcuts", NC_("shortcuts", "Only the board"), "<Primary>period" },
  { "app.palette::classic", "command", NC_("command", "Classic colours"), NULL },
  { "app.palette::msaez", "command", NC_("command", "MSAez colours"), NULL },

  { "win.monitor", "shortcuts", NC_("shortcuts", "Monitor"), "<Primary>m" },
  { "win.watch-demo", "command", NC_("command", "Watch the demo"), NULL },
  { "win.monitor-demo", "command", NC_("command", "Watch the demo on this board"), NULL },
  { "win.monitor-new-connection", "command", NC_("command", "Connect to a Kafka"), NULL },
  { "win.monitor-open-recording", "command", NC_("command", "Play a recording"), NULL },
  { "win.monitor-focus-key", "shortcuts", NC_("shortcuts", "Choose a correlation key"),
    "<Primary><Shift>k" },
  { "win.events-filter", "shortcuts", NC_("shortcuts", "Filter events by an expression"),
    "<Primary><Shift>f" },
  { "win.events-saved-filters", "command", NC_("command", "Saved filters of events"), NULL },
  { "win.monitor-next-trouble", "shortcuts", NC_("shortcuts", "Next trouble"), "F8" },
  { "win.monitor-previous-trouble", "shortcuts", NC_("shortcuts", "Previous trouble"),
    "<Shift>F8" },
  { "win.monitor-show-failures", "command",
    NC_("command", "What failed, and what is to be compensated"), NULL },
  { "app.notify-troubles", "command", NC_("command", "Notify of failed and stuck traces"), NULL },
  { "win.monitor-pause", "shortcuts", NC_("shortcuts", "Pause"), "<Primary><Shift>p" },
  { "win.show-timeline", "shortcuts", NC_("shortcuts", "Time line"), "<Primary><Shift>t" },
  { "win.timeline-play", "command", NC_("command", "Play what has happened, or hold"), NULL },
  { "win.timeline-previous", "command", NC_("command", "Back to the previous event"), NULL },
  { "win.timeline-next", "command", NC_("command", "On to the next event"), NULL },
  { "win.timeline-first", "command", NC_("command", "Back to the first event"), NULL },
  { "win.timeline-live", "command", NC_("command", "Back to the newest events"), NULL },
  { "win.timeline-zoom-in", "command", NC_("command", "Show less of the time"), NULL },
  { "win.timeline-zoom-out", "command", NC_("command", "Show more of the time"), NULL },
  { "win.timeline-fit", "command", NC_("command", "Show all of the time"), NULL },
  { "win.monitor-show-rates", "command", NC_("command", "Rates and lag of the topics"), NULL },
  { "win.monitor-clear", "command", NC_("command", "Clear the events"), NULL },
  { "win.monitor-stop", "command", NC_("command", "Stop watching"), NULL },
  { "win.monitor-keep-recording", "command", NC_("command", "Keep the recording in the board"),
    NULL },
  { "win.monitor-export", "command", NC_("command", "Export the events"), NULL },
  { "win.monitor-detect", "shortcuts", NC_("shortcuts", "Mapping of events"),
    "<Primary><Shift>m" },

  { "win.show-help-overlay", "shortcuts", NC_("shortcuts", "Keyboard shortcuts"),
    "<Primary>question" },
  { "win.open-tour", "command", NC_("command", "Open a board that explains itself"), NULL },
  { "win.about", "command", NC_("command", "About Stormwatch"), NULL },
  { "app.new-window", "shortcuts", NC_("shortcuts", "New window"), "<Primary><Shift>n" },
  { "window.close", "shortcuts", NC_("shortcuts", "Close the window"), "<Primary>w" },
  { "app.quit", "shortcuts", NC_("shortcuts", "Quit"), "<Primary>q" },
};

const StormCommand *
storm_commands_get (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (commands);
  return commands;
}

const char *
storm_command_get_words (const StormCommand *command)
{
  g_return_val_if_fail (command != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, command->context, command->words);
}
