"""Models behind one async protocol (`base.py`). One file a provider: `openai.py` (chat completions, any
compatible server), `responses.py`, `anthropic.py`, `transformers.py` (local), `expert.py` (keyless) and
`scripted.py` (prepared answers). `provider.py` is what the remote ones share: `http.py` one client per
endpoint, `retry.py` the one retry loop, `prices.py` what tokens cost.
"""

from nex_resources.llm.base import LLM, Completion, LLMError, StopReason
from nex_resources.llm.history import History
from nex_resources.llm.prices import Price, PriceTable, price_table
from nex_resources.llm.retry import RetryPolicy

__all__ = [
    "LLM",
    "Completion",
    "History",
    "LLMError",
    "Price",
    "PriceTable",
    "RetryPolicy",
    "StopReason",
    "price_table",
]
