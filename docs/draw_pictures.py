"""Draw the pictures of the README and of the pages here from the data: `make pictures`."""

from pathlib import Path

from analysis.charts import agreement, matrix, timeline
from analysis.coders import compare_coders
from analysis.loading import load_data
from analysis.results import analyse

FOLDER = Path(__file__).parent / "pictures"
DPI = 110

results = analyse(load_data("knowsley"))
data = results.data
charts = [
    timeline(data.visits, data.judgements, authority=data.name),
    matrix(
        results.statuses,
        results.secondary,
        results.coded,
        data.visits,
        data.codebook,
        authority=data.name,
    ),
    agreement(
        compare_coders(data, "reader-1", "reader-2").agreement, data.codebook, authority=data.name
    ),
]
for chart in charts:
    (FOLDER / f"{chart.name}.png").write_bytes(chart.png(DPI))
