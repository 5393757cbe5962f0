/** The modal that an app put before this person: shown, filled in, submitted, with problems at their inputs. */
import { renderBlocks } from "./blocks.js";
import { field, valueOf } from "./fields.js";
import { h } from "./dom.js";
import { dialogTitle } from "./menu.js";
import { act } from "./server.js";

/** @typedef {{ render: (block: any, hands: any) => Element }} Inputs */

let shown;

/** Shows this view, or takes the modal away; an unchanged view keeps what was typed into it. */
export function showModal(view, me) {
  const version = view && JSON.stringify([view.id, view.hash]);
  if (view !== undefined && shown?.version === version) return showErrors(view.errors);
  const kept = shown?.view.id === view?.id ? values() : {};
  shown?.dialog.remove();
  shown = undefined;
  if (view === undefined) return;
  shown = { version, view, fields: new Map(), busy: false };
  shown.dialog = dialogOf(view, me);
  restore(kept);
  document.body.append(shown.dialog);
  shown.dialog.showModal();
  shown.dialog.querySelector(".field, .group input")?.focus();
  showErrors(view.errors);
}

function dialogOf(view, me) {
  const close = () => void act(me, { kind: "close", viewId: view.id });
  const form = h(
    "form",
    { novalidate: true },
    dialogTitle("modal-title", view.title.text, close),
    h(
      "div",
      { class: "content" },
      h("p", { class: "problem general", role: "alert", hidden: true }),
      renderBlocks(view.blocks, handsOf(view, me)),
    ),
    h(
      "footer",
      {},
      h(
        "button",
        { type: "button", class: "button", onclick: close },
        view.close?.text ?? (view.submit ? "Cancel" : "Close"),
      ),
      view.submit && h("button", { type: "submit", class: "button primary" }, view.submit.text),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(view, me);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
  });
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "modal-title" }, form);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  return dialog;
}

/** What buttons inside the modal do: they tell the app, with what is filled in so far. */
const handsOf = (view, me) => ({
  focus: view.id,
  inputs: { render: inputBlock },
  press: (element, block, value) =>
    void act(me, {
      kind: "click-in-modal",
      actionId: element.action_id,
      blockId: block.block_id,
      ...(value !== undefined && { value: Array.isArray(value) ? value.join(",") : value }),
      values: values(),
    }),
});

let ids = 0;
function inputBlock(block, hands) {
  const id = `input-${(ids += 1)}`;
  const input = field(block.element);
  if (input === undefined)
    return h("p", { class: "muted" }, `(${block.element.type} is not shown here)`);
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-problem`);
  input.removeAttribute("aria-label");
  if (input.classList.contains("group")) input.setAttribute("aria-label", block.label.text);
  if (block.dispatch_action === true)
    input.addEventListener("change", () => hands.press(block.element, block, valueOf(input)));
  const problem = h("p", { class: "problem", id: `${id}-problem`, role: "alert", hidden: true });
  shown.fields.set(block.block_id, { input, problem });
  return h(
    "div",
    { class: "block input" },
    h(
      "label",
      { for: id },
      block.label.text,
      block.optional === true && h("span", { class: "muted" }, " (optional)"),
    ),
    input,
    block.hint && h("p", { class: "hint" }, block.hint.text),
    problem,
  );
}

async function submit(view, me) {
  if (shown === undefined || shown.busy) return;
  shown.busy = true;
  shown.dialog.classList.add("busy");
  const { dialog } = shown;
  const result = await act(me, { kind: "submit", viewId: view.id, values: values() });
  if (shown !== undefined) shown.busy = false;
  dialog.classList.remove("busy");
  if (!result.ok) showErrors({ "": result.what });
}

const values = () =>
  Object.fromEntries([...(shown?.fields ?? [])].map(([id, { input }]) => [id, valueOf(input)]));

function restore(kept) {
  for (const [id, value] of Object.entries(kept)) {
    const input = shown.fields.get(id)?.input;
    if (input === undefined) continue;
    if (!input.classList.contains("group")) input.value = value;
    else
      for (const each of input.querySelectorAll("input"))
        each.checked = [value].flat().includes(each.value);
  }
}

function showErrors(errors) {
  const general = shown.dialog.querySelector(".general");
  general.textContent = errors[""] ?? "";
  general.hidden = errors[""] === undefined;
  for (const [id, { input, problem }] of shown.fields) {
    problem.textContent = errors[id] ?? "";
    problem.hidden = errors[id] === undefined;
    input.toggleAttribute("aria-invalid", errors[id] !== undefined);
  }
  const first = [...shown.fields].find(([id]) => errors[id] !== undefined);
  first?.[1].input.focus();
}
