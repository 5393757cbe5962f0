/** The fixed parts of the page: the bar on top, the channel's pane, the thread's pane. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./message-parts.js";
import { showPlays } from "./plays.js";
import { inline } from "./text.js";

/**
 * @param {{ me: string, choosePerson: (id: string) => void, open: (channel: string) => void, back: () => void,
 *   closeThread: () => void, join: () => void }} deeds
 */
export function frame(deeds) {
  const bar = topBar(deeds);
  const channel = channelPane(deeds);
  const thread = threadPane(deeds);
  const channels = h("aside", { class: "channels" });
  const offline = h(
    "p",
    { class: "offline", role: "status", hidden: true },
    "No connection to the local workspace. Trying again.",
  );
  return {
    root: h(
      "div",
      { class: "app" },
      bar.root,
      offline,
      h("div", { class: "panes" }, channels, channel.root, thread.root),
    ),
    bar,
    channels,
    channel,
    thread,
    online: (isOnline) => void (offline.hidden = isOnline),
    /** Shows what this channel is, and whether this person may write in it. */
    about: (it) => {
      channel.about(it);
      thread.title.textContent = it.kind === "im" ? `with ${it.name}` : `#${it.name}`;
      thread.foot.hidden = !it.isMember || it.isArchived;
    },
  };
}

function topBar(deeds) {
  const play = h(
    "button",
    {
      type: "button",
      class: "button play-button",
      hidden: true,
      onclick: () => void showPlays(deeds.open),
    },
    "Play an incident",
  );
  const persons = h("div", { class: "persons", role: "radiogroup", "aria-label": "You are" });
  const root = h(
    "header",
    { class: "bar" },
    h("strong", { class: "brand" }, "Hindsight"),
    h("p", { class: "notice" }, "Local practice workspace. Nothing leaves this machine."),
    play,
    persons,
  );
  return {
    root,
    canPlay: (can) => void (play.hidden = !can),
    persons: (people) => {
      if (persons.childElementCount > 0) return;
      persons.append(...people.map((person) => personButton(person, deeds)));
    },
  };
}

function personButton(person, { me, choosePerson }) {
  return h(
    "button",
    {
      type: "button",
      class: "person",
      role: "radio",
      "aria-checked": String(person.id === me),
      title: `Type as ${person.realName}`,
      onclick: () => choosePerson(person.id),
    },
    avatar(person),
    h("span", {}, person.realName),
  );
}

function channelPane({ back, join }) {
  const parts = pane("channel", "Messages");
  const name = h("h1", {});
  const topic = h("p", { class: "topic muted" });
  const members = h("span", { class: "muted members" });
  const bookmarks = h("div", { class: "bookmarks", hidden: true });
  const gate = h("div", { class: "join", hidden: true });
  parts.root.prepend(
    h(
      "header",
      { class: "title" },
      backButton("Back to channels", back),
      h("div", { class: "names" }, name, topic),
      members,
    ),
    bookmarks,
  );
  parts.root.append(gate);
  const about = (it) => {
    const mark = { im: "", group: icon("lock"), channel: "#" }[it.kind];
    name.replaceChildren(h("span", { class: "sigil", "aria-hidden": "true" }, mark), it.name);
    topic.replaceChildren(h("span", {}, inline(it.topic)));
    topic.hidden = it.topic === "";
    members.textContent = `${it.members.length} ${it.members.length === 1 ? "member" : "members"}`;
    bookmarks.hidden = it.bookmarks.length === 0;
    bookmarks.replaceChildren(...it.bookmarks.map(bookmark));
    const canType = it.isMember && !it.isArchived;
    parts.foot.hidden = !canType;
    gate.hidden = canType;
    if (!canType && gate.dataset.for !== `${it.id} ${it.isArchived}`) {
      gate.dataset.for = `${it.id} ${it.isArchived}`;
      gate.replaceChildren(...gateContent(it, join));
    }
  };
  return { ...parts, about };
}

const bookmark = ({ link, title }) =>
  h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, title);

function gateContent({ isArchived, name }, join) {
  if (isArchived)
    return [
      h("p", { class: "muted" }, "This channel is archived. It can be read, not written to."),
    ];
  return [
    h("p", {}, `You are looking at #${name} from outside.`),
    h("button", { type: "button", class: "button primary", onclick: join }, "Join the channel"),
  ];
}

function threadPane({ closeThread }) {
  const parts = pane("thread", "Thread");
  const title = h("span", { class: "muted" });
  parts.root.prepend(
    h(
      "header",
      { class: "title" },
      backButton("Back to the channel", closeThread),
      h("div", { class: "names" }, h("h1", {}, "Thread ", title)),
      h(
        "button",
        {
          type: "button",
          class: "icon close",
          "aria-label": "Close the thread",
          onclick: closeThread,
        },
        icon("close"),
      ),
    ),
  );
  return { ...parts, title };
}

const backButton = (label, onclick) =>
  h("button", { type: "button", class: "icon back", "aria-label": label, onclick }, icon("back"));

/** Someone who reads within this distance of the end, in pixels, is kept at the end when something grows. */
const nearEndPx = 80;

function pane(name, label) {
  const list = h("div", { class: "list", role: "log", "aria-label": label, tabindex: "0" });
  const empty = h(
    "p",
    { class: "empty muted", hidden: true },
    "Nothing here yet. Say what you see, or mention @hindsight.",
  );
  const foot = h("div", { class: "foot" });
  const root = h("section", { class: `pane ${name}`, "aria-label": label }, empty, list, foot);
  let isAtEnd = true;
  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    isAtEnd = true;
  };
  /** For who just came: the end, or the beginning of the last message when it is longer than the pane. */
  const toLast = () => {
    toEnd();
    const last = list.lastElementChild;
    if (last === null || last.offsetHeight <= list.clientHeight) return;
    list.scrollTop = last.offsetTop - list.offsetTop - 8;
    isAtEnd = false;
  };
  const stay = () => isAtEnd && toEnd();
  list.addEventListener("scroll", () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEndPx;
  });
  list.addEventListener("load", stay, true);
  new ResizeObserver(stay).observe(list);
  return { root, list, empty, foot, toLast, stay };
}
