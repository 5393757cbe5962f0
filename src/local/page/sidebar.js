/** The list of channels and direct conversations, with what is unread, and the way to a new channel. */
import { h, tellPerson } from "./dom.js";
import { act } from "./server.js";
import { names } from "./text.js";

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
          onclick: () => newChannel(open),
        },
        "+",
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

export const sigil = (channel) => ({ im: "●", group: "🔒︎", channel: "#" })[channel.kind];

function newChannel(open) {
  const name = h("input", {
    class: "field",
    id: "channel-name",
    autocomplete: "off",
    maxlength: "80",
    placeholder: "inc-1-checkout",
  });
  const hidden = h("input", { type: "checkbox" });
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const create = async (event) => {
    event.preventDefault();
    const wanted = name.value.trim().toLowerCase().replace(/^#/, "").replace(/\s+/g, "-");
    const made = await act(names.me, { kind: "create", name: wanted, isPrivate: hidden.checked });
    problem.hidden = made.ok;
    problem.textContent = made.what ?? "";
    if (!made.ok) return;
    dialog.close();
    open(made.channel);
  };
  const dialog = h(
    "dialog",
    { class: "dialog small", "aria-labelledby": "new-channel-title" },
    h(
      "form",
      { onsubmit: (event) => create(event).catch(() => tellPerson("That did not work.")) },
      h(
        "header",
        {},
        h("h2", { id: "new-channel-title" }, "New channel"),
        h(
          "button",
          { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() },
          "✕",
        ),
      ),
      h(
        "div",
        { class: "content" },
        h(
          "div",
          { class: "block input" },
          h("label", { for: "channel-name" }, "Name"),
          name,
          h(
            "p",
            { class: "hint" },
            "Hindsight joins by itself when the name matches its pattern for incidents, inc-… for instance. Elsewhere, invite it with /invite @hindsight.",
          ),
          problem,
        ),
        h(
          "div",
          { class: "group" },
          h("label", {}, hidden, h("span", {}, "Private: only members see it")),
        ),
      ),
      h(
        "footer",
        {},
        h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
        h("button", { type: "submit", class: "button primary" }, "Create"),
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}
