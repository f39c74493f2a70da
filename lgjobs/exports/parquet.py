"""Parquet of adverts: every column typed and described, in row groups of fixed size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO, Final

from lgjobs.exports.about import LICENCE, PROGRAM, About
from lgjobs.exports.columns import Kind, as_date, as_instant
from lgjobs.exports.optional import needed
from lgjobs.exports.published import Row, published
from lgjobs.store.schema import COLUMNS

GROUP: Final = 50_000
"""Adverts a row group."""
_BATCH: Final = 500
"""Adverts that are Python objects at one time."""
_READ: Final[Mapping[Kind, Callable[[Any], Any]]] = {
    Kind.DATE: as_date,
    Kind.INSTANT: as_instant,
    Kind.TRUTH: bool,
}


def write(rows: Iterable[Row], out: BinaryIO, about: About) -> int:
    """The columns of the advert list, compressed with zstd. Returns the number written."""
    pa, pq = needed("pyarrow", "Parquet"), needed("pyarrow.parquet", "Parquet")
    schema = _schema(pa, about)
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        batches = _batches(pa, schema, published(rows), about.columns)
        while group := list(islice(batches, GROUP // _BATCH)):
            count += sum(batch.num_rows for batch in group)
            writer.write_table(pa.Table.from_batches(group), row_group_size=GROUP)
            group.clear()
    return count


def _schema(pa: Any, about: About) -> Any:
    types = {
        Kind.TEXT: pa.string(),
        Kind.WHOLE: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.MONEY: pa.float64(),
        Kind.TRUTH: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.INSTANT: pa.timestamp("ms", tz="UTC"),
    }
    says = COLUMNS["adverts"]
    fields = [
        pa.field(name, types[kind], metadata={"description": says[name]} if name in says else None)
        for name, kind in about.columns.items()
    ]
    return pa.schema(
        fields, metadata={"program": PROGRAM, "licence": LICENCE, "schema": about.schema}
    )


def _batches(
    pa: Any, schema: Any, rows: Iterator[Row], columns: Mapping[str, Kind]
) -> Iterator[Any]:
    while some := list(islice(rows, _BATCH)):
        arrays = [
            pa.array([_value(row[name], kind) for row in some], type=schema.field(name).type)
            for name, kind in columns.items()
        ]
        yield pa.record_batch(arrays, schema=schema)


def _value(value: Any, kind: Kind) -> Any:
    read = _READ.get(kind)
    return value if value is None or read is None else read(value)
