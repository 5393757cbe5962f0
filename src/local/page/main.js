/** The page's script: keeps what is on the screen in step with the workspace. */
import { composer } from "./composer.js";
import { reconcile, tellPerson } from "./dom.js";
import { frame } from "./frame.js";
import { closeMenu } from "./menu.js";
import { linked, showLinked } from "./links.js";
import { renderRow } from "./message.js";
import { showModal } from "./modal.js";
import { rows } from "./rows.js";
import { act, attach, follow, look } from "./server.js";
import { sidebar } from "./sidebar.js";
import { names } from "./text.js";

const me = localStorage.getItem("hindsight-local-me") ?? "U00000000ANA";
const state = {
  gaze: {
    as: me,
    channel: linked?.channel ?? localStorage.getItem("hindsight-local-channel") ?? "",
    thread: linked?.thread ?? "",
  },
  /** Timestamp after which messages were new when the channel was opened. */
  newAfter: undefined,
  now: undefined,
  isLooking: false,
  isStale: false,
};

const page = frame({
  me,
  choosePerson: (id) => {
    localStorage.setItem("hindsight-local-me", id);
    location.reload();
  },
  open,
  back: () => (state.gaze.thread === "" ? showPane("channels") : closeThread()),
  closeThread,
  join: async () => {
    const result = await act(me, { kind: "join", channel: state.gaze.channel });
    if (!result.ok) tellPerson(result.what);
  },
});
document.body.append(page.root);
names.me = me;
names.open = open;
page.channel.foot.append(typing("channel"));
page.thread.foot.append(typing("thread"));
showPane(linked === undefined ? "channels" : linked.thread === "" ? "channel" : "thread");

function typing(pane) {
  return composer({
    label: pane === "thread" ? "Reply in the thread" : "Message the channel",
    say: (text) =>
      act(me, {
        kind: "say",
        channel: state.gaze.channel,
        text,
        thread: pane === "thread" ? state.gaze.thread : "",
      }),
    attach: (file) =>
      attach(
        { as: me, channel: state.gaze.channel, thread: pane === "thread" ? state.gaze.thread : "" },
        file,
      ),
    commands: () => state.now?.commands ?? [],
    people: () => state.now?.people ?? [],
  });
}

function open(channel) {
  state.gaze.channel = channel;
  state.gaze.thread = "";
  state.newAfter = undefined;
  localStorage.setItem("hindsight-local-channel", channel);
  page.channel.list.replaceChildren();
  showPane("channel");
  void refresh().then(() => page.channel.toLast());
}

function openThread(ts) {
  state.gaze.thread = ts;
  page.thread.list.replaceChildren();
  showPane("thread");
  void refresh().then(showThreadEnd);
}

function showThreadEnd() {
  page.thread.toLast();
  page.thread.foot.querySelector("textarea")?.focus({ preventScroll: true });
}

function closeThread() {
  const { thread } = state.gaze;
  state.gaze.thread = "";
  showPane("channel");
  draw();
  page.channel.list
    .querySelector(`[data-focus="${thread} reply"], [data-focus="${thread} replies"]`)
    ?.focus();
}

/** On a phone one pane is shown at a time. */
function showPane(name) {
  document.body.dataset.pane = name;
}

/** Looks again; changes that come meanwhile lead to one more look. */
async function refresh() {
  if (state.isLooking) {
    state.isStale = true;
    return;
  }
  state.isLooking = true;
  try {
    do {
      state.isStale = false;
      const asked = JSON.stringify(state.gaze);
      const now = await look(state.gaze);
      if (asked === JSON.stringify(state.gaze)) state.now = now;
      else state.isStale = true;
    } while (state.isStale);
    page.online(true);
    draw();
  } catch {
    page.online(false);
  } finally {
    state.isLooking = false;
  }
}

function draw() {
  const { now } = state;
  if (now?.channel === undefined) return;
  const { channel } = now;
  state.gaze.channel = channel.id;
  state.newAfter ??= channel.isMember ? channel.seenTs : "";
  names.people = new Map(now.people.map((person) => [person.id, person]));
  names.channels = new Map(
    now.channels.filter((each) => each.kind !== "im").map((each) => [each.id, each]),
  );
  page.bar.persons(now.people.filter((person) => !person.isBot));
  page.bar.canPlay(now.canPlay);
  drawChannels(now);
  page.about(channel);
  drawList(
    page.channel,
    rows(now.messages, { me, newAfter: state.newAfter, isThread: false }),
    false,
  );
  document.body.classList.toggle("with-thread", state.gaze.thread !== "");
  if (state.gaze.thread !== "" && now.thread !== undefined)
    drawList(page.thread, rows(now.thread, { me, isThread: true }), true);
  showModal(now.modal, me);
  markSeen(now);
}

function drawChannels(now) {
  const version = JSON.stringify([now.channels, now.channel.id]);
  if (page.channels.dataset.version === version) return;
  const focus = page.channels.querySelector(":focus")?.dataset.focus;
  page.channels.dataset.version = version;
  page.channels.replaceChildren(sidebar(now.channels, now.channel.id, open));
  if (focus !== undefined) page.channels.querySelector(`[data-focus="${focus}"]`)?.focus();
}

function drawList(pane, items, isThread) {
  const { list } = pane;
  pane.empty.hidden = items.length > 0;
  const place = { channel: state.now.channel, isThread, openThread };
  const people = state.now.people.map((person) => person.name).join();
  reconcile(list, items, {
    key: (row) => row.key,
    version: (row) => `${people} ${place.channel.isMember} ${JSON.stringify(row)}`,
    make: (row) => renderRow(row, place),
  });
  pane.stay();
}

let told = "";
function markSeen(now) {
  const last = now.messages.filter((message) => !message.isEphemeral).at(-1)?.ts;
  const isNew = last !== undefined && Number(last) > Number(now.channel.seenTs);
  if (!isNew || !now.channel.isMember || document.hidden || told === last) return;
  if (matchMedia("(max-width: 720px)").matches && document.body.dataset.pane === "channels") return;
  told = last;
  void act(me, { kind: "seen", channel: now.channel.id, ts: last });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]") !== null) return;
  if (!closeMenu() && state.gaze.thread !== "") closeThread();
});
void refresh().then(() => (linked === undefined ? page.channel.toLast() : showLinked()));
follow(() => void refresh(), page.online);
