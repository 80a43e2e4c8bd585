"""How long reading results out of a text takes, for prose and for lines made to be slow.

    python -m tests.benchmarks.reading

A row is a text of one kind at two lengths; time that grows with the length gives a ratio near 2, with its square 4.
"""

import sys
import time

from index import SHIPPED, Article, load_catalogue
from index.extraction import read_results

PROSE = (
    "On GPQA Diamond, GPT-5.4 scores 92.8%, ahead of Claude Opus 4.6 at 91.3% and behind Gemini 3.1 Pro at 94.3%, "
    "according to the vendor. The company spent $2.1 billion in 2031, hired 300 people and opened two offices. "
)
SLOW = (
    *("( 5", "[", "(", "|", "5 ", "5 vs ", "GPT-5.4 ", "GPQA Diamond ", '"', "“", ": ", "5% ", "| 5 ", "5/"),
    *("GPT-5.4 50% ", "GPQA 50 ", "and 5 ", "A-", ". 5", "5\n", "GPT\n", "<table>", "<td>"),
    *("| GPT-5 | 50 |\n", "<tr><td>GPT-5<td>50.5", "Deep Well ", "Introducing Inkwell 3, the Deep Well benchmark, "),
)
TITLES = {"| ": "| Model | MMLU |\n|---|---|\n", "<t": "<table><tr><th>Model<th>MMLU"}
ENDS = {"<t": "</table>"}
KINDS = {
    "prose": PROSE,
    "prose, one result in ten": PROSE + "Nothing of that kind was said by anyone else, as far as we could see. " * 18,
    **{repr(unit): unit for unit in SLOW},
}


def main(length: int = 500_000) -> None:
    """Print the table."""
    catalogue = load_catalogue(SHIPPED)
    print(f"{'text':28} {length // 2:>9,} {length:>9,}  ratio")
    for name, unit in KINDS.items():
        seconds = []
        for size in (length // 2, length):
            text = TITLES.get(unit[:2], "") + (unit * (size // len(unit) + 1))[:size] + ENDS.get(unit[:2], "")
            start = time.process_time()
            read_results(Article(id="a", file="a.md", title="T", text=text), catalogue)
            seconds.append(time.process_time() - start)
        print(f"{name:28} {seconds[0]:8.2f}s {seconds[1]:8.2f}s  {seconds[1] / seconds[0]:5.1f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
