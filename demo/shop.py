"""An ordinary Flyte task: it closes a shop's day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple, Optional

from catalogue import Invoice, Order
from wingbeat import current_context, task


class Day(NamedTuple):
    """The outputs."""

    invoices: list[Invoice]
    revenue: dict[str, float]
    payable_by: datetime
    best_customer: Optional[str]


@task(retries=2, cache=True, cache_version="1")
def close_day(
    orders: list[Order],
    prices: dict[str, float],
    day: datetime,
    discount: Optional[float] = None,
    surcharge: float = 4.5,
) -> Day:
    """Price every order, sum up the revenue of each article."""
    invoices: list[Invoice] = []
    revenue: dict[str, float] = {}
    spent: dict[str, float] = {}
    factor = 1.0 - (discount or 0.0)
    for order in orders:
        total = surcharge if order.express else 0.0
        for line in order.lines:
            amount = prices[line.article] * line.pieces * factor
            revenue[line.article] = round(revenue.get(line.article, 0.0) + amount, 2)
            total += amount
        invoices.append(Invoice(order.number, round(total, 2), order.note))
        spent[order.customer] = spent.get(order.customer, 0.0) + total
    best = max(spent, key=lambda name: spent[name], default=None)
    print(f"execution {current_context().execution_id.name}: {len(invoices)} invoices")
    return Day(invoices, revenue, day + timedelta(days=14), best)
