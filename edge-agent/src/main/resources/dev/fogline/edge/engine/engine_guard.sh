# Runs "$@" and kills it when standard input ends: that happens when the parent is gone, also after kill -9.
# A watch inside the engine is not enough: while a model loads, Python runs no other thread.
# A background job gets /dev/null as its input, hence the copy of the descriptor.
exec 3<&0
"$@" <&3 3<&- &
engine=$!
(
  cat <&3 >/dev/null
  kill -KILL "$engine"
) >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$engine"
status=$?
kill -KILL "$watch" 2>/dev/null
exit "$status"
