#!/bin/bash
# Says what is missing to run containers and ends with 4; "compose" as argument asks for docker compose too.
missing() {
  echo "$1" >&2
  echo "Without containers: make run serves the simulator alone." >&2
  exit 4
}

command -v docker > /dev/null || missing "docker is not on the PATH: see https://docs.docker.com/engine/install/"
[[ ${1:-} != compose ]] || docker compose version > /dev/null 2>&1 || missing "docker has no compose plugin: see https://docs.docker.com/compose/install/"
docker info > /dev/null 2>&1 || missing "No docker engine answers: start it, or set DOCKER_HOST."
