import assert from "node:assert/strict";
import { it } from "node:test";
import { isAboutTrouble } from "../../src/message/trouble-words.ts";

const troubled = [
  "what now?",
  "what should we do?",
  "any ideas",
  "look again",
  "why",
  "next steps please",
  "checkout is slow",
  "it is back",
  "is it down?",
  "still fine?",
  "status code 500 everywhere",
  "boarding passes cannot be printed",
  "the error rate climbs",
  "timeouts in eu",
  "we restarted the pods and nothing",
  "pods are crashlooping, p99 through the roof",
];

const elsewhere = [
  "flibber the wug",
  "is it aliens?",
  "sing me a song",
  "who ordered pizza?",
  "lorem ipsum dolor",
  "chagnes",
  "asdf",
  "was ist los",
];

for (const words of troubled)
  it(`"${words}" is about the trouble`, () => assert.equal(isAboutTrouble(words), true));
for (const words of elsewhere)
  it(`"${words}" is not known to be`, () => assert.equal(isAboutTrouble(words), false));
