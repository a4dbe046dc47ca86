#!/usr/bin/env python3
"""Measures forms of the queries that describe types: a bare client that throws the answers away.

Start a server, here with the size of male-cns (Python's standard library is all that is needed):

  ./quickpage-index sandbox --port 8787 --types 11700 --neurons 166000 --store DIR --latency 0ms --token t
  functions/src/test/benchmark/queries.py --server http://127.0.0.1:8787 --token t --pid PID_OF_THE_SERVER former summed

Each form is the file FORM.cypher beside this script, in which $types and $primaryRois stand for lists of
literals; `summed` and `plain` are what the client sends, and a test keeps them so. FORM/PART is one part
of a form alone (type, sides, rois, roiInfo, version). A round asks for all types once, in queries cut as
the client cuts them, with every form in turn, so that forms are compared within the same minutes. Each
query of a round begins with another comment, as those of different runs do: no server has seen its text.

With --pid the processor time that the server took is told, too: on a machine with other work it says more
than the clock.
"""
import argparse, http.client, json, os, queue, statistics, threading, time, urllib.parse
from pathlib import Path

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("forms", nargs="+", metavar="FORM[/PART]")
options.add_argument("--server", required=True)
options.add_argument("--dataset", default="male-cns:v0.9")
options.add_argument("--token", default=os.environ.get("NEUPRINT_APPLICATION_CREDENTIALS", "t"))
options.add_argument("--rounds", type=int, default=5)
options.add_argument("--at-once", default="8", help="queries in flight; 4,8,16 measures each")
options.add_argument("--neurons", default="5000", help="the most neurons of a query with more than one type; a list measures each")
options.add_argument("--types", type=int, default=500, help="the most types of a query")
options.add_argument("--pid", type=int, help="the server's process, on this machine")
options = options.parse_args()
address = urllib.parse.urlsplit(options.server)
local = threading.local()


def ask(cypher):
    if not hasattr(local, "connection"):
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        local.connection = kind(address.hostname, address.port, timeout=600)
    local.connection.request("POST", address.path.rstrip("/") + "/api/custom/custom",
                             json.dumps({"cypher": cypher, "dataset": options.dataset}).encode(),
                             {"Content-Type": "application/json", "Authorization": "Bearer " + options.token})
    answer = local.connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(body[:1000].decode())
    return body


def literals(texts):
    escaped = (t.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\u003a").replace("\n", "\\n") for t in texts)
    return "[" + ",".join("'" + t + "'" for t in escaped) + "]"


def chunks(census, neurons):
    chunk, count = [], 0
    cut = []
    for name, size in census:
        if chunk and (count + size > neurons or len(chunk) >= options.types):
            cut.append((count, chunk))
            chunk, count = [], 0
        chunk.append(name)
        count += size
    cut.append((count, chunk))
    return [literals(names) for count, names in sorted(cut, key=lambda c: -c[0])]


def form(name):
    name, _, part = name.partition("/")
    text = (Path(__file__).parent / (name + ".cypher")).read_text().strip()
    parts = [p for p in text.split(" UNION ALL ") if not part or f"'{part}' AS part" in p]
    return " UNION ALL ".join(parts)


def processor_seconds():
    if not options.pid:
        return 0
    fields = Path(f"/proc/{options.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(queries, at_once):
    waiting, sizes, failures = queue.SimpleQueue(), [], []
    for query in queries:
        waiting.put(query)

    def work():
        try:
            while True:
                sizes.append(len(ask(waiting.get_nowait())))
        except queue.Empty:
            pass
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(at_once)]
    processor, start = processor_seconds(), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.monotonic() - start, processor_seconds() - processor, sum(sizes)


rows = json.loads(ask("MATCH (n:Neuron) WHERE n.type <> '' RETURN n.type, count(*)"))["data"]
census = sorted((name, size) for name, size in rows if isinstance(name, str))
primary_rois = literals(json.loads(ask("MATCH (m:Meta) RETURN m.primaryRois"))["data"][0][0])
cases = [(name, int(neurons), int(at_once)) for neurons in options.neurons.split(",")
         for at_once in options.at_once.split(",") for name in options.forms]
results = {case: [] for case in cases}
serial = 0
for _ in range(options.rounds):
    for case in cases:
        name, neurons, at_once = case
        queries = []
        for types in chunks(census, neurons):
            serial += 1
            text = form(name).replace("$types", types).replace("$primaryRois", primary_rois)
            queries.append(f"/* {os.getpid()}.{serial} */ {text}")
        results[case].append(measure(queries, at_once) + (len(queries),))
print("form              queries  neurons  at once   s: first    min  median   processor s: first    min  median     MB")
for (name, neurons, at_once), rounds in results.items():
    seconds, processor, sizes, count = zip(*rounds)
    print(f"{name:18}{count[0]:7}{neurons:9}{at_once:9}{seconds[0]:12.2f}{min(seconds):7.2f}{statistics.median(seconds):8.2f}"
          f"{processor[0]:21.2f}{min(processor):7.2f}{statistics.median(processor):8.2f}{sizes[0] / 1e6:7.1f}")
