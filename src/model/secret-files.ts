/** Files that hold what nobody should paste, by their names: none is read for a model, and no command that names one is shown. */

/** Of one part of a path. */
const names = [
  String.raw`\.env.*`,
  String.raw`.+\.env(?:[._-].*)?`,
  String.raw`.+\.(?:key|pem|p12|pfx|p8|jks|keystore|kdbx|ppk|gpg|tfvars|tfstate)(?:[.~_-].*)?`,
  String.raw`\.?secrets?(?:[._-].*)?`,
  String.raw`.+[._-]secrets?(?:\..*)?`,
  String.raw`.*credentials?(?:[._-].*)?`,
  String.raw`.*passw(?:or)?ds?(?:[._-].*)?`,
  String.raw`(?:.*[._-])?(?:private|api|access|signing|encryption|master)[._-]?keys?(?:[._-].*)?`,
  String.raw`(?:.+[._-])?tokens?\.(?:txt|json|ya?ml)`,
  String.raw`.*service[._-]?account.*\.json`,
  String.raw`\.(?:npmrc|yarnrc|yarnrc\.yml|pypirc|pgpass|my\.cnf|mylogin\.cnf|dockercfg|dockerconfigjson|boto|s3cfg)`,
  String.raw`[._]netrc`,
  String.raw`\.(?:docker|kube|ssh|aws|azure|gnupg)`,
  String.raw`(?:.*[._-])?kubeconfig(?:[._-].*)?`,
  String.raw`\.?vault[._-]?(?:pass|token).*`,
  String.raw`id_(?:rsa|dsa|ecdsa|ed25519).*`,
];
const secretName = new RegExp(`^(?:${names.join("|")})$`, "i");
/** Keys are called so after what they are for; in a statement it is a column. */
const bareKey = /^id_[^.]+$/i;

/** Of a repository. */
export function isSecretPath(path: string): boolean {
  const parts = path.split("/");
  return parts.some((part) => secretName.test(part)) || bareKey.test(parts.at(-1) ?? "");
}

/** Among the words of a command. */
export function namesSecretFile(command: string): boolean {
  return command.split(/[\s"'`=;|&()<>,:{}[\]/\\]+/).some((word) => secretName.test(word));
}
