/** The list of channels and direct conversations, with what is unread, and the way to a new channel. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { askNewChannel } from "./new-channel.js";

/** @param {readonly any[]} channels @param {string} current @param {(id: string) => void} open */
export function sidebar(channels, current, open) {
  const live = channels.filter((each) => each.kind !== "im" && !each.isArchived);
  const archived = channels.filter((each) => each.kind !== "im" && each.isArchived);
  const direct = channels.filter((each) => each.kind === "im");
  const list = (items) =>
    h(
      "ul",
      {},
      items.map((each) => h("li", {}, entry(each, current, open))),
    );
  return h(
    "nav",
    { "aria-label": "Channels" },
    h(
      "div",
      { class: "heading" },
      h("h2", {}, "Channels"),
      h(
        "button",
        {
          type: "button",
          class: "icon",
          "aria-label": "New channel",
          title: "New channel",
          "data-focus": "new-channel",
          onclick: () => askNewChannel(open),
        },
        icon("plus"),
      ),
    ),
    list(live),
    direct.length > 0 && [
      h("div", { class: "heading" }, h("h2", {}, "Direct messages")),
      list(direct),
    ],
    archived.length > 0 &&
      h("details", {}, h("summary", {}, `Archived (${archived.length})`), list(archived)),
  );
}

function entry(channel, current, open) {
  const isUnread = channel.unread > 0 && channel.id !== current;
  const label = `${channel.name}${isUnread ? `, ${channel.unread} unread` : ""}`;
  return h(
    "button",
    {
      type: "button",
      class: `entry${isUnread ? " unread" : ""}${channel.isMember ? "" : " foreign"}`,
      "aria-current": channel.id === current ? "page" : undefined,
      "aria-label": label,
      "data-focus": channel.id,
      onclick: () => open(channel.id),
    },
    h("span", { class: "sigil", "aria-hidden": "true" }, sigil(channel)),
    h("span", { class: "name" }, channel.name),
    isUnread &&
      h(
        "span",
        { class: channel.isMentioned ? "count mentioned" : "count" },
        String(Math.min(channel.unread, 99)),
      ),
  );
}

const sigil = (channel) => ({ im: "@", group: icon("lock"), channel: "#" })[channel.kind];
