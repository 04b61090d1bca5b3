using Parquet;
using Parquet.Schema;

namespace Attractor.Data;

/// <summary>Parquet: a table by columns, each packed on its own.</summary>
internal sealed class ParquetFormat : TableFormat
{
    public override string Name => "parquet";

    public override IReadOnlyList<string> Extensions { get; } = [".parquet"];

    public override bool CanWrite => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8);

    public override TableReader OpenTable(Stream file) => FileLimits.Guarded("the Parquet file", () => ParquetTable.Open(file));

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        TimeSeries series = trials[0];
        if (series.Names.Distinct(StringComparer.Ordinal).Count() < series.Names.Count || series.Names.Contains(""))
            throw new InvalidDataException("the names of the columns must differ from each other, and from nothing; rename them");
        ParquetSchema schema = new(series.Names.Select(name => float32 ? new DataField<float>(name) : (Field)new DataField<double>(name)));
        WriteAsync().GetAwaiter().GetResult();

        async Task WriteAsync()
        {
            ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int i = 0; i < series.Dimension; i++)
                {
                    double[] column = series.Column(i);
                    await (float32
                        ? group.WriteAsync<float>(schema.DataFields[i], Array.ConvertAll(column, value => (float)value).AsMemory())
                        : group.WriteAsync<double>(schema.DataFields[i], column.AsMemory())).ConfigureAwait(false);
                }
            }
        }
    }
}
