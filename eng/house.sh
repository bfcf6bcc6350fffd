#!/usr/bin/env bash
# Counts what docs/decisions/0009 compares. Run it in a working tree; for an earlier state: git worktree add /tmp/before COMMIT, and run it there.
set -euo pipefail
echo "| Package | Files | Lines | Internal interfaces with one implementation |"
echo "|---|---|---|---|"
for package in Common McpOptimizer.Core McpOptimizer.PostgreSql ToolHive.Client Coder.Client Fleet.Metadata Horreum.Client; do
  files=$(git ls-files "src/$package/*.cs" | wc -l)
  lines=$({ git ls-files -z "src/$package/*.cs" | xargs -0 -r cat; } | wc -l)
  lone=0
  for name in $(git grep -hoE '^internal (partial )?interface I\w+' -- "src/$package/*.cs" | awk '{ print $NF }'); do
    implementations=$(git grep -lE "[:,] $name(\$|,| *\{)" -- 'src/*.cs' | wc -l)
    [ "$implementations" -gt 1 ] || lone=$((lone + 1))
  done
  echo "| $package | $files | $lines | $lone |"
done
echo
echo "Places that parse the JSON of a tool: $(git grep -nE 'JsonDocument\.Parse\((json|definition|tool\.|target\.|prompt\.)' -- 'src/McpOptimizer.Core/*.cs' | wc -l)"
echo "Clocks of tests beside FakeTimeProvider and what derives from it: $(git grep -hE 'class \w+(\(.*\))? : TimeProvider' -- 'tests/*.cs' | wc -l)"
