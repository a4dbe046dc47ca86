#!/usr/bin/env python3
"""What somebody who knows NeuPrint would write: everything in one query, then one JSON file.

usage: one_query.py SERVER DATASET SITE OUT

The token is in NEUPRINT_APPLICATION_CREDENTIALS. Prints one JSON object: seconds of the two
questions, seconds of the rest, types.
"""
import json
import os
import re
import sys
import time
import urllib.request

FIRST = ["consensusNt", "celltypePredictedNt", "celltypePredictedNtConfidence",
         "celltypeTotalNtPredictions", "dimorphism", "synonyms"]
OTHER_TYPES = ["hemibrainType", "mancType", "systematicType", "serialMotif"]
OTHER_CLASSES = ["birthtime", "entryNerve", "exitNerve", "fruDsx", "nerve"]
DISTINCT = ["superclass", "class", "subclass", "flywireType", "somaNeuromere", "trumanHl",
            "itoleeHl", "supertype"] + OTHER_TYPES + OTHER_CLASSES
# Regions that QuickPage adds to the primary ones of this family of datasets.
ADDED = ["ME(R)", "ME(L)", "LO(R)", "LO(L)", "AL(R)", "AL(L)", "MB(R)", "MB(L)",
         "CX", "PB", "FB", "EB"]
THRESHOLD = 1.5  # percent of a type's pre- or postsynaptic sites
PAGE = re.compile(r"(.+?)(?:_([LRM]))?\.html")


def ask(server, dataset, cypher):
    request = urllib.request.Request(
        server + "/api/custom/custom",
        json.dumps({"cypher": cypher, "dataset": dataset}).encode(),
        {"Content-Type": "application/json",
         "Authorization": "Bearer " + os.environ["NEUPRINT_APPLICATION_CREDENTIALS"]})
    with urllib.request.urlopen(request, timeout=900) as answer:
        return json.load(answer)["data"]


def text(name):
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def query(rois):
    columns = [f"head(collect(CASE WHEN n.{p} <> '' THEN n.{p} END))" for p in FIRST]
    columns += [f"collect(DISTINCT n.{p})" for p in DISTINCT]
    side = "CASE WHEN n.rootSide <> '' THEN n.rootSide ELSE n.somaSide END"
    return f"""
        MATCH (n:Neuron) WHERE n.type IS NOT NULL
        WITH n ORDER BY n.bodyId
        WITH n.type AS type, [count(*), sum(n.pre), sum(n.post), collect({side}),
          {", ".join(columns)}] AS value
        RETURN 'type' AS part, type, value
        UNION ALL
        MATCH (n:Neuron) WHERE n.type IS NOT NULL AND n.roiInfo <> ''
        WITH n.type AS type, apoc.convert.fromJsonMap(n.roiInfo) AS counts
        UNWIND [key IN keys(counts) WHERE key IN [{", ".join(map(text, rois))}]] AS roi
        WITH type, roi, sum(counts[roi].pre) AS pre, sum(counts[roi].post) AS post
        RETURN 'rois' AS part, type, collect([roi, pre, post]) AS value"""


def pages(site, types):
    """The files of each type by side; X_L.html is a type X_L's if there is no type X."""
    by_file = {}
    for name in sorted(types, reverse=True):
        by_file[name.replace("/", "_").replace(" ", "_")] = name
    by_file.update((name, name) for name in types)
    found = {}
    for file in os.listdir(os.path.join(site, "types")):
        match = PAGE.fullmatch(file)
        if match:
            stem, side = match[1], match[2] or "combined"
            if stem not in by_file and file[:-len(".html")] in by_file:
                stem, side = file[:-len(".html")], "combined"
            found.setdefault(by_file.get(stem, stem), {})[side] = "types/" + file
    return found


def rois(sums):
    sums = sorted(((roi, pre or 0, post or 0) for roi, pre, post in sums),
                  key=lambda s: (-s[1] - s[2], s[0]))
    all_pre, all_post = sum(s[1] for s in sums) or 1, sum(s[2] for s in sums) or 1
    kept = {}
    for roi, pre, post in sums:
        shares = 100 * pre / all_pre, 100 * post / all_post
        name = re.sub(r"_[LRM]$", "", re.sub(r"\s*\([LRM]\)$", "", roi))
        if max(shares) >= THRESHOLD and name:
            kept.setdefault(name, {"name": name, "pre": pre, "post": post,
                                   "prePercent": shares[0], "postPercent": shares[1]})
    return list(kept.values())


def entry(name, files, value, sums):
    total, pre, post, sides = value[:4]
    values = dict(zip(FIRST + DISTINCT, value[4:]))
    for p in DISTINCT:
        values[p] = sorted(v for v in values[p] if v != "")
    for key, properties in ("otherTypes", OTHER_TYPES), ("otherClasses", OTHER_CLASSES):
        found = {p: values.pop(p) for p in properties}
        values[key] = {p: texts for p, texts in found.items() if texts}
    return {"name": name, "pages": files, "total": total, "pre": pre or 0, "post": post or 0,
            "left": sides.count("L"), "right": sides.count("R"), "rois": rois(sums), **values}


def main(server, dataset, site, out):
    begin = time.monotonic()
    meta = ask(server, dataset, "MATCH (m:Meta) RETURN m.primaryRois, m.roiHierarchy")[0]
    primary = [roi for roi in meta[0] if f'"name": {json.dumps(roi)}' in meta[1]
               or f'"name":{json.dumps(roi)}' in meta[1]]
    rows = ask(server, dataset, query(sorted(set(primary + ADDED))))
    asked = time.monotonic()
    types = {name: value for part, name, value in rows if part == "type"}
    sums = {name: value for part, name, value in rows if part == "rois"}
    nothing = [0, 0, 0, []] + [None] * len(FIRST) + [[]] * len(DISTINCT)
    entries = [entry(name, files, types.get(name, nothing), sums.get(name, []))
               for name, files in sorted(pages(site, types).items())]
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"types": entries}, file)
    print(json.dumps({"querySeconds": asked - begin, "restSeconds": time.monotonic() - asked,
                      "types": len(entries)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
