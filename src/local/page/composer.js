/** Where a person types: Enter sends, Shift+Enter breaks the line, files attach. */
import { h, tellPerson } from "./dom.js";
import { icon } from "./icons.js";
import { suggestions } from "./suggestions.js";

/**
 * @typedef {{ ok: boolean, what?: string }} Done
 * @param {{ label: string, say: (text: string) => Promise<Done>, attach: (file: File) => Promise<Done>,
 *   commands: () => readonly any[], people: () => readonly any[] }} how
 */
export function composer(how) {
  const box = h("textarea", {
    class: "typing",
    rows: "1",
    placeholder: how.label,
    "aria-label": how.label,
    "aria-autocomplete": "list",
    "data-focus": how.label,
  });
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
    button.disabled = box.value.trim() === "";
  };
  const send = () => void sendText(box, grow, how);
  const button = h(
    "button",
    { type: "button", class: "button primary send", disabled: true, onclick: send },
    "Send",
  );
  const offered = suggestions(box, how);
  box.addEventListener("input", () => {
    grow();
    offered.refresh();
  });
  box.addEventListener("blur", () => setTimeout(offered.hide, 150));
  box.addEventListener("keydown", (event) => {
    if (offered.take(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  return h(
    "div",
    { class: "composer" },
    offered.list,
    h("div", { class: "frame" }, attachButton(how), box, button),
  );
}

/** Sends what is in the box; what could not be sent comes back into it. */
async function sendText(box, grow, how) {
  const text = box.value;
  if (text.trim() === "") return;
  box.value = "";
  grow();
  const result = await how.say(text);
  if (result.ok) return;
  tellPerson(result.what);
  if (box.value === "") box.value = text;
  grow();
}

function attachButton(how) {
  const picker = h("input", { type: "file", hidden: true, tabindex: "-1" });
  picker.addEventListener("change", async () => {
    for (const file of picker.files) {
      const result = await how.attach(file);
      if (!result.ok) tellPerson(result.what);
    }
    picker.value = "";
  });
  const label = { "aria-label": "Attach a file", title: "Attach a file" };
  return h(
    "button",
    { type: "button", class: "icon", ...label, onclick: () => picker.click() },
    icon("clip"),
    picker,
  );
}
