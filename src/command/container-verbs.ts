/** What the first words of Kubernetes' and containers' programs do. */

export interface Verbs {
  /** Options before or between the words that take a value. */
  readonly valued?: string;
  /** "get", "rollout status": the first words that are no options, parted by ";". */
  readonly reading: string;
  readonly changing: string;
  /** With these even a reading verb writes or runs something. */
  readonly except?: string;
  /** Long names behind a single dash. */
  readonly isWhole?: boolean;
}

const containers = {
  valued:
    "-H --host --context --config -l --log-level -f --file -p --project-name --format --filter -n --tail --since --until -c --connection",
  reading:
    "ps;logs;inspect;images;stats;top;version;info;events;port;diff;history;search;container ls;container list;container ps;container inspect;container logs;container top;container stats;container port;container diff;image ls;image list;image inspect;image history;network ls;network inspect;volume ls;volume inspect;system df;system info;system events;compose ps;compose logs;compose config;compose top;compose images;compose ls;compose version;service ls;service ps;service logs;service inspect;node ls;node ps;node inspect;stack ls;stack ps;stack services;context ls;context show;manifest inspect;healthcheck",
  changing:
    "run;rm;rmi;stop;start;restart;kill;pause;unpause;build;pull;push;create;commit;cp;rename;tag;update;load;save;import;export;login;logout;attach;wait;system prune;container rm;container stop;container start;container restart;container kill;container prune;container update;image rm;image prune;image pull;network rm;network create;network connect;network disconnect;network prune;volume rm;volume create;volume prune;compose up;compose down;compose restart;compose stop;compose start;compose kill;compose rm;compose pull;compose build;compose run;compose scale;service update;service scale;service rm;service create;service rollback;node update;node rm;stack deploy;stack rm;swarm;secret;config;plugin;context use",
  except: "-o --output",
} as const;

export const containerVerbs: Readonly<Record<string, Verbs>> = {
  kubectl: {
    valued:
      "-n --namespace --context --kubeconfig -s --server --cluster --user --token --as --as-group --request-timeout -l --selector -o --output -c --container --tail --since --since-time --field-selector --sort-by -f --filename -k --kustomize --timeout --for --revision -v --replicas --type -p --patch --image --limit-bytes --max-log-requests --pod-running-timeout --to-revision --grace-period -L --label-columns",
    reading:
      "get;describe;logs;log;top;explain;api-resources;api-versions;version;cluster-info;diff;events;auth can-i;auth whoami;config view;config current-context;config get-contexts;config get-clusters;rollout status;rollout history;wait;options;kustomize;completion;plugin list;tree;stern;argo rollouts get;view-allocations;neat",
    changing:
      "apply;create;delete;edit;patch;replace;scale;autoscale;set;label;annotate;taint;drain;cordon;uncordon;run;expose;rollout restart;rollout undo;rollout pause;rollout resume;cp;attach;debug;certificate;config set-context;config use-context;config set;config unset;config delete-context;config set-credentials;cluster-info dump --output-directory;auth reconcile;evict;replace-all",
    except: "--output-directory",
  },
  helm: {
    valued:
      "-n --namespace --kube-context --kubeconfig --revision -o --output --version -f --values --set --max",
    reading:
      "list;ls;status;get;get values;get manifest;get notes;get hooks;get all;history;hist;show;version;search;template;diff;lint;env;repo list;dependency list",
    changing:
      "install;upgrade;uninstall;delete;rollback;repo add;repo remove;repo update;push;package;test;pull;plugin;dependency update",
    except: "--post-renderer --output-dir",
  },
  docker: containers,
  podman: containers,
  nerdctl: containers,
  "docker-compose": {
    valued: "-f --file -p --project-name --tail --since",
    reading: "ps;logs;config;top;images;ls;version;events;port",
    changing: "up;down;restart;stop;start;kill;rm;pull;build;run;scale;pause;unpause;create;push",
  },
  crictl: {
    valued: "-r --runtime-endpoint -o --output --name --tail",
    reading: "ps;pods;logs;inspect;inspectp;images;inspecti;stats;statsp;info;version;imagefsinfo",
    changing: "rm;rmp;rmi;stop;stopp;start;run;runp;create;pull;update;attach;config",
  },
  ctr: {
    valued: "-n --namespace -a --address",
    reading:
      "containers ls;containers list;containers info;images ls;tasks ls;version;c ls;i ls;t ls",
    changing: "containers rm;images rm;images pull;tasks kill;tasks rm;run",
  },
};
