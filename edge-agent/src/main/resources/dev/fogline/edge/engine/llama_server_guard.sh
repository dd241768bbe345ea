# Runs "$@" and ends it when this shell's standard input ends: that happens when the parent is gone, also after kill -9.
# A background job gets /dev/null as its input, hence the copy of the descriptor.
exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
(
  cat <&3 >/dev/null
  kill -KILL "$engine"
) 2>/dev/null &
guard=$!
exec 3<&-
wait "$engine"
status=$?
kill -KILL "$guard" 2>/dev/null
exit "$status"
