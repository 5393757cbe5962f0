/** Programs by name: those that only read, those that change something, and those that differ by their options. */

export const list = (names: string): string[] => names.split(" ").filter((name) => name !== "");

/** Whatever their options. */
export const reading = list(
  "ls cat head tail grep egrep fgrep zgrep zcat bzcat xzcat wc cut tr nl fold tac rev od hexdump strings stat " +
    "readlink realpath basename dirname pwd whoami id groups who w last lastlog uptime uname free df du vmstat iostat mpstat " +
    "pidstat ps pgrep pstree lsof netstat ifstat nstat lsblk blkid findmnt lscpu lsmem lspci lsusb lsmod nslookup host " +
    "getent whois ping ping6 traceroute tracepath echo test [ true false : sleep printenv type which whereis diff cmp comm " +
    "md5sum sha1sum sha256sum sha512sum cksum base64 base32 jq seq numfmt paste join column expand unexpand cal nproc " +
    "arch locale tty getconf cd pushd popd wait jobs pg_isready jps jstat jstack htop iotop iftop nethogs slabtop " +
    "numastat smem pmap dig drill pidof runlevel errno namei sum look break continue " +
    "return exit set shopt times getopts let shift mtr lslocks lsns lsipc ipcs cgget systemd-cgls systemd-cgtop " +
    "klist",
);

export const changing = list(
  "rm rmdir mv cp ln mkdir touch chmod chown chgrp chattr setfacl dd mkfs mke2fs mkswap fdisk parted sfdisk umount kill " +
    "pkill killall reboot shutdown halt poweroff init telinit swapoff swapon truncate shred fallocate unlink install patch " +
    "useradd userdel usermod groupadd groupdel passwd chpasswd at batch apt apt-get dpkg yum dnf rpm apk pacman zypper snap " +
    "brew pip pip3 npm yarn pnpm gem cargo make scp rsync sftp ftp mknod mkfifo wipefs lvremove lvextend lvcreate vgremove " +
    "pvremove resize2fs xfs_growfs fsck e2fsck tune2fs setenforce setsebool insmod rmmod modprobe depmod renice chcpu " +
    "taskset chrt update-grub grub-install dropdb createdb pg_restore pg_resetwal pg_ctl pg_ctlcluster pg_rewind vacuumdb " +
    "reindexdb mysqlimport mongorestore ansible-playbook split csplit logrotate fstrim blkdiscard hdparm mdadm zfs cfdisk " +
    "ipvsadm conntrack wall write tee unzip gzip gunzip bzip2 xz zip cpio",
);

/** Reads, unless one of these options is there. */
export const unless: Readonly<Record<string, readonly [options: string, valued?: string]>> = {
  sort: ["-o --output --compress-program", "-k -t -S -T --key --field-separator"],
  uniq: [""],
  date: ["-s --set", "-d --date -f -r"],
  dmesg: [
    "-C -c -n -D -E --clear --read-clear --console-level --console-off --console-on",
    "-l -f",
  ],
  journalctl: [
    "--rotate --vacuum-size --vacuum-time --vacuum-files --flush --sync --relinquish-var --update-catalog --setup-keys",
    "-u -n -p -t -S -U -o -b -D --unit --since --until --lines --priority --output --identifier",
  ],
  top: [""],
  less: ["-o -O --log-file --LOG-FILE"],
  fuser: ["-k --kill"],
  ss: ["-K --kill", "-f -A"],
  tcpdump: ["-w -z -W", "-i -c -s -n -r -G -C -B -y"],
  strace: ["-o --output"],
  hostname: ["-F -b --file"],
  sar: ["-o"],
  perf: [""],
  rg: ["--pre"],
  more: [""],
  file: ["-C --compile"],
  iconv: ["-o --output"],
  tree: ["-o -R", "-L -P -I"],
  ncdu: ["-o -f"],
  atop: ["-w"],
  dstat: ["--output"],
  sensors: ["-s --set"],
  nfsstat: ["-z"],
  xxd: [""],
  arp: ["-d -s -f --delete --set --file"],
  "systemd-cgls": [""],
  "systemd-cgtop": [""],
  ethtool: [""],
  resolvectl: [""],
  ltrace: ["-o --output"],
  yq: ["-i --inplace -s --split-exp"],
  env: [""],
  route: [""],
  lsattr: [""],
  nc: [""],
  bc: [""],
  promtool: [""],
  jmap: [""],
  "kafka-topics.sh": [
    "--create --delete --alter",
    "--bootstrap-server --topic --command-config --zookeeper",
  ],
  "kafka-consumer-groups.sh": [
    "--reset-offsets --delete --delete-offsets --execute",
    "--bootstrap-server --group --command-config --topic",
  ],
  "kafka-log-dirs.sh": [""],
  mongostat: [""],
  mongotop: [""],
  "nvidia-smi": ["-r --gpu-reset -pm -pl -lgc -rgc -c -e -p -mig -ac -rac -am"],
};

/** Variables that a program may be given, and still does nothing but what its words say. */
export const harmless =
  /^(?:TZ|LANG|LANGUAGE|LC_[A-Z]+|TERM|NO_COLOR|CLICOLOR(?:_FORCE)?|FORCE_COLOR|COLUMNS|LINES|(?:HTTP|HTTPS|NO)_PROXY|https?_proxy|no_proxy|KUBECONFIG|KUBE_CONTEXT|NAMESPACE|HELM_(?:NAMESPACE|KUBECONTEXT)|AWS_(?:PROFILE|REGION|DEFAULT_REGION|DEFAULT_OUTPUT)|CLOUDSDK_(?:CORE_PROJECT|COMPUTE_(?:ZONE|REGION))|DOCKER_(?:HOST|CONTEXT)|PG(?:HOST|HOSTADDR|PORT|USER|DATABASE|PASSWORD|PASSFILE|APPNAME|CONNECT_TIMEOUT|SSLMODE|TZ)|MYSQL_PWD|REDISCLI_AUTH|ETCDCTL_(?:API|ENDPOINTS)|VAULT_(?:ADDR|NAMESPACE)|CONSUL_HTTP_ADDR|NOMAD_ADDR|(?:PROMETHEUS|LOKI)_(?:URL|ADDR)|RABBITMQ_NODENAME|SYSTEMD_COLORS|GOGC|RUST_BACKTRACE)$/;

/** Variables that decide what other programs run or load. */
export const powerful =
  /^(?:PATH|\w*_DIFF|IFS|ENV|BASH_ENV|SHELLOPTS|PROMPT_COMMAND|PS4|LD_\w+|DYLD_\w+|GIT_\w+|\w*PAGER|\w*EDITOR|VISUAL|BROWSER|LESS\w*|PYTHON\w+|PERL5\w+|RUBY\w+|NODE_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MANPATH|TERMINFO|HOME|SHELL|PSQLRC|PGSERVICEFILE|CURL_HOME|KUBE_EDITOR|DOCKER_CONFIG)$/;
