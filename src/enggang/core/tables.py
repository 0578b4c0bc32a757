"""Tables on a page, as the address asks for them."""

from __future__ import annotations

from typing import Any

import django_tables2


class RequestConfig(django_tables2.RequestConfig):
    """The library's, but for the number of rows on a page: that is not for the address to say.

    The library takes ``per_page`` from it: zero ends in a server error, and a large number asks for everybody at once.
    """

    def configure(self, table: Any) -> Any:
        table.request = self.request
        if order := self.request.GET.getlist(table.prefixed_order_by_field):
            table.order_by = order
        table.paginate(per_page=self.paginate["per_page"])
        table.page = table.paginator.get_page(self.request.GET.get(table.prefixed_page_field))
        return table
