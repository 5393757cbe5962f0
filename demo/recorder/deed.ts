/** What is done to the shop in a recording. */

import type { EditName } from "./edits.ts";
import type { FlagName, ServiceName } from "./shop.ts";

export type Deed =
  | { readonly kind: "commit"; readonly edit: EditName }
  | { readonly kind: "deploy"; readonly service: ServiceName }
  /** The newest commit runs beside the version before, each with its share of the calls. */
  | { readonly kind: "deploy-beside"; readonly service: ServiceName }
  /** A commit to config/<service>.json, live at once by SIGHUP. */
  | { readonly kind: "configure"; readonly service: ServiceName; readonly edit: EditName }
  | {
      readonly kind: "set-flag";
      readonly flag: FlagName;
      readonly on: boolean;
      readonly service: ServiceName;
    }
  | { readonly kind: "make-provider-ill" }
  | { readonly kind: "surge" }
  | { readonly kind: "roll-back"; readonly service: ServiceName }
  | { readonly kind: "revert"; readonly service: ServiceName; readonly edit: EditName }
  /** One more process of what runs. */
  | { readonly kind: "scale-out"; readonly service: ServiceName };

export function commit(edit: EditName): Deed {
  return { kind: "commit", edit };
}

export function deploy(service: ServiceName): Deed {
  return { kind: "deploy", service };
}

export function configure(service: ServiceName, edit: EditName): Deed {
  return { kind: "configure", service, edit };
}

export function setFlag(service: ServiceName, flag: FlagName, on: boolean): Deed {
  return { kind: "set-flag", service, flag, on };
}

/** For whoever watches the recording. */
export function told(deed: Deed): string {
  switch (deed.kind) {
    case "commit":
      return `commit ${deed.edit}`;
    case "deploy":
    case "deploy-beside":
    case "roll-back":
    case "scale-out":
      return `${deed.kind} ${deed.service}`;
    case "configure":
    case "revert":
      return `${deed.kind} ${deed.service}: ${deed.edit}`;
    case "set-flag":
      return `${deed.flag} ${deed.on ? "on" : "off"}`;
    case "make-provider-ill":
      return "the provider falls ill";
    case "surge":
      return "customers come in crowds";
  }
}
