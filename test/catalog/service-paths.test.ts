import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fixedPart, onlyServiceOf, touches } from "../../src/catalog/service-paths.ts";

const service = (name: string, ...paths: string[]) => ({ name, paths });

describe("the paths of a service", () => {
  const cases: readonly (readonly [path: string, file: string, isTouched: boolean])[] = [
    ["services/checkout/**", "services/checkout/src/a.ts", true],
    ["services/checkout/**", "services/checkout-ui/a.ts", false],
    ["services/checkout", "services/checkout/a.ts", true],
    ["./services/checkout/", "services/checkout/a.ts", true],
    ["**/*.proto", "api/v1/shop.proto", true],
    ["**/*.proto", "shop.proto", true],
    ["lib/*.ts", "lib/deep/a.ts", false],
    ["lib/?.ts", "lib/a.ts", true],
    ["a.b/**", "aXb/c", false],
  ];
  for (const [path, file, isTouched] of cases) {
    it(`${path} ${isTouched ? "holds" : "does not hold"} ${file}`, () => {
      assert.equal(touches(service("x", path), [file]), isTouched);
    });
  }

  it("are the whole repository where none are given", () => {
    assert.equal(touches(service("x"), ["anything"]), true);
    assert.equal(touches(service("x"), []), false);
  });

  it("name the one service that a change touches, and none where it touches several", () => {
    const services = [service("a", "a/**", "lib/**"), service("b", "b/**", "lib/**")];
    assert.equal(onlyServiceOf(services, ["a/x", "docs/y"]), "a");
    assert.equal(onlyServiceOf(services, ["lib/x"]), undefined);
    assert.equal(onlyServiceOf(services, ["docs/y"]), undefined);
  });

  it("have a part before the first wildcard, by which a server can be asked", () => {
    assert.equal(fixedPart("services/checkout/**"), "services/checkout");
    assert.equal(fixedPart("services/*/src"), "services");
    assert.equal(fixedPart("**/*.proto"), "");
    assert.equal(fixedPart("./lib/"), "lib");
  });
});
