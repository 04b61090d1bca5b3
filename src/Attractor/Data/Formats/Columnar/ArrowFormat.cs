using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Attractor.Data;

/// <summary>Arrow's IPC file, which Feather of version 2 is: a table by columns.</summary>
internal sealed class ArrowFormat : TableFormat
{
    public override string Name => "arrow";

    public override IReadOnlyList<string> Extensions { get; } = [".arrow", ".feather"];

    public override bool CanWrite => true;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1"u8);

    public override TableReader OpenTable(Stream file) => FileLimits.Guarded("the Arrow file", () => ArrowTable.Open(file));

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        TimeSeries series = trials[0];
        IArrowType type = float32 ? FloatType.Default : DoubleType.Default;
        Schema schema = new(series.Names.Select(name => new Field(name, type, nullable: false)), null);
        IEnumerable<IArrowArray> columns = Enumerable.Range(0, series.Dimension).Select(i => Column(series.Column(i), float32));
        using RecordBatch batch = new(schema, columns, series.Length);
        using ArrowFileWriter writer = new(file, schema, leaveOpen: true);
        writer.WriteStart();
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    private static IArrowArray Column(double[] values, bool float32) => float32
        ? new FloatArray.Builder().Append(System.Array.ConvertAll(values, value => (float)value)).Build()
        : new DoubleArray.Builder().Append(values.AsSpan()).Build();
}
