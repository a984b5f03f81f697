#!/bin/sh
# contained.sh <root> <folder of the image> <its place> <kit> <user> <group> <command…>, below `unshare --mount`: runs a command
# as a container does whose root is read-only: of this machine it sees Node and its libraries, and it writes to /tmp alone.
set -e
root=$1 image=$2 place=$3 kit=$4 user=$5 group=$6
shift 6
mount -t tmpfs -o mode=755 none "$root"
mkdir -p "$root/usr" "$root/etc" "$root/proc" "$root/dev" "$root/tmp" "$root/kit" "$root$place"
for name in bin lib lib64; do
  [ ! -L "/$name" ] || ln -s "$(readlink "/$name")" "$root/$name"
done
mount --bind /usr "$root/usr"
mount --bind /etc "$root/etc"
mount --bind "$kit" "$root/kit"
mount --bind "$image" "$root$place"
for folder in usr etc kit "$place"; do
  mount -o remount,ro,bind "$root/$folder"
done
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 none "$root/tmp"
mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid "$user" --regid "$group" --clear-groups --no-new-privs --bounding-set=-all \
  sh -c 'cd "$0" && exec "$@"' "$place" "$@"
