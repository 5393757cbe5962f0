import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePlaybook } from "../../src/playbook/parse.ts";

const good = `steps:
  - id: restart-cart
    role: fix
    title: Restart {service}
    plainTitle: Restart the cart
    question: Is it a state that the process is in?
    mechanism: runtime
    ways:
      - command: systemctl restart cart
        undo: Nothing to undo.
    expect:
      ifSo: It is well.
      ifNot: It is something else.
    minutes: 4
    risk: disruptive
    priors: { "*": 0.1 }
    boosts:
      - { when: { flag: deploy }, odds: 2 }
    doneWords: [restarted]
`;

const read = (text: string) => parsePlaybook([{ path: "team/cart.yaml", text }]);

test("a step is read as it is written", () => {
  const { steps, errors } = read(good);
  assert.deepEqual(errors, []);
  assert.deepEqual(steps, [
    {
      id: "restart-cart",
      role: "fix",
      title: "Restart {service}",
      plainTitle: "Restart the cart",
      question: "Is it a state that the process is in?",
      mechanism: "runtime",
      ways: [{ command: "systemctl restart cart", undo: "Nothing to undo." }],
      expect: { ifSo: "It is well.", ifNot: "It is something else." },
      minutes: 4,
      risk: "disruptive",
      priors: { "*": 0.1 },
      boosts: [{ when: { flag: "deploy" }, odds: 2 }],
      doneWords: ["restarted"],
    },
  ]);
});

test("what people did may be told by kinds of deed", () => {
  const told = "    doneWords: [restarted]\n    told: [{ verbs: [restart], of: [carts?] }]";
  const { steps, errors } = read(good.replace("    doneWords: [restarted]", told));
  assert.deepEqual(errors, []);
  assert.deepEqual(steps[0]?.told, [{ verbs: ["restart"], of: ["carts?"] }]);
});

const mistakes: readonly (readonly [
  why: string,
  from: string,
  to: string,
  line: number,
  words: RegExp,
])[] = [
  [
    "an unknown kind of deed",
    "doneWords: [restarted]",
    "told: [{ verbs: [restrat], of: [carts?] }]",
    19,
    /unknown value "restrat"; did you mean "restart"/,
  ],
  [
    "a thing that is no regular expression",
    "doneWords: [restarted]",
    "told: [{ verbs: [restart], of: ['carts(?'] }]",
    19,
    /told\[0\]\.of\[0\]: .* is not a regular expression/,
  ],
  [
    "an unknown risk",
    "risk: disruptive",
    "risk: mild",
    15,
    /unknown value "mild"; write one of read-only/,
  ],
  ["an unknown mechanism", "mechanism: runtime", "mechanism: runtme", 7, /did you mean "runtime"/],
  ["a misspelt key", "plainTitle:", "plainTitel:", 5, /did you mean "plainTitle"/],
  [
    "an id that is no verb-object",
    "id: restart-cart",
    "id: Restart",
    2,
    /write one such as roll-back-deploy/,
  ],
  [
    "a fix without undo",
    "        undo: Nothing to undo.\n",
    "",
    9,
    /fix without undo; add how to undo it/,
  ],
  ["a check with undo", "role: fix", "role: check", 10, /a check changes nothing/],
  ["an unknown placeholder", "restart cart", "restart {servce}", 9, /did you mean "\{service\}"/],
  [
    "an unknown placeholder in the undo",
    "Nothing to undo.",
    "Undo {it}.",
    10,
    /unknown placeholder "\{it\}"/,
  ],
  [
    "an unknown placeholder in what to expect",
    "It is well.",
    "Well is {x}.",
    12,
    /unknown placeholder "\{x\}"/,
  ],
  [
    "a placeholder in the plain title",
    "Restart the cart",
    "Restart {service}",
    5,
    /holds a placeholder/,
  ],
  ["a chance above 1", '{ "*": 0.1 }', '{ "*": 10 }', 16, /the most is 1/],
  ["no chance for the rest", '{ "*": 0.1 }', "{ latency: 0.1 }", 16, /has no "\*"; add it/],
  ["an unknown symptom", '{ "*": 0.1 }', '{ "*": 0.1, slow: 1 }', 16, /slow/],
  ["an empty boost", "{ flag: deploy }", "{}", 18, /name a shiftedKind, a flag or a logWord/],
  ["an impossible boost", "odds: 2", "odds: 200", 18, /the most is 20/],
  ["no minutes", "    minutes: 4\n", "", 2, /minutes: is missing; add it/],
  ["a pattern that is none", "[restarted]", '["re(start"]', 19, /not a regular expression/],
  ["a pattern that matches everything", "[restarted]", '["(abc)?"]', 19, /matches the empty text/],
  ["a pattern without an end", "[restarted]", '["(a+)+b"]', 19, /can take for ever/],
  ["no steps", "steps:", "stps:", 1, /did you mean "steps"/],
  ["broken YAML", "title: Restart {service}", "title: a: b", 4, /not YAML/],
];

for (const [why, from, to, line, words] of mistakes) {
  test(`a step with ${why} is left out, and file, line and mend are told`, () => {
    const text = good.replace(from, to);
    assert.notEqual(text, good);
    const { steps, errors } = read(text);
    assert.deepEqual(steps, []);
    const found = errors.find((error) => words.test(error.message));
    assert.ok(found, JSON.stringify(errors));
    assert.deepEqual([found.path, found.line], ["team/cart.yaml", line]);
  });
}

test("a step that cannot be undone may go without an undo", () => {
  const text = good
    .replace("        undo: Nothing to undo.\n", "")
    .replace("disruptive", "irreversible");
  assert.equal(read(text).steps.length, 1);
});

test("a team's step cannot take a built-in step's place", () => {
  const { steps, errors } = parsePlaybook([
    { path: "playbook/a.yaml", text: good },
    { path: "team/b.yaml", text: good.replace("Restart {service}", "Kick {service}") },
  ]);
  assert.deepEqual(
    steps.map((step) => step.title),
    ["Restart {service}"],
  );
  assert.equal(errors[0]?.path, "team/b.yaml");
  assert.match(
    errors[0]?.message ?? "",
    /restart-cart is already in playbook\/a.yaml:2; give this one another id/,
  );
});

test("one bad step does not take the others with it", () => {
  const second = good.replace("steps:\n", "").replace("restart-cart", "kick-cart");
  const { steps, errors } = read(good.replace("risk: disruptive", "risk: mild") + second);
  assert.deepEqual(
    steps.map((step) => step.id),
    ["kick-cart"],
  );
  assert.match(errors[0]?.message ?? "", /^step restart-cart, risk: /);
});

test("more than 500 steps are too many, and the surplus is named", () => {
  const step = good.replace("steps:\n", "");
  const many = Array.from({ length: 501 }, (_, n) => step.replace("restart-cart", `restart-c${n}`));
  const { steps, errors } = read(`steps:\n${many.join("")}`);
  assert.equal(steps.length, 500);
  assert.match(errors[0]?.message ?? "", /step restart-c500 is one more than 500/);
});
