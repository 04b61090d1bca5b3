// Writes the Parquet and Arrow files of Fixtures with polars, which shares no code with the readers that they test.
// npm i nodejs-polars@0.25.2 nodejs-polars-linux-x64-gnu@0.25.2; node columnar_fixtures.mjs FOLDER
import { createRequire } from "module";
const pl = createRequire(process.cwd() + "/")("nodejs-polars");
const folder = process.argv[2];
const rows = [...Array(40).keys()];
const x = rows.map(t => t === 7 ? null : ((t * 37) % 41) / 8 - 2.5);
const y = rows.map(t => t * t / 16);
const n = rows.map(t => (t * 11) % 17 - 3);
const start = Date.UTC(2024, 2, 30, 22);
const when = pl.Series("when", rows.map(t => new Date(start + 900_000 * t)), pl.Datetime("ms"));
const word = rows.map(t => t % 3 === 0 ? null : `w\u00f6rd ${t % 5}`);

const plain = pl.DataFrame([
  when,
  pl.Series("x", x, pl.Float64), pl.Series("y", y, pl.Float32), pl.Series("n", n, pl.Int32),
  pl.Series("on", rows.map(t => t % 2 === 0), pl.Bool), pl.Series("word", word, pl.Utf8),
]);
for (const compression of ["uncompressed", "snappy", "gzip", "zstd", "lz4"])
  plain.writeParquet(`${folder}/${compression}.parquet`, { compression });
for (const compression of ["uncompressed", "lz4", "zstd"])
  plain.writeIPC(`${folder}/${compression}.arrow`, { compression });

const types = {};
for (const [name, type] of Object.entries({
  i8: pl.Int8, i16: pl.Int16, i32: pl.Int32, i64: pl.Int64, u8: pl.UInt8, u16: pl.UInt16, u32: pl.UInt32, u64: pl.UInt64,
  f32: pl.Float32, f64: pl.Float64 }))
  types[name] = pl.Series(name, rows.map(t => t === 3 ? null : (t * 11) % 17), pl.Float64).cast(type);
const all = pl.DataFrame(Object.values(types));
all.writeParquet(`${folder}/types.parquet`, { compression: "snappy", rowGroupSize: 16 });
all.writeIPC(`${folder}/types.feather`, { compression: "uncompressed" });

const times = pl.DataFrame([
  pl.Series("x", y, pl.Float64),
  when.cast(pl.Datetime("us")).rename("us"), when.cast(pl.Datetime("ns")).rename("ns"),
  pl.Series("day", rows.map(t => new Date(start + 86_400_000 * t)), pl.Datetime("ms")).cast(pl.Date),
]);
times.writeParquet(`${folder}/times.parquet`);
times.writeIPC(`${folder}/times.arrow`);

const nested = pl.DataFrame([pl.Series("x", y, pl.Float64), pl.Series("l", rows.map(t => [t, t + 1]), pl.List(pl.Float64))]);
nested.writeParquet(`${folder}/nested.parquet`);
nested.writeIPC(`${folder}/nested.arrow`);

const groups = pl.DataFrame([
  pl.Series("who", rows.map(t => t < 15 ? "ann" : "bob"), pl.Utf8).cast(pl.Categorical), pl.Series("x", y, pl.Float64)]);
groups.writeParquet(`${folder}/categories.parquet`);
groups.writeIPC(`${folder}/categories.arrow`);

// The recording of foreign_fixtures.py, which is run first.
const orbit = pl.readCSV(`${folder}/orbit.csv`, { tryParseDates: true });
orbit.writeParquet(`${folder}/orbit.parquet`);
orbit.writeIPC(`${folder}/orbit.feather`, { compression: "zstd" });
