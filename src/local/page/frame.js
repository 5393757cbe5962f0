/** The fixed parts of the page: the bar on top, the channel's pane, the thread's pane. */
import { h } from "./dom.js";
import { showPlays } from "./plays.js";
import { avatar } from "./message.js";

/**
 * @param {{ me: string, choosePerson: (id: string) => void, open: (channel: string) => void, back: () => void,
 *   closeThread: () => void, join: () => void }} deeds
 */
export function frame(deeds) {
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
  const offline = h(
    "p",
    { class: "offline", role: "status", hidden: true },
    "No connection to the local workspace. Trying again.",
  );
  const channel = pane(
    "channel",
    "Messages",
    "Nothing here yet. Say what you see, or mention @hindsight.",
  );
  const thread = pane("thread", "Thread", "");
  const titleText = h("h1", {});
  const topic = h("p", { class: "topic muted" });
  const members = h("span", { class: "muted members" });
  const joinBar = h("div", { class: "join", hidden: true });
  const bookmarks = h("div", { class: "bookmarks", hidden: true });
  channel.root.prepend(
    h(
      "header",
      { class: "title" },
      backButton("Back to channels", deeds.back),
      h("div", { class: "names" }, titleText, topic),
      members,
    ),
    bookmarks,
  );
  channel.root.append(joinBar);
  thread.root.prepend(
    h(
      "header",
      { class: "title" },
      backButton("Back to the channel", deeds.closeThread),
      h("div", { class: "names" }, h("h1", {}, "Thread")),
      h(
        "button",
        {
          type: "button",
          class: "icon close",
          "aria-label": "Close the thread",
          onclick: deeds.closeThread,
        },
        "✕",
      ),
    ),
  );
  const channels = h("aside", { class: "channels" });
  const root = h(
    "div",
    { class: "app" },
    h(
      "header",
      { class: "bar" },
      h("strong", { class: "brand" }, "Hindsight"),
      h(
        "p",
        { class: "notice" },
        h("span", {}, "Local practice workspace. "),
        "Nothing leaves this machine.",
      ),
      play,
      persons,
    ),
    offline,
    h("div", { class: "panes" }, channels, channel.root, thread.root),
  );
  return {
    root,
    channels,
    channel,
    thread,
    online: (isOnline) => void (offline.hidden = isOnline),
    canPlay: (can) => void (play.hidden = !can),
    persons: (people) => {
      if (persons.childElementCount === 0)
        persons.append(...people.map((person) => personButton(person, deeds)));
    },
    title: (sigil, { name, topic: about, members: all, bookmarks: links }) => {
      titleText.replaceChildren(h("span", { class: "sigil", "aria-hidden": "true" }, sigil), name);
      topic.textContent = about;
      topic.hidden = about === "";
      members.textContent = `${all.length} ${all.length === 1 ? "member" : "members"}`;
      bookmarks.hidden = links.length === 0;
      bookmarks.replaceChildren(
        ...links.map((each) =>
          h("a", { href: each.link, target: "_blank", rel: "noopener noreferrer" }, each.title),
        ),
      );
    },
    membership: ({ isMember, isArchived, name }) => {
      const canType = isMember && !isArchived;
      channel.foot.hidden = !canType;
      thread.foot.hidden = !canType;
      joinBar.hidden = canType;
      if (canType) return;
      joinBar.replaceChildren(
        ...(isArchived
          ? [
              h(
                "p",
                { class: "muted" },
                "This channel is archived. It can be read, not written to.",
              ),
            ]
          : [
              h("p", {}, `You are looking at #${name} from outside.`),
              h(
                "button",
                { type: "button", class: "button primary", onclick: deeds.join },
                "Join the channel",
              ),
            ]),
      );
    },
  };
}

const backButton = (label, onclick) =>
  h("button", { type: "button", class: "icon back", "aria-label": label, onclick }, "‹");

function pane(name, label, emptyText) {
  const list = h("div", { class: "list", role: "log", "aria-label": label, tabindex: "0" });
  const empty = h("p", { class: "empty muted", hidden: true }, emptyText);
  const foot = h("div", { class: "foot" });
  const root = h("section", { class: `pane ${name}`, "aria-label": label }, empty, list, foot);
  const toEnd = () => void (list.scrollTop = list.scrollHeight);
  list.addEventListener(
    "load",
    () => {
      if (list.scrollHeight - list.scrollTop - list.clientHeight < 600) toEnd();
    },
    true,
  );
  return { root, list, empty, foot, toEnd };
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
