#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""SciPy's part in scripts/bench --walking: walking_scipy.py FOLDER LIMIT_M OUT.csv. Reads what make_streets.py wrote; the last line says how long each step took."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra


def main():
    folder, limit, out = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    edges, gates, proposals = (pd.read_csv(folder / f"{name}.csv") for name in ("edges", "gates", "proposal_nodes"))
    count = 1 + int(max(edges.source.max(), edges.target.max(), gates.node.max(), proposals.node.max()))
    graph = coo_matrix((edges.cost, (edges.source, edges.target)), shape=(count, count)).tocsr()
    started, used = time.perf_counter(), time.process_time()
    # Half a millimetre more than the limit: sums of decimals are not exact, and lengths are whole millimetres.
    metres = dijkstra(graph, directed=False, indices=gates.node.to_numpy(), limit=limit + 0.0005, min_only=True)[proposals.node.to_numpy()]
    search, cpu = time.perf_counter() - started, time.process_time() - used
    within = np.isfinite(metres)
    pd.DataFrame({"id": proposals.id[within], "metres": np.round(metres[within], 3)}).to_csv(out, index=False)
    print("@@ " + json.dumps({"search": search, "search_cpu": cpu, "rows": len(proposals), "within": int(within.sum()), "sum": float(metres[within].sum())}))


if __name__ == "__main__":
    main()
