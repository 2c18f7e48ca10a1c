#!/bin/sh
# Starts the program for this computer's processor.
cd "$(dirname "$0")" || exit 1
case "$(uname -m)" in
  arm64) exec ./RescueApplet-arm64 "$@" ;;
  *) exec ./RescueApplet-x64 "$@" ;;
esac
