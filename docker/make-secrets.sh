#!/bin/sh
# Makes the secrets that docker-compose.yml hands to its services. What is there already is kept.
set -eu
cd "$(dirname "$0")/.."

chance() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; }

mkdir -p secrets
chmod 700 secrets
printf '*\n' > secrets/.gitignore

make() {
  [ -s "secrets/$1" ] && return
  printf '%s\n' "$2" > "secrets/$1"
  # Containers read their secret under their own user; on the host the folder keeps others out.
  chmod 644 "secrets/$1"
}

for role in postgres app_owner app_web valkey; do
  make "${role}_password" "$(chance)"
done
make secret_key "$(chance)$(chance)"
make field_keys "first:$(chance)"
