"""Draw the README's pictures from the data in the repository: `make pictures`."""

from pathlib import Path

from analysis.charts import matrix, timeline
from analysis.loading import load
from analysis.results import analyse

FOLDER = Path(__file__).parent / "pictures"
DPI = 110

results = analyse(load("knowsley"))
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
]
for chart in charts:
    (FOLDER / f"{chart.name}.png").write_bytes(chart.png(DPI))
