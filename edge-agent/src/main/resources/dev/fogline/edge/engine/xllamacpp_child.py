import json, os, sys, threading

settings = json.loads(os.environ.pop("FOGLINE_ENGINE"))
sys.path.insert(0, settings["library"])
import xllamacpp


def leave_with_the_parent():
    sys.stdin.read()  # nothing ever comes; it returns when the parent is gone, also after kill -9
    os._exit(0)


threading.Thread(target=leave_with_the_parent, daemon=True).start()

p = xllamacpp.CommonParams()
p.model.path = settings["model"]
p.model_alias = {settings["alias"]}
p.hostnames = ["127.0.0.1"]
p.port = 0
p.n_ctx = settings["context"]
p.n_parallel = settings["slots"]
p.cache_ram_mib = settings["cache_ram_mib"]
p.cpuparams.n_threads = settings["threads"]
p.cpuparams.poll = 0
p.endpoint_metrics = p.endpoint_slots = True
p.ui = False
p.offline = True
p.api_keys = [settings["key"]]
server = xllamacpp.Server(p)
# The engine's own log goes to the same pipe: only one write, begun on a new line, cannot be mixed up with half a line of it.
os.write(1, ("\nREADY " + server.listening_address + "\n").encode())
threading.Event().wait()
