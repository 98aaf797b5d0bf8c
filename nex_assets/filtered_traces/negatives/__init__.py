"""Hard negatives: sound traces that look like defects. A detector that drops one of them is wrong.

Long but legitimate output, the word "error" in content, pages, polling, `vector<int>`, right refusals,
requested deletions, requested test edits, quoted placeholders, foreign names, computed numbers, retries.
"""

from nex_assets.filtered_traces.negatives.draw import NEGATIVES, hard_negatives

__all__ = ["NEGATIVES", "hard_negatives"]
