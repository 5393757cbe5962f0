/** Asks for the name of a new channel and makes it. */
import { h } from "./dom.js";
import { dialogTitle } from "./menu.js";
import { act } from "./server.js";
import { names } from "./text.js";

/** @param {(channel: string) => void} open called with the channel that was made */
export function askNewChannel(open) {
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
    form({ name, hidden, problem }, { create, cancel: () => dialog.close() }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}

function form({ name, hidden, problem }, { create, cancel }) {
  const hint =
    "Hindsight joins by itself when the name looks like an incident, such as inc-1-checkout. " +
    "Elsewhere, invite it with /invite @hindsight.";
  return h(
    "form",
    { onsubmit: (event) => void create(event) },
    dialogTitle("new-channel-title", "New channel", cancel),
    h(
      "div",
      { class: "content" },
      h(
        "div",
        { class: "block input" },
        h("label", { for: "channel-name" }, "Name"),
        name,
        h("p", { class: "hint" }, hint),
        problem,
      ),
      h(
        "div",
        { class: "group last" },
        h("label", {}, hidden, h("span", {}, "Private: only members see it")),
      ),
    ),
    h(
      "footer",
      {},
      h("button", { type: "button", class: "button", onclick: cancel }, "Cancel"),
      h("button", { type: "submit", class: "button primary" }, "Create"),
    ),
  );
}
