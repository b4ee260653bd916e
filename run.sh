#!/bin/sh
# Finds Python 3.11 to 3.14, or has Debian's apt install it, and hands over: ./run.sh run | test
find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
            2>/dev/null && return
    done
    return 1
}
here=$(dirname -- "$0")
if ! find_python; then
    install='apt-get install --yes --no-install-recommends python3 python3-venv'
    as_root=none
    if [ "$(id -u)" = 0 ]; then as_root=
    elif sudo -n true 2>/dev/null; then as_root='sudo -n'
    elif [ -t 0 ] && command -v sudo >/dev/null; then as_root=sudo
    fi
    if [ "$as_root" != none ] && command -v apt-get >/dev/null; then
        echo 'Installing Python ...'
        $as_root apt-get update >>"$here/setup.log" 2>&1
        $as_root env DEBIAN_FRONTEND=noninteractive $install >>"$here/setup.log" 2>&1 ||
            tail -n 15 "$here/setup.log" >&2
    fi
    if ! find_python; then
        echo "Python 3.11 to 3.14 is needed. On Debian or Ubuntu: sudo $install" >&2
        exit 1
    fi
fi
exec "$python" "$here/dev.py" "$@"
